import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax

/// What an editor asks of a script: the same that the shell knows while one types.
package struct EditorServices {
  private let models: [String]
  private let session: Session

  /// - Parameter models: What scripts are about, as on the command line.
  package init(models: [String]) throws {
    self.models = models
    session = Session(try ModelFiles.load(models))
  }

  /// Everything that is wrong with a text, in the order of the text, with the text that each stands in.
  package func problems(in source: SourceText) -> [(diagnostic: Diagnostic, source: SourceText)] {
    do {
      return try FileChecker(models: models, session: session).problems(in: source)?.diagnostics ?? []
    } catch {
      return (error as? KhabarError)?.diagnostics ?? []
    }
  }

  package struct Proposal {
    package var insertion: String
    package var note: String?
  }

  /// What may come at the end of a text, and how many scalars before it that would replace.
  package func proposals(after text: String) -> (replacing: Int, [Proposal]) {
    // Names that statements above have bound are there as in a session that has run them.
    let (statement, session) = lastStatement(of: text)
    let (replacing, found) = QueryCompletion(session, statement).candidates()
    return (replacing, found.map { Proposal(insertion: $0.insertion, note: $0.note) })
  }

  private func lastStatement(of text: String) -> (String, Session) {
    let source = SourceText(name: "", text: text)
    let statements = Parser.parse(source).script.statements
    let tokens = Lexer.tokens(of: source).tokens
    let start = tokens.last { $0.isEndOfStatement && $0.span.upper < source.utf8.count }?.span.upper ?? 0
    var session = session
    for statement in statements where statement.span.upper <= start {
      switch statement.kind {
      case .letBinding, .function, .parameter, .define:
        try? session.run(SourceText(name: "", text: source.text(statement.span))) { _, _, _ in }
      default: continue
      }
    }
    return (String(decoding: source.utf8[start...], as: UTF8.self), session)
  }

  /// What a name means: each meaning as lines of text. Empty: nothing.
  package func meanings(of name: String) -> [String] {
    guard let (texts, records) = try? Description(session).meanings(of: name) else { return [] }
    return texts + records.map { ResultRenderer.render($0, format: .line) }
  }
}

extension Token {
  fileprivate var isEndOfStatement: Bool {
    switch kind {
    case .newline, .symbol(.semicolon): true
    default: false
    }
  }
}
