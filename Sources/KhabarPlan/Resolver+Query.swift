import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  mutating func query(_ query: Query) -> Rows? {
    guard var rows = source(query.source) else { return nil }
    for stage in query.stages {
      depth += 1
      if depth > Self.deepest {
        report(.misplaced("more than \(Self.deepest) stages stand upon one another here", span: stage.span))
        return nil
      }
      if let next = self.stage(stage, after: rows) {
        rows = next
      } else if !stage.keepsRows {
        return nil
      }
    }
    return rows
  }

  private mutating func source(_ source: Source) -> Rows? {
    switch source {
    case .phrase(let phrase): return self.phrase(phrase)
    case .path(let path): return self.path(path)
    case .sequence(let sequence): return self.sequence(sequence)
    }
  }

  private mutating func phrase(_ phrase: NounPhrase) -> Rows? {
    guard var rows = noun(phrase.noun) else { return nil }
    guard let kind = rows.kind else {
      return columnsPhrase(rows, phrase)
    }
    rows.known = knowledge(phrase, kind) ?? rows.known
    var conditions: [PlanExpression] = []
    if kind == .event, let known = rows.known {
      let anyReport = PlanExpression.constant(.truth(true), .truth)
      let isKnown = PlanExpression.Kind.someReport(anyReport, known: known, merging: rows.merging)
      conditions.append(PlanExpression(isKnown, .truth, span: phrase.span))
    }
    warnOfStatuses(phrase, rows)
    for adjective in phrase.adjectives {
      if let condition = self.adjective(adjective, rows) { conditions.append(condition) }
    }
    for clause in phrase.clauses {
      if case .asOf = clause.kind { continue }
      if let condition = self.clause(clause, rows) { conditions.append(condition) }
    }
    return rows.filtered(conditions)
  }

  /// Rows of columns take `where` and nothing else.
  private mutating func columnsPhrase(_ rows: Rows, _ phrase: NounPhrase) -> Rows? {
    var conditions: [PlanExpression] = []
    for adjective in phrase.adjectives { _ = self.adjective(adjective, rows) }
    for clause in phrase.clauses {
      guard case .where(let expression) = clause.kind else {
        report(.clauseDoesNotApply(clause.word, noun: rows.name, applicable: ["where"], span: clause.span))
        return nil
      }
      guard let condition = truth(expression, in: rows.scope) else { return nil }
      conditions.append(condition)
    }
    return rows.filtered(conditions)
  }

  /// The day of `as of T`, which holds for the whole phrase and for the stages after it.
  private mutating func knowledge(_ phrase: NounPhrase, _ kind: EntityKind) -> KnowledgeDate? {
    var known: KnowledgeDate?
    for clause in phrase.clauses {
      guard case .asOf(let expression) = clause.kind else { continue }
      guard kind == .event else {
        report(
          .clauseDoesNotApply("as of", noun: kind.plural, applicable: clauseWords(kind), span: clause.span))
        continue
      }
      if known != nil { report(.misplaced("`as of` can be said once", span: clause.span)) }
      if let time = time(expression, in: Scope(shape: .columns([]))) { known = KnowledgeDate(time) }
    }
    return known
  }

  private mutating func warnOfStatuses(_ phrase: NounPhrase, _ rows: Rows) {
    let statuses = phrase.adjectives.filter { adjective in
      Status.allCases.contains { $0.name == adjective.word }
    }
    guard let first = statuses.first, let other = statuses.first(where: { $0.word != first.word }) else {
      return
    }
    report(.twoStatuses(first.word, other.word, rows: rows.name, span: first.span.through(other.span)))
  }

  private mutating func adjective(_ adjective: Adjective, _ rows: Rows) -> PlanExpression? {
    guard let kind = rows.kind, kind == .event || kind == .report else {
      report(
        .clauseDoesNotApply(
          adjective.word, noun: rows.name, applicable: rows.kind.map(clauseWords) ?? ["where"],
          span: adjective.span)
      )
      return nil
    }
    if let status = Status.allCases.first(where: { $0.name == adjective.word }) {
      guard let field = rows.scope.field("status", span: adjective.span) else { return nil }
      return lookup(field, codes: [Int(status.rawValue)], span: adjective.span)
    }
    guard kind == .event, let field = rows.scope.field("contested", span: adjective.span) else {
      report(.misplaced("only events are contested", span: adjective.span))
      return nil
    }
    return field
  }

  // MARK: - Nouns

  private mutating func noun(_ noun: Noun) -> Rows? {
    switch noun.kind {
    case .rows(let rows): return self.rows(rows, span: noun.span)
    case .group(let query): return self.query(query)
    case .entity(let kind, let name):
      let kind = kind.entityKind
      return entity(name, kind).map { Rows(plan: .records(kind, [$0]), shape: .records(kind)) }
    case .table(let name): return table(name)
    case .word(let name): return word(name)
    case .call(let name, _):
      reportUnknownFunction(name)
      return nil
    }
  }

  private mutating func rows(_ noun: RowNoun, span: Span) -> Rows? {
    switch noun {
    case .events: return all(.event)
    case .actors: return all(.actor)
    case .places: return all(.place)
    case .reports: return all(.report)
    case .articles: return all(.article)
    case .people: return actors(.person, span)
    case .states: return actors(.state, span)
    case .organizations: return actors(.organization, span)
    case .groups: return actors(.group, span)
    }
  }

  private mutating func table(_ name: Name) -> Rows? {
    switch environment.tables.table(name.text) {
    case .success(let table): return Rows(plan: .table(table), shape: .columns(table.columns))
    case .failure(let error):
      report(.wrongTable(error, file: name))
      return nil
    }
  }

  private func all(_ kind: EntityKind) -> Rows { Rows(plan: .scan(kind), shape: .records(kind)) }

  private func actors(_ kind: ActorKind, _ span: Span) -> Rows {
    let rows = all(.actor)
    guard let field = rows.scope.field("kind", span: span) else { return rows }
    return rows.filtered([lookup(field, codes: [Int(kind.rawValue)], span: span)])
  }

  /// A name bound by `let`, else an event type's noun, else the name of one entity.
  private mutating func word(_ name: Name) -> Rows? {
    if !name.isQuoted {
      if let binding = environment.bindings[name.text] {
        return bound(binding)
      }
      if let meaning = store.vocabulary.noun(name.text) { return events(meaning, name.span) }
    }
    switch store.names.resolve(name.text, .rows) {
    case .found(let found) where found.count == 1:
      let entity = found[0]
      return Rows(plan: .records(entity.kind, [entity.index]), shape: .records(entity.kind))
    case .found(let candidates), .ambiguous(let candidates):
      report(.ambiguousName(name, expected: "thing", candidates: candidates.map { nounForm($0, name) }))
    case .unknown:
      // A noun of several words is quoted, as a name is.
      if name.isQuoted, let meaning = store.vocabulary.noun(name.text) { return events(meaning, name.span) }
      reportUnknownNoun(name)
    }
    return nil
  }

  mutating func bound(_ query: ResolvedQuery) -> Rows {
    depth = max(depth, query.depth + 1)
    return Rows(query)
  }

  /// `place Moscow`: how to say which one is meant.
  private func nounForm(_ entity: EntityName, _ name: Name) -> String {
    "\(entity.kind.name) \(store.id(entity.kind, entity.index))"
  }

  private func events(_ meaning: Vocabulary.NounMeaning, _ span: Span) -> Rows {
    let rows = all(.event)
    var conditions: [PlanExpression] = []
    if let type = rows.scope.field("type", span: span) {
      conditions.append(lookup(type, codes: types(meaning), span: span))
    }
    if meaning.mode >= 0, let mode = rows.scope.field("mode", span: span) {
      conditions.append(lookup(mode, codes: [Int(meaning.mode)], span: span))
    }
    return rows.filtered(conditions)
  }

  private func types(_ meaning: Vocabulary.NounMeaning) -> [Int] {
    guard meaning.includesSubtypes else { return [Int(meaning.type)] }
    return store.vocabulary.types.indices.filter { store.vocabulary.isType(Int16($0), meaning.type) }
  }

  private mutating func reportUnknownNoun(_ name: Name) {
    let nouns =
      RowNoun.allCases.map(\.rawValue) + environment.bindings.keys.sorted() + store.vocabulary.nounSuggestions
    var suggestions = name.isQuoted ? [] : Spelling.nearest(to: name.text, in: nouns)
    suggestions += suggestedNames(name, .rows)
    var hint =
      suggestions.isEmpty ? "a query begins with a noun: `events`, `meetings`, `people`, a name" : nil
    if environment.functions[name.text] != nil {
      hint = "`\(name.text)` is a function: write `\(name.text)(…)`"
    }
    report(.unknownNoun(name, suggestions: Array(suggestions.prefix(3)), hint: hint))
  }

  // MARK: - Paths

  private mutating func path(_ path: Path) -> Rows? {
    let from = entity(path.from, .actor)
    let to = entity(path.to, .actor)
    var through: Plan?
    if let query = path.through {
      guard let rows = self.query(query) else { return nil }
      guard rows.kind == .event else {
        report(.differentRows("events", rows.name, span: query.span))
        return nil
      }
      through = rows.plan
    }
    let limit = path.steps.flatMap { wholeNumber($0, "a number of steps, 1 or more", atLeast: 1) }
    guard let from, let to, !hasErrors else { return nil }
    let search = PathSearch(from: from, to: to, through: through, limit: limit)
    return Rows(plan: .path(search), shape: .columns(PathSearch.columns))
  }

  mutating func wholeNumber(_ expression: Expression, _ expected: String, atLeast least: Int) -> Int? {
    guard case .number(let literal) = expression.kind, let number = Int(exactly: literal.value),
      number >= least
    else {
      var hint: String?
      if case .path(let names) = expression.kind, let name = names.first {
        hint = "no parameter is called `\(name.text)`"
      }
      let found = SyntaxPrinter().print(expression)
      report(.wrongNumber(expected, found: found, span: expression.span, hint: hint))
      return nil
    }
    return number
  }
}

extension EntityNoun {
  var entityKind: EntityKind {
    switch self {
    case .event: .event
    case .actor: .actor
    case .place: .place
    case .article: .article
    }
  }
}
