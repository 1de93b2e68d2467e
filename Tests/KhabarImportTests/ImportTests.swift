import KhabarModel
import KhabarPlan
import KhabarSyntax
import Testing

@testable import KhabarImport

// All rows here are invented, but for the shape.

private func importing(_ text: String, format: String? = nil) -> Importer {
  var importer = Importer()
  let isRead = importer.read(Array(text.utf8), file: "rows", format: format)
  #expect(isRead)
  return importer
}

/// A row of GDELT's events with these columns.
private func gdelt(_ values: [String: String], width: Int = 61) -> String {
  let head =
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
    .split(separator: " ").map(String.init)
  let geo =
    width == 61
    ? ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
    : ["Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"]
  var columns = head + ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"].flatMap { side in geo.map { side + $0 } }
  columns += width == 57 ? ["DATEADDED"] : ["DATEADDED", "SOURCEURL"]
  #expect(columns.count == width)
  #expect(Set(values.keys).isSubset(of: columns))
  return columns.map { values[$0] ?? "" }.joined(separator: "\t") + "\n"
}

private let meeting = [
  "GLOBALEVENTID": "410000001", "SQLDATE": "20310218", "Actor1Code": "FRAGOV",
  "Actor1Name": "FOREIGN MINISTRY",
  "Actor1CountryCode": "FRA", "Actor1Type1Code": "GOV", "Actor2Code": "JPN", "Actor2Name": "JAPAN",
  "Actor2CountryCode": "JPN", "EventCode": "042", "GoldsteinScale": "1.9", "ActionGeo_Type": "4",
  "ActionGeo_FullName": "Selm, Selmland, France",
  "ActionGeo_CountryCode": "FR", "ActionGeo_Lat": "45.5", "ActionGeo_Long": "4.25",
  "DATEADDED": "20310219013000",
  "SOURCEURL": "https://www.lantern.example/news/1?x=2",
]

struct GDELTTests {
  @Test(arguments: [57, 58, 61]) func rowsOfEveryWidthBecomeEvents(width: Int) throws {
    var values = meeting
    if width == 57 { values["SOURCEURL"] = nil }
    let importer = importing(gdelt(values, width: width))
    #expect(importer.summary.kept == 1 && importer.summary.rejected == [])
    let store = importer.builder.build()
    #expect(Array(store.events.ids) == ["gdelt_410000001"])
    #expect(store.vocabulary.types[Int(store.events.type[0])].id == "CONSULT")
    #expect(store.vocabulary.modes[Int(store.events.mode[0])] == "visit")
    #expect(store.events.score[0] == 19)
    #expect(store.events.time.time(0)?.description == "2031-02-18")
    let actors = store.events.participations
    #expect(store.actors[Int(actors.actor[0])].id == "foreign_ministry_fragov")
    #expect(store.actors[Int(actors.actor[1])].names["ar"] == "اليابان")
    #expect((0..<2).map { actors.role[$0] } == [Vocabulary.actorRole, Vocabulary.recipientRole])
    let represented = store.representation.represented[Int(actors.actor[0])].map { store.actors[Int($0)].id }
    #expect(represented == ["foreign_ministry_fragov", "france"])
    let place = Int(store.events.place[0])
    #expect(
      store.containment.ancestors[place].map { store.places[Int($0)].names["en"] } == [
        "Selm", "Selmland", "France",
      ])
    #expect(store.places[place].latitude == 45.5)
    #expect(store.articles[0].published?.description == "2031-02-19")
    #expect(store.articles[0].publisher == (width == 57 ? "GDELT" : "lantern.example"))
  }

  @Test func oddRowsAreToldWithTheirColumn() {
    func rejected(_ changes: [String: String]) -> ImportSummary.Rejected? {
      let other = meeting.merging(["GLOBALEVENTID": "410000002"].merging(changes) { $1 }) { $1 }
      return importing(gdelt(meeting) + gdelt(other)).summary.rejected.first
    }
    #expect(rejected(["EventCode": "---"])?.column == "EventCode")
    #expect(rejected(["SQLDATE": "20311345"])?.reason == "`20311345` is no day")
    #expect(rejected(["SQLDATE": ""])?.line == 2)
    #expect(rejected(["Actor1Code": "---", "Actor2CountryCode": "X"]) == nil)
  }

  @Test func aRowTooShortIsRejected() {
    let importer = importing(gdelt(meeting) + "410000003\t20310218\t\n")
    #expect(importer.summary.read == 2 && importer.summary.kept == 1)
    #expect(importer.summary.rejected.map(\.line) == [2])
  }

  @Test func theSameRowTwiceIsOneEvent() {
    let importer = importing(gdelt(meeting) + gdelt(meeting))
    #expect(importer.summary.kept == 1 && importer.summary.merged == 1)
    #expect(importer.builder.reports.count == 1)
  }
}

