import KhabarModel
import KhabarPlan
import Synchronization

/// The fields of records that have one value each: the first that a row says stands.
///
/// Records are dealt out to threads by their numbers, and each thread goes through all rows for its own; most parts of
/// the rows are about records of one thread.
final class FieldPass: @unchecked Sendable {
  private let state: RoundState
  private let kind: DefinitionKind
  private let count: Int
  /// Records that rows add nothing to.
  private let known: Int
  private let lists: ListPass
  private(set) var columns: [RowProgram.Field: Memory<Int32>] = [:]
  private(set) var textPlaces: TextRecords.Places?
  /// Whether a row is the first to say something: a byte for each, by table.
  private let tells: [Memory<UInt8>]
  private let seen: Memory<Bool>
  private let foundWrong = Atomic(false)
  var hasWrong: Bool { foundWrong.load(ordering: .relaxed) }

  static let telling: UInt8 = 1

  init(
    _ state: RoundState, _ kind: DefinitionKind, count: Int, known: Int, _ lists: ListPass,
    _ tells: [Memory<UInt8>]
  ) {
    self.state = state
    self.kind = kind
    self.count = count
    self.known = known
    self.lists = lists
    self.tells = tells
    seen = Memory(repeating: false, count: count, threads: state.threads)
    for entry in state.rows.tables.flatMap(\.program.definitions).filter({ $0.kind == kind }).flatMap(
      \.entries)
    {
      switch entry.field {
      case .participant, .context, .topic: break
      case .label, .title:
        if textPlaces == nil {
          textPlaces = Memory(repeating: TextRecords.none, count: count, threads: state.threads)
        }
      default:
        if columns[entry.field] == nil {
          columns[entry.field] = Memory(repeating: -1, count: count, threads: state.threads)
        }
      }
    }
    Threads.run(state.threads) { thread in
      let range = Threads.range(thread, of: state.threads, rows: count)
      take(max(known, range.lowerBound)..<max(known, range.upperBound))
    }
  }

  func codes(_ field: RowProgram.Field) -> StoreColumns.Codes {
    columns[field].map { .each($0) } ?? .same(-1)
  }

  // MARK: - Rows

  /// What a definition writes.
  private struct Writer {
    let id: EntryKeys.View
    let events: UnsafeMutablePointer<Int32>?
    var codes: [(view: EntryCodes.View, column: UnsafeMutablePointer<Int32>)] = []
    var records: [(view: EntryKeys.View, column: UnsafeMutablePointer<Int32>)] = []
    var text: (slot: Int, arena: Int64, column: UnsafeMutablePointer<Int64>)?

    @inline(__always) func record(_ row: UnsafePointer<Int32>, _ number: Int) -> Int32 {
      events.map { $0[number] } ?? id.record(row)
    }
  }

  private func take(_ records: Range<Int>) {
    for (index, part) in state.rows.parts.enumerated() {
      let writers = writers(part)
      if writers.isEmpty { continue }
      if kind == .event {
        let (least, most) = (Int(lists.leastEvents[index]), Int(lists.mostEvents[index]))
        if least >= records.upperBound || most < records.lowerBound { continue }
      }
      take(
        part, writers,
        Int32(truncatingIfNeeded: records.lowerBound)..<Int32(truncatingIfNeeded: records.upperBound))
    }
  }

  private func take(_ part: ImportedRows.Part, _ writers: [Writer], _ records: Range<Int32>) {
    let tells = tells[part.table].base + part.firstRow
    var isWrong = false
    var row = UnsafePointer(part.slots)
    for number in 0..<part.count {
      for writer in writers {
        let record = writer.record(row, number)
        if record < records.lowerBound || record >= records.upperBound { continue }
        if write(row, writer, Int(record), &isWrong) { tells[number] |= Self.telling }
      }
      row += part.width
    }
    if isWrong { foundWrong.store(true, ordering: .relaxed) }
  }

  /// - Returns: Whether it is new.
  @inline(__always) private func write(
    _ row: UnsafePointer<Int32>, _ writer: Writer, _ record: Int, _ isWrong: inout Bool
  ) -> Bool {
    var isNew = !seen.base[record]
    seen.base[record] = true
    for (view, column) in writer.codes {
      let code = view.code(row)
      if code < -1 { isWrong = true }
      if code != -1, column[record] == -1 {
        column[record] = code
        isNew = true
      }
    }
    for (view, column) in writer.records {
      let target = view.record(row)
      if target < -1 { isWrong = true }
      if target != -1, column[record] == -1 {
        column[record] = target
        isNew = true
      }
    }
    if let text = writer.text, row[text.slot] >= 0, text.column[record] == TextRecords.none {
      text.column[record] = TextRecords.place(text.arena, row[text.slot])
      isNew = true
    }
    return isNew
  }

  private func writers(_ part: ImportedRows.Part) -> [Writer] {
    let definitions = state.rows.tables[part.table].program.definitions
    return definitions.indices.compactMap { number -> Writer? in
      let definition = definitions[number]
      guard definition.kind == kind, let key = definition.key, let id = state.ids[part.table][number] else {
        return nil
      }
      let events = kind == .event ? lists.eventOfRow[part.table][key] : nil
      var writer = Writer(id: id.view(part.reader), events: events.map { $0.base + part.firstRow })
      for (entry, meaning) in zip(definition.entries, state.entries[part.table][number]) {
        switch meaning {
        case .code(let codes):
          if let column = columns[entry.field] { writer.codes.append((codes.view(part.reader), column.base)) }
        case .record(let keys):
          if let column = columns[entry.field] {
            writer.records.append((keys.view(part.reader), column.base))
          }
        case .text(let slot):
          if let textPlaces {
            writer.text = (slot, state.texts.arena(part.table, slot, part.reader), textPlaces.base)
          }
        case .participant: break
        }
      }
      return writer
    }
  }
}
