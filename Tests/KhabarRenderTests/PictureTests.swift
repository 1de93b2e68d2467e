import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRandom
import KhabarText
import Testing

@testable import KhabarRender

/// Pictures: where bars stand, counted in columns, and that nothing is wider than the window.
struct PictureTests {
  private func render(_ table: ResultTable, _ drawing: Drawing, _ options: RenderOptions) -> [String] {
    var table = table
    table.drawing = drawing
    return ResultRenderer.render(table, format: .table, options: options)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private static let timeline = Drawing.timeline(
    Drawing.Timeline(label: Drawing.Label([0]), time: 1, status: 2, group: 3))

  private func timelineTable(_ rows: [(String, String?, Int16?, String)]) -> ResultTable {
    Fixture.table(
      [("label", .text), ("time", .time), ("status", .symbol(.status)), ("group", .text)],
      rows.map { label, time, status, group in
        [
          .text(label), time.map(Fixture.time) ?? .missing,
          status.map { .symbol(.status, $0) } ?? .missing, .text(group),
        ]
      })
  }

  /// The column in which a character first stands.
  private func column(of character: Character, in line: String) -> Int? {
    line.firstIndex(of: character).map { DisplayWidth.of(line[..<$0]) }
  }

  // MARK: - Timelines

  @Test(arguments: [false, true]) func barsStandAtTheirDatesInAnyScript(_ isolates: Bool) throws {
    let table = timelineTable([
      ("Talks", "2031-05-01", 0, "a"), ("محادثات السلام", "2031-05-01", 1, "a"), ("会談", "2031-05-01", 2, "a"),
      ("🇸🇪 e\u{301}", "2031-05-31", 3, "a"),
    ])
    let lines = render(table, Self.timeline, RenderOptions(width: 60, isolates: isolates))
    let first = try #require(lines.first { $0.contains("┬") }.flatMap { column(of: "┬", in: $0) })
    for line in lines[3...5] { #expect(column(of: "█", in: line) == first) }
    #expect(DisplayWidth.of(lines[6]) == 60)
    #expect(lines[6].hasSuffix("█"))
  }

  @Test func solidIsSureShadedIsPossible() {
    let table = timelineTable([
      ("all", "2031-01-01/2031-12-31", nil, "a"), ("month", "2031-06", nil, "a"),
      ("between", "2031-03/2031-09", nil, "a"), ("on", "2031-06-01/..", nil, "a"),
      ("until", "../2031-06-01", nil, "a"), ("no end", "2031-06-01/", nil, "a"), ("never", nil, nil, "a"),
      ("always", "../..", nil, "a"),
    ])
    let drawing = Drawing.timeline(Drawing.Timeline(label: Drawing.Label([0]), time: 1))
    let lines = render(table, drawing, RenderOptions(width: 50))
    let bars = lines.dropFirst(2).prefix(8).map { String($0.dropFirst(9)) }
    #expect(Set(bars[0].dropFirst().filter { $0 != " " }) == ["█"])
    #expect(Set(bars[1].filter { $0 != " " }) == ["░"])
    #expect(bars[2].drop { $0 == " " }.hasPrefix("░"))
    #expect(bars[2].hasSuffix("░") && bars[2].contains("█"))
    #expect(bars[3].hasSuffix("▶") && bars[4].hasPrefix("◀") && bars[5].hasSuffix("▷"))
    #expect(bars[6] == "time unknown")
    #expect(bars[7] == "../..")
  }

  @Test func anOutlierDoesNotPressTheRestTogether() throws {
    let table = timelineTable(
      [("long ago", "1994", nil, "a")]
        + (1...9).map { ("event \($0)", "2031-0\($0)-10", nil, "a") })
    let drawing = Drawing.timeline(Drawing.Timeline(label: Drawing.Label([0]), time: 1))
    let lines = render(table, drawing, RenderOptions(width: 80))
    let columns = lines.dropFirst(3).prefix(9).compactMap { column(of: "█", in: $0) }
    #expect(Set(columns).count == 9)
    #expect(columns == columns.sorted())
    #expect(
      lines.contains("≈ the axis leaves out 1995-01-01 to 2031-01-09: nothing starts or ends there"))
  }

  @Test func neighbouringDaysAreNotTornApart() {
    let table = timelineTable([
      ("a", "2031-01-01", nil, ""), ("b", "2031-01-04", nil, ""), ("c", "2031-01-05", nil, ""),
    ])
    let drawing = Drawing.timeline(Drawing.Timeline(label: Drawing.Label([0]), time: 1))
    #expect(!render(table, drawing, RenderOptions(width: 60)).contains { $0.contains("≈") })
  }

  /// Times of every form, and windows of every width: nothing is wider than the window, and nothing traps.
  @Test(arguments: 0..<200) func anyTimesFitAnyWindow(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let labels = [
      "Talks", "محادثات في المدينة البعيدة", "会談と会議", "a\u{1B}[2Jb", "", "🇸🇪🇳🇴",
      "long " + String(repeating: "word ", count: 20),
    ]
    let rows = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      (
        labels.randomElement(using: &random) ?? "", Self.time(&random),
        Bool.random(using: &random) ? Int16.random(in: 0...5, using: &random) : nil,
        labels.randomElement(using: &random) ?? ""
      )
    }
    let width = Int.random(in: 1...130, using: &random)
    let options = RenderOptions(
      width: width, isolates: Bool.random(using: &random), isASCII: Bool.random(using: &random))
    for line in render(timelineTable(rows), Self.timeline, options) {
      // A wide character has no half.
      #expect(DisplayWidth.of(line) <= max(2, width), "\(width): \(line)")
    }
  }

