import Testing

@testable import KhabarSyntax

struct LexerTests {
  private func tokens(_ text: String) -> [String] {
    let (tokens, diagnostics) = Lexer.tokens(of: SourceText(name: "", text: text))
    #expect(diagnostics.map(\.message) == [], "\(text)")
    return tokens.dropLast().map(\.description)
  }

  private func errors(_ text: String) -> [String] {
    let source = SourceText(name: "", text: text)
    return Lexer.tokens(of: source).diagnostics.map { "\($0.id) \(source.text($0.span))" }
  }

  // MARK: - Numbers and times

  /// Texts that are one time each, with the time's canonical form.
  static let times = [
    "2023-05", "2023-05-19", "2020/2023", "2020/..", "2020/", "../2023", "/2023", "2023-05-01/2023-05-04",
    "201X",
    "XXXX-05", "2023-1X", "2023~", "2023?", "2023-05%", "~2023-05", "-0044-03", "Y170000002", "Y-17E7",
    "1950S2",
    "[..2023-05-04]", "[2023-05-19..]", "[2021,2023-05]", "{2021,2023}", "2023-05-19T10:30:00Z",
    "2023-05-19T10:30:00+02:00", "2023-21", "2004-06-~01/2004-06-20", "-0044-03/0010",
  ]

  @Test(arguments: times) func isOneTime(_ text: String) {
    #expect(tokens(text).count == 1)
    #expect(tokens(text).first?.hasPrefix("time ") == true)
    #expect(tokens("(\(text))").count == 3)
    #expect(tokens("\(text) | x").count == 3)
  }

