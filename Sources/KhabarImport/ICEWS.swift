import EDTF
import KhabarModel

/// ICEWS' events, 20 tab-separated columns under a header, without quoting.
///
/// A row becomes an event `icews_ID` of the PLOVER type that its CAMEO code stands for. What two do to one another stands there in two
/// rows of the same sentence, in either direction: they are one event with both as actors. The story is the article, its
/// sentence the line of evidence.
struct ICEWS: SourceFormat {
  static let name = "icews"
  let delimiter = UInt8(ascii: "\t")
  let isQuoted = false

  func columns(ofFirst row: [String]) -> [String]? {
    heading(row, with: ["Event ID", "Event Date", "Source Name", "CAMEO Code", "Target Name", "Story ID"])
  }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let id = "icews_\(try row.whole("Event ID"))"
    if collector.event(id) != nil { return .merged }
    let code = try row.required("CAMEO Code")
    // Codes have lost their leading zero where a spreadsheet has been at them.
    guard let meaning = CAMEO.meaning(code) ?? CAMEO.meanings["0" + code] else {
      throw RowError("CAMEO Code", "`\(code)` is no code of CAMEO's")
    }
    let time = try row.day("Event Date", &collector)
    let sides = ["Source", "Target"].map { side($0, row, &collector) }
    let story = try row.required("Story ID", none: Self.none)
    let sentence = row.text("Sentence Number", none: Self.none).flatMap { Int32($0) }
    if let source = sides[0], let target = sides[1], source != target {
      // Of the other row the source is the target.
      let words = [story, "\(sentence ?? 0)", "\(time)", meaning.type, meaning.mode ?? ""]
      let mirrored = (words + ["\(target)", "\(source)"]).joined(separator: " ")
      if let event = collector.eventByKey[mirrored] {
        collector.makeActors(ofEvent: event)
        return .merged
      }
      collector.eventByKey[(words + ["\(source)", "\(target)"]).joined(separator: " ")] = collector.nextEvent
    }
    let place = place(row, &collector)
    let event = collector.event(id, meaning.type, mode: meaning.mode, contexts: meaning.contexts) { event in
      event.score = row.text("Intensity", none: Self.none).flatMap { ScoreColumn.tenths($0) }
      event.time = time
      event.place = place ?? -1
      event.participants = (sides[0].map { [.actor($0)] } ?? []) + (sides[1].map { [.recipient($0)] } ?? [])
      if let text = row.text("Event Text", none: Self.none) { event.label = RecordCollector.english(text) }
    }
    let article = collector.article(
      RecordCollector.idWord("icews_story_" + story), publisher: row.text("Publisher", none: Self.none),
      published: time)
    collector.report(event, in: article) { report in
      if let sentence, sentence > 0 { report.evidence = [Citation(article: article, line: sentence)] }
    }
    return .kept
  }

  private static let none: Set<String> = ["NA", "NULL"]
  private static let stateSectors: Set<String> = [
    "Government", "Military", "Police", "Executive", "Legislative", "Judicial",
  ]

  /// `Military Personnel (Norland)` is an organ of a state where its sectors say so.
  private func side(_ side: String, _ row: SourceRow, _ collector: inout RecordCollector) -> Int32? {
    guard let name = row.text(side + " Name", none: Self.none) else { return nil }
    let country = row.text(side + " Country", none: Self.none).flatMap { Country.named($0) }
    if let country, Country.named(name) == country { return collector.state(country) }
    let sectors = (row.text(side + " Sectors", none: Self.none) ?? "").split(separator: ",")
    let isOrgan = sectors.contains { Self.stateSectors.contains($0.trimmed) }
    return collector.actor(name, of: country, isOrgan: isOrgan)
  }

  private func place(_ row: SourceRow, _ collector: inout RecordCollector) -> Int32? {
    collector.place(
      row, columns: [("City", "city"), ("District", "district"), ("Province", "province")],
      country: row.text("Country", none: Self.none).flatMap { Country.named($0) }, none: Self.none)
  }
}
