import EDTF
import Glibc
import KhabarModel
import KhabarPlan

/// Makes slots of the rows of one table, on one thread: what the texts of different threads are called by is different.
final class RowReader: @unchecked Sendable {
  /// The rows of a chunk that could be read.
  struct Piece {
    /// Of the chunk.
    let number: Int
    /// The slots, one row after the other.
    let slots: UnsafeMutablePointer<Int32>
    var count: Int
    /// The lines of the chunk's rows, from 0; nil: every line is a row.
    var lines: [UInt32]?
    let lineCount: Int

    func line(_ row: Int) -> Int { lines.map { Int($0[row]) } ?? row }
  }

  struct Rejected {
    let piece: Int
    let line: Int
    let column: String
    let reason: String
  }

  /// What a slot has where there is none.
  static let none: Int32 = -1

  let program: RowProgram
  let width: Int
  /// The texts of each slot.
  let texts: UnsafeMutablePointer<TextTable>
  let arenas: UnsafeMutablePointer<TextArena>
  private(set) var pieces: [Piece] = []
  private(set) var rejected: [Rejected] = []
  /// Of slots that are times, that of each text.
  private(set) var times: [[EDTFTime?]]

  private let delimiter: UInt8
  private let fieldCount: Int
  private let fields: UnsafeMutablePointer<TextTable.Text>
  private let steps: [Step]
  /// Of each report that is by one of them: a row has to have one.
  private let articles: [[Int]]
  private var memory = RowMemory()
  /// Where texts are put together.
  private var scratch: [UInt8] = []

  /// What makes a slot.
  fileprivate struct Step {
    enum Kind { case numbered, single, joined, text }
    let kind: Kind
    let field: Int
    let slot: Int
    /// Whether what stands there has to be a time, a number, a country.
    let isChecked: Bool
  }

  init(_ program: RowProgram, delimiter: UInt8) {
    self.program = program
    self.delimiter = delimiter
    fieldCount = program.mapping.columns.count
    width = max(1, program.slots.count)
    texts = .allocate(capacity: width)
    arenas = .allocate(capacity: width)
    for slot in 0..<width {
      (texts + slot).initialize(to: TextTable())
      (arenas + slot).initialize(to: TextArena())
    }
    fields = .allocate(capacity: fieldCount + 1)
    times = Array(repeating: [], count: width)
    articles = program.definitions.compactMap(\.slotsOfArticle)
    steps = program.slots.indices.map { Step(program.slots[$0], $0) }
  }

  deinit {
    for slot in 0..<width {
      texts[slot].destroy()
      arenas[slot].destroy()
    }
    texts.deallocate()
    arenas.deallocate()
    fields.deallocate()
  }

  /// Frees the slots.
  func discardRows() {
    pieces = []
    memory = RowMemory()
  }

  func replace(_ piece: Piece, at index: Int) { pieces[index] = piece }

  // MARK: - Chunks

  func read(_ chunk: Chunk) {
    // A row has at least a byte for each of its fields.
    let slots = memory.reserve(width * (chunk.count / max(1, fieldCount) + 1))
    var rows = RowsOfChunk(slots: slots, width: width)
    if chunk.isPlain { readPlain(chunk, &rows) } else { readQuoted(chunk, &rows) }
    memory.take(width * rows.count)
    pieces.append(
      Piece(
        number: chunk.number, slots: slots, count: rows.count, lines: rows.lines, lineCount: rows.line))
  }

  /// The rows of a chunk, as far as they have been read.
  private struct RowsOfChunk {
    let slots: UnsafeMutablePointer<Int32>
    let width: Int
    var count = 0
    var line = 0
    var lines: [UInt32]?

    init(slots: UnsafeMutablePointer<Int32>, width: Int) {
      self.slots = slots
      self.width = width
    }

    var next: UnsafeMutablePointer<Int32> { slots + width * count }

    /// The row at `next` is one.
    @inline(__always) mutating func accept(line: Int) {
      if lines != nil || line != count { note(line) }
      count += 1
    }

    @inline(never) private mutating func note(_ line: Int) {
      var noted = lines ?? (0..<count).map { UInt32(truncatingIfNeeded: $0) }
      lines = nil
      noted.append(UInt32(truncatingIfNeeded: line))
      lines = noted
    }
  }

