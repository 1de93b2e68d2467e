import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// Groups in ascending order of their keys; without keys one group, also of no rows.
  func aggregate(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> Table {
    if let counted = try countedGroups(input, grouping) { return try table(counted, nil, grouping) }
    let groups = try groups(input, grouping)
    return Table(columns: grouping.columns, rows: try rows(of: groups, grouping))
  }

  func groups(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> Groups {
    memo.keys = [:]
    var groups = Groups(grouping, order: ValueOrder(store))
    if grouping.keys.isEmpty { groups.add(key: []) }
    if profile == nil, let stream = try stream(input) {
      try step(.groups, of: stream.count) { () throws(EvaluationError) in
        if try addDense(stream, to: &groups, grouping) { return }
        try addAll(stream, to: &groups, grouping)
      }
    } else {
      let input = try rows(input)
      try step(.groups, of: input.count) { () throws(EvaluationError) in
        if case .records(let kind, let records) = input,
          try addDense(RowStream(kind: kind, base: .rows(records)), to: &groups, grouping)
        {
          return
        }
        for (index, batch) in input.batches().enumerated() {
          try report(index * Self.batchSize, rows: groups.count)
          try control.check(rows: groups.count)
          try add(batch, to: &groups, grouping)
        }
      }
    }
    if let dense = grouping.dense {
      let keys = (0..<groups.count).map { groups.key($0) }
      for key in try missingKeys(of: keys, dense, grouping) { groups.add(key: key) }
    }
    return groups
  }

  private func addAll(
    _ stream: RowStream, to groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) {
    var done = 0
    try forEachBatch(stream, 0..<stream.count) { (batch) throws(EvaluationError) in
      try report(done, rows: groups.count)
      try control.check(rows: groups.count)
      try add(batch, to: &groups, grouping)
      done += batch.count
    }
  }

  private func add(
    _ batch: Batch, to groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) {
    var columns: [[Int32]] = []
    var rows: [Int]?
    if grouping.keys.contains(where: { $0.expression.type.isList }) {
      (columns, rows) = try expandedKeys(batch, &groups, grouping)
    } else {
      for (index, key) in grouping.keys.enumerated() {
        columns.append(try keyNumbers(key.expression, batch, &groups, index))
      }
    }
    let ids = groups.groups(columns, rows: rows?.count ?? batch.count)
    for (index, aggregate) in grouping.aggregates.enumerated() {
      var argument = AggregateColumn.Argument.row
      if let expression = aggregate.argument {
        argument =
          aggregate.sumsNumbers
          ? .numbers(try numbers(expression, batch)) : .values(try values(expression, batch))
      }
      groups.add(argument, to: index, groups: ids, rows: rows)
    }
  }

  /// The values of a key of one value a row, as numbers.
  private func keyNumbers(
    _ expression: PlanExpression, _ batch: Batch, _ groups: inout Groups, _ index: Int
  ) throws(EvaluationError) -> [Int32] {
    if expression.isCode {
      let codes = try codes(expression, batch)
      groups.withKey(index) { $0.note(codes: codes) }
      return codes
    }
    if case .dependent(let dependent) = expression.kind {
      return try keyNumbers(dependent, try numbers(of: dependent, batch), &groups, index)
    }
    let values = try values(expression, batch)
    return values.map { value in groups.withKey(index) { $0.number(of: value) } }
  }

  /// The numbers of a key's values for each of some of the things that it depends on.
  func keyNumbers(
    _ dependent: DependentExpression, _ things: [Int32], _ groups: inout Groups, _ index: Int
  ) throws(EvaluationError) -> [Int32] {
    try lookUp(dependent, things, \.keys) { (rows) throws(EvaluationError) in
      let values = try values(dependent.expression, rows)
      return values.map { value in groups.withKey(index) { $0.number(of: value) } }
    }
  }

  /// The numbers of the keys under which the rows count, of which some have many values, and which row each is of.
  private func expandedKeys(
    _ batch: Batch, _ groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> (columns: [[Int32]], rows: [Int]) {
    var values: [[Value]] = []
    for key in grouping.keys { values.append(try self.values(key.expression, batch)) }
    var columns = [[Int32]](repeating: [], count: values.count)
    var rows: [Int] = []
    for row in 0..<batch.count {
      for key in try combinations(values.map { $0[row] }) {
        rows.append(row)
        for index in key.indices {
          columns[index].append(groups.withKey(index) { $0.number(of: key[index]) })
        }
      }
    }
    return (columns, rows)
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
    guard case .call(let function, _) = grouping.keys[dense.index].expression.unmarked.kind else { return [] }
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
    let order = groups.sorted(ValueOrder(store))
    var rows: [[Value]] = []
    rows.reserveCapacity(order.count)
    var windows: [[Value]: [RollingWindow?]] = [:]
    let rolls = grouping.aggregates.contains { $0.rolling != nil }
    for (position, group) in order.enumerated() {
      if position.isMultiple(of: Self.batchSize) { try checkCancelled() }
      let key = groups.key(group)
      guard rolls, !key[grouping.rollingKey].isMissing else {
        rows.append(key + groups.states.map { $0.value(group) })
        continue
      }
      let other = Self.others(key, than: grouping.rollingKey)
      var open = windows[other] ?? grouping.aggregates.map { $0.rolling.map { RollingWindow($0) } }
      windows[other] = nil
      rows.append(
        key
          + groups.states.indices.map { index in
            let state = groups.states[index]
            return state.accumulator(group).flatMap { open[index]?.add($0).value } ?? state.value(group)
          })
      windows[other] = open
    }
    return rows
  }
}
