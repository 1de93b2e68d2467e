import KhabarModel
import KhabarPlan

/// Groups by key, each with the state of its aggregates.
///
/// A key's values become numbers first, as they come: codes of words and records as they are, the rest by a dictionary. The
/// group of a row is found from its numbers, so that values are compared once for each that is different, not for each row.
struct Groups {
  private(set) var keys: [KeyColumn]
  private(set) var states: [AggregateColumn]
  /// The numbers of each group's key.
  private var numbers: [[Int32]] = []
  private var pairs: [PairTable]
  private var single: [Int32] = []

  init(_ grouping: PlanGrouping, order: ValueOrder) {
    keys = grouping.keys.map { KeyColumn($0.expression.type.element) }
    states = grouping.aggregates.map { AggregateColumn($0, order) }
    pairs = grouping.keys.dropFirst().map { _ in PairTable() }
  }

  var count: Int { numbers.count }

  func key(_ group: Int) -> [Value] { zip(keys, numbers[group]).map { $0.value($1) } }

  /// The groups of rows, of each the numbers of its key; new ones are added.
  mutating func groups(_ columns: [[Int32]], rows: Int) -> [Int32] {
    guard var ids = columns.first else {
      if count == 0 { add([]) }
      return [Int32](repeating: 0, count: rows)
    }
    for (index, column) in columns.dropFirst().enumerated() {
      for row in 0..<rows { ids[row] = pairs[index].id(ids[row], column[row]) }
    }
    for row in 0..<rows {
      let id = Int(ids[row]) + 1
      if id >= single.count { single += [Int32](repeating: -1, count: max(64, id * 2) - single.count) }
      if single[id] < 0 {
        single[id] = Int32(truncatingIfNeeded: count)
        add(columns.map { $0[row] })
      }
      ids[row] = single[id]
    }
    return ids
  }

  private mutating func add(_ key: [Int32]) {
    numbers.append(key)
    for index in states.indices { states[index].addGroup() }
  }

  /// Adds a group without rows, unless it is there.
  mutating func add(key: [Value]) {
    let columns = key.indices.map { [keys[$0].number(of: key[$0])] }
    _ = groups(columns, rows: 1)
  }

  mutating func withKey<Result>(_ index: Int, _ body: (inout KeyColumn) -> Result) -> Result {
    body(&keys[index])
  }

  mutating func add(_ argument: AggregateColumn.Argument, to index: Int, groups: [Int32], rows: [Int]?) {
    states[index].add(argument, groups: groups, rows: rows)
  }

  /// Takes in rows of a group that were counted, or added up, elsewhere.
  mutating func add(count: Int, to index: Int, group: Int32) { states[index].add(count: count, group) }

  mutating func add(_ sum: ExactSum, count: Int, to index: Int, group: Int32) {
    states[index].add(sum, count: count, group)
  }

  /// The groups in ascending order of their keys.
  func sorted(_ order: ValueOrder) -> [Int] {
    let ranks = keys.indices.map { keys[$0].ranks(order) }
    return (0..<count).sorted { a, b in
      for index in ranks.indices {
        let first = ranks[index][keys[index].position(numbers[a][index])]
        let second = ranks[index][keys[index].position(numbers[b][index])]
        if first != second { return first < second }
      }
      return a < b
    }
  }
}

/// The values of one key as numbers.
struct KeyColumn {
  private let type: ValueType
  private let isCoded: Bool
  private var values: [Value] = []
  private var numberOfValue: [Value: Int32] = [:]
  /// The greatest number so far.
  private var most: Int32 = -1

  init(_ type: ValueType) {
    self.type = type
    switch type {
    case .entity, .symbol: isCoded = true
    default: isCoded = false
    }
  }

  /// Codes are their own numbers.
  mutating func note(codes: [Int32]) { for code in codes where code > most { most = code } }

  mutating func number(of value: Value) -> Int32 {
    if isCoded {
      let code = value.code.map { Int32(truncatingIfNeeded: $0) } ?? -1
      if code > most { most = code }
      return code
    }
    if value.isMissing { return -1 }
    if let known = numberOfValue[value] { return known }
    let number = Int32(truncatingIfNeeded: values.count)
    values.append(value)
    numberOfValue[value] = number
    most = number
    return number
  }

  func value(_ number: Int32) -> Value {
    if number < 0 { return .missing }
    switch type {
    case .entity(let kind): return .entity(kind, number)
    case .symbol(let kind): return .symbol(kind, Int16(truncatingIfNeeded: number))
    default: return values[Int(number)]
    }
  }

