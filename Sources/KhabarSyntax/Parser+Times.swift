import EDTF

extension Parser {
  /// Time ::= Sum                 in which a parenthesis holds a query unless it is plainly an expression
  mutating func parseTime(after keyword: Keyword) throws(Failure) -> Expression {
    listener?.hear([.event, .binding], at: position)
    listener?.hearTrial("select earliest(", ")", at: position)
    if listener != nil { _ = at(.today) }
    guard startsTime else { throw fail(.expectedTime(after: keyword.english, found: found)) }
    let outer = prefersQueries
    prefersQueries = true
    defer { prefersQueries = outer }
    let time = try parseExpression(.sum)
    tallest = max(tallest, height)
    return time
  }

  private var startsTime: Bool {
    mutating get {
      switch token.kind {
      case .number, .time, .string, .invalid, .symbol(.leftParenthesis), .symbol(.minus): return true
      case .word:
        // `to`, `within` and `about` are fields too, but here the time was left out before a clause.
        let named = keywordsHere.keywords.filter { !$0.roles.isDisjoint(with: .operand) }
        if named.contains(where: { !$0.roles.contains(.clause) }) { return true }
        return !hasRole([.clause, .operator], at: position) && !keywordsHere.keywords.contains(.asOf)
      default: return false
      }
    }
  }

  /// Duration ::= Number Unit | Word | '(' Expression ')'          a Word is a parameter
  mutating func parseDuration() throws(Failure) -> Expression {
    listener?.hear([.duration], at: position)
    if atParameter { return takeParameter() }
    if at(.leftParenthesis) {
      let open = advance().span
      try enter()
      defer { leave() }
      let expression = try parseExpression()
      try expectClosing(open)
      return expression
    }
    guard case .number(_, let text) = token.kind else {
      throw fail(
        .expectedDuration(found: found, help: "durations are written `14 days`, `2 weeks`, `3 months`"))
    }
    advance()
    guard let unit = at(role: .unit) else {
      let help = "say the unit: `\(text) days`, `\(text) weeks`, `\(text) months` or `\(text) years`"
      throw fail(.expectedDuration(found: "\(found) after `\(text)`", help: help))
    }
    position -= 1
    return try parseDurationLiteral(unit)
  }

  /// Number ('day' | 'days' | 'week' | 'weeks' | 'month' | 'months' | 'year' | 'years')
  mutating func parseDurationLiteral(_ unit: Keyword) throws(Failure) -> Expression {
    let start = token.span
    guard case .number(_, let text) = token.kind, let count = Int(text), count <= 1_000_000 else {
      let help = "durations are whole numbers up to a million of days, weeks, months or years"
      throw fail(.expectedDuration(found: found, help: help))
    }
    advance()
    advanceKeyword()
    height = 1
    let duration = DurationLiteral(count, DurationLiteral.Unit(rawValue: unit.rawValue) ?? .days)
    return Expression(.duration(duration), span: span(from: start))
  }
}
