import KhabarModel
import KhabarPlan
import KhabarSyntax
import Testing

@testable import KhabarImport

// All rows here are invented, but for the shape.

private func importing(_ text: String, format: String? = nil) -> Importer {
  var importer = Importer()
  let isRead = importer.read(Array(text.utf8), file: "rows", format: format)
  importer.finish()
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

struct GDELTMentionTests {
  private func mention(_ event: String, _ page: String, sentence: String) -> String {
    [
      event, "20310218000000", "20310220101500", "1", "beacon.example", page, sentence, "-1", "20", "40", "1",
      "60", "3000", "-1.5", "", "",
    ].joined(separator: "\t") + "\n"
  }

  @Test func mentionsAreReportsWhereverTheirFileStands() throws {
    let pages = ["https://beacon.example/2", "https://www.lantern.example/news/1?x=2"]
    let mentions =
      mention("410000001", pages[0], sentence: "4") + mention("410000001", pages[0], sentence: "4")
      + mention("410000001", pages[1], sentence: "2") + mention("410000009", pages[0], sentence: "1")
    var importer = Importer()
    for (text, format) in [(mentions, "gdelt-mentions"), (gdelt(meeting), nil)] {
      let isRead = importer.read(Array(text.utf8), file: format ?? "events", format: format)
      #expect(isRead)
    }
    importer.finish()
    #expect(importer.summary.kept == 3 && importer.summary.merged == 1)
    #expect(importer.summary.rejected.map(\.line) == [4])
    #expect(importer.summary.rejected.map(\.column) == ["GLOBALEVENTID"])
    let store = importer.builder
    // The event's own page has reported it before.
    #expect(
      store.reports.map { store.articles[Int($0.article)].publisher } == [
        "lantern.example", "beacon.example",
      ])
    #expect(store.reports.map { $0.evidence.map(\.line) } == [[2], [4]])
    #expect(store.articles[1].published?.description == "2031-02-20")
  }
}

struct ICEWSTests {
  private static let header =
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"

  private func row(_ id: Int, _ sides: [String], code: String = "040", date: String = "2031-06-01") -> String
  {
    func side(_ index: Int) -> String {
      sides[index] == "Japan"
        ? "Japan\t\tJapan" : "\(sides[index])\tExecutive,Foreign Ministry,Government\tFrance"
    }
    return
      "\(id)\t\(date)\t\(side(0))\tConsult\t\(code)\t1.0\t\(side(1))\t77\t3\tThe \"Lantern\tSelm\tNA\tSelmland\tFrance\t45.5\t4.25\n"
  }

  @Test func mirroredRowsAreOneEventOfTwoActors() {
    let sides = ["Foreign Affairs (France)", "Japan"]
    let importer = importing(
      Self.header + row(1, sides) + row(2, sides.reversed()) + row(3, sides, code: "42", date: "6/1/2031"))
    #expect(importer.summary.kept == 2 && importer.summary.merged == 1 && importer.summary.rejected == [])
    let store = importer.builder
    #expect(store.events.map(\.id) == ["icews_1", "icews_3"])
    #expect(
      store.events.map { $0.participants.map(\.role) } == [
        [Vocabulary.actorRole, Vocabulary.actorRole], [Vocabulary.actorRole, Vocabulary.recipientRole],
      ])
    #expect(store.events.map { $0.time?.description } == ["2031-06-01", "2031-06-01"])
    #expect(store.events[0].score == 10)
    #expect(store.vocabulary.modes[Int(store.events[1].mode)] == "visit")
    let organ = store.actors.first { $0.names["en"] == "Foreign Affairs (France)" }
    #expect(organ?.represents.map { store.actors[Int($0)].id } == ["france"])
    #expect(store.articles.map(\.publisher) == ["The \"Lantern"])
    #expect(store.reports[0].evidence == [Citation(article: 0, line: 3)])
    #expect(store.places.map(\.id) == ["france_land", "selmland_france", "selm_selmland_france"])
  }

  @Test func oddRowsAreRejected() {
    let sides = ["Foreign Affairs (France)", "Japan"]
    let importer = importing(Self.header + row(1, sides, code: "999") + row(2, sides, date: "June"))
    #expect(importer.summary.rejected.map(\.column) == ["CAMEO Code", "Event Date"])
  }
}

