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
    case .bytes(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    case .halves(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    case .words(let column): Code(truncatingIfNeeded: Int(column[index]) &- 1)
    }
  }

  /// The codes of some rows, of each as `Int32`; of row -1, -1.
  package func codes(of rows: ArraySlice<Int32>) -> [Int32] {
    switch layout {
    case .same(let code): rows.map { $0 < 0 ? -1 : Int32(truncatingIfNeeded: code) }
    case .bytes(let column): CodeReader.read(column, rows)
    case .halves(let column): CodeReader.read(column, rows)
    case .words(let column): CodeReader.read(column, rows)
    }
  }

  /// The codes of rows that lie one after the other.
  package func codes(in rows: Range<Int>) -> [Int32] {
    switch layout {
    case .same(let code): [Int32](repeating: Int32(truncatingIfNeeded: code), count: rows.count)
    case .bytes(let column): column.slice(rows).withBuffer { $0.map { Int32($0) - 1 } }
    case .halves(let column): column.slice(rows).withBuffer { $0.map { Int32($0) - 1 } }
    case .words(let column):
      column.slice(rows).withBuffer { $0.map { Int32(truncatingIfNeeded: $0 &- 1) } }
    }
  }

  /// How many of some rows that lie one after the other have each code: of -1 at 0, of code `c` at `c + 1`.
  package func counts(in rows: Range<Int>, codes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: codes + 1)
    switch layout {
    case .same(let code): counts[Int(code) + 1] = rows.count
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

  /// In four tables at once, as one that is written to cannot be read at once again.
  static func count(_ column: Column<UInt8>, _ counts: inout [Int]) {
    var tables = [UInt32](repeating: 0, count: 4 * 256)
    func flush() {
      for code in 0..<256 {
        let sum = (0..<4).reduce(0) { $0 + Int(tables[$1 * 256 + code]) }
        if sum > 0, code < counts.count { counts[code] += sum }
      }
      for index in tables.indices { tables[index] = 0 }
    }
    // No table counts further than its numbers go.
    for start in stride(from: 0, to: column.count, by: 1 << 30) {
      column.slice(start..<min(start + (1 << 30), column.count)).withBuffer { codes in
        tables.withUnsafeMutableBufferPointer { tables in
          var index = 0
          while index + 4 <= codes.count {
            tables[Int(codes[index])] &+= 1
            tables[256 + Int(codes[index + 1])] &+= 1
            tables[512 + Int(codes[index + 2])] &+= 1
            tables[768 + Int(codes[index + 3])] &+= 1
            index += 4
          }
          while index < codes.count {
            tables[Int(codes[index])] &+= 1
            index += 1
          }
        }
      }
      flush()
    }
  }
}
