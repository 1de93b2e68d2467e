import EDTF
import KhabarModel

/// ACLED's events, 31 comma-separated columns under a header.
///
/// A row becomes an event `acled_ID` of the PLOVER type that its event type and sub-event type stand for. Actors 1 and 2 and
/// their associates all act, since their order says nothing. Forces and governments of a state represent it. A date known to
/// the week only (time_precision 2) is some day less than a week from it; to the month (3), the month. Every one of its
/// sources is an article.
struct ACLED: SourceFormat {
  static let name = "acled"
  let delimiter = UInt8(ascii: ",")
  let isQuoted = true

  func columns(ofFirst row: [String]) -> [String]? {
    heading(row, with: ["event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1"])
  }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let id = RecordCollector.idWord("acled_" + (try row.required("event_id_cnty")))
    if collector.event(id) != nil { return .merged }
    let kind = try row.required("event_type")
    let subKind = row.text("sub_event_type")
    guard let meaning = Self.meaning(kind, subKind) else {
      throw RowError("event_type", "`\(kind)` is no type of ACLED's")
    }
    let day = try row.day("event_date", &collector)
    let names = ["actor1", "actor2"].compactMap { row.text($0) }
    let associates = ["assoc_actor_1", "assoc_actor_2"].flatMap { row.list($0) }
    var actors: [Int32] = []
    for name in names + associates {
      let actor = actor(name, &collector)
      if !actors.contains(actor) { actors.append(actor) }
    }
    let country = row.text("country").flatMap { Country.named($0) }
    let place = collector.place(
      row,
      columns: [("location", "place"), ("admin3", "district"), ("admin2", "district"), ("admin1", "region")],
      country: country)
    let deaths = row.text("fatalities").flatMap { Int($0) } ?? 0
    collector.define(type: meaning.type)
    let event = collector.event(id, meaning.type, mode: meaning.mode, contexts: meaning.contexts) { event in
      event.time = Self.time(day, precision: row.text("time_precision"))
      event.place = place ?? -1
      event.participants = actors.map { .actor($0) }
      let count = deaths > 0 ? ", \(RecordCollector.deaths(deaths))" : ""
      event.label = RecordCollector.english("\(subKind ?? kind): \(names.joined(separator: " – "))\(count)")
    }
    let uploaded = row.text("timestamp").flatMap { Int($0) }
      .map { EDTFTime.day($0 / 86_400) }
    let sources = row.list("source")
    for (number, source) in (sources.isEmpty ? ["ACLED"] : sources).enumerated() {
      let article = collector.article(
        number == 0 ? "\(id)_source" : "\(id)_source_\(number + 1)", publisher: source, published: uploaded)
      collector.report(event, in: article) { report in
        if let notes = row.text("notes") { report.gist = RecordCollector.english(notes) }
      }
    }
    return .kept
  }

  private static func time(_ day: EDTFTime, precision: String?) -> EDTFTime {
    let date = CalendarDay(dayNumber: day.bounds.startMin)
    switch precision {
    case "2": return .oneOf(from: day.bounds.startMin - 6, through: day.bounds.endMax + 6)
    case "3": return EDTFTime.month(year: date.year, month: date.month)
    default: return day
    }
  }

  /// `Military Forces of Norland (2020-)` is an organ of the state.
  private func actor(_ name: String, _ collector: inout RecordCollector) -> Int32 {
    for prefix in ["Military Forces of ", "Police Forces of ", "Government of "] where name.hasPrefix(prefix)
    {
      let state = name.dropFirst(prefix.count).prefix { $0 != "(" }.trimmed
      if let country = Country.named(state) {
        return collector.actor(name, country: country, represents: country)
      }
    }
    return collector.actor(name, kind: .group)
  }

  // MARK: - Types

  /// Of ACLED's strategic developments those that PLOVER has no type for are of one that is added here.
  private static let development = "development"

  private static func meaning(_ type: String, _ subType: String?) -> CAMEO.Meaning? {
    guard let found = types[type.lowercased()] else { return nil }
    return subType.flatMap { subTypes[$0.lowercased()] } ?? found
  }

  private static let types: [String: CAMEO.Meaning] = [
    "battles": .init(type: "ASSAULT", contexts: ["military"]),
    "explosions/remote violence": .init(type: "ASSAULT", mode: "explosives", contexts: ["military"]),
    "violence against civilians": .init(type: "ASSAULT"),
    "protests": .init(type: "PROTEST", mode: "demo"),
    "riots": .init(type: "PROTEST", mode: "riot"),
    "strategic developments": .init(type: development),
  ]

  private static let subTypes: [String: CAMEO.Meaning] = [
    "government regains territory": .init(type: "ASSAULT", contexts: ["military", "territory"]),
    "non-state actor overtakes territory": .init(type: "ASSAULT", contexts: ["military", "territory"]),
    "air/drone strike": .init(type: "ASSAULT", mode: "aerial", contexts: ["military"]),
    "suicide bomb": .init(type: "ASSAULT", mode: "suicide-attack", contexts: ["military"]),
    "shelling/artillery/missile attack": .init(
      type: "ASSAULT", mode: "heavy-weapons", contexts: ["military"]),
    "chemical weapon": .init(type: "ASSAULT", mode: "unconventional", contexts: ["military", "cbrn"]),
    "sexual violence": .init(type: "ASSAULT", mode: "sexual"),
    "abduction/forced disappearance": .init(type: "ASSAULT", mode: "abduct"),
    "agreement": .init(type: "AGREE"),
    "arrests": .init(type: "COERCE", mode: "arrest"),
    "disrupted weapons use": .init(type: "COERCE", mode: "seize", contexts: ["military"]),
    "looting/property destruction": .init(type: "COERCE", mode: "seize"),
    "headquarters or base established": .init(type: "MOBILIZE"),
    "non-violent transfer of territory": .init(type: "RETREAT", mode: "withdraw", contexts: ["territory"]),
  ]
}
