import KhabarText
import Testing

@testable import KhabarSyntax

/// The lexer and the parser take any text at all. A trap here ends the test process, which is what would be noticed.
struct FuzzTests {
  static let seeds = [
    "planned meetings with \"Sergei Lavrov\" in Moscow during 2023-05 | count",
    "events where status = planned and not (score > 2 + 3 * -1) | summarize avg(score) as mean by year(time)",
    "الاجتماعات المخططة مع لافروف في موسكو خلال ٢٠٢٣-٠٥ | رتب حسب الوقت تنازليا",
    "every sequence by pair (meetings) then (agreements with A) within 14 days until (assaults) | take 3",
    "path from Scholz to Michel through (meetings in {2021,2023}) within 3 steps",
    "expect meetings in Moscow\n  | select id, label\n= id | label\n= a\\|b |\n\nexpect (events\n= 1)\n= x",
    "let talks = negotiations between [..2023-05-04] and 2020/..; assert count(talks) = 3, \"m\"",
    "define person x ( name en \"A\\u{42}\" ar «ب», lines 1 2, coordinates -1.5 40, evidence ( line 1 ) )",
    "print \"n = {count(events with \\\"A B\\\")} {{}}\" # comment\n| join (places) as p on a.b = p.id",
    "events between today - 30 days and start((meetings)) \\\n as of 2023~ within (2 weeks) of Y-17E7",
  ]

  static let pieces = [
    "(", ")", "|", ",", "\"", "\\", "\n", "[", "]", "{", "}", "..", "/", "2023", "-05", "X", "~", "not ",
    "possibly ",
    " in ", " and ", "٢", "\u{202E}", "\u{FFFD}", "\u{200D}", "é", "e\u{301}", "=", "!", "&&", "'", "“", "»",
    "#", ";",
    "99999999999999999999", ".", "-", " within 5 days of ", "define ", "let x = ", "print \"{", "T10:00Z",
    "\u{10FFFF}", "\r", "\u{0}", " حتى تاريخ ", " any of ",
  ]

  /// A generator with a seed, so that a failure can be had again (SplitMix64, Steele et al. 2014).
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static func randomBytes(_ generator: inout Generator) -> String {
    let count = Int.random(in: 0..<40, using: &generator)
    return String(
      decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, as: UTF8.self)
  }

  static func randomPieces(_ generator: inout Generator) -> String {
    (0..<Int.random(in: 0..<20, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
      .joined()
  }

  static func mutated(_ generator: inout Generator) -> String {
    var scalars = Array((seeds.randomElement(using: &generator) ?? "").unicodeScalars)
    for _ in 0..<Int.random(in: 1..<6, using: &generator) where !scalars.isEmpty {
      let index = Int.random(in: 0..<scalars.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: scalars.remove(at: index)
      case 1:
        scalars.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").unicodeScalars, at: index)
      case 2: scalars.swapAt(index, Int.random(in: 0..<scalars.count, using: &generator))
      default: scalars.removeSubrange(index...)
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// More where the code is optimized.
  static let count: Int = {
    #if DEBUG
      10_000
    #else
      200_000
    #endif
  }()

  private func check(_ text: String) {
    let source = SourceText(name: "", text: text)
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.isEmpty == false {
      let isInside = diagnostics.allSatisfy { $0.span.lower >= 0 && $0.span.upper <= source.utf8.count }
      if !isInside { Issue.record("a span outside of \(text.debugDescription)") }
    }
    let tokens = Lexer.tokens(of: source).tokens
    if tokens.last?.kind != .end { Issue.record("no end in \(text.debugDescription)") }
    if diagnostics.isEmpty, script.statements.isEmpty, tokens.count > 1, tokens.contains(where: isWord) {
      Issue.record("neither a statement nor an error in \(text.debugDescription)")
    }
  }

  private func isWord(_ token: Token) -> Bool {
    if case .word = token.kind { return true }
    return false
  }

  @Test func anyTextIsParsed() {
    var generator = Generator(state: 20_230_519)
    for index in 0..<Self.count {
      switch index % 4 {
      case 0: check(Self.randomBytes(&generator))
      case 1: check(Self.randomPieces(&generator))
      default: check(Self.mutated(&generator))
      }
    }
  }

  @Test func anyPlaceCanBeCompleted() {
    var generator = Generator(state: 7)
    for _ in 0..<3_000 {
      let text = Self.mutated(&generator)
      let offset = Int.random(in: -1...text.utf8.count + 1, using: &generator)
      let expectations = Parser.expectations(in: text, atOffset: offset)
      #expect(expectations.partial.upper <= text.utf8.count)
      _ = Parser.isComplete(text)
    }
  }

  @Test(arguments: [
    "(", "not ", "- ", "(a | union ", "count(", "x in (", "define a ( b (", "[", "a and ", "a + ",
  ])
  func nestingIsBounded(piece: String) {
    let nested = String(repeating: piece, count: 20_000)
    for text in [
      nested, "events | where " + nested, "events where " + nested, "events before " + nested,
      "assert " + nested,
    ] {
      let (_, diagnostics) = Parser.parse(SourceText(name: "", text: text))
      #expect(!diagnostics.isEmpty)
      #expect(diagnostics.count < 20)
    }
  }
}
