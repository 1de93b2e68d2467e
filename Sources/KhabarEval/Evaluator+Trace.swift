import KhabarModel
import KhabarPlan

// From a row of an answer back to the reports behind it.
//
// A row that is an event, a report or a part in an event has its own reports. Any other is traced down the plan: to the
// rows of the input that it is made of, until these are such rows.
//
//     meetings in Moscow | actors        row 2: Ararat Mirzoyan
//     walk from events to actors         ← the meetings in Moscow in which he takes part
//       filter … scan events             their reports
//
// The plan is run once more for that, operator by operator, so the trace sees what the answer saw.
extension Evaluator {
  /// The reports behind a row of an answer, by event, then by date.
  ///
  /// - Parameter row: The position of the row, from 0.
  package static func reports(
    behind row: Int, of table: ResultTable, control: RunControl = RunControl()
  ) throws(EvaluationError) -> [Int32] {
    guard let query = table.query, table.rows.indices.contains(row) else { return [] }
    let evaluator = Evaluator(table.store, control: control)
    return try evaluator.reports(behind: [row], of: query.plan).sorted()
  }

  private func reports(
    behind positions: Set<Int>, of plan: Plan
  ) throws(EvaluationError) -> Set<Int32> {
    if positions.isEmpty { return [] }
    let output = try rows(plan)
    if case .records(let kind, let records) = output {
      let found = try reports(of: positions.map { records[$0] }, kind, known(in: plan), merging(in: plan))
      if let found { return found }
    }
    return try reports(behind: positions, of: plan, whoseRowsAre: output)
  }

  private func reports(
    behind positions: Set<Int>, of plan: Plan, whoseRowsAre output: RowSet
  ) throws(EvaluationError) -> Set<Int32> {
    switch plan {
    case .table: return []
    case .scan, .records: return try reports(ofPlain: output, at: positions)
    case .filter:
      let (conditions, below) = plan.filters
      let kept = try self.positions(in: rows(below), conditions)
      return try reports(behind: Set(positions.map { kept[$0] }), of: below)
    case .sort(let input, let keys):
      let order = try order(of: rows(input), by: keys)
      return try reports(behind: Set(positions.map { order[$0] }), of: input)
    case .slice(let input, let skip, _):
      return try reports(behind: Set(positions.map { $0 + skip }), of: input)
    case .project(let input, _, _): return try reports(behind: positions, of: input)
    case .oneADay(let input, _): return try reports(behind: positions, of: input)
    case .links(let input):
      return try reports(behind: linking(positions, of: output, in: rows(input)), of: input)
    case .distinct(let input, let columns):
      let projected = RowSet.table(try project(rows(input), columns, keepsRecords: false))
      return try reports(behind: same(as: positions, of: output, in: projected), of: input)
    case .aggregate(let input, let grouping):
      let members = try members(of: positions, of: output, grouping, in: rows(input))
      return try reports(behind: members, of: input)
    case .walk(let input, let step):
      return try reports(behind: positions, of: output, step, from: input)
    case .combine(_, let left, let right):
      return try reports(behind: same(as: positions, of: output, in: rows(left)), of: left)
        .union(reports(behind: same(as: positions, of: output, in: rows(right)), of: right))
    case .join(let left, let right, _):
      let width = try self.width(rows(left))
      return try reports(
        behind: same(as: positions, of: output, in: rows(left)) { $0.prefix(width) }, of: left
      )
      .union(
        reports(
          behind: same(as: positions, of: output, in: rows(right)) { $0.dropFirst(width) }, of: right
        ))
    case .path(let search):
      return try reports(inCellsOf: output, at: positions, search.through.flatMap { known(in: $0) })
    case .sequence(let search):
      return try reports(inCellsOf: output, at: positions, search.steps.first.flatMap { known(in: $0) })
    case .shared(let subquery): return try reports(behind: positions, of: subquery.plan)
    }
  }

  // MARK: - Records

  /// The reports of records that have some of their own; nil of other kinds.
  private func reports(
    of records: [Int32], _ kind: EntityKind, _ known: KnowledgeDate?, _ merging: DailyMerge?
  ) throws(EvaluationError) -> Set<Int32>? {
    try findKnownReports(known)
    switch kind {
    case .report: return Set(records)
    case .event: return Set(records.flatMap { reports(of: $0, known, merging) })
    case .participation:
      let events = records.map { event(ofParticipation: $0) }
      return Set(events.flatMap { reports(of: $0, known, merging) })
    case .actor, .place, .article, .topic, .office: return nil
    }
  }

