import KhabarSyntax

/// Other lines below an `expect`.
struct ScriptEdit: Sendable {
  /// What is replaced.
  var span: Span
  var text: String

  /// What makes a statement expect what it was answered. Lines that stay the same stay as they are written.
  init(below statement: Statement, of answer: [String], in source: SourceText) {
    let tokens = Lexer.tokens(of: source).tokens.filter {
      $0.isExpected && $0.span.lower >= statement.span.lower && $0.span.upper <= statement.span.upper
    }
    var written: [String: String] = [:]
    for token in tokens {
      let line = source.text(token.span)
      written[ExpectedTable.plain(String(line.dropFirst()))] = line
    }
    let lineEnd = source.lineEnd
    let lines = answer.map { written[$0] ?? ExpectedTable.written($0) }.joined(separator: lineEnd)
    if let first = tokens.first, let last = tokens.last {
      span = Span(first.span.lower, last.span.upper)
      text = lines
    } else {
      let line = source.line(at: max(statement.span.lower, statement.span.upper - 1))
      let end = source.bytes(ofLine: line).endIndex
      span = Span(end, end)
      text = lineEnd + lines
    }
  }
}

extension ScriptTest {
  /// The script with the answers below its `expect`s; nil where they are there already.
  package func updated(_ source: SourceText) -> String? {
    let edits = checks.compactMap(\.edit)
    if edits.isEmpty { return nil }
    var bytes = source.utf8
    for edit in edits.reversed() {
      bytes.replaceSubrange(edit.span.lower..<edit.span.upper, with: edit.text.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Token {
  fileprivate var isExpected: Bool { if case .expected = kind { true } else { false } }
}

extension SourceText {
  /// How the first line ends.
  fileprivate var lineEnd: String {
    guard lineStarts.count > 1, lineStarts[1] > 1 else { return "\n" }
    return utf8[lineStarts[1] - 2] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }
}