struct ACLEDTests {
  private static let header =
    "\u{FEFF}event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,country,admin1,admin2,admin3,location,latitude,longitude,source,notes,fatalities,timestamp\n"

  private func row(
    _ id: String = "FRA1", _ date: String = "16 May 2031", precision: Int = 1, type: String = "Battles",
    subType: String = "Armed clash"
  ) -> String {
    "\(id),\(date),2031,\(precision),\(type),\(subType),Military Forces of France (2020-),Selm Guard; River Guard,1,Selm Army,,France,Selmland,Selmland,,Selm,45.5,4.25,The Lantern; Beacon,\"A clash, told\",1,1936915200\n"
  }

  @Test(arguments: [
    (1, "2031-05-16", "2031-05-16"), (1, "16 May 2031", "2031-05-16"),
    (2, "2031-05-16", "[2031-05-10..2031-05-22]"),
    (3, "2031-05-16", "2031-05"),
  ])
  func datesAreAsSureAsTheyAre(precision: Int, date: String, time: String) {
    let importer = importing(Self.header + row("FRA1", date, precision: precision))
    #expect(importer.builder.events.map { $0.time?.description } == [time])
  }

  @Test func actorsAssociatesAndSourcesAreRecords() {
    let store = importing(Self.header + row()).builder
    #expect(store.events[0].id == "acled_FRA1")
    #expect(
      store.events[0].label["en"] == "Armed clash: Military Forces of France (2020-) – Selm Army, 1 death")
    let names = store.events[0].participants.map { store.actors[Int($0.actor)].names["en"] }
    #expect(names == ["Military Forces of France (2020-)", "Selm Army", "Selm Guard", "River Guard"])
    #expect(store.events[0].participants.allSatisfy { $0.role == Vocabulary.actorRole })
    #expect(
      store.actors.first { $0.id.hasPrefix("military") }?.represents.map { store.actors[Int($0)].id } == [
        "france"
      ])
    #expect(store.articles.map(\.publisher) == ["The Lantern", "Beacon"])
    #expect(store.articles.map { $0.published?.description } == ["2031-05-19", "2031-05-19"])
    #expect(store.reports.map { $0.gist["en"] } == ["A clash, told", "A clash, told"])
    #expect(store.places.map(\.id) == ["france_land", "selmland_france", "selm_selmland_france"])
  }

  @Test(
    arguments: [
      ("Battles", "Armed clash", "ASSAULT", nil),
      ("Explosions/Remote violence", "Air/drone strike", "ASSAULT", "aerial"),
      ("Explosions/Remote violence", "Grenade", "ASSAULT", "explosives"),
      ("Violence against civilians", "Attack", "ASSAULT", nil),
      ("Protests", "Peaceful protest", "PROTEST", "demo"),
      ("Riots", "Mob violence", "PROTEST", "riot"), ("Strategic developments", "Agreement", "AGREE", nil),
      ("Strategic developments", "Arrests", "COERCE", "arrest"),
      ("Strategic developments", "Other", "development", nil),
    ] as [(String, String, String, String?)])
  func typesArePLOVERs(type: String, subType: String, id: String, mode: String?) {
    let store = importing(Self.header + row(type: type, subType: subType)).builder
    #expect(store.vocabulary.types[Int(store.events[0].type)].id == id)
    let code = store.events[0].mode
    #expect((code < 0 ? nil : store.vocabulary.modes[Int(code)]) == mode)
  }

  @Test func anUnknownTypeIsRejectedAndARevisedRowIsThereOnce() {
    let importer = importing(Self.header + row(type: "Weather") + row("FRA2") + row("FRA2"))
    #expect(importer.summary.kept == 1 && importer.summary.merged == 1)
    #expect(importer.summary.rejected.map(\.column) == ["event_type"])
  }
}

