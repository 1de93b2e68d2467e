/// Where the rows of a table begin that lie by the rows of another: those of row `i` are `range(i)`.
package struct Offsets: Sendable {
  /// One more than there are rows.
  @usableFromInline let starts: Column<UInt32>

  package init(counts: [Int] = []) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(counts.count + 1)
    var next: UInt32 = 0
    for count in counts {
      next += UInt32(truncatingIfNeeded: count)
      starts.append(next)
    }
    self.starts = Column(starts)
  }

  @inlinable package var count: Int { starts.count - 1 }

  @inlinable package func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }

  /// The row whose range holds `position`, by halving.
  @inlinable package func row(holding position: Int) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= position { low = middle } else { high = middle }
    }
    return low
  }
}
