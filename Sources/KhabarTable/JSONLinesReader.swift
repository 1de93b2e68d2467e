/// Reads JSON Lines: on each line an object (RFC 8259), whose names are columns. Columns come in the order in which
/// they are first named; what an object does not name is missing. Values are numbers, strings, truths, `null`, or lists
/// of these.
struct JSONLinesReader {
  private var columns: [String: Int] = [:]
  private var table = RawTable(header: [], rows: [])

  static func read(_ bytes: [UInt8]) throws(TableError) -> RawTable {
    var reader = JSONLinesReader()
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      var parser = JSONLineParser(line)
      if parser.isBlank { continue }
      do throws(JSONLineParser.Failure) {
        try reader.add(parser.parseObject())
      } catch {
        throw TableError(.malformed(error.expectation), line: index + 1)
      }
      let width = reader.table.header.count
      if width > RawTable.mostColumns {
        throw TableError(.tooLarge("\(RawTable.mostColumns) columns"), line: index + 1)
      }
      if reader.table.rows.count * width > RawTable.mostCells {
        throw TableError(.tooLarge("\(RawTable.mostCells) cells"), line: index + 1)
      }
    }
    if reader.table.header.isEmpty { throw TableError(.noHeader) }
    return reader.filled()
  }

  private mutating func add(_ object: [(name: String, value: RawCell)]) throws(JSONLineParser.Failure) {
    var row = [RawCell](repeating: .missing, count: table.header.count)
    var seen: Set<Int> = []
    for (name, value) in object {
      let column = columns[name] ?? table.header.count
      if column == table.header.count {
        columns[name] = column
        table.header.append(name)
        row.append(.missing)
      }
      guard seen.insert(column).inserted else { throw .init("`\(name)` is given twice") }
      row[column] = value
    }
    table.rows.append(row)
  }

  /// The table with rows of equal length.
  private func filled() -> RawTable {
    var table = table
    for index in table.rows.indices {
      let missing = table.header.count - table.rows[index].count
      table.rows[index] += [RawCell](repeating: .missing, count: missing)
    }
    return table
  }
}

/// Reads one line. Nothing in it nests deeper than a list in an object.
private struct JSONLineParser {
  struct Failure: Error {
    var expectation: String
    init(_ expectation: String) { self.expectation = expectation }
  }

  private let bytes: [UInt8]
  private var offset = 0

  init(_ line: ArraySlice<UInt8>) { bytes = Array(line) }

  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { offset += 1 }
  }

  private mutating func accept(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  private mutating func accept(word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  private func unexpected(_ expected: String) -> Failure {
    guard offset < bytes.count else { return Failure("expected \(expected); the line ends") }
    let rest = String(decoding: bytes[offset...].prefix(16), as: UTF8.self)
    return Failure("expected \(expected); found `\(rest.first.map { String($0) } ?? "")`")
  }

  mutating func parseObject() throws(Failure) -> [(name: String, value: RawCell)] {
    guard accept("{") else { throw unexpected("an object, as in `{\"name\": 1}`") }
    var members: [(name: String, value: RawCell)] = []
    if !accept("}") {
      repeat {
        skipBlanks()
        guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
        let name = try parseString()
        guard accept(":") else { throw unexpected("`:` after the name `\(name)`") }
        members.append((name, try parseValue()))
      } while accept(",")
      guard accept("}") else { throw unexpected("`,` or `}`") }
    }
    skipBlanks()
    guard offset == bytes.count else { throw unexpected("the end of the line") }
    return members
  }

  private mutating func parseValue() throws(Failure) -> RawCell {
    guard accept("[") else { return try parseScalar() }
    var elements: [RawCell] = []
    if accept("]") { return .list([]) }
    repeat {
      let element = try parseScalar()
      if element != .missing { elements.append(element) }
    } while accept(",")
    guard accept("]") else { throw unexpected("`,` or `]`") }
    return .list(elements)
  }

  private mutating func parseScalar() throws(Failure) -> RawCell {
    skipBlanks()
    switch next {
    case UInt8(ascii: "\""): return .text(try parseString())
    case UInt8(ascii: "t") where accept(word: "true"): return .truth(true)
    case UInt8(ascii: "f") where accept(word: "false"): return .truth(false)
    case UInt8(ascii: "n") where accept(word: "null"): return .missing
    case UInt8(ascii: "{"): throw Failure("an object within an object cannot be a cell")
    case UInt8(ascii: "["): throw Failure("a list within a list cannot be a cell")
    default: return .number(try parseNumber())
    }
  }

  /// number = "-"? ("0" | [1-9] digit*) ("." digit+)? ([eE] [+-]? digit+)?
  private mutating func parseNumber() throws(Failure) -> Double {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    let whole = takeDigits()
    guard whole > 0, whole == 1 || bytes[offset - whole] != UInt8(ascii: "0") else {
      offset = start
      throw unexpected("a value")
    }
    if next == UInt8(ascii: ".") {
      offset += 1
      if takeDigits() == 0 { throw unexpected("a digit after the decimal point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      if takeDigits() == 0 { throw unexpected("a digit of the exponent") }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let number = Double(text), number.isFinite else { throw Failure("the number is too large") }
    return number
  }

  private mutating func takeDigits() -> Int {
    let start = offset
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  // MARK: - Strings

  private mutating func parseString() throws(Failure) -> String {
    offset += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unexpected("an escape such as `\\n` in place of a control character") }
      offset += 1
      if byte == UInt8(ascii: "\\") { text += try parseEscape() } else { text.append(byte) }
    }
    guard accept("\"") else { throw Failure("a string is not closed") }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func parseEscape() throws(Failure) -> [UInt8] {
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]
    if let byte = next, let meant = plain[byte] {
      offset += 1
      return [meant]
    }
    // Two surrogates are one character; a single one is none.
    var units = [try parseCodeUnit()]
    if UTF16.isLeadSurrogate(units[0]), bytes[offset...].starts(with: "\\u".utf8) {
      offset += 1
      units.append(try parseCodeUnit())
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// `uXXXX`
  private mutating func parseCodeUnit() throws(Failure) -> UInt16 {
    let digits = bytes[offset...].dropFirst().prefix(4)
    guard next == UInt8(ascii: "u"), digits.count == 4, digits.first != UInt8(ascii: "+"),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected("an escape such as `\\n` or `\\u00e9`") }
    offset += 5
    return unit
  }
}
