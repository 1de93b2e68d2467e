// Columns with their rows in another order.

/// Texts of different lengths, one after the other.
private func inOrder(
  _ offsets: Offsets, _ bytes: Column<UInt8>, _ order: Memory<UInt32>, _ threads: Int
) -> (Offsets, Column<UInt8>) {
  let starts = Memory<UInt32>(count: order.count + 1)
  var next: UInt32 = 0
  for row in 0..<order.count {
    starts.base[row] = next
    next += UInt32(truncatingIfNeeded: offsets.range(Int(order.base[row])).count)
  }
  starts[order.count] = next
  let copy = Memory<UInt8>(count: Int(next))
  bytes.withBuffer { bytes in
    guard let bytes = bytes.baseAddress else { return }
    Threads.run(threads, rows: order.count) { _, rows in
      for row in rows {
        let range = offsets.range(Int(order.base[row]))
        (copy.base + Int(starts.base[row])).update(from: bytes + range.lowerBound, count: range.count)
      }
    }
  }
  return (Offsets(starts: starts), Column(copy))
}

extension RecordColumn {
  func inOrder(_ order: Memory<UInt32>, threads: Int) -> RecordColumn {
    let (offsets, bytes) = KhabarModel.inOrder(offsets, bytes, order, threads)
    return RecordColumn(offsets: offsets, bytes: bytes)
  }

  /// The bytes of a record.
  func written(_ row: Int) -> [UInt8] { Array(bytes.slice(offsets.range(row))) }
}

extension TextColumn {
  /// Whether they begin alike and end in numbers, each of them greater than the one before.
  package var areAscendingNumbers: Bool {
    guard let numbers = numbers?.numbers, numbers.count > 0 else { return false }
    return numbers.withBuffer { numbers in
      var row = 1
      while row < numbers.count, numbers[row - 1] < numbers[row] { row += 1 }
      return row == numbers.count
    }
  }

  package func inOrder(_ order: Memory<UInt32>, threads: Int) -> TextColumn {
    switch layout {
    case .numbers(let numbers):
      let copy = Memory<UInt32>(count: order.count)
      numbers.numbers.withBuffer { numbers in
        Threads.run(threads, rows: order.count) { _, rows in
          for row in rows { copy.base[row] = numbers[Int(order.base[row])] }
        }
      }
      return TextColumn(prefix: numbers.prefix, numbers: Column(copy))
    case .texts(let offsets, let bytes):
      let (offsets, bytes) = KhabarModel.inOrder(offsets, bytes, order, threads)
      return TextColumn(offsets: offsets, bytes: bytes)
    }
  }
}
