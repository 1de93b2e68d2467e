import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Every pair of rows for which the condition holds, by left row, then by right row.
  ///
  /// Where the condition says that a value of the left is equal to one of the right, the right rows are looked up by that
  /// value; else every pair is tried.
  func join(_ left: RowSet, _ right: RowSet, on condition: PlanExpression) throws(EvaluationError) -> Table {
    guard case .table(let first) = left, case .table(let second) = right else {
      return Table(columns: [], rows: [])
    }
    var joined = Table(columns: first.columns + second.columns, rows: [])
    let partners = try partners(first, second, condition)
    try step(.join, of: first.rows.count) { () throws(EvaluationError) in
      for (position, row) in first.rows.enumerated() {
        let candidates = partners?.of(row: position)
        let count = candidates?.count ?? second.rows.count
        for start in stride(from: 0, to: count, by: Self.batchSize) {
          try report(position, rows: joined.rows.count)
          try control.check(rows: joined.rows.count)
          let pairs = (start..<min(start + Self.batchSize, count)).map {
            row + second.rows[candidates?[$0] ?? $0]
          }
          let truths = try truths(condition, .rows(pairs[...]))
          for (pair, truth) in zip(pairs, truths) where truth == .true { joined.rows.append(pair) }
        }
      }
    }
    return joined
  }

  /// The rows of the right by the value that they share with rows of the left.
  private struct Partners {
    var keys: [Value]
    var rows: [Value: [Int]]

    /// What is missing is equal to nothing.
    func of(row: Int) -> [Int] { keys[row].isMissing ? [] : rows[keys[row]] ?? [] }
  }

  private func partners(
    _ left: Table, _ right: Table, _ condition: PlanExpression
  ) throws(EvaluationError) -> Partners? {
    let width = left.columns.count
    guard let (first, second) = condition.equality(between: width) else { return nil }
    let keys = try values(first, of: .table(left))
    // The right side's columns come after those of the left.
    let padding = [Value](repeating: .missing, count: width)
    var padded = Table(columns: left.columns + right.columns, rows: right.rows.map { padding + $0 })
    padded.kind = nil
    var rows: [Value: [Int]] = [:]
    for (row, key) in try values(second, of: .table(padded)).enumerated() where !key.isMissing {
      rows[key, default: []].append(row)
    }
    return Partners(keys: keys, rows: rows)
  }
}

extension PlanExpression {
  /// Two sides that must be equal, the first of columns before `width`, the other of columns from there on, and whose values
  /// are equal only if they are the same.
  fileprivate func equality(between width: Int) -> (PlanExpression, PlanExpression)? {
    switch kind {
    case .and(let left, let right): return left.equality(between: width) ?? right.equality(between: width)
    case .compare(.equal, let left, let right):
      guard left.type == right.type, left.isEqualOnlyToItself else { return nil }
      if left.uses({ $0 < width }), right.uses({ $0 >= width }) { return (left, right) }
      if right.uses({ $0 < width }), left.uses({ $0 >= width }) { return (right, left) }
      return nil
    default: return nil
    }
  }

  private var isEqualOnlyToItself: Bool {
    switch type {
    case .text, .number, .entity, .symbol, .truth: true
    case .time, .duration, .localized, .list, .missing: false
    }
  }

  /// Whether the expression is made of columns alone, all of them such.
  private func uses(_ isSuch: (Int) -> Bool) -> Bool {
    switch kind {
    case .column(let index): isSuch(index)
    case .through(let base, _): base.uses(isSuch)
    default: false
    }
  }
}
