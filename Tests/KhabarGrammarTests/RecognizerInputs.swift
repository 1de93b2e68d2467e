import KhabarSyntax

/// The tokens of a text, as the lexer cuts them: what the productions above the section "Tokens" are about.
struct TokenInput: GrammarInput {
  /// The names that are tokens.
  enum Kind: String, CaseIterable {
    case word = "Word"
    case freeWord = "FreeWord"
    case attachedName = "AttachedName"
    case string = "String"
    case whole = "Whole"
    case number = "Number"
    case time = "Time"
    case newline = "Newline"
    case expectedLine = "ExpectedLine"
  }

  enum Terminal {
    case symbol(Symbol)
    /// The keywords of an English spelling.
    case keyword(Set<Keyword>)
    case token(Kind)
  }

  static func terminal(_ term: Term) -> Terminal? {
    switch term {
    case .quoted(let text): Symbol(rawValue: text).map { .symbol($0) } ?? .keyword(english[text, default: []])
    case .name(let name): Kind(rawValue: name).map { .token($0) }
    default: nil
    }
  }

  private static let english: [String: Set<Keyword>] = Keyword.rows.reduce(into: [:]) { index, row in
    for spelling in row.english { index[spelling, default: []].insert(row.keyword) }
  }

  /// Without the end.
  let tokens: [Token]
  /// The keywords that the words at each place spell, by the longest spelling, and how many words that takes.
  private let spelled: [(keywords: Set<Keyword>, words: Int)]

  init(_ text: String) {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: text)).tokens.filter { $0.kind != .end }
    self.tokens = tokens
    spelled = tokens.indices.map { Self.keywords(tokens, $0) }
  }

  /// `according to` hides `according`, and `as of` hides `as`.
  private static func keywords(_ tokens: [Token], _ start: Int) -> (Set<Keyword>, Int) {
    var text = ""
    var result: (Set<Keyword>, Int) = ([], 0)
    for length in 1...3 where start + length <= tokens.count {
      guard case .word(let word) = tokens[start + length - 1].kind else { break }
      text += (text.isEmpty ? "" : " ") + word
      let keywords = Keyword.keywords(spelledBy: text)
      if !keywords.isEmpty { result = (Set(keywords), length) }
    }
    return result
  }

  var count: Int { tokens.count }

  func ends(of terminal: Terminal, from start: Int) -> [Int] {
    guard start < count else { return [] }
    switch terminal {
    case .symbol(let symbol): return tokens[start].kind == .symbol(symbol) ? [start + 1] : []
    case .keyword(let keywords):
      return spelled[start].keywords.isDisjoint(with: keywords) ? [] : [start + spelled[start].words]
    case .token(let kind): return ends(of: kind, start)
    }
  }

  private func ends(of kind: Kind, _ start: Int) -> [Int] {
    let words = spelled[start].words
    switch (kind, tokens[start].kind) {
    // In Arabic a field or a noun may have several words.
    case (.word, .word): return words > 1 ? [start + 1, start + words] : [start + 1]
    case (.freeWord, .word(let text)): return Keyword.isFree(text) ? [start + 1] : []
    case (.attachedName, .word(let text)):
      return text.hasPrefix("و") && text.unicodeScalars.count > 3 && words == 0 ? [start + 1] : []
    case (.whole, .number(_, let text)): return Int(text) == nil ? [] : [start + 1]
    case (.string, .string), (.number, .number), (.time, .time), (.newline, .newline),
      (.expectedLine, .expected):
      return [start + 1]
    default: return []
    }
  }
}

/// The characters of a text: what the section "Tokens" is about.
struct CharacterInput: GrammarInput {
  static func terminal(_ term: Term) -> Term? {
    switch term {
    case .quoted, .characters: term
    default: nil
    }
  }

  private let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var count: Int { scalars.count }

  func ends(of terminal: Term, from start: Int) -> [Int] {
    switch terminal {
    case .quoted(let text):
      return scalars[start...].starts(with: text.unicodeScalars) ? [start + text.unicodeScalars.count] : []
    case .characters(let characters):
      return start < count && characters.contains(scalars[start]) ? [start + 1] : []
    default: return []
    }
  }
}
