import KhabarSyntax

/// A text that an editor has open, and how its places are counted.
struct OpenDocument {
  enum Encoding: String { case utf8 = "utf-8", utf16 = "utf-16", utf32 = "utf-32" }

  let source: SourceText
  let encoding: Encoding

  init(name: String, text: String, encoding: Encoding) {
    source = SourceText(name: name, text: text)
    self.encoding = encoding
  }

  /// The place of an offset in UTF-8.
  func position(of offset: Int) -> JSONValue {
    let line = source.line(at: min(max(0, offset), source.utf8.count))
    let start = source.lineStarts[line]
    let before = source.utf8[start..<min(max(start, offset), source.utf8.count)]
    return .object(["line": .number(Double(line)), "character": .number(Double(units(before)))])
  }

  func range(of span: Span) -> JSONValue {
    .object(["start": position(of: span.lower), "end": position(of: span.upper)])
  }

  /// The offset in UTF-8 of a place; a place beyond a line's end is its end, one beyond the text the text's.
  func offset(of position: JSONValue) -> Int {
    guard let line = position["line"].whole, let character = position["character"].whole, line >= 0 else {
      return 0
    }
    guard line < source.lineStarts.count else { return source.utf8.count }
    var offset = source.lineStarts[line]
    var left = character
    for scalar in String(decoding: source.bytes(ofLine: line), as: UTF8.self).unicodeScalars {
      let length = units(Array(String(scalar).utf8)[...])
      if left < length { break }
      left -= length
      offset += String(scalar).utf8.count
    }
    return offset
  }

  private func units(_ bytes: ArraySlice<UInt8>) -> Int {
    switch encoding {
    case .utf8: bytes.count
    case .utf16: String(decoding: bytes, as: UTF8.self).utf16.count
    case .utf32: String(decoding: bytes, as: UTF8.self).unicodeScalars.count
    }
  }

  /// The document with a change of the editor's: of a range, or of the whole.
  func changed(by change: JSONValue) -> OpenDocument {
    guard let text = change["text"].text else { return self }
    guard change["range"] != .null else {
      return OpenDocument(name: source.name, text: text, encoding: encoding)
    }
    let lower = offset(of: change["range"]["start"])
    let upper = max(lower, offset(of: change["range"]["end"]))
    let bytes = source.utf8[..<lower] + Array(text.utf8) + source.utf8[upper...]
    return OpenDocument(name: source.name, text: String(decoding: bytes, as: UTF8.self), encoding: encoding)
  }

  /// The token at an offset, or that ends there.
  func word(at offset: Int) -> Token? {
    Lexer.tokens(of: source).tokens.first { token in
      guard token.span.lower <= offset, offset <= token.span.upper else { return false }
      switch token.kind {
      case .word, .string: return true
      default: return false
      }
    }
  }
}
