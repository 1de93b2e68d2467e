/// An article's text, for quotes.
package struct ArticleText: Sendable {
  package let scalars: [Unicode.Scalar]

  package init(_ text: String) { scalars = Array(text.unicodeScalars) }

  package var text: String { text(scalars.indices) }

  /// The text of a citation's span; nil where it has none or it lies outside the text.
  package func quote(_ citation: Citation) -> String? { span(citation).map { text($0) } }

  /// A cited span between what stands before and after it in its line, at most `context` scalars of either; where only
  /// the line is known, the line as the span. nil where the citation lies outside the text.
  package func excerpt(_ citation: Citation, context: Int) -> (before: String, span: String, after: String)? {
    guard let span = span(citation) ?? line(Int(citation.line)) else { return nil }
    var start = span.lowerBound
    while start > 0, scalars[start - 1] != "\n" { start -= 1 }
    let end = scalars[span.upperBound...].firstIndex(of: "\n") ?? scalars.count
    return (
      lastWords(of: start..<span.lowerBound, context), text(span),
      firstWords(of: span.upperBound..<end, context)
    )
  }

  private func span(_ citation: Citation) -> Range<Int>? {
    let lower = Int(citation.lower)
    let upper = Int(citation.upper)
    return lower >= 0 && lower < upper && upper <= scalars.count ? lower..<upper : nil
  }

  /// A line, counted from 1.
  private func line(_ number: Int) -> Range<Int>? {
    var start = 0
    for _ in 1..<max(1, number) {
      guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
      start = end + 1
    }
    let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
    return start < end ? start..<end : nil
  }

  private func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  private func lastWords(of range: Range<Int>, _ most: Int) -> String {
    guard range.count > most else { return text(range) }
    let cut = range.upperBound - most
    let start = scalars[cut..<range.upperBound].firstIndex(of: " ") ?? cut
    return "…" + text(start..<range.upperBound)
  }

  private func firstWords(of range: Range<Int>, _ most: Int) -> String {
    guard range.count > most else { return text(range) }
    let cut = range.lowerBound + most
    let end = scalars[range.lowerBound..<cut].lastIndex(of: " ") ?? cut
    return text(range.lowerBound..<end) + "…"
  }
}
