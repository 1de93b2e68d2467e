import EDTF
import KhabarText

extension Parser {
  /// Operand ::= Number | Duration | String | Time | 'true' | 'false' | 'none' | 'today' | Call | Field
  ///           | '(' Expression ')' | '(' Query ')'
  mutating func parseOperand() throws(Failure) -> Expression {
    listener?.hear(hasRow ? [.field, .function] : [.function], at: position)
    height = 1
    let start = token.span
    switch token.kind {
    case .number: return try parseNumber()
    case .string(let text):
      advance()
      return Expression(.string(text), span: start)
    case .time(let time):
      advance()
      return Expression(.time(time), span: start)
    case .symbol(.leftParenthesis): return try parseParenthesis()
    default:
      if let literal = takeLiteral() { return literal }
      guard atOperandWord else { throw failOperand() }
      return try parseCallOrField()
    }
  }

  private mutating func failOperand() -> Failure {
    let previous = token(at: position - 1)
    let after: String? = previous.kind == .newline || position == 0 ? nil : source.text(previous.span)
    let isKeyword = atWord
    let help = isKeyword ? "a word that is a keyword is quoted: `\"\(source.text(token.span))\"`" : nil
    return fail(.expectedOperand(after: after, found: found, help: help))
  }

  /// Number followed by a unit is a duration.
  private mutating func parseNumber() throws(Failure) -> Expression {
    guard case .number(let value, let text) = token.kind else { throw failOperand() }
    let start = token.span
    let isDuration = hasRole(.unit, at: position + 1)
    if isDuration || listener != nil {
      let probe = position
      advance()
      if let unit = at(role: .unit), isDuration {
        position = probe
        return try parseDurationLiteral(unit)
      }
      position = probe
    }
    advance()
    return Expression(.number(NumberLiteral(value, text: text, span: start)), span: start)
  }

  private mutating func takeLiteral() -> Expression? {
    let start = token.span
    let kind: Expression.Kind
    switch at(role: .literal) {
    case .true: kind = .truth(true)
    case .false: kind = .truth(false)
    case .none?: kind = .none
    default: return nil
    }
    advanceKeyword()
    return Expression(kind, span: span(from: start))
  }

  /// Whether the word here may name something in an expression: nearly every word may.
  var atOperandWord: Bool {
    mutating get {
      guard atWord else { return false }
      let keywords = keywordsHere.keywords
      if keywords.contains(where: { !$0.roles.isDisjoint(with: .operand) }) { return true }
      let taken: Set<Keyword> = [.as, .by, .byKey, .joinOn, .desc, .asc, .then]
      return !keywords.contains { !$0.roles.isDisjoint(with: [.clause, .operator]) || taken.contains($0) }
    }
  }

  // MARK: - Names

  /// Call  ::= Name '(' (Argument (',' Argument)*)? ')'        Argument ::= Expression | Query
  /// Field ::= Name ('.' Name)*
  private mutating func parseCallOrField() throws(Failure) -> Expression {
    let start = token.span
    if isCall {
      let name = takeOperandName(preferring: [.function, .aggregate])
      return Expression(.call(name, try parseArguments(of: name)), span: span(from: start))
    }
    if at(.today) {
      advanceKeyword()
      return Expression(.call(Name("today", span: start), []), span: start)
    }
    var names = [takeOperandName()]
    while at(.dot) {
      advance()
      listener?.hear([.field], at: position)
      guard atWord else { throw fail(.expectedName("a field's name", after: ".", found: found, help: nil)) }
      names.append(takeOperandName(among: .part))
    }
    return Expression(.path(names), span: span(from: start))
  }

  /// In a sequence's key only a function's name, or an unknown one, directly before the parenthesis is a call.
  private var isCall: Bool {
    mutating get {
      let after = token(at: position + max(1, keywordsHere.words))
      guard after.kind == .symbol(.leftParenthesis) else { return false }
      guard isKey else { return true }
      let last = token(at: position + max(1, keywordsHere.words) - 1)
      let isAdjacent = after.span.lower == last.span.upper
      let keywords = keywordsHere.keywords
      return isAdjacent && (keywords.isEmpty || keywords.contains { $0.roles.contains(.function) })
    }
  }

