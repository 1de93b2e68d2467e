import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// Groups in ascending order of their keys; without keys one group, also of no rows.
  func aggregate(_ input: RowSet, _ grouping: PlanGrouping) throws(EvaluationError) -> Table {
    var groups = Groups(grouping.aggregates, order: ValueOrder(store))
    if grouping.keys.isEmpty { groups.add(key: []) }
    try step(.groups, of: input.count) { () throws(EvaluationError) in
      for (index, batch) in input.batches().enumerated() {
        try report(index * Self.batchSize, rows: groups.keys.count)
        try control.check(rows: groups.keys.count)
        try add(batch, to: &groups, grouping)
      }
    }
    if let dense = grouping.dense {
      for key in try missingKeys(of: groups.keys, dense, grouping) { groups.add(key: key) }
    }
    return Table(columns: grouping.columns, rows: try rows(of: groups, grouping))
  }

  private func add(
    _ batch: Batch, to groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) {
    var keyColumns: [[Value]] = []
    for key in grouping.keys { keyColumns.append(try values(key.expression, batch)) }
    var arguments: [[Value]?] = []
    for aggregate in grouping.aggregates {
      arguments.append(
        try aggregate.argument.map { expression throws(EvaluationError) in try values(expression, batch) })
    }
    for row in 0..<batch.count {
      for key in try combinations(keyColumns.map { $0[row] }) {
        groups.add(arguments.map { $0?[row] }, key: key)
      }
    }
  }

  /// The keys under which a row counts: one for each combination of the values of keys that have many.
  func combinations(_ values: [Value]) throws(EvaluationError) -> [[Value]] {
    var keys: [[Value]] = [[]]
    for value in values {
      var choices = [value]
      if case .list(let elements) = value { choices = elements.isEmpty ? [.missing] : Self.unique(elements) }
      guard keys.count * choices.count <= Self.mostKeys else {
        throw .failed(
          Diagnostic(
            "E0504", "one row would count under more than \(Self.mostKeys) keys", at: .none,
            help: ["group by fewer fields that have many values"]))
      }
      keys = keys.flatMap { key in choices.map { key + [$0] } }
    }
    return keys
  }

  private static let mostKeys = 100_000

  // MARK: - Keys without gaps

  /// The keys that lie between the first and the last period, under every combination of the other keys that occurs.
  private func missingKeys(
    of keys: [[Value]], _ dense: DenseKey, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> [[Value]] {
    let others = Self.unique(keys.map { Self.others($0, than: dense.index) })
    let periods = try periods(keys.map { $0[dense.index] }, dense, grouping, copies: others.count)
    return others.flatMap { other in
      periods.map { period in other[..<dense.index] + [period] + other[dense.index...] }
    }
  }

  private static func others(_ key: [Value], than index: Int) -> [Value] {
    Array(key[..<index] + key[(index + 1)...])
  }

  /// Every period from the first to the last of those there are.
  private func periods(
    _ present: [Value], _ dense: DenseKey, _ grouping: PlanGrouping, copies: Int
  ) throws(EvaluationError) -> [Value] {
    guard case .call(let function, _) = grouping.keys[dense.index].expression.kind else { return [] }
    let starts = present.compactMap { if case .time(let time) = $0 { time.bounds.startMin } else { nil } }
    guard var day = starts.min(), let last = starts.max() else { return [] }
    var periods: [Value] = []
    while day <= last, case .time(let time) = Self.period(function, ofDay: day) {
      periods.append(.time(time))
      day = time.bounds.endMax + 1
      guard periods.count * copies <= Self.mostKeys else { throw .failed(Self.tooManyGroups(dense.span)) }
      if periods.count.isMultiple(of: Self.batchSize) { try checkCancelled() }
    }
    return periods
  }

  private static func tooManyGroups(_ span: Span) -> Diagnostic {
    Diagnostic(
      "E0506", "`dense` would make more than \(mostKeys) rows", at: span,
      help: [
        "group by a longer period, such as `year(time)`, or ask for a shorter time, as with `since 2020`"
      ])
  }

  // MARK: - Rows

  /// The groups in the order of their keys. An aggregate that rolls does so along one key, under each combination of
  /// the others; what has no such key stands for itself.
  private func rows(of groups: Groups, _ grouping: PlanGrouping) throws(EvaluationError) -> [[Value]] {
    let order = groups.sorted()
    var rows: [[Value]] = []
    rows.reserveCapacity(order.count)
    var windows: [[Value]: [RollingWindow?]] = [:]
    let rolls = grouping.aggregates.contains { $0.rolling != nil }
    for (position, group) in order.enumerated() {
      if position.isMultiple(of: Self.batchSize) { try checkCancelled() }
      let key = groups.keys[group]
      let states = groups.states[group]
      guard rolls, !key[grouping.rollingKey].isMissing else {
        rows.append(key + states.map(\.value))
        continue
      }
      let other = Self.others(key, than: grouping.rollingKey)
      var open = windows[other] ?? grouping.aggregates.map { $0.rolling.map { RollingWindow($0) } }
      windows[other] = nil
      rows.append(key + states.indices.map { open[$0]?.add(states[$0]).value ?? states[$0].value })
      windows[other] = open
    }
    return rows
  }
}

/// Groups by key, each with the state of its aggregates.
struct Groups {
  private let aggregates: [PlanAggregate]
  private let order: ValueOrder
  private var indexOfKey: [[Value]: Int] = [:]
  private(set) var keys: [[Value]] = []
  private(set) var states: [[Accumulator]] = []

  init(_ aggregates: [PlanAggregate], order: ValueOrder) {
    self.aggregates = aggregates
    self.order = order
  }

  @discardableResult
  mutating func add(key: [Value]) -> Int {
    if let index = indexOfKey[key] { return index }
    let index = keys.count
    indexOfKey[key] = index
    keys.append(key)
    states.append(aggregates.map { Accumulator($0.function, order) })
    return index
  }

  mutating func add(_ arguments: [Value?], key: [Value]) {
    let group = add(key: key)
    for (index, argument) in arguments.enumerated() { states[group][index].add(argument) }
  }

  /// The groups in ascending order of their keys.
  func sorted() -> [Int] {
    keys.indices.sorted { a, b in
      for (first, second) in zip(keys[a], keys[b]) {
        let result = order.compare(first, second)
        if result != 0 { return result < 0 }
      }
      return a < b
    }
  }
}
