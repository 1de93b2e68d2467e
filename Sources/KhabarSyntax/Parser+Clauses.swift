import KhabarText

extension Parser {
  /// Whether a clause begins here: its keyword, or `not` or `possibly` before one.
  var atClause: Bool {
    mutating get {
      if at(role: .clause) != nil { return true }
      guard at(.not) || at(.possibly) else { return false }
      return clauseBegins(at: position)
    }
  }

  /// More of `not` and `possibly` than this before a clause are not looked through: it would take squared time.
  private static let mostPrefixes = 16

  func clauseBegins(at index: Int) -> Bool {
    var index = index
    for _ in 0...Self.mostPrefixes {
      if let listener, listener.cursor == index { hearClauses(listener) }
      let spelled = keywords(at: index)
      if spelled.keywords.contains(where: { $0.roles.contains(.clause) }) {
        return !isPlainOperand(spelled, index)
      }
      guard spelled.keywords.contains(.not) || spelled.keywords.contains(.possibly) else { return false }
      index += spelled.words
    }
    return false
  }

  /// Whether a clause's keyword is a field or a function here: `to = x`, `about.name`; `يوم(time)` is `day`, though `يوم`
  /// is `on` too.
  private func isPlainOperand(_ spelled: SpelledKeywords, _ index: Int) -> Bool {
    let next = token(at: index + spelled.words)
    switch next.kind {
    case .symbol(.leftParenthesis):
      return next.span.lower == token(at: index).span.upper
        && spelled.keywords.contains { $0.roles.contains(.function) }
    case .symbol(.minus): return false
    case .symbol(let symbol) where symbol.continuesLine && symbol != .comma && symbol != .pipe:
      return spelled.keywords.contains { !$0.roles.isDisjoint(with: .operand) }
    case .symbol, .newline, .end:
      return spelled.keywords.contains {
        !$0.roles.isDisjoint(with: .operand) && !$0.roles.contains(.clause)
      }
    default: return false
    }
  }

  private func hearClauses(_ listener: ExpectationListener) {
    for row in Keyword.rows where row.roles.contains(.clause) || [.not, .possibly].contains(row.keyword) {
      listener.hear(row.keyword, at: listener.cursor, tokens: tokens)
    }
  }

  /// ('and'? Clause)*
  mutating func parseClauses() -> [Clause] {
    var clauses: [Clause] = []
    while true {
      if at(.comma) || at(.and), clauseBegins(at: position + 1) { advance() }
      if atClause {
        do throws(Failure) {
          clauses.append(try parseClause())
        } catch {
          isTooDeep ? skipStatement() : skipClause()
        }
      } else if atStageEnd {
        return clauses
      } else {
        _ = failUnexpectedWord(afterClause: clauses.last)
        skipClause()
      }
    }
  }

  /// Clause ::= ('not' | 'possibly') Clause | …
  mutating func parseClause() throws(Failure) -> Clause {
    let start = token.span
    try enter()
    defer { leave() }
    if take(.not) { return Clause(.not(try parseClause()), span: span(from: start)) }
    if take(.possibly) { return Clause(.possibly(try parseClause()), span: span(from: start)) }
    guard let keyword = at(role: .clause) else {
      throw fail(.unexpectedWord(found: found, help: nil, fixIt: nil))
    }
    let kind = try parseClauseKind(keyword)
    return Clause(kind, span: span(from: start))
  }

  /// With | Without | By | To | HostedBy | In | TimeClause | Between | Within | About | AccordingTo | ReportedBy
  /// | ReportedIn | AsOf | Representing | Where
  private mutating func parseClauseKind(_ keyword: Keyword) throws(Failure) -> Clause.Kind {
    if let time = TimeOperator(rawValue: keyword.rawValue) {
      advanceKeyword()
      return .time(time, try parseTime(after: keyword))
    }
    switch keyword {
    case .with: return try parseWith()
    case .by: return .with(try parseNames(after: .by, [.actor]), role: Name("actor"))
    case .to: return .with(try parseNames(after: .to, [.actor]), role: Name("recipient"))
    case .hostedBy: return .with(try parseNames(after: .hostedBy, [.actor]), role: Name("host"))
    case .without: return .without(try parseNames(after: .without, [.actor]))
    case .in: return .place(try parseNames(after: .in, [.place]))
    case .about: return .about(try parseNames(after: .about, [.topic, .context, .event, .actor, .place]))
    case .accordingTo: return .accordingTo(try parseNames(after: .accordingTo, [.actor]))
    case .reportedBy: return .reportedBy(try parseNames(after: .reportedBy, [.publisher]))
    case .reportedIn: return .reportedIn(try parseNames(after: .reportedIn, [.article]))
    case .representing: return .representing(try parseNames(after: .representing, [.actor]))
    case .between: return try parseBetween()
    case .within: return try parseWithin()
    case .asOf:
      advanceKeyword()
      return .asOf(try parseTime(after: .asOf))
    default: return try parseWhere()
    }
  }

