import KhabarSyntax

// The walk over the tree. What is no parameter and no call keeps its form.

extension Expander {
  mutating func query(_ query: Query) -> Query {
    descend(query, query.span) { this in
      var query = query
      query.source = this.source(query.source)
      query.stages = query.stages.map { this.stage($0) }
      query.span = this.place(query.span)
      return query
    }
  }

  private mutating func source(_ source: Source) -> Source {
    switch source {
    case .phrase(var phrase):
      for index in phrase.adjectives.indices {
        phrase.adjectives[index].span = place(phrase.adjectives[index].span)
      }
      phrase.noun = noun(phrase.noun)
      phrase.clauses = phrase.clauses.map { clause($0) }
      phrase.span = place(phrase.span)
      return .phrase(phrase)
    case .path(var path):
      path.from = name(path.from)
      path.to = name(path.to)
      path.through = path.through.map { query($0) }
      path.steps = path.steps.map { expression($0) }
      path.span = place(path.span)
      return .path(path)
    case .sequence(var pattern):
      pattern.key = pattern.key.map { expression($0) }
      pattern.steps = pattern.steps.map { query($0) }
      pattern.on = pattern.on.map { expression($0) }
      pattern.within = pattern.within.map { expression($0) }
      pattern.until = pattern.until.map { query($0) }
      pattern.span = place(pattern.span)
      return .sequence(pattern)
    }
  }

  // MARK: - Nouns

  private mutating func noun(_ noun: Noun) -> Noun {
    let span = place(noun.span)
    switch noun.kind {
    case .rows: return Noun(noun.kind, span: span)
    case .group(let query): return Noun(.group(self.query(query)), span: span)
    case .entity(let kind, let name): return Noun(.entity(kind, self.name(name)), span: span)
    case .table(let name): return Noun(.table(self.name(name)), span: span)
    case .word(let word):
      guard let value = value(of: word) else { return Noun(.word(name(word)), span: span) }
      return self.noun(for: value, of: word.text, span) ?? noun
    case .call(let called, let arguments):
      let arguments = arguments.map { expression($0) }
      guard let body = expansion(of: called, arguments, noun.span) else {
        return Noun(.call(name(called), arguments), span: span)
      }
      switch body {
      case .query(let query): return Noun(.group(query), span: span)
      case .expression(let value): return self.noun(for: value, of: called.text, span) ?? noun
      }
    }
  }

  /// A value in the place of a noun: a query, or what names one.
  private mutating func noun(for value: Expression, of word: String, _ span: Span) -> Noun? {
    switch value.kind {
    case .query(let query): return Noun(.group(query), span: span)
    case .string(let text): return Noun(.word(Name(text, isQuoted: true, span: value.span)), span: span)
    case .path(let names) where names.count == 1:
      let rows = RowNoun(rawValue: names[0].text).map { Noun.Kind.rows($0) }
      return Noun(rows ?? .word(names[0]), span: span)
    default:
      report(
        .typeMismatch(
          found: value.typeName, expected: "a query", span: value.span,
          hint: "`\(word)` stands here for a query or a name"))
      return nil
    }
  }

  // MARK: - Clauses

  private mutating func clause(_ clause: Clause) -> Clause {
    let kind: Clause.Kind
    switch clause.kind {
    case .not(let inner): kind = .not(self.clause(inner))
    case .possibly(let inner): kind = .possibly(self.clause(inner))
    case .with(let names, let role):
      kind = .with(list(names), role: role.map { Name($0.text, isQuoted: $0.isQuoted, span: place($0.span)) })
    case .without(let names): kind = .without(list(names))
    case .place(let names): kind = .place(list(names))
    case .time(let word, let time): kind = .time(word, expression(time))
    case .between(let first, let last): kind = .between(expression(first), expression(last))
    case .within(let length, let time): kind = .within(expression(length), of: expression(time))
    case .about(let names): kind = .about(list(names))
    case .accordingTo(let names): kind = .accordingTo(list(names))
    case .reportedBy(let names): kind = .reportedBy(list(names))
    case .reportedIn(let names): kind = .reportedIn(list(names))
    case .asOf(let time): kind = .asOf(expression(time))
    case .representing(let names): kind = .representing(list(names))
    case .where(let condition): kind = .where(expression(condition))
    }
    return Clause(kind, span: place(clause.span))
  }

