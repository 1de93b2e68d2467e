import KhabarText

// Any script to the same script in the canonical layout, comments and all.
//
//     events   |count  # all of them          →          events | count  # all of them
//
// The tree says what is printed (`SyntaxPrinter`), in either language; the comments ride beside it: those between
// statements keep their order and their blank lines, those inside stay between the tokens that they stood between
// (`CommentPlaces`). Formatting what has been formatted changes nothing.

/// Formats scripts.
package struct ScriptFormatter {
  private let source: SourceText
  private let printer: SyntaxPrinter
  private let tokens: [Token]
  private var result = ""
  /// Where what has been written ended in the source.
  private var end = 0
  /// Whether the line being written ends with a comment.
  private var endsInComment = false

  /// The canonical text, or what is wrong with a script that cannot be read. Without a language the script keeps its
  /// own, that of its first keyword.
  package static func format(
    _ source: SourceText, in language: SyntaxPrinter.Language? = nil
  ) -> (text: String, diagnostics: [Diagnostic]) {
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { return (source.text, diagnostics) }
    let lexer = Lexer.run(source, range: Span(0, source.utf8.count))
    let tokens = Lexer.tokens(of: source).tokens
    var formatter = ScriptFormatter(source, tokens, language ?? Self.language(of: source))
    formatter.write(script, comments: lexer.comments)
    return (formatter.inLineEndsOfSource, diagnostics)
  }

  private init(_ source: SourceText, _ tokens: [Token], _ language: SyntaxPrinter.Language) {
    self.source = source
    self.tokens = tokens
    printer = SyntaxPrinter(language)
  }

  /// The language of a script's first keyword.
  package static func language(of source: SourceText) -> SyntaxPrinter.Language {
    let tokens = Lexer.tokens(of: source).tokens
    let parser = Parser(source, tokens: tokens)
    for index in tokens.indices {
      let spelled = parser.keywords(at: index)
      if spelled.keywords.contains(where: { decides($0, as: tokens[index], isArabic: spelled.isArabic) }) {
        return spelled.isArabic ? .arabic : .english
      }
    }
    return .english
  }

  /// Whether a word is one that the other language would spell otherwise, and not perhaps a name.
  private static func decides(_ keyword: Keyword, as token: Token, isArabic: Bool) -> Bool {
    if !keyword.roles.isDisjoint(with: Keyword.Roles.reserved.union([.noun, .adjective])) { return true }
    return keyword.roles.contains(.type) && (isArabic || token.kind == .word(keyword.english))
  }

  /// A file whose first line ends with CR LF has such lines.
  private var inLineEndsOfSource: String {
    guard let feed = source.utf8.firstIndex(of: UInt8(ascii: "\n")), feed > 0,
      source.utf8[feed - 1] == UInt8(ascii: "\r")
    else { return result }
    return result.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }

  // MARK: - Between statements

  private mutating func write(_ script: Script, comments: [Span]) {
    var comments = comments[...]
    var tokens = tokens[...]
    for statement in script.statements {
      let span = statement.span
      while let comment = comments.first, comment.lower < span.lower {
        write(comment: comments.removeFirst())
      }
      let inner = comments.prefix { $0.lower < span.upper }
      comments = comments.dropFirst(inner.count)
      tokens = tokens.drop { $0.span.lower < span.lower }
      let own = tokens.prefix { $0.span.lower < span.upper }
      tokens = tokens.dropFirst(own.count)
      startItem(at: span.lower)
      write(statement, Array(own), inner)
      end = span.upper
    }
    for comment in comments { write(comment: comment) }
    if !result.isEmpty { result += "\n" }
  }

  /// A comment goes on the line of the statement that it follows on the same line.
  private mutating func write(comment: Span) {
    if !result.isEmpty, !endsInComment, !lineEnds(in: Span(end, comment.lower)).isPresent {
      result += "  "
    } else {
      startItem(at: comment.lower)
    }
    result += text(comment)
    end = comment.upper
    endsInComment = true
  }

  /// A line of its own, after an empty one if one stood there.
  private mutating func startItem(at offset: Int) {
    if result.isEmpty { return }
    result += lineEnds(in: Span(end, offset)).areSeveral ? "\n\n" : "\n"
  }

  private func lineEnds(in span: Span) -> (isPresent: Bool, areSeveral: Bool) {
    let count = source.line(at: span.upper) - source.line(at: span.lower)
    return (count > 0, count > 1)
  }

  private func text(_ comment: Span) -> String {
    var bytes = source.utf8[comment.lower..<comment.upper]
    while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Inside a statement

  private mutating func write(_ statement: Statement, _ written: [Token], _ inner: ArraySlice<Span>) {
    let line = printer.print(statement)
    let printed = inner.isEmpty ? [] : Self.tokens(of: StatementLayout.beginning(of: line))
    let comments = self.comments(inner, written: written, printed: printed)
    result += StatementLayout.lines(of: line, comments: comments)
    endsInComment = comments[printed.count] != nil
  }

  private static func tokens(of line: String) -> [Token] {
    Lexer.tokens(of: SourceText(name: "", text: line)).tokens.filter { $0.kind != .end }
  }

  /// The comments inside a statement by the printed token that they go before.
  private func comments(
    _ inner: ArraySlice<Span>, written: [Token], printed: [Token]
  ) -> [Int: [InnerComment]] {
    if inner.isEmpty { return [:] }
    let places = CommentPlaces(written: written, printed: printed)
    var comments: [Int: [InnerComment]] = [:]
    var next = 0
    var last = 0
    for span in inner {
      while next < written.count, written[next].span.lower < span.lower { next += 1 }
      let before = next > 0 ? written[next - 1].span.upper : 0
      let isTrailing = !lineEnds(in: Span(before, span.lower)).isPresent
      // Where the printed order differs, the comments keep theirs.
      last = max(last, places.place(next, isTrailing: isTrailing))
      comments[last, default: []].append(InnerComment(text: text(span), isTrailing: isTrailing))
    }
    return comments
  }
}
