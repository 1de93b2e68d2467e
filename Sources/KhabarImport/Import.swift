import KhabarModel
import KhabarSyntax

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

/// Reads collections of events, GDELT and its mentions, POLECAT, ICEWS, ACLED, UCDP GED, PLOVER's gold standard records, and models as JSON Lines.
package struct Importer: Sendable {
  private static let formats: [any SourceFormat] = [
    GDELT(), GDELTMentions(), POLECAT(), ICEWS(), ACLED(), UCDP(),
  ]

  package static var formatNames: [String] {
    formats.map { type(of: $0).name } + [PLOVERRecords.name, JSONLines.name]
  }

  package private(set) var summary = ImportSummary()
  private var collector = RecordCollector()
  /// Files whose rows speak of what others define.
  private var deferred: [(bytes: [UInt8], file: String, format: any SourceFormat)] = []
  private var lines = JSONLines()

  package init() {}

  /// The records of collections.
  package var builder: StoreBuilder { collector.builder }
  /// The records of models as JSON Lines, once all are read.
  package private(set) var models: StoreBuilder?

  /// Takes in the rows of a file; `finish` completes it.
  ///
  /// - Parameters:
  ///   - format: The name of its format; nil: it is told by its first row.
  /// - Returns: false: it has rows, and they are of no such format.
  package mutating func read(_ bytes: [UInt8], file: String, format: String?) -> Bool {
    if format == nil || format == JSONLines.name, JSONLines.isSuch(bytes, isNamed: format != nil) {
      lines.add(bytes, file: file)
      return true
    }
    if format == nil || format == PLOVERRecords.name, PLOVERRecords.isSuch(bytes, isNamed: format != nil) {
      var records = PLOVERRecords(file: file)
      records.take(bytes, &collector, &summary)
      return true
    }
    let candidates = Self.formats.filter { format == nil || type(of: $0).name == format }
    for format in candidates {
      var rows = RecordSplitter(bytes, delimiter: format.delimiter, isQuoted: format.isQuoted)
      guard let first = rows.next() else { return true }
      guard format.columns(ofFirst: first.fields) != nil else { continue }
      if format.speaksOfOthers { deferred.append((bytes, file, format)) } else { take(bytes, file, format) }
      return true
    }
    return false
  }

  /// Takes in what had to wait for other files.
  package mutating func finish() {
    for (bytes, file, format) in deferred { take(bytes, file, format) }
    deferred = []
    if !lines.isEmpty { models = lines.load(into: &summary) }
  }

  private mutating func take(_ bytes: [UInt8], _ file: String, _ format: any SourceFormat) {
    var rows = RecordSplitter(bytes, delimiter: format.delimiter, isQuoted: format.isQuoted)
    guard let first = rows.next(), let names = format.columns(ofFirst: first.fields) else { return }
    let columns = SourceRow.places(of: names)
    if !format.firstRowIsHeader { take(first, columns, format, file) }
    while let row = rows.next() { take(row, columns, format, file) }
  }

  /// Takes in the rows of tables with a heading, as a mapping says.
  ///
  /// - Throws: `MissingColumn` where a table lacks what the mapping names.
  package mutating func read(
    _ tables: [(bytes: [UInt8], file: String)], mapping: Mapping
  ) throws(MissingColumn) -> StoreBuilder {
    var filled = mapping.empty
    var places: [(file: String, line: Int)] = []
    for (bytes, file) in tables {
      let heading = bytes.prefix { $0 != 0x0A }
      // The delimiter is the one that the heading has most of.
      let delimiter = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")].max { first, second in
        heading.count { $0 == first } < heading.count { $0 == second }
      }
      var rows = RecordSplitter(bytes, delimiter: delimiter ?? UInt8(ascii: ","), isQuoted: true)
      guard let names = rows.next()?.fields.map(\.trimmed) else { continue }
      if let missing = mapping.missingColumns(among: names).first {
        throw MissingColumn(file: file, column: missing.column, span: missing.span, columns: names)
      }
      let columns = SourceRow.places(of: names)
      while let row = rows.next() {
        summary.read += 1
        do throws(RowError) {
          if row.fields.count != names.count {
            throw RowError("", "it has \(row.fields.count) fields; expected \(names.count)")
          }
          let source = SourceRow(line: row.line, fields: row.fields, columns: columns)
          var isNew = false
          for definition in try mapping.definitions(of: source, number: places.count) {
            if filled.add(definition, row: places.count) { isNew = true }
          }
          places.append((file, row.line))
          if isNew { summary.kept += 1 } else { summary.merged += 1 }
        } catch {
          reject(error, file, row.line)
        }
      }
    }
    let (builder, rejected) = mapping.load(filled)
    for (row, reason) in rejected.sorted(by: { $0.key < $1.key }) {
      summary.kept -= 1
      reject(RowError("", reason), places[row].file, places[row].line)
    }
    let order = Dictionary(tables.enumerated().map { ($1.file, $0) }, uniquingKeysWith: { first, _ in first })
    summary.rejected.sort { (order[$0.file] ?? 0, $0.line) < (order[$1.file] ?? 0, $1.line) }
    return builder
  }

  private mutating func reject(_ error: RowError, _ file: String, _ line: Int) {
    summary.rejected.append(
      ImportSummary.Rejected(file: file, line: line, column: error.column, reason: error.reason))
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
      reject(error, file, row.line)
    }
  }
}

/// A mapping names a column that a table does not have.
package struct MissingColumn: Error {
  package let file: String
  package let column: String
  /// In the mapping.
  package let span: Span
  /// Those that there are.
  package let columns: [String]
}
