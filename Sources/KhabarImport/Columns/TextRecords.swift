import KhabarModel

/// The texts that rows have for themselves, by where they are kept: the number of a reader's arena, and the text's there.
struct TextRecords {
  private var arenas: [TextArena] = []
  private var firsts: [Key: Int] = [:]

  private struct Key: Hashable {
    let table: Int
    let slot: Int
  }

  init(_ rows: ImportedRows) {
    for (index, table) in rows.tables.enumerated() {
      for (slot, kind) in table.program.slots.enumerated() {
        guard case .text = kind.kind else { continue }
        firsts[Key(table: index, slot: slot)] = arenas.count
        arenas += table.readers.map { $0.arenas[slot] }
      }
    }
  }

  /// A place for the texts of rows, or of records.
  typealias Places = Memory<Int64>

  static let none: Int64 = -1

  /// Which arena a part's texts are in.
  func arena(_ table: Int, _ slot: Int, _ reader: Int) -> Int64 {
    Int64((firsts[Key(table: table, slot: slot)] ?? 0) + reader)
  }

  @inline(__always) static func place(_ arena: Int64, _ text: Int32) -> Int64 {
    text < 0 ? none : arena << 32 | Int64(text)
  }

  /// The texts that stand there.
  func column(_ places: Places) -> RecordColumn<LocalizedText> {
    let starts = Memory<UInt32>(count: places.count + 1)
    var next: UInt32 = 0
    for row in 0..<places.count {
      starts.base[row] = next
      next += UInt32(truncatingIfNeeded: record(places.base[row])?.count ?? 0)
    }
    starts[places.count] = next
    let bytes = Memory<UInt8>(count: Int(next))
    for row in 0..<places.count {
      guard let record = record(places.base[row]), let start = record.baseAddress else { continue }
      (bytes.base + Int(starts.base[row])).update(from: start, count: record.count)
    }
    return RecordColumn(offsets: Offsets(starts: starts), bytes: Column(bytes))
  }

  private func record(_ place: Int64) -> UnsafeBufferPointer<UInt8>? {
    place < 0 ? nil : arenas[Int(place >> 32)].record(Int(place & 0xFFFF_FFFF))
  }
}
