import KhabarModel
import KhabarRandom

/// Queries about a model, as text, that always resolve.
struct RandomQuery {
  let model: StoreBuilder
  var random: RandomSource
  /// How many more queries may be nested.
  var depth = 2
  /// Whether events are called `events`: within conditions the parser does not know the nouns
  /// of types.
  private var isPlain = false
  /// Whether nothing may be wrong: names must be found, one record each, and what is known on different days, which
  /// has no union, is left out.
  var isSure = false

  /// How often a name, in whatever spelling, is somebody's.
  private var bearers: [EntityKind: [String: Int]] = [:]

  init(_ model: StoreBuilder, _ random: RandomSource) {
    self.model = model
    self.random = random
    for kind in [EntityKind.actor, .place, .article, .topic, .event] {
      bearers[kind] = Dictionary(spellings(kind).map { (Reference.key($0), 1) }, uniquingKeysWith: +)
    }
  }

  mutating func query() -> String {
    if random.chance(9) { return sequence() }
    if random.chance(5) { return path() }
    if random.chance(6) { return join() }
    if random.chance(4) { return lone() }
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
  mutating func members(_ kind: EntityKind) -> String {
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
        "negotiations", "agreements",
      ])
    }
    if kind == .actor, random.chance(40) {
      noun = random.pick(["people", "states", "organizations", "groups"])
    }
    if random.chance(8), depth > 0, !isPlain { noun = nested(kind) }
    if kind != .report, kind != .participation, random.chance(4) { noun = "\(kind.name) \(name(kind))" }
    if kind == .event, !isPlain, random.chance(4) { noun = "bound" }
    if kind == .event || kind == .report, random.chance(15), !noun.hasPrefix("\(kind.name) "),
      !noun.hasPrefix("(")
    {
      noun = "\(random.pick(Status.allCases).name) \(noun)"
    } else if kind == .event, random.chance(5), noun == "events" {
      noun = "contested events"
    }
    var clauses = (0..<random.pick(depth == 2 ? [0, 0, 1, 1, 1, 2, 3] : [0, 0, 0, 1, 1, 2])).map { _ in
      clause(kind)
    }
    if kind == .event, !isSure, random.chance(10) { clauses.append("as of \(literal())") }
    clauses.shuffle(using: &random)
    // What follows `where` would be read as part of its condition.
    if random.chance(20) {
      clauses.append("\(random.pick(["", "", "not ", "possibly "]))where (\(condition(kind, 1)))")
    }
    return ([noun] + clauses).joined(separator: " ")
  }

  private mutating func clause(_ kind: EntityKind) -> String {
    let prefix = random.pick([
      "", "", "not ", "possibly ", "possibly ", "possibly not ", "possibly not ", "not possibly ",
    ])
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
        "reported in \(name(.article))", "with \(name(.actor)) as actor",
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
    let publishers = Set(model.articles.compactMap(\.publisher)).sorted().map { quoted($0) }
    if publishers.isEmpty { return timeClause() }
    let chosen = random.pick(1...2, of: publishers).joined(separator: ", ")
    return "reported by \(random.chance(30) ? "any of " : "")\(chosen)"
  }

  private mutating func subject() -> String {
    random.pick([
      name(.actor), name(.place), name(.event), name(.topic), "military", "economic", "Diplomatic",
    ])
  }

  mutating func names(_ kind: EntityKind) -> String {
    let several = random.pick([1, 1, 2, 3])
    let names = (0..<several).map { _ in name(kind) }.joined(separator: random.pick([", ", " and "]))
    return several > 1 && random.chance(50) ? "any of " + names.replacing(" and ", with: ", ") : names
  }

  // MARK: - Names

  /// An id, a name, an alias or a surname, in any spelling; now and then one that several have or nobody has.
  mutating func name(_ kind: EntityKind) -> String {
    if isSure { return surely(kind) }
    if random.chance(2) { return "nobody_at_all" }
    if random.chance(35) { return id(kind) }
    let spelling = random.pick(spellings(kind))
    return random.chance(50) ? quoted(respelled(spelling)) : quoted(spelling)
  }

  /// An id, or a name that is sure to be one record's.
  mutating func surely(_ kind: EntityKind) -> String {
    let spelling = random.pick(spellings(kind))
    let isShared = bearers[kind]?[Reference.key(spelling)] != 1
    return isShared || random.chance(50) ? id(kind) : quoted(respelled(spelling))
  }

  mutating func id(_ kind: EntityKind) -> String {
    switch kind {
    case .actor: random.pick(model.actors).id
    case .place: random.pick(model.places).id
    case .article: random.pick(model.articles).id
    case .topic: random.pick(model.topics).id
    default: random.pick(model.events).id
    }
  }

  private func spellings(_ kind: EntityKind) -> [String] {
    func all(_ names: LocalizedText) -> [String] { names.entries.map(\.text) }
    switch kind {
    case .actor:
      return model.actors.flatMap { actor in
        let names = all(actor.names)
        let surnames = names.compactMap { $0.split(separator: " ").last.map(String.init) }
        return names + actor.aliases + (actor.kind == .person ? surnames : [])
      }
    case .place: return model.places.flatMap { all($0.names) + $0.aliases }
    case .article: return model.articles.flatMap { all($0.title) }
    case .topic: return model.topics.flatMap { all($0.names) }
    default: return model.events.map(\.id)
    }
  }

  /// The same name as somebody else may write it.
  private mutating func respelled(_ name: String) -> String {
    let swaps = [
      ("أ", "ا"), ("إ", "أ"), ("ا", "آ"), ("ة", "ه"), ("ي", "ى"), ("ö", "o"), ("á", "A"), ("e", "É"),
      ("o", "ō"),
      (" ", "-"), (" ", "_"), ("-", " "), ("ر", "رـ"), ("و", "وَ"), ("m", "M"), ("s", "S'"),
    ]
    let (old, new) = random.pick(swaps)
    let swapped = name.replacing(old, with: new)
    return random.pick([swapped, swapped, name.uppercased(), name.lowercased()])
  }

  func quoted(_ text: String) -> String { "\"\(text)\"" }

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

  mutating func time() -> String {
    let choice = random.number(0...9)
    if choice < 6 { return literal() }
    if choice == 6, depth > 0 { return nested(.event) }
    if choice == 7 {
      return "today \(random.pick(["+", "-"])) \(random.number(0...3)) \(random.pick(["days", "weeks"]))"
    }
    if choice == 8 { return "today" }
    return id(.event)
  }

  static let words = ["before", "after", "during", "on", "since", "until", "overlapping"]

  mutating func distance() -> String {
    random.pick([
      "\(random.number(0...20)) days", "\(random.number(0...3)) weeks", "\(random.number(0...2)) months",
    ])
  }

  private mutating func timeClause() -> String {
    if random.chance(12) { return "between \(literal()) and \(literal())" }
    if random.chance(15) { return "within \(distance()) of \(time())" }
    return "\(random.pick(Self.words)) \(time())"
  }
}
