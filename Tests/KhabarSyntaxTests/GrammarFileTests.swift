import Testing

@testable import KhabarSyntax

/// `Grammar/khabar.ebnf` names nothing that it does not define, and has every keyword of the grammar.
struct GrammarFileTests {
  /// The grammar without comments.
  private let grammar: String
  /// The words in single quotes.
  private let terminals: Set<String>

  init() {
    var text = GrammarFiles.read("khabar.ebnf")
    while let start = text.firstRange(of: "/*"), let end = text.firstRange(of: "*/") {
      text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    grammar = text
    terminals = Set(text.matches(of: /'([^']+)'/).map { String($0.output.1) })
  }

  private var lines: [Substring] { grammar.split(separator: "\n") }

  @Test func everyNameIsDefinedOnceAndUsed() {
    let defined = lines.compactMap {
      $0.firstMatch(of: /^([A-Z][A-Za-z_]*) *::=/).map { String($0.output.1) }
    }
    #expect(defined.count == Set(defined).count)
    let bare = grammar.replacing(/'[^']*'/, with: " ").replacing(/\[[^\]]*\]+/, with: " ")
      .replacing(/#x[0-9A-F]+/, with: " ")
    let used = Set(bare.matches(of: /[A-Z][A-Za-z_]*/).map { String($0.output) })
    #expect(used.subtracting(defined) == [])
    let mentions = bare.replacing(/(?m)^[A-Z][A-Za-z_]* *::=/, with: " ")
    let referenced = Set(mentions.matches(of: /[A-Z][A-Za-z_]*/).map { String($0.output) })
    #expect(Set(defined).subtracting(referenced) == ["Script", "Comment"])
  }

  @Test func everyKeywordOfTheGrammarIsInIt() {
    let structural: Keyword.Roles = [
      .statement, .adjective, .noun, .clause, .operator, .structure, .stage, .unit, .literal,
    ]
    let words = Keyword.rows.filter { !$0.roles.isDisjoint(with: structural) }.map { $0.english[0] }
    #expect(Set(words).subtracting(terminals) == [])
  }

  @Test func everyWordInItIsAKeyword() {
    let words = terminals.filter {
      $0.contains { $0.isLetter } && $0.allSatisfy { $0.isLowercase || $0 == " " || $0 == "_" }
    }
    #expect(words.filter { Keyword.keywords(spelledBy: $0).isEmpty } == [])
  }

  @Test func everySignIsInIt() {
    #expect(Set(Symbol.allCases.map(\.rawValue)).subtracting(terminals) == [":"])
  }
}
