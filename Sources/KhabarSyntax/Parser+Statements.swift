import EDTF
import KhabarText

extension Parser {
  /// Statement ::= Let | Def | Param | Define | Import | Set | Explain | Assert | Expect | Print | Query
  mutating func parseStatement() throws(Failure) -> Statement {
    let start = token.span
    let kind: Statement.Kind
    switch at(role: .statement) {
    case .let: kind = try parseLet()
    case .def: kind = .function(try parseFunction())
    case .param: kind = try parseParameter()
    case .define: kind = .define(try parseDefinition())
    case .import: kind = try parseImport()
    case .set: kind = try parseSet()
    case .explain: kind = try parseExplain()
    case .assert: kind = try parseAssert()
    case .expect: kind = try parseExpect()
    case .print: kind = try parsePrint()
    default:
      if let failure = failForeignLanguage() { throw failure }
      kind = .query(try parseQuery())
    }
    return Statement(kind, span: span(from: start))
  }

  /// Let ::= 'let' NounName '=' Query
  private mutating func parseLet() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    guard atString || (atWord && !hasRole(Keyword.Roles.reserved.union([.noun, .adjective]), at: position))
    else {
      throw fail(.statement("a name to bind, as in `let talks = negotiations`", found: found))
    }
    let name = takeNounName()
    guard take(.equal) else { throw fail(.statement("`=` after the name `\(name.text)`", found: found)) }
    return .letBinding(name, try parseQuery())
  }

  /// Import ::= 'import' String
  private mutating func parseImport() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    listener?.hear([.script], at: position)
    guard atString else {
      throw fail(.statement("a file's name in quotes, as in `import \"lib.khabar\"`", found: found))
    }
    return .import(takeWord())
  }

  /// Explain ::= 'explain' 'run'? Query
  private mutating func parseExplain() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    // Without a query after it, `run` is a name.
    let isRun = at(.run) && !endsStage(at: position + keywordsHere.words)
    if isRun { advanceKeyword() }
    return .explain(try parseQuery(), isRun: isRun)
  }

  func endsStage(at index: Int) -> Bool {
    switch token(at: index).kind {
    case .end, .newline, .symbol(.pipe), .symbol(.semicolon): true
    default: false
    }
  }

  /// Set ::= 'set' Word (Word | String | '-'? Number | Time)
  private mutating func parseSet() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    guard atWord else { throw fail(.statement("the name of a setting, as in `set lang ar`", found: found)) }
    let name = Name(source.text(token.span), span: advance().span)
    let start = token.span
    let isNegative = take(.minus)
    switch token.kind {
    case .number(_, let text):
      advance()
      return .set(name, Setting((isNegative ? "-" : "") + text, span: span(from: start)))
    case _ where isNegative: throw fail(.statement("a number after `-`", found: found))
    case .word(let text), .string(let text):
      advance()
      return .set(name, Setting(text, span: span(from: start)))
    case .time(let time):
      advance()
      return .set(name, Setting(time.description, span: span(from: start)))
    default: throw fail(.statement("a value for `\(name.text)`", found: found))
    }
  }

  /// Assert ::= 'assert' Expression (',' String)?
  private mutating func parseAssert() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    let expression = try parseExpression()
    var message: Name?
    if take(.comma) {
      guard case .string(let text) = token.kind else {
        throw fail(.statement("a message in quotes", found: found))
      }
      message = Name(text, isQuoted: true, span: advance().span)
    }
    return .assert(expression, message: message)
  }

  /// Expect ::= 'expect' Query (';'? (Newline ExpectedLine)+)?
  private mutating func parseExpect() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    let query = try parseQuery()
    if at(.semicolon), next.isNewline, case .expected = token(at: position + 2).kind { advance() }
    var lines: [String] = []
    while let line = takeExpected() { lines.append(line) }
    return .expect(query, ExpectedTable(lines))
  }

  // MARK: - Other languages

  /// Words that begin queries elsewhere, and what to write instead.
  private mutating func failForeignLanguage() -> Failure? {
    guard case .word(let text) = token.kind else { return nil }
    let help: String
    switch (Folding.fold(text), next.kind) {
    case ("select", .symbol(.pipe)), ("select", .end): return nil
    case ("select", _): help = "start with the rows and select after `|`, as in `events | select id, time`"
    case ("match", .symbol(.leftParenthesis)):
      help = "ask for chains of actors with `path from A to B`, and for events with clauses: `events with A`"
    case ("from", .word(let rows)): help = "start with the rows themselves, as in `\(rows) where …`"
    case ("insert", .word), ("create", .word), ("update", .word), ("delete", .word):
      if hasRole([.clause, .operator, .adjective], at: position + 1) { return nil }
      help = "models are written in `define` statements, as in `define place utopia ( kind country )`"
    case ("where", _): help = "say first what is asked for, as in `events where status = planned`"
    default: return nil
    }
    return fail(.foreignLanguage(text, help: help))
  }
}
