import KhabarModel
import KhabarPlan

/// The ids of all records, as the rows that are left define them.
struct RecordKeys {
  private let indexes: [EntityKind: KeyIndex]
  /// Whether an id is a word that means something else in definitions.
  let hasReserved: Bool

  /// Those of events and articles.
  ///
  /// - Parameter base: What is defined already: its articles are the first.
  static func large(_ rows: ImportedRows, _ base: StoreBuilder, threads: Int) -> [EntityKind: KeyIndex] {
    let prefixes = prefixes(rows)
    var indexes: [EntityKind: KeyIndex] = [:]
    for (kind, known) in [(EntityKind.article, base.articles.map(\.id)), (.event, [])] {
      let definers = Definers(kind, rows)
      let index = KeyIndex(prefixes: prefixes[kind] ?? [])
      known.forEach { index.insert($0) }
      definers.insert(into: index, threads: threads)
      index.seal()
      // Events lie by their times, whatever their numbers; articles as they come.
      if kind == .article, !known.isEmpty || !definers.isAscending {
        let records = setRecords(index, known: known)
        definers.assign(records.memory, records.next, index)
      }
      indexes[kind] = index
    }
    return indexes
  }

  init(_ large: [EntityKind: KeyIndex], _ rows: ImportedRows, _ small: StoreBuilder) {
    var indexes = large
    let prefixes = Self.prefixes(rows)
    let all: [(EntityKind, [String])] = [
      (.actor, small.actors.map(\.id)), (.place, small.places.map(\.id)), (.topic, small.topics.map(\.id)),
    ]
    for (kind, ids) in all {
      let index = KeyIndex(prefixes: prefixes[kind] ?? [])
      ids.forEach { index.insert($0) }
      index.seal()
      Self.setRecords(index, known: ids)
      indexes[kind] = index
    }
    self.indexes = indexes
    hasReserved = large.values.contains(where: \.hasReserved)
  }

  func index(_ kind: EntityKind) -> KeyIndex { indexes[kind] ?? KeyIndex(prefixes: []) }

  /// What stands before numbers in the ids of each kind.
  private static func prefixes(_ rows: ImportedRows) -> [EntityKind: Set<String>] {
    var prefixes: [EntityKind: Set<String>] = [:]
    for slot in rows.tables.flatMap(\.program.slots) {
      if case .key(let kind) = slot.kind, let prefix = slot.prefix {
        prefixes[kind, default: []].insert(prefix)
      }
    }
    return prefixes
  }

  /// The records that are known are the first.
  @discardableResult
  private static func setRecords(
    _ index: KeyIndex, known: [String]
  ) -> (memory: Memory<Int32>, next: Int32) {
    let records = Memory<Int32>(repeating: -1, count: index.count)
    for (record, id) in known.enumerated() {
      if let place = index.place(id) { records[Int(place)] = Int32(truncatingIfNeeded: record) }
    }
    index.setRecords(records)
    return (records, Int32(truncatingIfNeeded: known.count))
  }
}

/// The rows that define records of a kind.
private final class Definers: @unchecked Sendable {
  private let rows: ImportedRows
  /// The slots of their ids, by table.
  private let slots: [[Int]]
  private let kind: EntityKind
  /// Whether each row defines a record with a greater number than the one before.
  private(set) var isAscending = false

  init(_ kind: EntityKind, _ rows: ImportedRows) {
    self.kind = kind
    self.rows = rows
    slots = rows.tables.map { table in
      var slots: [Int] = []
      for definition in table.program.definitions where definition.kind.entity == kind {
        if let key = definition.key, !slots.contains(key) { slots.append(key) }
      }
      return slots
    }
  }

  /// What a part of the rows has.
  private struct Found {
    var first: Int32 = -1
    var last: Int32 = -1
    var isAscending = true
  }

