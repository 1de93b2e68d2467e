import KhabarText

/// Draws a diagnostic for people, or puts it on one line for scripts. The wording is the diagnostic's; nothing is
/// worded here.
///
///     error[E0301]: no actor is called `Lavorv`
///      --> query.khabar:3:13
///       |
///     3 | events with Lavorv
///       |             ^^^^^^
///       = help: did you mean `Lavrov` (Sergei Lavrov)?
package struct DiagnosticRenderer {
  private let diagnostic: Diagnostic
  private let source: SourceText
  private let colour: Bool
  private let isolates: Bool
  /// The columns of the window; nil: there is none.
  private let width: Int?

  /// The drawing, without a newline at its end.
  ///
  /// - Parameters:
  ///   - colour: with SGR colours.
  ///   - isolates: with every right-to-left word of the echoed lines between FSI and PDI, so that carets keep
  ///     their columns on a terminal that reorders.
  ///   - width: the columns it should fit: long lines of the source are cut around the span, words go on below.
  package static func render(
    _ diagnostic: Diagnostic, in source: SourceText, colour: Bool = false, isolates: Bool = false,
    width: Int? = nil
  ) -> String {
    DiagnosticRenderer(
      diagnostic: diagnostic, source: source, colour: colour, isolates: isolates, width: width
    ).drawing
  }

  /// `FILE:LINE:COLUMN: error[E0301]: message`; without a name `LINE:COLUMN: …`.
  package static func summary(_ diagnostic: Diagnostic, in source: SourceText) -> String {
    let position = source.position(of: diagnostic.span.lower)
    let place = source.name.isEmpty ? "" : VisibleText.escape(source.name) + ":"
    let title = "\(diagnostic.severity.rawValue)[\(diagnostic.id)]: \(VisibleText.escape(diagnostic.message))"
    return "\(place)\(position.line):\(position.column): \(title)"
  }

  // MARK: - Parts

  private var drawing: String {
    let blocks = source.utf8.isEmpty ? [] : snippets
    let digits = number(ofLine: blocks.last?.line ?? 0).count
    var lines = [header]
    if !source.name.isEmpty { lines.append(dim(DisplayWidth.spaces(digits) + "--> ") + place) }
    if !blocks.isEmpty { lines.append(gutter("", digits)) }
    var previous: Int?
    for block in blocks {
      if let previous, block.line > previous + 1 { lines.append(dim("...")) }
      previous = block.line
      lines += block.rows(renderer: self, digits: digits)
    }
    return (lines + footers(digits)).joined(separator: "\n")
  }

  private var header: String {
    let title = severityStyle.apply("\(diagnostic.severity.rawValue)[\(diagnostic.id)]", enabled: colour)
    let lead = "\(diagnostic.severity.rawValue)[\(diagnostic.id)]: "
    let lines = wrapped(shown(diagnostic.message), after: DisplayWidth.of(lead)).map {
      TerminalStyle.bold.apply($0, enabled: colour)
    }
    return title + TerminalStyle.bold.apply(": ", enabled: colour) + lines.joined(separator: "\n  ")
  }

  private var place: String {
    let position = source.position(of: diagnostic.span.lower)
    return "\(shown(source.name)):\(position.line):\(position.column)"
  }

  private func footers(_ digits: Int) -> [String] {
    var footers = diagnostic.notes.map { ("note", $0) } + diagnostic.help.map { ("help", $0) }
    if let fix = diagnostic.fixIt, !diagnostic.help.contains(where: { $0.contains("`\(fix.replacement)`") }) {
      footers.append(("help", fixText(fix)))
    }
    return footers.map { kind, text in
      let lead = DisplayWidth.spaces(digits) + " = "
      let column = digits + 3 + kind.count + 2
      let indent = "\n" + DisplayWidth.spaces(column)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return dim(lead) + TerminalStyle.bold.apply(kind, enabled: colour) + ": "
        + lines.flatMap { wrapped(shown(String($0)), after: column, indent: column) }.joined(
          separator: indent)
    }
  }

  /// A text in lines, of which the first begins at one column and the others at another.
  private func wrapped(_ text: String, after column: Int, indent: Int = 2) -> [String] {
    guard let width else { return [text] }
    // The first line's beginning stands for what is there already.
    let lead = String(repeating: "x", count: max(0, column - indent))
    var lines = TextWrapping.wrap(lead + text, width: max(20, width - indent))
    lines[0] = String(lines[0].dropFirst(lead.count))
    return lines
  }

  private func fixText(_ fix: Diagnostic.FixIt) -> String {
    let found = source.text(fix.span)
    if fix.replacement.isEmpty { return "remove `\(found)`" }
    return found.isEmpty ? "add `\(fix.replacement)`" : "replace `\(found)` with `\(fix.replacement)`"
  }

  // MARK: - Snippets

  /// The lines to show, in order, each with its marks.
  private var snippets: [DiagnosticSnippet] {
    var blocks: [DiagnosticSnippet] = []
    add(Mark(span: diagnostic.span, text: "", isPrimary: true), to: &blocks)
    for label in diagnostic.labels {
      add(Mark(span: label.span, text: label.text, isPrimary: false), to: &blocks)
    }
    return blocks.sorted { $0.line < $1.line }
  }

  private typealias Mark = DiagnosticSnippet.Mark

  private func add(_ mark: Mark, to blocks: inout [DiagnosticSnippet]) {
    let line = source.line(at: mark.span.lower)
    if let index = blocks.firstIndex(where: { $0.line == line }) {
      blocks[index].marks.append(mark)
    } else {
      let echo = EchoedLine(source, line: line, around: mark.span, width: echoWidth)
      blocks.append(DiagnosticSnippet(echo: echo, marks: [mark]))
    }
  }

  /// What is left of the window beside the gutter.
  private var echoWidth: Int {
    guard let width else { return EchoedLine.maximumWidth }
    return width - number(ofLine: source.line(at: diagnostic.span.upper)).count - 3
  }

  // MARK: - Styles, for the snippets too

  var severityStyle: TerminalStyle {
    switch diagnostic.severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }

  func paint(_ text: String, _ style: TerminalStyle) -> String { style.apply(text, enabled: colour) }

  /// What a reader sees of words that stand in the message: right-to-left names keep their places in a list.
  func shown(_ text: String) -> String {
    let visible = VisibleText.escape(text)
    return isolates ? Bidi.isolateRuns(visible) : visible
  }

  func dim(_ text: String) -> String { paint(text, .dim) }

  /// `3 |`, or `  |` under it.
  func gutter(_ number: String, _ digits: Int) -> String {
    dim(DisplayWidth.pad(number, to: digits, alignment: .right) + " |")
  }

  func number(ofLine line: Int) -> String { String(line + source.firstLine) }

  func echoed(_ echo: EchoedLine) -> String { echo.text(isolates: isolates) }
}
