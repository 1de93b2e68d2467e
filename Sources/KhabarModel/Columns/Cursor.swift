import Synchronization

/// Deals out numbers to threads, one after the other.
package final class Cursor: Sendable {
  private let next = Atomic(0)

  package init() {}

  /// The next number; nil: there is none left below `limit`.
  package func take(below limit: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}
