import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

// Conditions on the time of an event, decided for all different times at once by passes over their four days.
//
// Every comparison of times is a conjunction of inequalities between ends (see `TimeBounds+Comparison.swift`), once for
// what is certain and once for what is possible. Against one other time each inequality compares a column of days with one
// number. Kleene's logic is then logic of bytes: *and* and *or* go by both masks, *not* swaps them.
//
//     possibly not time after 2023-05-04       times    2023-05-01   2023-05   2024
//                                     after  certain         0           0        1
//                                          possible          0           1        1
//                                       not  certain         1           0        0    (not possible)
//                                          possible          1           1        0    (not certain)
//                                  possibly  certain         1           1        0

/// For each of some times whether something surely, and whether it possibly, holds.
struct TimeMasks {
  var certain: [UInt8]
  var possible: [UInt8]

  static func all(_ truth: Truth, _ count: Int) -> TimeMasks {
    TimeMasks(
      certain: [UInt8](repeating: truth == .true ? 1 : 0, count: count),
      possible: [UInt8](repeating: truth == .false ? 0 : 1, count: count))
  }

  func truth(_ index: Int) -> Truth { Truth(certain: certain[index] != 0, possible: possible[index] != 0) }

  mutating func combine(_ other: TimeMasks, _ operation: (UInt8, UInt8) -> UInt8) {
    Self.combine(&certain, other.certain, operation)
    Self.combine(&possible, other.possible, operation)
  }

  @inline(__always)
  fileprivate static func combine(
    _ mask: inout [UInt8], _ other: [UInt8], _ operation: (UInt8, UInt8) -> UInt8
  ) {
    mask.withUnsafeMutableBufferPointer { mask in
      other.withUnsafeBufferPointer { other in
        for index in 0..<min(mask.count, other.count) { mask[index] = operation(mask[index], other[index]) }
      }
    }
  }

  mutating func negate() {
    let possible = possible
    Self.combine(&self.possible, certain) { _, certain in certain ^ 1 }
    Self.combine(&certain, possible) { _, possible in possible ^ 1 }
  }
}

/// Four columns of days that are the bounds of times; a time whose ends are open, or unknown, may have none.
struct TimeOperand {
  enum End { case startMin, startMax, endMin, endMax }

  let startMin: Column<Int32>
  let startMax: Column<Int32>
  let endMin: Column<Int32>
  let endMax: Column<Int32>
  /// What of the table's times there is none of here.
  enum Absent { case nothing, openEnds, unknownDays }
  let absent: Absent

  init(_ table: TimeTable) {
    startMin = table.startMin
    startMax = table.startMax
    endMin = table.endMin
    endMax = table.endMax
    absent = .nothing
  }

  private init(_ low: Column<Int32>, _ high: Column<Int32>, _ absent: Absent) {
    startMin = low
    startMax = high
    endMin = low
    endMax = high
    self.absent = absent
  }

  /// `time`, or an end of it, of events; nil: something else.
  init?(_ expression: PlanExpression, _ table: TimeTable) {
    let times = TimeOperand(table)
    switch expression.kind {
    case .field(let field) where field.owner == .event && field.id == .time: self = times
    case .through(_, let field) where field.owner == .event && field.id == .time: self = times
    case .call(let function, let arguments) where arguments.count == 1:
      guard let inner = TimeOperand(arguments[0], table), inner.absent == .nothing else { return nil }
      switch function {
      case .start: self.init(inner.startMin, inner.startMax, .openEnds)
      case .end: self.init(inner.endMin, inner.endMax, .openEnds)
      case .earliest: self.init(inner.startMin, inner.startMin, .unknownDays)
      case .latest: self.init(inner.endMax, inner.endMax, .unknownDays)
      default: return nil
      }
    default: return nil
    }
  }

  /// Which ends of an expression's times are the first days on which events may start; nil: it is none that is known.
  static func ends(of expression: PlanExpression) -> [End]? {
    switch expression.kind {
    case .field, .through: [.startMin]
    case .call(.start, _): [.startMin, .endMin]
    case .call(.earliest, _): [.startMin, .startMax, .endMin, .endMax]
    case .call(.end, _), .call(.latest, _): []
    default: nil
    }
  }

