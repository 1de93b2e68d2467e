import KhabarDatabase
import KhabarEval
import KhabarSyntax

/// All that is wrong with a text, with the lines it stands in.
public struct KhabarError: Error, Sendable, CustomStringConvertible {
  package let diagnostics: [(diagnostic: Diagnostic, source: SourceText)]

  package init(_ diagnostics: [(Diagnostic, SourceText)]) { self.diagnostics = diagnostics }

  package init(_ diagnostics: [Diagnostic], in source: SourceText) {
    self.diagnostics = diagnostics.map { ($0, source) }
  }

  /// A problem that stands in no text.
  package init(_ help: String?, id: String, _ message: String) {
    let diagnostic = Diagnostic(id, message, at: .none, help: help.map { [$0] } ?? [])
    self.init([diagnostic], in: SourceText(name: "", text: ""))
  }

  init(_ error: DatabaseError) { self.init(error.help, id: error.id, error.message) }

  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable {
    /// Stable, for example `E0301`; the manual's list of errors explains each.
    public let id: String
    /// `error` or `warning`.
    public let severity: String
    /// What was found and what was expected.
    public let message: String
    /// What the text is called.
    public let source: String
    /// Counted from 1.
    public let line: Int
    /// In Unicode scalars, counted from 1.
    public let column: Int
    /// UTF-8 offsets in the text.
    public let range: Range<Int>
    /// What to do.
    public let help: [String]
  }

  /// The problems, in the order of the text.
  public var problems: [Problem] {
    diagnostics.map { diagnostic, source in
      let position = source.position(of: diagnostic.span.lower)
      return Problem(
        id: diagnostic.id, severity: diagnostic.severity.rawValue, message: diagnostic.message,
        source: source.name,
        line: position.line, column: position.column, range: diagnostic.span.lower..<diagnostic.span.upper,
        help: diagnostic.help)
    }
  }

  /// The problems as a person reads them, each with its line and a caret.
  public var description: String { rendered(colour: false, isolates: false) }

  package func rendered(colour: Bool, isolates: Bool, width: Int? = nil) -> String {
    diagnostics.map {
      DiagnosticRenderer.render(
        $0.diagnostic, in: $0.source, colour: colour, isolates: isolates, width: width)
    }
    .joined(separator: "\n")
  }

  /// Whether an `expect` was answered something else.
  var isExpectation: Bool { diagnostics.contains { ["E0510", "E0511"].contains($0.diagnostic.id) } }

  /// Whether it is the answer to Ctrl-C.
  package var isInterruption: Bool { diagnostics.contains { $0.diagnostic.id == "E0501" } }
}
