import EDTF
import KhabarEval
import KhabarPlan
import KhabarRender
import Testing

@Suite struct DataFormatTests {
  private func render(_ table: ResultTable, _ format: OutputFormat, _ options: RenderOptions = .init())
    -> String
  {
    ResultRenderer.render(table, format: format, options: options)
  }

  private func json(_ value: Value) -> String { render(Fixture.table([("x", .text)], [[value]]), .json) }

  // MARK: - JSON

  @Test func oneRowIsOneLine() {
    #expect(render(Fixture.table([("count", .number)], [[.number(25)]]), .json) == "[{\"count\":25}]\n")
  }

  @Test func rowsAreObjectsInColumnOrder() {
    let expected = #"""
      [{"id":"lumen_talks","time":"2031-05-01/2031-05-04","label":"Talks","place":"port_lumen","actors":["noor_halabi","avaria"],"score":7},
       {"id":"storm","time":null,"label":null,"place":null,"actors":[],"score":-2.5}]

      """#
    #expect(render(Fixture.events, .json) == expected)
  }

  @Test func noRowsAreAnEmptyArray() {
    #expect(render(Fixture.empty, .json) == "[]\n")
    #expect(render(Fixture.empty, .jsonl) == "")
  }

  @Test func linesAreObjects() {
    let lines = render(Fixture.events, .jsonl, RenderOptions(language: "ar")).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains(#""label":"محادثات","place":"port_lumen""#) == true)
  }

  @Test(arguments: [
    (Value.number(1e15), "1000000000000000"), (.number(-0.0), "0"), (.number(0.1), "0.1"),
    (.number(1e300), "1e+300"),
    (.number(.nan), "null"), (.number(.infinity), "null"), (.truth(true), "true"), (.missing, "null"),
    (.duration(DurationValue(days: 3...5)), #""3..5 days""#),
    (.duration(DurationValue(days: 1...1)), #""1 day""#),
    (.list([.number(1), .missing, .list([.text("a")])]), #"[1,null,["a"]]"#),
    (.text("a\"b\\c\n\r\t\u{1}\u{1B}\u{7F}\u{9B}"), #""a\"b\\c\n\r\t\u0001\u001b\u007f\u009b""#),
    (.text("\u{2028}\u{2029}\u{202E}\u{2066}"), #""\u2028\u2029\u202e\u2066""#),
    (.text("خبر 世界 👍"), #""خبر 世界 👍""#), (.text("\u{301}"), "\"\u{301}\""),
  ])
  func jsonValues(_ value: Value, _ expected: String) {
    #expect(json(value).unicodeScalars.elementsEqual("[{\"x\":\(expected)}]\n".unicodeScalars))
  }

  @Test func wrongReferencesAreNull() {
    #expect(json(.entity(.actor, -1)) == "[{\"x\":null}]\n")
    #expect(json(.entity(.place, 99)) == "[{\"x\":null}]\n")
    #expect(json(.symbol(.role, 99)) == "[{\"x\":null}]\n")
    #expect(json(.symbol(.role, 2)) == "[{\"x\":\"host\"}]\n")
  }

  // MARK: - CSV and TSV

  @Test func csvQuotesWhatNeedsIt() {
    let table = Fixture.table(
      [("a,b", .text), ("n", .number)],
      [
        [.text("say \"no\""), .number(1)], [.text("two\nlines"), .missing], [.text("=1+1"), .number(-3)],
        [.text("\"\u{301}"), .number(0)],
      ])
    let expected = "\"a,b\",n\n\"say \"\"no\"\"\",1\n\"two\nlines\",\n=1+1,-3\n\"\"\"\u{301}\",0\n"
    #expect(render(table, .csv).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func csvHasIdsAndJoinedLists() {
    let expected = """
      id,time,label,place,actors,score
      lumen_talks,2031-05-01/2031-05-04,Talks,port_lumen,noor_halabi; avaria,7
      storm,,,,,-2.5

      """
    #expect(render(Fixture.events, .csv) == expected)
  }

  @Test func aSingleEmptyFieldIsNoEmptyLine() {
    #expect(render(Fixture.table([("x", .text)], [[.missing], [.text("a")]]), .csv) == "x\n\"\"\na\n")
  }

  @Test func headerAndNullAreTheReaders() {
    let options = RenderOptions(null: "NA", header: false)
    #expect(
      render(Fixture.table([("x", .text), ("y", .text)], [[.missing, .text("b")]]), .csv, options) == "NA,b\n"
    )
    #expect(render(Fixture.empty, .csv) == "id,score\n")
  }

  @Test func tsvEscapes() {
    let table = Fixture.table(
      [("x", .text), ("y", .text)], [[.text("a\tb\\c\r\nd"), .text("\"q\" ␛\u{1B}")]])
    #expect(render(table, .tsv) == "x\ty\na\\tb\\\\c\\r\\nd\t\"q\" ␛␛\n")
  }

  @Test func everyFormatSurvivesShortRows() {
    for format in OutputFormat.allCases where ![.dot, .svg].contains(format) {
      let table = Fixture.table([("x", .text), ("y", .number)], [[], [.text("a"), .number(1), .number(2)]])
      #expect(!render(table, format).isEmpty)
    }
  }

  @Test func noFormatLetsEscapesThrough() {
    let hostile = Value.text("\u{1B}]0;title\u{7}\u{9B}31m")
    for format in OutputFormat.allCases where ![.dot, .svg].contains(format) {
      let table = Fixture.table([("x\u{1B}", .text), ("l", .text)], [[hostile, .list([hostile])]])
      let controls = render(table, format).unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
      }
      #expect(controls.isEmpty, "\(format)")
    }
  }
}
