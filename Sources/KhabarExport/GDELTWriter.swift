import EDTF
import KhabarModel

/// The events of a model in the columns of GDELT 2.0's events: 61, tab-separated, without a header, a row for each event.
///
/// GDELT has one day, two actors, one code of CAMEO's and one source for an event. What it cannot say is left out and
/// counted; what a model does not know, such as the tone of articles, is empty.
package struct GDELTWriter {
  static let columns: [String] = {
    func side(_ name: String) -> [String] {
      [
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code",
      ].map { name + $0 }
    }
    let place = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
    return ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"] + side("Actor1") + side("Actor2")
      + [
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone",
      ]
      + ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"].flatMap { side in place.map { side + $0 } }
      + ["DATEADDED", "SOURCEURL"]
  }()

  /// What has no place in the rows.
  package struct LeftOut: Sendable, Equatable {
    /// Events that nobody says to have occurred.
    package var notOccurred = 0
    /// Events that may have begun on any day whatever.
    package var undated = 0
    /// Events of types that CAMEO has no code for.
    package var untyped = 0
    /// Events of which CAMEO's code says less than their mode and contexts.
    package var inexact = 0
    package var participants = 0
    package var reports = 0

    package init() {}

    /// What there is of it, in words; nil: nothing.
    package var text: String? {
      let counts = [
        (notOccurred, "events that nobody says to have occurred"), (undated, "events without a first day"),
        (untyped, "events of types that CAMEO has no code for"), (inexact, "modes or contexts of events"),
        (participants, "participants besides two"), (reports, "further reports"),
      ].filter { $0.0 > 0 }
      return counts.isEmpty ? nil : counts.map { "\($0) \($1)" }.joined(separator: ", ")
    }
  }

  let store: EventStore

  package init(_ store: EventStore) { self.store = store }

  /// - Returns: What had to be left out.
  package func write(to output: inout some TextOutputStream) -> LeftOut {
    var leftOut = LeftOut()
    // Whatever is not numbered by GDELT gets the numbers after its.
    var next = ((0..<store.events.count).compactMap { Self.number(store.events.ids[$0]) }.max() ?? 0) + 1
    for event in 0..<store.events.count {
      guard var fields = fields(ofEvent: event, &leftOut) else { continue }
      var number = Self.number(store.events.ids[event])
      if number == nil { (number, next) = (next, next + 1) }
      fields["GLOBALEVENTID"] = number.map { "\($0)" }
      let row = Self.columns.map { fields[$0].map(field) ?? "" }
      output.write(row.joined(separator: "\t") + "\n")
    }
    return leftOut
  }

  /// `gdelt_410412348` as 410412348.
  private static func number(_ id: String) -> Int? {
    id.hasPrefix("gdelt_") ? Int(id.dropFirst(6)).flatMap { $0 >= 0 && $0 < 1 << 40 ? $0 : nil } : nil
  }

  // MARK: - Events

  /// nil: GDELT cannot have the event.
  private func fields(ofEvent event: Int, _ leftOut: inout LeftOut) -> [String: String]? {
    let reports = store.events.reports.range(event)
    let said = reports.filter { [.occurred, .ongoing].contains(Status(rawValue: store.reports.status[$0])) }
    if said.isEmpty, !reports.isEmpty {
      leftOut.notOccurred += 1
      return nil
    }
    guard let day = firstDay(ofEvent: event) else {
      leftOut.undated += 1
      return nil
    }
    guard let (code, isExact) = code(ofEvent: event) else {
      leftOut.untyped += 1
      return nil
    }
    if !isExact { leftOut.inexact += 1 }
    leftOut.reports += max(0, reports.count - 1)
    var fields = Self.fields(of: day)
    addCode(code, to: &fields)
    fields["GoldsteinScale"] = store.score(ofEvent: event).map(scoreText)
    leftOut.participants += addActors(ofEvent: event, to: &fields)
    if store.events.place[event] >= 0 { addPlace(Int(store.events.place[event]), to: &fields) }
    addSources(reports, first: said.first, day, to: &fields)
    return fields
  }

  private func firstDay(ofEvent event: Int) -> CalendarDay? {
    guard let first = store.events.time.time(event)?.bounds.startMin, first > TimeBounds.earliestDay else {
      return nil
    }
    let day = CalendarDay(dayNumber: first)
    return (1...9999).contains(day.year) ? day : nil
  }

  private static func fields(of day: CalendarDay) -> [String: String] {
    let date = digits(day)
    let start = CalendarDay(year: day.year, month: 1, day: 1).dayNumber
    let length = CalendarDay.isLeap(year: day.year) ? 366 : 365
    let fraction = String((day.dayNumber - start) * 10_000 / length)
    let year = String(date.prefix(4))
    return [
      "SQLDATE": date, "MonthYear": String(date.prefix(6)), "Year": year,
      "FractionDate": year + "." + String(repeating: "0", count: 4 - fraction.utf8.count) + fraction,
    ]
  }

  /// `20310218`
  static func digits(_ day: CalendarDay) -> String {
    [(day.year, 4), (day.month, 2), (day.day, 2)].map { number, width in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }.joined()
  }

  /// CAMEO's code for an event's type, or what that is a subtype of, with its mode and contexts, or as much of these as it has
  /// a code for.
  private func code(ofEvent event: Int) -> (code: String, isExact: Bool)? {
    let (events, words) = (store.events, store.vocabulary)
    let mode = events.mode[event] < 0 ? nil : words.modes[Int(events.mode[event])]
    let contexts = events.contexts[event].map { words.contexts[Int($0)] }
    for type in words.lineage(events.type[event]) {
      let id = words.types[Int(type)].id
      let meanings = [(mode, contexts), (mode, []), (nil, contexts), (nil, [])]
      for (mode, contexts) in meanings {
        guard let code = CAMEO.code(CAMEO.Meaning(type: id, mode: mode, contexts: contexts)) else { continue }
        let isExact = mode == meanings[0].0 && contexts.count == meanings[0].1.count
        return (code, isExact)
      }
    }
    return nil
  }

  private func addCode(_ code: String, to fields: inout [String: String]) {
    fields["EventCode"] = code
    fields["EventBaseCode"] = String(code.prefix(3))
    fields["EventRootCode"] = String(code.prefix(2))
    switch Int(code.prefix(2)) ?? 0 {
    case ...5: fields["QuadClass"] = "1"
    case ...8: fields["QuadClass"] = "2"
    case ...13: fields["QuadClass"] = "3"
    default: fields["QuadClass"] = "4"
    }
  }
}