  /// Rows without quotation marks, which end in line feeds.
  private func readPlain(_ chunk: Chunk, _ rows: inout RowsOfChunk) {
    var position = UnsafePointer(chunk.base)
    let end = position + chunk.count
    let splitter = PlainSplitter(delimiter: delimiter, fieldCount: fieldCount)
    while position < end {
      if position.pointee == 0x0A {
        position += 1
        rows.line += 1
        continue
      }
      let start = position
      if splitter.split(&position, fields), take(rows.next) {
        rows.accept(line: rows.line)
      } else {
        position =
          start
          + (memchr(start, 0x0A, end - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) + 1 }
            ?? end - start)
        lookAt(start, position, &rows)
      }
      rows.line += 1
    }
  }

  private func readQuoted(_ chunk: Chunk, _ rows: inout RowsOfChunk) {
    var splitter = QuotedSplitter(chunk, delimiter: delimiter)
    while let row = splitter.next(fields, limit: fieldCount) {
      if row.fieldCount == fieldCount, take(rows.next) {
        rows.accept(line: row.line)
      } else {
        rows.line = row.line
        lookAt(row.start, row.end, &rows)
      }
      rows.line = splitter.line
    }
    rows.line = splitter.line
  }

  /// A row that is wrong, or may be: its definitions say so.
  private func lookAt(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ rows: inout RowsOfChunk
  ) {
    let bytes = Array(UnsafeBufferPointer(start: start, count: end - start))
    var splitter = RecordSplitter(bytes, delimiter: delimiter, isQuoted: true)
    guard let row = splitter.next() else { return }
    do throws(RowError) {
      _ = try program.mapping.definitions(of: row.fields, row: 0)
      // What is wrong stands where nothing is said.
      rows.accept(line: rows.line)
    } catch {
      rejected.append(
        Rejected(piece: pieces.count, line: rows.line, column: error.column, reason: error.reason))
    }
  }

  // MARK: - Slots

  /// Makes the slots of a row of which the fields are found; false: something in it may be wrong.
  @inline(__always) private func take(_ row: UnsafeMutablePointer<Int32>) -> Bool {
    var isRight = true
    for step in steps {
      switch step.kind {
      case .numbered:
        let field = fields[step.field]
        let number = Digits.number(field)
        row[step.slot] = number >= 0 ? number : named(field, step.slot)
      case .single:
        let field = fields[step.field]
        if field.count == 0 {
          row[step.slot] = Self.none
        } else {
          let number = texts[step.slot].number(of: field)
          row[step.slot] = Int32(truncatingIfNeeded: number)
          if step.isChecked {
            if texts[step.slot].note(number) == TextNote.unknown { check(number, step.slot) }
            let note = texts[step.slot].note(number)
            if note != TextNote.right {
              row[step.slot] = Self.none
              if note == TextNote.wrong { isRight = false }
            }
          }
        }
      case .joined: isRight = join(row, step) && isRight
      case .text: row[step.slot] = text(step.slot)
      }
    }
    for slots in articles where isRight {
      isRight = slots.contains { row[$0] != Self.none }
    }
    return isRight
  }

  /// The slot of an id that is no number: -2 and less.
  @inline(never) private func named(_ field: TextTable.Text, _ slot: Int) -> Int32 {
    field.count == 0 ? Self.none : key(texts[slot].number(of: field), slot)
  }

  private func key(_ number: Int, _ slot: Int) -> Int32 {
    if texts[slot].note(number) == TextNote.unknown {
      texts[slot].setNote(text(number, ofSlot: slot) == nil ? TextNote.empty : TextNote.right, number)
    }
    return texts[slot].note(number) == TextNote.empty ? Self.none : -2 - Int32(truncatingIfNeeded: number)
  }

  /// The slot of what several columns say, or of a column between letters.
  @inline(never) private func join(_ row: UnsafeMutablePointer<Int32>, _ step: Step) -> Bool {
    row[step.slot] = Self.none
    scratch.removeAll(keepingCapacity: true)
    let columns = program.slots[step.slot].texts[0].fields
    for field in columns {
      let text = fields[field]
      if text.count == 0 { return true }
      // Several columns, each behind its length.
      if columns.count > 1 {
        scratch.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) })
      }
      scratch.append(contentsOf: UnsafeBufferPointer(start: text.start, count: text.count))
    }
    let count = scratch.count
    scratch.append(contentsOf: repeatElement(0, count: 16))
    let number = scratch.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { texts[step.slot].number(of: TextTable.Text(padded: $0, count: count)) } ?? 0
    }
    if case .key = program.slots[step.slot].kind {
      row[step.slot] = key(number, step.slot)
      return true
    }
    if step.isChecked {
      if texts[step.slot].note(number) == TextNote.unknown { check(number, step.slot) }
      if texts[step.slot].note(number) != TextNote.right {
        return texts[step.slot].note(number) == TextNote.empty
      }
    }
    row[step.slot] = Int32(truncatingIfNeeded: number)
    return true
  }

  /// Notes whether a text is what it has to be.
  @inline(never) private func check(_ number: Int, _ slot: Int) {
    guard case .value(let meaning) = program.slots[slot].kind else { return }
    var note = TextNote.empty
    var time: EDTFTime?
    if let text = text(number, ofSlot: slot) {
      do throws(TableMapping.Unreadable) {
        if case .time(let read) = try TableMapping.value(text, meaning) { time = read }
        note = TextNote.right
      } catch {
        note = TextNote.wrong
      }
    }
    texts[slot].setNote(note, number)
    if meaning == .time { times[slot].append(time) }
  }

  // MARK: - Texts

  /// What a text of a slot says, with what stands around its columns; nil: a column of it is empty.
  func text(_ number: Int, ofSlot slot: Int) -> String? {
    let text = program.slots[slot].texts[0]
    let isAlone = text.fields.count == 1
    var rest = Array(texts[slot].bytes(number))[...]
    var filled = ""
    for part in text.parts {
      switch part {
      case .text(let text), .column(let text): filled += text
      case .field:
        let count = isAlone ? rest.count : rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        if !isAlone { rest = rest.dropFirst(4) }
        let column = RecordSplitter.text(rest.prefix(count)).trimmed
        if column.isEmpty { return nil }
        rest = rest.dropFirst(count)
        filled += column
      }
    }
    return filled
  }

  /// The slot of texts in some languages, each of which most rows have for themselves.
  @inline(never) private func text(_ slot: Int) -> Int32 {
    let kind = program.slots[slot]
    guard case .text(let first) = kind.kind else { return Self.none }
    var writer = RecordWriter()
    writer.write(number: 2 * kind.texts.count)
    for (language, text) in zip([first] + kind.languages, kind.texts) {
      var filled = ""
      for part in text.parts {
        switch part {
        case .text(let text), .column(let text): filled += text
        case .field(let field):
          let bytes = UnsafeBufferPointer(start: fields[field].start, count: fields[field].count)
          let column = RecordSplitter.text(bytes).trimmed
          if column.isEmpty { return Self.none }
          filled += column
        }
      }
      writer.write(language)
      writer.write(filled)
    }
    return writer.bytes.withUnsafeBufferPointer { Int32(truncatingIfNeeded: arenas[slot].append($0)) }
  }
}

