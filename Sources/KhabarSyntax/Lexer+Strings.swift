extension Lexer {
  /// String ::= '"' (Character | Escape)* '"' | '“' … '”' | '«' … '»'
  mutating func scanString(opening: Unicode.Scalar, contentAt content: Int, close: [UInt8]? = nil) {
    let start = offset
    if opening == "\"", close == nil, scanPlainString(from: start, contentAt: content) { return }
    let closing = opening == "“" ? "”" : opening == "«" ? "»" : "\""
    let close = close ?? Array(closing.utf8)
    var bytes: [UInt8] = []
    offset = content
    while let byte = byte(at: offset), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      if utf8[offset..<end].starts(with: close) {
        checkOrder(of: Span(content, offset))
        offset += close.count
        return add(.string(String(decoding: bytes, as: UTF8.self)), from: start)
      }
      if byte == UInt8(ascii: "\\") {
        scanEscape(into: &bytes)
      } else {
        scanPlain(byte, into: &bytes)
      }
    }
    let reported = (scalar(at: start)?.next ?? start + 1)
    report(.unterminatedString(close: closing), start, reported)
    if offset >= end { endsOpen = true }
    add(.string(String(decoding: bytes, as: UTF8.self)), from: start)
    add(.invalid, from: offset)
  }

  /// A string that ends on its line and holds nothing to undo or to report, as most do.
  private mutating func scanPlainString(from start: Int, contentAt content: Int) -> Bool {
    var position = content
    while position < end {
      switch utf8[position] {
      case UInt8(ascii: "\""):
        checkOrder(of: Span(content, position))
        offset = position + 1
        add(.string(text(content, position)), from: start)
        return true
      // An escape, the end of the line, and the first byte of U+FFFD.
      case UInt8(ascii: "\\"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0xEF: return false
      default: position += 1
      }
    }
    return false
  }

  /// What a string reorders it must put in order again before it ends: the rest of the line would read otherwise
  /// than it says (UAX #9; Boucher and Anderson, "Trojan Source", 2021).
  private mutating func checkOrder(of content: Span) {
    // U+202A to U+202E and U+2066 to U+2069 begin with this byte.
    guard utf8[content.lower..<content.upper].contains(0xE2) else { return }
    var open: [(scalar: Unicode.Scalar, place: Int, next: Int)] = []
    var position = content.lower
    while position < content.upper, let (scalar, next) = scalar(at: position) {
      switch scalar.value {
      case 0x202A, 0x202B, 0x202D, 0x202E, 0x2066...0x2068: open.append((scalar, position, next))
      case 0x202C where (open.last?.scalar.value ?? 0x2066) < 0x2066: open.removeLast()
      case 0x2069:
        if let isolate = open.lastIndex(where: { $0.scalar.value >= 0x2066 }) {
          open.removeSubrange(isolate...)
        }
      default: break
      }
      position = next
    }
    if let first = open.first { report(.reorderingString(first.scalar), first.place, first.next) }
  }

  mutating func scanPlain(_ byte: UInt8, into bytes: inout [UInt8]) {
    let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    if byte == 0xEF, utf8[offset..<end].starts(with: replacement) {
      report(.undecodableByte, offset, offset + 3)
      bytes += replacement
      offset += 3
    } else {
      bytes.append(byte)
      offset += 1
    }
  }

  /// Escape ::= '\' ('"' | '\' | 'n' | 't' | 'u{' Hex+ '}')
  mutating func scanEscape(into bytes: inout [UInt8]) {
    let start = offset
    offset += 1
    guard let (scalar, next) = scalar(at: offset), scalar != "\n", scalar != "\r" else { return }
    offset = next
    switch scalar {
    case "\"", "\\", "”", "»": bytes += Array(String(Character(scalar)).utf8)
    case "n": bytes.append(UInt8(ascii: "\n"))
    case "t": bytes.append(UInt8(ascii: "\t"))
    case "u": scanCodePoint(from: start, into: &bytes)
    default: report(.unknownEscape("\\" + String(Character(scalar))), start, next)
    }
  }

  private mutating func scanCodePoint(from start: Int, into bytes: inout [UInt8]) {
    var value: UInt32 = 0
    var digits = 0
    if byte(at: offset) == UInt8(ascii: "{") { offset += 1 }
    while digits < 7, let byte = byte(at: offset), let digit = Self.hexadecimal(byte) {
      value = value << 4 | digit
      digits += 1
      offset += 1
    }
    let isClosed = byte(at: offset) == UInt8(ascii: "}")
    if isClosed { offset += 1 }
    if isClosed, (1...6).contains(digits), let scalar = Unicode.Scalar(value) {
      bytes += Array(String(Character(scalar)).utf8)
    } else {
      report(.invalidCodePoint, start, offset)
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// A word or a text in single quotes, as other languages write strings: read as one, with an error.
  mutating func scanSingleQuotes(from start: Int, contentAt content: Int) {
    var position = content
    while let (scalar, next) = scalar(at: position), scalar != "\n", scalar != "\r" {
      if scalar == "'" || scalar == "’" {
        let content = text(content, position)
        offset = next
        report(.singleQuotes(content), start, offset)
        return add(.string(content), from: start)
      }
      position = next
    }
    report(.unexpectedCharacter(text(start, content)), start, content)
    add(.invalid, from: start)
  }
}

extension Lexer {
  /// A part of a string's inside, with the escapes undone.
  static func content(of source: SourceText, in range: Span) -> String {
    let slice = source.utf8[min(range.lower, source.utf8.count)..<min(range.upper, source.utf8.count)]
    guard slice.contains(UInt8(ascii: "\\")) else { return String(decoding: slice, as: UTF8.self) }
    return undoEscapes(source, range)
  }

  private static func undoEscapes(_ source: SourceText, _ range: Span) -> String {
    var lexer = Lexer(source, range: range, quotesAreEscaped: false)
    var bytes: [UInt8] = []
    while let byte = lexer.byte(at: lexer.offset) {
      if byte == UInt8(ascii: "\\") {
        lexer.scanEscape(into: &bytes)
      } else {
        lexer.scanPlain(byte, into: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