  /// With ::= 'with' Names ('as' Name)?
  private mutating func parseWith() throws(Failure) -> Clause.Kind {
    let names = try parseNames(after: .with, [.actor])
    guard take(.asRole) else { return .with(names, role: nil) }
    listener?.hear([.value(ofField: "role")], at: position)
    guard atString || atWord else {
      throw fail(
        .expectedName("a role", after: "as", found: found, help: "roles are `actor`, `recipient`, `host`"))
    }
    return .with(names, role: takeOperandName())
  }

  /// Between ::= 'between' Time 'and' Time
  private mutating func parseBetween() throws(Failure) -> Clause.Kind {
    advanceKeyword()
    let first = try parseTime(after: .between)
    try expect(.and, after: "the first time of `between`")
    return .between(first, try parseTime(after: .and))
  }

  /// Within ::= 'within' Duration 'of' Time
  private mutating func parseWithin() throws(Failure) -> Clause.Kind {
    advanceKeyword()
    let duration = try parseDuration()
    try expect(.of, after: "the duration of `within`")
    return .within(duration, of: try parseTime(after: .of))
  }

  /// Where ::= 'where' Expression
  private mutating func parseWhere() throws(Failure) -> Clause.Kind {
    advanceKeyword()
    isInPhrase = true
    defer { isInPhrase = false }
    do throws(Failure) {
      return .where(try parseExpression())
    } catch {
      skipStage()
      throw error
    }
  }

  // MARK: - Names

  /// Names ::= ('any of' | 'exactly')? Name ((',' | 'and') Name | AttachedName)*
  mutating func parseNames(after keyword: Keyword, _ kinds: Set<NameKind>) throws(Failure) -> NameList {
    advanceKeyword()
    let start = token.span
    let quantifier: NameList.Quantifier = take(.anyOf) ? .any : take(.exactly) ? .exactly : .all
    var names = [try parseName(after: keyword, kinds)]
    while true {
      if let name = takeAttachedName() {
        names.append(name)
        continue
      }
      guard at(.comma) || at(.and), !clauseBegins(at: position + keywordsLength) else { break }
      let isComma = at(.comma)
      advanceKeyword()
      if isComma, at(.and), !clauseBegins(at: position + keywordsLength) { advanceKeyword() }
      names.append(try parseName(after: keyword, kinds))
    }
    return NameList(quantifier, names, span: span(from: start))
  }

  /// AttachedName ::= 'و' and a name, in one word, as Arabic is written: `مع أرمينيا وأذربيجان`. Two names in a row would
  /// be an error, so no name that begins with و is lost.
  private mutating func takeAttachedName() -> Name? {
    guard case .word(let text) = token.kind, text.first == "و", text.unicodeScalars.count > 3,
      keywordsHere.words == 0,
      Keyword.keyword(spelledBy: String(text.dropFirst()), as: [.clause, .operator, .structure]) == nil
    else { return nil }
    let span = Span(token.span.lower + "و".utf8.count, token.span.upper)
    advance()
    return Name(String(text.dropFirst()), span: span)
  }

  private var keywordsLength: Int { mutating get { max(1, keywordsHere.words) } }

  /// Name ::= Word | String              not a clause's keyword, an operator, …
  mutating func parseName(after keyword: Keyword, _ kinds: Set<NameKind>) throws(Failure) -> Name {
    listener?.hear(kinds, at: position)
    if atString { return takeWord() }
    if atWord, !hasRole([.clause, .operator, .structure], at: position) { return takeWord() }
    let isTime = keyword == .in && (isNumberOrTime)
    let help =
      isTime
      ? "time clauses begin with `during`, `on`, `before`, …, as in `during \(source.text(token.span))`"
      : atWord ? "a name that is a keyword is quoted: `\"\(source.text(token.span))\"`" : nil
    throw fail(.expectedName("a name", after: keyword.english, found: found, help: help))
  }

