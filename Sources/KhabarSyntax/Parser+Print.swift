extension Parser {
  /// Print ::= 'print' String            a string with '{' Expression '}' in it
  mutating func parsePrint() throws(Failure) -> Statement.Kind {
    advanceKeyword()
    guard atString else { throw fail(.statement("a string to print", found: found)) }
    let span = token.span
    let parts = try parseInterpolation(span)
    advance()
    return .print(Interpolation(parts, span: span))
  }

  private mutating func parseInterpolation(_ span: Span) throws(Failure) -> [Interpolation.Part] {
    let quote = source.utf8[span.lower]
    let width = quote < 0x80 ? (quote == UInt8(ascii: "\\") ? 2 : 1) : quote == 0xC2 ? 2 : 3
    let end = max(span.lower + width, span.upper - width)
    var parts: [Interpolation.Part] = []
    var text = ""
    var start = span.lower + width
    var offset = start
    func flush(_ upper: Int) { text += Lexer.content(of: source, in: Span(start, upper)) }
    while offset < end {
      let byte = source.utf8[offset]
      let isDoubled = offset + 1 < end && source.utf8[offset + 1] == byte
      if byte == UInt8(ascii: "\\") {
        offset = endOfEscape(offset, end)
      } else if isDoubled, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        flush(offset + 1)
        offset += 2
        start = offset
      } else if byte == UInt8(ascii: "{") {
        flush(offset)
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        let close = try closingBrace(offset, end)
        parts.append(.expression(try parseEmbedded(Span(offset + 1, close), quotesAreEscaped: width == 1)))
        offset = close + 1
        start = offset
      } else {
        offset += 1
      }
    }
    flush(end)
    if !text.isEmpty || parts.isEmpty { parts.append(.text(text)) }
    return parts
  }

  private func endOfEscape(_ offset: Int, _ end: Int) -> Int {
    guard offset + 2 < end, source.utf8[offset + 1] == UInt8(ascii: "u"),
      source.utf8[offset + 2] == UInt8(ascii: "{")
    else { return min(offset + 2, end) }
    return source.utf8[offset..<end].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? end
  }

  private mutating func closingBrace(_ open: Int, _ end: Int) throws(Failure) -> Int {
    var depth = 0
    for offset in open..<end {
      if source.utf8[offset] == UInt8(ascii: "{") { depth += 1 }
      if source.utf8[offset] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return offset }
    }
    throw fail(.interpolation("this `{` is not closed in its string"), at: Span(open, open + 1))
  }

  private mutating func parseEmbedded(_ span: Span, quotesAreEscaped: Bool) throws(Failure) -> Expression {
    let lexer = Lexer.run(source, range: span, quotesAreEscaped: quotesAreEscaped)
    var parser = Parser(source, tokens: lexer.tokens)
    parser.endDescription = "`}`"
    defer { diagnostics += lexer.diagnostics + parser.diagnostics }
    if parser.atEnd {
      throw fail(
        .interpolation("there is no expression between these braces"),
        at: Span(span.lower - 1, span.upper + 1))
    }
    let expression = try parser.parseExpression()
    guard parser.atEnd else {
      throw parser.fail(.trailing(found: parser.found, after: "`}`", help: nil))
    }
    if !lexer.diagnostics.isEmpty { throw Failure() }
    return expression
  }
}
