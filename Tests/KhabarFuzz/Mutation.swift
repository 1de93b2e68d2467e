import KhabarRandom

/// Random texts.
struct Mutator {
  private let examples: Examples
  private var generator: SeededGenerator

  init(_ examples: Examples, seed: UInt64) {
    self.examples = examples
    generator = SeededGenerator(seed: seed)
  }

  /// Bytes of any value, half of the time of those that texts are made of.
  mutating func bytes() -> [UInt8] {
    let count = Int.random(in: 0...120, using: &generator)
    let isPlain = Bool.random(using: &generator)
    return (0..<count).map { _ in
      isPlain
        ? UInt8.random(in: 0x20...0x7E, using: &generator) : UInt8.random(in: 0...255, using: &generator)
    }
  }

  /// A good text with one to four changes.
  mutating func mutation() -> [UInt8] {
    var text = example()
    for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&text) }
    return Array(text.prefix(4000))
  }

  private mutating func example() -> [UInt8] { examples.texts.randomElement(using: &generator) ?? [] }

  private mutating func word() -> [UInt8] { examples.words.randomElement(using: &generator) ?? [] }

  private mutating func range(_ text: [UInt8], atMost most: Int) -> Range<Int> {
    let start = Int.random(in: 0...text.count, using: &generator)
    return start..<min(text.count, start + Int.random(in: 0...most, using: &generator))
  }

  private mutating func change(_ text: inout [UInt8]) {
    switch Int.random(in: 0..<14, using: &generator) {
    case 0: text.removeSubrange(range(text, atMost: 8))
    case 1: text.insert(UInt8.random(in: 0...255, using: &generator), at: range(text, atMost: 0).lowerBound)
    case 2:
      text.replaceSubrange(range(text, atMost: 1), with: [UInt8.random(in: 0x20...0x7E, using: &generator)])
    case 3: text.insert(contentsOf: word() + [0x20], at: wordStart(text))
    case 4: replaceWord(&text)
    case 5:
      let part = text[range(text, atMost: 40)]
      text.insert(contentsOf: part, at: range(text, atMost: 0).lowerBound)
    case 6: text = Array(text.prefix(range(text, atMost: 0).lowerBound)) + example()
    case 7: text += Self.joints.randomElement(using: &generator).map { Array($0.utf8) } ?? []
    case 8: wrap(&text)
    case 9...11: text += stages()
    default: text.insert(contentsOf: oddity(), at: wordStart(text))
    }
  }

  /// What follows the first bar of an example: stages that another one may take too.
  private mutating func stages() -> [UInt8] {
    let text = example()
    return text.firstIndex(of: UInt8(ascii: "|")).map { Array(text[$0...]) } ?? []
  }

  private mutating func wordStart(_ text: [UInt8]) -> Int {
    let start = range(text, atMost: 0).lowerBound
    return text[start...].firstIndex(of: 0x20).map { $0 + 1 } ?? text.count
  }

  private mutating func replaceWord(_ text: inout [UInt8]) {
    let start = wordStart(text)
    let end = text[start...].firstIndex(of: 0x20) ?? text.count
    text.replaceSubrange(start..<end, with: word())
  }

  /// Parentheses, quotes or braces around a part, many at times.
  private mutating func wrap(_ text: inout [UInt8]) {
    let pairs: [(String, String)] = [
      ("(", ")"), ("\"", "\""), ("{", "}"), ("[", "]"), ("not ", ""), ("-", ""),
    ]
    let depth = Int.random(in: 0..<20, using: &generator) == 0 ? 600 : 1
    guard let (open, close) = pairs.randomElement(using: &generator) else { return }
    let part = range(text, atMost: 60)
    text.insert(contentsOf: String(repeating: close, count: depth).utf8, at: part.upperBound)
    text.insert(contentsOf: String(repeating: open, count: depth).utf8, at: part.lowerBound)
  }

  private static let joints = [
    " | ", "\n", "; ", " and ", " or ", " where ", " with ", ", ", "\\", " | where ",
  ]

  /// Values at the edges.
  private mutating func oddity() -> [UInt8] {
    let oddities = [
      "9223372036854775807", "-9223372036854775808", "1e308", "0", "-0", "99999999999999999999", "0.1",
      "9223372036854775807 days", "9999999999 years", "0 months", "-5 days", "Y170000002", "-9999-12-31",
      "9999-12-31/..", "../..", "0000", "XXXX-XX-XX", "[..]", "{..2023..}", "2023-99", "2023-41", "1e9999",
      "\u{202E}", "\u{200F}", "\u{0}", "e\u{301}\u{301}\u{301}", "🏳️‍🌈", "ــــــ", "\"\\u{D800}\"", "today",
      "none",
      "(events)", "\"(a+)+$\"", "count(count(events))",
    ]
    return (oddities.randomElement(using: &generator).map { Array($0.utf8) } ?? []) + [0x20]
  }
}
