import EDTF

/// What is written byte after byte and read when it is asked for: what has no fixed size, and is seldom needed.
package protocol StoredRecord: Sendable {
  /// What takes no byte at all in a column.
  static var nothing: Self { get }
  var isNothing: Bool { get }
  func write(to bytes: inout RecordWriter)
  init(from bytes: inout RecordReader)
}

/// Numbers in as many bytes as they need, seven bits in each; texts in UTF-8 after their length.
package struct RecordWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(number: Int) {
    // -1 is as short as 1.
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func write(number: some FixedWidthInteger) {
    write(number: Int(truncatingIfNeeded: number))
  }

  package mutating func write(_ flag: Bool) { write(number: flag ? 1 : 0) }

  package mutating func write(_ number: Double?) {
    write(number != nil)
    if let number { write(number: Int(bitPattern: UInt(number.bitPattern))) }
  }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(number: utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  package mutating func write(_ record: some StoredRecord) { record.write(to: &self) }
}

/// Reads what `RecordWriter` has written. At the end of the bytes there are noughts and empty texts: wrong bytes make
/// wrong records, and nothing worse.
package struct RecordReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  package mutating func number() -> Int {
    var number: UInt = 0
    var shift: UInt = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      number |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int(bitPattern: number >> 1) ^ -Int(bitPattern: number & 1)
  }

  package mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
    Number(truncatingIfNeeded: number())
  }

  package mutating func flag() -> Bool { number() != 0 }

  package mutating func double() -> Double? {
    flag() ? Double(bitPattern: UInt64(UInt(bitPattern: number()))) : nil
  }

  package mutating func text() -> String {
    let count = min(max(0, number()), bytes.count - position)
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  package mutating func record<Record: StoredRecord>(_ type: Record.Type = Record.self) -> Record {
    Record(from: &self)
  }

  /// A number of things to come, each of at least one byte.
  mutating func length() -> Int { min(max(0, number()), bytes.count - position) }
}

/// One record a row.
package struct RecordColumn<Record: StoredRecord>: RandomAccessCollection, Sendable {
  let offsets: Offsets
  let bytes: Column<UInt8>

  package init() { self.init([]) }

  package init(_ records: some Collection<Record>) {
    var writer = RecordWriter()
    var counts: [Int] = []
    counts.reserveCapacity(records.count)
    var start = 0
    for record in records {
      if !record.isNothing { writer.write(record) }
      counts.append(writer.bytes.count - start)
      start = writer.bytes.count
    }
    offsets = Offsets(counts: counts)
    bytes = Column(writer.bytes)
  }

  /// Rows without a record.
  package init(none rows: Int) {
    offsets = Offsets(each: 0, count: rows)
    bytes = Column([])
  }

  /// Records as they are written, one after the other.
  package init(offsets: Offsets, bytes: Column<UInt8>) {
    self.offsets = offsets
    self.bytes = bytes
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { offsets.count }

  package func isNothing(_ row: Int) -> Bool { offsets.range(row).isEmpty }

  package subscript(row: Int) -> Record {
    let range = offsets.range(row)
    if range.isEmpty { return .nothing }
    return bytes.slice(range).withBuffer { buffer in
      var reader = RecordReader(buffer)
      return Record(from: &reader)
    }
  }
}

extension RecordColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    offsets.write("\(name).rows", to: &sections)
    bytes.write("\(name).bytes", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    offsets = try Offsets("\(name).rows", from: sections)
    bytes = try Column("\(name).bytes", from: sections, count: offsets.total)
  }
}

// MARK: - Records

extension String: StoredRecord {
  package static var nothing: String { "" }
  package var isNothing: Bool { isEmpty }
  package func write(to bytes: inout RecordWriter) { bytes.write(self) }
  package init(from bytes: inout RecordReader) { self = bytes.text() }
}

extension Array: StoredRecord where Element: StoredRecord {
  package static var nothing: [Element] { [] }
  package var isNothing: Bool { isEmpty }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(number: count)
    for element in self { bytes.write(element) }
  }

  package init(from bytes: inout RecordReader) {
    self = []
    for _ in 0..<bytes.length() { append(Element(from: &bytes)) }
  }
}

extension Optional: StoredRecord where Wrapped: StoredRecord {
  package static var nothing: Wrapped? { nil }
  package var isNothing: Bool { self == nil }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(self != nil)
    if let self { bytes.write(self) }
  }

  package init(from bytes: inout RecordReader) { self = bytes.flag() ? Wrapped(from: &bytes) : nil }
}
