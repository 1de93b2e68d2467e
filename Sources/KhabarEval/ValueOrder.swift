import EDTF
import KhabarModel
import KhabarPlan

/// The order of values in answers: numbers by size, texts by their characters, times by their bounds, words by their
/// spelling (certainties from possible to certain), records by id; what is missing comes last, also when descending.
struct ValueOrder {
  let store: EventStore

  init(_ store: EventStore) { self.store = store }

  /// Negative where `a` comes before `b`, 0 where neither does.
  func compare(_ a: Value, _ b: Value, isDescending: Bool = false) -> Int {
    switch (isNothing(a), isNothing(b)) {
    case (true, true): 0
    case (true, false): 1
    case (false, true): -1
    case (false, false): isDescending ? -ascending(a, b) : ascending(a, b)
    }
  }

  /// Missing, or a list without a value.
  private func isNothing(_ value: Value) -> Bool { value.isMissing || value == .list([]) }

  private func ascending(_ a: Value, _ b: Value) -> Int {
    switch (a, b) {
    case (.number(let x), .number(let y)): return Self.order(x, y)
    case (.truth(let x), .truth(let y)): return Self.order(x ? 1 : 0, y ? 1 : 0)
    case (.time(let x), .time(let y)):
      return x.bounds == y.bounds ? 0 : x.bounds.precedes(y.bounds) ? -1 : 1
    case (.duration(let x), .duration(let y)):
      return Self.order(
        Double(x.days.lowerBound) + Double(x.days.upperBound),
        Double(y.days.lowerBound) + Double(y.days.upperBound))
    case (.symbol(.certainty, let x), .symbol(.certainty, let y)): return Int(y) - Int(x)
    case (.symbol(let kind, let x), .symbol(_, let y)):
      return Self.order(store.word(kind, x), store.word(kind, y))
    case (.entity(.event, let x), .entity(.event, let y)), (.entity(.report, let x), .entity(.report, let y)),
      (.entity(.participation, let x), .entity(.participation, let y)),
      (.entity(.office, let x), .entity(.office, let y)):
      return Int(x) - Int(y)
    case (.entity(let kind, let x), .entity(let other, let y)):
      return Self.order(store.id(kind, x), store.id(other, y))
    case (.list(let x), .list(let y)):
      for (first, second) in zip(x, y) {
        let order = compare(first, second)
        if order != 0 { return order }
      }
      return x.count - y.count
    default: return Self.order(text(a), text(b))
    }
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .text(let text): text
    case .localized(let text): text.preferred("en") ?? ""
    default: ""
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
}