  /// The word or string here as a name in an expression. Fields, functions and the like are in English whatever
  /// language they were written in.
  mutating func takeOperandName(
    among possible: Keyword.Roles = .operand, preferring roles: Keyword.Roles = [.field, .value]
  ) -> Name {
    let spelled = keywordsHere
    let known: Keyword.Roles = spelled.isArabic ? possible.union(.type) : possible
    let candidates = spelled.keywords.filter { !$0.roles.isDisjoint(with: known) }
    let keyword =
      candidates.first { !$0.roles.isDisjoint(with: roles) }
      ?? candidates.first { !$0.roles.isDisjoint(with: .operand) } ?? candidates.first
    guard let keyword else { return takeWord() }
    let start = token.span
    let text = spelled.isArabic ? keyword.rawValue : Folding.fold(source.text(start))
    advanceKeyword()
    return Name(text, span: span(from: start))
  }

  /// '(' (Argument (',' Argument)*)? ')'
  mutating func parseArguments(of name: Name) throws(Failure) -> [Expression] {
    let takesQuery = ["count", "exists", "value"].contains(name.text)
    let open = token.span
    try enter()
    defer { leave() }
    let outer = (isInPhrase, isKey)
    (isInPhrase, isKey) = (false, false)
    defer { (isInPhrase, isKey) = outer }
    var arguments: [Expression] = []
    var highest = 0
    if takesQuery, looksLikeQuery(at: position, default: !hasRow, isCounted: true) {
      let query = try parseGroup()
      arguments = [Expression(.query(query), span: query.span)]
      highest = height
    } else {
      advance()
      if !at(.rightParenthesis) {
        repeat {
          hearArgument(of: name, arguments.count)
          arguments.append(try parseArgument(of: name))
          highest = max(highest, height)
        } while take(.comma)
      }
      try expectClosing(open)
    }
    height = highest
    try grow()
    return arguments
  }

  /// What may stand as an argument: for functions of one type of values, those.
  private func hearArgument(of name: Name, _ index: Int) {
    guard let listener, let keyword = Keyword(rawValue: name.text) else {
      // What a parameter stands for may be a name.
      self.listener?.hear([.actor, .place, .binding], at: position)
      return
    }
    switch keyword {
    case .if, .coalesce, .rolling: return
    case .count, .exists, .value:
      if keyword != .count { listener.hear([.type, .binding], at: position) }
    case .relation, .relations: listener.hearTrial("select \(name.text)(", ", 2000)", at: position)
    case .round where index > 0: listener.hearTrial("select round(0, ", ")", at: position)
    default:
      let stage = keyword.roles.contains(.aggregate) ? "summarize" : "select"
      listener.hearTrial("\(stage) \(name.text)(", ")", at: position)
    }
  }

  /// Argument ::= Expression | Query          a query as it is goes to what `def` has named, where `,` does not end it
  private mutating func parseArgument(of name: Name) throws(Failure) -> Expression {
    if Keyword.isFree(name.text), looksLikeQuery(at: position - 1, default: false) {
      let query = try parseQuery()
      return Expression(.query(query.inParentheses ?? query), span: query.span)
    }
    prefersQueries = true
    defer { prefersQueries = false }
    let argument = try parseExpression(.or)
    tallest = max(tallest, height)
    return argument
  }

  // MARK: - Parentheses

  /// '(' Expression ')' | '(' Query ')'
  private mutating func parseParenthesis() throws(Failure) -> Expression {
    let start = token.span
    if looksLikeQuery(at: position, default: prefersQueries) {
      let query = try parseGroup()
      try grow()
      return Expression(.query(query), span: span(from: start))
    }
    let open = advance().span
    try enter()
    defer { leave() }
    let outer = (isInPhrase, isKey)
    (isInPhrase, isKey) = (false, false)
    defer { (isInPhrase, isKey) = outer }
    var inner = try parseExpression()
    try expectClosing(open)
    inner.span = span(from: start)
    return inner
  }

