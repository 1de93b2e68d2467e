extension Parser {
  /// Define ::= 'define' Word Name? '(' (Entry (',' Entry)* ','?)? ')'
  mutating func parseDefinition() throws(Failure) -> Definition {
    advanceKeyword()
    guard atWord else { throw fail(.definition("what is defined (`person`, `event`, …)", found: found)) }
    let kind = takeWord(spelling: .definition)
    var id: Name?
    if atWord || atString { id = takeWord() }
    guard at(.leftParenthesis) else { throw fail(.definition("`(`", found: found)) }
    return Definition(kind: kind, id: id, entries: try parseEntries())
  }

  /// The word or string here, as it is.
  mutating func takeWord() -> Name {
    let token = advance()
    switch token.kind {
    case .word(let text): return Name(text, span: token.span)
    case .string(let text): return Name(text, isQuoted: true, span: token.span)
    default: return Name(source.text(token.span), span: token.span)
    }
  }

  /// The word here; in English, if it is the Arabic spelling of a keyword with one of the roles.
  private mutating func takeWord(spelling roles: Keyword.Roles) -> Name {
    guard let keyword = keyword(spelledInArabicAs: roles) else { return takeWord() }
    let start = token.span
    advanceKeyword()
    return Name(keyword.english, span: span(from: start))
  }

  private mutating func keyword(spelledInArabicAs roles: Keyword.Roles) -> Keyword? {
    guard keywordsHere.isArabic else { return nil }
    return keywordsHere.keywords.first { !$0.roles.isDisjoint(with: roles) }
  }

  private mutating func parseEntries() throws(Failure) -> [Definition.Entry] {
    let open = advance().span
    try enter()
    defer { leave() }
    var entries: [Definition.Entry] = []
    while !at(.rightParenthesis), !atStatementEnd {
      do throws(Failure) {
        entries.append(try parseEntry())
      } catch {
        if isTooDeep { throw error }
        skipEntry()
      }
      if !take(.comma) { break }
    }
    try expectClosing(open)
    return entries
  }

  /// Entry ::= Word Value*
  private mutating func parseEntry() throws(Failure) -> Definition.Entry {
    guard atWord else { throw fail(.definition("the name of a field", found: found)) }
    let field = takeWord(spelling: .entry)
    var values: [Definition.Value] = []
    while !at(.comma), !at(.rightParenthesis), !atStatementEnd {
      let roles = Definition.roles(ofWordIn: field.text, after: values.last)
      if let keyword = keyword(spelledInArabicAs: roles) {
        let start = token.span
        advanceKeyword()
        values.append(Definition.Value(.word(keyword.english), span: span(from: start)))
      } else {
        values.append(try parseValue())
      }
    }
    return Definition.Entry(field: field, values: values, span: span(from: field.span))
  }

  /// Value ::= Word | String | '-'? Number | Time | '(' (Entry (',' Entry)* ','?)? ')'
  private mutating func parseValue() throws(Failure) -> Definition.Value {
    let start = token.span
    let kind: Definition.Value.Kind
    switch token.kind {
    case .word(let text): kind = .word(text)
    case .string(let text): kind = .string(text)
    case .time(let time): kind = .time(time)
    case .number(let value, let text): kind = .number(NumberLiteral(value, text: text, span: start))
    case .symbol(.minus):
      guard case .number(let value, let text) = next.kind else { throw failValue() }
      advance()
      kind = .number(NumberLiteral(-value, text: "-" + text, span: start.through(token.span)))
    case .symbol(.leftParenthesis):
      let entries = try parseEntries()
      return Definition.Value(.entries(entries), span: span(from: start))
    default: throw failValue()
    }
    advance()
    return Definition.Value(kind, span: span(from: start))
  }

  private mutating func failValue() -> Failure {
    fail(.definition("a word, a string, a number, a time, `,` or `)`", found: found))
  }
}

extension Definition {
  /// What a word among the values of an entry may be beside an id: a mark anywhere; where only words of the
  /// vocabulary stand, one of those.
  static func roles(ofWordIn field: String, after last: Value?) -> Keyword.Roles {
    let takesWords = ["status", "certainty", "kind"].contains(field) || last?.kind == .word("as")
    return takesWords ? [.mark, .value] : .mark
  }
}