  /// Of actors, places and articles that no event has led to: what speaks of them.
  private func reports(ofPlain output: RowSet, at positions: Set<Int>) throws(EvaluationError) -> Set<Int32> {
    guard case .records(let kind, let all) = output else { return [] }
    let records = positions.map { all[$0] }
    switch kind {
    case .actor: return try reports(of: eventsTakenPart(records), .event, nil, nil) ?? []
    case .place: return try reports(of: eventsPlaced(records), .event, nil, nil) ?? []
    case .article: return Set(records.flatMap { store.reportsOfArticle[Int($0)] })
    default: return []
    }
  }

  /// The reports of all events in the cells of some rows.
  private func reports(
    inCellsOf output: RowSet, at positions: Set<Int>, _ known: KnowledgeDate?
  ) throws(EvaluationError) -> Set<Int32> {
    guard case .table(let table) = output else { return [] }
    let events = positions.flatMap { table.rows[$0] }.compactMap { cell -> Int32? in
      if case .entity(.event, let event) = cell { event } else { nil }
    }
    return try reports(of: events, .event, known, nil) ?? []
  }

  /// The day of the `as of` under which the rows of a plan are seen.
  private func known(in plan: Plan) -> KnowledgeDate? {
    switch plan {
    case .filter(let input, let condition):
      if case .someReport(_, let known?, _) = condition.kind { return known }
      return known(in: input)
    case .sort(let input, _), .slice(let input, _, _), .project(let input, _, _), .walk(let input, _),
      .oneADay(let input, _), .combine(_, let input, _):
      return known(in: input)
    case .shared(let subquery): return known(in: subquery.plan)
    default: return nil
    }
  }

  /// For which events those of a plan stand.
  private func merging(in plan: Plan) -> DailyMerge? {
    switch plan {
    case .oneADay(_, let merging): return merging
    case .filter(let input, _), .sort(let input, _), .slice(let input, _, _), .project(let input, _, _),
      .combine(_, let input, _):
      return merging(in: input)
    case .shared(let subquery): return merging(in: subquery.plan)
    default: return nil
    }
  }

  // MARK: - Rows

  /// The positions of the events that both ends of a link take part in.
  private func linking(_ positions: Set<Int>, of output: RowSet, in input: RowSet) -> Set<Int> {
    guard case .table(let links) = output, case .records(.event, let events) = input else { return [] }
    let pairs = positions.map { Set(links.rows[$0].prefix(2)) }
    return Set(
      events.indices.filter { index in
        let actors = Set(store.events.distinctActors(Int(events[index])).map { Value.entity(.actor, $0) })
        return pairs.contains { $0.isSubset(of: actors) }
      })
  }

  private func width(_ rows: RowSet) -> Int {
    if case .table(let table) = rows { table.columns.count } else { 1 }
  }

  /// The positions of the rows in `input` that equal a row, or a part of it, at one of the positions of `output`.
  private func same(
    as positions: Set<Int>, of output: RowSet, in input: RowSet,
    part: ([Value]) -> ArraySlice<Value> = { $0[...] }
  ) -> Set<Int> {
    switch (output, input) {
    case (.records(_, let wanted), .records(_, let records)):
      let wanted = Set(positions.map { wanted[$0] })
      return Set(records.indices.filter { wanted.contains(records[$0]) })
    case (.table(let wanted), .table(let table)):
      let wanted = Set(positions.map { part(wanted.rows[$0]) })
      return Set(table.rows.indices.filter { wanted.contains(table.rows[$0][...]) })
    default: return []
    }
  }

  /// The positions of the rows that count in the groups at some positions.
  private func members(
    of positions: Set<Int>, of output: RowSet, _ grouping: PlanGrouping, in input: RowSet
  ) throws(EvaluationError) -> Set<Int> {
    guard case .table(let table) = output else { return [] }
    let wanted = Set(positions.map { Array(table.rows[$0].prefix(grouping.keys.count)) })
    var columns: [[Value]] = []
    for key in grouping.keys { columns.append(try values(key.expression, of: input)) }
    var members: Set<Int> = []
    for row in 0..<input.count {
      if try combinations(columns.map { $0[row] }).contains(where: wanted.contains) { members.insert(row) }
    }
    return members
  }

  /// The reports behind the records from which a walk leads to some of its own; to an article, only those in it.
  private func reports(
    behind positions: Set<Int>, of output: RowSet, _ step: WalkStep, from input: Plan
  ) throws(EvaluationError) -> Set<Int32> {
    guard case .records(let kind, let records) = output,
      case .records(let source, let sources) = try rows(input)
    else { return [] }
    let wanted = Set(positions.map { records[$0] })
    var starts: Set<Int> = []
    for (position, record) in sources.enumerated() {
      try checkCancelled()
      guard case .records(_, let reached) = try walk(.records(source, [record]), step) else { continue }
      if reached.contains(where: wanted.contains) { starts.insert(position) }
    }
    let found = try reports(behind: starts, of: input)
    return kind == .article ? found.filter { wanted.contains(store.reports.article[Int($0)]) } : found
  }
}
