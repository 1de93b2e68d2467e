import KhabarPlan

// Rows are many, and those that share a word, a time or an actor are alike to an aggregate that asks for nothing else:
// they are counted by what they share, and taken in together.

extension Evaluator {
  /// Takes in all rows, if keys and arguments depend on one thing of a row alone, and sums do not depend on the order of
  /// the rows.
  func addShared(
    _ input: RowSet, to groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> Bool {
    guard groups.states.allSatisfy(\.isSum) else { return false }
    if grouping.keys.count == 1, grouping.aggregates.allSatisfy({ $0.argument == nil }),
      let key = grouping.keys.first?.expression, key.isCode
    {
      let shared = try count(input, shared: { (batch) throws(EvaluationError) in try codes(key, batch) })
      groups.withKey(0) { $0.note(codes: shared.numbers) }
      let ids = groups.groups([shared.numbers], rows: shared.numbers.count)
      groups.add(weights: shared.counts, arguments: grouping.aggregates.map { _ in nil }, groups: ids)
      try control.check(rows: groups.count)
      return true
    }
    guard let dependents = grouping.dependents, let first = dependents.first else { return false }
    let shared = try count(
      input, shared: { (batch) throws(EvaluationError) in try numbers(of: first, batch) })
    var arguments: [[Int?]?] = []
    for aggregate in grouping.aggregates {
      guard case .dependent(let dependent)? = aggregate.argument?.kind else {
        arguments.append(nil)
        continue
      }
      let numbers = try lookUp(dependent, shared.numbers, \.numbers) { (rows) throws(EvaluationError) in
        try self.numbers(dependent.expression, rows)
      }
      let tenths = numbers.map { $0.isNaN ? nil : ExactSum.tenths(of: $0, times: input.count) }
      if zip(numbers, tenths).contains(where: { !$0.isNaN && $1 == nil }) { return false }
      arguments.append(tenths)
    }
    var columns: [[Int32]] = []
    for (index, key) in grouping.keys.enumerated() {
      guard case .dependent(let dependent) = key.expression.kind else { return false }
      columns.append(try keyNumbers(dependent, shared.numbers, &groups, index))
    }
    let ids = groups.groups(columns, rows: shared.numbers.count)
    groups.add(weights: shared.counts, arguments: arguments, groups: ids)
    try control.check(rows: groups.count)
    return true
  }

  /// The numbers that rows share, in the order in which they are first met, and how many rows have each.
  private func count(
    _ input: RowSet, shared numbers: (Batch) throws(EvaluationError) -> [Int32]
  ) throws(EvaluationError) -> (numbers: [Int32], counts: [Int]) {
    // By number, one more than it is: at 0 the rows that have none.
    var counts = [Int](repeating: 0, count: 64)
    var met: [Int32] = []
    for (index, batch) in input.batches().enumerated() {
      try report(index * Self.batchSize, rows: met.count)
      for number in try numbers(batch) {
        let place = Int(number) + 1
        if place >= counts.count {
          counts += [Int](repeating: 0, count: max(place + 1, counts.count * 2) - counts.count)
        }
        if counts[place] == 0 { met.append(number) }
        counts[place] += 1
      }
    }
    return (met, met.map { counts[Int($0) + 1] })
  }
}

extension PlanExpression {
  /// Whether it is a word or a record of each row, and so a code.
  var isCode: Bool {
    switch (type, kind) {
    case (.entity, .field), (.entity, .through), (.symbol, .field), (.symbol, .through): true
    default: false
    }
  }
}

extension PlanGrouping {
  /// Its keys and arguments, where all depend on the same alone.
  fileprivate var dependents: [DependentExpression]? {
    var found: [DependentExpression] = []
    for expression in keys.map(\.expression) + aggregates.compactMap(\.argument) {
      guard case .dependent(let dependent) = expression.kind, !expression.type.isList else { return nil }
      if let first = found.first, !dependent.dependsOnTheSame(as: first) { return nil }
      found.append(dependent)
    }
    return found
  }
}
