import KhabarModel
import KhabarPlan

/// The rows of all tables, in the order in which they were given, as slots.
struct ImportedRows {
  struct Table {
    let file: String
    let program: RowProgram
    /// Of the first row, from 1.
    let firstLine: Int
    let readers: [RowReader]
    var count = 0
  }

  /// Rows of a table that lie one after the other.
  struct Part {
    let table: Int
    /// Who has read them, and which of his pieces they are.
    let reader: Int
    let piece: Int
    let slots: UnsafeMutablePointer<Int32>
    let width: Int
    let count: Int
    /// Among the table's.
    let firstRow: Int
    /// From 1.
    let firstLine: Int
  }

  private(set) var tables: [Table]
  private(set) var parts: [Part] = []

  init(_ tables: [Table]) {
    self.tables = tables
    arrange()
  }

  private mutating func arrange() {
    parts = []
    for table in tables.indices {
      let readers = tables[table].readers
      let pieces = readers.indices.flatMap { reader in
        readers[reader].pieces.indices.map { (reader, $0, readers[reader].pieces[$0]) }
      }.sorted { $0.2.number < $1.2.number }
      var row = 0
      var line = tables[table].firstLine
      for (reader, index, piece) in pieces {
        parts.append(
          Part(
            table: table, reader: reader, piece: index, slots: piece.slots, width: readers[reader].width,
            count: piece.count, firstRow: row, firstLine: line))
        row += piece.count
        line += piece.lineCount
      }
      tables[table].count = row
    }
  }

  func reader(_ part: Part) -> RowReader { tables[part.table].readers[part.reader] }

  /// The line of a row of a part.
  func line(_ part: Part, _ row: Int) -> Int {
    part.firstLine + reader(part).pieces[part.piece].line(row)
  }

  /// The rows that could not be read.
  func rejected() -> [ImportSummary.Rejected] {
    var rejected: [ImportSummary.Rejected] = []
    for part in parts {
      for row in reader(part).rejected where row.piece == part.piece {
        rejected.append(
          ImportSummary.Rejected(
            file: tables[part.table].file, line: part.firstLine + row.line, column: row.column,
            reason: row.reason))
      }
    }
    return rejected
  }

  /// Takes rows out: of each part, in ascending order.
  mutating func remove(_ rows: [Int: [Int]]) {
    for (index, gone) in rows {
      let part = parts[index]
      let reader = reader(part)
      var piece = reader.pieces[part.piece]
      var lines: [UInt32] = []
      var next = 0
      var kept = 0
      for row in 0..<part.count {
        if next < gone.count, gone[next] == row {
          next += 1
          continue
        }
        lines.append(UInt32(truncatingIfNeeded: piece.line(row)))
        (part.slots + kept * part.width).update(from: part.slots + row * part.width, count: part.width)
        kept += 1
      }
      piece.count = kept
      piece.lines = lines
      reader.replace(piece, at: part.piece)
    }
    arrange()
  }

  /// Frees the slots.
  func discard() { for table in tables { table.readers.forEach { $0.discardRows() } } }
}
