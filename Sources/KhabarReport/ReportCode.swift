import KhabarSyntax
import KhabarText

/// Statements with their words marked by what they are.
enum ReportCode {
  static func html(_ text: String) -> String {
    let source = SourceText(name: "", text: text)
    var html = ""
    var end = 0
    func plain(to offset: Int) { html += Markup.escape(source.text(Span(end, offset))) }
    for token in Lexer.tokens(of: source).tokens {
      guard let name = name(token), token.span.lower >= end else { continue }
      plain(to: token.span.lower)
      html += "<span class=\"\(name)\">\(Markup.escape(source.text(token.span)))</span>"
      end = token.span.upper
    }
    plain(to: source.utf8.count)
    let direction = Bidi.hasRightToLeft(text) ? "auto" : "ltr"
    return "<pre class=\"query\" dir=\"\(direction)\"><code>\(html)</code></pre>\n"
  }

  private static func name(_ token: Token) -> String? {
    switch token.kind {
    case .word(let text): Keyword.isFree(text) ? nil : "k"
    case .string: "q"
    case .number, .time: "n"
    case .symbol(.pipe): "k"
    default: nil
    }
  }
}
