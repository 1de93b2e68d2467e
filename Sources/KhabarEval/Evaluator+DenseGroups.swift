import EDTF
import KhabarModel
import KhabarPlan

// Groups whose keys are few: rows find their group by counting, not by looking it up.
//
//     summarize count, avg(event.score) by actor.country_code, quarter(event.time)
//
//     axes     the country code of each actor, as a number; the quarter of each different time
//     group    number of the country × count of quarters + number of the quarter
//
// Parts of the rows are counted on several threads, each in arrays of its own, and put together in their order.

/// One key of groups whose values have numbers before any row is seen.
private struct KeyAxis: Sendable {
  enum Reading: Sendable {
    /// The key is a code of the row.
    case code(PlanExpression)
    /// By the number, and one more, of what the key depends on.
    case table(DependentExpression, [Int32])
  }

  let reading: Reading
  /// How many numbers there are, with -1.
  let count: Int

  /// How many combinations there may be.
  static let most = 1 << 16
}

/// What one part of the rows has come to.
private struct PartialGroups {
  var rows: [Int]
  /// Of each aggregate that adds up numbers: by group the sum and of how many.
  var sums: [[(sum: ExactSum, count: Int)]]

  init(_ count: Int, _ aggregates: [PlanAggregate]) {
    rows = [Int](repeating: 0, count: count)
    sums = aggregates.map { $0.argument == nil ? [] : Array(repeating: (ExactSum(), 0), count: count) }
  }
}

