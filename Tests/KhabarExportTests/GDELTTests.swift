import EDTF
import KhabarImport
import KhabarModel
import KhabarPlan
import KhabarRandom
import Testing

@testable import KhabarExport

private func gdelt(_ store: EventStore) -> (
  rows: [[String: String]], text: String, leftOut: GDELTWriter.LeftOut
) {
  var text = ""
  let leftOut = GDELTWriter(store).write(to: &text)
  let rows = text.split(separator: "\n").map { line in
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    #expect(fields.count == 61)
    return Dictionary(uniqueKeysWithValues: zip(GDELTWriter.columns, fields)).filter { !$0.value.isEmpty }
  }
  return (rows, text, leftOut)
}

private func importing(_ text: String) -> Importer {
  var importer = Importer()
  _ = importer.read(Array(text.utf8), file: "rows", format: "gdelt")
  importer.finish()
  return importer
}

/// The definitions of a model, whatever their order.
private func definitions(_ store: EventStore) -> [String] {
  ModelPrinter.script(store).split(separator: "\n\n").map(String.init).sorted()
}

struct GDELTTests {
  /// Of FRA's foreign ministry visiting Japan, in a town.
  private static let visit = [
    "GLOBALEVENTID": "410000001", "SQLDATE": "20310218", "Actor1Code": "FRAGOV",
    "Actor1Name": "FOREIGN MINISTRY",
    "Actor1CountryCode": "FRA", "Actor1Type1Code": "GOV", "Actor2Code": "JPN", "Actor2Name": "JAPAN",
    "Actor2CountryCode": "JPN", "EventCode": "042", "GoldsteinScale": "1.9", "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Selm, Selmland, France", "ActionGeo_CountryCode": "FR", "ActionGeo_Lat": "45.5",
    "ActionGeo_Long": "4.25", "DATEADDED": "20310219000000",
    "SOURCEURL": "https://www.lantern.example/news/1?x=2",
  ]

  private static func row(_ number: Int, _ changes: [String: String]) -> String {
    let values = visit.merging(["GLOBALEVENTID": "\(410_000_001 + number)"]) { $1 }.merging(changes) { $1 }
    return GDELTWriter.columns.map { values[$0] ?? "" }.joined(separator: "\t") + "\n"
  }

  /// Rows of every code, and with whatever else the import tells apart.
  private static let rows: String = {
    let codes = CAMEO.meanings.keys.sorted() + ["010", "0251", "18", "05"]
    let others: [[String: String]] = [
      ["ActionGeo_Type": "1", "ActionGeo_FullName": "Romania", "ActionGeo_CountryCode": "RO"],
      ["ActionGeo_Type": "5", "ActionGeo_FullName": "Selmland, France"],
      [
        "ActionGeo_Type": "3", "ActionGeo_FullName": "Alder, Ohio, United States",
        "ActionGeo_CountryCode": "US",
      ],
      ["ActionGeo_Type": "2", "ActionGeo_FullName": "Ohio, United States", "ActionGeo_CountryCode": "US"],
      [
        "ActionGeo_Type": "0", "ActionGeo_FullName": "", "ActionGeo_CountryCode": "", "ActionGeo_Lat": "",
        "ActionGeo_Long": "",
      ],
      ["Actor1Code": "FRAREBMIL", "Actor1Name": "RIVER ARMY", "Actor1Type1Code": "REB"],
      [
        "Actor1Code": "ROMBUS", "Actor1Name": "SALT TRADERS", "Actor1CountryCode": "ROM",
        "Actor1Type1Code": "BUS",
      ],
      [
        "Actor1Code": "IGOUNO", "Actor1Name": "RIVER UNION", "Actor1CountryCode": "",
        "Actor1Type1Code": "IGO",
      ],
      ["Actor1Code": "", "Actor1Name": "", "Actor1CountryCode": "", "Actor1Type1Code": ""],
      ["Actor2Code": "", "Actor2Name": "", "Actor2CountryCode": ""],
      ["SOURCEURL": "", "DATEADDED": "20310219013000"], ["SOURCEURL": "BBC Monitoring"],

      ["SQLDATE": "20320229"], ["SQLDATE": "20301231", "DATEADDED": "20320101000000"],
    ]
    return (codes.map { ["EventCode": $0] } + others).enumerated().map { row($0, $1) }.joined()
  }()