  func insert(into index: KeyIndex, threads: Int) {
    let sets = (0..<threads).map { _ in
      Dictionary(uniqueKeysWithValues: allPrefixes.map { ($0, NumberSet()) })
    }
    let found = Memory<Found>(repeating: Found(), count: rows.parts.count)
    let used = UsedTexts(rows, slots)
    // What one reader has read, one thread looks at.
    let next = Cursor()
    let readers = rows.tables.map(\.readers.count).max() ?? 0
    Threads.run(min(threads, readers)) { thread in
      while let reader = next.take(below: readers) {
        for (number, part) in rows.parts.enumerated() where part.reader == reader {
          var own = Found()
          for slot in slots[part.table] { insert(part, slot, sets[thread], used, &own) }
          found[number] = own
        }
      }
    }
    for set in sets { for (prefix, numbers) in set { index.numbers(prefix)?.formUnion(numbers) } }
    used.insert(into: index)
    isAscending = !used.isAny && slots.map(\.count).reduce(0, +) == 1 && ascends(found)
  }

  private var allPrefixes: Set<String> {
    Set(
      rows.tables.indices.flatMap { table in
        slots[table].compactMap { rows.tables[table].program.slots[$0].prefix }
      })
  }

  private func insert(
    _ part: ImportedRows.Part, _ slot: Int, _ sets: [String: NumberSet], _ used: UsedTexts,
    _ found: inout Found
  ) {
    let set = rows.tables[part.table].program.slots[slot].prefix.flatMap { sets[$0] }
    let marks = used.marks(part, slot)
    let inserter = set?.inserter
    var key = UnsafePointer(part.slots) + slot
    var own = found
    for _ in 0..<part.count {
      let number = key.pointee
      if number >= 0 {
        inserter?.insert(number)
        if own.first < 0 { own.first = number }
        if number <= own.last { own.isAscending = false }
        own.last = number
      } else if number < -1 {
        marks?[Int(-2 - number)] = true
      }
      key += part.width
    }
    found = own
    withExtendedLifetime(set) {}
  }

  private func ascends(_ found: Memory<Found>) -> Bool {
    var last: Int32 = -1
    for part in found.values where part.first >= 0 {
      if !part.isAscending || part.first <= last { return false }
      last = part.last
    }
    return true
  }

  /// Gives each id that has no record the next one, in the order in which they come.
  func assign(_ records: Memory<Int32>, _ first: Int32, _ index: KeyIndex) {
    var next = first
    let keys = rows.tables.indices.map { table in
      slots[table].map { EntryKeys(.slot($0), rows.tables[table], index, asPlaces: true) }
    }
    for part in rows.parts {
      let views = keys[part.table].map { $0.view(part.reader) }
      for row in 0..<part.count {
        for view in views {
          let place = view.record(part.slots + row * part.width)
          if place < 0 || records.base[Int(place)] >= 0 { continue }
          records.base[Int(place)] = next
          next += 1
        }
      }
    }
  }
}

/// The texts that rows have for ids: not all that have been read may be left.
private final class UsedTexts: @unchecked Sendable {
  private struct Place: Hashable {
    let table: Int
    let slot: Int
    let reader: Int
  }

  private let rows: ImportedRows
  private let marks: [Place: Memory<Bool>]

  init(_ rows: ImportedRows, _ slots: [[Int]]) {
    self.rows = rows
    var marks: [Place: Memory<Bool>] = [:]
    for table in rows.tables.indices {
      for (reader, slot) in rows.tables[table].readers.indices.flatMap({ reader in
        slots[table].map { (reader, $0) }
      }) {
        let count = rows.tables[table].readers[reader].texts[slot].count
        if count > 0 {
          marks[Place(table: table, slot: slot, reader: reader)] = Memory(repeating: false, count: count)
        }
      }
    }
    self.marks = marks
  }

  func marks(_ part: ImportedRows.Part, _ slot: Int) -> Memory<Bool>? {
    marks[Place(table: part.table, slot: slot, reader: part.reader)]
  }

  var isAny: Bool { marks.values.contains { $0.values.contains(true) } }

  func insert(into index: KeyIndex) {
    let order = marks.sorted {
      ($0.key.table, $0.key.slot, $0.key.reader) < ($1.key.table, $1.key.slot, $1.key.reader)
    }
    for (place, marks) in order {
      let reader = rows.tables[place.table].readers[place.reader]
      for number in 0..<marks.count where marks[number] {
        guard let id = reader.text(number, ofSlot: place.slot).map(RecordCollector.idWord) else { continue }
        if DefinitionKind.isReserved(id) { index.hasReserved = true } else { index.insert(id) }
      }
    }
  }
}
