import KhabarEval
import KhabarPlan

/// How one answer differs from another with the same columns: the rows that only the first has (-), then, among those
/// that only the second has (+), in the order of either; equal rows are counted as often as they come.
struct TableDifference {
  let table: ResultTable
  let summary: String
  let isNone: Bool

  init(_ before: ResultTable, _ after: ResultTable) {
    let gone = TableDifference.surplus(of: before.rows, over: after.rows)
    let new = TableDifference.surplus(of: after.rows, over: before.rows)
    let rows = gone.map { [.text("-")] + $0 } + new.map { [.text("+")] + $0 }
    table = ResultTable(columns: [.init("change", .text)] + after.columns, rows: rows, store: after.store)
    isNone = rows.isEmpty
    summary = "\(gone.count) no longer there, \(new.count) new, \(after.rows.count - new.count) in both"
  }

  private static func surplus(of rows: [[Value]], over others: [[Value]]) -> [[Value]] {
    var left: [[Value]: Int] = [:]
    for row in others { left[row, default: 0] += 1 }
    return rows.filter { row in
      guard let count = left[row], count > 0 else { return true }
      left[row] = count - 1
      return false
    }
  }
}
