import KhabarModel
import KhabarPlan

/// What is made of the rows that are left: codes and records for all that they say.
///
///     rows ─▶ actors, places, topics (SmallRecords), ids (RecordKeys), what entries say (EntryCodes)
///          ─▶ of whom (EntryKeys)
///          ─▶ lists: who takes part, reports (ListPass)   ─▶ fields of events and articles (FieldPass)
///
/// Where something is wrong, the rows that say so are found (`WrongRows`) and taken out, and it is all made anew.
final class RoundState: @unchecked Sendable {
  let rows: ImportedRows
  let threads: Int
  let small: SmallRecords
  let keys: RecordKeys
  let values: FieldValues
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

  init(_ rows: ImportedRows, _ mapping: Mapping, _ known: FieldValues, threads: Int) {
    self.rows = rows
    self.threads = threads
    texts = TextRecords(rows)
    // Three things that do not wait for one another.
    let large = Box<[EntityKind: KeyIndex]>()
    let small = Box<SmallRecords>()
    let codes = Box<(FieldValues, CodesOfEntries)>()
    Threads.run(min(3, threads)) { thread in
      for task in 0..<3 where task % min(3, threads) == thread {
        switch task {
        case 0: large.value = RecordKeys.large(rows, mapping.base, threads: threads)
        case 1: small.value = SmallRecords(rows, mapping)
        default:
          var values = known
          let found = CodesOfEntries(rows, &values)
          codes.value = (values, found)
        }
      }
    }
    self.small = small.value ?? SmallRecords(mapping)
    keys = RecordKeys(large.value ?? [:], rows, self.small.builder)
    values = codes.value?.0 ?? known
    guard let codes = codes.value?.1 else { return }
    for (index, table) in rows.tables.enumerated() { look(up: table, codes.entries[index]) }
  }

  private func look(up table: ImportedRows.Table, _ codes: [[EntryMeaning?]]) {
    let definitions = table.program.definitions
    ids.append(
      definitions.map { definition in
        guard let key = definition.key, let kind = definition.kind.entity else { return nil }
        return EntryKeys(.slot(key), table, keys.index(kind))
      })
    entries.append(
      zip(definitions, codes).map { definition, codes in
        zip(definition.entries, codes).map { complete($0, $1, table) }
      })
    articles.append(
      definitions.map { definition in
        definition.articles.map { EntryKeys($0, table, keys.index(.article)) }
      })
  }

  /// With the records that an entry refers to.
  private func complete(
    _ entry: RowProgram.Entry, _ codes: EntryMeaning?, _ table: ImportedRows.Table
  ) -> EntryMeaning {
    switch codes {
    case .code?, .text?: codes ?? .text(slot: 0)
    case .participant(_, let role, let certainty)?:
      .participant(EntryKeys(entry.value, table, keys.index(.actor)), role: role, certainty: certainty)
    case .record?, nil: .record(EntryKeys(entry.value, table, keys.index(entry.field.entity)))
    }
  }

  private final class Box<Value>: @unchecked Sendable { var value: Value? }
}

/// What entries say, but for the records that they refer to.
private struct CodesOfEntries {
  /// By table and definition; nil: it is a record.
  private(set) var entries: [[[RoundState.EntryMeaning?]]] = []

  init(_ rows: ImportedRows, _ values: inout FieldValues) {
    for table in rows.tables {
      var ofTable: [[RoundState.EntryMeaning?]] = []
      for definition in table.program.definitions {
        ofTable.append(definition.entries.map { Self.meaning($0, table, &values) })
      }
      entries.append(ofTable)
    }
  }

  private static func meaning(
    _ entry: RowProgram.Entry, _ table: ImportedRows.Table, _ values: inout FieldValues
  ) -> RoundState.EntryMeaning? {
    switch entry.field {
    case .place, .topic, .event, .article, .source: return nil
    case .label, .title, .gist:
      guard case .slot(let slot) = entry.value else { return .text(slot: 0) }
      return .text(slot: slot)
    case .participant:
      return .participant(
        EntryKeys(), role: EntryCodes(.participant, entry.role ?? .fixed("actor"), table, &values),
        certainty: EntryCodes(.certainty, entry.certainty ?? .fixed("certain"), table, &values))
    default: return .code(EntryCodes(entry.field, entry.value, table, &values))
    }
  }
}

extension RowProgram.Field {
  /// What records it refers to.
  var entity: EntityKind {
    switch self {
    case .place: .place
    case .topic: .topic
    case .event: .event
    case .article: .article
    default: .actor
    }
  }
}