  func position(_ number: Int32) -> Int { Int(number) + 1 }

  /// The place of each number in the order of values; equal ones have the same.
  func ranks(_ order: ValueOrder) -> [Int32] {
    let numbers = Int32(-1)...most
    let sorted = numbers.map { ($0, value($0)) }.sorted { order.compare($0.1, $1.1) < 0 }
    var ranks = [Int32](repeating: 0, count: numbers.count)
    var rank: Int32 = 0
    for (index, element) in sorted.enumerated() {
      if index > 0, order.compare(sorted[index - 1].1, element.1) != 0 { rank += 1 }
      ranks[position(element.0)] = rank
    }
    return ranks
  }
}

/// Numbers for pairs of numbers, from 0 as they come.
struct PairTable {
  private var slots: [(pair: UInt64, id: Int32)] = Array(repeating: (0, -1), count: 1024)
  private var count: Int32 = 0

  mutating func id(_ first: Int32, _ second: Int32) -> Int32 {
    let pair = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    var slot = Self.slot(pair, slots.count)
    while slots[slot].id >= 0 {
      if slots[slot].pair == pair { return slots[slot].id }
      slot = (slot + 1) & (slots.count - 1)
    }
    let id = count
    slots[slot] = (pair, id)
    count += 1
    if Int(count) * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (0, -1), count: old.count * 2)
    for entry in old where entry.id >= 0 {
      var slot = Self.slot(entry.pair, slots.count)
      while slots[slot].id >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  private static func slot(_ pair: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }
}

/// One aggregate of all groups.
struct AggregateColumn {
  /// What is aggregated, of each row of a batch.
  enum Argument {
    /// The row itself.
    case row
    /// Not a number where there is none.
    case numbers([Double])
    case values([Value])
  }

  private enum Kind { case count, sum, general }

  private let function: AggregateFunction
  private let order: ValueOrder
  private let kind: Kind
  private var counts: [Int] = []
  private var sums: [ExactSum] = []
  private var accumulators: [Accumulator] = []

  init(_ aggregate: PlanAggregate, _ order: ValueOrder) {
    function = aggregate.function
    self.order = order
    if aggregate.rolling != nil {
      kind = .general
    } else if aggregate.argument == nil, aggregate.function == .count {
      kind = .count
    } else {
      kind = aggregate.sumsNumbers ? .sum : .general
    }
  }

  mutating func addGroup() {
    switch kind {
    case .count: counts.append(0)
    case .sum:
      counts.append(0)
      sums.append(ExactSum())
    case .general: accumulators.append(Accumulator(function, order))
    }
  }

  /// - Parameter rows: Of each element of `groups`, which row it stands for; nil: the one at its place.
  mutating func add(_ argument: Argument, groups: [Int32], rows: [Int]?) {
    switch (kind, argument) {
    case (.count, _): for group in groups { counts[Int(group)] += 1 }
    case (.sum, .numbers(let numbers)):
      for (position, group) in groups.enumerated() {
        let number = numbers[rows?[position] ?? position]
        if number.isNaN { continue }
        sums[Int(group)].add(number)
        counts[Int(group)] += 1
      }
    default:
      for (position, group) in groups.enumerated() {
        accumulators[Int(group)].add(argument.value(rows?[position] ?? position))
      }
    }
  }

  mutating func add(count: Int, _ group: Int32) { counts[Int(group)] += count }

  mutating func add(_ sum: ExactSum, count: Int, _ group: Int32) {
    sums[Int(group)].add(sum)
    counts[Int(group)] += count
  }

  func accumulator(_ group: Int) -> Accumulator? { kind == .general ? accumulators[group] : nil }

  func value(_ group: Int) -> Value {
    switch kind {
    case .count: .number(Double(counts[group]))
    case .sum where function == .sum: .number(sums[group].value)
    case .sum: counts[group] == 0 ? .missing : .number(sums[group].value / Double(counts[group]))
    case .general: accumulators[group].value
    }
  }
}

extension AggregateColumn.Argument {
  /// nil: the row itself.
  fileprivate func value(_ row: Int) -> Value? {
    switch self {
    case .row: nil
    case .numbers(let numbers): numbers[row].isNaN ? .missing : .number(numbers[row])
    case .values(let values): values[row]
    }
  }
}

extension PlanAggregate {
  /// Whether it is a sum or mean of one number a row.
  var sumsNumbers: Bool { (function == .sum || function == .avg) && argument?.type == .number }
}
