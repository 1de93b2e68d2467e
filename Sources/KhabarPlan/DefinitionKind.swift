import KhabarModel
import KhabarSyntax

/// What `define` defines, and the entries that each takes.
package enum DefinitionKind: String, CaseIterable {
  case article, topic, state, person, organization, group, place, event, report, type

  /// Among which records its id is looked up; nil for reports, which have none, and types, which are
  /// vocabulary.
  package var entity: EntityKind? {
    switch self {
    case .article: .article
    case .topic: .topic
    case .state, .person, .organization, .group: .actor
    case .place: .place
    case .event: .event
    case .report, .type: nil
    }
  }

  var actorKind: ActorKind? { ActorKind.allCases.first { $0.name == rawValue } }

  var fields: [String] {
    switch self {
    case .article: ["title", "publisher", "language", "published", "sha256"]
    case .topic: ["name"]
    case .state, .person, .organization, .group:
      ["name", "alias", "represents", "office", "country", "lines"]
    case .place: ["name", "alias", "kind", "within", "country", "coordinates", "lines"]
    case .event:
      [
        "type", "mode", "context", "label", "score", "time", "place", "actor", "recipient", "host",
        "participant", "topic",
      ] + RelationKind.allCases.map(\.rawValue)
    case .report:
      ["event", "article", "source", "status", "certainty", "gist", "evidence", "date"]
    case .type: ["of", "nouns", "quad", "score", "mode", "context"]
    }
  }

  /// Words that mean something after an id; an id that is one of them could not be told from it.
  static func isReserved(_ id: String) -> Bool {
    reservedIDs.contains(id)
      || (!id.utf8.allSatisfy { $0 < 0x80 } && Keyword.keyword(spelledBy: id, as: .mark) != nil)
  }

  private static let reservedIDs: Set<String> = [
    "background", "in", "line", "as", "of", "since", "until", "certain", "probable", "possible",
  ]

  /// The entries that may stand several times: lists, which go on, and what has a line of its own.
  static let repeatable: Set<String> = Set(RelationKind.allCases.map(\.rawValue)).union([
    "alias", "represents", "office", "within", "lines", "context", "actor", "recipient", "host",
    "participant",
    "topic", "evidence", "nouns",
  ])
}
