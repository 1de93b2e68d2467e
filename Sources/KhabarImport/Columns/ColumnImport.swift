import EDTF
import KhabarModel
import KhabarPlan
import Synchronization

/// The import of tables in columns: several threads read rows as slots, and when all are there, columns are made of these.
///
/// It does what `Importer.read(_:mapping:)` does definition by definition, and gives the same records, and the same reasons
/// for rows that are left out.
package struct ColumnImport {
  package let store: EventStore
  package let summary: ImportSummary

  /// - Parameter progress: Is told now and then how many bytes have been read.
  /// - Returns: nil: the mapping says what cannot be done in columns; then nothing has been lost.
  package static func run(
    _ inputs: [TableInput], _ mapping: Mapping, threads: Int, chunkSize: Int = ChunkSource.standardSize,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> ColumnImport? {
    let source = ChunkSource(inputs, size: chunkSize, progress: progress)
    let headings = try source.headings()
    let headed = zip(inputs, headings).compactMap { input, heading in
      heading.map { Mapping.Table(file: input.file, columns: $0.names) }
    }
    let mappings = try mapping.tables(headed)
    guard mapping.base.events.isEmpty, mapping.base.reports.isEmpty else { return nil }
    var programs: [RowProgram] = []
    for mapping in mappings {
      guard let program = RowProgram(mapping) else { return nil }
      programs.append(program)
    }
    defer { MemoryPool.trim() }
    let tables = try read(source, inputs, headings, programs, threads)
    return ColumnImport(ImportedRows(tables), mapping, files: inputs.map(\.file), threads: threads)
  }

  private static func read(
    _ source: ChunkSource, _ inputs: [TableInput], _ headings: [ChunkSource.Heading?],
    _ programs: [RowProgram],
    _ threads: Int
  ) throws -> [ImportedRows.Table] {
    // Tables without a heading have no program.
    let present = headings.indices.filter { headings[$0] != nil }
    let programOfInput = Dictionary(uniqueKeysWithValues: zip(present, programs))
    let readers = (0..<threads).map { _ in
      headings.indices.map { input in
        programOfInput[input].map { RowReader($0, delimiter: headings[input]?.delimiter ?? 0) }
      }
    }
    let failures = Failures()
    Threads.run(threads) { thread in
      let chunk = Chunk(size: source.size)
      do throws(ReadFailure) {
        while try source.next(chunk) { readers[thread][chunk.table]?.read(chunk) }
      } catch {
        failures.set(error)
      }
    }
    if let failure = failures.first { throw failure }
    return present.compactMap { input in
      guard let heading = headings[input], let program = programOfInput[input] else { return nil }
      return ImportedRows.Table(
        file: inputs[input].file, program: program, firstLine: heading.line,
        readers: readers.compactMap { $0[input] })
    }
  }

  private init(_ all: ImportedRows, _ mapping: Mapping, files: [String], threads: Int) {
    var rows = all
    var summary = ImportSummary()
    summary.rejected = rows.rejected()
    var values = FieldValues(vocabulary: mapping.base.vocabulary)
    var store: EventStore?
    while store == nil {
      let state = RoundState(rows, mapping, values, threads: threads)
      // What words and times mean stays.
      values = state.values
      let pass = state.small.unreadable.isEmpty ? RecordPass(state) : nil
      if let pass, !pass.hasWrong {
        let outcome = pass.store()
        summary.kept = pass.tellingRows(outcome)
        store = outcome.store
      } else {
        let wrong = WrongRows(state, pass)
        summary.rejected += wrong.rejected
        rows.remove(wrong.rows)
      }
    }
    let left = rows.tables.reduce(0) { $0 + $1.count }
    summary.merged = left - summary.kept
    summary.read = left + summary.rejected.count
    summary.sortRejected(by: files)
    self.summary = summary
    self.store = store ?? StoreBuilder(vocabulary: mapping.base.vocabulary).build()
  }
}

/// What has gone wrong in the parts of the work.
private final class Failures: @unchecked Sendable {
  private let lock = Mutex<ReadFailure?>(nil)
  func set(_ failure: ReadFailure) { lock.withLock { $0 = $0 ?? failure } }
  var first: ReadFailure? { lock.withLock { $0 } }
}
