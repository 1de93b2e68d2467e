import EDTF
import KhabarModel
import KhabarSyntax

// Queries whose rows are made of several: sequences and joins.
extension Resolver {
  // MARK: - Sequences

  mutating func sequence(_ pattern: SequencePattern) -> Rows? {
    let steps = pattern.steps.map { events($0) }
    let until = pattern.until.map { events($0) }
    let key = pattern.key.map { sequenceKey($0) }
    let on = pattern.on.map { time($0, in: Scope(shape: .records(.event))) }
    let within = pattern.within.map { duration($0, in: Scope(shape: .columns([]))) }
    guard !hasErrors else { return nil }
    let search = SequenceSearch(
      steps: steps.compactMap { $0?.plan }, key: key ?? nil, on: on ?? nil, within: within ?? nil,
      until: until??.plan, isEvery: pattern.isEvery)
    let columns = search.columns(known: steps.map { $0?.known })
    return Rows(plan: .sequence(search), shape: .columns(columns))
  }

  private mutating func events(_ query: Query) -> Rows? {
    guard let rows = self.query(query) else { return nil }
    guard rows.kind == .event else {
      report(.differentRows("events", rows.name, span: query.span))
      return nil
    }
    return rows
  }

  private mutating func sequenceKey(_ expression: Expression) -> PlanExpression? {
    let scope = Scope(shape: .records(.event))
    return eventKey(expression, in: scope) ?? self.expression(expression, in: scope)
  }

  /// `pair` or `states` of events, which only keys can be.
  func eventKey(_ expression: Expression, in scope: Scope) -> PlanExpression? {
    guard case .records(.event) = scope.shape, case .path(let names) = expression.kind, names.count == 1,
      !names[0].isQuoted, let key = EventKey(rawValue: names[0].text)
    else { return nil }
    return PlanExpression(.eventKey(key), .list(key.type), span: expression.span)
  }

  // MARK: - Joins

  /// Rows of both sides in one: the left side's fields and columns under their own names, the right side's behind `NAME.`.
  mutating func join(_ query: Query, _ name: Name, _ condition: Expression, _ rows: Rows) -> Rows? {
    guard let other = self.query(query) else { return nil }
    let (left, leftColumns) = asColumns(rows, subject: rows.kind?.name ?? "")
    let (right, rightColumns) = asColumns(other, subject: name.text)
    var columns = leftColumns
    var names = ColumnNames(taken: columns.map(\.name))
    for column in rightColumns {
      let isRecord = other.kind != nil
      let joined = isRecord ? name.text : "\(name.text).\(column.name)"
      columns.append(
        ColumnShape(names.fresh(joined), column.type, known: column.known, merging: column.merging))
    }
    let shape = RowShape.columns(columns)
    guard let truth = truth(condition, in: Scope(shape: shape)) else { return nil }
    return Rows(plan: .join(left, right, on: truth), shape: shape)
  }

  /// Records as rows of one column that holds them.
  private func asColumns(_ rows: Rows, subject: String) -> (Plan, [ColumnShape]) {
    switch rows.shape {
    case .columns(let columns): return (rows.plan, columns)
    case .records(let kind):
      let record = PlanColumn(subject, PlanExpression(.rowItself, .entity(kind)))
      let column = ColumnShape(
        subject, .entity(kind), isSubject: true, known: rows.known, merging: rows.merging)
      return (.project(rows.plan, [record], keepsRecords: false), [column])
    }
  }
}
