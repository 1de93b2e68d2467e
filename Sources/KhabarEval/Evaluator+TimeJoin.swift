import KhabarModel
import KhabarPlan

// Events counted by periods that others name: rows of a table, say, or other events.
//
//     table "reigns.csv" | join (events) as e on e.time between start and end | summarize count by name
//
// Where the condition asks of the event nothing but its time, events of the same time are alike: they are counted first,
// and for each row on the left the condition is decided for all different times at once (`TimeMaskKernel`).

extension Evaluator {
  /// nil: the query asks for more.
  func countTimeJoin(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard case .join(let left, let right, let condition) = unbound(input), grouping.dense == nil,
      case .project(let events, let columns, _) = unbound(right), columns.count == 1,
      case .rowItself = columns[0].expression.kind, columns[0].expression.type == .entity(.event),
      case .table(let periods) = try rows(left)
    else { return nil }
    let width = periods.columns.count
    // With it what does not depend on the rows is found out, before threads share it.
    guard let counted = TimeJoin(condition, grouping, width), !periods.rows.isEmpty,
      try counted.isDecidable(for: periods.rows[0], kernel(0..<0)), let stream = try stream(events)
    else { return nil }
    let byTime = try eventsByTime(stream)
    let counts = try step(.join, of: periods.rows.count) { () throws(EvaluationError) in
      try self.counts(counted, periods.rows, byTime)
    }
    return try groupRows(counts, periods, grouping)
  }

  private func kernel(_ range: Range<Int>) -> TimeMaskKernel {
    TimeMaskKernel(table: store.events.time.table, range: range, constant: constantBounds)
  }

  /// How many events of a stream there are of each different time, and how many without one.
  private func eventsByTime(_ stream: RowStream) throws(EvaluationError) -> EventsByTime {
    let times = store.events.time
    if stream.steps.isEmpty, case .ranges(let ranges) = stream.base, ranges == [0..<times.count] {
      let counts = times.countsOfTimes
      return EventsByTime(counts: counts, untimed: times.count - counts.reduce(0) { $0 + Int($1) })
    }
    var events = EventsByTime(counts: [UInt32](repeating: 0, count: times.table.count), untimed: 0)
    try forEachBatch(stream, 0..<stream.count) { (batch) throws(EvaluationError) in
      try control.check()
      guard case .records(_, let rows) = batch else { return }
      for time in times.indices(of: rows) {
        if time < 0 { events.untimed += 1 } else { events.counts[Int(time)] += 1 }
      }
    }
    return events
  }

  /// Of each row on the left how many events it has, and what each aggregate counts of them.
  private func counts(
    _ join: TimeJoin, _ rows: [[Value]], _ events: EventsByTime
  ) throws(EvaluationError) -> [[Int]] {
    let pieces = (rows.count + Self.rowsOfPiece - 1) / Self.rowsOfPiece
    let outcomes = Outcomes<[[Int]]>(pieces)
    let shared = Unshared((self, join, rows))
    Workers.run(pieces, threads: control.threads) { _, piece in
      let (evaluator, join, rows) = shared.value
      let end = min(rows.count, (piece + 1) * Self.rowsOfPiece)
      outcomes.set(
        piece,
        Result { () throws(EvaluationError) in
          var counts: [[Int]] = []
          for row in piece * Self.rowsOfPiece..<end {
            try evaluator.control.check()
            counts.append(try join.counts(rows[row], events, evaluator) { evaluator.kernel($0) })
          }
          return counts
        })
    }
    return Array(try outcomes.all().joined())
  }

  private static let rowsOfPiece = 4

  private func groupRows(
    _ counts: [[Int]], _ periods: Table, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> GroupRows {
    var keys: [[Value]] = []
    for key in grouping.keys { keys.append(try values(key.expression, of: .table(periods))) }
    var groups: [[Value]] = []
    var sums: [[Int]] = []
    var groupOfKey: [[Value]: Int] = [:]
    for (row, count) in counts.enumerated() where count[0] > 0 || keys.isEmpty {
      let key = keys.map { $0[row] }
      guard let group = groupOfKey[key] else {
        groupOfKey[key] = groups.count
        groups.append(key)
        sums.append(count)
        continue
      }
      for index in count.indices { sums[group][index] += count[index] }
    }
    return GroupRows(
      count: groups.count,
      numbers: { aggregate in sums.map { Double($0[aggregate + 1]) } },
      key: { groups[$0] },
      aggregates: { group in sums[group].dropFirst().map { .number(Double($0)) } })
  }
}

/// How many events there are of each different time, and how many without one.
private struct EventsByTime {
  var counts: [UInt32]
  var untimed: Int
}

/// What is counted of each row on the left of a join, by conditions on the times of events.
private struct TimeJoin {
  private let condition: PlanExpression
  /// Of each aggregate what must be true besides; nil: nothing.
  private let aggregates: [PlanExpression?]
  private let width: Int

