import KhabarSyntax
import Testing

/// What the parser accepts is a sentence of the grammar.
@Suite struct AcceptedTests {
  private let recognizer: Recognizer<TokenInput>

  init() throws { recognizer = Recognizer(try Corpus.grammar.get()) }

  /// Where the grammar stops understanding a text that the parser accepts.
  private func refusal(_ text: String) -> String? {
    let input = TokenInput(text)
    guard let place = recognizer.furthest(input, as: .name("Script")) else { return nil }
    return place < input.count ? "\(input.tokens[place])" : "the end"
  }

  @Test func everythingWrittenInTheRepository() throws {
    var count = 0
    for (place, text) in try Corpus.texts() {
      let (script, diagnostics) = Parser.parse(SourceText(name: place, text: text))
      guard diagnostics.isEmpty else { continue }
      count += 1
      if let refusal = refusal(text) { Issue.record("\(place): the grammar stops at \(refusal)\n\(text)") }
      if let difference = RoundTrip.difference(script) { Issue.record("\(place):\n\(difference)") }
    }
    #expect(count > 400)
  }

  @Test func mutationsThatTheParserAccepts() throws {
    let statements = try Corpus.statements().filter { $0.count < 200 }
    var random = Random(seed: 1)
    var (tried, accepted, failures) = (0, 0, 0)
    while accepted < sentenceCount, failures < 10 {
      let text = mutated(statements, &random)
      tried += 1
      let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
      guard diagnostics.isEmpty else { continue }
      accepted += 1
      if let refusal = refusal(text) {
        failures += 1
        Issue.record("the grammar stops at \(refusal) in\n\(text)")
      } else if let difference = RoundTrip.difference(script) {
        failures += 1
        Issue.record("\(text)\n\(difference)")
      }
    }
    print("of \(tried) mutations the parser accepts \(accepted), all of them sentences of the grammar")
  }

  private func mutated(_ statements: [[Corpus.Piece]], _ random: inout Random) -> String {
    var pieces = random.pick(statements, or: [])
    for _ in 0..<Int.random(in: 1...3, using: &random) where !pieces.isEmpty {
      let index = Int.random(in: 0..<pieces.count, using: &random)
      let other = random.pick(random.pick(statements, or: pieces), or: pieces[index])
      switch Int.random(in: 0..<5, using: &random) {
      case 0: pieces.remove(at: index)
      case 1: pieces.insert(pieces[index], at: index)
      case 2: pieces.swapAt(index, Int.random(in: 0..<pieces.count, using: &random))
      case 3: pieces.insert(Corpus.Piece(text: other.text, isGlued: false), at: index)
      default: pieces[index].text = other.text
      }
    }
    return Corpus.joined(pieces)
  }
}
