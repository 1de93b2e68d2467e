import KhabarModel
import KhabarPlan
import KhabarSyntax
import Testing

@testable import KhabarImport

private let mapping = """
  define type walkout ( of REJECT )
  define type talks ( of CONSULT )
  define article archive ( publisher "Archive" )
  define state "{a}" ( country "{a}" )
  define group "{b}" ( name "{b}" )
  define place "{where}" ( name "{where}", kind city )
  define article "{paper} {printed}" ( publisher "{paper}", published "{printed}" )
  define event "wire_{id}" (
    type "{what}", time "{date}", score "{tone}", place "{where}", actor "{a}", recipient "{b}",
    label "{what}: {a} and {b}"
  )
  define report ( event "wire_{id}", status occurred )
  """

private let heading = "id,date,a,b,what,where,paper,printed,tone\n"

private func read(
  _ rows: String..., by text: String = mapping
) throws -> (store: EventStore, summary: ImportSummary) {
  let (script, diagnostics) = Parser.parse(SourceText(name: "mapping", text: text))
  #expect(diagnostics.isEmpty)
  let mapping = Mapping(script)
  #expect(mapping.diagnostics.isEmpty)
  var importer = Importer()
  let builder = try importer.read(
    rows.enumerated().map { (Array($1.utf8), "table\($0 + 1)") }, mapping: mapping)
  return (builder.build(), importer.summary)
}

struct MappingTests {
  @Test func rowsBecomeWhatTheMappingSays() throws {
    let (store, summary) = try read(
      heading + "1,2031-04-02,JPN,\"Fishers, united\",talks,Selm,Lantern,2031-04-03,2.5\n"
        + "2,5 April 2031,JPN,,walkout,,Lantern,2031-04-03,\n")
    #expect(summary.kept == 2 && summary.rejected.isEmpty)
    #expect(Array(store.events.ids) == ["wire_1", "wire_2"])
    #expect(store.events.time.time(1)?.description == "2031-04-05")
    #expect(store.events.score[0] == 25 && store.events.score[1] == nil)
    // The state has the names of its country, the group those it was given.
    #expect(store.actors.map { $0.names["ar"] } == ["اليابان", nil])
    #expect(store.actors.map(\.id) == ["JPN", "fishers_united"])
    #expect(store.actors[0].country == "JP")
    #expect(store.events.label[0]["en"] == "talks: JPN and Fishers, united")
    // What stands in no column says nothing: no label, no recipient, no place.
    #expect(store.events.label[1].isEmpty && store.events.place[1] == -1)
    #expect(store.events.participations.range(1).count == 1)
    #expect(store.articles.count == 2 && store.reports.count == 2)
  }

  @Test func aReportIsByTheArticleOfItsOwnRow() throws {
    let (store, _) = try read(
      heading + "1,2031-04-01,JPN,,talks,,Lantern,2031-04-03,\n"
        + "2,2031-04-02,JPN,,talks,,Gazette,2031-04-03,\n"
        + "3,2031-04-03,JPN,,talks,,Lantern,2031-04-03,\n" + "4,2031-04-04,JPN,,talks,,,,\n")
    let publishers = store.reports.article.map { store.articles[Int($0)].publisher }
    #expect(publishers == ["Lantern", "Gazette", "Lantern", "Archive"])
  }

  @Test func anEventOfSeveralRowsHasTheParticipantsOfAll() throws {
    let (store, summary) = try read(
      "event,who,role\ntalks,Ann,actor\ntalks,Bea,mediator\ntalks,Ann,actor\n",
      by: """
        define article archive ( publisher "Archive" )
        define person "{who}" ( name "{who}" )
        define event "{event}" ( type CONSULT, time 2031, participant "{who}" as "{role}" )
        define report ( event "{event}", status planned )
        """)
    #expect(summary.kept == 2 && summary.merged == 1)
    let rows = store.events.participations.range(0)
    #expect(
      rows.map { store.vocabulary.roles[Int(store.events.participations.role[$0])] } == ["actor", "mediator"])
    #expect(store.reports.count == 1)
  }

  @Test func rowsOfWhichSomethingIsWrongAreLeftOutAndTold() throws {
    let good = "1,2031-04-02,JPN,Fishers,talks,Selm,Lantern,2031-04-03,2.5\n"
    let (store, summary) = try read(
      heading + good + "2,sometime,JPN,Fishers,talks,Selm,Lantern,2031-04-03,\n"
        + "3,2031-04-02,Atlantis,Fishers,talks,Selm,Lantern,2031-04-03,\n"
        + "4,2031-04-02,JPN,Divers,parade,Kelm,Lantern,2031-04-03,\n" + "5,2031-04-02\n"
        + "6,2031-04-02,JPN,Fishers,talks,Selm,Lantern,2031-04-03,99\n",
      heading + good)
    #expect(summary.read == 7 && summary.kept == 1 && summary.merged == 1)
    let told = summary.rejected.map { "\($0.line) \($0.column): \($0.reason)" }
    #expect(
      told == [
        "3 date: `sometime` is no time", "4 a: `Atlantis` is no country",
        "5 what: `parade` is no event type", "6 : it has 2 fields; expected 9",
        "7 tone: found the number `99`, expected a score between -10 and 10 with at most one decimal",
      ])
    #expect(Array(store.events.ids) == ["wire_1"])
    // Nor is there what a row that is left out alone has named.
    #expect(store.actors.map(\.id) == ["JPN", "Fishers"] && store.places.map(\.id) == ["Selm"])
  }

  @Test func theDelimiterIsToldByTheHeading() throws {
    for delimiter in ["\t", ";"] {
      let rows = heading + "1,2031-04-02,JPN,Fishers,talks,Selm,Lantern,2031-04-03,2.5\n"
      let (store, _) = try read(String(rows.map { $0 == "," ? Character(delimiter) : $0 }))
      #expect(store.events.count == 1)
    }
  }

  @Test func whatIsWrongWithAMappingIsSaidAtItsPlace() throws {
    func problems(_ text: String) -> [String] {
      Mapping(Parser.parse(SourceText(name: "mapping", text: text)).script).diagnostics.map {
        "\($0.id) \($0.span.lower)"
      }
    }
    #expect(problems("events | count") == ["E0418 0"])
    #expect(problems("define ship \"{a}\" ()") == ["E0401 7"])
    #expect(problems("define event \"{a}\" ( tipe \"{b}\" )") == ["E0404 21"])
    #expect(problems("define type parade ( of PAGEANT )") == ["E0407 24"])
    let text = "define event \"{a}\" ( type \"{c}\" )"
    let mapping = Mapping(Parser.parse(SourceText(name: "mapping", text: text)).script)
    var importer = Importer()
    do throws(MappingFailure) {
      _ = try importer.read([(Array("a,b\n1,2\n".utf8), "t.csv")], mapping: mapping)
      Issue.record("a column that is not there")
    } catch {
      #expect(error.message == "`t.csv` has no column `c`" && error.span?.lower == 26)
    }
  }
}
