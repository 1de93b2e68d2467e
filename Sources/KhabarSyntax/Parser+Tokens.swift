import EDTF
import KhabarText

/// The keywords that the words at one position spell.
struct SpelledKeywords {
  var position = -1
  var words = 0
  var isArabic = false
  var keywords: [Keyword] = []
}

extension Parser {
  // MARK: - Looking

  var token: Token { token(at: position) }
  var next: Token { token(at: position + 1) }

  func token(at index: Int) -> Token {
    if index >= 0, index < tokens.count { return tokens[index] }
    return tokens.last ?? Token(.end, span: .none)
  }

  // What the grammar asks most is answered without copying the token.
  private var index: Int { min(max(0, position), tokens.count - 1) }

  func at(_ symbol: Symbol) -> Bool {
    if case .symbol(symbol) = tokens[index].kind { true } else { false }
  }

  var atNewline: Bool { if case .newline = tokens[index].kind { true } else { false } }
  var atEnd: Bool { if case .end = tokens[index].kind { true } else { false } }
  var atWord: Bool { if case .word = tokens[index].kind { true } else { false } }
  var atString: Bool { if case .string = tokens[index].kind { true } else { false } }

  var atStatementEnd: Bool {
    switch tokens[index].kind {
    case .newline, .end, .symbol(.semicolon): true
    default: false
    }
  }

  /// Where a query ends, or a stage of one.
  var atStageEnd: Bool {
    switch tokens[index].kind {
    case .symbol(.pipe), .symbol(.rightParenthesis), .symbol(.comma): true
    default: atStatementEnd
    }
  }

  /// Whether the words here spell a keyword. At the cursor, it is one that may come next.
  mutating func at(_ keyword: Keyword) -> Bool {
    listener?.hear(keyword, at: position, tokens: tokens)
    return keywordsHere.keywords.contains(keyword)
  }

  /// Whether the words here spell a keyword with one of these roles.
  mutating func at(role: Keyword.Roles) -> Keyword? {
    if listener != nil {
      for row in Keyword.rows where !row.roles.isDisjoint(with: role) { _ = at(row.keyword) }
    }
    return keywordsHere.keywords.first { !$0.roles.isDisjoint(with: role) }
  }

  /// The keywords spelled here; the longest spelling hides the others.
  var keywordsHere: SpelledKeywords {
    mutating get {
      if spelled.position != position { spelled = keywords(at: position) }
      return spelled
    }
  }

  func keywords(at index: Int) -> SpelledKeywords {
    var result = SpelledKeywords(position: index)
    guard case .word(let text) = token(at: index).kind else { return result }
    for spelling in Keyword.spellings(beginningWith: Folding.fold(text)) {
      if spelling.words.count < result.words { break }
      guard (1..<spelling.words.count).allSatisfy({ word(spelling.words[$0], at: index + $0) }) else {
        continue
      }
      result.words = spelling.words.count
      result.isArabic = spelling.isArabic
      if !result.keywords.contains(spelling.keyword) { result.keywords.append(spelling.keyword) }
    }
    return result
  }

  private func word(_ folded: String, at index: Int) -> Bool {
    guard case .word(let text) = token(at: index).kind else { return false }
    return Folding.fold(text) == folded
  }

  func hasRole(_ role: Keyword.Roles, at index: Int) -> Bool {
    keywords(at: index).keywords.contains { !$0.roles.isDisjoint(with: role) }
  }

  // MARK: - Taking

  @discardableResult
  mutating func advance() -> Token {
    let current = token
    if position < tokens.count - 1 { position += 1 }
    return current
  }

  /// Takes a keyword's words.
  mutating func advanceKeyword() {
    for _ in 0..<max(1, keywordsHere.words) { advance() }
  }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advanceKeyword()
    return true
  }

  mutating func expect(_ keyword: Keyword, after what: String) throws(Failure) {
    guard take(keyword) else {
      throw fail(.expectedKeyword(keyword.english, after: what, found: found))
    }
  }

  /// The end of what has been taken.
  var lastSpan: Span { position > 0 ? token(at: position - 1).span : Span(0, 0) }

  func span(from start: Span) -> Span { start.through(lastSpan) }

  mutating func expectOpening(after what: String, help: String) throws(Failure) -> Span {
    guard at(.leftParenthesis) else {
      throw fail(.missingArgument("`(` after `\(what)`", found: found, help: help))
    }
    return advance().span
  }

  mutating func expectClosing(_ open: Span) throws(Failure) {
    guard take(.rightParenthesis) else { throw fail(.unclosedParenthesis(open: open, found: found)) }
  }

  // MARK: - Depth

  mutating func enter() throws(Failure) {
    guard depth < Self.deepestNesting else {
      isTooDeep = true
      throw fail(.tooDeep(Self.deepestNesting))
    }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  // MARK: - Mistakes

  /// Reports a mistake at the current token, unless the token is one already.
  mutating func fail(_ error: GrammarError, at span: Span? = nil) -> Failure {
    listener?.stop(at: position)
    if token.kind == .invalid || token(at: position - 1).kind == .invalid { return Failure() }
    let span = span ?? token.span
    if diagnostics.last?.span.lower != span.lower { diagnostics.append(error.diagnostic(at: span)) }
    return Failure()
  }

  /// The current token, in words.
  var found: String {
    switch token.kind {
    case .word(let text): "`\(text)`"
    case .string(let text): text.unicodeScalars.count > 40 ? "a string" : "the string \"\(text)\""
    case .number(_, let text): "the number \(text.utf8.count > 40 ? "" : text)"
    case .time(let time): "the time \(time)"
    case .symbol(let symbol): "`\(symbol.rawValue)`"
    case .newline: "the end of the line"
    case .expected: "a line that begins with `=`"
    case .invalid: "`\(source.text(token.span))`"
    case .end: endDescription
    }
  }

  // MARK: - Going on after a mistake

  mutating func skipStatement() {
    while !atStatementEnd { advance() }
    while takeExpected() != nil {}
  }

  /// The next line that begins with `=`.
  mutating func takeExpected() -> String? {
    guard atNewline, case .expected(let text) = next.kind else { return nil }
    advance()
    advance()
    return text
  }

  /// To the end of a stage, over what is in parentheses.
  mutating func skipStage() { skip { $0.atStageEnd && !$0.at(.comma) } }

  /// To the next clause, or the end of the stage.
  mutating func skipClause() { skip { ($0.atStageEnd && !$0.at(.comma)) || $0.atClause } }

  /// To the next entry of a definition.
  mutating func skipEntry() { skip { $0.at(.comma) || $0.at(.rightParenthesis) } }

  private mutating func skip(until isEnd: (inout Parser) -> Bool) {
    let outer = listener
    listener = nil
    defer {
      outer?.stop(at: position)
      listener = outer
    }
    var open = 0
    while !atStatementEnd {
      if open == 0, isEnd(&self) { return }
      if at(.leftParenthesis) { open += 1 }
      if at(.rightParenthesis) { open -= 1 }
      advance()
      if open < 0 { return }
    }
  }
}
