import KhabarModel

/// Queries about a model, as text, that always resolve.
struct RandomQuery {
  let model: StoreBuilder
  var random: RandomSource
  /// How many more queries may be nested.
  private var depth = 2
  /// Whether events are called `events`: within conditions the parser does not know the nouns
  /// of types.
  private var isPlain = false

  init(_ model: StoreBuilder, _ random: RandomSource) {
    self.model = model
    self.random = random
  }

  mutating func query() -> String {
    if random.chance(8) { return sequence() + (random.chance(30) ? " | count" : "") }
    if random.chance(4) { return path() }
    var kind = random.pick(
      [.event, .event, .event, .event, .event, .actor, .place, .report, .article] as [EntityKind])
    var text = phrase(kind)
    for _ in 0..<random.pick([0, 0, 1, 1, 2, 3]) { text += " | " + stage(&kind) }
    if random.chance(45) { text += " | " + lastStage(kind) }
    return text
  }

  /// A query in parentheses, of records of a kind.
  mutating func nested(_ kind: EntityKind) -> String {
    if depth == 0 { return "(\(Self.plural[kind] ?? "events"))" }
    depth -= 1
    defer { depth += 1 }
    var other = kind
    let text = phrase(kind)
    guard random.chance(25) else { return "(\(text))" }
    let next = stage(&other)
    return other == kind ? "(\(text) | \(next))" : "(\(text))"
  }

  /// A query as what something is a member of.
  private mutating func members(_ kind: EntityKind) -> String {
    isPlain = true
    defer { isPlain = false }
    return nested(kind)
  }

  static let plural: [EntityKind: String] = [
    .event: "events", .actor: "actors", .place: "places", .report: "reports", .article: "articles",
  ]

  // MARK: - Phrases

  mutating func phrase(_ kind: EntityKind) -> String {
    var noun = Self.plural[kind] ?? "events"
    if kind == .event, !isPlain, random.chance(35) {
      noun = random.pick([
        "meetings", "summits", "consult", "statements", "ceasefires", "attacks", "visits", "deals",
      ])
    }
    if kind == .actor, random.chance(40) {
      noun = random.pick(["people", "states", "organizations", "groups"])
    }
    if random.chance(8), depth > 0 { noun = nested(kind) }
    if kind == .event, random.chance(4) { noun = "event \(name(.event))" }
    if kind == .event, !isPlain, random.chance(4) { noun = "bound" }
    if kind == .event || kind == .report, random.chance(15), !noun.hasPrefix("event "), !noun.hasPrefix("(") {
      noun = "\(random.pick(Status.allCases).name) \(noun)"
    } else if kind == .event, random.chance(5), noun == "events" {
      noun = "contested events"
    }
    var clauses = (0..<random.pick([0, 0, 1, 1, 1, 2, 3])).map { _ in clause(kind) }
    if kind == .event, random.chance(10) { clauses.append("as of \(literal())") }
    clauses.shuffle(using: &random)
    // What follows `where` would be read as part of its condition.
    if random.chance(20) {
      clauses.append("\(random.pick(["", "", "not ", "possibly "]))where (\(condition(kind, 1)))")
    }
    return ([noun] + clauses).joined(separator: " ")
  }

  private mutating func clause(_ kind: EntityKind) -> String {
    let prefix = random.pick(["", "", "", "not ", "possibly ", "not possibly ", "possibly not "])
    return prefix + plainClause(kind)
  }

  mutating func plainClause(_ kind: EntityKind) -> String {
    switch kind {
    case .event: return eventClause()
    case .actor: return "representing \(names(.actor))"
    case .place: return "in \(names(.place))"
    case .report:
      return random.pick([
        "by \(names(.actor))", "according to \(names(.actor))", "about \(subject())", published(),
        timeClause(),
        "reported in \(name(.article))",
      ])
    case .article: return random.pick([timeClause(), published()])
    default: return "where \(condition(kind, 1))"
    }
  }

  private mutating func eventClause() -> String {
    switch random.number(0...13) {
    case 0: return "with \(names(.actor))"
    case 1: return "with exactly \(name(.actor))"
    case 2: return "without \(names(.actor))"
    case 3: return "\(random.pick(["by", "to", "hosted by"])) \(name(.actor))"
    case 4: return "with \(name(.actor)) as \(random.pick(["actor", "host", "recipient"]))"
    case 5: return "in \(names(.place))"
    case 6: return "in exactly \(name(.place))"
    case 7: return "about \(subject())"
    case 8: return "according to \(names(.actor))"
    case 9: return random.chance(50) ? published() : "reported in \(name(.article))"
    default: return timeClause()
    }
  }

