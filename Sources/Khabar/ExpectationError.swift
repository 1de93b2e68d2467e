import KhabarSyntax
import KhabarText

/// What is wrong where an `expect` has another answer than the lines below it.
struct ExpectationError {
  /// The lines of both tables, the first of which names the columns.
  var expected: [String]
  var found: [String]

  private static let mostLines = 40

  func error(at span: Span, in source: SourceText) -> KhabarError {
    KhabarError([expected.isEmpty ? nothingExpected(at: span) : difference(at: span)], in: source)
  }

  private func difference(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0510", "the answer is not what is expected: \(summary)", at: span,
      notes: ["`-` is expected and missing, `+` was found\n" + Self.shortened(lines)],
      help: ["`khabar test --update` writes the answer into the script"])
  }

  private func nothingExpected(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0511", "nothing is expected of the answer", at: span,
      help: [
        "write the answer below, or let `khabar test --update` do it:\n"
          + Self.shortened(found.map(ExpectedTable.written))
      ])
  }

  private var summary: String {
    if expected.first != found.first { return "it has other columns" }
    if expected.count == found.count { return "its rows are others" }
    return "expected \(Self.rows(expected)); found \(Self.rows(found))"
  }

  private static func rows(_ lines: [String]) -> String {
    lines.count == 2 ? "1 row" : "\(lines.count - 1) rows"
  }

  private var lines: [String] {
    let text = LineDifference.lines(
      from: expected.joined(separator: "\n"), to: found.joined(separator: "\n"))
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func shortened(_ lines: [String]) -> String {
    let more = lines.count - mostLines
    return (lines.prefix(mostLines) + (more > 0 ? ["… and \(more) more lines"] : []))
      .joined(separator: "\n")
  }
}
