import EDTF
import KhabarModel

/// POLECAT's events, 40 or more tab-separated columns under a header, in PLOVER's own words.
///
/// A row becomes an event `polecat_ID`. Several actors and recipients stand in a cell, `One; Two`, with their countries and
/// sectors in the same order. Who is called as a country is that state; government, military, police, courts and parliaments
/// represent theirs. Rows of one id are reports of one event by several stories.
struct POLECAT: SourceFormat {
  static let name = "polecat"
  let delimiter = UInt8(ascii: "\t")
  let isQuoted = false

  func columns(ofFirst row: [String]) -> [String]? {
    heading(
      row, with: ["Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Recipient Name"])
  }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let name = try row.required("Event ID", none: Self.none)
    let id = RecordCollector.idWord("polecat_" + name)
    let type = try row.required("Event Type", none: Self.none)
    guard Vocabulary.plover.type(type) != nil else {
      throw RowError("Event Type", "`\(type)` is no type of PLOVER's")
    }
    let time = try row.day("Event Date", &collector)
    let mode = row.text("Event Mode", none: Self.none)
    let contexts = row.list("Contexts", none: Self.none)
    collector.define(type: type, mode: mode, contexts: contexts)
    let sides =
      sides("Actor", row, &collector).map { Participation.actor($0) }
      + sides("Recipient", row, &collector).map { Participation.recipient($0) }
    let place = collector.place(
      row, columns: [("City", "city"), ("District", "district"), ("Province", "province")],
      country: row.text("Country", none: Self.none).flatMap { Country.called($0) }, none: Self.none)
    let score = row.text("Intensity", none: Self.none) ?? row.text("Event Intensity", none: Self.none)
    let event = collector.event(id, type, mode: mode, contexts: contexts) { event in
      event.score = score.flatMap { ScoreColumn.tenths($0) }
      event.time = time
      event.place = place ?? -1
      event.participants = sides
    }
    // An id is the story's, and the type.
    let story =
      row.text("Story ID", none: Self.none) ?? name.split(separator: "_").first.map(String.init) ?? name
    let article = collector.article(
      RecordCollector.idWord("polecat_story_" + story), title: row.text("Headline", none: Self.none),
      publisher: row.text("Source", none: Self.none),
      language: row.text("Language", none: Self.none).flatMap(Self.tag),
      published: row.text("Publication Date", none: Self.none).flatMap(SourceRow.isoDay)
        .flatMap { collector.time($0) })
    let isNew = collector.report(event, in: article) { report in
      if let text = row.text("Event Text", none: Self.none) { report.gist = RecordCollector.english(text) }
    }
    return isNew ? .kept : .merged
  }

  private static let none: Set<String> = ["None", "NA", "nan"]
  private static let languages = [
    "arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "portuguese": "pt", "russian": "ru",
    "spanish": "es",
  ]

  /// Languages are named; two letters are a tag of BCP 47 as they are.
  private static func tag(_ language: String) -> String? {
    let name = language.lowercased()
    return languages[name] ?? (name.utf8.count == 2 && name.allSatisfy(\.isLetter) ? name : nil)
  }

  private func sides(_ side: String, _ row: SourceRow, _ collector: inout RecordCollector) -> [Int32] {
    let cells = ["\(side) Name", "\(side) Country", "Primary \(side) Sector"].map { column in
      (row.text(column) ?? "").split(separator: ";", omittingEmptySubsequences: false).map { part in
        // Of several values of one actor, the first.
        let value = part.prefix { $0 != "|" }.trimmed
        return value.isEmpty || Self.none.contains(value) ? nil : value
      }
    }
    var found: [Int32] = []
    for (index, name) in cells[0].enumerated() {
      // What has no name is there by its country.
      let code = cells[1].indices.contains(index) ? cells[1][index] : nil
      let country = code.flatMap { Country.called($0) }
      let sector = cells[2].indices.contains(index) ? cells[2][index] : nil
      let actor: Int32
      switch (name, country) {
      case (nil, nil): continue
      case (nil, let country?): actor = collector.state(country)
      case (let name?, let country):
        if let named = Country.named(name) {
          actor = collector.state(named)
        } else {
          let isOrgan = sector.map { RecordCollector.stateSectors.contains($0.uppercased()) } ?? false
          actor = collector.actor(name, of: country, isOrgan: isOrgan)
        }
      }
      if !found.contains(actor) { found.append(actor) }
    }
    return found
  }
}