  private mutating func list(_ list: NameList) -> NameList {
    NameList(list.quantifier, list.names.map { name($0) }, span: place(list.span))
  }

  // MARK: - Stages

  private mutating func stage(_ stage: Stage) -> Stage {
    let kind: Stage.Kind
    switch stage.kind {
    case .where(let condition): kind = .where(expression(condition))
    case .sort(let keys):
      kind = .sort(keys.map { SortKey(expression($0.expression), isDescending: $0.isDescending) })
    case .take(let count): kind = .take(expression(count))
    case .skip(let count): kind = .skip(expression(count))
    case .top(let count, let key): kind = .top(expression(count), by: expression(key))
    case .distinct(let keys): kind = .distinct(keys.map { expression($0) })
    case .select(let columns): kind = .select(self.columns(columns))
    case .summarize(let aggregates, let keys, let dense):
      kind = .summarize(columns(aggregates), by: columns(keys), dense: dense.map { place($0) })
    case .join(let other, let name, let condition):
      kind = .join(query(other), as: name, on: expression(condition))
    case .union(let other): kind = .union(query(other))
    case .intersect(let other): kind = .intersect(query(other))
    case .except(let other): kind = .except(query(other))
    case .timeline(let key): kind = .timeline(by: key.map { expression($0) })
    case .chart(let value): kind = .chart(expression(value))
    case .count, .walk, .evidence, .oneADay, .graph: kind = stage.kind
    }
    var result = Stage(kind, span: place(stage.span))
    result.file = stage.file
    return result
  }

  /// A column that showed a parameter keeps the parameter's name.
  private mutating func columns(_ columns: [NamedExpression]) -> [NamedExpression] {
    columns.map { column in
      NamedExpression(expression(column.expression), name: column.name)
    }
  }

  // MARK: - Expressions

  mutating func expression(_ expression: Expression) -> Expression {
    descend(expression, expression.span) { this in
      this.expanded(expression)
    }
  }

  private mutating func expanded(_ expression: Expression) -> Expression {
    let kind: Expression.Kind
    switch expression.kind {
    case .number(var literal):
      literal.span = place(literal.span)
      kind = .number(literal)
    case .string, .time, .duration, .truth, .none: kind = expression.kind
    case .path(let names): return path(names, expression)
    case .call(let called, let arguments):
      let arguments = arguments.map { self.expression($0) }
      switch expansion(of: called, arguments, expression.span) {
      case .query(let query): kind = .query(query)
      case .expression(let value): return value
      case nil: kind = .call(Name(called.text, span: place(called.span)), arguments)
      }
    case .unary(let op, let operand): kind = .unary(op, self.expression(operand))
    case .binary(let op, let left, let right):
      kind = .binary(op, self.expression(left), self.expression(right))
    case .between(let value, let first, let last):
      kind = .between(self.expression(value), self.expression(first), self.expression(last))
    case .within(let value, let length, let time):
      kind = .within(self.expression(value), self.expression(length), of: self.expression(time))
    case .member(let value, let list):
      kind = .member(self.expression(value), list.map { self.expression($0) })
    case .memberOfQuery(let value, let query):
      kind = .memberOfQuery(self.expression(value), self.query(query))
    case .query(let query): kind = .query(self.query(query))
    }
    return Expression(kind, span: place(expression.span))
  }

  /// A parameter, or a field of what it stands for.
  private mutating func path(_ names: [Name], _ expression: Expression) -> Expression {
    guard let first = names.first, let value = value(of: first) else {
      let placed = names.map { Name($0.text, isQuoted: $0.isQuoted, span: place($0.span)) }
      return Expression(.path(placed), span: place(expression.span))
    }
    if names.count == 1 { return value }
    guard case .path(let base) = value.kind else {
      report(
        .typeMismatch(
          found: value.typeName, expected: "a field or a name", span: value.span,
          hint: "`\(names.map(\.text).joined(separator: "."))` is a field of it"))
      return expression
    }
    let rest = names.dropFirst().map { Name($0.text, isQuoted: $0.isQuoted, span: place($0.span)) }
    return Expression(.path(base + rest), span: place(expression.span))
  }
}
