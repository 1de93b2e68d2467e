import KhabarModel

// Stages, and rows made of several.
extension RandomQuery {
  /// A stage whose rows are records, of the same kind or another.
  mutating func stage(_ kind: inout EntityKind) -> String {
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
  mutating func lastStage(_ kind: EntityKind) -> String {
    let columns = Self.columns[kind] ?? ["event", "actor", "role", "certainty", "event.time"]
    switch random.number(0...7) {
    case 0: return "count"
    case 5 where kind != .participation:
      let column = random.pick(columns)
      return
        "select \(column) | \(random.pick(["union", "intersect", "except"])) (\(phrase(kind)) | select \(column))"
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
    if kind == .event, random.chance(20) {
      return random.pick([
        "summarize count by pair", "summarize count by pair | sort by count desc, pair | take 3",
        "summarize count by pair | where pair != none | top 2 by count",
        "summarize count, avg(score) by pair, type",
        "summarize count by states", "summarize count by states | top 2 by count",
      ])
    }
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
      "time - 2031-03-10", "time + 2 weeks", "count(actors)", "exists(place)", "length(id)", "year(time)",
      "quarter(time)", "day(time)", "precision(time)", "precision(start(time))", "upper(id)", "lower(label)",
      "time - 1 months", "round(score / 3, 1)", "abs(score)", "if(contested, place.country, place)",
      "relation(time, today)", "end(time) - start(time)", "time + 1 months", "actors.offices",
      "actors.offices.of",
      "articles.publisher",
      "possibly time before 2031-03-20", "not time after today", "length(label)", "background",
    ],
    .actor: [
      "id", "name", "kind", "represents", "events", "aliases", "names", "events.type", "offices",
      "country_code",
    ],
    .place: ["id", "name", "kind", "within", "country", "events", "coordinates", "country_code", "aliases"],
    .report: [
      "event", "article", "source", "status", "certainty", "line", "lines", "date", "gist", "event.place",
      "evidence",
      "source.represents",
    ],
    .article: ["id", "title", "publisher", "published", "language", "reports", "reports.event"],
  ]

  // MARK: - Rows made of several

  mutating func sequence() -> String {
    let key = random.pick([
      "", "", "by actors ", "by states ", "by pair ", "by place ", "by type ", "by place.country ",
      "by topics ",
      "by month(time) ", "by status ", "by score > 0 ",
    ])
    var text = "\(random.chance(40) ? "every " : "")sequence \(key)\(nested(.event)) then \(nested(.event))"
    if random.chance(30) { text += " then \(nested(.event))" }
    if random.chance(30) {
      text += " on \(random.pick(["start(time)", "end(time)", "latest(time)", "earliest(time)"]))"
    }
    if random.chance(40) {
      text += " within \(random.pick(["\(random.number(1...40)) days", "\(random.number(1...2)) months"]))"
    }
    if random.chance(50) { text += " until \(nested(.event))" }
    if !key.isEmpty, random.chance(30) {
      return text
        + random.pick([
          " | summarize count by key", " | summarize count by key | sort by count desc, key | take 2",
        ])
    }
    return text
      + random.pick([
        "", "", "", " | count", " | select first, second.place, span", " | where first.place = second.place",
        " | sort by second.score desc, first", " | distinct second", " | summarize count by first",
        " | where second.status = planned | select second, second.certainty",
      ])
  }

  mutating func path() -> String {
    var text = "path from \(name(.actor)) to \(name(.actor))"
    if random.chance(40) { text += " through \(nested(.event))" }
    if random.chance(30) { text += " within \(random.number(1...3)) steps" }
    return text + random.pick(["", "", " | count", " | select event.time, to.kind", " | where step > 1"])
  }

  /// The name of a record alone, and what it leads to.
  mutating func lone() -> String {
    var kind = random.pick([.event, .actor, .place, .article] as [EntityKind])
    var text = name(kind)
    for _ in 0..<random.number(0...2) { text += " | " + stage(&kind) }
    return text
  }

  mutating func join() -> String {
    if random.chance(20) {
      return
        "\(phrase(.report)) | join \(nested(.article)) as a on article = a | select event, a, a.publisher, line"
    }
    if random.chance(15) {
      return
        "events | summarize count by place | join (events | summarize avg(score) by place) as s on s.place = place"
        + random.pick(["", " | where s.avg_score > 1", " | sort by s.avg_score desc | select place, count"])
    }
    if random.chance(15) {
      return "events | select id, time | join \(nested(.event)) as other on "
        + random.pick([
          "other.time after time", "possibly other.time during time", "not other.time before time",
          "possibly not other.time after time and other.time until 2031-04",
          "other.time between time and 2031-04 or start(other.time) before time",
          "earliest(other.time) since time",
        ])
        + " | summarize count, count(possibly other.time during 2031-03) as in_march by id"
    }
    let condition = random.pick([
      "other.time after time", "other.place = place", "other.type = type and other.time overlapping time",
      "other.id != id and other.place = place", "other.score > score", "other.causes has event",
      "other.time within \(distance()) of time", "possibly other.time during time",
    ])
    return "\(phrase(.event)) | join \(nested(.event)) as other on \(condition)"
      + random.pick([
        " | count", " | select id, other.id, other.time - time", " | summarize count by other.type",
        " | sort by other.score desc, id | take 5", " | where other.status = planned",
        " | distinct place, other.place",
        " | select event, other | take 9",
      ])
  }
}
