import KhabarText

extension Parser {
  /// Query ::= Source ('|' Stage)*
  mutating func parseQuery() throws(Failure) -> Query {
    try enter()
    let outer = (tallest, hasRow, isInPhrase, prefersQueries, isKey)
    (tallest, hasRow, isInPhrase, prefersQueries, isKey) = (0, true, false, false, false)
    defer {
      height = tallest + 1
      tallest = max(outer.0, height)
      (hasRow, isInPhrase, prefersQueries, isKey) = (outer.1, outer.2, outer.3, outer.4)
      leave()
    }
    let start = token.span
    var source: Source?
    do throws(Failure) {
      source = try parseSource()
      if !atStageEnd { throw failAfterSource() }
    } catch {
      if isTooDeep { throw error }
      skipStage()
    }
    let stages = try parseStages()
    if tallest >= Self.tallestTree { throw failTooTall() }
    guard let source else { throw Failure() }
    return Query(source, stages: stages, span: span(from: start))
  }

  private mutating func parseStages() throws(Failure) -> [Stage] {
    var stages: [Stage] = []
    while at(.pipe) {
      advance()
      do throws(Failure) {
        stages.append(try parseStage())
        if !atStageEnd { throw failAfterStage() }
      } catch {
        if isTooDeep { throw error }
        skipStage()
      }
    }
    return stages
  }

  private mutating func failAfterSource() -> Failure {
    fail(.trailing(found: found, after: "`|` or the end of the query", help: nil))
  }

  private mutating func failAfterStage() -> Failure {
    var help: String?
    if token(at: position - 2).kind == .symbol(.pipe), hasWord(.count, at: position - 1), at(.byKey) {
      help = "`summarize count by …` counts by group"
    } else if at(.dense) {
      help = "`dense` stands after the keys of groups, as in `summarize count by month(time) dense`"
    }
    return fail(.trailing(found: found, after: "`|` or the end of the stage", help: help))
  }

  /// Source ::= Path | Sequence | Phrase
  private mutating func parseSource() throws(Failure) -> Source {
    let start = token.span
    if at(.path), follows(.from, at: position + keywordsHere.words) { return .path(try parsePath(start)) }
    if at(.every), follows(.sequence, at: position + keywordsHere.words) {
      return .sequence(try parseSequence(start))
    }
    if at(.sequence), startsSequence(at: position + keywordsHere.words) {
      return .sequence(try parseSequence(start))
    }
    return .phrase(try parsePhrase())
  }

  private func hasWord(_ keyword: Keyword, at index: Int) -> Bool {
    keywords(at: index).keywords.contains(keyword)
  }

  /// Whether a keyword stands ahead; at the cursor it may come there.
  private func follows(_ keyword: Keyword, at index: Int) -> Bool {
    listener?.hear(keyword, at: index, tokens: tokens)
    return hasWord(keyword, at: index)
  }

  private func startsSequence(at index: Int) -> Bool {
    token(at: index).kind == .symbol(.leftParenthesis) || follows(.byKey, at: index)
  }

  // MARK: - Noun phrases

  /// Phrase ::= Adjective* Noun Adjective* ('and'? Clause)*
  private mutating func parsePhrase() throws(Failure) -> NounPhrase {
    let start = token.span
    var adjectives = parseAdjectives()
    let noun = try parseNoun(after: adjectives)
    adjectives += parseAdjectives()
    let clauses = parseClauses()
    return NounPhrase(adjectives: adjectives, noun: noun, clauses: clauses, span: span(from: start))
  }

  private mutating func parseAdjectives() -> [Adjective] {
    var adjectives: [Adjective] = []
    while let keyword = at(role: .adjective) {
      let start = token.span
      advanceKeyword()
      adjectives.append(Adjective(keyword.english, span: span(from: start)))
    }
    return adjectives
  }

