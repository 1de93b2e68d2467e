import KhabarModel
import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// Groups in ascending order of their keys; without keys one group, also of no rows.
  func aggregate(
    _ input: RowSet, _ keys: [PlanColumn], _ aggregates: [PlanAggregate]
  ) throws(EvaluationError) -> Table {
    var groups = Groups(aggregates, order: ValueOrder(store))
    if keys.isEmpty { groups.add(key: []) }
    for batch in input.batches() {
      try checkCancelled()
      var keyColumns: [[Value]] = []
      for key in keys { keyColumns.append(try values(key.expression, batch)) }
      var arguments: [[Value]?] = []
      for aggregate in aggregates {
        arguments.append(
          try aggregate.argument.map { expression throws(EvaluationError) in try values(expression, batch) })
      }
      for row in 0..<batch.count {
        for key in try combinations(keyColumns.map { $0[row] }) {
          groups.add(arguments.map { $0?[row] }, key: key)
        }
      }
    }
    let shapes =
      keys.map { ColumnShape($0.name, $0.expression.type.element) }
      + aggregates.map { ColumnShape($0.name, $0.type) }
    return Table(columns: shapes, rows: groups.rows())
  }

  /// The keys under which a row counts: one for each combination of the values of keys that have many.
  private func combinations(_ values: [Value]) throws(EvaluationError) -> [[Value]] {
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
}

/// Groups by key, each with the state of its aggregates.
private struct Groups {
  private let aggregates: [PlanAggregate]
  private let order: ValueOrder
  private var indexOfKey: [[Value]: Int] = [:]
  private var keys: [[Value]] = []
  private var states: [[Accumulator]] = []

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

  func rows() -> [[Value]] {
    let sorted = keys.indices.sorted { a, b in
      for (first, second) in zip(keys[a], keys[b]) {
        let result = order.compare(first, second)
        if result != 0 { return result < 0 }
      }
      return a < b
    }
    return sorted.map { keys[$0] + states[$0].map(\.value) }
  }
}

/// One aggregate of one group. Missing values are passed over; of many-valued arguments each value counts.
private struct Accumulator {
  private let function: AggregateFunction
  private let order: ValueOrder
  private var count = 0
  private var sum = ExactSum()
  private var best = Value.missing
  private var seen: Set<Value> = []
  private var all: [Value] = []

  init(_ function: AggregateFunction, _ order: ValueOrder) {
    self.function = function
    self.order = order
  }

  /// nil: the row itself, for `count`.
  mutating func add(_ argument: Value?) {
    switch argument {
    case .none: count += 1
    case .some(.missing): break
    case .some(.list(let elements)): for element in elements { addOne(element) }
    case .some(let value): addOne(value)
    }
  }

  private mutating func addOne(_ value: Value) {
    switch function {
    case .count: count += value == .truth(false) ? 0 : 1
    case .countDistinct: seen.insert(value)
    case .list: all.append(value)
    case .sum, .avg:
      guard case .number(let number) = value else { return }
      count += 1
      sum.add(number)
    case .min: if best.isMissing || order.compare(value, best) < 0 { best = value }
    case .max: if best.isMissing || order.compare(value, best) > 0 { best = value }
    }
  }

  var value: Value {
    switch function {
    case .count: .number(Double(count))
    case .countDistinct: .number(Double(seen.count))
    case .list: .list(all)
    case .sum: .number(sum.value)
    case .avg: count == 0 ? .missing : .number(sum.value / Double(count))
    case .min, .max: best
    }
  }
}

/// A sum that does not depend on the order of its terms as long as they are tenths, as scores are; others are added in
/// floating point.
private struct ExactSum {
  private var tenths = 0
  private var rest = 0.0

  mutating func add(_ number: Double) {
    let scaled = (number * 10).rounded()
    if abs(scaled) < 1e15, scaled / 10 == number, let whole = Int(exactly: scaled) {
      let sum = tenths.addingReportingOverflow(whole)
      if !sum.overflow {
        tenths = sum.partialValue
        return
      }
    }
    rest += number
  }

  var value: Double { Double(tenths) / 10 + rest }
}
