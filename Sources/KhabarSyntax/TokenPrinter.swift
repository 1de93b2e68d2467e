/// Lists the tokens of a text, a line each, the end left out.
///
///     meetings in Moscow | count    →    word meetings
///                                        word in
///                                        word Moscow
///                                        symbol |
///                                        word count
package enum TokenPrinter {
  /// Every line ended.
  package static func print(_ source: SourceText) -> String {
    Lexer.tokens(of: source).tokens.filter { $0.kind != .end }.reduce(into: "") {
      $0 += $1.description + "\n"
    }
  }
}
