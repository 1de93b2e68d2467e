import KhabarModel
import KhabarRandom

// Conditions.
extension RandomQuery {
  /// Names within are sure: the evaluator resolves them though no row is asked.
  mutating func condition(_ kind: EntityKind, _ nesting: Int) -> String {
    let wasSure = isSure
    isSure = true
    defer { isSure = wasSure }
    return unsure(kind, nesting)
  }

  private mutating func unsure(_ kind: EntityKind, _ nesting: Int) -> String {
    if nesting > 0, random.chance(35) {
      let (first, second) = (unsure(kind, nesting - 1), unsure(kind, nesting - 1))
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
        "count(events) > \(random.number(0...4))", "name = \(quoted(name(.actor).filter { $0 != "\"" }))",
        "names has \"Velmora\"", "name matches \"^(Noor|[A-M]\\\\w+a$)\"", "offices.title contains \"مبعوث\"",
        "country_code = \"AV\"", "state = kind", "aliases contains \"جانب\"", "length(name) >= 9",
        "id contains \"e\"", "events.place has \(name(.place))", "represents.kind has state",
        "not (aliases = none)", "id in (people | select id)",
      ])
    case .place:
      return random.pick([
        "kind = \"city\"", "country.within has \(name(.place))", "country = \(name(.place))",
        "id < \"lissar_place\"",
        "country != none", "kind in (\"city\", \"region\")", "name contains \"دورين\"",
        "upper(kind) = \"CITY\"",
        "country_code != \"AV\"", "coordinates != none", "country in (places)", "\(name(.place)) = country",
        "count(events) >= \(random.number(0...4))",
      ])
    case .report:
      return random.pick([
        "source = \(name(.actor))", "status = \(random.pick(Status.allCases).name)",
        "certainty \(random.pick(["<", "<=", ">", ">=", "=", "!="])) probable",
        "line > \(random.number(1...9))",
        "event.place = \(name(.place))", "article.publisher = \"Qalden Voice\"",
        "date \(random.pick(["<", "<=", ">", ">=", "=", "!="])) \(literal())", "event in \(members(.event))",
        "source in \(members(.actor))", "event.actors has \(name(.actor))", "gist contains \"GIST 1\"",
        "line between \(random.number(1...5)) and \(random.number(4...9))", "status in (planned, Denied)",
        "gist matches \"[0-9]$\"", "source in (people)", "article = \(name(.article))",
      ])
    case .article:
      return random.pick([
        "language = \"en\"", "publisher != \"Qalden Voice\"",
        "published \(random.pick(Self.words)) \(literal())",
        "count(reports) > \(random.number(0...5))", "reports.source has \(name(.actor))",
        "title contains \"title\"", "2031-03-09 < day(published)", "sha256 != none",
        "title matches \"(1|2|٣)\"", "publisher in (\"Qalden Voice\", \"صوت قلدن\")",
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
    case .place: random.pick(["kind", "country.within", "country", "events"])
    case .report: random.pick(["source", "line", "date", "event.place", "event.time", "lines"])
    case .article: random.pick(["publisher", "language", "published", "reports"])
    default: random.pick(["role", "event.place", "actor.represents"])
    }
  }

  private mutating func eventCondition() -> String {
    let comparison = random.pick(["<", "<=", ">", ">=", "=", "!="])
    switch random.number(0...42) {
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
    case 24: return "year(time) = \(random.pick(["2031", "2030"]))"
    case 25:
      return "quarter(time) \(random.pick(["=", "!=", "<", ">="])) \(random.pick(["2031-33", "2031-34"]))"
    case 26: return "\(RandomModel.text(random.number(0...60))) \(comparison) day(time)"
    case 27:
      return
        "precision(time) \(random.pick(["=", "!="])) \"\(random.pick(["day", "month", "interval", "set"]))\""
    case 28: return "label matches \"\(random.pick(["[1-3]$", "حدث", "^L.*4", "^[^ ]+$"]))\""
    case 29: return "label contains \"\(random.pick(["LABEL", "حـدث", "lábel 2", "l-a"]))\""
    case 30: return "length(label) \(comparison) \(random.number(5...8))"
    case 31: return "\(random.pick(["lower", "upper"]))(id) \(random.pick(["=", "!="])) \"\(id(.event))\""
    case 32: return "score between \(random.number(-9...2)) and \(random.number(0...9))"
    case 33: return "status in (\(random.pick(Status.allCases).name), \(random.pick(Status.allCases).name))"
    case 34: return "\(random.pick(["4", "0", "2.5"])) \(comparison) abs(score) - \(random.number(0...3))"
    case 35: return "\(random.pick(Status.allCases).name) = status"
    case 36:
      return "round(score / 3, \(random.number(0...2))) \(comparison) \(random.pick(["0.33", "1", "-2.7"]))"
    case 37:
      return "exists\(members(.event)) or count\(members(.place)) \(comparison) \(random.number(0...4))"
    case 38: return "\(id(.event)).time \(random.pick(Self.words)) time"
    case 39: return "time - \(literal()) \(comparison) \(distance())"
    case 40: return "coalesce(score, \(random.number(-3...3))) \(comparison) 2"
    case 41: return "place in (places) or topics has \(name(.topic))"
    case 42: return "if(score > 0, contested, exists(place))"
    default: return "\(random.pick(["start", "end"]))(time) \(random.pick(Self.words)) \(literal())"
    }
  }
}
