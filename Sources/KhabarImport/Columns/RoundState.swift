import KhabarModel
import KhabarPlan

/// What is made of the rows that are left: codes and records for all that they say.
///
///     rows ─▶ actors, places, topics (SmallRecords) ─▶ ids (RecordKeys)
///          ─▶ what each entry says (EntryCodes), and of whom (EntryKeys)
///          ─▶ lists: who takes part, reports (ListPass)   ─▶ fields of events and articles (FieldPass)
///
/// Where something is wrong, the rows that say so are found (`WrongRows`) and taken out, and it is all made anew.
final class RoundState: @unchecked Sendable {
  let rows: ImportedRows
  let threads: Int
  let small: SmallRecords
  let keys: RecordKeys
  var values: FieldValues
  /// By table and definition, for each entry.
  private(set) var entries: [[[EntryMeaning]]] = []
  /// The keys of the definitions' ids.
  private(set) var ids: [[EntryKeys?]] = []
  /// Of reports, the articles that stand above.
  private(set) var articles: [[[EntryKeys]]] = []
  let texts: TextRecords

  enum EntryMeaning {
    case code(EntryCodes)
    case record(EntryKeys)
    case participant(EntryKeys, role: EntryCodes, certainty: EntryCodes)
    case text(slot: Int)
  }

  init(_ rows: ImportedRows, _ small: SmallRecords, _ values: FieldValues, threads: Int) {
    self.rows = rows
    self.threads = threads
    self.small = small
    self.values = values
    keys = RecordKeys(rows, small.builder, threads: threads)
    texts = TextRecords(rows)
    for table in rows.tables {
      ids.append(
        table.program.definitions.map { definition in
          guard let key = definition.key, let kind = definition.kind.entity else { return nil }
          return EntryKeys(.slot(key), table, keys.index(kind))
        })
      entries.append(table.program.definitions.map { $0.entries.map { meaning($0, table) } })
      articles.append(
        table.program.definitions.map { definition in
          definition.articles.map { EntryKeys($0, table, keys.index(.article)) }
        })
    }
  }

  private func meaning(_ entry: RowProgram.Entry, _ table: ImportedRows.Table) -> EntryMeaning {
    switch entry.field {
    case .place: return .record(EntryKeys(entry.value, table, keys.index(.place)))
    case .topic: return .record(EntryKeys(entry.value, table, keys.index(.topic)))
    case .event: return .record(EntryKeys(entry.value, table, keys.index(.event)))
    case .article: return .record(EntryKeys(entry.value, table, keys.index(.article)))
    case .source: return .record(EntryKeys(entry.value, table, keys.index(.actor)))
    case .label, .title, .gist:
      guard case .slot(let slot) = entry.value else { return .text(slot: 0) }
      return .text(slot: slot)
    case .participant:
      return .participant(
        EntryKeys(entry.value, table, keys.index(.actor)),
        role: EntryCodes(.participant, entry.role ?? .fixed("actor"), table, &values),
        certainty: EntryCodes(.certainty, entry.certainty ?? .fixed("certain"), table, &values))
    default: return .code(EntryCodes(entry.field, entry.value, table, &values))
    }
  }
}
