extension Parser {
  /// Path ::= 'path' 'from' Name 'to' Name ('through' '(' Query ')')? ('within' Count 'steps')?
  mutating func parsePath(_ start: Span) throws(Failure) -> Path {
    advanceKeyword()
    guard at(.from) else { throw fail(.expectedKeyword("from", after: "`path`", found: found)) }
    let from = try parseNameAfter(.from)
    guard at(.to) else { throw fail(.expectedKeyword("to", after: "`\(from.text)`", found: found)) }
    var path = Path(from: from, to: try parseNameAfter(.to), span: start)
    if take(.through) {
      guard at(.leftParenthesis) else {
        throw fail(.missingArgument("`(` after `through`", found: found, help: "as in `through (meetings)`"))
      }
      path.through = try parseGroup()
    }
    if take(.within) {
      path.steps = try parseCount(after: "within")
      try expect(.steps, after: "the number of steps")
    }
    path.span = span(from: start)
    return path
  }

  private mutating func parseNameAfter(_ keyword: Keyword) throws(Failure) -> Name {
    advanceKeyword()
    return try parseName(after: keyword, [.actor])
  }

  /// Sequence ::= 'every'? 'sequence' ('by' Expression)? '(' Query ')' ('then' '(' Query ')')+
  ///              ('on' Expression)? ('within' Duration)? ('until' '(' Query ')')?
  mutating func parseSequence(_ start: Span) throws(Failure) -> SequencePattern {
    let isEvery = take(.every)
    try expect(.sequence, after: "`every`")
    var pattern = SequencePattern(isEvery: isEvery, key: nil, steps: [], span: start)
    if take(.byKey) {
      listener?.hear([.field], at: position)
      for key in [Keyword.actors, .states, .pair, .place] { _ = at(key) }
      pattern.key = try parseKey()
    }
    pattern.steps.append(try parseStep(after: "sequence"))
    guard at(.then) else { throw fail(.expectedKeyword("then", after: "the first step", found: found)) }
    while take(.then) { pattern.steps.append(try parseStep(after: "then")) }
    if take(.on) {
      listener?.hear([.field], at: position)
      pattern.on = try parseExpression(.sum)
    }
    if take(.within) { pattern.within = try parseDuration() }
    if take(.until) { pattern.until = try parseStep(after: "until") }
    pattern.span = span(from: start)
    return pattern
  }

  private mutating func parseStep(after word: String) throws(Failure) -> Query {
    guard at(.leftParenthesis) else {
      let help = "steps are queries in parentheses, as in `sequence (meetings) then (agreements)`"
      throw fail(.missingArgument("`(` after `\(word)`", found: found, help: help))
    }
    return try parseGroup()
  }

  /// A key is an expression before a parenthesis; `pair (` is no call.
  private mutating func parseKey() throws(Failure) -> Expression {
    let outer = isKey
    isKey = true
    defer { isKey = outer }
    return try parseExpression()
  }
}
