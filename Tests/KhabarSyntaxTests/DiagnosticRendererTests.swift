import KhabarSyntax
import KhabarText
import Testing

@Suite struct DiagnosticRendererTests {
  /// The diagnostic about the first `found` in `text`, drawn.
  private func draw(
    _ text: String, at found: String, labels: [Diagnostic.Label] = [], help: [String] = [],
    fixIt: Diagnostic.FixIt? = nil, name: String = "query.khabar", colour: Bool = false,
    isolates: Bool = false
  ) -> String {
    let diagnostic = Diagnostic(
      "E0301", "no such name", at: span(found, in: text), labels: labels, help: help, fixIt: fixIt)
    let source = SourceText(name: name, text: text)
    return DiagnosticRenderer.render(diagnostic, in: source, colour: colour, isolates: isolates)
  }

  private func span(_ found: String, in text: String) -> Span {
    let bytes = Array(text.utf8)
    let part = Array(found.utf8)
    let lower = bytes.indices.first { bytes[$0...].starts(with: part) } ?? bytes.count
    return Span(lower, lower + part.count)
  }

  @Test func pointsAtTheWord() {
    let expected = """
      error[E0301]: no such name
       --> query.khabar:3:13
        |
      3 | events with Lavorv
        |             ^^^^^^
        = help: did you mean `Lavrov` (Sergei Lavrov)?
      """
    let drawn = draw(
      "a\nb\nevents with Lavorv\n", at: "Lavorv", help: ["did you mean `Lavrov` (Sergei Lavrov)?"])
    #expect(drawn == expected)
  }

  @Test func withoutANameThereIsNoPlace() {
    #expect(draw("x", at: "x", name: "") == "error[E0301]: no such name\n  |\n1 | x\n  | ^")
    #expect(draw("x", at: "x", name: "<input>").contains("\n --> <input>:1:1\n"))
  }

  @Test(arguments: [
    ("لقاءات مع بايراموڤ", "بايراموڤ", "          ^^^^^^^^"),
    ("مُحَمَّد x", "x", "     ^"),
    ("مُحَمَّد x", "مُحَمَّد", "^^^^"),
    ("世界 x", "x", "     ^"),
    ("世界 x", "界", "  ^^"),
    ("a\tb\tx", "x", "        ^"),
    ("👩‍👩‍👧 🇫🇮 x", "x", "      ^"),
    ("\u{1B}[31m x", "x", "      ^"),
    ("a \u{202E}b", "\u{202E}", "  ^^^^^^^^"),
    ("a\u{200C}b x", "x", "   ^"),
  ])
  func caretsStandUnderColumns(_ text: String, _ found: String, _ marks: String) {
    #expect(draw(text, at: found, name: "").split(separator: "\n").last == "  | \(marks)")
  }

  @Test func aSpanInsideAClusterMarksTheCluster() {
    let source = SourceText(name: "", text: "e\u{301}f")
    for span in [Span(0, 1), Span(1, 3), Span(2, 3)] {
      let drawn = DiagnosticRenderer.render(Diagnostic("E0101", "m", at: span), in: source)
      #expect(drawn.hasSuffix("  | ^"))
    }
  }

  @Test func invisibleCharactersAreShown() {
    let drawn = draw("events \u{202E}with\u{1B}[2J\u{9B}", at: "with")
    #expect(drawn.contains("1 | events <U+202E>with␛[2J<U+009B>\n"))
    let message = Diagnostic("E0301", "found `\u{1B}]0;x\u{7}`", at: Span(0, 1), help: ["\u{1B}"])
    let source = SourceText(name: "\u{1B}c", text: "x")
    for text in [
      DiagnosticRenderer.render(message, in: source), DiagnosticRenderer.summary(message, in: source),
    ] {
      #expect(!text.contains("\u{1B}") && text.contains("␛]0;x␇"))
    }
  }

  @Test func theEndOfTheTextIsAPlace() {
    #expect(draw("events with", at: "\u{0}").hasSuffix("1 | events with\n  |            ^"))
    let beyond = Diagnostic("E0201", "m", at: Span(50, 90))
    let source = SourceText(name: "f", text: "ab\n")
    #expect(DiagnosticRenderer.render(beyond, in: source).hasSuffix("2 |\n  | ^"))
    #expect(DiagnosticRenderer.render(beyond, in: SourceText(name: "", text: "")) == "error[E0201]: m")
  }

  @Test func severalLinesAreMarkedToTheFirstLinesEnd() {
    #expect(draw("abc\ndef\nghi", at: "bc\ndef\ng").hasSuffix("1 | abc\n  |  ^^"))
  }

  @Test func carriageReturnsDoNotShow() {
    #expect(draw("abc\r\ndef\r\n", at: "abc").hasSuffix("1 | abc\n  | ^^^"))
  }

