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

  /// By file, in the order given, and line.
  mutating func sortRejected(by files: [String]) {
    let order = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    rejected.sort { (order[$0.file] ?? 0, $0.line) < (order[$1.file] ?? 0, $1.line) }
  }
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

  /// Takes in the rows of tables with a heading, as a mapping says, definition by definition.
  ///
  /// - Throws: `MappingFailure` where a table lacks what the mapping names.
  package mutating func read(
    _ tables: [(bytes: [UInt8], file: String)], mapping: Mapping
  ) throws(MappingFailure) -> StoreBuilder {
    var splitters: [RecordSplitter] = []
    var headed: [Mapping.Table] = []
    for (bytes, file) in tables {
      var rows = RecordSplitter(
        bytes, delimiter: RecordSplitter.delimiter(ofHeading: bytes.prefix { $0 != 0x0A }), isQuoted: true)
      guard let names = rows.next()?.fields.map(\.trimmed) else { continue }
      splitters.append(rows)
      headed.append(Mapping.Table(file: file, columns: names))
    }
    let mappings = try mapping.tables(headed)
    var all = MappedRows(fixed: mapping.fixed)
    var places: [(table: Int, line: Int)] = []
    for table in splitters.indices {
      while let row = splitters[table].next() {
        summary.read += 1
        do throws(RowError) {
          all.add(try mappings[table].definitions(of: row.fields, row: places.count), row: places.count)
          places.append((table, row.line))
        } catch {
          reject(error, headed[table].file, row.line)
        }
      }
    }
    let outcome = all.load()
    for (row, wrong) in outcome.rejected {
      let place = places[row]
      let column = mappings[place.table].columnOfPart[wrong.part]
      reject(RowError(column, wrong.reason), headed[place.table].file, place.line)
    }
    summary.kept += outcome.tellingRows.count
    summary.merged += places.count - outcome.tellingRows.count - outcome.rejected.count
    summary.sortRejected(by: headed.map(\.file))
    return outcome.builder
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
