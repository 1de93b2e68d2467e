import KhabarSyntax
import Testing

/// The section "Tokens", character by character.
@Suite struct TokenTests {
  private let grammar: Grammar
  private let recognizer: Recognizer<CharacterInput>

  init() throws {
    grammar = try Corpus.grammar.get()
    recognizer = Recognizer(grammar)
  }

  private static func production(of kind: Token.Kind) -> String? {
    switch kind {
    case .word: "Word"
    case .string: "String"
    case .number: "Number"
    case .time: "Time"
    case .newline: "Newline"
    case .expected: "ExpectedLine"
    case .symbol, .invalid, .end: nil
    }
  }

  @Test func tokensWrittenInTheRepository() throws {
    var seen: Set<String> = []
    for (place, text) in try Corpus.texts() {
      let source = SourceText(name: place, text: text)
      let (tokens, diagnostics) = Lexer.tokens(of: source)
      guard diagnostics.isEmpty else { continue }
      for token in tokens {
        let text = source.text(token.span)
        guard let name = Self.production(of: token.kind), seen.insert(name + text).inserted else { continue }
        #expect(recognizer.accepts(CharacterInput(text), as: .name(name)), "\(place): \(name) \(text)")
      }
    }
    #expect(seen.count > 2_000)
  }

  @Test(arguments: ["Word", "AttachedName", "String", "Whole", "Number", "Time", "Newline", "Comment"])
  func tokensOfTheGrammar(_ name: String) {
    var generator = CharacterGenerator(grammar, seed: 3)
    var counts: [String: Int] = [:]
    for _ in 0..<sentenceCount {
      let text = generator.text(of: name)
      let outcome = outcome(text, name)
      counts[outcome, default: 0] += 1
      if !Self.allowed[name, default: ["accepted"]].contains(outcome) {
        Issue.record("\(name) \(text.debugDescription): \(outcome)")
      }
    }
    print(
      "\(name): "
        + counts.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    #expect(counts["accepted", default: 0] > sentenceCount / 50)
  }

  /// What else may come of a token, and why.
  private static let allowed: [String: Set<String>] = [
    // A joiner joins no Latin letters.
    "Word": ["accepted", "E0104"],
    "AttachedName": ["accepted", "E0104"],
    // A code point may be too large, or half of one.
    "String": ["accepted", "E0102"],
    // EDTF decides what is a time; a year alone is a number; what is none may fall apart.
    "Time": ["accepted", "E0107", "Number", "apart"],
  ]

  private func outcome(_ text: String, _ name: String) -> String {
    let (tokens, diagnostics) = Lexer.tokens(of: SourceText(name: "", text: text))
    if let diagnostic = diagnostics.first { return diagnostic.id }
    let kinds = tokens.dropLast().compactMap { Self.production(of: $0.kind) }
    // A line end with no statement before it, and a comment, leave nothing.
    if name == "Newline" || name == "Comment" { return tokens.count == 1 ? "accepted" : "apart" }
    guard tokens.count == 2, kinds.count == 1, tokens[0].span == Span(0, text.utf8.count) else {
      return "apart"
    }
    let expected = ["Whole": "Number", "AttachedName": "Word"][name] ?? name
    return kinds[0] == expected ? "accepted" : kinds[0]
  }
}

/// Random texts of the section "Tokens", in a small alphabet.
private struct CharacterGenerator {
  private let grammar: Grammar
  private var random: Random

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    random = Random(seed: seed)
  }

  mutating func text(of name: String) -> String { text(.name(name)) }

  private mutating func text(_ term: Term) -> String {
    switch term {
    case .sequence(let parts): parts.map { text($0) }.joined()
    case .choice(let parts): text(random.pick(parts, or: .sequence([])))
    case .optional(let part): random.once(in: 2) ? text(part) : ""
    case .many(let part): (0..<Int.random(in: 0...4, using: &random)).map { _ in text(part) }.joined()
    case .some(let part): (0..<Int.random(in: 1...4, using: &random)).map { _ in text(part) }.joined()
    case .except(let part, _): text(part)
    case .quoted(let text): text
    // The ranges of these two are wider than what they stand for.
    case .name("Letter"): String(Character(random.pick(Array("aZéßЖخ中ـ".unicodeScalars), or: "a")))
    case .name("Mark"): String(Character(random.pick(["\u{301}", "\u{64E}", "\u{93E}"], or: "\u{301}")))
    case .name(let name): grammar[name].map { text($0) } ?? ""
    case .characters(let characters): character(of: characters)
    }
  }

  private mutating func character(of characters: CharacterClass) -> String {
    let alphabet = Array("abXYZTEnt09+-:.,~?%٠٫۹'’\"”»\\{}[] /ب‐".unicodeScalars) + ["\n", "\r", "\u{2028}"]
    let edges = characters.isNegated ? [] : characters.ranges.compactMap { Unicode.Scalar($0.lowerBound) }
    let members = alphabet.filter(characters.contains) + edges
    return String(Character(random.pick(members, or: "a")))
  }
}