  // MARK: - Labels

  @Test func aLabelToTheLeftHangsBelow() {
    let text = "count(meetings in Moscow"
    let expected = """
      1 | count(meetings in Moscow
        |      -                  ^
        |      |
        |      opened here
      """
    let drawn = draw(text, at: "\u{0}", labels: [.init(span("(", in: text), "opened here")], name: "")
    #expect(drawn.hasSuffix(expected))
  }

  @Test func labelsOnOtherLinesBringThem() {
    let text = "let a = (\n\n\n  meetings to Moscow to\n"
    let labels = [
      Diagnostic.Label(span("(", in: text), "opened here"), .init(span("meetings", in: text), "rows"),
    ]
    let expected = """
      1 | let a = (
        |         - opened here
      ...
      4 |   meetings to Moscow to
        |   -------- ^^
        |   |
        |   rows
      """
    #expect(draw(text, at: "to", labels: labels, name: "").hasSuffix(expected))
  }

  @Test func lineNumbersShareAGutter() {
    let text = String(repeating: "\n", count: 99) + "x"
    let drawn = draw(text, at: "x", labels: [.init(Span(0, 0), "here")], name: "f")
    #expect(drawn.contains("\n   --> f:100:1\n    |\n  1 |\n    | - here\n...\n100 | x\n    | ^"))
  }

  // MARK: - Long lines

  @Test(arguments: [0, 30, 500, 3990]) func longLinesAreCutAroundTheSpan(_ index: Int) {
    let filler = Array(repeating: "سلام 世界 ", count: 300).joined()
    let text = filler.prefix(index) + "HERE" + filler.dropFirst(index)
    let lines = draw(String(text), at: "HERE", name: "").split(separator: "\n")
    let echoed = lines[2].dropFirst(4)
    #expect(DisplayWidth.of(echoed) <= 120)
    #expect(echoed.contains("…"))
    #expect(DisplayWidth.of(echoed.prefix { $0 != "H" }) == lines[3].dropFirst(4).prefix { $0 == " " }.count)
    #expect(lines[3].hasSuffix(" ^^^^"))
  }

  @Test func hugeLinesAreQuick() {
    let text = String(repeating: "a\u{301}", count: 500_000)
    let drawn = DiagnosticRenderer.render(
      Diagnostic("E0101", "m", at: Span(600_000, 900_000)), in: SourceText(name: "f", text: text))
    #expect(drawn.utf8.count < 5000)
  }

  // MARK: - Help, colours, isolates

  @Test func theFixIsShownOnce() {
    let fix = Diagnostic.FixIt(Span(0, 2), "=")
    #expect(draw("== x", at: "==", fixIt: fix).hasSuffix("= help: replace `==` with `=`"))
    #expect(draw("== x", at: "==", help: ["write `=`"], fixIt: fix).hasSuffix("^^\n  = help: write `=`"))
    #expect(draw("x x", at: "x", fixIt: .init(Span(0, 1), "")).hasSuffix("= help: remove `x`"))
    #expect(draw("x", at: "\u{0}", fixIt: .init(Span(1, 1), ")")).hasSuffix("= help: add `)`"))
  }

  @Test func linesOfANoteAreAligned() {
    let drawn = draw("x", at: "x", help: ["one\ntwo"])
    #expect(drawn.hasSuffix("  = help: one\n          two"))
  }

  @Test func coloursOnlyAdd() {
    let text = "count(x"
    let labels = [Diagnostic.Label(Span(5, 6), "opened here")]
    let plain = draw(text, at: "x", labels: labels)
    let coloured = draw(text, at: "x", labels: labels, colour: true)
    #expect(coloured.hasPrefix("\u{1B}[1;31merror[E0301]\u{1B}[0m"))
    let stripped = coloured.split(separator: "\u{1B}", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("[") ? $0.drop(while: { $0 != "m" }).dropFirst() : $0 }
    #expect(stripped.joined() == plain)
  }

  @Test func eachRightToLeftWordIsIsolated() {
    let drawn = draw("with لافروف و x", at: "x", isolates: true)
    #expect(drawn.contains("with \u{2068}لافروف\u{2069} \u{2068}و\u{2069} x\n  |               ^"))
  }

  // MARK: - Summaries

  @Test func summariesAreOneLine() {
    let source = SourceText(name: "a.khabar", text: "x\n  مع y")
    let diagnostic = Diagnostic("E0203", "found `y`\nexpected", at: Span(9, 10), severity: .warning)
    #expect(
      DiagnosticRenderer.summary(diagnostic, in: source) == "a.khabar:2:6: warning[E0203]: found `y`␊expected"
    )
    #expect(
      DiagnosticRenderer.summary(diagnostic, in: SourceText(name: "", text: "x"))
        == "1:2: warning[E0203]: found `y`␊expected")
  }
}
