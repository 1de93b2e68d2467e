import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarText

/// An answer as a table of HTML, in which every row leads to where the page tells of the events behind it.
struct HTMLTable {
  let result: ResultTable
  let language: String
  /// The events behind each row, by their rows in the store; of long tables, of the first rows.
  let sources: [[Int32]]

  private static let mostTraced = 500
  private static let mostLinks = 12

  /// - Parameter isTraced: Whether the events behind the rows are looked up.
  init(_ result: ResultTable, language: String, isTraced: Bool) {
    self.result = result
    self.language = language
    guard isTraced else {
      sources = []
      return
    }
    sources = result.rows.indices.prefix(Self.mostTraced).map { row in
      if result.kind == .event, result.records.indices.contains(row) { return [result.records[row]] }
      let reports = (try? Evidence.reports(behind: row, of: result)) ?? []
      var seen: Set<Int32> = []
      return reports.map { result.store.reports.event[Int($0)] }.filter { seen.insert($0).inserted }
    }
  }

  /// - Parameters:
  ///   - caption: What the table answers, for those who hear it.
  ///   - number: Of an event in the list at the page's end.
  func html(caption: String, number: (Int32) -> Int? = { _ in nil }) -> String {
    let hasLinks = sources.contains { !$0.isEmpty }
    let rows = result.rows.indices.map { row in
      let cells = result.columns.indices.map { cell(row, $0) }.joined()
      return "<tr>\(cells)\(hasLinks ? links(row, number) : "")</tr>\n"
    }
    var heads = result.columns.map {
      "<th scope=\"col\"\(Self.alignment($0))><bdi>\(Markup.escape($0.name))</bdi></th>"
    }
    if hasLinks {
      heads.append("<th scope=\"col\">\(language.hasPrefix("ar") ? "من يرويها" : "told in")</th>")
    }
    let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(Markup.escape(caption))">
      <table>
      <caption><bdi>\(count)</bdi></caption>
      <thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      </div>

      """
  }

  private func cell(_ row: Int, _ column: Int) -> String {
    let values = result.rows[row]
    let value = column < values.count ? values[column] : .missing
    let text = ResultRenderer.text(value, of: result.store, language: language)
    let attributes = Self.alignment(result.columns[column])
    if value == .missing { return "<td\(attributes)><span class=\"none\">—</span></td>" }
    let tag = Bidi.hasRightToLeft(text) && !language.hasPrefix("ar") ? " lang=\"ar\"" : ""
    return "<td\(attributes)><bdi\(tag)>\(Markup.escape(text))</bdi></td>"
  }

  /// `3, 7`: the events behind the row, by their numbers.
  private func links(_ row: Int, _ number: (Int32) -> Int?) -> String {
    let events = row < sources.count ? sources[row] : []
    var links = events.prefix(Self.mostLinks).compactMap { event in
      number(event).map { "<a href=\"#event-\(Markup.escape(result.store.id(.event, event)))\">\($0)</a>" }
    }
    if events.count > Self.mostLinks { links.append("…") }
    return "<td class=\"told\">\(links.joined(separator: ", "))</td>"
  }

  private static func alignment(_ column: ResultTable.Column) -> String {
    column.type == .number ? " class=\"number\"" : ""
  }
}