  /// 1 for each time that there is; nil: there are all.
  fileprivate func present(_ range: Range<Int>) -> [UInt8]? {
    switch absent {
    case .nothing: return nil
    case .openEnds:
      return startMin.slice(range).withBuffer { low in
        startMax.slice(range).withBuffer { high in
          Self.mask(low.count) { low[$0] != high[$0] || low[$0] != Int32.min && low[$0] != Int32.max }
        }
      }
    case .unknownDays:
      return startMin.slice(range).withBuffer { days in
        Self.mask(days.count) { days[$0] > Int32.min + 1 && days[$0] < Int32.max - 1 }
      }
    }
  }

  @inline(__always)
  private static func mask(_ count: Int, _ isPresent: (Int) -> Bool) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { mask, filled in
      for index in 0..<count { mask[index] = isPresent(index) ? 1 : 0 }
      filled = count
    }
  }
}

/// Computes masks for a range of the different times of events.
struct TimeMaskKernel {
  let table: TimeTable
  let range: Range<Int>
  /// What times that do not depend on the row are, such as a literal; nil: it is missing.
  let constant: (PlanExpression) throws(EvaluationError) -> TimeBounds??

  /// nil: the expression is none of conditions on an event's time, or one that is not decided by passes.
  func masks(_ expression: PlanExpression) throws(EvaluationError) -> TimeMasks? {
    switch expression.kind {
    case .constant(.truth(let truth)): return .all(Truth(truth), range.count)
    case .not(let inner):
      guard var masks = try masks(inner) else { return nil }
      masks.negate()
      return masks
    case .possibly(let inner):
      guard var masks = try masks(inner) else { return nil }
      masks.certain = masks.possible
      return masks
    case .and(let left, let right): return try combine(left, right) { $0 & $1 }
    case .or(let left, let right): return try combine(left, right) { $0 | $1 }
    case .time(let word, let value, let other):
      guard let operand = TimeOperand(value, table), let bounds = try constant(other) else { return nil }
      guard let bounds else { return .all(.unknown, range.count) }
      return decide(operand, Inequalities.of(word, bounds))
    case .between(let value, let first, let last):
      guard let operand = TimeOperand(value, table), let from = try constant(first),
        let to = try constant(last)
      else { return nil }
      guard let from, let to else { return .all(.unknown, range.count) }
      return decide(operand, Inequalities.between(from, to))
    default: return nil
    }
  }

  /// Between which stored days all times start of which a condition may be true.
  func firstDays(_ expression: PlanExpression) throws(EvaluationError) -> ClosedRange<Int32> {
    let all = Int32.min...Int32.max
    switch expression.kind {
    case .and(let left, let right):
      let (first, second) = (try firstDays(left), try firstDays(right))
      let low = max(first.lowerBound, second.lowerBound)
      return low...max(low, min(first.upperBound, second.upperBound))
    case .time(let word, let value, let other):
      guard let bounds = try constant(other) ?? nil else { return all }
      return firstDays(value, Inequalities.of(word, bounds))
    case .between(let value, let first, let last):
      guard let from = try constant(first) ?? nil, let to = try constant(last) ?? nil else { return all }
      return firstDays(value, Inequalities.between(from, to))
    default: return all
    }
  }

  private func firstDays(_ value: PlanExpression, _ inequalities: Inequalities) -> ClosedRange<Int32> {
    guard let ends = TimeOperand.ends(of: value) else { return Int32.min...Int32.max }
    var low = Int32.min
    var high = Int32.max
    for inequality in inequalities.certain {
      // No time ends before it starts.
      if inequality.isBelow, let least = inequality.least, least > Int32.min { high = min(high, least - 1) }
      if !inequality.isBelow, ends.contains(inequality.end) { low = max(low, inequality.least ?? Int32.max) }
    }
    return low...max(low, high)
  }

  private func combine(
    _ left: PlanExpression, _ right: PlanExpression, _ operation: (UInt8, UInt8) -> UInt8
  ) throws(EvaluationError) -> TimeMasks? {
    guard var masks = try masks(left), let others = try self.masks(right) else { return nil }
    masks.combine(others, operation)
    return masks
  }

