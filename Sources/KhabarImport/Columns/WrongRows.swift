import KhabarModel
import KhabarPlan

/// The rows of which something is wrong, with what.
struct WrongRows {
  /// By part of the rows.
  private(set) var rows: [Int: [Int]] = [:]
  private(set) var rejected: [ImportSummary.Rejected] = []

  private let state: RoundState
  private let pass: RecordPass?

  /// - Parameter pass: nil: something cannot be read, and nothing else has been looked at.
  init(_ state: RoundState, _ pass: RecordPass?) {
    self.state = state
    self.pass = pass
    for (index, part) in state.rows.parts.enumerated() {
      let table = state.rows.tables[part.table]
      for row in 0..<part.count {
        guard let (column, reason) = wrong(part, row, table) else { continue }
        rows[index, default: []].append(row)
        rejected.append(
          ImportSummary.Rejected(
            file: table.file, line: state.rows.line(part, row), column: column, reason: reason))
      }
    }
  }

  /// The first thing that is wrong with a row.
  private func wrong(
    _ part: ImportedRows.Part, _ row: Int, _ table: ImportedRows.Table
  ) -> (column: String, reason: String)? {
    let slots = UnsafePointer(part.slots + row * part.width)
    for (number, definition) in table.program.definitions.enumerated() {
      if definition.isSmall {
        let key = SmallRecords.Key(
          table: part.table, reader: part.reader, definition: number,
          slots: definition.columns.map { slots[$0.slot] })
        if let error = state.small.unreadable[key] { return (error.column, error.reason) }
        if pass != nil, let wrong = state.small.wrong[key] {
          return (table.program.mapping.columnOfPart[wrong.part], wrong.reason)
        }
      } else if let pass {
        let found =
          definition.kind == .report
          ? wrongReport(part, slots, number, definition)
          : wrongRecord(part, row, slots, number, definition, pass)
        if let (index, reason) = found {
          return (table.program.mapping.columnOfPart[index], reason)
        }
      }
    }
    return nil
  }

  /// - Returns: The part of the definition, and the reason.
  private func wrongRecord(
    _ part: ImportedRows.Part, _ row: Int, _ slots: UnsafePointer<Int32>, _ number: Int,
    _ definition: RowProgram.Definition, _ pass: RecordPass
  ) -> (Int, String)? {
    guard let key = definition.key,
      let record = state.ids[part.table][number]?.view(part.reader).record(slots),
      record != -1
    else { return nil }
    if record < 0 { return (definition.part, DefinitionMessage.reserved(id(slots[key], key, part))) }
    let type = definition.kind == .event ? pass.events.columns[.type]?[Int(record)] ?? -1 : 0
    if type == -1 { return (definition.part, DefinitionMessage.missing("type", of: .event)) }
    for (entry, meaning) in zip(definition.entries, state.entries[part.table][number]) {
      if entry.field == .mode, type >= 0, case .code(let codes) = meaning {
        let word = codes.view(part.reader).code(slots)
        if word >= 0, let message = pass.modes.message(type, word) { return (entry.part, message) }
      } else if let message = wrong(entry, meaning, part, slots) {
        return (entry.part, message)
      }
    }
    return nil
  }

  private func wrongReport(
    _ part: ImportedRows.Part, _ slots: UnsafePointer<Int32>, _ number: Int,
    _ definition: RowProgram.Definition
  ) -> (Int, String)? {
    let meanings = zip(definition.entries, state.entries[part.table][number])
    let view = ReportView(state, part, number)
    if view.event.record(slots) == -1 {
      return (definition.part, DefinitionMessage.missing("event", of: .report))
    }
    if view.status.code(slots) == -1 {
      return (definition.part, DefinitionMessage.missing("status", of: .report))
    }
    if !view.isArticleOwn(slots), view.article(slots) < 0 {
      return (definition.part, DefinitionMessage.unknown(aboveID(part, slots, number, definition), .article))
    }
    for (entry, meaning) in meanings {
      if let message = wrong(entry, meaning, part, slots) { return (entry.part, message) }
    }
    return nil
  }

  private func wrong(
    _ entry: RowProgram.Entry, _ meaning: RoundState.EntryMeaning, _ part: ImportedRows.Part,
    _ slots: UnsafePointer<Int32>
  ) -> String? {
    switch meaning {
    case .code(let codes):
      let code = codes.view(part.reader).code(slots)
      return code < FieldValues.none ? state.values.message(code) : nil
    case .record(let keys):
      return keys.view(part.reader).record(slots) == EntryKeys.unknown
        ? DefinitionMessage.unknown(id(of: entry.value, part, slots), entry.field.entity) : nil
    case .participant(let actors, let role, _):
      if actors.view(part.reader).record(slots) != EntryKeys.unknown
        || role.view(part.reader).code(slots) == -1
      {
        return nil
      }
      return DefinitionMessage.unknown(id(of: entry.value, part, slots), .actor)
    case .text: return nil
    }
  }

  // MARK: - Ids

  private func id(of operand: RowProgram.Operand, _ part: ImportedRows.Part, _ slots: UnsafePointer<Int32>)
    -> String
  {
    switch operand {
    case .fixed(let id): id
    case .slot(let slot): id(slots[slot], slot, part)
    }
  }

  private func id(_ key: Int32, _ slot: Int, _ part: ImportedRows.Part) -> String {
    let reader = state.rows.reader(part)
    if key >= 0 { return (reader.program.slots[slot].prefix ?? "") + String(key) }
    return reader.text(Int(-2 - key), ofSlot: slot).map(RecordCollector.idWord) ?? ""
  }

  private func aboveID(
    _ part: ImportedRows.Part, _ slots: UnsafePointer<Int32>, _ number: Int,
    _ definition: RowProgram.Definition
  ) -> String {
    let keys = state.articles[part.table][number]
    let index = keys.firstIndex { $0.view(part.reader).record(slots) != -1 }
    return index.map { id(of: definition.articles[$0], part, slots) } ?? ""
  }
}
