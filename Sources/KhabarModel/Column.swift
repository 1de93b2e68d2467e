/// Fixed-size values that lie one after the other in memory, which the column owns or a mapped file lends: what is
/// never written again, so that any number of threads may read it.
package struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
  /// Keeps the memory alive.
  @usableFromInline let owner: AnyObject?
  @usableFromInline let base: UnsafePointer<Element>?
  package let count: Int

  package init(_ values: some Collection<Element>) {
    count = values.count
    guard count > 0 else {
      owner = nil
      base = nil
      return
    }
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
    _ = UnsafeMutableBufferPointer(start: memory, count: count).initialize(fromContentsOf: values)
    owner = Allocation(memory)
    base = UnsafePointer(memory)
  }

  private init(owner: AnyObject?, base: UnsafePointer<Element>?, count: Int) {
    self.owner = owner
    self.base = base
    self.count = count
  }

  /// Frees what a column has allocated.
  private final class Allocation {
    private let memory: UnsafeMutablePointer<Element>
    init(_ memory: UnsafeMutablePointer<Element>) { self.memory = memory }
    deinit { memory.deallocate() }
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { count }

  @inlinable package subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index within the column")
    return base.unsafelyUnwrapped[index]
  }

  /// Some of the values, in the same memory.
  package func slice(_ range: Range<Int>) -> Column {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range within the column")
    return Column(owner: owner, base: base.map { $0 + range.lowerBound }, count: range.count)
  }

  /// The values as memory, for loops that visit many of them.
  @inlinable package func withBuffer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(owner) {} }
    return try body(UnsafeBufferPointer(start: base, count: count))
  }
}
