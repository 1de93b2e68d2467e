/// Reads comma-separated values (RFC 4180) and tab-separated values.
///
/// Of CSV: a field in quotes may hold delimiters, line ends and, doubled, quotes; blanks around a field do not belong to
/// it unless it is in quotes. Where the header has semicolons and no commas, as where the comma is the decimal sign,
/// semicolons delimit. Of TSV: nothing is quoted, and `\t`, `\n`, `\r` and `\\` are a tab, line ends and a backslash, as
/// Khabar writes them. A line ends in LF, CR LF or CR; blank lines are passed over.
struct DelimitedReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let isQuoted: Bool
  private var offset = 0
  private var line = 1

  private static let quote = UInt8(ascii: "\"")

  private init(_ bytes: [UInt8], isQuoted: Bool) {
    self.bytes = bytes
    self.isQuoted = isQuoted
    let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let hasComma = header.contains(UInt8(ascii: ","))
    let isSemicolon = !hasComma && header.contains(UInt8(ascii: ";"))
    delimiter = isQuoted ? UInt8(ascii: isSemicolon ? ";" : ",") : 0x09
  }

  static func read(_ bytes: [UInt8], isQuoted: Bool) throws(TableError) -> RawTable {
    var reader = DelimitedReader(bytes, isQuoted: isQuoted)
    guard let (names, line) = try reader.record() else { throw TableError(.noHeader) }
    if names.count > RawTable.mostColumns {
      throw TableError(.tooLarge("\(RawTable.mostColumns) columns"), line: line)
    }
    var rows: [[RawCell]] = []
    while let (fields, line) = try reader.record() {
      guard fields.count == names.count else {
        throw TableError(.wrongCount(found: fields.count, expected: names.count), line: line)
      }
      rows.append(fields.map { $0.isEmpty ? .missing : .field($0) })
      if rows.count * names.count > RawTable.mostCells {
        throw TableError(.tooLarge("\(RawTable.mostCells) cells"), line: line)
      }
    }
    return RawTable(header: names, rows: rows)
  }

  /// The fields of the next line that is not blank, and its number; nil at the end.
  private mutating func record() throws(TableError) -> (fields: [String], line: Int)? {
    while atLineEnd { takeLineEnd() }
    if offset == bytes.count { return nil }
    let start = line
    var fields = [try field()]
    while offset < bytes.count, bytes[offset] == delimiter {
      offset += 1
      fields.append(try field())
    }
    if atLineEnd { takeLineEnd() }
    return (fields, start)
  }

  private var atLineEnd: Bool { offset < bytes.count && (bytes[offset] == 0x0A || bytes[offset] == 0x0D) }

  private mutating func takeLineEnd() {
    if bytes[offset] == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { offset += 1 }
    offset += 1
    line += 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private mutating func skipBlanks() {
    while offset < bytes.count, Self.isBlank(bytes[offset]), bytes[offset] != delimiter { offset += 1 }
  }

  private mutating func field() throws(TableError) -> String {
    skipBlanks()
    if isQuoted, offset < bytes.count, bytes[offset] == Self.quote { return try quotedField() }
    let start = offset
    while offset < bytes.count, bytes[offset] != delimiter, !atLineEnd { offset += 1 }
    var end = offset
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    let field = bytes[start..<end]
    if isQuoted || !field.contains(0x5C) { return String(decoding: field, as: UTF8.self) }
    return String(decoding: Self.unescaped(field), as: UTF8.self)
  }

  private mutating func quotedField() throws(TableError) -> String {
    let start = line
    offset += 1
    var field: [UInt8] = []
    while true {
      guard offset < bytes.count else {
        throw TableError(.malformed("a quotation mark is not closed"), line: start)
      }
      let byte = bytes[offset]
      if byte == Self.quote {
        offset += 1
        guard offset < bytes.count, bytes[offset] == Self.quote else { break }
      }
      if byte == 0x0A || byte == 0x0D && bytes[(offset + 1)...].first != 0x0A { line += 1 }
      field.append(byte)
      offset += 1
    }
    skipBlanks()
    guard offset == bytes.count || bytes[offset] == delimiter || atLineEnd else {
      throw TableError(.malformed("something follows a closing quotation mark"), line: line)
    }
    return String(decoding: field, as: UTF8.self)
  }

  /// What a letter means after a backslash.
  private static let escapes: [UInt8: UInt8] = [0x74: 0x09, 0x6E: 0x0A, 0x72: 0x0D, 0x5C: 0x5C]

  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      if byte == 0x5C, let next = rest.first, let meant = escapes[next] {
        result.append(meant)
        rest.removeFirst()
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
