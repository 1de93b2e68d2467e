import EDTF

// The records of the event model as they are put into a store: what a `define` statement says, with references
// already turned into indices of the other records. The store lays events and reports out in columns.

/// A text in several languages, by BCP 47 tag, in the order given.
package struct LocalizedText: Hashable, Sendable {
  package var entries: [Entry]

  package struct Entry: Hashable, Sendable {
    package var language: String
    package var text: String
    package init(language: String, text: String) {
      self.language = language
      self.text = text
    }
  }

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package var isEmpty: Bool { entries.isEmpty }

  /// The text in that language; else in English; else the first.
  package func preferred(_ language: String) -> String? {
    self[language] ?? self["en"] ?? entries.first?.text
  }

  package subscript(language: String) -> String? {
    entries.first { $0.language == language }?.text
  }
}

/// Where a text supports something: a line, counted from 1, and within the text the span in Unicode scalars.
package struct Citation: Hashable, Sendable {
  package var article: Int32
  package var line: Int32
  /// Offsets from the start of the text; both -1 where only the line is known.
  package var lower: Int32
  package var upper: Int32

  package init(article: Int32, line: Int32, lower: Int32 = -1, upper: Int32 = -1) {
    self.article = article
    self.line = line
    self.lower = lower
    self.upper = upper
  }
}

package enum ActorKind: Int8, Sendable, CaseIterable {
  case person, state, organization, group

  package var name: String {
    switch self {
    case .person: "person"
    case .state: "state"
    case .organization: "organization"
    case .group: "group"
    }
  }
}

/// `foreign minister of russia since 2004`
package struct Office: Hashable, Sendable {
  package var title: LocalizedText
  package var organization: Int32?
  package var since: EDTFTime?
  package var until: EDTFTime?

  package init(title: LocalizedText, organization: Int32?, since: EDTFTime? = nil, until: EDTFTime? = nil) {
    self.title = title
    self.organization = organization
    self.since = since
    self.until = until
  }
}

package struct Actor: Hashable, Sendable {
  package var id: String
  package var kind: ActorKind
  package var names = LocalizedText()
  package var aliases: [String] = []
  package var represents: [Int32] = []
  package var offices: [Office] = []
  /// ISO 3166-1 alpha-2.
  package var country: String?
  package var citations: [Citation] = []
  /// The entries that general knowledge adds to the text.
  package var background: [String] = []

  package init(id: String, kind: ActorKind) {
    self.id = id
    self.kind = kind
  }
}

package struct Place: Hashable, Sendable {
  package var id: String
  /// `city`, `region`, `country`, …
  package var kind: String?
  package var names = LocalizedText()
  package var aliases: [String] = []
  package var within: [Int32] = []
  /// ISO 3166-1 alpha-2, as given.
  package var country: String?
  /// Degrees (WGS 84).
  package var latitude: Double?
  package var longitude: Double?
  package var citations: [Citation] = []
  package var background: [String] = []

  package init(id: String) { self.id = id }
}

package struct Article: Hashable, Sendable {
  package var id: String
  package var title = LocalizedText()
  package var publisher: String?
  /// BCP 47.
  package var language: String?
  package var published: EDTFTime?
  /// Of the text's bytes, in lower-case hexadecimal digits.
  package var sha256: String?
  package var background: [String] = []

  package init(id: String) { self.id = id }
}

package struct Topic: Hashable, Sendable {
  package var id: String
  package var names = LocalizedText()
  package var background: [String] = []

  package init(id: String) { self.id = id }
}

package struct Participation: Hashable, Sendable {
  package var actor: Int32
  /// An index into `Vocabulary.roles`.
  package var role: Int16
  package var certainty: Certainty

  package init(actor: Int32, role: Int16, certainty: Certainty = .certain) {
    self.actor = actor
    self.role = role
    self.certainty = certainty
  }
}

/// What stands between two events. `from KIND to`: `causes` reads "from is among the causes of … to": see
/// `RelationKind`.
package struct Relation: Hashable, Sendable {
  package var kind: RelationKind
  package var target: Int32
  package var citation: Citation?
  package var isBackground: Bool

  package init(_ kind: RelationKind, target: Int32, citation: Citation? = nil, isBackground: Bool = false) {
    self.kind = kind
    self.target = target
    self.citation = citation
    self.isBackground = isBackground
  }
}

/// The relations as fields of the event that has them: `e.causes` is what led to `e`.
package enum RelationKind: String, Sendable, CaseIterable {
  case partOf = "part_of"
  case parts
  case causes, consequences
  case follows
  case followedBy = "followed_by"
  case alongside
  case about

  /// The same relation seen from the other event; `about` has no name of its own from there.
  package var inverse: RelationKind? {
    switch self {
    case .partOf: .parts
    case .parts: .partOf
    case .causes: .consequences
    case .consequences: .causes
    case .follows: .followedBy
    case .followedBy: .follows
    case .alongside: .alongside
    case .about: nil
    }
  }
}

package struct EventRecord: Hashable, Sendable {
  package var id: String
  /// An index into `Vocabulary.types`.
  package var type: Int16
  /// An index into `Vocabulary.modes`, or -1.
  package var mode: Int16 = -1
  package var contexts: [Int16] = []
  package var label = LocalizedText()
  /// In tenths, where a source scores the event itself; nil: as its type and mode are scored.
  package var score: Int16?
  package var time: EDTFTime?
  package var place: Int32 = -1
  package var participants: [Participation] = []
  package var topics: [Int32] = []
  package var relations: [Relation] = []
  package var background: [String] = []

  package init(id: String, type: Int16) {
    self.id = id
    self.type = type
  }
}

package struct ReportRecord: Hashable, Sendable {
  package var event: Int32
  package var article: Int32
  /// Whom it is attributed to; -1: the article itself.
  package var source: Int32 = -1
  package var status: Status
  package var certainty: Certainty
  package var gist = LocalizedText()
  package var evidence: [Citation] = []
  /// Where it differs from its article's date.
  package var date: EDTFTime?
  package var background: [String] = []

  package init(event: Int32, article: Int32, status: Status, certainty: Certainty = .certain) {
    self.event = event
    self.article = article
    self.status = status
    self.certainty = certainty
  }
}

package enum Status: Int8, Sendable, CaseIterable {
  case occurred, ongoing, planned, hypothetical, denied, cancelled

  package var name: String {
    switch self {
    case .occurred: "occurred"
    case .ongoing: "ongoing"
    case .planned: "planned"
    case .hypothetical: "hypothetical"
    case .denied: "denied"
    case .cancelled: "cancelled"
    }
  }
}

/// FactBank's scale.
package enum Certainty: Int8, Sendable, CaseIterable {
  case certain, probable, possible

  package var name: String {
    switch self {
    case .certain: "certain"
    case .probable: "probable"
    case .possible: "possible"
    }
  }
}
