/// Lists the tokens of a text, a line each, the end left out.
///
///     meetings in Moscow | count    →    word meetings
///                                        word in
///                                        word Moscow
///                                        symbol |
///                                        word count
package enum TokenPrinter {
  /// Every line ended; with a span, only the tokens in it.
  package static func print(_ source: SourceText, in span: Span? = nil) -> String {
    let range = span.map { $0.lower..<$0.upper }
    return Lexer.tokens(of: source).tokens.filter { token in
      token.kind != .end && range?.contains(token.span.lower) ?? true
    }
    .reduce(into: "") { $0 += $1.description + "\n" }
  }
}
