import KhabarModel
import KhabarPlan
import KhabarSyntax
import Testing

@testable import KhabarImport

// All records here are invented, but for the shape.

private func importing(_ text: String, format: String? = nil) -> Importer {
  var importer = Importer()
  let isRead = importer.read(Array(text.utf8), file: "records", format: format)
  importer.finish()
  #expect(isRead)
  return importer
}

private func record(_ id: String, _ fields: String) -> String {
  #"{"id": "PLOVER-GSR01-\#(id)", "date": "2031-01-02", "language": "en", "publication": "The Lantern", \#(fields)}"#
}

private let source = #""source": [{"actorText": "Selmish envoy", "code": "FRA", "sector": "GOV"}]"#

struct PLOVERRecordsTests {
  private let records = importing(
    """
    [
    \(record("DOCUMENT-1", #""event": "DOCUMENT", "eventText": "of the file""#)),
    \(record("DEMAND-1", #""event": "DEMAND", "context": "military, rights, salt", "mode": "", \#(source), "target": [{"actorText": "Tokyo", "code": "JPN"}, {"actorText": "River Union", "code": "IGO"}], "text": "They ask.", "eventLoc": {"name": "Selm", "country code": "FR"}"#)),
    \(record("CONSULT-1", #""event": "CONSULT", "mode": "host", "source": [{"actorText": "Norway", "code": "NOR"}], "target": """#)),
    \(record("FIGHT-1", #""event": "FIGHT", "mode": "assassinate", "dead": "3", "source": [{"actorText": "river rebels", "code": "FRA", "sector": "REBsel"}, {"actorText": "police", "code": "FRA", "sector": "COP"}]"#)),
    \(record("INVESTIGATE-1", #""event": "INVESTIGATE", "source": [{"actorText": "jurists", "code": "***", "sector": "JUD"}], "target": null"#)),
    \(record("COERCE-1", #""event": "COERCE", "mode": "flood", \#(source)"#)),
    \(record("COERCE-1", #""event": "COERCE", "mode": "flood", \#(source)"#)),
    \(record("COERCE-1", #""event": "COERCE", "mode": "curfew", \#(source)"#)),
    \(record("DANCE-1", #""event": "DANCE""#)), 7,
    \(record("AID-1", #""event": "AID", "source": ["Selm"]"#)),
    {"event": "AID"}
    ]

    """)

  @Test func recordsBecomeEvents() throws {
    #expect(records.summary.read == 12 && records.summary.kept == 5 && records.summary.merged == 1)
    let script = ModelPrinter.script(records.builder)
    for part in [
      """
      define event plover_gsr01_demand_1 (
        type REQUEST,
        context military rights_freedoms salt,
        time 2031-01-02,
        place selm_france,
        actor selmish_envoy_fragov,
        recipient japan river_union_igo,
      )
      """,
      "  type CONSULT,\n  mode visit,\n  time 2031-01-02,\n  host norway,\n",
      """
        type ASSAULT,
        mode targeted,
        label en "3 deaths",
        time 2031-01-02,
        actor river_rebels_frarebsel police_fracop,
      """,
      "  type ACCUSE,\n  mode investigate,\n  time 2031-01-02,\n  actor jurists_jud,\n",
      "define type COERCE (\n  mode flood,\n  context salt,\n)",
      "define group river_rebels_frarebsel (\n  name en \"river rebels\",\n  country FR,\n)",
      "define organization police_fracop (\n  name en \"police\",\n  represents france,\n  country FR,\n)",
      "  status occurred,\n  certainty certain,\n  gist en \"They ask.\",\n",
    ] { #expect(script.contains(part), "\(part)") }
    let (read, diagnostics) = Parser.parse(SourceText(name: "", text: script))
    #expect(diagnostics == [] && !ModelLoader.load([(read, 0)]).hasErrors)
  }

  @Test func whatIsNoRecordIsToldWithItsLine() {
    let told = records.summary.rejected.map { "\($0.line) \($0.column): \($0.reason)" }
    #expect(
      told == [
        "2 event: a record of `DOCUMENT` tells of the file, not of an event",
        "9 id: another record has the id `PLOVER-GSR01-COERCE-1`, in line 7",
        "10 event: `DANCE` is no type of PLOVER's", "10 : found the number 7, expected an object",
        "11 source[0]: found `Selm`, expected an object", "12 id: it is missing",
      ])
  }

  @Test func anArrayThatBreaksOffIsReadSoFar() {
    let importer = importing("[\(record("AID-1", #""event": "AID""#)),\n{\"id\": ", format: "plover")
    #expect(importer.summary.kept == 1)
    #expect(
      importer.summary.rejected == [
        .init(
          file: "records", line: 2, column: "",
          reason: "expected a value; the file ends; what follows is not read")
      ])
    #expect(importing("[]", format: "plover").summary.read == 0)
    var other = Importer()
    for (text, format) in [("[1]", nil), ("[{\"event\": 1}]", nil), ("{}", "plover")] as [(String, String?)] {
      let isRead = other.read(Array(text.utf8), file: "other", format: format)
      #expect(!isRead, "\(text)")
    }
  }
}