extension Evaluator {
  /// Takes in all rows of a stream, if the combinations of keys are few and each aggregate counts rows or adds up numbers.
  func addDense(
    _ stream: RowStream, to groups: inout Groups, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> Bool {
    guard grouping.aggregates.allSatisfy({ $0.isPlainCount || $0.sumsNumbers && $0.rolling == nil }) else {
      return false
    }
    guard let axes = try axes(of: grouping, rows: stream.count, &groups) else { return false }
    let size = axes.reduce(1) { $0 * $1.count }
    let expressions = grouping.keys.map(\.expression) + grouping.aggregates.compactMap(\.argument)
    let parts = try parts(of: stream, expressions) { evaluator, positions throws(EvaluationError) in
      var part = PartialGroups(size, grouping.aggregates)
      if let counts = evaluator.counts(stream, positions, axes, grouping) {
        part.rows = counts
        return part
      }
      try evaluator.forEachBatch(stream, positions) { (batch) throws(EvaluationError) in
        try evaluator.control.check()
        try evaluator.add(batch, to: &part, axes, grouping)
      }
      return part
    }
    take(parts, axes, &groups)
    return true
  }

  private func add(
    _ batch: Batch, to part: inout PartialGroups, _ axes: [KeyAxis], _ grouping: PlanGrouping
  ) throws(EvaluationError) {
    var ids = [Int32](repeating: 0, count: batch.count)
    for axis in axes {
      let count = Int32(truncatingIfNeeded: axis.count)
      switch axis.reading {
      case .code(let expression):
        let codes = try codes(expression, batch)
        for row in ids.indices { ids[row] = ids[row] &* count &+ codes[row] &+ 1 }
      case .table(let dependent, let numbers):
        let things = try self.numbers(of: dependent, batch)
        for row in ids.indices { ids[row] = ids[row] &* count &+ numbers[Int(things[row]) + 1] &+ 1 }
      }
    }
    for id in ids { part.rows[Int(id)] &+= 1 }
    for (index, aggregate) in grouping.aggregates.enumerated() {
      guard let argument = aggregate.argument else { continue }
      if let tenths = try ownScores(argument, batch) {
        for row in ids.indices {
          part.sums[index][Int(ids[row])].sum.add(tenths: Int(tenths[row]))
          part.sums[index][Int(ids[row])].count += 1
        }
        continue
      }
      let numbers = try numbers(argument, batch)
      for row in ids.indices where !numbers[row].isNaN {
        part.sums[index][Int(ids[row])].sum.add(numbers[row])
        part.sums[index][Int(ids[row])].count += 1
      }
    }
  }

  /// How many rows each group has, where nothing but codes of rows that lie one after the other need be counted.
  private func counts(
    _ stream: RowStream, _ positions: Range<Int>, _ axes: [KeyAxis], _ grouping: PlanGrouping
  ) -> [Int]? {
    guard stream.steps.isEmpty, grouping.aggregates.allSatisfy(\.isPlainCount) else { return nil }
    if axes.isEmpty { return [positions.count] }
    guard axes.count == 1, case .ranges(let ranges) = stream.base, ranges.count == 1,
      case .code(let expression) = axes[0].reading, case .field(let field) = expression.kind,
      field.known == nil, field.merging == nil
    else { return nil }
    let rows = ranges[0].lowerBound + positions.lowerBound..<ranges[0].lowerBound + positions.upperBound
    let codes = axes[0].count - 1
    switch (stream.kind, field.id) {
    case (.event, .type): return store.events.type.counts(in: rows, codes: codes)
    case (.event, .mode): return store.events.mode.counts(in: rows, codes: codes)
    case (.event, .status): return store.events.status.counts(in: rows, codes: codes)
    case (.event, .certainty): return store.events.certainty.counts(in: rows, codes: codes)
    case (.event, .place): return store.events.place.counts(in: rows, codes: codes)
    default: return nil
    }
  }

  private func take(_ parts: [PartialGroups], _ axes: [KeyAxis], _ groups: inout Groups) {
    guard let size = parts.first?.rows.count else { return }
    let rows = (0..<size).map { group in parts.reduce(0) { $0 + $1.rows[group] } }
    let present = rows.indices.filter { rows[$0] > 0 || axes.isEmpty }
    let columns = axes.indices.map { index in
      let below = axes[(index + 1)...].reduce(1) { $0 * $1.count }
      return present.map { Int32(truncatingIfNeeded: $0 / below % axes[index].count - 1) }
    }
    for (index, axis) in axes.enumerated() {
      if case .code = axis.reading { groups.withKey(index) { $0.note(codes: columns[index]) } }
    }
    let ids = groups.groups(columns, rows: present.count)
    for index in groups.states.indices {
      for (group, id) in zip(present, ids) {
        guard let first = parts.first, !first.sums[index].isEmpty else {
          groups.add(count: rows[group], to: index, group: id)
          continue
        }
        for part in parts {
          groups.add(part.sums[index][group].sum, count: part.sums[index][group].count, to: index, group: id)
        }
      }
    }
  }

  // MARK: - Axes

  /// nil: some key has no numbers beforehand, or there are too many combinations.
  private func axes(
    of grouping: PlanGrouping, rows: Int, _ groups: inout Groups
  ) throws(EvaluationError) -> [KeyAxis]? {
    var axes: [KeyAxis] = []
    var size = 1
    for (index, key) in grouping.keys.enumerated() {
      guard let axis = try axis(key.expression, rows: rows, &groups, index) else { return nil }
      axes.append(axis)
      size *= axis.count
      guard size <= KeyAxis.most else { return nil }
    }
    return axes
  }

  private func axis(
    _ key: PlanExpression, rows: Int, _ groups: inout Groups, _ index: Int
  ) throws(EvaluationError) -> KeyAxis? {
    if key.isCode {
      let count =
        switch key.type {
        case .entity(let kind): store.rowCount(kind)
        case .symbol(let kind): store.codeCount(kind)
        default: 0
        }
      return KeyAxis(reading: .code(key), count: count + 1)
    }
    guard case .dependent(let dependent) = key.kind, !key.type.isList, key.hasOneOrder,
      count(of: dependent.domain) * 2 < rows || rows < 1000
    else { return nil }
    let numbers = try numbers(ofAll: dependent, &groups, index)
    return KeyAxis(reading: .table(dependent, numbers), count: Int(numbers.max() ?? -1) + 2)
  }

  /// The number of a key's value for none, and for each of all that it depends on.
  private func numbers(
    ofAll dependent: DependentExpression, _ groups: inout Groups, _ index: Int
  ) throws(EvaluationError) -> [Int32] {
    let things = Array(-1..<Int32(truncatingIfNeeded: count(of: dependent.domain)))
    if let periods = periods(dependent, things.count - 1) {
      var numberOfPeriod: [Int: Int32] = [:]
      return periods.map { period in
        guard let period else { return -1 }
        if let known = numberOfPeriod[period.number] { return known }
        let value = Self.period(period.function, ofDay: period.day)
        let number = groups.withKey(index) { $0.number(of: value) }
        numberOfPeriod[period.number] = number
        return number
      }
    }
    return try keyNumbers(dependent, things, &groups, index)
  }

  private struct Period {
    let function: Function
    /// Tells periods of one function apart.
    let number: Int
    let day: Int
  }

  /// For none, and for each different time, the period of the calendar in which all of it lies; nil: the key is no such.
  private func periods(_ dependent: DependentExpression, _ count: Int) -> [Period?]? {
    guard dependent.domain == .eventTimes,
      case .call(let function, let arguments) = dependent.expression.kind,
      function.isPeriod, let times = arguments.first.flatMap({ TimeOperand($0, store.events.time.table) })
    else { return nil }
    let known = (Int(Int32.min) + 2)...(Int(Int32.max) - 2)
    var lastDay = Int.min
    var lastNumber = 0
    func number(_ day: Int) -> Int {
      if day == lastDay { return lastNumber }
      let date = CalendarDay(dayNumber: day)
      lastDay = day
      lastNumber =
        switch function {
        case .year: date.year
        case .quarter: date.year * 4 + (date.month - 1) / 3
        case .month: date.year * 12 + date.month - 1
        default: day
        }
      return lastNumber
    }
    return [nil]
      + (0..<count).map { index in
        let first = Int(times.startMin[index])
        let last = Int(times.endMax[index])
        guard known.contains(first), known.contains(last) else { return nil }
        let period = number(first)
        // Within the same month, or a day: mostly so, and then the other end need not be taken apart.
        guard first == last || period == number(last) else { return nil }
        return Period(function: function, number: period, day: first)
      }
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

  /// Whether different values of it never tie in the order of values.
  fileprivate var hasOneOrder: Bool {
    switch type {
    case .text, .number, .truth, .entity, .symbol: return true
    case .time:
      if case .call(let function, _) = unmarked.kind { return function.isPeriod }
      return false
    default: return false
    }
  }
}

extension PlanAggregate {
  /// Whether it counts rows, those of its own group alone.
  var isPlainCount: Bool { function == .count && argument == nil && rolling == nil }
}
