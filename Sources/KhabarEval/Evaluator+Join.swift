import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Every pair of rows for which the condition holds, by left row, then by right row.
  func join(_ left: RowSet, _ right: RowSet, on condition: PlanExpression) throws(EvaluationError) -> Table {
    guard case .table(let first) = left, case .table(let second) = right else {
      return Table(columns: [], rows: [])
    }
    var joined = Table(columns: first.columns + second.columns, rows: [])
    try step(.join, of: first.rows.count) { () throws(EvaluationError) in
      for (position, row) in first.rows.enumerated() {
        for start in stride(from: 0, to: second.rows.count, by: Self.batchSize) {
          try report(position, rows: joined.rows.count)
          try control.check(rows: joined.rows.count)
          let pairs = second.rows[start..<min(start + Self.batchSize, second.rows.count)].map { row + $0 }
          let truths = try truths(condition, .rows(pairs[...]))
          for (pair, truth) in zip(pairs, truths) where truth == .true { joined.rows.append(pair) }
        }
      }
    }
    return joined
  }
}
