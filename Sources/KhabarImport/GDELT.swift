import EDTF
import KhabarModel

/// GDELT's events, 2.0 (61 columns) and 1.0 (57 or 58), tab-separated and without a header.
///
/// A row becomes an event `gdelt_ID` of the PLOVER type that its CAMEO code stands for. An actor whose code is a state's is that
/// state; an organ of a state (government, army, police, courts, parliament, secret service) represents it. The page at
/// SOURCEURL is the article, published on the day when the row was added.
struct GDELT: SourceFormat {
  static let name = "gdelt"
  let delimiter = UInt8(ascii: "\t")
  let isQuoted = false

  private static let actorColumns = [
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code",
    "Type2Code", "Type3Code",
  ]
  private static let head =
    ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"] + actorColumns.map { "Actor1" + $0 }
    + actorColumns.map { "Actor2" + $0 } + [
      "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
      "NumMentions",
      "NumSources", "NumArticles", "AvgTone",
    ]

  private static func columns(_ geo: [String]) -> [String] {
    head + ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"].flatMap { place in geo.map { place + $0 } } + [
      "DATEADDED", "SOURCEURL",
    ]
  }

  private static let columns2 = columns([
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
  ])
  private static let columns1 = columns([
    "Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID",
  ])

  func columns(ofFirst row: [String]) -> [String]? {
    guard row.count > 1, UInt(row[0].trimmed) != nil, row[1].utf8.count == 8 else { return nil }
    switch row.count {
    case 61: return Self.columns2
    case 57, 58: return Self.columns1
    default: return nil
    }
  }

  var firstRowIsHeader: Bool { false }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let number = try row.whole("GLOBALEVENTID")
    let id = "gdelt_\(number)"
    if collector.event(id) != nil { return .merged }
    let code = try row.required("EventCode")
    guard let meaning = CAMEO.meaning(code) else {
      throw RowError("EventCode", "`\(code)` is no code of CAMEO's")
    }
    let date = try row.required("SQLDATE")
    guard let time = collector.day(digits: date) else { throw RowError("SQLDATE", "`\(date)` is no day") }
    let added = row.text("DATEADDED").flatMap { collector.day(digits: $0) }
    let sides = [side("Actor1", row, &collector), side("Actor2", row, &collector)]
    let place = place(row, &collector)
    let event = collector.event(id, meaning.type, mode: meaning.mode, contexts: meaning.contexts) { event in
      event.score = row.text("GoldsteinScale").flatMap { ScoreColumn.tenths($0) }
      event.time = time
      event.place = place ?? -1
      event.participants = (sides[0].map { [.actor($0)] } ?? []) + (sides[1].map { [.recipient($0)] } ?? [])
    }
    let page = row.text("SOURCEURL")
    let article =
      page.map { collector.article(page: $0, publisher: Self.host($0), published: added ?? time) }
      ?? collector.article(
        "gdelt_\(row.text("DATEADDED") ?? date)", publisher: "GDELT", published: added ?? time)
    collector.report(event, in: article)
    return .kept
  }

  private static let none: Set<String> = ["---", "X"]

  private func side(_ side: String, _ row: SourceRow, _ collector: inout RecordCollector) -> Int32? {
    guard let code = row.text(side + "Code", none: Self.none) else { return nil }
    let country = row.text(side + "CountryCode", none: Self.none).flatMap { Country.cameo($0) }
    if let country, code == row.text(side + "CountryCode") { return collector.state(country) }
    let isOrgan = row.text(side + "Type1Code").map { RecordCollector.stateSectors.contains($0) } ?? false
    let name = row.text(side + "Name") ?? code
    return collector.actor(
      Self.capitalized(name), code: code, of: country, isOrgan: isOrgan)
  }

  private func place(_ row: SourceRow, _ collector: inout RecordCollector) -> Int32? {
    let country = row.text("ActionGeo_CountryCode", none: Self.none).flatMap { Country.fips($0) }
    let type = row.text("ActionGeo_Type")
    guard type != "1", let name = row.text("ActionGeo_FullName") else {
      return country.map { collector.place($0) }
    }
    var parts = name.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    if parts.count > 1 { parts.removeLast() }
    // The middle part names the region, where it is not the town over again.
    if parts.count > 1, parts[0] == parts[1] { parts.remove(at: 1) }
    let kinds = type == "2" || type == "5" ? ["region"] : ["city", "region"]
    return collector.place(
      parts, kinds: kinds, country: country, latitude: row.text("ActionGeo_Lat").flatMap(Double.init),
      longitude: row.text("ActionGeo_Long").flatMap(Double.init))
  }

  /// `UNITED NATIONS` as `United Nations`.
  private static func capitalized(_ name: String) -> String {
    name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(
      separator: " ")
  }

  /// `example.org` of `https://www.example.org/news/1`.
  private static func host(_ page: String) -> String {
    // `https:`, nothing, the host.
    let parts = page.split(separator: "/", omittingEmptySubsequences: false)
    let host = (parts.count > 2 && parts[1].isEmpty ? parts[2] : parts[0]).prefix { $0 != ":" && $0 != "?" }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : String(host)
  }
}
