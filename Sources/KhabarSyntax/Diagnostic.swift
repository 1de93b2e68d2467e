/// What is wrong (or worth knowing), where, and what to do about it. Data: wording is made where the error is
/// found, in one file a stage; drawing is `DiagnosticRenderer`'s.
package struct Diagnostic: Hashable, Sendable, Error {
  package enum Severity: String, Sendable { case error, warning, note }

  /// A second place that the diagnostic speaks of.
  package struct Label: Hashable, Sendable {
    package var span: Span
    package var text: String
    package init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// A replacement that would mend the text.
  package struct FixIt: Hashable, Sendable {
    package var span: Span
    package var replacement: String
    package init(_ span: Span, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// Stable: `E01xx` characters and tokens, `E02xx` grammar, `E03xx` names and types, `E04xx` model
  /// definitions, `E05xx` evaluation, `E06xx` files and commands. Listed in `Grammar/Errors.md`.
  package var id: String
  package var severity: Severity
  /// Lower case; what was found, then what was expected.
  package var message: String
  package var span: Span
  package var labels: [Label]
  package var notes: [String]
  /// What to do, in a sentence: "did you mean `…`?"
  package var help: [String]
  package var fixIt: FixIt?

  package init(
    _ id: String, _ message: String, at span: Span, severity: Severity = .error, labels: [Label] = [],
    notes: [String] = [], help: [String] = [], fixIt: FixIt? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.span = span
    self.labels = labels
    self.notes = notes
    self.help = help
    self.fixIt = fixIt
  }
}