  @Test(arguments: [
    ("2023", ["number 2023"]), ("12", ["number 12"]), ("3.5", ["number 3.5"]), ("٣٫٥", ["number 3.5"]),
    ("۱۲", ["number 12"]), ("٢٠٢٣-٠٥", ["time 2023-05"]),
    ("5-3", ["number 5", "symbol -", "number 3"]), ("2023 - 5", ["number 2023", "symbol -", "number 5"]),
    ("12/4", ["number 12", "symbol /", "number 4"]), ("2023/4", ["number 2023", "symbol /", "number 4"]),
    ("1000 / 2000", ["number 1000", "symbol /", "number 2000"]),
    ("x / 2023", ["word x", "symbol /", "number 2023"]), ("a/2023", ["word a", "symbol /", "number 2023"]),
    ("-5", ["symbol -", "number 5"]), ("> -2000", ["symbol >", "symbol -", "number 2000"]),
    ("14days", ["number 14", "word days"]), ("2023.x", ["number 2023", "symbol .", "word x"]),
    ("Y2K", ["word Y2K"]), ("XXXXL", ["word XXXXL"]), ("{ 2021 ، 2023 }", ["time {2021,2023}"]),
    ("a(2023-05,2023-06)", ["word a", "symbol (", "time 2023-05", "symbol ,", "time 2023-06", "symbol )"]),
  ])
  func numbersAndTimes(text: String, expected: [String]) { #expect(tokens(text) == expected) }

  @Test func aWrongTimeIsPointedInto() {
    #expect(errors("on 2023-02-30") == ["E0107 30"])
    #expect(errors("on 2023-13-01") == ["E0107 13"])
    #expect(errors("on ٢٠٢٣-١٣") == ["E0107 ١٣"])
    #expect(errors("on [2021, 2023-13]") == ["E0107 13"])
    #expect(errors("on 2023-05..2023-06") == ["E0107 2023-05..2023-06"])
    #expect(errors("on [2023) | count") == ["E0108 ["])
    #expect(errors("on [2023, Moscow]") == ["E0107 M"])
  }

  // MARK: - Words and strings

  @Test(arguments: [
    "Nagorno-Karabakh", "O'Brien", "O’Brien", "_x1", "part_of", "مُخَطَّط", "الـــسلام", "می\u{200C}خواهم", "王毅",
    "Şimşek", "e\u{301}tat", "x2",
  ])
  func isOneWord(_ text: String) { #expect(tokens(text) == ["word \(text)"]) }

  @Test func hyphensBetweenLettersOnly() {
    #expect(tokens("x-1") == ["word x", "symbol -", "number 1"])
    #expect(tokens("x- y") == ["word x", "symbol -", "word y"])
    #expect(tokens("x -y") == ["word x", "symbol -", "word y"])
  }

  @Test func strings() {
    #expect(tokens(#""a \"b\" \\ \n \t \u{41}""#) == [#"string "a \"b\" \\ \n \t A""#])
    #expect(tokens("«لافروف» “Lavrov”") == [#"string "لافروف""#, #"string "Lavrov""#])
    #expect(errors("\"abc\nd") == ["E0101 \""])
    #expect(errors("«abc") == ["E0101 «"])
    #expect(errors(#""\q""#) == [#"E0102 \q"#])
    #expect(errors(#""\u{D800}""#) == [#"E0102 \u{D800}"#])
    #expect(errors(#""\u{110000}""#) == [#"E0102 \u{110000}"#])
    #expect(errors(#""\u41""#) == [#"E0102 \u41"#])
  }

  /// A string may hold anything, but what comes after it must read as it says.
  @Test func stringsKeepTheirOrderToThemselves() {
    for text in [
      "\"a\u{202B}b\u{202C}\"", "\"\u{2067}a\u{2069}b\"", "«\u{2067}\u{202E}a\u{2069}»",
      "\"a\u{200F}\u{61C}b\"",
      "\"\u{202C}\u{2069}\"", "\"\\u{202E}\"",
    ] {
      #expect(tokens(text).count == 1)
    }
    for text in [
      "\"a\u{202E}b\"", "«\u{2067}b»", "\"\u{2066}\u{202C}\"", "\"\u{202A}\u{2069}\"", "“\u{202B}\\n”",
    ] {
      #expect(errors(text).map { $0.prefix(5) } == ["E0104"], "\(text.debugDescription)")
    }
  }

  // MARK: - Characters

  /// Marks of direction, joiners, selectors, tags, fillers: outside strings nothing that shows nothing.
  @Test func invisibleCharactersAreErrors() {
    let ranges: [ClosedRange<UInt32>] = [
      0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
      0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F,
      0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xE0001...0xE0001, 0xE0020...0xE007F, 0xE0100...0xE01EF, 0x7...0x8,
      0x1B...0x1B, 0x7F...0x9F,
    ]
    for scalar in ranges.joined().compactMap({ Unicode.Scalar($0) }) {
      let character = String(Character(scalar))
      for text in ["a \(character) b", "a\(character) b", "a \(character)b", "a,\(character)"] {
        let source = SourceText(name: "", text: text)
        let found = Lexer.tokens(of: source).diagnostics
        #expect(found.map(\.id) == ["E0104"], "\(text.debugDescription)")
        let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
        #expect(found.first?.message.contains(hexadecimal) == true)
      }
    }
  }

  @Test func blanksAndMarksOfOrder() {
    #expect(tokens("\u{FEFF}events\u{A0}\u{2003}\t| count\r\n").count == 4)
    #expect(errors("events\u{202E}") == ["E0104 \u{202E}"])
    #expect(errors("a\u{200B}b") == ["E0104 \u{200B}"])
    #expect(errors("a\u{200D}b") == ["E0104 \u{200D}"])
    #expect(errors("events # \u{202E}x") == ["E0104 \u{202E}"])
    #expect(errors("events # \u{200F}مع") == [])
    #expect(errors("a \u{FFFD}\u{FFFD}") == ["E0105 \u{FFFD}\u{FFFD}"])
    #expect(errors("\"\u{FFFD}\"") == ["E0105 \u{FFFD}"])
    #expect(errors("a\u{0}b") == ["E0104 \u{0}"])
  }

  @Test func aRunOfWrongCharactersIsOneMistake() { #expect(errors("a @@@ b $").count == 2) }

  @Test func signs() {
    #expect(
      tokens("≠ ≤ ≥ != <= >= ، ؛ −").map { String($0.dropFirst(7)) }
        == ["!=", "<=", ">=", "!=", "<=", ">=", ",", ";", "-"])
    for (foreign, ours) in [("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("!", "not")] {
      let (tokens, diagnostics) = Lexer.tokens(of: SourceText(name: "", text: "a \(foreign) b"))
      #expect(diagnostics.map(\.fixIt?.replacement) == [ours])
      #expect(tokens[1].description.hasSuffix(" " + ours))
    }
  }

  // MARK: - Lines

  @Test(arguments: [
    ("a\nb", 1), ("a\n\n\nb", 1), ("(a\nb)", 0), ("a |\nb", 0), ("a\n| b", 0), ("a\n\n  # c\n| b", 0),
    ("a,\nb", 0),
    ("a +\nb", 0), ("a and\nb", 0), ("a و\nb", 0), ("a \\\nb", 0), ("a \\ # c\nb", 0), ("a = # c\nb", 0),
    ("a # |\nb", 1),
    ("x.until\nb", 1), ("a\r\nb", 1), ("a\r\n| b", 0), ("#!/usr/bin/khabar\na", 0),
    ("define a ( b\ndefine c ( d )", 1), ("(a\n  define b)", 0),
  ])
  func linesThatEndStatements(text: String, count: Int) {
    let newlines = Lexer.tokens(of: SourceText(name: "", text: text)).tokens.filter { $0.kind == .newline }
    #expect(newlines.count == count)
  }

  @Test(arguments: [
    ("events", true), ("", true), ("events |", false), ("events | where (a", false), ("events,", false),
    ("events | where a =", false), ("events | where a and", false), ("events \\", false),
    ("print \"a", false),
    ("events during [2021,", false), ("define x ( a\n", false), ("define x ( a\n)", true),
    ("events # (", true),
    ("events | where a و", false), ("events with", true), ("events \"a\" # \"", true),
  ])
  func completeness(text: String, isComplete: Bool) { #expect(Parser.isComplete(text) == isComplete) }
}
