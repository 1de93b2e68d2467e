import Khabar
import KhabarEval
import KhabarSyntax

/// What a report shows, in the order of its script.
enum ReportPart {
  case prose(Markdown)
  /// Statements that bind names, as they are written.
  case code(String)
  case answer(query: String, ResultTable, language: String)
  /// What `print` and `explain` say.
  case text(String)
  /// An `assert` or an `expect`, and what is wrong if it does not hold.
  case check(title: String, KhabarError?)
  case failure(query: String, KhabarError)
}

/// Runs a script for a report.
package struct ReportScript {
  let parts: [ReportPart]
  /// Of the page.
  let language: String
  let name: String
  /// What is wrong with the text, if it cannot be read; nothing was run then.
  package let unread: KhabarError?
  /// Whether a statement has failed.
  package let hasFailed: Bool

  package init(_ source: SourceText, session: Session, control: RunControl = RunControl()) {
    var session = session
    var parts: [ReportPart] = []
    var comments = Self.prose(in: source)[...]
    var hasFailed = false
    func takeProse(before offset: Int) {
      while let comment = comments.first, comment.offset < offset {
        parts.append(.prose(Markdown(comment.text)))
        comments.removeFirst()
      }
    }
    let rest = session.runEach(source, control: control) { statement, outcome, session in
      takeProse(before: statement.span.lower)
      if case .failure = outcome { hasFailed = true }
      if let part = Self.part(statement, outcome, session, source) { parts.append(part) }
    }
    takeProse(before: .max)
    if case .failure(let error) = rest { unread = error } else { unread = nil }
    self.parts = parts
    self.hasFailed = hasFailed || unread != nil
    language = session.language
    name = source.name
  }

  private static func part(
    _ statement: Statement, _ outcome: Result<Session.Outcome, KhabarError>, _ session: Session,
    _ source: SourceText
  ) -> ReportPart? {
    let written = source.text(statement.span)
    switch (statement.kind, outcome) {
    case (.assert(_, let message), let outcome):
      return .check(title: message?.text ?? written, outcome.error)
    case (.expect(let query, _), let outcome):
      return .check(title: source.text(Span(statement.span.lower, query.span.upper)), outcome.error)
    case (_, .failure(let error)): return .failure(query: written, error)
    case (_, .success(.result(let table))): return .answer(query: written, table, language: session.language)
    case (_, .success(.text(let text))): return .text(text)
    case (.letBinding, _), (.function, _): return .code(written)
    default: return nil
    }
  }

  /// The comments that stand on lines of their own between statements; those on lines that follow one another together.
  private static func prose(in source: SourceText) -> [(offset: Int, text: String)] {
    let statements = Parser.parse(source).script.statements.map(\.span)
    var found: [(offset: Int, line: Int, text: String)] = []
    for comment in Lexer.comments(of: source) {
      let line = source.line(at: comment.lower)
      let isAlone = source.utf8[source.lineStarts[line]..<comment.lower].allSatisfy {
        $0 == 0x20 || $0 == 0x09
      }
      let isInside = statements.contains { $0.lower < comment.lower && comment.lower < $0.upper }
      let text = source.text(comment)
      guard isAlone, !isInside, !(line == 0 && text.hasPrefix("#!")) else { continue }
      let content = String(text.dropFirst().drop { $0 == " " && text.hasPrefix("# ") })
      if let last = found.last, last.line == line - 1 {
        found[found.count - 1].text += "\n" + content
        found[found.count - 1].line = line
      } else {
        found.append((comment.lower, line, content))
      }
    }
    return found.map { ($0.offset, $0.text) }
  }
}

extension Result {
  fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