  private func decide(_ operand: TimeOperand, _ inequalities: Inequalities) -> TimeMasks {
    var masks = TimeMasks(
      certain: mask(operand, inequalities.certain), possible: mask(operand, inequalities.possible))
    if let present = operand.present(range) {
      TimeMasks.combine(&masks.certain, present) { $0 & $1 }
      TimeMasks.combine(&masks.possible, present) { $0 | ($1 ^ 1) }
    }
    return masks
  }

  private func mask(_ operand: TimeOperand, _ inequalities: [Inequality]) -> [UInt8] {
    var mask = [UInt8](repeating: 1, count: range.count)
    for inequality in inequalities { apply(inequality, operand, &mask) }
    return mask
  }

  private func apply(_ inequality: Inequality, _ operand: TimeOperand, _ mask: inout [UInt8]) {
    let column =
      switch inequality.end {
      case .startMin: operand.startMin
      case .startMax: operand.startMax
      case .endMin: operand.endMin
      case .endMax: operand.endMax
      }
    column.slice(range).withBuffer { days in
      mask.withUnsafeMutableBufferPointer { mask in
        let count = min(days.count, mask.count)
        switch (inequality.least, inequality.isBelow) {
        // No stored day is so late.
        case (nil, let isBelow): if !isBelow { mask.update(repeating: 0) }
        case (let least?, true): for index in 0..<count { mask[index] &= days[index] < least ? 1 : 0 }
        case (let least?, false): for index in 0..<count { mask[index] &= days[index] >= least ? 1 : 0 }
        }
      }
    }
  }
}

/// That an end lies before a day, or not.
private struct Inequality {
  let end: TimeOperand.End
  let isBelow: Bool
  /// The least stored day that is not before; nil: all are.
  let least: Int32?

  private init(_ end: TimeOperand.End, isBelow: Bool, _ day: Int) {
    self.end = end
    self.isBelow = isBelow
    least = StoredDay.least(notBefore: day)
  }

  static func less(_ end: TimeOperand.End, than day: Int) -> Inequality {
    Inequality(end, isBelow: true, day)
  }
  static func atMost(_ end: TimeOperand.End, _ day: Int) -> Inequality { less(end, than: day + 1) }
  static func atLeast(_ end: TimeOperand.End, _ day: Int) -> Inequality {
    Inequality(end, isBelow: false, day)
  }
  static func more(_ end: TimeOperand.End, than day: Int) -> Inequality { atLeast(end, day + 1) }
}

/// When a comparison with another time surely holds, and when it possibly does.
private struct Inequalities {
  let certain: [Inequality]
  let possible: [Inequality]

  static func of(_ word: TimeOperator, _ other: TimeBounds) -> Inequalities {
    switch word {
    case .before:
      Inequalities(
        certain: [.less(.endMax, than: other.startMin)], possible: [.less(.endMin, than: other.startMax)])
    case .after:
      Inequalities(
        certain: [.more(.startMin, than: other.endMax)], possible: [.more(.startMax, than: other.endMin)])
    case .during, .on:
      Inequalities(
        certain: [.atLeast(.startMin, other.startMax), .atMost(.endMax, other.endMin)],
        possible: [.atLeast(.startMax, other.startMin), .atMost(.endMin, other.endMax)])
    case .since:
      Inequalities(
        certain: [.atLeast(.startMin, other.startMax)], possible: [.atLeast(.startMax, other.startMin)])
    case .until:
      Inequalities(certain: [.atMost(.endMax, other.endMin)], possible: [.atMost(.endMin, other.endMax)])
    case .overlapping:
      Inequalities(
        certain: [.atMost(.startMax, other.endMin), .atLeast(.endMin, other.startMax)],
        possible: [.atMost(.startMin, other.endMax), .atLeast(.endMax, other.startMin)])
    }
  }

  static func between(_ first: TimeBounds, _ last: TimeBounds) -> Inequalities {
    let isPossible = first.startMin <= last.endMax
    return Inequalities(
      certain: [.atLeast(.startMin, first.startMax), .atMost(.endMax, last.endMin)],
      possible: isPossible
        ? [.atLeast(.startMax, first.startMin), .atMost(.endMin, last.endMax)]
        : [.less(.startMin, than: TimeBounds.openPast)])
  }
}
