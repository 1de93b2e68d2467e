import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// A comparison in three values: unknown where a side is missing, or where what is known of it does not decide.
  func compare(
    _ comparison: Comparison, _ left: PlanExpression, _ right: PlanExpression, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    switch (left.type, right.type) {
    case (.number, .number):
      let first = try numbers(left, batch)
      let second = try numbers(right, batch)
      return zip(first, second).map { a, b in
        a.isNaN || b.isNaN ? .unknown : Truth(comparison.holds(a < b ? -1 : a == b ? 0 : 1))
      }
    case (.time, .time):
      let first = try bounds(left, batch)
      let second = try bounds(right, batch)
      return zip(first, second).map { a, b in
        guard let a, let b else { return .unknown }
        return Self.compare(comparison, a, b)
      }
    default:
      return try zip(values(left, batch), values(right, batch)).map { compare(comparison, $0, $1) }
    }
  }

  /// `a < b` says that `a` is before `b`; `a <= b` that it is not after it.
  private static func compare(_ comparison: Comparison, _ a: TimeBounds, _ b: TimeBounds) -> Truth {
    switch comparison {
    case .equal: a.equals(b)
    case .notEqual: !a.equals(b)
    case .less: a.isBefore(b)
    case .lessOrEqual: !a.isAfter(b)
    case .greater: a.isAfter(b)
    case .greaterOrEqual: !a.isBefore(b)
    }
  }

  private func compare(_ comparison: Comparison, _ a: Value, _ b: Value) -> Truth {
    switch comparison {
    case .equal: return Self.equal(a, b)
    case .notEqual: return !Self.equal(a, b)
    default: break
    }
    guard !a.isMissing, !b.isMissing, a.code != Self.nothing, b.code != Self.nothing else { return .unknown }
    if case .duration(let first) = a, case .duration(let second) = b {
      return Self.compare(comparison, first, second)
    }
    return Truth(comparison.holds(ValueOrder(store).compare(a, b)))
  }

  /// Lengths known within bounds: true or false where every choice within them agrees.
  private static func compare(_ comparison: Comparison, _ x: DurationValue, _ y: DurationValue) -> Truth {
    if let (a, b) = inDays(x, y) { return Truth(comparison.holds(a < b ? -1 : a == b ? 0 : 1)) }
    return compare(comparison, x.days, y.days)
  }

  /// What is left to compare where the months are the same on both sides: `1 month` is `1 month`, however long that
  /// is.
  private static func inDays(_ x: DurationValue, _ y: DurationValue) -> (Int, Int)? {
    guard let a = x.calendar, let b = y.calendar, a.months == b.months else { return nil }
    return (a.days, b.days)
  }

  private static func compare(
    _ comparison: Comparison, _ a: ClosedRange<Int>, _ b: ClosedRange<Int>
  ) -> Truth {
    func isLess(_ a: ClosedRange<Int>, _ b: ClosedRange<Int>) -> Truth {
      a.upperBound < b.lowerBound ? .true : a.lowerBound >= b.upperBound ? .false : .unknown
    }
    switch comparison {
    case .less: return isLess(a, b)
    case .greater: return isLess(b, a)
    case .lessOrEqual: return !isLess(b, a)
    case .greaterOrEqual: return !isLess(a, b)
    case .equal, .notEqual: return .unknown
    }
  }

  /// Texts in several languages are equal to a text that is one of them, compared as names are.
  static func equal(_ a: Value, _ b: Value) -> Truth {
    switch (a, b) {
    case (.missing, _), (_, .missing): return .unknown
    case (.time(let x), .time(let y)): return x.bounds.equals(y.bounds)
    case (.duration(let x), .duration(let y)):
      if let (a, b) = inDays(x, y) { return Truth(a == b) }
      return x.days.overlaps(y.days) ? .unknown : .false
    case (.localized(let text), .text(let other)), (.text(let other), .localized(let text)):
      let key = NameKey.key(other)
      return Truth(text.entries.contains { NameKey.key($0.text) == key })
    default: return Truth(a == b)
    }
  }
}
