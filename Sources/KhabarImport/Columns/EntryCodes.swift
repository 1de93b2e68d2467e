import EDTF
import KhabarModel
import KhabarPlan

/// The codes of what an entry says, by what the slot has that says it.
final class EntryCodes: @unchecked Sendable {
  /// The same for all rows, where no slot says it.
  private(set) var fixed: Int32 = -1
  private(set) var slot = -1
  /// Of the texts of each reader.
  private(set) var codes: [Memory<Int32>] = []

  init(
    _ field: RowProgram.Field, _ operand: RowProgram.Operand, _ table: ImportedRows.Table,
    _ values: inout FieldValues
  ) {
    switch operand {
    case .fixed(let text): fixed = values.code(field, field.kind(ofFixed: text))
    case .slot(let slot):
      self.slot = slot
      guard case .value(let meaning) = table.program.slots[slot].kind else { return }
      codes = table.readers.map { reader in
        let codes = Memory<Int32>(count: reader.texts[slot].count)
        for number in 0..<codes.count {
          codes[number] = Self.code(number, slot, meaning, reader, field, &values)
        }
        return codes
      }
    }
  }

  private static func code(
    _ number: Int, _ slot: Int, _ meaning: DefinitionKind.ValueMeaning, _ reader: RowReader,
    _ field: RowProgram.Field, _ values: inout FieldValues
  ) -> Int32 {
    if meaning == .time {
      return reader.times[slot][number].map { values.time($0) } ?? -1
    }
    guard let text = reader.text(number, ofSlot: slot), let kind = try? TableMapping.value(text, meaning)
    else {
      return -1
    }
    return values.code(field, kind)
  }

  /// What is looked up for each row of a part.
  func view(_ reader: Int) -> View {
    View(fixed: fixed, slot: slot, codes: codes.isEmpty ? nil : UnsafePointer(codes[reader].base))
  }

  struct View {
    let fixed: Int32
    let slot: Int
    let codes: UnsafePointer<Int32>?

    static var none: View { View(fixed: -1, slot: -1, codes: nil) }

    @inline(__always) func code(_ row: UnsafePointer<Int32>) -> Int32 {
      if slot < 0 { return fixed }
      let value = row[slot]
      if value < 0 { return -1 }
      return codes.map { $0[Int(value)] } ?? value
    }
  }
}

/// The records that an entry refers to, by what the slot has.
final class EntryKeys: @unchecked Sendable {
  private var fixed: Int32 = -1
  private var slot = -1
  private var first: Int32 = 0
  private var numbers: NumberSet?
  private var recordOfPlace: Memory<Int32>?
  private var texts: [Memory<Int32>] = []

  /// Of nothing.
  init() {}

  /// There is no record of that id.
  static let unknown: Int32 = -2

  /// - Parameter asPlaces: Whether it is asked for places, as long as there are no records.
  init(
    _ operand: RowProgram.Operand, _ table: ImportedRows.Table, _ index: KeyIndex, asPlaces: Bool = false
  ) {
    recordOfPlace = asPlaces ? nil : index.recordOfPlace
    func record(_ id: String) -> Int32? { asPlaces ? index.place(id) : index.record(id) }
    switch operand {
    case .fixed(let id): fixed = record(id) ?? Self.unknown
    case .slot(let slot):
      self.slot = slot
      if let prefix = table.program.slots[slot].prefix, let family = index.lookUp(prefix) {
        (first, numbers) = family
      }
      texts = table.readers.map { reader in
        let records = Memory<Int32>(count: reader.texts[slot].count)
        for number in 0..<records.count {
          let id = reader.text(number, ofSlot: slot).map(RecordCollector.idWord)
          records[number] = id.map { record($0) ?? Self.unknown } ?? -1
        }
        return records
      }
    }
  }

  func view(_ reader: Int) -> View {
    View(
      fixed: fixed, slot: slot, first: first, numbers: numbers?.view,
      recordOfPlace: recordOfPlace.map { UnsafePointer($0.base) },
      texts: texts.isEmpty ? nil : UnsafePointer(texts[reader].base))
  }

  struct View {
    let fixed: Int32
    let slot: Int
    let first: Int32
    let numbers: NumberSet.View?
    let recordOfPlace: UnsafePointer<Int32>?
    let texts: UnsafePointer<Int32>?

    static var none: View {
      View(fixed: -1, slot: -1, first: 0, numbers: nil, recordOfPlace: nil, texts: nil)
    }

    /// -1: nothing stands there; -2: there is no such record.
    @inline(__always) func record(_ row: UnsafePointer<Int32>) -> Int32 {
      if slot < 0 { return fixed }
      let key = row[slot]
      if key >= 0 {
        guard let numbers else { return EntryKeys.unknown }
        let rank = numbers.rank(of: key)
        if rank < 0 { return EntryKeys.unknown }
        let place = first &+ rank
        return recordOfPlace.map { $0[Int(place)] } ?? place
      }
      if key == -1 { return -1 }
      return texts.map { $0[Int(-2 &- key)] } ?? EntryKeys.unknown
    }
  }
}
