import EDTF

// Events by the bounds of their times, then by id.

extension StoreColumns {
  /// Where the events will lie.
  struct Layout {
    /// The event of each row.
    let order: Memory<UInt32>
    /// The row of each event.
    let rowOfEvent: Memory<UInt32>
  }

  func layOutEvents() -> Layout {
    let (rankOfTime, ranks) = Self.ranks(times.map(\.bounds))
    let rank = Memory<Int32>(count: events.count)
    rankOfTime.withUnsafeBufferPointer { rankOfTime in
      Threads.run(threads, rows: events.count) { _, rows in
        for event in rows {
          let time = events.time[event]
          // Events without a time last.
          rank.base[event] = time < 0 ? ranks : rankOfTime[Int(time)]
        }
      }
    }
    let groups = RowGroups(rank, count: Int(ranks) + 1, threads: threads)
    sortByID(groups)
    let rowOfEvent = Memory<UInt32>(count: events.count)
    Threads.run(threads, rows: events.count) { _, rows in
      for row in rows { rowOfEvent.base[Int(groups.rows.base[row])] = UInt32(truncatingIfNeeded: row) }
    }
    return Layout(order: groups.rows, rowOfEvent: rowOfEvent)
  }

  /// The place of each time among those with different bounds, and how many these are.
  static func ranks(_ bounds: [TimeBounds]) -> (rankOfTime: [Int32], count: Int32) {
    let order = bounds.indices.sorted { bounds[$0].precedes(bounds[$1]) }
    var rankOfTime = [Int32](repeating: 0, count: bounds.count)
    var rank: Int32 = -1
    var last: TimeBounds?
    for time in order {
      if bounds[time] != last { rank += 1 }
      last = bounds[time]
      rankOfTime[time] = rank
    }
    return (rankOfTime, rank + 1)
  }

  /// Within each group, whose events lie by their numbers.
  private func sortByID(_ groups: RowGroups) {
    let next = Cursor()
    let ids = events.ids
    Threads.run(threads) { _ in
      while let group = next.take(below: groups.count) {
        let rows = Int(groups.starts.base[group])..<Int(groups.starts.base[group + 1])
        if rows.count < 2 { continue }
        var buffer = UnsafeMutableBufferPointer(start: groups.rows.base + rows.lowerBound, count: rows.count)
        if let numbers = ids.numbers {
          numbers.numbers.withBuffer { IDOrder.sort(buffer, numbers: $0) }
        } else {
          buffer.sort { ids[Int($0)] < ids[Int($1)] }
        }
      }
    }
  }
}

/// The order of ids that begin alike and end in numbers: that of texts, where `e10` goes before `e7`.
enum IDOrder {
  private static let powers: [UInt64] = (0...10).map { count in
    (0..<count).reduce(1) { power, _ in power * 10 }
  }

  /// A number as its digits compare: filled up with noughts to ten, and the shorter first.
  @inline(__always) private static func key(_ number: UInt32, _ powers: UnsafeBufferPointer<UInt64>) -> UInt64
  {
    var digits = 1
    while digits < 10, UInt64(number) >= powers[digits] { digits += 1 }
    return (UInt64(number) &* powers[10 - digits]) << 4 | UInt64(digits)
  }

  static func sort(_ rows: UnsafeMutableBufferPointer<UInt32>, numbers: UnsafeBufferPointer<UInt32>) {
    powers.withUnsafeBufferPointer { powers in
      var last: UInt64 = 0
      let isSorted = rows.allSatisfy { row in
        let key = key(numbers[Int(row)], powers)
        defer { last = key }
        return key >= last
      }
      if isSorted { return }
      // The place in the group beside the key, where both fit into one number.
      guard rows.count < 1 << 26 else {
        var rows = rows
        rows.sort { key(numbers[Int($0)], powers) < key(numbers[Int($1)], powers) }
        return
      }
      let before = Array(rows)
      var keys = rows.indices.map { key(numbers[Int(rows[$0])], powers) << 26 | UInt64($0) }
      keys.sort()
      for (place, key) in keys.enumerated() { rows[place] = before[Int(key & (1 << 26 - 1))] }
    }
  }
}