  @Test func whatGDELTHasGoesThereAndBack() throws {
    let before = importing(Self.rows)
    #expect(before.summary.rejected == [] && before.summary.kept > 240)
    let store = before.builder.build()
    let (rows, text, leftOut) = gdelt(store)
    #expect(leftOut.text == nil && rows.count == store.events.count)
    let after = importing(text)
    #expect(after.summary.rejected == [])
    let again = after.builder.build()
    let (old, new) = (definitions(store), definitions(again))
    let lost = old.filter { !Set(new).contains($0) }
    let added = new.filter { !Set(old).contains($0) }
    #expect(lost == [] && added == [], "\(lost.first ?? "") became \(added.first ?? "")")
  }

  @Test func aRowIsAsGDELTHasIt() throws {
    let row = try #require(gdelt(importing(Self.row(0, [:])).builder.build()).rows.first)
    let others = [
      "MonthYear": "203102", "Year": "2031", "FractionDate": "2031.1315", "EventBaseCode": "042",
      "EventRootCode": "04",
      "QuadClass": "1", "NumMentions": "1", "NumSources": "1", "NumArticles": "1",
    ]
    #expect(
      row == Self.visit.merging(others) { $1 }.merging(["EventCode": "042", "EventBaseCode": "042"]) { $1 })
  }

  @Test func whatGDELTCannotSayIsCounted() {
    var model = StoreBuilder(vocabulary: .plover)
    model.articles = [Article(id: "gazette"), Article(id: "courier")]
    model.articles[1].title = LocalizedText([.init(language: "en", text: "Talks\tend")])
    model.articles[1].publisher = "The Courier"
    model.actors = ["averna", "kest", "selm"].map { Actor(id: $0, kind: .state) }
    let words = model.vocabulary
    func event(_ id: String, _ type: String, _ time: String?) -> EventRecord {
      var event = EventRecord(id: id, type: words.type(type) ?? 0)
      event.time = time.flatMap { EDTFTime($0) }
      return event
    }
    model.events = [
      event("gdelt_7", "summit", "2031-04/2031-05"), event("other", "STATEMENT", "2031-06-03"),
      event("open", "CONSULT", "../2031"), event("dateless", "CONSULT", nil),
      event("rising", "escalation", "2031"),
      event("planned", "AGREE", "2032"), event("drones", "ASSAULT", "2033"),
    ]
    model.events[0].participants = (0..<3).map { Participation(actor: $0, role: Vocabulary.actorRole) }
    model.events[6].mode = words.mode("drone") ?? -1
    let statuses: [Status] = [.occurred, .ongoing, .occurred, .occurred, .occurred, .planned, .occurred]
    for (event, status) in statuses.enumerated() {
      model.reports.append(ReportRecord(event: Int32(event), article: 0, status: status))
    }
    model.reports.insert(ReportRecord(event: 0, article: 1, status: .denied), at: 0)
    model.reports.append(ReportRecord(event: 0, article: 1, status: .occurred))
    let (rows, _, leftOut) = gdelt(model.build())
    #expect(rows.map { $0["GLOBALEVENTID"] } == ["7", "8", "9"])
    #expect(rows.map { $0["EventCode"] } == ["040", "010", "180"])
    #expect(
      rows[0]["SQLDATE"] == "20310401" && rows[0]["NumMentions"] == "3" && rows[0]["NumArticles"] == "2")
    #expect(
      rows[0]["Actor1Name"] == "AVERNA" && rows[0]["Actor2Name"] == "KEST" && rows[0]["Actor1Code"] == "GOV")
    #expect(rows[0]["SOURCEURL"] == "gazette" && rows[1]["QuadClass"] == "1" && rows[2]["QuadClass"] == "4")
    #expect(
      leftOut.text == "1 events that nobody says to have occurred, 2 events without a first day, "
        + "1 events of types that CAMEO has no code for, 1 modes or contexts of events, 1 participants besides two, "
        + "2 further reports")
  }

  @Test func everyRowOfAModelIsRead() {
    for seed in 0..<60 as Range<UInt64> {
      let (rows, text, leftOut) = gdelt(RandomModel.make(seed, isOdd: true).build())
      let importer = importing(text)
      #expect(importer.summary.read == rows.count && importer.summary.rejected == [], "seed \(seed)")
      #expect(Set(rows.map { $0["GLOBALEVENTID"] }).count == rows.count && leftOut.untyped >= 0)
    }
  }
}
