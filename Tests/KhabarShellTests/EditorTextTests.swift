import CEditLine
import Testing

@testable import KhabarShell

private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

@Suite struct GutterTests {
  private let gutter: Gutter

  init() {
    #expect(cel_set_locale())
    gutter = Gutter(continuation: "\u{1B}[2m┊\u{1B}[0m\t")
  }

  @Test func aStatementSurvivesItsGutters() {
    for statement in ["", "events", "events\n| count", "a\n\n\tb\n", "(\n(\n)\n)"] {
      #expect(String(gutter.plain(gutter.edited(scalars(statement)))) == statement)
    }
    #expect(String(gutter.edited(scalars("a\nb"))) == "a\n┊\tb")
  }

  @Test func aDamagedGutterLeavesOnlySpace() {
    #expect(String(gutter.plain(scalars("a┊\tb"))) == "a\tb")
    #expect(String(gutter.plain(scalars("a\n┊b\n\tc"))) == "a\nb\n\tc")
  }

  @Test func otherCharactersOfAContinuationStayInStatements() {
    let dots = Gutter(continuation: "... ")
    #expect(String(dots.plain(scalars("2020/...\n... | count"))) == "2020/...\n| count")
  }

  @Test func asAPromptItIsAsWideAsItsTab() {
    #expect(gutter.prompt == "┊       ")
  }
}

@Suite struct PromptTextTests {
  init() {
    #expect(cel_set_locale())
  }

  @Test func sequencesStandBeforeVisibleCharacters() {
    let prompt = PromptText("\u{1B}[1m\u{1B}[32mkhabar\u{1B}[0m> ", colours: true)
    #expect(String(prompt.visible) == "khabar> ")
    #expect(String(prompt.marked) == "\u{1}\u{1B}[1m\u{1B}[32m\u{1}khabar\u{1}\u{1B}[0m\u{1}> ")
  }

  @Test func aLastSequenceGetsASpaceToStandBefore() {
    let prompt = PromptText("k>\u{1B}[0m", colours: true)
    #expect(String(prompt.marked) == "k>\u{1}\u{1B}[0m\u{1} ")
    #expect(String(prompt.visible) == "k> ")
  }

  @Test func withoutColoursAndLineBreaks() {
    #expect(String(PromptText("\u{1B}[1ma\nb\u{1B}[0m", colours: false).marked) == "a b")
    #expect(String(PromptText("\u{1}خَبر\u{1B}", colours: true).visible) == "خبر ")
  }
}

@Suite struct PastedTextTests {
  init() {
    #expect(cel_set_locale())
  }

  private func pasted(_ text: String) -> String {
    String(PastedText(scalars(text), prompts: ["khabar> ", "┊       "]).scalars)
  }

  @Test func lineEndsOfAllKinds() {
    #expect(pasted("a\r\nb\rc\nd\n\n") == "a\nb\nc\nd")
    #expect(pasted("\r\n\r\n") == "")
  }

  @Test func controlsColoursAndMarksAreGone() {
    #expect(pasted("a\u{1B}[31mb\u{7}\u{0}c\u{1B}") == "abc")
    #expect(pasted("لَافروف\u{200F}") == "لافروف")
  }

  @Test func lettersWithMarksBecomeOneScalar() {
    #expect(scalars(pasted("e\u{301}")) == ["\u{E9}"])
    #expect(scalars(pasted("\u{627}\u{653}")) == ["\u{622}"])
  }

  @Test func copiedPromptsAreTakenOff() {
    #expect(pasted("khabar> events (\n┊       foo)") == "events (\nfoo)")
  }
}

@Suite struct ScreenTests {
  init() {
    #expect(cel_set_locale())
  }

  private func position(_ text: String, columns: Int) -> ScreenPosition {
    var position = ScreenPosition()
    position.advance(over: scalars(text), columns: columns)
    return position
  }

  @Test func rowsBreakWhereTheTerminalBreaksThem() {
    #expect(position("0123456789", columns: 10) == ScreenPosition(row: 1, column: 0))
    #expect(position("012345678中", columns: 10) == ScreenPosition(row: 1, column: 2))
    #expect(position("ab\n\tc", columns: 20) == ScreenPosition(row: 1, column: 9))
    #expect(position("\u{1}", columns: 20) == ScreenPosition(row: 0, column: 2))
    #expect(position("\t\t", columns: 12) == ScreenPosition(row: 1, column: 0))
  }

  @Test func textIsCutByColumns() {
    #expect("中文字".truncated(toColumns: 5) == "中文…")
    #expect("abc".truncated(toColumns: 3) == "abc")
    #expect("لَافروف".columns == 6)
  }
}

@Suite struct CompletionListTests {
  init() {
    #expect(cel_set_locale())
  }

  private func list(_ names: [String], note: String? = nil, width: Int, rows: Int = 20) -> String {
    let candidates = names.map { Completion(insertion: $0, display: $0, note: note) }
    return CompletionList(candidates: candidates, width: width, rows: rows).text(colours: false)
  }

  @Test func columnsReadDownwards() {
    #expect(list(["a1", "a2", "a3", "a4", "a5"], width: 11) == "a1  a3  a5\na2  a4")
  }

  @Test func notesStandBesideNames() {
    #expect(list(["Moscow", "Minsk"], note: "place", width: 20) == "Moscow  place\nMinsk  place")
  }

  @Test func nothingIsWiderThanTheWindow() {
    let text = list(["a name that is too long for it", "x"], note: "place", width: 20)
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 20 })
  }

  @Test func whatIsLeftOutIsCounted() {
    let lines = list((0..<100).map { "n\($0)" }, width: 12, rows: 5).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.last == "… and 92 more")
  }
}
