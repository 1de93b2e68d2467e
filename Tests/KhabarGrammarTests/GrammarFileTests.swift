import KhabarSyntax
import Testing

/// `Grammar/khabar.ebnf` is whole: it names what it defines, and its words are those of the keyword table.
struct GrammarFileTests {
  private let grammar: Grammar
  /// What stands in single quotes, outside the section of tokens.
  private let quoted: Set<String>

  init() throws {
    grammar = try Corpus.grammar.get()
    quoted = Set(
      grammar.sections.filter { $0.title != "Tokens" }.flatMap(\.productions).flatMap(\.term.all).compactMap {
        if case .quoted(let text) = $0 { text } else { nil }
      })
  }

  @Test func everyNameIsDefinedOnceAndUsed() {
    let defined = grammar.productions.map(\.name)
    #expect(defined.count == Set(defined).count)
    let used = grammar.productions.flatMap(\.term.all).compactMap { term in
      if case .name(let name) = term { name } else { nil }
    }
    #expect(Set(used).subtracting(defined) == [])
    #expect(Set(defined).subtracting(used) == ["Script", "Comment"])
  }

  /// Nothing stands first on its own right side: the recognizer would not end.
  @Test func noNameBeginsWithItself() {
    for production in grammar.productions {
      #expect(!first(production.term, []).contains(production.name), "\(production.name)")
    }
  }

  /// The names that may come first in a term, those of names included.
  private func first(_ term: Term, _ known: Set<String>) -> Set<String> {
    switch term {
    case .name(let name):
      if known.contains(name) { return known }
      return grammar[name].map { first($0, known.union([name])) } ?? known
    case .sequence(let parts):
      var names = known
      for part in parts {
        names = first(part, names)
        if !mayBeEmpty(part) { break }
      }
      return names
    default: return term.parts.reduce(known) { first($1, $0) }
    }
  }

  private func mayBeEmpty(_ term: Term) -> Bool {
    switch term {
    case .optional, .many: true
    case .sequence(let parts): parts.allSatisfy(mayBeEmpty)
    case .choice(let parts): parts.contains(where: mayBeEmpty)
    case .some(let part), .except(let part, _): mayBeEmpty(part)
    case .name(let name): grammar[name].map(mayBeEmpty) ?? false
    case .quoted, .characters: false
    }
  }

  @Test func everyKeywordOfTheGrammarIsInIt() {
    let structural: Keyword.Roles = [
      .statement, .adjective, .noun, .clause, .operator, .structure, .stage, .unit, .literal,
    ]
    let words = Keyword.rows.filter { !$0.roles.isDisjoint(with: structural) }.map { $0.english[0] }
    #expect(Set(words).subtracting(quoted) == [])
  }

  @Test func everyWordAndSignInItIsOneOfTheLexer() {
    let signs = Set(Symbol.allCases.map(\.rawValue))
    #expect(signs.subtracting(quoted) == [":"])
    #expect(quoted.filter { !signs.contains($0) && Keyword.keywords(spelledBy: $0).isEmpty } == [])
  }

  /// The lists in the section "Words" are the roles of the table.
  @Test(arguments: [
    ("ClauseWord", Keyword.Roles.clause), ("PartWord", .structure), ("StageWord", .stage),
    ("StatementWord", .statement), ("Adjective", .adjective), ("Unit", .unit), ("EntityNoun", .entity),
    ("TimeWord", .time),
  ])
  func everyListOfWordsIsARole(_ name: String, _ role: Keyword.Roles) {
    let listed = words(of: .name(name))
    let keywords = Set(listed.flatMap { Keyword.keywords(spelledBy: $0) })
    let others = Keyword.Roles.clause.union(.operator)
    let expected = Keyword.rows.filter { row in
      // `and` joins as well as operates, and is listed as an operator; `to` is listed as a clause.
      !row.roles.isDisjoint(with: role) && (role != .structure || row.roles.isDisjoint(with: others))
    }
    #expect(Set(expected.map(\.keyword)).subtracting(keywords) == [])
    let spelled = Set(expected.flatMap { $0.english })
    #expect(listed.subtracting(spelled) == [])
  }

  private func words(of term: Term) -> Set<String> {
    switch term {
    case .quoted(let text): [text]
    case .name(let name): grammar[name].map { words(of: $0) } ?? []
    default: Set(term.parts.flatMap { words(of: $0) })
    }
  }
}