  /// Whether a parenthesis holds a query: the first word or sign inside that only one of the two has decides. What is
  /// counted is no condition, so that a word which begins both a clause and a comparison begins a clause there.
  ///
  /// Of parentheses that open together, the innermost is looked into first. If it holds an expression, so do those
  /// around it; if it holds a query, they may hold either: `((meetings) | count)`, `((meetings) + 3 days)`.
  func looksLikeQuery(at open: Int, default isQuery: Bool, isCounted: Bool = false) -> Bool {
    var index = open + 1
    while token(at: index).kind == .symbol(.leftParenthesis) { index += 1 }
    var isQuery = isQuery
    var nesting = index - open - 1
    // The level that is looked into; deeper ones are passed over.
    var level = nesting
    if let decision = firstWordDecides(at: index) {
      if !decision || level == 0 { return decision }
      (isQuery, level) = (true, level - 1)
    }
    while true {
      index += 1
      switch token(at: index).kind {
      case .newline, .end, .symbol(.semicolon): return isQuery
      case .symbol(.leftParenthesis): nesting += 1
      case .symbol(.rightParenthesis):
        nesting -= 1
        if nesting < 0 { return isQuery }
        level = min(level, nesting)
      default:
        guard nesting <= level, let decision = tokenDecides(at: index, default: isQuery, isCounted) else {
          continue
        }
        if !decision || level == 0 { return decision }
        (isQuery, level) = (true, level - 1)
      }
    }
  }

  private func firstWordDecides(at index: Int) -> Bool? {
    switch token(at: index).kind {
    case .number, .time, .symbol: return false
    case .word: break
    default: return nil
    }
    let spelled = keywords(at: index)
    let following = token(at: index + max(1, spelled.words))
    for keyword in spelled.keywords {
      if keyword.roles.contains(.literal) || [.not, .possibly, .today].contains(keyword) { return false }
      if following.kind == .symbol(.leftParenthesis), keyword.roles.contains(.function) { return false }
      if keyword.roles.contains(.adjective), following.kind == .symbol(.leftParenthesis) {
        if following.span.lower > token(at: index).span.upper { return true }
      }
      if case .word = following.kind, !hasRole([.operator], at: index + max(1, spelled.words)) {
        if keyword.roles.contains(.adjective) || keyword == .every || keyword == .path { return true }
        if keyword.roles.contains(.entity) { return true }
      }
      if case .string = following.kind,
        keyword == .table || !keyword.roles.isDisjoint(with: [.entity, .adjective])
      {
        return true
      }
      if keyword.roles.contains(.noun), isTimeClause(at: index + spelled.words) { return true }
    }
    return nil
  }

  /// `before`, `not possibly before`: after a noun the beginning of a clause, since no field that is called like a noun is
  /// a time.
  private func isTimeClause(at index: Int) -> Bool {
    var index = index
    while keywords(at: index).keywords.contains(where: { $0 == .not || $0 == .possibly }) { index += 1 }
    return hasRole(.time, at: index)
      || keywords(at: index).keywords.contains { $0 == .within || $0 == .between }
  }

  private func tokenDecides(at index: Int, default isQuery: Bool, _ isCounted: Bool) -> Bool? {
    switch token(at: index).kind {
    case .symbol(.pipe): return true
    case .symbol(.comma), .symbol(.colon): return isQuery ? nil : false
    case .symbol: return false
    case .word: break
    default: return nil
    }
    let spelled = keywords(at: index)
    let keywords = spelled.keywords
    let after = token(at: index + max(1, spelled.words)).kind
    if keywords.contains(.and), !clauseBegins(at: index + spelled.words) { return false }
    if keywords.contains(.in) { return after != .symbol(.leftParenthesis) }
    if keywords.contains(where: { $0.roles.contains(.clause) && !$0.roles.contains(.operator) }) {
      return true
    }
    if keywords.contains(where: { [.is, .has, .contains, .matches, .or].contains($0) }) { return false }
    if keywords.contains(where: { $0.roles.contains([.clause, .operator]) }) { return isCounted || isQuery }
    return nil
  }
}

extension Query {
  /// The query that it holds in parentheses, if it is no more than that.
  var inParentheses: Query? {
    guard stages.isEmpty, case .phrase(let phrase) = source, phrase.adjectives.isEmpty,
      phrase.clauses.isEmpty,
      case .group(let query) = phrase.noun.kind
    else { return nil }
    return query
  }
}