  private static func time(_ random: inout SeededGenerator) -> String? {
    let year = [-43, 0, 1994, 2020, 2023, 9999].randomElement(using: &random) ?? 0
    let digits =
      (year < 0 ? "-" : "") + String(repeating: "0", count: 4 - "\(abs(year))".count) + "\(abs(year))"
    let day = Int.random(in: 10...28, using: &random)
    let forms = [
      nil, digits, "\(digits)-05", "\(digits)-05-\(day)", "\(digits)/..", "../\(digits)", "\(digits)-02/",
      "/\(digits)-02-11", "../..", "Y17000000000", "Y-17000000000", "199X", "[\(digits),\(digits)-07]",
      "{1667,1668}",
    ]
    return forms.randomElement(using: &random) ?? nil
  }

  // MARK: - Charts

  private func chart(_ values: [Value], width: Int, isASCII: Bool = false) -> [String] {
    let rows = values.enumerated().map { [Value.text("row \($0)"), $1] }
    let table = Fixture.table([("label", .text), ("value", .number)], rows)
    let drawing = Drawing.chart(Drawing.Chart(label: Drawing.Label([0]), value: 1))
    return render(table, drawing, RenderOptions(width: width, isASCII: isASCII))
  }

  @Test func barsBeginAtZero() {
    let lines = chart([.number(8), .number(-4), .missing, .number(0), .number(0.001)], width: 60).prefix(5)
    let zeros = lines.compactMap { column(of: "│", in: $0) }
    #expect(Set(zeros).count == 1 && zeros.count == 5)
    let bars = lines.map { $0.filter { $0 == "█" }.count }
    #expect(bars[0] == 2 * bars[1] || abs(bars[0] - 2 * bars[1]) <= 1)
    #expect(bars[2] == 0 && lines[2].contains("—"))
    #expect(bars[3] == 0)
    #expect(lines[4].hasSuffix("▏"))
  }

  @Test(arguments: 12...100) func anyNumbersFitAnyWindow(_ width: Int) {
    let values: [Double] = [
      1e308, -1e308, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 0, 1.0 / 3, -123_456_789_012_345, 7,
    ]
    for count in 1...values.count {
      for isASCII in [false, true] {
        for line in chart(values.prefix(count).map { .number($0) }, width: width, isASCII: isASCII) {
          #expect(DisplayWidth.of(line) <= width, "\(line)")
        }
      }
    }
  }

  @Test func seriesHaveGapsWhereNothingIsKnown() {
    let rows: [[Value]] = [
      [.text("محادثات"), Fixture.time("2031-01"), .number(0)],
      [.text("محادثات"), Fixture.time("2031-03"), .number(7)],
      [.text("b"), Fixture.time("2031-01"), .number(-7)], [.text("b"), Fixture.time("2031-02"), .missing],
      [.text("b"), .missing, .number(3)],
    ]
    let table = Fixture.table([("key", .text), ("month", .time), ("n", .number)], rows)
    let drawing = Drawing.chart(Drawing.Chart(label: Drawing.Label([0]), value: 2, time: 1))
    let expected = [
      "         2031-01…2031-03  min  max  last", "محادثات  ▅ █                0    7     7",
      "b        ▁                 -7   -7     —", "5 rows", "heights from -7 to 7",
      "rows without a time are not drawn",
      "`.mode line` or `--format line` shows everything",
    ]
    #expect(render(table, drawing, RenderOptions(width: 60)) == expected)
    for width in 12...60 {
      for line in render(table, drawing, RenderOptions(width: width, isolates: true)) {
        #expect(DisplayWidth.of(line) <= width, "\(line)")
      }
    }
  }

  // MARK: - Graphs

  private static let graphRows = [
    [Fixture.noor, Fixture.avaria, Value.number(3)], [Fixture.noor, Fixture.port, .number(1)],
  ]
  private static let graphTable = Fixture.table(
    [("from", .entity(.actor)), ("to", .entity(.actor)), ("events", .number)], graphRows)

  @Test(arguments: 4...60) func graphsFitAnyWindow(_ width: Int) {
    for isDirected in [false, true] {
      let drawing = Drawing.graph(Drawing.Graph(weight: 2, isDirected: isDirected))
      for language in ["en", "ar"] {
        let options = RenderOptions(language: language, width: width, isolates: true)
        let lines = render(Self.graphTable, drawing, options)
        for line in lines { #expect(DisplayWidth.of(line) <= width, "\(line)") }
        #expect(lines.count { $0.contains("Avaria") } == (isDirected ? 1 : 2) || width < 14)
      }
    }
  }

  @Test func dotQuotesWhatItWouldRead() {
    let rows: [[Value]] = [[.text("a \"b\" \\"), .text("<c> & \\N\n")]]
    var table = Fixture.table([("from", .text), ("to", .text)], rows)
    table.drawing = .graph(Drawing.Graph(weight: nil, isDirected: true))
    let expected = #"""
      digraph khabar {
        "a \"b\" \\" [label="a \"b\" \\"];
        "<c> & \\N␊" [label="<c> &amp; \\N␊"];
        "a \"b\" \\" -> "<c> & \\N␊";
      }

      """#
    #expect(ResultRenderer.render(table, format: .dot) == expected)
  }

  @Test func onlyGraphsHaveAForm() {
    #expect(!ResultRenderer.canWrite(Fixture.events, format: .dot))
    #expect(ResultRenderer.canWrite(Fixture.events, format: .csv))
  }
}