struct POLECATTests {
  private static let columns = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Recipient Name", "Recipient Country",
    "Primary Recipient Sector", "City", "District", "Province", "Country", "Latitude", "Longitude", "Source",
    "Publication Date", "Language", "Headline", "Event Text",
  ]

  private func rows(_ rows: [[String: String]]) -> String {
    let base = [
      "Event ID": "2031-a7_CONSULT", "Event Date": "2031-01-02", "Event Type": "CONSULT",
      "Event Mode": "visit",
      "Intensity": "4.0", "Contexts": "diplomatic; cyclones", "Actor Name": "Ada Selm; None; Japan",
      "Actor Country": "FRA; DEU; JPN", "Primary Actor Sector": "GOV; None; None",
      "Recipient Name": "River Guild",
      "Recipient Country": "None", "Primary Recipient Sector": "BUS|CVL", "City": "Selm", "Country": "FRA",
      "Latitude": "45.5", "Longitude": "4.25", "Source": "The Lantern", "Publication Date": "2031-01-03",
      "Language": "French", "Headline": "Talks", "Event Text": "They talk.",
    ]
    // Some files end their lines in tabs.
    let lines = rows.map { row in
      Self.columns.map { row[$0] ?? base[$0] ?? "None" }.joined(separator: "\t") + "\t\t"
    }
    return ([Self.columns.joined(separator: "\t") + "\t\t"] + lines).joined(separator: "\n") + "\n"
  }

  @Test func cellsOfSeveralActorsAreTakenApart() {
    let importer = importing(rows([[:]]))
    #expect(importer.summary.kept == 1 && importer.summary.rejected == [])
    let store = importer.builder
    #expect(store.events[0].id == "polecat_2031_a7_consult")
    #expect(store.vocabulary.modes[Int(store.events[0].mode)] == "visit")
    #expect(
      store.events[0].contexts.map { store.vocabulary.contexts[Int($0)] } == ["diplomatic", "cyclones"])
    #expect(store.events[0].score == 40)
    #expect(
      store.events[0].participants.map { store.actors[Int($0.actor)].names["en"] } == [
        "Ada Selm", "Germany", "Japan", "River Guild",
      ])
    #expect(
      store.events[0].participants.map(\.role) == [
        Vocabulary.actorRole, Vocabulary.actorRole, Vocabulary.actorRole, Vocabulary.recipientRole,
      ])
    #expect(store.actors.first { $0.names["en"] == "Ada Selm" }?.represents.count == 1)
    #expect(store.articles.map(\.id) == ["polecat_story_2031_a7"])
    #expect(store.articles[0].language == "fr" && store.articles[0].title["en"] == "Talks")
    #expect(store.articles[0].published?.description == "2031-01-03")
    #expect(store.reports[0].gist["en"] == "They talk.")
    #expect(store.places.map(\.id) == ["france_land", "selm_france"])
  }

  @Test func rowsOfOneEventAreReportsOfIt() {
    let importer = importing(rows([[:], ["Headline": "Talks again"], ["Event ID": "2031-a7_CONSULT"]]))
    #expect(importer.summary.kept == 1 && importer.summary.merged == 2)
    #expect(importer.builder.reports.count == 1)
  }

  @Test func oddRowsAreRejected() {
    let importer = importing(
      rows([
        ["Event Type": "DANCE"], ["Event Date": "None"], ["Event ID": "2031-a8_AID", "Event Mode": "None"],
      ]))
    #expect(importer.summary.rejected.map(\.column) == ["Event Type", "Event Date"])
    #expect(importer.builder.events.map(\.mode) == [-1])
  }
}

struct CountryTests {
  @Test(arguments: [
    ("China", "CN"), ("The Gambia", "GM"), ("Bahamas, The", "BS"), ("Trinidad and Tobago", "TT"),
    ("Saint Lucia", "LC"),
    ("Sao Tome and Principe", "ST"), ("Cote d'Ivoire", "CI"), ("Myanmar", "MM"), ("Turkiye", "TR"),
    ("Turkey", "TR"),
    ("Guinea Bissau", "GW"), ("Viet Nam", "VN"), ("Korea, Republic of", "KR"), ("eSwatini", "SZ"),
    ("Congo", "CG"),
    ("Congo - Kinshasa", "CD"), ("Bosnia-Herzegovina", "BA"), ("Saint Vincent and the Grenadines", "VC"),
    ("Lao People's Democratic Republic", "LA"), ("Palestine", "PS"), ("MEXICO", "MX"),
  ])
  func countriesAreKnownAsCollectionsCallThem(name: String, code: String) {
    #expect(Country.named(name)?.alpha2 == code)
  }

  @Test func whatIsNoCountryIsNone() {
    for name in ["", "the", "Norland", "Government of France", "CN"] {
      #expect(Country.named(name) == nil, "\(name)")
    }
  }
}

struct ImporterTests {
  @Test func whatIsOfNoFormatIsSaid() {
    var importer = Importer()
    for format in [nil] + Importer.formatNames.map(Optional.init) {
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
