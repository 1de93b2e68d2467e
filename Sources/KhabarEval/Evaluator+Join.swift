import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Every pair of rows for which the condition holds, by left row, then by right row.
  ///
  /// Where the condition says that values of the left are equal to values of the right, the right rows are looked up by
  /// these; else every pair is tried.
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

  /// The rows of the right by the values that they share with rows of the left.
  private struct Partners {
    /// nil: a value is missing, and so equal to nothing.
    var keys: [[Value]?]
    var rows: [[Value]: [Int]]

    func of(row: Int) -> [Int] { keys[row].flatMap { rows[$0] } ?? [] }
  }

  private func partners(
    _ left: Table, _ right: Table, _ condition: PlanExpression
  ) throws(EvaluationError) -> Partners? {
    let width = left.columns.count
    let equalities = condition.equalities(between: width)
    if equalities.isEmpty { return nil }
    // The right side's columns come after those of the left.
    let padding = [Value](repeating: .missing, count: width)
    var padded = Table(columns: left.columns + right.columns, rows: right.rows.map { padding + $0 })
    padded.kind = nil
    var rows: [[Value]: [Int]] = [:]
    for (row, key) in try keys(equalities.map(\.1), of: .table(padded)).enumerated() {
      if let key { rows[key, default: []].append(row) }
    }
    return Partners(keys: try keys(equalities.map(\.0), of: .table(left)), rows: rows)
  }

  /// Of each row the values of some expressions, such that they are surely equal to others only if they are the same.
  private func keys(_ expressions: [PlanExpression], of table: RowSet) throws(EvaluationError) -> [[Value]?] {
    var keys = [[Value]?](repeating: [], count: table.count)
    for expression in expressions {
      for (row, value) in try values(expression, of: table).enumerated() {
        if let value = value.asKey { keys[row]?.append(value) } else { keys[row] = nil }
      }
    }
    return keys
  }
}

extension Value {
  /// Times that are known to the day are equal to those of the same days; others, and what is missing, surely to none.
  fileprivate var asKey: Value? {
    switch self {
    case .missing: return nil
    case .time(let time):
      guard time.bounds.isExact else { return nil }
      return .list([.number(Double(time.bounds.startMin)), .number(Double(time.bounds.endMin))])
    default: return self
    }
  }
}

extension PlanExpression {
  /// Pairs of sides that must be equal, the first of columns before `width`, the other of columns from there on, and whose
  /// values are surely equal only if they are the same.
  fileprivate func equalities(between width: Int) -> [(PlanExpression, PlanExpression)] {
    switch kind {
    case .and(let left, let right): return left.equalities(between: width) + right.equalities(between: width)
    case .compare(.equal, let left, let right):
      guard left.type == right.type, left.isEqualOnlyToItself else { return [] }
      if left.uses({ $0 < width }), right.uses({ $0 >= width }) { return [(left, right)] }
      if right.uses({ $0 < width }), left.uses({ $0 >= width }) { return [(right, left)] }
      return []
    default: return []
    }
  }

  private var isEqualOnlyToItself: Bool {
    switch type {
    case .text, .number, .entity, .symbol, .truth, .time: true
    case .duration, .localized, .list, .missing: false
    }
  }

  /// Whether the expression is made of columns, and what is the same for all rows, all of the columns such.
  private func uses(_ isSuch: (Int) -> Bool) -> Bool {
    switch kind {
    case .column(let index): isSuch(index)
    case .constant: true
    case .through(let base, _): base.uses(isSuch)
    case .call(let function, let arguments):
      function.isEnd && arguments.allSatisfy { $0.uses(isSuch) }
    case .arithmetic(_, let left, let right): left.uses(isSuch) && right.uses(isSuch)
    default: false
    }
  }
}
