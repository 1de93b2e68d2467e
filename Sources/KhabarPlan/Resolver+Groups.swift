import KhabarSyntax

// Groups: `summarize AGG, … by E, … [dense]`.
extension Resolver {
  mutating func summarize(
    _ aggregates: [NamedExpression], _ keys: [NamedExpression], _ dense: Span?, _ rows: Rows
  ) -> Rows? {
    let columns = columns(keys, rows, areKeys: true)
    let resolved = aggregates.map { aggregate($0, keys: keys, rows) }
    let found = resolved.compactMap(\.self)
    guard let columns, found.count == resolved.count else { return nil }
    var grouping = PlanGrouping(keys: columns, aggregates: found)
    if let dense {
      guard let key = denseKey(columns, dense) else { return nil }
      grouping.dense = DenseKey(key, span: dense)
    }
    var names = ColumnNames(taken: columns.map(\.name))
    for index in found.indices { grouping.aggregates[index].name = names.fresh(found[index].name) }
    var rows = rows
    rows.plan = .aggregate(rows.plan, grouping)
    var shapes = grouping.columns
    let shown = columns.map(\.expression) + found.map(\.argument)
    for (index, expression) in shown.enumerated() {
      shapes[index].known = expression.flatMap { rows.scope.known(of: $0) }
    }
    rows.shape = .columns(shapes)
    return rows
  }

  /// The last key that is a period of time: the one along which gaps are filled.
  private mutating func denseKey(_ keys: [PlanColumn], _ span: Span) -> Int? {
    let index = keys.lastIndex { key in
      guard case .call(let function, _) = key.expression.kind else { return false }
      return function.isPeriod
    }
    if index == nil {
      report(
        .misplaced(
          "`dense` fills the gaps between times, and no key here is a period of time", span: span,
          hint: "group by `year(…)`, `quarter(…)`, `month(…)` or `day(…)`, as in `by month(time) dense`"))
    }
    return index
  }

  // MARK: - Aggregates

  private mutating func aggregate(_ named: NamedExpression, keys: [NamedExpression], _ rows: Rows)
    -> PlanAggregate?
  {
    var found: PlanAggregate?
    if case .call(let name, let arguments) = named.expression.kind, name.text == AggregateFunction.rolling {
      found = rolling(arguments, keys: keys, rows, named.expression.span)
    } else {
      found = aggregate(named.expression, rows)
    }
    if let name = named.name?.text { found?.name = name }
    return found
  }

  /// `rolling(AGG, N)`
  private mutating func rolling(
    _ arguments: [Expression], keys: [NamedExpression], _ rows: Rows, _ span: Span
  ) -> PlanAggregate? {
    guard arguments.count == 2 else {
      report(
        .misplaced(
          "`rolling` takes an aggregate and a number of groups; found \(arguments.count) of the two",
          span: span, hint: "for example `rolling(avg(score), 3)`"))
      return nil
    }
    guard !keys.isEmpty else {
      report(
        .misplaced(
          "`rolling` rolls over groups, and there is one group only", span: span,
          hint: "say along what it rolls, as in `by month(time)`"))
      return nil
    }
    let inner = aggregate(arguments[0], rows)
    let count = wholeNumber(arguments[1], "a number of groups, 1 or more", atLeast: 1)
    guard var inner, let count else { return nil }
    inner.name = "rolling_\(inner.name)"
    inner.rolling = count
    return inner
  }

  private mutating func aggregate(_ expression: Expression, _ rows: Rows) -> PlanAggregate? {
    switch expression.kind {
    case .path(let names) where names.count == 1 && names[0].text == AggregateFunction.count.rawValue:
      return PlanAggregate(name: "count", function: .count, argument: nil, type: .number)
    case .call(let function, let arguments):
      guard let function = AggregateFunction(rawValue: function.text.lowercased()), arguments.count <= 1
      else { break }
      guard let argument = arguments.first else {
        guard function == .count else { break }
        return PlanAggregate(name: "count", function: .count, argument: nil, type: .number)
      }
      guard let value = self.expression(asField(argument, rows), in: rows.scope) else { return nil }
      return typed(function, value, name: expression.columnName)
    default: break
    }
    report(.notAnAggregate(span: expression.span))
    return nil
  }

  /// `count(actors)` inside `summarize` speaks of the field, even where the parser has read a query.
  private func asField(_ argument: Expression, _ rows: Rows) -> Expression {
    guard case .query(let query) = argument.kind, case .phrase(let phrase) = query.source,
      query.stages.isEmpty,
      phrase.clauses.isEmpty, phrase.adjectives.isEmpty
    else { return argument }
    switch phrase.noun.kind {
    case .rows(let noun):
      return Expression(.path([Name(noun.rawValue, span: argument.span)]), span: argument.span)
    case .word(let name): return Expression(.path([name]), span: argument.span)
    default: return argument
    }
  }

  private mutating func typed(_ function: AggregateFunction, _ value: PlanExpression, name: String)
    -> PlanAggregate?
  {
    let element = value.type.element
    let type: ValueType
    switch function {
    case .count, .countDistinct: type = .number
    case .list: type = .list(element)
    case .sum, .avg:
      guard element == .number || element == .missing else {
        report(.typeMismatch(found: value.type.name, expected: "a number", span: value.span, hint: nil))
        return nil
      }
      type = .number
    case .min, .max:
      guard element.isOrdered else {
        report(.misplaced("\(element.name) has no least or greatest", span: value.span))
        return nil
      }
      type = element
    }
    return PlanAggregate(name: name, function: function, argument: value, type: type)
  }
}
