import KhabarEval
import KhabarPlan
import KhabarRender
import KhabarText
import Testing

@Suite struct ReaderFormatTests {
  private func render(_ table: ResultTable, _ format: OutputFormat, _ options: RenderOptions = .init())
    -> String
  {
    ResultRenderer.render(table, format: format, options: options)
  }

  // MARK: - Table

  @Test func tableHasNames() {
    let expected = """
      id           time                   label  place       actors               score
      ───────────  ─────────────────────  ─────  ──────────  ───────────────────  ─────
      lumen_talks  2031-05-01/2031-05-04  Talks  Port Lumen  Noor Halabi, Avaria      7
      storm        —                      —      —                                 -2.5
      2 rows

      """
    #expect(render(Fixture.events, .table) == expected)
  }

  @Test func tableInArabicAlignsByColumns() {
    let expected = """
      id           time                   label    place       actors            score
      ───────────  ─────────────────────  ───────  ──────────  ────────────────  ─────
      lumen_talks  2031-05-01/2031-05-04  محادثات  ميناء لومن  نور حلبي, Avaria      7
      storm        —                      —        —                              -2.5
      2 rows

      """
    #expect(render(Fixture.events, .table, RenderOptions(language: "ar")) == expected)
  }

  @Test func wideCharactersAlign() {
    let table = Fixture.table(
      [("名", .text), ("n", .number)], [[.text("世界"), .number(1)], [.text("e\u{301}"), .number(10)]])
    let expected = """
      名     n
      ────  ──
      世界   1
      e\u{301}     10
      2 rows

      """
    #expect(render(table, .table) == expected)
  }

  @Test func emptyTableSaysSo() {
    #expect(render(Fixture.empty, .table) == "id  score\n──  ─────\n0 rows\n")
    #expect(render(Fixture.table([], []), .table) == "0 rows\n")
  }

  @Test func cutsTheLongestFirstAndSaysSo() {
    let expected = """
      id           time           label  place       actors         score
      ───────────  ─────────────  ─────  ──────────  ─────────────  ─────
      lumen_talks  2031-05-01/2…  Talks  Port Lumen  Noor Halabi,…      7
      storm        —              —      —                           -2.5
      2 rows
      cut to fit: time, actors; `.mode line` or `--format line` shows
      everything

      """
    #expect(render(Fixture.events, .table, RenderOptions(width: 67)) == expected)
  }

  @Test func leavesOutTheLastColumnsAndSaysSo() {
    let text = render(Fixture.events, .table, RenderOptions(width: 30))
    #expect(text.replacing("\n", with: " ").contains("no room for: place, actors, score; "))
    #expect(text.hasPrefix("id "))
  }

  @Test(arguments: 1...120) func fitsAnyWidth(_ width: Int) {
    for language in ["en", "ar"] {
      let text = render(Fixture.events, .table, RenderOptions(language: language, width: width))
      for line in text.split(separator: "\n").prefix(4) { #expect(DisplayWidth.of(line) <= width) }
      let isWhole = !text.contains("…")
      #expect(isWhole || text.contains("cut to fit"))
    }
  }

  @Test func isolatesTakeNoColumn() {
    let plain = render(Fixture.events, .table, RenderOptions(language: "ar"))
    let isolated = render(Fixture.events, .table, RenderOptions(language: "ar", isolates: true))
    #expect(isolated.contains("\u{2068}محادثات\u{2069}  \u{2068}ميناء لومن\u{2069}"))
    #expect(
      isolated.unicodeScalars.filter { $0 != "\u{2068}" && $0 != "\u{2069}" }.elementsEqual(
        plain.unicodeScalars))
  }

  @Test func cellsAreOneVisibleLine() {
    let table = Fixture.table([("x", .text)], [[.text("a\nb\u{1B}[2J\u{202E}")]])
    #expect(render(table, .table) == "x\n───────────────\na␊b␛[2J<U+202E>\n1 row\n")
  }

  // MARK: - Line

  @Test func lineShowsEverything() {
    let expected = """
          id: lumen_talks
        time: 2031-05-01/2031-05-04
       label: محادثات
       place: ميناء لومن
      actors: نور حلبي, Avaria
       score: 7

          id: storm
        time: —
       label: —
       place: —
      actors:
       score: -2.5

      """
    #expect(render(Fixture.events, .line, RenderOptions(language: "ar", width: 10)) == expected)
    #expect(render(Fixture.empty, .line) == "0 rows\n")
  }

  // MARK: - Markdown

  @Test func markdownAlignsNumbersAndEscapes() {
    let table = Fixture.table(
      [("a|b", .text), ("n", .number)],
      [[.text("x|y\nz"), .number(1)], [.missing, .missing], [.text("|\u{301}*<b>\\"), .number(2)]])
    let expected = #"""
      | a\|b | n |
      | --- | ---: |
      | x\|y<br>z | 1 |
      |  |  |
      """# + "\n| \\|\u{301}\\*\\<b>\\\\ | 2 |\n"
    #expect(render(table, .markdown) == expected)
    #expect(render(Fixture.empty, .markdown) == "| id | score |\n| --- | ---: |\n")
  }
}
