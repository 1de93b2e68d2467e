import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

// From a plan to its answer.
//
// What enters: a `ResolvedQuery` and the `EventStore` it was resolved against.
// What leaves: a `ResultTable`.
//
// Rows of records are arrays of row numbers; an operator takes the rows of the one below and gives its own. Expressions are
// evaluated for a batch of up to 1,024 rows at a time, each into one array of its type (`truths`, `codes`, `numbers`,
// `bounds`, or `values` for the rest): conditions of clauses become a pass over a column with a table look-up or a
// comparison of day numbers. A filter over a scan never lists the rows it drops.
//
//     filter lookup(status, {planned}) (filter takesPart({sergei_lavrov}) (scan events))
//     rows 0…1023: truths of the first → rows that are left: truths of the second → appended to the answer
//
// The evaluator asks between batches whether to stop (`RunControl`), so that a query ends soon after Ctrl-C or at a
// limit, and says how far it is.

/// What may stop a query that was understood.
package enum EvaluationError: Error, Sendable {
  case cancelled
  case failed(Diagnostic)

  package var diagnostic: Diagnostic {
    switch self {
    case .cancelled: Diagnostic("E0501", "interrupted", at: .none)
    case .failed(let diagnostic): diagnostic
    }
  }
}

package struct Evaluator {
  static let batchSize = 1024

  let store: EventStore
  let control: RunControl
  /// What need be found out once a run only.
  let memo: Memo
  /// Told of each operator, if it is asked for.
  let profile: Profile?

  package init(
    _ store: EventStore, profile: Profile? = nil, control: RunControl = RunControl()
  ) {
    self.store = store
    self.profile = profile
    self.control = control
    memo = Memo()
  }

  /// For a thread beside another.
  init(_ store: EventStore, memo: Memo, control: RunControl) {
    self.store = store
    self.memo = memo
    self.control = control
    profile = nil
  }

  package static func run(
    _ query: ResolvedQuery, on store: EventStore, profile: Profile? = nil,
    control: RunControl = RunControl()
  ) throws(EvaluationError) -> ResultTable {
    var rewritten = query
    rewritten.plan = Rewriter.rewritten(query.plan)
    var table = try run(ready: ready(query), on: store, profile: profile, control: control)
    table.query = rewritten
    return table
  }

  /// A query with its plan as it is run, which may be done often.
  package static func ready(_ query: ResolvedQuery) -> ResolvedQuery {
    var query = query
    query.plan = DependentExpression.marked(Rewriter.rewritten(query.plan))
    return query
  }

  package static func run(
    ready query: ResolvedQuery, on store: EventStore, profile: Profile? = nil,
    control: RunControl = RunControl()
  ) throws(EvaluationError) -> ResultTable {
    let evaluator = Evaluator(store, profile: profile, control: control)
    var table = try evaluator.result(query.plan, query.shape)
    table.query = query
    table.drawing = query.drawing
    return table
  }

  /// The value of an expression that stands alone.
  package static func value(
    _ expression: PlanExpression, on store: EventStore, control: RunControl = RunControl()
  ) throws(EvaluationError) -> (value: Value, warnings: [Diagnostic]) {
    let evaluator = Evaluator(store, control: control)
    let value = try evaluator.values(expression, .single).first ?? .missing
    return (value, evaluator.memo.warnings)
  }

  private func result(_ plan: Plan, _ shape: RowShape) throws(EvaluationError) -> ResultTable {
    let rows = try rows(plan)
    let table: Table
    switch rows {
    case .table(let found): table = found
    case .records(let kind, let records):
      let id = PlanExpression(.rowItself, .entity(kind))
      table = try project(.records(kind, records), [PlanColumn(kind.name, id)], keepsRecords: true)
    }
    let shapes = if case .columns(let columns) = shape { columns } else { table.columns }
    let columns = shapes.map { ResultTable.Column($0.name, $0.type) }
    return ResultTable(
      columns: columns, rows: table.rows, kind: table.kind, records: table.records, store: store,
      warnings: memo.warnings)
  }

  func checkCancelled() throws(EvaluationError) { try control.check() }

  /// Does something that may take long, as a step that those who wait can see.
  func step<T>(
    _ step: Progress.Step, of total: Int? = nil, _ body: () throws(EvaluationError) -> T
  ) throws(EvaluationError) -> T {
    let outer = control.progress.begin(step, of: total)
    defer { control.progress.end(outer) }
    return try body()
  }

  /// Between batches: whether to go on, and how far it is.
  func report(_ done: Int, rows: Int) throws(EvaluationError) {
    try control.check()
    control.progress.report(done, rows: rows)
  }
}

