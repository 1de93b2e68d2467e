import KhabarPlan

/// One aggregate of one group. Missing values are passed over; of many-valued arguments each value counts.
struct Accumulator {
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

  /// Adds what another has taken, after what this one has.
  mutating func add(_ other: Accumulator) {
    count += other.count
    sum.add(other.sum)
    seen.formUnion(other.seen)
    all += other.all
    if !other.best.isMissing { addOne(other.best) }
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

/// An aggregate of the last so many groups.
///
/// What was added since the window was last turned over is in `newer`. The groups before that are in `older`: its last
/// element is all of them, the one before it all but the oldest, so that the oldest is dropped by taking the last
/// element off. Each group is thus added twice at most, however long the window.
struct RollingWindow {
  private let length: Int
  private var older: [Accumulator] = []
  private var newer: [Accumulator] = []
  private var sumOfNewer: Accumulator?

  init(_ length: Int) { self.length = length }

  /// Adds the next group, and drops the oldest where there are too many: the aggregate of all that are left.
  mutating func add(_ group: Accumulator) -> Accumulator {
    if older.count + newer.count == length { dropOldest() }
    newer.append(group)
    var sum = sumOfNewer ?? group
    if sumOfNewer != nil { sum.add(group) }
    sumOfNewer = sum
    guard var all = older.last else { return sum }
    all.add(sum)
    return all
  }

  private mutating func dropOldest() {
    if older.isEmpty {
      for group in newer.reversed() {
        var sum = group
        if let later = older.last { sum.add(later) }
        older.append(sum)
      }
      newer = []
      sumOfNewer = nil
    }
    older.removeLast()
  }
}

/// A sum that does not depend on the order of its terms as long as they are tenths, as scores are; others are added in
/// floating point.
struct ExactSum {
  private var tenths = 0
  private var rest = 0.0

  mutating func add(_ number: Double) {
    // What is a tenth mostly shows so at once, without rounding.
    let product = number * 10
    if abs(product) < 1e15, Double(Int(product)) == product, product / 10 == number {
      let sum = tenths.addingReportingOverflow(Int(product))
      if !sum.overflow {
        tenths = sum.partialValue
        return
      }
    }
    if let whole = Self.tenths(of: number) {
      let sum = tenths.addingReportingOverflow(whole)
      if !sum.overflow {
        tenths = sum.partialValue
        return
      }
    }
    rest += number
  }

  /// Adds what is a tenth, and small.
  mutating func add(tenths number: Int) { tenths &+= number }

  /// The tenths that a number is.
  private static func tenths(of number: Double) -> Int? {
    let product = (number * 10).rounded()
    guard abs(product) < 1e15, product / 10 == number else { return nil }
    return Int(product)
  }

  mutating func add(_ other: ExactSum) {
    let sum = tenths.addingReportingOverflow(other.tenths)
    if sum.overflow { rest += Double(other.tenths) / 10 } else { tenths = sum.partialValue }
    rest += other.rest
  }

  var value: Double { Double(tenths) / 10 + rest }
}
