import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarText

// A script and its answers as one page, which needs nothing else: no script, no style and no font from elsewhere.
//
// What enters is what running the script gave; what leaves is HTML. Every event that a table or a picture shows leads to its
// reports at the page's end, so that a reader can follow each row to whoever says so.

/// Writes the page of a report.
package struct ReportPage {
  private let script: ReportScript
  private let store: EventStore?
  /// What the answers rest on, in the order in which they come.
  private var events: [Int32] = []
  /// The place of each in that order, from 1.
  private var numbers: [Int32: Int] = [:]
  private var tables: [HTMLTable] = []

  package init(_ script: ReportScript) {
    self.script = script
    for case .answer(_, let table, let language) in script.parts {
      let html = HTMLTable(table, language: language, isTraced: true)
      tables.append(html)
      for event in html.sources.joined() where numbers[event] == nil {
        events.append(event)
        numbers[event] = events.count
      }
    }
    store = tables.last?.result.store
  }

  package var html: String {
    let language = Markup.escape(script.language)
    let isRightToLeft = Bidi.runsFromRightToLeft(language: script.language) || proseIsRightToLeft
    return """
      <!DOCTYPE html>
      <html lang="\(language)" dir="\(isRightToLeft ? "rtl" : "ltr")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="khabar">
      <meta name="color-scheme" content="light dark">
      <title>\(Markup.escape(title))</title>
      <style>\(ReportStyle.css)</style>
      </head>
      <body>
      <a class="skip" href="#content">\(isRightToLeft ? "إلى المحتوى" : "Skip to the content")</a>
      <main id="content">
      \(hasHeading ? "" : "<h1 dir=\"auto\">\(Markdown.html(title))</h1>\n")\(body)\(appendix)</main>
      </body>
      </html>

      """
  }

  // MARK: - The title

  private var firstBlock: Markdown.Block? {
    for case .prose(let markdown) in script.parts { return markdown.blocks.first }
    return nil
  }

  private var headings: [(level: Int, text: String)] {
    script.parts.flatMap { part -> [(Int, String)] in
      guard case .prose(let markdown) = part else { return [] }
      return markdown.blocks.compactMap {
        if case .heading(let level, let text) = $0 { (level, text) } else { nil }
      }
    }
  }

  private var hasHeading: Bool { !headings.isEmpty }

  /// The first heading, or the first comment where it is one line, or the script's name.
  private var title: String {
    if let heading = headings.first { return heading.text }
    if case .paragraph(let text)? = firstBlock, !text.contains("\n") { return text }
    let file = script.name.split(separator: "/").last.map(String.init) ?? script.name
    return file.hasSuffix(".khabar") ? String(file.dropLast(7)) : file
  }

  private var proseIsRightToLeft: Bool {
    let letters = headings.map(\.text).joined() + title
    return Bidi.hasRightToLeft(letters)
  }

  // MARK: - The parts

  private var body: String {
    if let error = script.unread { return Self.failure(error) }
    var isTitle = !hasHeading
    var tables = tables[...]
    return script.parts.map { part in
      if case .answer(let query, _, let language) = part, let table = tables.popFirst() {
        return
          "<figure>\n<figcaption>\(ReportCode.html(query))</figcaption>\n\(answer(query, table, language))</figure>\n"
      }
      guard case .prose(let markdown) = part else { return html(part) }
      let blocks =
        isTitle && markdown.blocks.first == .paragraph(title)
        ? markdown.blocks.dropFirst() : markdown.blocks[...]
      isTitle = false
      return blocks.map(html).joined()
    }.joined()
  }

  private func html(_ block: Markdown.Block) -> String {
    switch block {
    case .heading(let level, let text):
      // The page has one heading of the first level, its title.
      let top = headings.first.map(\.level) ?? 1
      let shown = min(6, max(1, level - top + 1) + (level == top && text != title ? 1 : 0))
      return "<h\(shown) dir=\"auto\">\(Markdown.html(text))</h\(shown)>\n"
    case .paragraph(let text): return "<p dir=\"auto\">\(Markdown.html(text))</p>\n"
    case .list(let isOrdered, let items):
      let name = isOrdered ? "ol" : "ul"
      return "<\(name)>\n"
        + items.map { "<li dir=\"auto\">\(Markdown.html($0))</li>\n" }.joined() + "</\(name)>\n"
    }
  }

  private func html(_ part: ReportPart) -> String {
    switch part {
    case .prose, .answer: ""
    case .code(let text): ReportCode.html(text)
    case .text(let text): "<p class=\"said\" dir=\"auto\">\(Markup.escape(text))</p>\n"
    case .check(let title, let error): check(title, error)
    case .failure(let query, let error): ReportCode.html(query) + Self.failure(error)
    }
  }

  private func answer(_ query: String, _ table: HTMLTable, _ language: String) -> String {
    let caption = query.split(whereSeparator: \.isNewline).joined(separator: " ")
    let options = RenderOptions(language: language)
    let html = table.html(caption: caption) { numbers[$0] }
    guard let svg = ResultRenderer.svg(table.result, options: options, title: caption) else { return html }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(Markup.escape(caption))">
      \(svg)</div>
      <details><summary>\(language.hasPrefix("ar") ? "جدول الأرقام" : "As a table")</summary>
      \(html)</details>

      """
  }

  private func check(_ title: String, _ error: KhabarError?) -> String {
    let mark = error == nil ? "✓" : "✗"
    let words = error == nil ? "holds" : "does not hold"
    let line = """
      <p class="check \(error == nil ? "right" : "wrong")" dir="auto"><span role="img" aria-label="\(words)">\(mark)</span>       \(Markup.escape(title))</p>

      """
    return line + (error.map(Self.failure) ?? "")
  }

  private static func failure(_ error: KhabarError) -> String {
    "<pre class=\"failure\" dir=\"ltr\">\(Markup.escape("\(error)"))</pre>\n"
  }

  // MARK: - Events and their reports

  private var appendix: String {
    guard let store, let model = tables.last?.result, !events.isEmpty else { return "" }
    let isArabic = script.language.hasPrefix("ar")
    return
      "<section class=\"events\">\n<h2>\(isArabic ? "الأحداث ومن يرويها" : "The events, and who says so")</h2>\n"
      + events.map { event($0, store, model) }.joined() + "</section>\n"
  }

  private func event(_ row: Int32, _ store: EventStore, _ model: ResultTable) -> String {
    let id = Markup.escape(store.id(.event, row))
    let name = Markup.escape(store.events.label[Int(row)].preferred(script.language) ?? store.id(.event, row))
    let time = store.events.time.time(Int(row)).map { " · \($0)" } ?? ""
    let number = numbers[row].map { "\($0). " } ?? ""
    let reports = store.events.reports.range(Int(row)).map { Int32(truncatingIfNeeded: $0) }
    var html = """
      <article id="event-\(id)">
      <h3>\(number)<bdi>\(name)</bdi></h3>
      <p class="quiet"><bdi><code>\(id)</code>\(Markup.escape(time))</bdi></p>

      """
    if let table = try? Evidence.table(of: reports, in: model), !reports.isEmpty {
      let shown = table.without(column: "event")
      html += HTMLTable(shown, language: script.language, isTraced: false).html(
        caption: store.id(.event, row))
    }
    return html + "</article>\n"
  }
}

extension ResultTable {
  fileprivate func without(column name: String) -> ResultTable {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return self }
    var table = self
    table.kind = nil
    table.columns.remove(at: index)
    for row in table.rows.indices where index < table.rows[row].count { table.rows[row].remove(at: index) }
    return table
  }
}