/// What a run has found out: answers of subqueries, which reports are known on a day, which events were merged, what texts name, warnings.
final class Memo {
  var subqueries: [ObjectIdentifier: Table] = [:]
  var shared: [ObjectIdentifier: RowSet] = [:]
  var members: [ObjectIdentifier: Set<Value>] = [:]
  var hulls: [ObjectIdentifier: TimeBounds?] = [:]
  var knownReports: [ObjectIdentifier: [Bool]] = [:]
  /// What texts name, by what is meant.
  var named: [ValueType: [String: Value]] = [:]
  /// For each event that stands for several, which.
  var merged: [DailyMerge: [Int32: [Int32]]] = [:]
  var truths: [ObjectIdentifier: LookupMemo<Truth>] = [:]
  var bounds: [ObjectIdentifier: LookupMemo<TimeBounds?>] = [:]
  var values: [ObjectIdentifier: LookupMemo<Value>] = [:]
  var numbers: [ObjectIdentifier: LookupMemo<Double>] = [:]
  /// The numbers of keys: see `Groups`.
  var keys: [ObjectIdentifier: LookupMemo<Int32>] = [:]
  /// By type and mode.
  var scores: [Double] = []
  var warnings: [Diagnostic] = []
  /// The queries that a warning has spoken of.
  var warned: Set<ObjectIdentifier> = []

  /// What is known and does not change any more, for another thread: answers of subqueries and what was made of them.
  func forked() -> Memo {
    let memo = Memo()
    memo.subqueries = subqueries
    memo.shared = shared
    memo.members = members
    memo.hulls = hulls
    memo.knownReports = knownReports
    memo.merged = merged
    memo.scores = scores
    memo.warned = warned
    return memo
  }
}

/// Rows under evaluation.
enum RowSet {
  case records(EntityKind, [Int32])
  case table(Table)

  var count: Int {
    switch self {
    case .records(_, let records): records.count
    case .table(let table): table.rows.count
    }
  }

  /// The rows in batches.
  func batches() -> [Batch] {
    stride(from: 0, to: count, by: Evaluator.batchSize).map { start in
      let end = min(start + Evaluator.batchSize, count)
      switch self {
      case .records(let kind, let records): return .records(kind, records[start..<end])
      case .table(let table): return .rows(table.rows[start..<end])
      }
    }
  }

  /// The rows at those positions.
  func picking(_ positions: some Collection<Int>) -> RowSet {
    switch self {
    case .records(let kind, let records): return .records(kind, positions.map { records[$0] })
    case .table(var table):
      table.rows = positions.map { [rows = table.rows] in rows[$0] }
      if table.kind != nil { table.records = positions.map { [records = table.records] in records[$0] } }
      return .table(table)
    }
  }
}

/// Rows of columns; where they are records as well, `records` has the record of each.
struct Table {
  var columns: [ColumnShape]
  var rows: [[Value]]
  var kind: EntityKind?
  var records: [Int32] = []
}

/// The rows that expressions are evaluated for at a time.
enum Batch {
  case records(EntityKind, ArraySlice<Int32>)
  /// Different times of events in place of events that have them, by their indices; -1 for none.
  case eventTimes(ArraySlice<Int32>)
  case rows(ArraySlice<[Value]>)

  /// One row without columns, for expressions that stand alone.
  static let single = Batch.rows([[]])

  var count: Int {
    switch self {
    case .records(_, let records), .eventTimes(let records): records.count
    case .rows(let rows): rows.count
    }
  }
}
