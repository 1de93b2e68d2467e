/// Whole numbers in as few bytes as the greatest of them needs: codes of words, numbers of records. -1, the least that
/// there may be, says that there is none.
///
///     [-1, 3, 3, 200]   one byte each, as 0, 4, 4, 201
///     [7, 7, 7, 7]      no byte at all
package struct CodeColumn<Code: FixedWidthInteger & SignedInteger & Sendable>: RandomAccessCollection,
  Sendable
{
  /// How the numbers lie, each one more than it is.
  package enum Layout: Sendable {
    case same(Code)
    /// Each row's code is the row.
    case rows
    case bytes(Column<UInt8>)
    case halves(Column<UInt16>)
    case words(Column<UInt32>)
  }

  package let layout: Layout
  package let count: Int

  init(layout: Layout, count: Int) {
    self.layout = layout
    self.count = count
  }

  package init(_ codes: [Code] = []) {
    count = codes.count
    let least = codes.min() ?? -1
    let most = codes.max() ?? -1
    precondition(least >= -1, "a code, or -1")
    if least == most {
      layout = .same(least)
    } else if most < UInt8.max {
      layout = .bytes(Column(codes.map { UInt8(truncatingIfNeeded: $0 &+ 1) }))
    } else if most < UInt16.max {
      layout = .halves(Column(codes.map { UInt16(truncatingIfNeeded: Int($0) + 1) }))
    } else {
      layout = .words(Column(codes.map { UInt32(truncatingIfNeeded: Int($0) + 1) }))
    }
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { count }

  @inlinable package subscript(index: Int) -> Code {
    switch layout {
    case .same(let code): code
    case .rows: Code(truncatingIfNeeded: index)
    case .bytes(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    case .halves(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    case .words(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    }
  }

  /// The codes of some rows, of each as `Int32`; of row -1, -1.
  package func codes(of rows: ArraySlice<Int32>) -> [Int32] {
    switch layout {
    case .same(let code): rows.map { $0 < 0 ? -1 : Int32(truncatingIfNeeded: code) }
    case .rows: Array(rows)
    case .bytes(let column): CodeReader.read(column, rows)
    case .halves(let column): CodeReader.read(column, rows)
    case .words(let column): CodeReader.read(column, rows)
    }
  }

  /// The codes of rows that lie one after the other.
  package func codes(in rows: Range<Int>) -> [Int32] {
    switch layout {
    case .same(let code): [Int32](repeating: Int32(truncatingIfNeeded: code), count: rows.count)
    case .rows: rows.map { Int32(truncatingIfNeeded: $0) }
    case .bytes(let column): column.slice(rows).withBuffer { $0.map { Int32($0) - 1 } }
    case .halves(let column): column.slice(rows).withBuffer { $0.map { Int32($0) - 1 } }
    case .words(let column):
      column.slice(rows).withBuffer { $0.map { Int32(truncatingIfNeeded: $0 &- 1) } }
    }
  }

  /// Whether each row's code is the row.
  var isRows: Bool {
    switch layout {
    case .rows: true
    case .words(let column): column.withBuffer { $0.indices.allSatisfy { Int(column[$0]) == $0 + 1 } }
    case .same, .bytes, .halves: false
    }
  }

  /// How many of some rows that lie one after the other have each code: of -1 at 0, of code `c` at `c + 1`.
  package func counts(in rows: Range<Int>, codes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: codes + 1)
    switch layout {
    case .same(let code): counts[Int(code) + 1] = rows.count
    case .rows: for code in rows where code < codes { counts[code + 1] += 1 }
    case .bytes(let column): CodeReader.count(column.slice(rows), &counts)
    case .halves(let column): for code in column.slice(rows) where code <= codes { counts[Int(code)] += 1 }
    case .words(let column): for code in column.slice(rows) where code <= codes { counts[Int(code)] += 1 }
    }
    return counts
  }
}

/// Passes over columns of codes, written out for each width: a loop that is generic over it is compiled as one that asks at
/// every step what it deals with.
private enum CodeReader {
  static func read(_ column: Column<UInt8>, _ rows: ArraySlice<Int32>) -> [Int32] {
    column.withBuffer { words in
      gather(rows, words.count) { Int32(truncatingIfNeeded: words[$0]) &- 1 }
    }
  }

  static func read(_ column: Column<UInt16>, _ rows: ArraySlice<Int32>) -> [Int32] {
    column.withBuffer { words in
      gather(rows, words.count) { Int32(truncatingIfNeeded: words[$0]) &- 1 }
    }
  }

  static func read(_ column: Column<UInt32>, _ rows: ArraySlice<Int32>) -> [Int32] {
    column.withBuffer { words in
      gather(rows, words.count) { Int32(truncatingIfNeeded: words[$0]) &- 1 }
    }
  }

  @inline(__always)
  private static func gather(_ rows: ArraySlice<Int32>, _ limit: Int, _ code: (Int) -> Int32) -> [Int32] {
    rows.withUnsafeBufferPointer { rows in
      [Int32](unsafeUninitializedCapacity: rows.count) { codes, count in
        for index in 0..<rows.count {
          let row = Int(rows[index])
          precondition(row < limit, "a row of the column")
          codes[index] = row < 0 ? -1 : code(row)
        }
        count = rows.count
      }
    }
  }

  /// Two codes at a time, by a table of pairs, of which the few that occur stay in the nearest cache.
  static func count(_ column: Column<UInt8>, _ counts: inout [Int]) {
    let pairs = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * 65536)
    defer { pairs.deallocate() }
    // No entry counts further than its numbers go.
    for start in stride(from: 0, to: column.count, by: 1 << 30) {
      pairs.initialize(repeating: 0, count: 2 * 65536)
      column.slice(start..<min(start + (1 << 30), column.count)).withBuffer { codes in
        let bytes = UnsafeRawBufferPointer(codes)
        var index = 0
        while index + 4 <= bytes.count {
          pairs[Int(bytes.loadUnaligned(fromByteOffset: index, as: UInt16.self))] &+= 1
          pairs[65536 + Int(bytes.loadUnaligned(fromByteOffset: index + 2, as: UInt16.self))] &+= 1
          index += 4
        }
        for code in codes[index...] where Int(code) < counts.count { counts[Int(code)] += 1 }
      }
      for first in counts.indices.prefix(256) {
        for second in counts.indices.prefix(256) {
          let pair = first | second << 8
          let count = Int(pairs[pair]) + Int(pairs[65536 + pair])
          counts[first] += count
          counts[second] += count
        }
      }
    }
  }
}
