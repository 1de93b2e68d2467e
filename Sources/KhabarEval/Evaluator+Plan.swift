import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  func rows(_ plan: Plan) throws(EvaluationError) -> RowSet {
    try checkCancelled()
    guard let profile else { return try limited(operate(plan)) }
    profile.begin()
    let start = Profile.now()
    let rows = try limited(operate(plan))
    profile.end(plan, rows: rows.count, took: Profile.now() - start)
    return rows
  }

  private func limited(_ rows: RowSet) throws(EvaluationError) -> RowSet {
    try control.check(rows: rows.count)
    return rows
  }

  private func operate(_ plan: Plan) throws(EvaluationError) -> RowSet {
    switch plan {
    case .scan(let kind): return .records(kind, Array(0..<Int32(store.rowCount(kind))))
    case .records(let kind, let records): return .records(kind, records)
    case .table(let table): return .table(Table(columns: table.columns, rows: table.rows))
    case .filter: return try filter(plan)
    case .sort(let input, let keys):
      let input = try rows(input)
      return input.picking(try order(of: input, by: keys))
    case .slice(let input, let skip, let take):
      if let take, let first = try firstRows(input, skip + min(take, Int.max - skip)) {
        return first.picking(min(skip, first.count)..<first.count)
      }
      let input = try rows(input)
      let start = min(skip, input.count)
      let end = take.map { min(input.count, start + min($0, input.count)) } ?? input.count
      return input.picking(start..<end)
    case .project(let input, let columns, let keepsRecords):
      return .table(try project(rows(input), columns, keepsRecords: keepsRecords))
    case .distinct(let input, let columns):
      return .table(distinct(try project(rows(input), columns, keepsRecords: false)))
    case .aggregate(let input, let grouping): return .table(try aggregate(input, grouping))
    case .walk(let input, let step): return try walk(rows(input), step)
    case .oneADay(let input, let merging): return try oneADay(rows(input), merging)
    case .links(let input): return .table(try links(rows(input)))
    case .combine(let operation, let left, let right):
      return combine(operation, try rows(left), try rows(right))
    case .path(let search): return .table(try path(search))
    case .shared(let subquery): return try shared(subquery)
    case .sequence(let search): return .table(try sequence(search))
    case .join(let left, let right, let condition):
      return .table(try join(rows(left), rows(right), on: condition))
    }
  }

  /// A plan, or what a name in its place is bound to: for those who take rows as they come, or count them without making
  /// them. What is listed already is taken as it is.
  func unbound(_ plan: Plan) -> Plan {
    var plan = plan
    while case .shared(let subquery) = plan, subquery.answer == nil,
      memo.shared[ObjectIdentifier(subquery)] == nil
    {
      plan = subquery.plan
    }
    return plan
  }

  /// The conditions of the filters that a plan ends with, innermost first, through what names are bound to, and what they
  /// stand upon.
  func filters(_ plan: Plan) -> (conditions: [PlanExpression], below: Plan) {
    var (conditions, below) = unbound(plan).filters
    while case .shared = below {
      let (inner, next) = unbound(below).filters
      if case .shared = next, inner.isEmpty { break }
      conditions = inner + conditions
      below = next
    }
    return (conditions, below)
  }

  private func shared(_ subquery: Subquery) throws(EvaluationError) -> RowSet {
    switch (subquery.answer, subquery.shape) {
    case (.records(let records), .records(let kind)): return .records(kind, records)
    case (.rows(let rows), .columns(let columns)): return .table(Table(columns: columns, rows: rows))
    default: break
    }
    if let rows = memo.shared[ObjectIdentifier(subquery)] { return rows }
    let rows = try rows(subquery.plan)
    memo.shared[ObjectIdentifier(subquery)] = rows
    return rows
  }

  // MARK: - Filters

  /// A chain of filters in one pass over the rows below it, innermost condition first.
  private func filter(_ plan: Plan) throws(EvaluationError) -> RowSet {
    let (conditions, below) = plan.filters
    var counts = profile.map { _ in FilterCounts(conditions.count) }
    defer { if let counts { tell(counts, conditions, over: below) } }
    if case .scan(let kind) = below { return .records(kind, try scan(kind, conditions, &counts)) }
    let input = try rows(below)
    return input.picking(try positions(in: input, conditions, &counts))
  }

  /// The positions of the rows for which all conditions are true.
  func positions(in input: RowSet, _ conditions: [PlanExpression]) throws(EvaluationError) -> [Int] {
    var counts: FilterCounts?
    return try positions(in: input, conditions, &counts)
  }

  private func positions(
    in input: RowSet, _ conditions: [PlanExpression], _ counts: inout FilterCounts?
  ) throws(EvaluationError) -> [Int] {
    var kept: [Int] = []
    try step(.filter, of: input.count) { () throws(EvaluationError) in
      for (index, batch) in input.batches().enumerated() {
        let start = index * Self.batchSize
        try report(start, rows: kept.count)
        kept += try positions(batch, conditions, &counts).map { $0 + start }
      }
    }
    return kept
  }

  /// What each condition of a chain has kept, and the time it took.
  private struct FilterCounts {
    var rows: [Int]
    var times: [Int]
    /// How many rows were looked through.
    var scanned = 0

    init(_ count: Int) {
      rows = Array(repeating: 0, count: count)
      times = rows
    }
  }

  /// All of the chain but its outermost filter, which is the operator that is running.
  private func tell(_ counts: FilterCounts, _ conditions: [PlanExpression], over below: Plan) {
    var plan = below
    if case .scan = below { profile?.add(below, rows: counts.scanned, time: 0) }
    for index in conditions.indices.dropLast() {
      plan = .filter(plan, conditions[index])
      profile?.add(plan, rows: counts.rows[index], time: counts.times[index])
    }
  }

  /// What is left of rows after each condition, in turn.
  private func keep<Element>(
    _ elements: [Element], _ conditions: [PlanExpression], _ counts: inout FilterCounts?,
    _ truths: (PlanExpression, [Element]) throws(EvaluationError) -> [Truth]
  ) throws(EvaluationError) -> [Element] {
    var elements = elements
    for (index, condition) in conditions.enumerated() where !elements.isEmpty {
      guard counts != nil else {
        elements = Self.keep(elements, try truths(condition, elements))
        continue
      }
      let start = Profile.now()
      elements = Self.keep(elements, try truths(condition, elements))
      let time = Profile.now() - start
      counts?.times[index] += time
      counts?.rows[index] += elements.count
    }
    return elements
  }

  /// The records of a kind for which all conditions are true, batch by batch.
  private func scan(
    _ kind: EntityKind, _ conditions: [PlanExpression], _ counts: inout FilterCounts?
  ) throws(EvaluationError) -> [Int32] {
    let (base, rest) = try base(kind, conditions)
    let stream = RowStream(kind: kind, base: base, steps: rest.isEmpty ? [] : [.filter(rest)])
    counts?.scanned = stream.count
    return try step(.filter, of: stream.count) { () throws(EvaluationError) in
      if counts != nil { return try counted(stream, conditions, &counts) }
      let parts = try parts(of: stream, []) { evaluator, positions throws(EvaluationError) in
        try evaluator.listed(stream, positions)
      }
      return parts.count == 1 ? parts[0] : Array(parts.joined())
    }
  }

  func listed(_ stream: RowStream, _ positions: Range<Int>) throws(EvaluationError) -> [Int32] {
    var rows: [Int32] = []
    if stream.steps.isEmpty { rows.reserveCapacity(positions.count) }
    try forEachBatch(stream, positions) { (batch) throws(EvaluationError) in
      try control.check()
      if case .records(_, let records) = batch { rows += records }
    }
    return rows
  }

  /// The same, with what each condition has kept.
  private func counted(
    _ stream: RowStream, _ conditions: [PlanExpression], _ counts: inout FilterCounts?
  ) throws(EvaluationError) -> [Int32] {
    var kept: [Int32] = []
    let whole = RowStream(kind: stream.kind, base: stream.base)
    try forEachBatch(whole, 0..<whole.count) { (batch) throws(EvaluationError) in
      guard case .records(let kind, let records) = batch else { return }
      try control.check()
      kept += try keep(Array(records), conditions, &counts) { (condition, records) throws(EvaluationError) in
        try truths(condition, .records(kind, records[...]))
      }
    }
    return kept
  }

  private static func keep<Element>(_ elements: [Element], _ truths: [Truth]) -> [Element] {
    var kept: [Element] = []
    kept.reserveCapacity(elements.count)
    for index in elements.indices where truths[index] == .true { kept.append(elements[index]) }
    return kept
  }

  /// The positions in a batch for which all conditions are true.
  private func positions(
    _ batch: Batch, _ conditions: [PlanExpression], _ counts: inout FilterCounts?
  ) throws(EvaluationError) -> [Int] {
    try keep(Array(0..<batch.count), conditions, &counts) {
      (condition, positions) throws(EvaluationError) in
      try truths(condition, batch.picking(positions))
    }
  }

  // MARK: - Order, columns, sets

  /// The positions of rows in the order of some keys.
  func order(of input: RowSet, by keys: [PlanSortKey]) throws(EvaluationError) -> [Int] {
    var columns: [SortColumn] = []
    for key in keys { columns.append(try sortColumn(key, of: input)) }
    return try sorted(Array(0..<input.count)) { a, b in
      for column in columns {
        let result = column.compare(a, b)
        if result != 0 { return result < 0 }
      }
      return a < b
    }
  }

  /// The values by which rows are put in order, as numbers where few of them are different.
  private func sortColumn(_ key: PlanSortKey, of input: RowSet) throws(EvaluationError) -> SortColumn {
    let order = ValueOrder(store)
    let isCoded =
      switch key.expression.kind {
      case .dependent: true
      case .field, .column: if case .symbol = key.expression.type { true } else { false }
      default: false
      }
    let values = try values(key.expression, of: input)
    guard isCoded, !key.expression.type.isList else { return .values(values, order, key.isDescending) }
    var column = KeyColumn(key.expression.type)
    let numbers = values.map { column.number(of: $0) }
    var ranks = column.ranks(order)
    if key.isDescending {
      for index in ranks.indices.dropFirst() { ranks[index] = -ranks[index] }
      ranks[0] = Int32.max
    }
    return .ranks(numbers.map { ranks[Int($0) + 1] })
  }

  /// Sorts, and looks from time to time whether to go on: what is no longer wanted is not put in order.
  func sorted<Element>(
    _ elements: [Element], by areInOrder: (Element, Element) -> Bool
  ) throws(EvaluationError) -> [Element] {
    var count = 0
    var failure: EvaluationError?
    let sorted = try step(.sort) { () throws(EvaluationError) in
      elements.sorted { a, b in
        count &+= 1
        if failure == nil, count.isMultiple(of: Self.batchSize) {
          do throws(EvaluationError) { try control.check() } catch { failure = error }
        }
        return failure == nil && areInOrder(a, b)
      }
    }
    if let failure { throw failure }
    return sorted
  }

  /// The values of an expression for all rows.
  func values(_ expression: PlanExpression, of input: RowSet) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(input.count)
    try step(.columns, of: input.count) { () throws(EvaluationError) in
      for batch in input.batches() {
        try report(values.count, rows: values.count)
        values += try self.values(expression, batch)
      }
    }
    return values
  }

  func project(_ input: RowSet, _ columns: [PlanColumn], keepsRecords: Bool) throws(EvaluationError) -> Table
  {
    var table = Table(columns: columns.map { ColumnShape($0.name, $0.expression.type) }, rows: [])
    table.rows.reserveCapacity(input.count)
    try step(.columns, of: input.count) { () throws(EvaluationError) in
      for batch in input.batches() {
        try report(table.rows.count, rows: table.rows.count)
        var values: [[Value]] = []
        for column in columns { values.append(try self.values(column.expression, batch)) }
        for row in 0..<batch.count { table.rows.append(values.map { $0[row] }) }
      }
    }
    if keepsRecords, case .records(let kind, let records) = input {
      table.kind = kind
      table.records = records
    }
    return table
  }

  private func distinct(_ table: Table) -> Table {
    var seen: Set<[Value]> = []
    var table = table
    table.rows = table.rows.filter { seen.insert($0).inserted }
    return table
  }

  /// Sets of records come in the store's order; of rows of columns, those of the left first, each once.
  private func combine(_ operation: SetOperation, _ left: RowSet, _ right: RowSet) -> RowSet {
    switch (left, right) {
    case (.records(let kind, let first), .records(_, let second)):
      let a = Set(first)
      let b = Set(second)
      let result =
        switch operation {
        case .union: a.union(b)
        case .intersect: a.intersection(b)
        case .except: a.subtracting(b)
        }
      return .records(kind, result.sorted())
    case (.table(let first), .table(let second)):
      var table = first
      table.kind = nil
      table.records = []
      let others = Set(second.rows)
      switch operation {
      case .union: table.rows += second.rows
      case .intersect: table.rows = first.rows.filter { others.contains($0) }
      case .except: table.rows = first.rows.filter { !others.contains($0) }
      }
      return .table(distinct(table))
    default:
      return left
    }
  }
}

extension Batch {
  func picking(_ positions: [Int]) -> Batch {
    guard positions.count < count else { return self }
    switch self {
    case .records(let kind, let records):
      return .records(kind, positions.map { records[records.startIndex + $0] }[...])
    case .eventTimes(let times): return .eventTimes(positions.map { times[times.startIndex + $0] }[...])
    case .rows(let rows): return .rows(positions.map { rows[rows.startIndex + $0] }[...])
    }
  }
}
