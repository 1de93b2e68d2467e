// Tables in files, as their texts say them.
//
// What enters: the bytes of a file of comma- or tab-separated values, or of JSON Lines. What leaves: a `RawTable`, the
// names of the columns and rows of cells, or a `TableError` that says in which line what is wrong. Nothing here knows
// what the cells mean: KhabarPlan makes typed columns of them.
//
//     country,population                  header: country, population
//     "Oruvia, the Isles",4.2        ─▶   rows:   text "Oruvia, the Isles", text "4.2"
//     Tesmar,                                     text "Tesmar", missing
//
// No package that can be had here reads CSV, and what is needed fits a page: fields in quotes with delimiters, quotes
// and line ends in them, the three kinds of line ends, a byte order mark.

/// The columns of a file, by name, and its rows.
package struct RawTable: Sendable, Equatable {
  package var header: [String]
  /// As many cells in each as the header has names.
  package var rows: [[RawCell]]

  package init(header: [String], rows: [[RawCell]]) {
    self.header = header
    self.rows = rows
  }

  /// A file may be so large, in bytes.
  package static let mostBytes = 64 << 20
  package static let mostColumns = 1_000
  package static let mostCells = 5_000_000

  /// Reads the bytes of a file, in the format that its name ends with.
  package init(_ bytes: [UInt8], format: TableFormat) throws(TableError) {
    if let line = Self.lineWithOtherBytes(bytes) { throw TableError(.notUTF8, line: line) }
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    switch format {
    case .csv: self = try DelimitedReader.read(bytes, isQuoted: true)
    case .tsv: self = try DelimitedReader.read(bytes, isQuoted: false)
    case .jsonLines: self = try JSONLinesReader.read(bytes)
    }
  }

  private static func lineWithOtherBytes(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? lines.count - 1) + 1
  }
}

package indirect enum RawCell: Sendable, Equatable {
  case missing
  case truth(Bool)
  case number(Double)
  case text(String)
  /// A field of a delimited file, in which any type is written as text.
  case field(String)
  case list([RawCell])
}

package enum TableFormat: Sendable {
  case csv, tsv, jsonLines

  /// The format of a file by the end of its name.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "jsonl", "ndjson": self = .jsonLines
    default: return nil
    }
  }
}

/// What is wrong with a file, and in which of its lines, counted from 1.
package struct TableError: Error, Sendable, Equatable {
  package enum Problem: Sendable, Equatable {
    /// The system's words.
    case unreadable(String)
    /// The file is in a directory that may not be read.
    case outside(directory: String)
    case notAFile
    case notUTF8
    case unknownFormat
    case tooLarge(String)
    case noHeader
    case unnamedColumn(Int)
    case sameName(String, String)
    case wrongCount(found: Int, expected: Int)
    case malformed(String)
  }
  package var problem: Problem
  package var line: Int?

  package init(_ problem: Problem, line: Int? = nil) {
    self.problem = problem
    self.line = line
  }
}
