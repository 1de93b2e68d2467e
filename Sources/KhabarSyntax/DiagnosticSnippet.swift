import KhabarText

/// One echoed line with the marks under it.
///
///     1 | count(meetings in Moscow
///       |      -                  ^
///       |      |
///       |      opened here
struct DiagnosticSnippet {
  struct Mark {
    var span: Span
    var text: String
    var isPrimary: Bool
  }

  /// A mark in columns of the echoed line.
  private struct PlacedMark {
    var columns: Range<Int>
    var text: String
    var isPrimary: Bool
  }

  let echo: EchoedLine
  var marks: [Mark]
  var line: Int { echo.line }

  init(echo: EchoedLine, marks: [Mark]) {
    self.echo = echo
    self.marks = marks
  }

  /// The echoed line and the rows of marks below it.
  func rows(renderer: DiagnosticRenderer, digits: Int) -> [String] {
    let text = renderer.echoed(echo)
    let number = renderer.gutter(renderer.number(ofLine: line), digits)
    let empty = renderer.gutter("", digits)
    let echoed = text.isEmpty ? number : number + " " + text
    return [echoed] + markRows(renderer: renderer).map { empty + " " + $0 }
  }

  private func markRows(renderer: DiagnosticRenderer) -> [String] {
    let placed = marks.map(place)
    var pending = placed.filter { !$0.text.isEmpty }.sorted { $0.columns.lowerBound > $1.columns.lowerBound }
    var first = underline(placed, renderer: renderer)
    if let rightmost = pending.first,
      placed.allSatisfy({ $0.columns.upperBound <= rightmost.columns.upperBound }),
      placed.count(where: { $0.columns.overlaps(rightmost.columns) }) == 1
    {
      first += " " + renderer.paint(renderer.shown(rightmost.text), .cyan)
      pending.removeFirst()
    }
    var rows = [first]
    if !pending.isEmpty { rows.append(connectors(pending, renderer: renderer)) }
    while let mark = pending.first {
      pending.removeFirst()
      let left = pending.filter { $0.columns.lowerBound < mark.columns.lowerBound }
      let stems = connectors(left, renderer: renderer)
      let used = (left.first?.columns.lowerBound).map { $0 + 1 } ?? 0
      rows.append(
        stems + DisplayWidth.spaces(mark.columns.lowerBound - used)
          + renderer.paint(renderer.shown(mark.text), .cyan))
    }
    return rows
  }

  private func place(_ mark: Mark) -> PlacedMark {
    PlacedMark(
      columns: echo.columns(of: mark.span), text: VisibleText.escape(mark.text), isPrimary: mark.isPrimary)
  }

  /// `^^^` under what is wrong, `---` under the labels.
  private func underline(_ placed: [PlacedMark], renderer: DiagnosticRenderer) -> String {
    let width = placed.map(\.columns.upperBound).max() ?? 0
    var row = [Character](repeating: " ", count: width)
    for mark in placed.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
      for column in mark.columns { row[column] = mark.isPrimary ? "^" : "-" }
    }
    return painted(row, renderer: renderer)
  }

  private func painted(_ row: [Character], renderer: DiagnosticRenderer) -> String {
    var result = ""
    for run in row.runs(partedWhere: { $0 != $1 }) {
      let style: TerminalStyle = run.first == "^" ? renderer.severityStyle : run.first == "-" ? .cyan : .plain
      result += renderer.paint(String(run), style)
    }
    return result
  }

  /// `|` under the starts of the marks, which come from right to left.
  private func connectors(_ marks: [PlacedMark], renderer: DiagnosticRenderer) -> String {
    var result = ""
    var used = 0
    for column in Set(marks.map(\.columns.lowerBound)).sorted() {
      result += DisplayWidth.spaces(column - used) + renderer.paint("|", .cyan)
      used = column + 1
    }
    return result
  }
}

extension Array {
  /// The longest runs without a pair of neighbours that `differ`.
  fileprivate func runs(partedWhere differ: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var runs: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices.dropFirst() where differ(self[index - 1], self[index]) {
      runs.append(self[start..<index])
      start = index
    }
    if start < endIndex { runs.append(self[start..<endIndex]) }
    return runs
  }
}
