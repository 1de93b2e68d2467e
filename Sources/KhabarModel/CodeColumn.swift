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
  @inlinable package func codes(of rows: ArraySlice<Int32>) -> [Int32] {
    switch layout {
    case .same(let code): rows.map { $0 < 0 ? -1 : Int32(truncatingIfNeeded: code) }
    case .bytes(let column): Self.read(column, rows)
    case .halves(let column): Self.read(column, rows)
    case .words(let column): Self.read(column, rows)
    }
  }

  @inlinable static func read<Word: FixedWidthInteger & BitwiseCopyable>(
    _ column: Column<Word>, _ rows: ArraySlice<Int32>
  ) -> [Int32] {
    column.withBuffer { words in
      rows.withUnsafeBufferPointer { rows in
        [Int32](unsafeUninitializedCapacity: rows.count) { codes, count in
          for index in 0..<rows.count {
            let row = Int(rows[index])
            precondition(row < words.count, "a row of the column")
            codes[index] = row < 0 ? -1 : Int32(truncatingIfNeeded: words[row]) &- 1
          }
          count = rows.count
        }
      }
    }
  }
}
