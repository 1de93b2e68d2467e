import EDTF
import KhabarText

// Tokens to the syntax tree.
//
// What enters is a source text; what leaves is a script, the statements that could be read, and a diagnostic for
// every mistake. Nothing is known here of names or types: `meetings` may be an event type or a name bound by `let`,
// `Moscow` a state or a city; the resolver decides. So
//
//     الاجتماعات المخططة مع لافروف | عدد          planned meetings with Lavrov | count
//
// differ in nothing but the spelling of Lavrov: keywords, and fields and functions too, are in English in the tree.
//
// It is a recursive-descent parser; each function has its production of Grammar/khabar.ebnf above it. Three habits:
//
// - A keyword is one by its place. `at(.in)` asks whether the words here spell it, in either language and in as many
//   words as that takes; a longer spelling hides a shorter (`as of` is never `as`).
// - A mistake throws `Failure` after reporting itself, and is caught at the end of a clause, a stage, an entry of a
//   definition or a statement, where reading goes on. A statement with mistakes is left out of the script.
// - Whatever is asked for at the cursor of a shell is what may come next there: completion runs the parser over the
//   text before the cursor and listens (`Expectations`).

/// Reads scripts.
package struct Parser {
  /// A mistake that has been reported.
  struct Failure: Error {}

  /// Parentheses, prefixes and queries may be nested so deep.
  static let deepestNesting = 256
  /// An expression may be so high, its chains of operators included.
  static let tallestTree = 512

  let source: SourceText
  let tokens: [Token]
  var position = 0
  var diagnostics: [Diagnostic] = []
  var depth = 0
  /// Whether the statement nests too deep, after which nothing more is read of it.
  var isTooDeep = false
  /// Of the expression or query just read.
  var height = 0
  /// The tallest expression of the query being read.
  var tallest = 0
  /// Whether an expression here is about a row, or stands alone as in `assert`.
  var hasRow = false
  /// Whether clauses may follow the expression being read.
  var isInPhrase = false
  /// Whether a parenthesis that might hold either holds a query.
  var prefersQueries = false
  /// Whether a sequence's key is being read, which a parenthesis ends.
  var isKey = false
  /// The keywords that the words at a position spell, the last ones asked for.
  var spelled = SpelledKeywords()
  var listener: ExpectationListener?
  /// What ends the tokens.
  var endDescription = "the end of the text"
  /// Statements in another language, in which nothing else is worth reporting.
  var foreignStatements: [Span] = []

  init(_ source: SourceText, tokens: [Token]) {
    self.source = source
    self.tokens = tokens.isEmpty ? [Token(.end, span: .none)] : tokens
  }

  /// The statements that can be read, and everything that is wrong with the text.
  package static func parse(_ source: SourceText) -> (script: Script, diagnostics: [Diagnostic]) {
    let (tokens, lexical) = Lexer.tokens(of: source)
    var parser = Parser(source, tokens: tokens)
    let script = parser.parseScript(wrongPlaces: lexical.map(\.span))
    let ownLexical = lexical.filter { error in
      !parser.foreignStatements.contains { $0.lower <= error.span.lower && error.span.lower < $0.upper }
    }
    let all = (ownLexical + parser.diagnostics).enumerated().sorted {
      ($0.element.span.lower, $0.offset) < ($1.element.span.lower, $1.offset)
    }
    return (script, all.map(\.element))
  }

  /// Whether a shell should read the text as it is: false where it asks for more on another line.
  package static func isComplete(_ text: String) -> Bool {
    let source = SourceText(name: "", text: text)
    return !Layout.isOpen(Lexer.run(source, range: Span(0, source.utf8.count)))
  }

  /// How many parentheses a line opens more than it closes; strings and comments do not count, and never go over a line.
  package static func parenthesisDepth(ofLine line: String) -> Int {
    let source = SourceText(name: "", text: line)
    return Lexer.run(source, range: Span(0, source.utf8.count)).tokens.reduce(0) { depth, token in
      switch token.kind {
      case .symbol(.leftParenthesis): depth + 1
      case .symbol(.rightParenthesis): depth - 1
      default: depth
      }
    }
  }

  /// Script ::= (Statement? (Newline | ';'))* Statement?
  private mutating func parseScript(wrongPlaces: [Span]) -> Script {
    var statements: [Statement] = []
    var wrong = wrongPlaces[...]
    while true {
      while atNewline || at(.semicolon) { position += 1 }
      if atEnd { return Script(statements) }
      let start = token.span.lower
      let errors = diagnostics.count
      if let statement = parseWholeStatement() {
        while let place = wrong.first, place.lower < start { wrong = wrong.dropFirst() }
        let isRead = wrong.first.map { $0.lower >= token.span.lower } ?? true
        if isRead, diagnostics.count == errors { statements.append(statement) }
      }
    }
  }

  private mutating func parseWholeStatement() -> Statement? {
    let errors = diagnostics.count
    let start = token.span
    var result: Statement?
    do throws(Failure) {
      result = try parseStatement()
      if !atStatementEnd, diagnostics.count == errors { throw failTrailing() }
    } catch {
      result = nil
    }
    skipStatement()
    isTooDeep = false
    if diagnostics.last?.id == "E0216" { foreignStatements.append(start.through(token.span)) }
    return result
  }

  private mutating func failTrailing() -> Failure {
    if at(.rightParenthesis) { return fail(.unexpectedClosing) }
    return fail(.trailing(found: found, after: "the end of the statement", help: nil))
  }
}