  /// - Parameter width: How many columns the left has; the event comes after them.
  init?(_ condition: PlanExpression, _ grouping: PlanGrouping, _ width: Int) {
    for aggregate in grouping.aggregates {
      guard aggregate.function == .count, aggregate.rolling == nil,
        aggregate.argument == nil || aggregate.argument?.type == .truth
      else { return nil }
    }
    guard grouping.keys.allSatisfy({ $0.expression.usesColumns(below: width) && !$0.expression.type.isList })
    else {
      return nil
    }
    self.condition = condition
    self.width = width
    aggregates = grouping.aggregates.map(\.argument)
  }

  /// Whether passes over the times of events decide all conditions.
  func isDecidable(for row: [Value], _ kernel: TimeMaskKernel) throws(EvaluationError) -> Bool {
    for expression in [condition] + aggregates.compactMap(\.self) {
      guard let bound = expression.bound(to: row, width), try kernel.masks(bound) != nil else { return false }
    }
    return true
  }

  /// How many events there are, and then what each aggregate counts.
  func counts(
    _ row: [Value], _ events: EventsByTime, _ evaluator: Evaluator, _ kernel: (Range<Int>) -> TimeMaskKernel
  ) throws(EvaluationError) -> [Int] {
    var counts = [Int](repeating: 0, count: aggregates.count + 1)
    guard let condition = condition.bound(to: row, width) else { return counts }
    let others = aggregates.map { $0.flatMap { $0.bound(to: row, width) } }
    let weights = events.counts
    if events.untimed > 0, try evaluator.truths(condition, .eventTimes([-1])) == [.true] {
      counts[0] += events.untimed
      for (index, other) in others.enumerated() {
        let isCounted = try other.map { other throws(EvaluationError) in
          try evaluator.truths(other, .eventTimes([-1])) == [.true]
        }
        if isCounted ?? true { counts[index + 1] += events.untimed }
      }
    }
    // So many times at once that their masks stay in the nearest cache.
    for start in stride(from: 0, to: weights.count, by: 8192) {
      let range = start..<min(start + 8192, weights.count)
      let kernel = kernel(range)
      guard let masks = try kernel.masks(condition) else { continue }
      let all = Self.sum(weights, range, masks.certain)
      counts[0] += all
      guard all > 0 else { continue }
      for (index, other) in others.enumerated() {
        guard let other else {
          counts[index + 1] += all
          continue
        }
        guard var both = try kernel.masks(other) else { continue }
        both.combine(masks) { $0 & $1 }
        counts[index + 1] += Self.sum(weights, range, both.certain)
      }
    }
    return counts
  }

  private static func sum(_ weights: [UInt32], _ range: Range<Int>, _ mask: [UInt8]) -> Int {
    weights.withUnsafeBufferPointer { weights in
      mask.withUnsafeBufferPointer { mask in
        // Events are fewer than numbers of 32 bits.
        var sum: UInt32 = 0
        for index in 0..<mask.count { sum &+= weights[range.lowerBound + index] & (0 &- UInt32(mask[index])) }
        return Int(sum)
      }
    }
  }
}

extension PlanExpression {
  /// A condition over a row on the left and an event as one over the event alone; nil: it asks for something else.
  fileprivate func bound(to row: [Value], _ width: Int) -> PlanExpression? {
    func bind(_ inner: PlanExpression) -> PlanExpression? { inner.bound(to: row, width) }
    var bound = self
    switch kind {
    case .constant: return self
    case .column(let index):
      guard index < width, index < row.count else { return nil }
      bound.kind = .constant(row[index])
    case .through(let base, let field):
      guard base.isColumn(width), field.owner == .event, field.id == .time else { return nil }
      bound.kind = .field(field)
    case .not(let inner):
      guard let inner = bind(inner) else { return nil }
      bound.kind = .not(inner)
    case .possibly(let inner):
      guard let inner = bind(inner) else { return nil }
      bound.kind = .possibly(inner)
    case .and(let left, let right):
      guard let left = bind(left), let right = bind(right) else { return nil }
      bound.kind = .and(left, right)
    case .or(let left, let right):
      guard let left = bind(left), let right = bind(right) else { return nil }
      bound.kind = .or(left, right)
    case .time(let word, let left, let right):
      guard let left = bind(left), let right = bind(right) else { return nil }
      bound.kind = .time(word, left, right)
    case .between(let value, let first, let last):
      guard let value = bind(value), let first = bind(first), let last = bind(last) else { return nil }
      bound.kind = .between(value, first, last)
    case .call(let function, let arguments) where function.isEnd:
      guard let argument = arguments.first.flatMap(bind) else { return nil }
      bound.kind = .call(function, [argument])
    default: return nil
    }
    return bound
  }

  /// Whether it is made of columns before `width` alone.
  fileprivate func usesColumns(below width: Int) -> Bool {
    switch kind {
    case .column(let index): index < width
    case .constant: true
    case .through(let base, _), .inLanguage(let base, _): base.usesColumns(below: width)
    case .call(_, let arguments): arguments.allSatisfy { $0.usesColumns(below: width) }
    default: false
    }
  }
}
