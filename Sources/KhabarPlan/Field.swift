import KhabarModel

/// A field of a record: which, of what kind of record, and its type. One table, `Field.all`, says them all.
package struct Field: Sendable {
  package var id: FieldID
  package var owner: EntityKind
  package var type: ValueType
  /// For what reports decide (status, certainty, reports, contested): only those known on that day.
  package var known: KnowledgeDate?
  /// For the same: those of all events that the row stands for.
  package var merging: DailyMerge?

  package init(_ id: FieldID, of owner: EntityKind, _ type: ValueType) {
    self.id = id
    self.owner = owner
    self.type = type
  }

  package var name: String { id.rawValue }

  /// Whether it is a time of a record's own, which lies in a column.
  package var isTime: Bool { owner.timeField == id }

  /// Whether `as of` changes what it is.
  package var isDecidedByReports: Bool {
    switch id {
    case .status, .certainty, .contested, .reports, .sources, .articles: true
    case .events: true
    default: owner == .event && id.relation != nil
    }
  }

  package static func named(_ name: String, of owner: EntityKind) -> Field? {
    all.first { $0.owner == owner && $0.name == name }
  }

  /// The events that a row stands for, a field that rows have after `one_a_day`.
  package static let merged = Field(.merged, of: .event, .list(.entity(.event)))

  package static func fields(of owner: EntityKind) -> [Field] { all.filter { $0.owner == owner } }

  package static let all: [Field] = [
    Field(.id, of: .event, .text),
    Field(.type, of: .event, .symbol(.type)),
    Field(.mode, of: .event, .symbol(.mode)),
    Field(.contexts, of: .event, .list(.symbol(.context))),
    Field(.label, of: .event, .localized),
    Field(.time, of: .event, .time),
    Field(.place, of: .event, .entity(.place)),
    Field(.participants, of: .event, .list(.entity(.participation))),
    Field(.actors, of: .event, .list(.entity(.actor))),
    Field(.topics, of: .event, .list(.entity(.topic))),
    Field(.status, of: .event, .symbol(.status)),
    Field(.certainty, of: .event, .symbol(.certainty)),
    Field(.contested, of: .event, .truth),
    Field(.reports, of: .event, .list(.entity(.report))),
    Field(.sources, of: .event, .list(.entity(.actor))),
    Field(.articles, of: .event, .list(.entity(.article))),
    Field(.score, of: .event, .number),
    Field(.quad, of: .event, .symbol(.quad)),
    Field(.partOf, of: .event, .list(.entity(.event))),
    Field(.parts, of: .event, .list(.entity(.event))),
    Field(.causes, of: .event, .list(.entity(.event))),
    Field(.consequences, of: .event, .list(.entity(.event))),
    Field(.follows, of: .event, .list(.entity(.event))),
    Field(.followedBy, of: .event, .list(.entity(.event))),
    Field(.alongside, of: .event, .list(.entity(.event))),
    Field(.about, of: .event, .list(.entity(.event))),
    Field(.background, of: .event, .list(.text)),

    Field(.id, of: .actor, .text),
    Field(.name, of: .actor, .localized),
    Field(.names, of: .actor, .list(.text)),
    Field(.aliases, of: .actor, .list(.text)),
    Field(.kind, of: .actor, .symbol(.actorKind)),
    Field(.offices, of: .actor, .list(.entity(.office))),
    Field(.represents, of: .actor, .list(.entity(.actor))),
    Field(.countryCode, of: .actor, .text),
    Field(.events, of: .actor, .list(.entity(.event))),
    Field(.background, of: .actor, .list(.text)),

    Field(.id, of: .place, .text),
    Field(.name, of: .place, .localized),
    Field(.names, of: .place, .list(.text)),
    Field(.aliases, of: .place, .list(.text)),
    Field(.kind, of: .place, .text),
    Field(.within, of: .place, .list(.entity(.place))),
    Field(.country, of: .place, .entity(.place)),
    Field(.countryCode, of: .place, .text),
    Field(.coordinates, of: .place, .list(.number)),
    Field(.events, of: .place, .list(.entity(.event))),
    Field(.background, of: .place, .list(.text)),

    Field(.event, of: .report, .entity(.event)),
    Field(.article, of: .report, .entity(.article)),
    Field(.source, of: .report, .entity(.actor)),
    Field(.status, of: .report, .symbol(.status)),
    Field(.certainty, of: .report, .symbol(.certainty)),
    Field(.gist, of: .report, .localized),
    Field(.line, of: .report, .number),
    Field(.lines, of: .report, .list(.number)),
    Field(.evidence, of: .report, .list(.text)),
    Field(.quote, of: .report, .text),
    Field(.date, of: .report, .time),

    Field(.id, of: .article, .text),
    Field(.title, of: .article, .localized),
    Field(.publisher, of: .article, .text),
    Field(.language, of: .article, .text),
    Field(.published, of: .article, .time),
    Field(.sha256, of: .article, .text),
    Field(.reports, of: .article, .list(.entity(.report))),
    Field(.background, of: .article, .list(.text)),

    Field(.event, of: .participation, .entity(.event)),
    Field(.actor, of: .participation, .entity(.actor)),
    Field(.role, of: .participation, .symbol(.role)),
    Field(.certainty, of: .participation, .symbol(.certainty)),

    Field(.title, of: .office, .localized),
    Field(.of, of: .office, .entity(.actor)),
    Field(.since, of: .office, .time),
    Field(.until, of: .office, .time),

    Field(.id, of: .topic, .text),
    Field(.name, of: .topic, .localized),
    Field(.names, of: .topic, .list(.text)),
  ]
}

/// The names of fields, over all kinds of records. Raw values are their spellings.
package enum FieldID: String, Sendable, CaseIterable {
  case id, type, mode, contexts, label, time, place, participants, actors, topics, status, certainty,
    contested
  case reports, sources, articles, score, quad
  case partOf = "part_of"
  case parts, causes, consequences, follows
  case followedBy = "followed_by"
  case alongside, about, background
  case name, names, aliases, kind, offices, represents, events
  case countryCode = "country_code"
  case within, country, coordinates
  case event, article, source, gist, line, lines, evidence, quote, date
  case title, publisher, language, published, sha256
  case actor, role, of, since, until
  case merged

  /// The relation that a field of events holds.
  package var relation: RelationKind? { RelationKind(rawValue: rawValue) }
}

extension EntityKind {
  /// The columns that rows of this kind show unless `select` says otherwise.
  package var defaultFields: [FieldID] {
    switch self {
    case .event: [.id, .time, .type, .label, .place, .actors, .status]
    case .actor: [.id, .name, .kind, .represents]
    case .place: [.id, .name, .kind, .within]
    case .report: [.event, .article, .source, .status, .certainty, .line]
    case .article: [.id, .published, .publisher, .language, .title]
    case .participation: [.event, .actor, .role, .certainty]
    case .topic: [.id, .name]
    case .office: [.title, .of, .since, .until]
    }
  }

  /// The field that time clauses speak of.
  package var timeField: FieldID? {
    switch self {
    case .event: .time
    case .report: .date
    case .article: .published
    default: nil
    }
  }
}