struct UCDPTests {
  private static let header =
    "id,year,type_of_violence,side_a,side_b,source_article,source_office,source_date,source_headline,source_original,where_coordinates,adm_1,adm_2,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,best"

  private func row(_ precision: Int, _ start: String, _ end: String) -> String {
    "7,2031,1,Government of France,\"Selm \"\"Free\"\" Army\",,The Lantern,2031-01-05,Clashes,police,Selm town,Selmland,,45.5,4.25,France,2,\(precision),\(start) 00:00:00.000,\(end) 00:00:00.000,12"
  }

  @Test(arguments: [
    (1, "2031-01-03", "2031-01-03", "2031-01-03"),
    (2, "2031-01-03", "2031-01-05", "[2031-01-03..2031-01-05]"),
    (4, "2031-01-01", "2031-01-31", "2031-01"), (5, "2031-01-01", "2031-12-31", "2031"),
    (1, "2031-01-03", "2031-01-05", "2031-01-03/2031-01-05"),
  ])
  func datesAreAsSureAsTheyAre(precision: Int, start: String, end: String, time: String) {
    let importer = importing("\u{FEFF}\(Self.header)\r\n\(row(precision, start, end))\r\n")
    #expect(importer.summary.rejected == [])
    #expect(importer.builder.events.map { $0.time?.description } == [time])
  }

  @Test func sidesSourcesAndPlacesAreRecords() {
    let store = importing("\(Self.header)\n\(row(1, "2031-01-03", "2031-01-03"))\n").builder.build()
    #expect(store.actors.map(\.id) == ["france", "selm_free_army", "police"])
    #expect(store.actors[1].names["en"] == "Selm \"Free\" Army")
    #expect(store.events.label[0]["en"] == "Government of France – Selm \"Free\" Army, 12 deaths")
    #expect(store.reports.source[0] == 2)
    #expect(store.reports.certainty[0] == Certainty.probable.rawValue)
    #expect(store.places.map(\.id) == ["france_land", "selmland_france", "selm_town_selmland_france"])
  }

  @Test func aRowWithoutASideIsRejected() {
    let text =
      "\(Self.header)\n\(row(1, "2031-01-03", "2031-01-03").replacing("Government of France", with: ""))\n"
    #expect(importing(text).summary.rejected.map(\.column) == ["side_a"])
  }
}

struct ImporterTests {
  @Test func whatIsOfNoFormatIsSaid() {
    var importer = Importer()
    for format in [nil, "gdelt", "ucdp"] {
      let isRead = importer.read(Array("a,b\n1,2\n".utf8), file: "rows", format: format)
      #expect(!isRead)
    }
    let isEmptyRead = importer.read([], file: "rows", format: nil)
    #expect(isEmptyRead)
  }

  @Test func linesThatAreNotUTF8AreLatin1() {
    var bytes = Array(gdelt(meeting.merging(["Actor1Name": "CAF?"]) { $1 }).utf8)
    bytes[bytes.firstIndex(of: UInt8(ascii: "?")) ?? 0] = 0xC9
    var importer = Importer()
    let isRead = importer.read(bytes, file: "rows", format: "gdelt")
    #expect(isRead)
    #expect(importer.builder.actors.contains { $0.names["en"] == "Café" })
  }

  @Test func importedModelsAreModels() throws {
    let builder = importing(gdelt(meeting)).builder
    let text = ModelPrinter.script(builder)
    let loaded = ModelLoader.load([(Parser.parse(SourceText(name: "m", text: text)).script, 0)])
    #expect(loaded.diagnostics.isEmpty)
    #expect(ModelPrinter.script(loaded.builder) == text)
  }

  @Test func everyCodeOfCAMEOsHasWordsOfOurs() {
    let words = Vocabulary.plover
    #expect(CAMEO.meanings.count > 240)
    for (code, meaning) in CAMEO.meanings {
      let type = words.type(meaning.type)
      #expect(type != nil, "\(code)")
      if let mode = meaning.mode {
        #expect(
          words.mode(mode).map { words.modes(ofType: type ?? 0).contains($0) } == true, "\(code) \(mode)")
      }
      for context in meaning.contexts { #expect(words.context(context) != nil, "\(code) \(context)") }
    }
    #expect(CAMEO.meaning("---") == nil)
    #expect(CAMEO.meaning("9") == nil)
    #expect(CAMEO.meaning("0429")?.mode == "visit")
  }
}