  /// Noun ::= '(' Query ')' | 'table' (String | Word) | RowNoun | EntityNoun Name | Call | Name
  private mutating func parseNoun(after adjectives: [Adjective]) throws(Failure) -> Noun {
    listener?.hear([.type, .binding, .event, .actor, .place, .article], at: position)
    if listener != nil { _ = at(role: [.noun, .type]) }
    let start = token.span
    switch token.kind {
    case .symbol(.leftParenthesis):
      let query = try parseGroup()
      return Noun(.group(query), span: span(from: start))
    case .string: return Noun(.word(takeNounName()), span: start)
    case .word:
      if let keyword = at(role: .noun) { return try parseKeywordNoun(keyword) }
      if at(role: .reserved) != nil { throw failReservedNoun(after: adjectives) }
      let name = takeNounName()
      guard at(.leftParenthesis), Keyword.isFree(name.text) else {
        return Noun(.word(name), span: span(from: start))
      }
      return Noun(.call(name, try parseArguments(of: name)), span: span(from: start))
    default: throw failNoun(after: adjectives)
    }
  }

  /// '(' Query ')'
  mutating func parseGroup() throws(Failure) -> Query {
    let open = advance().span
    let query = try parseQuery()
    try expectClosing(open)
    return query
  }

  private mutating func parseKeywordNoun(_ keyword: Keyword) throws(Failure) -> Noun {
    let start = token.span
    advanceKeyword()
    if keyword == .table { return try parseTable(start) }
    if let entity = EntityNoun(keyword), atEntityName(entity) {
      return Noun(.entity(entity, takeWord()), span: span(from: start))
    }
    guard let rows = RowNoun(keyword) else { throw fail(.expectedQuery(found: found)) }
    return Noun(.rows(rows), span: span(from: start))
  }

  private mutating func parseTable(_ start: Span) throws(Failure) -> Noun {
    listener?.hear([.file], at: position)
    guard atString || atParameter && next.kind != .symbol(.dot) else {
      let help = "as in `table \"countries.csv\"`"
      throw fail(.expectedName("a file's name in quotes", after: "table", found: found, help: help))
    }
    return Noun(.table(takeWord()), span: span(from: start))
  }

  private mutating func atEntityName(_ entity: EntityNoun) -> Bool {
    listener?.hear([NameKind(entity)], at: position)
    if atString { return true }
    return atWord && !atClause && !hasRole([.clause, .operator, .structure, .adjective], at: position)
  }

  /// A name where a noun stands. An Arabic noun of the vocabulary is its English one.
  mutating func takeNounName() -> Name {
    let spelled = keywordsHere
    if let keyword = spelled.keywords.first(where: { $0.roles.contains(.type) }), spelled.isArabic {
      let start = token.span
      advanceKeyword()
      return Name(keyword.english, span: span(from: start))
    }
    return takeWord()
  }

  private mutating func failNoun(after adjectives: [Adjective]) -> Failure {
    if let adjective = adjectives.last { return fail(.expectedNoun(after: adjective.word, found: found)) }
    return fail(.expectedQuery(found: found))
  }

  private mutating func failReservedNoun(after adjectives: [Adjective]) -> Failure {
    if adjectives.isEmpty, let stage = at(role: .stage) { return fail(.stageWithoutRows(stage.english)) }
    return failNoun(after: adjectives)
  }
}

extension RowNoun {
  /// The rows that a noun in the table means.
  init?(_ keyword: Keyword) {
    switch keyword {
    case .event: self = .events
    case .actor: self = .actors
    case .place: self = .places
    case .report: self = .reports
    case .article: self = .articles
    case .person: self = .people
    case .state: self = .states
    case .organization: self = .organizations
    case .group: self = .groups
    default: self.init(rawValue: keyword.rawValue)
    }
  }
}

extension EntityNoun {
  init?(_ keyword: Keyword) {
    guard keyword.roles.contains(.entity) else { return nil }
    self.init(rawValue: keyword.rawValue)
  }
}
