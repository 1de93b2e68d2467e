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

  /// What a value of an entry is, apart from the words between.
  package enum ValueMeaning { case text, word, tag, country, number, time }

  /// - Parameter before: The value that stands before it.
  package static func meaning(ofValueIn field: String, after before: Definition.Value.Kind?) -> ValueMeaning {
    switch before {
    case .word("since"), .word("until"): return .time
    case .word("in"): return .word
    case .word("of") where field == "office": return .word
    case .word("line"), .word("span"): return .number
    default: break
    }
    switch field {
    case "title", "publisher", "sha256", "name", "alias", "office", "label", "gist", "nouns", "quad":
      return .text
    case "published", "time", "date": return .time
    case "coordinates", "score", "lines", "evidence": return .number
    case "country": return .country
    case "language": return .tag
    default: return .word
    }
  }

  /// Words that mean something after an id; an id that is one of them could not be told from it.
  package static func isReserved(_ id: String) -> Bool {
    reservedIDs.contains(id)
      || (!id.utf8.allSatisfy { $0 < 0x80 } && Keyword.keyword(spelledBy: id, as: .mark) != nil)
  }

  private static let reservedIDs: Set<String> = [
    "background", "in", "line", "as", "of", "since", "until", "certain", "probable", "possible",
  ]

  /// The entries that may stand several times: lists, which go on, and what has a line of its own.
  package static let repeatable: Set<String> = Set(RelationKind.allCases.map(\.rawValue)).union([
    "alias", "represents", "office", "within", "lines", "context", "actor", "recipient", "host",
    "participant",
    "topic", "evidence", "nouns",
  ])
}
