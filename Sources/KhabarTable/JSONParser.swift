/// A value of JSON (RFC 8259), the members of objects in the order in which they stand.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONValue
  }
}

/// Reads values of JSON from bytes. White space includes line ends, so that a value may stand on several lines.
package struct JSONParser {
  package struct Failure: Error {
    package var expectation: String
    package init(_ expectation: String) { self.expectation = expectation }
  }

  /// Deeper nesting is refused.
  package static let mostLevels = 256

  private let bytes: ArraySlice<UInt8>
  /// Of the byte that is read next.
  package private(set) var offset: Int
  private var level = 0
  /// What the bytes are, for messages.
  private let whole: String

  package init(_ bytes: ArraySlice<UInt8>, of whole: String = "line") {
    self.bytes = bytes
    self.whole = whole
    offset = bytes.startIndex
  }

  /// Whether nothing but white space is left.
  package mutating func isAtEnd() -> Bool {
    skipBlanks()
    return offset == bytes.endIndex
  }

  private var next: UInt8? { offset < bytes.endIndex ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { offset += 1 }
  }

  /// Takes a sign, and the white space before it, if it is what comes next.
  package mutating func accept(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  private mutating func accept(word: StaticString) -> Bool {
    let isNext = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
    if isNext { offset += word.utf8CodeUnitCount }
    return isNext
  }

  package func unexpected(_ expected: String) -> Failure {
    guard offset < bytes.endIndex else { return Failure("expected \(expected); the \(whole) ends") }
    let rest = String(decoding: bytes[offset...].prefix(16), as: UTF8.self)
    return Failure("expected \(expected); found `\(rest.first.map { String($0) } ?? "")`")
  }

  // MARK: - Values

  /// The object that the bytes are.
  package mutating func parseObject() throws(Failure) -> [JSONValue.Member] {
    guard accept("{") else { throw unexpected("an object, as in `{\"name\": 1}`") }
    let members = try parseMembers()
    if !isAtEnd() { throw unexpected("the end of the line") }
    return members
  }

  /// The value that comes next.
  package mutating func parseValue() throws(Failure) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "\""): return .text(try parseString())
    case UInt8(ascii: "t") where accept(word: "true"): return .truth(true)
    case UInt8(ascii: "f") where accept(word: "false"): return .truth(false)
    case UInt8(ascii: "n") where accept(word: "null"): return .null
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      level += 1
      defer { level -= 1 }
      if level > Self.mostLevels { throw Failure("it nests deeper than \(Self.mostLevels) levels") }
      return accept("{") ? .object(try parseMembers()) : .list(try parseElements())
    default: return .number(try parseNumber())
    }
  }

  /// After the brace, through the closing one.
  private mutating func parseMembers() throws(Failure) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if accept("}") { return members }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
      let name = try parseString()
      guard accept(":") else { throw unexpected("`:` after the name `\(name)`") }
      members.append(JSONValue.Member(name: name, value: try parseValue()))
    } while accept(",")
    guard accept("}") else { throw unexpected("`,` or `}`") }
    return members
  }

  private mutating func parseElements() throws(Failure) -> [JSONValue] {
    guard accept("[") else { throw unexpected("a list") }
    var elements: [JSONValue] = []
    if accept("]") { return elements }
    repeat { elements.append(try parseValue()) } while accept(",")
    guard accept("]") else { throw unexpected("`,` or `]`") }
    return elements
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
}

// MARK: - Strings

extension JSONParser {
  private mutating func parseString() throws(Failure) -> String {
    offset += 1
    let start = offset
    var text: [UInt8]?
    var isASCII = true
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unexpected("an escape such as `\\n` in place of a control character") }
      if byte == UInt8(ascii: "\\") {
        // Most strings have none, and are taken as they lie.
        var read = text ?? Array(bytes[start..<offset])
        text = nil
        offset += 1
        read += try parseEscape()
        text = read
      } else {
        offset += 1
        if byte >= 0x80 { isASCII = false }
        text?.append(byte)
      }
    }
    let end = offset
    guard next != nil else { throw Failure("a string is not closed") }
    offset += 1
    if isASCII, text == nil { return String(decoding: bytes[start..<end], as: UTF8.self) }
    let read = text.map { String(validating: $0, as: UTF8.self) }
    guard let string = read ?? String(validating: bytes[start..<end], as: UTF8.self) else {
      throw Failure("a string is not UTF-8")
    }
    return string
  }

  private mutating func parseEscape() throws(Failure) -> [UInt8] {
    if let byte = next, let meant = Self.meaning(ofEscaped: byte) {
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

  private static func meaning(ofEscaped byte: UInt8) -> UInt8? {
    switch byte {
    case 0x22, 0x5C, 0x2F: byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
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
