import KhabarModel
import KhabarPlan
import KhabarSyntax

/// The actors, places and topics of tables: of each different row of slots a definition is made, and the model loader
/// makes records of these.
struct SmallRecords {
  /// Where something is said for the first time.
  private struct Statement {
    let part: Int
    let row: Int
    let definition: Int
    let slots: [Int32]
  }

  let builder: StoreBuilder
  /// The rows that say something new: table and row.
  private(set) var tellingRows: [(table: Int, row: Int)] = []
  /// What is wrong with the rows that say so.
  private(set) var wrong: [Key: MappedRows.Wrong] = [:]
  /// What cannot be read in them; where there is any, nothing else is looked at.
  private(set) var unreadable: [Key: RowError] = [:]

  struct Key: Hashable {
    let table: Int
    let reader: Int
    let definition: Int
    let slots: [Int32]
  }

  /// None.
  init(_ mapping: Mapping) { builder = mapping.base }

  init(_ rows: ImportedRows, _ mapping: Mapping) {
    let statements = Self.statements(rows)
    var merged = MergedDefinitions(mapping.fixed)
    for (number, statement) in statements.enumerated() {
      let part = rows.parts[statement.part]
      do throws(RowError) {
        guard let definition = try Self.definition(statement, rows, number) else { continue }
        if merged.add(definition, row: number) {
          tellingRows.append((part.table, part.firstRow + statement.row))
        }
      } catch {
        unreadable[Self.key(statement, part)] = error
      }
    }
    if statements.isEmpty || !unreadable.isEmpty {
      builder = mapping.base
      return
    }
    let (builder, wrong) = merged.load(onto: mapping.fixed)
    self.builder = builder
    for (number, wrong) in wrong {
      self.wrong[Self.key(statements[number], rows.parts[statements[number].part])] = wrong
    }
  }

  private static func key(_ statement: Statement, _ part: ImportedRows.Part) -> Key {
    Key(
      table: part.table, reader: part.reader, definition: statement.definition, slots: statement.slots)
  }

  /// Each different one of each reader, in the order in which they are first said.
  private static func statements(_ rows: ImportedRows) -> [Statement] {
    var found: [Statement] = []
    for table in rows.tables.indices {
      let program = rows.tables[table].program
      let definitions = program.definitions.indices.filter { program.definitions[$0].isSmall }
      if definitions.isEmpty { continue }
      let readers = rows.tables[table].readers.count
      let lists = (0..<readers).map { _ in List() }
      Threads.run(readers) { reader in
        for definition in definitions {
          let slots = program.definitions[definition].columns.map(\.slot)
          let seen = TupleTable(width: slots.count)
          for (index, part) in rows.parts.enumerated() where part.table == table && part.reader == reader {
            for row in 0..<part.count where seen.insert(part.slots + row * part.width, slots) {
              let values = slots.map { part.slots[row * part.width + $0] }
              lists[reader].statements.append(
                Statement(part: index, row: row, definition: definition, slots: values))
            }
          }
        }
      }
      found += lists.flatMap(\.statements)
    }
    return found.sorted { ($0.part, $0.row, $0.definition) < ($1.part, $1.row, $1.definition) }
  }

  private final class List: @unchecked Sendable { var statements: [Statement] = [] }

  private static func definition(
    _ statement: Statement, _ rows: ImportedRows, _ number: Int
  ) throws(RowError) -> Definition? {
    let part = rows.parts[statement.part]
    let program = rows.tables[part.table].program
    let definition = program.definitions[statement.definition]
    var fields = [String](repeating: "", count: program.mapping.columns.count)
    for (column, slot) in zip(definition.columns, statement.slots) where slot >= 0 {
      fields[column.field] = rows.reader(part).text(Int(slot), ofSlot: column.slot) ?? ""
    }
    return try program.mapping.definition(definition.index, of: fields, row: number)
  }
}

extension RowProgram.Definition {
  /// Whether it is of what there are few of.
  var isSmall: Bool {
    switch kind {
    case .event, .article, .report: false
    default: true
    }
  }
}

/// Rows of some slots, of which each different one is known again.
private final class TupleTable {
  private let width: Int
  private var tuples: [Int32] = []
  private var count = 0
  private var places = [UInt32](repeating: 0, count: 256)

  init(width: Int) { self.width = width }

  /// - Returns: Whether it is a new one.
  func insert(_ row: UnsafePointer<Int32>, _ slots: [Int]) -> Bool {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for slot in slots {
      hash = (hash ^ UInt64(UInt32(bitPattern: row[slot]))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 31
    }
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let first = Int(places[place] - 1) * width
      if slots.indices.allSatisfy({ tuples[first + $0] == row[slots[$0]] }) { return false }
      place = (place + 1) & (places.count - 1)
    }
    for slot in slots { tuples.append(row[slot]) }
    count += 1
    places[place] = UInt32(truncatingIfNeeded: count)
    if 2 * count > places.count { rehash() }
    return true
  }

  private func rehash() {
    places = [UInt32](repeating: 0, count: 4 * places.count)
    for tuple in 0..<count {
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      for slot in 0..<width {
        hash = (hash ^ UInt64(UInt32(bitPattern: tuples[tuple * width + slot]))) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 31
      }
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(truncatingIfNeeded: tuple + 1)
    }
  }
}