  private mutating func published() -> String {
    let publishers = Set(model.articles.compactMap(\.publisher)).sorted().map { "\"\($0)\"" }
    if publishers.isEmpty { return timeClause() }
    let chosen = random.pick(1...2, of: publishers).joined(separator: ", ")
    return "reported by \(random.chance(30) ? "any of " : "")\(chosen)"
  }

  private mutating func subject() -> String {
    random.pick([
      name(.actor), name(.place), name(.event), random.pick(model.topics).id, "military", "economic",
      "diplomatic",
    ])
  }

  mutating func names(_ kind: EntityKind) -> String {
    let several = random.pick([1, 1, 2, 3])
    let names = (0..<several).map { _ in name(kind) }.joined(separator: random.pick([", ", " and "]))
    return several > 1 && random.chance(50) ? "any of " + names.replacing(" and ", with: ", ") : names
  }

  /// An id, a name or an alias.
  mutating func name(_ kind: EntityKind) -> String {
    switch kind {
    case .actor:
      let actor = random.pick(model.actors)
      let names =
        [actor.id] + actor.names.entries.map(\.text) + actor.aliases.map { "\"\($0.uppercased())\"" }
      return random.pick(names)
    case .place:
      let place = random.pick(model.places)
      return random.pick([place.id] + place.names.entries.map(\.text))
    case .article: return random.pick(model.articles).id
    default: return random.pick(model.events).id
    }
  }

  // MARK: - Times

  mutating func literal() -> String {
    let first = random.number(0...60)
    let (start, end) = (RandomModel.text(first), RandomModel.text(min(60, first + random.number(0...20))))
    return random.pick(
      [
        start, start, "\(start)/\(end)", "2031-03", "2031-04", "2031-03/\(end)", "\(start)/..", "../\(end)",
        "\(start)/", "/\(end)", "[..\(end)]", "[\(start)..]", "2031-21", "[\(start)..\(end)]", "2031",
      ].filter { $0 != "2031" })
  }

  private mutating func time() -> String {
    let choice = random.number(0...9)
    if choice < 6 { return literal() }
    if choice == 6, depth > 0 { return nested(.event) }
    if choice == 7 {
      return "today \(random.pick(["+", "-"])) \(random.number(0...3)) \(random.pick(["days", "weeks"]))"
    }
    if choice == 8 { return "today" }
    return name(.event)
  }

  static let words = ["before", "after", "during", "on", "since", "until", "overlapping"]

  private mutating func distance() -> String {
    random.pick([
      "\(random.number(0...20)) days", "\(random.number(0...3)) weeks", "\(random.number(0...2)) months",
    ])
  }

  private mutating func timeClause() -> String {
    if random.chance(12) { return "between \(literal()) and \(literal())" }
    if random.chance(15) { return "within \(distance()) of \(time())" }
    return "\(random.pick(Self.words)) \(time())"
  }

  // MARK: - Conditions

