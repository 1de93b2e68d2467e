import KhabarEval
import KhabarPlan
import KhabarSyntax

extension QueryResult.Row {
  /// The reports behind the row: those of the events it is, or is made of.
  ///
  /// - Returns: A row for each report, with the columns `event`, `article`, `source`, `status`, `certainty`, `gist`, `line`
  ///   and, where the text is attached, `quote`; by event, then by date.
  /// - Throws: `KhabarError` where the query can no longer be run.
  public func evidence() throws -> QueryResult {
    QueryResult(try Evidence.table(of: Evidence.reports(behind: index, of: result.table), in: result.table))
  }
}

/// What an answer rests on.
package enum Evidence {
  /// The reports behind a row of an answer, by event, then by date.
  ///
  /// - Parameter row: The position of the row, from 0.
  package static func reports(
    behind row: Int, of table: ResultTable, control: RunControl = RunControl()
  ) throws -> [Int32] {
    try told { () throws(EvaluationError) in
      try Evaluator.reports(behind: row, of: table, control: control)
    }
  }

  /// Reports as the stage `evidence` shows them.
  package static func table(of reports: [Int32], in table: ResultTable) throws -> ResultTable {
    let environment = Environment(store: table.store, today: Clock.today())
    let query = Resolver.evidence(ofReports: reports, in: environment)
    return try told { () throws(EvaluationError) in try Evaluator.run(query, on: table.store) }
  }

  private static func told<T>(_ body: () throws(EvaluationError) -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw KhabarError([error.diagnostic], in: SourceText(name: "", text: ""))
    }
  }
}
