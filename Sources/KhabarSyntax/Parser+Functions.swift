// What a script gives names to, besides queries: functions and parameters.

extension Parser {
  /// Def ::= 'def' Word '(' (Word (',' Word)*)? ')' '=' (Query | Expression)
  mutating func parseFunction() throws(Failure) -> FunctionDefinition {
    advanceKeyword()
    let name = try parseFreeName("a function", as: "def met(a, b) = meetings with a, b")
    guard at(.leftParenthesis) else {
      let help = "`let` binds a query and `param` a value; a function is `def \(name.text)() = …`"
      throw fail(.missingArgument("`(` after `\(name.text)`", found: found, help: help))
    }
    let open = advance().span
    var parameters: [Name] = []
    while parameters.isEmpty ? !at(.rightParenthesis) : take(.comma) {
      let parameter = try parseFreeName("a parameter", as: "def met(a, b) = meetings with a, b")
      if parameters.contains(where: { $0.text == parameter.text }) {
        throw fail(
          .statement("another name: `\(parameter.text)` is there already", found: "it again"),
          at: parameter.span)
      }
      parameters.append(parameter)
    }
    try expectClosing(open)
    guard take(.equal) else {
      throw fail(.statement("`=` and what `\(name.text)` stands for", found: found))
    }
    return FunctionDefinition(name: name, parameters: parameters, body: try parseBody(parameters))
  }

  /// A body is a query or an expression by the first thing in it that only one of them has. Where nothing decides, it
  /// is an expression if it begins with a parameter or a field, or is a single word that a field has.
  private mutating func parseBody(_ parameters: [Name]) throws(Failure) -> FunctionDefinition.Body {
    if looksLikeQuery(at: position - 1, default: !beginsWithValue(parameters)) {
      return .query(try parseQuery())
    }
    let outer = hasRow
    hasRow = true
    defer { hasRow = outer }
    return .expression(try parseExpression())
  }

  private func beginsWithValue(_ parameters: [Name]) -> Bool {
    guard case .word(let text) = token.kind else { return true }
    if parameters.contains(where: { $0.text == text }) { return true }
    let spelled = keywords(at: position)
    let keywords = spelled.keywords
    if endsStage(at: position + max(1, spelled.words)),
      keywords.contains(where: { !$0.roles.isDisjoint(with: [.field, .value]) })
    {
      return true
    }
    return keywords.contains { !$0.roles.isDisjoint(with: [.field, .value, .function, .aggregate]) }
      && !keywords.contains { !$0.roles.isDisjoint(with: [.noun, .type, .adjective]) }
  }

  /// Param   ::= 'param' Word '=' Default
  /// Default ::= '-'? Number | Duration | Time | String | 'true' | 'false' | Word
  mutating func parseParameter() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    let name = try parseFreeName("a parameter", as: "param days = 14")
    guard take(.equal) else { throw fail(.statement("`=` and a default for `\(name.text)`", found: found)) }
    let isInParentheses = at(.leftParenthesis) || (at(.minus) && next.kind == .symbol(.leftParenthesis))
    let value = try parseExpression(.sign)
    if !atStatementEnd {
      throw fail(
        .trailing(
          found: found, after: "the end of the statement",
          help: "`param` takes a value; a query is bound by `let`"))
    }
    guard !isInParentheses, value.isParameterDefault else {
      throw fail(
        .statement("a number, a duration, a time, a string or a name", found: "`\(source.text(value.span))`"),
        at: value.span)
    }
    return .parameter(name, value)
  }

  /// A name that means nothing else: it may stand wherever a name, a field or a number may.
  private mutating func parseFreeName(_ what: String, as example: String) throws(Failure) -> Name {
    guard atWord else {
      throw fail(.statement("the name of \(what), as in `\(example)`", found: found))
    }
    guard atParameter else {
      throw fail(.statement("a name for \(what) that is no word of the language", found: found))
    }
    return takeWord()
  }

  /// Whether the word here is no keyword, so that it may be a parameter where a number or a duration stands.
  var atParameter: Bool {
    guard case .word(let text) = token.kind else { return false }
    return Keyword.isFree(text)
  }

  mutating func takeParameter() -> Expression {
    let name = takeWord()
    height = 1
    return Expression(.path([name]), span: name.span)
  }
}

extension Expression {
  /// Whether it is a value as `param` takes it.
  fileprivate var isParameterDefault: Bool {
    switch kind {
    case .number, .duration, .time, .string, .truth: true
    case .path(let names): names.count == 1
    case .unary(.negate, let inner): if case .number = inner.kind { true } else { false }
    default: false
    }
  }
}