  mutating func condition(_ kind: EntityKind, _ nesting: Int) -> String {
    if nesting > 0, random.chance(35) {
      let (first, second) = (condition(kind, nesting - 1), condition(kind, nesting - 1))
      return random.pick([
        "(\(first)) and (\(second))", "(\(first)) or (\(second))", "not (\(first))", "possibly (\(first))",
        "possibly not (\(first))",
      ])
    }
    if random.chance(10) {
      return "\(path(kind)) \(random.pick(["=", "!="])) none"
    }
    switch kind {
    case .event: return eventCondition()
    case .actor:
      return random.pick([
        "kind = \(random.pick(ActorKind.allCases).name)", "represents has \(name(.actor))",
        "count(events) > \(random.number(0...4))", "name = \"\(name(.actor).filter { $0 != "\"" })\"",
        "id contains \"e\"", "events.place has \(name(.place))", "represents.kind has state",
        "not (aliases = none)", "id in (people | select id)",
      ])
    case .place:
      return random.pick([
        "kind = \"city\"", "within has \(name(.place))", "country = \(name(.place))", "id < \"lissar_place\"",
        "country != none", "kind in (\"city\", \"region\")", "count(events) >= \(random.number(0...4))",
      ])
    case .report:
      return random.pick([
        "source = \(name(.actor))", "status = \(random.pick(Status.allCases).name)",
        "certainty \(random.pick(["<", "<=", ">", ">=", "=", "!="])) probable",
        "line > \(random.number(1...9))",
        "event.place = \(name(.place))", "article.publisher = \"Qalden Voice\"",
        "date \(random.pick(["<", "<=", ">", ">=", "=", "!="])) \(literal())", "event in \(members(.event))",
        "source in \(members(.actor))", "event.actors has \(name(.actor))",
      ])
    case .article:
      return random.pick([
        "language = \"en\"", "publisher != \"Qalden Voice\"",
        "published \(random.pick(Self.words)) \(literal())",
        "count(reports) > \(random.number(0...5))", "reports.source has \(name(.actor))",
      ])
    default:
      return random.pick([
        "role = host", "role != \"actor\"", "actor = \(name(.actor))", "certainty > possible",
        "event.time before \(literal())", "actor.kind = state",
      ])
    }
  }

  private mutating func path(_ kind: EntityKind) -> String {
    switch kind {
    case .event:
      random.pick([
        "place", "time", "mode", "score", "quad", "actors", "topics", "causes", "reports", "label",
        "contexts",
        "place.country", "status", "certainty", "sources", "parts",
      ])
    case .actor: random.pick(["represents", "aliases", "events", "name"])
    case .place: random.pick(["kind", "within", "country", "events"])
    case .report: random.pick(["source", "line", "date", "event.place", "event.time", "lines"])
    case .article: random.pick(["publisher", "language", "published", "reports"])
    default: random.pick(["role", "event.place", "actor.represents"])
    }
  }

  private mutating func eventCondition() -> String {
    let comparison = random.pick(["<", "<=", ">", ">=", "=", "!="])
    switch random.number(0...25) {
    case 0: return "score \(comparison) \(random.pick(["2.5", "0", "-9", "6.5", "4"]))"
    case 1: return "status \(random.pick(["=", "!="])) \(random.pick(Status.allCases).name)"
    case 2: return "certainty \(comparison) \(random.pick(Certainty.allCases).name)"
    case 3: return "type \(random.pick(["=", "!=", "is"])) \(random.pick(["CONSULT", "summit", "AGREE"]))"
    case 4: return "actors has \(name(.actor))"
    case 5: return "participants has \(name(.actor))"
    case 6: return "place \(random.pick(["=", "!="])) \(name(.place))"
    case 7: return "place.within has \(name(.place))"
    case 8: return "place in \(members(.place))"
    case 9: return "label contains \"\(random.number(1...5))\""
    case 10:
      return
        "count(\(random.pick(["topics", "causes", "contexts"]))) \(comparison) \(random.number(0...3))"
    case 11, 12, 13, 14: return "time \(random.pick(Self.words)) \(time())"
    case 15: return "time \(comparison) \(literal())"
    case 16: return "time between \(literal()) and \(literal())"
    case 17: return "time within \(distance()) of \(time())"
    case 18:
      return "relation(time, \(literal())) = \"\(random.pick(["before", "during", "overlaps", "after"]))\""
    case 19: return "relations(time, \(literal())) has \"\(random.pick(["meets", "starts", "contains"]))\""
    case 20: return "month(time) = 2031-03"
    case 21: return "duration(time) \(comparison) \(random.number(1...40)) days"
    case 22: return "reports.certainty has \(random.pick(Certainty.allCases).name)"
    case 23:
      return "score \(comparison) value(\(members(.event).dropFirst().dropLast()) | summarize avg(score))"
    case 24: return "if(score > 0, contested, exists(place))"
    default: return "\(random.pick(["start", "end"]))(time) \(random.pick(Self.words)) \(literal())"
    }
  }

  // MARK: - Stages

  /// A stage whose rows are records, of the same kind or another.
  private mutating func stage(_ kind: inout EntityKind) -> String {
    switch random.number(0...9) {
    case 0, 1: return "where \(condition(kind, 2))"
    case 2, 3: return "sort by \(sortKeys(kind))"
    case 4: return "\(random.pick(["take", "skip"])) \(random.number(0...12))"
    case 5: return "top \(random.number(0...8)) by \(random.pick(Self.sortable[kind] ?? ["certainty"]))"
    case 6 where kind != .participation && depth > 0:
      return "\(random.pick(["union", "intersect", "except"])) \(nested(kind))"
    default:
      let walks: [EntityKind: [(String, EntityKind)]] = [
        .event: [
          ("participants", .participation), ("actors", .actor), ("places", .place), ("reports", .report),
          ("articles", .article), ("parts", .event), ("part_of", .event), ("causes", .event),
          ("consequences", .event), ("follows", .event), ("followed_by", .event), ("alongside", .event),
        ],
        .actor: [("events", .event), ("participants", .participation), ("reports", .report)],
        .place: [("events", .event)],
        .report: [("events", .event), ("actors", .actor), ("articles", .article)],
        .participation: [("events", .event), ("actors", .actor)],
        .article: [("events", .event), ("reports", .report)],
      ]
      let (word, target) = random.pick(walks[kind] ?? [])
      kind = target
      return word
    }
  }

  static let sortable: [EntityKind: [String]] = [
    .event: [
      "id", "time", "score", "type", "status", "certainty", "place", "label", "count(actors)",
      "place.country", "mode",
      "earliest(time)", "actors",
    ],
    .actor: ["id", "name", "kind", "count(events)"],
    .place: ["id", "kind", "country", "within"],
    .report: ["status", "certainty", "source", "date", "line", "event", "article.id"],
    .article: ["id", "publisher", "published", "language"],
  ]

  private mutating func sortKeys(_ kind: EntityKind) -> String {
    let keys = random.pick(1...3, of: Self.sortable[kind] ?? ["certainty", "role", "event", "actor"])
    return keys.map { $0 + (random.chance(40) ? " desc" : "") }.joined(separator: ", ")
  }

  /// A stage after which rows are no records.
  private mutating func lastStage(_ kind: EntityKind) -> String {
    let columns = Self.columns[kind] ?? ["event", "actor", "role", "certainty", "event.time"]
    switch random.number(0...6) {
    case 0: return "count"
    case 1, 2: return "select " + random.pick(1...4, of: columns).joined(separator: ", ") + afterSelect()
    case 3: return "distinct " + random.pick(1...2, of: columns).joined(separator: ", ")
    case 4 where kind == .event || kind == .report: return "evidence"
    default: return summary(kind, columns)
    }
  }

  private mutating func afterSelect() -> String {
    random.pick(["", "", "", " | distinct", " | take \(random.number(0...5))", " | count"])
  }

  private mutating func summary(_ kind: EntityKind, _ columns: [String]) -> String {
    let numbers: [EntityKind: String] = [.event: "score", .report: "line", .actor: "count(events)"]
    var aggregates = ["count", "count_distinct(\(random.pick(columns)))", "list(\(random.pick(columns)))"]
    if let number = numbers[kind] {
      aggregates += [
        "sum(\(number))", "avg(\(number))", "min(\(number))", "max(\(number))", "count(\(number) > 2)",
      ]
    }
    if kind == .event { aggregates += ["min(time)", "max(time)", "count(place)", "max(certainty)"] }
    let chosen = random.pick(1...3, of: aggregates).joined(separator: ", ")
    let keys = random.pick(0...2, of: columns).joined(separator: ", ")
    return "summarize \(chosen)" + (keys.isEmpty ? "" : " by \(keys)")
  }

  static let columns: [EntityKind: [String]] = [
    .event: [
      "id", "type", "mode", "contexts", "label", "time", "place", "actors", "topics", "status", "certainty",
      "contested", "reports", "sources", "articles", "score", "quad", "part_of", "parts", "causes",
      "consequences",
      "follows", "followed_by", "alongside", "about", "place.country", "place.within", "actors.kind",
      "actors.represents", "time before 2031-03-20", "start(time)", "end(time)", "earliest(time)",
      "latest(time)",
      "duration(time)", "month(time)", "relation(time, 2031-03-10/2031-03-20)",
      "relations(time, 2031-03-10/2031-03-20)",
      "time during 2031-03", "coalesce(score, 1)", "causes.status", "score * 2 + 1", "score / 0",
      "time - 2031-03-10", "time + 2 weeks", "count(actors)", "exists(place)", "length(id)",
    ],
    .actor: ["id", "name", "kind", "represents", "events", "aliases", "names", "events.type"],
    .place: ["id", "name", "kind", "within", "country", "events"],
    .report: [
      "event", "article", "source", "status", "certainty", "line", "lines", "date", "gist", "event.place",
      "source.represents",
    ],
    .article: ["id", "title", "publisher", "published", "language", "reports", "reports.event"],
  ]

  // MARK: - Chains

  private mutating func sequence() -> String {
    let key = random.pick(["", "", "by actors ", "by states ", "by pair ", "by place ", "by type "])
    var text = "\(random.chance(40) ? "every " : "")sequence \(key)\(nested(.event)) then \(nested(.event))"
    if random.chance(30) { text += " then \(nested(.event))" }
    if random.chance(40) { text += " within \(random.number(1...40)) days" }
    if random.chance(50) { text += " until \(nested(.event))" }
    return text
  }

  private mutating func path() -> String {
    var text = "path from \(name(.actor)) to \(name(.actor))"
    if random.chance(40) { text += " through \(nested(.event))" }
    if random.chance(30) { text += " within \(random.number(1...3)) steps" }
    return text
  }
}