/// What a table of texts notes of each.
enum TextNote {
  static let unknown: Int32 = 0
  static let right: Int32 = 1
  static let wrong: Int32 = 2
  static let empty: Int32 = 3
}

/// Memory for the slots of many rows, which are taken as they come.
private struct RowMemory {
  private var blocks: [Memory<Int32>] = []
  private var used = 0
  private static let blockSize = 1 << 23

  /// Room for so many slots.
  mutating func reserve(_ count: Int) -> UnsafeMutablePointer<Int32> {
    if let last = blocks.last, last.count - used >= count { return last.base + used }
    let block = Memory<Int32>(count: max(Self.blockSize, count))
    blocks.append(block)
    used = 0
    return block.base
  }

  mutating func take(_ count: Int) { used += count }
}

extension RowReader.Step {
  fileprivate init(_ slot: RowProgram.Slot, _ index: Int) {
    self.slot = index
    field = slot.texts[0].fields.first ?? 0
    isChecked =
      switch slot.kind {
      case .value(.time), .value(.number), .value(.country): true
      default: false
      }
    switch slot.kind {
    case .text: kind = Kind.text
    case .key: kind = slot.prefix != nil ? .numbered : .joined
    case .value, .column: kind = slot.texts[0].fields.count == 1 ? .single : .joined
    }
  }
}

extension RowProgram.Definition {
  /// The slots of what may be a report's article; nil: there is always one.
  fileprivate var slotsOfArticle: [Int]? {
    if kind != .report { return nil }
    let all = (entry(.article).map { [$0.value] } ?? []) + articles
    var slots: [Int] = []
    for operand in all {
      guard case .slot(let slot) = operand else { return nil }
      slots.append(slot)
    }
    return slots
  }
}
