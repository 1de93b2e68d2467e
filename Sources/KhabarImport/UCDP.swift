import EDTF
import KhabarModel

/// UCDP's georeferenced events (GED), 49 columns, comma-separated.
///
/// A row becomes an event `ucdp_ID` of type ASSAULT: side A acts, side B suffers. A row whose date is not known to the day
/// (date_prec 2 and more) is some time between its two dates. The label has the best estimate of deaths. What UCDP has read is
/// the article; whom that quotes is the source of the report, and event_clarity 2 makes it probable.
struct UCDP: SourceFormat {
  static let name = "ucdp"
  let delimiter = UInt8(ascii: ",")
  let isQuoted = true

  func columns(ofFirst row: [String]) -> [String]? {
    heading(row, with: ["id", "type_of_violence", "side_a", "side_b", "date_start", "date_end"])
  }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let id = "ucdp_\(try row.whole("id"))"
    if collector.event(id) != nil { return .merged }
    let start = try row.day("date_start", &collector)
    let end = try row.day("date_end", &collector)
    let names = [try row.required("side_a"), try row.required("side_b")]
    let country = row.text("country").flatMap { Country.named($0) }
    let sides = names.map { side($0, &collector) }
    let place = collector.place(
      row, columns: [("where_coordinates", nil), ("adm_2", nil), ("adm_1", nil)], country: country,
      countryName: row.text("country"))
    let deaths = row.text("best").flatMap { Int($0) }
    let isPrecise = row.text("date_prec") == "1"
    let contexts = row.text("type_of_violence") == "1" ? ["military"] : []
    let event = collector.event(id, "ASSAULT", contexts: contexts) { event in
      event.time = Self.time(start, end, isPrecise: isPrecise)
      event.place = place ?? -1
      event.participants = [.actor(sides[0]), .recipient(sides[1])]
      let count = deaths.map { ", \(RecordCollector.deaths($0))" } ?? ""
      event.label = RecordCollector.english("\(names[0]) – \(names[1])\(count)")
    }
    let source = row.text("source_original").map { collector.actor($0) }
    let article = collector.article(
      "\(id)_source", title: row.text("source_headline") ?? row.text("source_article"),
      publisher: row.text("source_office"),
      published: row.text("source_date").flatMap(SourceRow.isoDay).flatMap { collector.time($0) })
    collector.report(event, in: article, certainty: row.text("event_clarity") == "2" ? .probable : .certain) {
      report in
      report.source = source ?? -1
    }
    return .kept
  }

  /// `Government of Norland` is the state itself.
  private func side(_ name: String, _ collector: inout RecordCollector) -> Int32 {
    let prefix = "Government of "
    if name.hasPrefix(prefix), let country = Country.named(String(name.dropFirst(prefix.count))) {
      return collector.state(country)
    }
    return collector.actor(name, kind: .group)
  }

  private static func time(_ start: EDTFTime, _ end: EDTFTime, isPrecise: Bool) -> EDTFTime {
    if isPrecise || start == end, start.bounds == end.bounds { return start }
    if isPrecise { return (try? EDTFTime(parsing: "\(start)/\(end)")) ?? start }
    return EDTFTime.oneOf(from: start.bounds.startMin, through: end.bounds.endMax)
  }
}
