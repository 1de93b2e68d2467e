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

  @usableFromInline init(owner: AnyObject?, base: UnsafePointer<Element>?, count: Int) {
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

  // Written out, as loops in other modules would else ask at run time how to go on.
  @inlinable package func index(after index: Int) -> Int { index &+ 1 }
  @inlinable package func index(before index: Int) -> Int { index &- 1 }
  @inlinable package func formIndex(after index: inout Int) { index &+= 1 }
  @inlinable package func index(_ index: Int, offsetBy distance: Int) -> Int { index &+ distance }
  @inlinable package func distance(from start: Int, to end: Int) -> Int { end &- start }
  @inlinable package var underestimatedCount: Int { count }

  @inlinable package func makeIterator() -> Iterator { Iterator(self) }

  package struct Iterator: IteratorProtocol {
    @usableFromInline let column: Column
    @usableFromInline var position = 0

    @inlinable init(_ column: Column) { self.column = column }

    @inlinable package mutating func next() -> Element? {
      if position == column.count { return nil }
      position &+= 1
      return column.base.unsafelyUnwrapped[position &- 1]
    }
  }

  @inlinable package subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index within the column")
    return base.unsafelyUnwrapped[index]
  }

  /// Some of the values, in the same memory; their indices begin at 0.
  @inlinable package func slice(_ range: Range<Int>) -> Column {
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
