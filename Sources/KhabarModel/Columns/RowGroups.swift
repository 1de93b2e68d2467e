/// Rows by a number that each has, in the order in which they lie: those of number `i` are
/// `rows[starts[i]..<starts[i + 1]]`.
///
///     numbers  2 0 2 -1 1        rows  1 4 0 2        starts  0 1 2 4
///
/// Counted and put in their places by several threads, each of which has a part of the rows.
package struct RowGroups {
  package let starts: Memory<UInt32>
  package let rows: Memory<UInt32>

  package var count: Int { starts.count - 1 }

  /// - Parameter numbers: Below `count`; rows of -1 are in no group.
  package init(_ numbers: Memory<Int32>, count: Int, threads: Int) {
    // Each part counts for itself.
    let parts = max(1, min(threads, numbers.count / (1 << 14) + 1, count > 1 << 22 ? 2 : threads))
    let counters = (0..<parts).map { _ in Memory<UInt32>(count: count) }
    Threads.run(parts) { part in
      let counter = counters[part].base
      counter.update(repeating: 0, count: count)
      for row in Threads.range(part, of: parts, rows: numbers.count) {
        let number = Int(numbers.base[row])
        if number >= 0 {
          precondition(number < count, "a number below the count")
          counter[number] &+= 1
        }
      }
    }
    starts = Memory(count: count + 1)
    let total = Self.setStarts(counters.map(\.base), starts)
    rows = Memory(count: total)
    let rows = rows.base
    Threads.run(parts) { part in
      let next = counters[part].base
      for row in Threads.range(part, of: parts, rows: numbers.count) {
        let number = Int(numbers.base[row])
        if number >= 0 {
          rows[Int(next[number])] = UInt32(truncatingIfNeeded: row)
          next[number] &+= 1
        }
      }
    }
  }

  /// Makes of how many each part has of each number where it begins to put them.
  ///
  /// - Returns: How many there are.
  static func setStarts(_ counters: [UnsafeMutablePointer<UInt32>], _ starts: Memory<UInt32>) -> Int {
    var next: UInt32 = 0
    let count = starts.count - 1
    counters.withUnsafeBufferPointer { counters in
      for number in 0..<count {
        starts.base[number] = next
        for counter in counters {
          let own = counter[number]
          counter[number] = next
          next &+= own
        }
      }
    }
    starts.base[count] = next
    return Int(next)
  }

  package var offsets: Offsets { Offsets(starts: starts) }

  /// The rows of each group, for what lies in columns as they do.
  package var array: OffsetArray<Int32> {
    OffsetArray(
      offsets: offsets,
      values: Column(
        owner: rows, base: UnsafeRawPointer(rows.base).assumingMemoryBound(to: Int32.self), count: rows.count)
    )
  }
}
