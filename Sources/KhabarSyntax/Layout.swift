/// Which line ends end a statement.
///
/// A line end does not count inside parentheses, after a token that asks for another (`|`, `,`, an operator), and
/// before a line that begins with `|`. An open parenthesis ends at `;` and before a line that begins with `define`
/// or `let`, so that one forgotten `)` does not swallow the rest of a file.
struct Layout {
  private let utf8: [UInt8]
  private var result: [Token] = []
  private var depth = 0

  static func arrange(_ tokens: [Token], in source: SourceText) -> [Token] {
    var layout = Layout(utf8: source.utf8)
    layout.result.reserveCapacity(tokens.count)
    for index in tokens.indices { layout.add(tokens[index], next: layout.following(index, in: tokens)) }
    return layout.result
  }

  /// Whether the statement in `lexer` has to go on: something is open, or its last token asks for more.
  static func isOpen(_ lexer: Lexer) -> Bool {
    var layout = Layout(utf8: lexer.utf8)
    for token in lexer.tokens where token.kind != .newline && token.kind != .end {
      layout.add(token, next: nil)
    }
    return lexer.endsOpen || layout.depth > 0 || layout.asksForMore
  }

  private init(utf8: [UInt8]) { self.utf8 = utf8 }

  /// The next token that is no line end.
  private func following(_ index: Int, in tokens: [Token]) -> Token? {
    guard tokens[index].isNewline else { return nil }
    let next = index + 1
    return tokens.indices.contains(next) ? tokens[next] : nil
  }

  private mutating func add(_ token: Token, next: Token?) {
    switch token.kind {
    case .symbol(.leftParenthesis): depth += 1
    case .symbol(.rightParenthesis): depth = max(0, depth - 1)
    case .symbol(.semicolon): depth = 0
    case .invalid: closeSwallowed(before: token)
    case .newline:
      guard let next, !next.isNewline, endsStatement(before: next) else { return }
      depth = 0
    default: break
    }
    result.append(token)
  }

  private func endsStatement(before next: Token) -> Bool {
    guard let last = result.last, !last.isNewline else { return false }
    if depth > 0 { return startsDefinition(next) }
    if case .expected = next.kind { return true }
    return next.kind != .symbol(.pipe) && !asksForMore
  }

  /// A string without an end holds the parentheses that were to close after it.
  private mutating func closeSwallowed(before token: Token) {
    guard token.span.lower == token.span.upper, case .string(let text) = result.last?.kind else { return }
    for byte in text.utf8 where depth > 0 {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
    }
  }

  private var asksForMore: Bool { Self.asksForMore(after: result[...]) }

  /// Whether the statement goes on after a line that ends with these tokens.
  static func asksForMore(after tokens: ArraySlice<Token>) -> Bool {
    guard let last = tokens.last else { return false }
    switch last.kind {
    case .symbol(let symbol): return symbol.continuesLine
    case .word(let text):
      let isPathPart = tokens.dropLast().last?.kind == .symbol(.dot)
      return !isPathPart && Keyword.continuesLine(text)
    default: return false
    }
  }

  private func startsDefinition(_ token: Token) -> Bool {
    guard case .word(let text) = token.kind else { return false }
    let lower = token.span.lower
    let startsLine = lower == 0 || (lower <= utf8.count && utf8[lower - 1] == UInt8(ascii: "\n"))
    return startsLine && (Keyword.define.spells(text) || Keyword.let.spells(text))
  }
}
