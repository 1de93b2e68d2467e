import KhabarSyntax
import Testing

@testable import struct KhabarSyntax.Parser

/// What the grammar makes the parser accepts, but for what EBNF cannot state.
@Suite struct GeneratedTests {
  private let grammar: Grammar
  private let recognizer: Recognizer<TokenInput>

  init() throws {
    grammar = try Corpus.grammar.get()
    recognizer = Recognizer(grammar)
  }

  @Test(arguments: ["Statement", "Script", "Expression"])
  func sentencesOfTheGrammar(_ name: String) {
    var generator = SentenceGenerator(grammar, seed: 7)
    var counts: [String: Int] = [:]
    var failures = 0
    for _ in 0..<sentenceCount where failures < 10 {
      var sentence = generator.sentence(of: name)
      if name == "Expression" { sentence.place(after: "events | where ") }
      switch verdict(sentence) {
      case .success(let outcome): counts[outcome, default: 0] += 1
      case .failure(let refusal):
        failures += 1
        Issue.record("\(sentence.text)\n\(refusal)")
      }
    }
    print(
      "\(name): "
        + counts.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    #expect(counts["accepted", default: 0] * 10 >= sentenceCount * 7)
  }

  private struct Refusal: Error, CustomStringConvertible { var description: String }

  private func verdict(_ sentence: SentenceGenerator.Sentence) -> Result<String, Refusal> {
    let source = SourceText(name: "", text: sentence.text)
    let tokens = Lexer.tokens(of: source).tokens
    guard recognizer.accepts(TokenInput(sentence.text), as: .name("Script")) else {
      return .success("run together")
    }
    let (script, diagnostics) = Parser.parse(source)
    guard let diagnostic = diagnostics.first else {
      return RoundTrip.difference(script).map { .failure(Refusal(description: $0)) } ?? .success("accepted")
    }
    for known in KnownRefusal.all where known.explains(diagnostic, sentence, source, tokens) {
      return .success(known.name)
    }
    return .failure(Refusal(description: "\(diagnostic.id) \(diagnostic.message)"))
  }
}

extension SentenceGenerator.Sentence {
  fileprivate mutating func place(after text: String) {
    self.text = text + self.text
    for index in parentheses.indices { parentheses[index].offset += text.utf8.count }
  }
}