  private var isNumberOrTime: Bool {
    switch token.kind {
    case .number, .time: true
    default: false
    }
  }

  // MARK: - What is no clause

  /// A word after a phrase that begins no clause: a keyword misspelled, or a name of two words without quotes.
  mutating func failUnexpectedWord(afterClause last: Clause?) -> Failure {
    guard case .word(let text) = token.kind else { return failUnexpectedToken() }
    if let help = ForeignWords.clauseHelp(for: text) {
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    if let stage = at(role: .stage), !stage.roles.contains(.clause) {
      let help = "stages come after `|`: write `| \(source.text(token.span))`"
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    if at(.and) || at(.or) {
      let help =
        at(.or) && last?.hasNames == true
        ? "for events with any of several names write `any of A, B`, as in `with any of Lavrov, Blinken`"
        : "`and` joins clauses; rows of two queries are joined with `| union (…)`"
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    if at(.not) || at(.possibly) {
      let help =
        "`\(text)` stands before a clause, as in `\(text) in Moscow`; other conditions follow `where`"
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    if let help = ForeignWords.timeHelp(for: text) {
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    if let nearest = Keyword.nearest(to: text, with: .clause) {
      let fixIt = nearest.contains(" ") ? nil : Diagnostic.FixIt(token.span, nearest)
      return fail(.unexpectedWord(found: found, help: "did you mean `\(nearest)`?", fixIt: fixIt))
    }
    return failLongName()
  }

  private mutating func failUnexpectedToken() -> Failure {
    let text = source.text(token.span)
    if case .word(let previous) = token(at: position - 1).kind,
      let help = ForeignWords.timeHelp(for: previous)
    {
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    let help: String? =
      switch token.kind {
      case .string: "say how it takes part, as in `with \(text)`"
      case .number, .time: "say how the time bounds it, as in `during \(text)` or `before \(text)`"
      case .symbol: quotedRun.map { "a name with a sign in it is quoted: `\"\($0)\"`" }
      default: nil
      }
    return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
  }

  /// The text without blanks around this place, where a word touches it: `U.S.`
  private var quotedRun: String? {
    let previous = token(at: position - 1)
    guard case .word = previous.kind, previous.span.upper == token.span.lower else { return nil }
    var upper = token.span.upper
    var index = position + 1
    while token(at: index).span.lower == upper, token(at: index).span.upper > upper,
      !isEnd(token(at: index).kind)
    {
      upper = token(at: index).span.upper
      index += 1
    }
    return source.text(Span(previous.span.lower, upper))
  }

  private func isEnd(_ kind: Token.Kind) -> Bool {
    [.newline, .symbol(.pipe), .symbol(.rightParenthesis), .symbol(.comma), .symbol(.semicolon)].contains(
      kind)
  }

  /// Whether the word at `index` ends a name: it follows a clause's keyword, a comma or `and`, or is the whole query.
  private func endsName(_ index: Int) -> Bool {
    guard !hasRole([.noun, .adjective, .clause, .operator], at: index) else { return false }
    switch token(at: index - 1).kind {
    case .symbol(.comma), .symbol(.leftParenthesis), .newline, .symbol(.semicolon): return true
    default:
      let before = keywords(at: index - 1).keywords
      return index == 0 || before.contains(.and)
        || (hasRole([.clause, .entity], at: index - 1) && !before.contains(.where))
    }
  }

  /// The words on both sides of this place look like one name.
  private mutating func failLongName() -> Failure {
    let previous = token(at: position - 1)
    guard case .word = previous.kind, endsName(position - 1) else {
      let help = "clauses begin with `with`, `by`, `in`, `before`, `during`, `about`, `where`, …"
      return fail(.unexpectedWord(found: found, help: help, fixIt: nil))
    }
    var span = previous.span
    var index = position
    while case .word = token(at: index).kind, keywords(at: index).words == 0 {
      span = span.through(token(at: index).span)
      index += 1
    }
    span = span.through(token.span)
    let quoted = "\"\(source.text(span))\""
    let help = "a name of several words is quoted: `\(quoted)`"
    return fail(.unexpectedWord(found: found, help: help, fixIt: Diagnostic.FixIt(span, quoted)))
  }
}

extension Clause {
  /// Whether it ends with names.
  fileprivate var hasNames: Bool {
    switch kind {
    case .not(let inner), .possibly(let inner): inner.hasNames
    case .with, .without, .place, .about, .accordingTo, .reportedBy, .reportedIn, .representing: true
    default: false
    }
  }
}
