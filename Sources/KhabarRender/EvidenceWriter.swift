import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// Reports as a reader checks them: under each event who says what of it, in which line of which article, and, where the
/// article's text is at hand, that line with what supports the report marked.
///
///     lavrov_mirzoyan · Lavrov meets Mirzoyan in Moscow
///       harbour_news, line 3 · the article itself · planned, certain · 2023-05-19
///         They are to meet on Friday.
///        3 │ The minister said that ⟦they would meet on Friday⟧ in the capital.
package struct EvidenceWriter {
  private let store: EventStore
  /// The texts of articles, by id.
  private let texts: [String: ArticleText]
  private let options: RenderOptions
  private let cells: CellText

  /// How much of a line is shown on either side of what is marked, in Unicode scalars.
  private static let context = 160
  private static let marks: (open: Character, close: Character) = ("⟦", "⟧")

  package init(_ store: EventStore, texts: [String: ArticleText], options: RenderOptions) {
    self.store = store
    self.texts = texts
    self.options = options
    cells = CellText(store, language: options.language)
  }

  /// - Parameter reports: By event.
  package func write(_ reports: [Int32], to output: inout some TextOutputStream) {
    var last: Int32?
    for report in reports {
      let event = store.reports.event[Int(report)]
      if event != last { writeHeading(ofEvent: event, to: &output) }
      last = event
      write(report, to: &output)
    }
  }

  private func write(_ report: Int32, to output: inout some TextOutputStream) {
    let row = Int(report)
    for line in wrapped(heading(row), indent: 2) { output.write("  " + line + "\n") }
    if let gist = store.reports.gist[row].preferred(options.language) {
      for line in wrapped(VisibleText.escape(gist, keepsMarks: true), indent: 4) {
        output.write("    " + isolated(line) + "\n")
      }
    }
    for citation in store.reports.evidence[row] {
      if let quote = quote(citation) { writeQuote(quote, line: citation.line, to: &output) }
    }
  }

  private func writeHeading(ofEvent event: Int32, to output: inout some TextOutputStream) {
    let id = VisibleText.escape(store.id(.event, event))
    let label = store.events.label[Int(event)].preferred(options.language)
    let text = id + (label.map { " · " + VisibleText.escape($0, keepsMarks: true) } ?? "")
    for (index, line) in wrapped(text, indent: 0).enumerated() {
      guard index == 0, line.hasPrefix(id) else {
        output.write(isolated(line) + "\n")
        continue
      }
      output.write(TerminalStyle.bold.apply(id, enabled: options.colour))
      output.write(isolated(String(line.dropFirst(id.count))) + "\n")
    }
  }

  private func heading(_ row: Int) -> String {
    let reports = store.reports
    let lines = Set(reports.evidence[row].map(\.line)).sorted().map(String.init)
    var parts = [VisibleText.escape(store.id(.article, reports.article[row]))]
    if !lines.isEmpty {
      parts[0] += ", line\(lines.count > 1 ? "s" : "") \(lines.joined(separator: ", "))"
    }
    let source = reports.source[row]
    parts.append(source < 0 ? "the article itself" : "according to \(cell(.entity(.actor, source)))")
    let words = [
      Value.symbol(.status, Int16(reports.status[row])), .symbol(.certainty, Int16(reports.certainty[row])),
    ]
    parts.append(words.map(cell).joined(separator: ", "))
    if let date = reports.date.time(row) { parts.append(date.description) }
    return parts.joined(separator: " · ")
  }

  private func cell(_ value: Value) -> String { isolated(cells.visible(value)) }

  private func isolated(_ text: String) -> String { options.isolates ? Bidi.isolate(text) : text }

  private func quote(_ citation: Citation) -> String? {
    guard let text = texts[store.id(.article, citation.article)],
      let excerpt = text.excerpt(citation, context: Self.context)
    else { return nil }
    let quote =
      excerpt.before + String(Self.marks.open) + excerpt.span + String(Self.marks.close) + excerpt.after
    return VisibleText.escape(quote.replacing("\n", with: " "), keepsMarks: true)
  }

  // MARK: - Lines

  /// The line's number, then every line with a bar before it, and what is marked in bold.
  private func writeQuote(_ quote: String, line number: Int32, to output: inout some TextOutputStream) {
    var isMarked = false
    var head = DisplayWidth.pad("\(number)", to: 4, alignment: .right)
    for line in wrapped(quote, indent: 7) {
      var styled = isMarked && options.colour ? Self.bold : ""
      for character in line {
        if character == Self.marks.open { isMarked = true }
        if character == Self.marks.open, options.colour { styled += Self.bold }
        styled.append(character)
        if character == Self.marks.close { isMarked = false }
        if character == Self.marks.close, options.colour { styled += Self.plain }
      }
      if isMarked, options.colour { styled += Self.plain }
      output.write(TerminalStyle.dim.apply("\(head) │ ", enabled: options.colour) + isolated(styled) + "\n")
      head = DisplayWidth.spaces(DisplayWidth.of(head))
    }
  }

  private static let bold = "\u{1B}[1m"
  private static let plain = "\u{1B}[0m"

  private func wrapped(_ text: String, indent: Int) -> [String] {
    guard let width = options.width else { return [text] }
    return TextWrapping.wrap(text, width: max(16, width - indent))
  }
}
