import KhabarText
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("e\u{301}", 1), ("لافروف", 6), ("مُحَمَّد", 4), ("لا", 2), ("٢٠٢٣", 4), ("世界", 4),
    ("한국", 4),
    ("ｶﾅ", 2), ("Ａ", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇫🇮", 2), ("❤", 1), ("❤\u{FE0F}", 2),
    ("1\u{FE0F}\u{20E3}", 2),
    ("\u{200B}\u{202E}\u{FEFF}", 0), ("a\u{200D}b", 2), ("\t\n\u{1B}", 0), ("می\u{200C}خواهم", 7),
    ("·…—─", 4),
    ("क्ष", 2), ("g̈", 1),
  ])
  func columns(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func padsByColumns() {
    #expect(DisplayWidth.pad("世界", to: 6) == "世界  ")
    #expect(DisplayWidth.pad("7", to: 3, alignment: .right) == "  7")
    #expect(DisplayWidth.pad("ab", to: 5, alignment: .center) == " ab  ")
    #expect(DisplayWidth.pad("abcdef", to: 3) == "abcdef")
    #expect(DisplayWidth.pad("", to: -1) == "")
  }

  @Test func truncatesBetweenClusters() {
    #expect(DisplayWidth.truncate("abcdef", to: 6) == "abcdef")
    #expect(DisplayWidth.truncate("abcdef", to: 4) == "abc…")
    #expect(DisplayWidth.truncate("世界平和", to: 4) == "世…")
    #expect(DisplayWidth.truncate("مُحَمَّد", to: 3) == "مُحَ…")
    #expect(DisplayWidth.truncate("👩‍👩‍👧👍👍", to: 4) == "👩‍👩‍👧…")
    #expect(DisplayWidth.truncate("abc", to: 1) == "…")
    #expect(DisplayWidth.truncate("abc", to: 0) == "")
  }

  @Test func truncationNeverIsTooWide() {
    let text = "Bayramov بايراموڤ 世界 👩‍👩‍👧 e\u{301}tat"
    for width in 0...DisplayWidth.of(text) {
      #expect(DisplayWidth.of(DisplayWidth.truncate(text, to: width)) <= width)
    }
  }

  @Test func invisibleTextIsSpelledOut() {
    #expect(VisibleText.escape("a\u{1B}[31mb\n\u{7F}") == "a␛[31mb␊␡")
    #expect(VisibleText.escape("\u{202E}x\u{9B}") == "<U+202E>x<U+009B>")
    #expect(VisibleText.escape("\u{200F}x") == "<U+200F>x")
    #expect(VisibleText.escape("\u{200F}x", keepsMarks: true) == "\u{200F}x")
    #expect(VisibleText.escape("می\u{200C}خواهم 👩‍👩‍👧 مُ") == "می\u{200C}خواهم 👩‍👩‍👧 مُ")
    #expect(VisibleText.escape("a\r\nb") == "a␍␊b")
  }
}
