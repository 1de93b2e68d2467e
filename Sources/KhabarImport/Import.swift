import KhabarModel

/// What has become of the rows of files.
package struct ImportSummary: Sendable {
  package struct Rejected: Sendable, Equatable {
    package let file: String
    /// Counted from 1.
    package let line: Int
    package let column: String
    package let reason: String
  }

  package var read = 0
  package var kept = 0
  /// Rows that say what another has said.
  package var merged = 0
  package var rejected: [Rejected] = []

  package init() {}
}

/// Reads collections of events: GDELT, UCDP GED.
package struct Importer: Sendable {
  private static let formats: [any SourceFormat] = [GDELT(), UCDP()]

  package static var formatNames: [String] { formats.map { type(of: $0).name } }

  package private(set) var summary = ImportSummary()
  private var collector = RecordCollector()

  package init() {}

  package var builder: StoreBuilder { collector.builder }

  /// Takes in the rows of a file.
  ///
  /// - Parameters:
  ///   - format: The name of its format; nil: it is told by its first row.
  /// - Returns: false: it has rows, and they are of no such format.
  package mutating func read(_ bytes: [UInt8], file: String, format: String?) -> Bool {
    let candidates = Self.formats.filter { format == nil || type(of: $0).name == format }
    for format in candidates {
      var rows = RecordSplitter(bytes, delimiter: format.delimiter, isQuoted: format.isQuoted)
      guard let first = rows.next() else { return true }
      guard let names = format.columns(ofFirst: first.fields) else { continue }
      let columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      if !format.firstRowIsHeader { take(first, columns, format, file) }
      while let row = rows.next() { take(row, columns, format, file) }
      return true
    }
    return false
  }

  private mutating func take(
    _ row: (line: Int, fields: [String]), _ columns: [String: Int], _ format: any SourceFormat, _ file: String
  ) {
    summary.read += 1
    do throws(RowError) {
      // Trailing delimiters make empty fields.
      guard row.fields.count >= columns.count - 1 else {
        throw RowError("", "it has \(row.fields.count) fields; expected \(columns.count)")
      }
      switch try format.take(SourceRow(line: row.line, fields: row.fields, columns: columns), &collector) {
      case .kept: summary.kept += 1
      case .merged: summary.merged += 1
      }
    } catch {
      summary.rejected.append(
        ImportSummary.Rejected(file: file, line: row.line, column: error.column, reason: error.reason))
    }
  }
}
