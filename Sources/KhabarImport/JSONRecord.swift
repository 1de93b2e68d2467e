import KhabarPlan
import KhabarSyntax
import KhabarTable

// What the objects of JSON Lines say of records, as definitions: the model loader reads these as it reads a script's, with
// all that it checks.
//
//     {"record": "event", "id": "talks", "type": "CONSULT", "participants": [{"actor": "averna", "role": "host"}]}
//        →  define event talks ( type CONSULT, host averna )

/// An object as a definition; an event may bring its reports along.
struct JSONRecord {
  var kind: DefinitionKind
  var definition: Definition
  var reports: [Definition] = []
}

/// The kinds of records, as objects name them.
enum JSONRecordKind: String, CaseIterable {
  case article, topic, type, actor, place, event, report

  /// What a field says. In an object of a definition it may take more than one entry.
  enum Shape {
    case word, words
    case text, strings
    /// `{"en": "…", "ar": "…"}`
    case texts
    /// A language or a country.
    case tag
    case number, time
    case coordinates
    case lines, offices, participants, relations, evidence
    case reports
  }

  struct Field {
    /// In JSON.
    let name: String
    /// In a definition.
    let entry: String
    let shape: Shape
    let isRequired: Bool

    init(_ name: String, as entry: String? = nil, _ shape: Shape, isRequired: Bool = false) {
      self.name = name
      self.entry = entry ?? name
      self.shape = shape
      self.isRequired = isRequired
    }
  }

  var fields: [Field] { Self.allFields[self] ?? [] }

  /// Whether `background` may name the fields that general knowledge adds.
  var hasBackground: Bool { self != .type }

  private static let allFields: [JSONRecordKind: [Field]] = [
    .article: [
      Field("title", .texts), Field("publisher", .text), Field("language", .tag), Field("published", .time),
      Field("sha256", .text),
    ],
    .topic: [Field("names", as: "name", .texts)],
    .type: [
      Field("of", .word), Field("nouns", .strings), Field("quad", .text), Field("score", .number),
      Field("modes", as: "mode", .words), Field("contexts", as: "context", .words),
    ],
    .actor: [
      Field("kind", .word, isRequired: true), Field("names", as: "name", .texts),
      Field("aliases", as: "alias", .strings), Field("offices", as: "office", .offices),
      Field("represents", .words), Field("country", .tag), Field("lines", .lines),
    ],
    .place: [
      Field("names", as: "name", .texts), Field("aliases", as: "alias", .strings), Field("kind", .word),
      Field("within", .words), Field("country", .tag), Field("coordinates", .coordinates),
      Field("lines", .lines),
    ],
    .event: [
      Field("type", .word, isRequired: true), Field("mode", .word), Field("contexts", as: "context", .words),
      Field("label", .texts), Field("score", .number), Field("time", .time), Field("place", .word),
      Field("participants", as: "participant", .participants), Field("topics", as: "topic", .words),
      Field("relations", .relations), Field("reports", .reports),
    ],
    .report: [
      Field("event", .word, isRequired: true), Field("article", .word, isRequired: true),
      Field("source", .word), Field("status", .word, isRequired: true), Field("certainty", .word),
      Field("gist", .texts), Field("evidence", .evidence), Field("date", .time),
    ],
  ]
}
