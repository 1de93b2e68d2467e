import KhabarEval
import KhabarPlan
import KhabarText

/// Aligned columns: names, a rule, rows, and how many there are.
///
///     id                time                   score
///     ────────────────  ─────────────────────  ─────
///     washington_talks  2023-05-01/2023-05-04      7
///     1 row
struct TableWriter {
  private let names: [String]
  private let rows: [[String]]
  private let isNumeric: [Bool]
  private let layout: TableLayout
  private let options: RenderOptions
  /// The columns that the numbers of rows take, with the gap behind them; 0: there are none.
  private let numberWidth: Int

  init(
    _ result: ResultTable, cells: CellText, options: RenderOptions, isCancelled: () -> Bool = { false }
  ) {
    let names = result.columns.map { VisibleText.escape($0.name) }
    // A row may be shorter than the columns only by a mistake elsewhere; it is filled up, never a trap.
    let rows = result.rows.prefix { _ in !isCancelled() }.map { row in
      names.indices.map { cells.visible($0 < row.count ? row[$0] : .missing) }
    }
    self.names = names
    self.rows = rows
    self.options = options
    isNumeric = result.columns.map { $0.type == .number }
    numberWidth = options.numbersRows && rows.count > 1 ? "\(rows.count)".count + TableLayout.gap : 0
    layout = TableLayout(
      natural: Self.naturalWidths(names: names, rows: rows, isCancelled: isCancelled),
      width: options.width.map { [numberWidth] in max(1, $0 - numberWidth) },
      whole: Self.wholeColumns(result))
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    if !names.isEmpty {
      let shown = layout.widths.indices
      writeLine(shown.map { heading($0) }, to: &output)
      writeLine(shown.map { TerminalStyle.dim.apply(rule($0), enabled: options.colour) }, to: &output)
      for (index, row) in rows.enumerated() {
        if isCancelled() { return }
        writeLine(number: index + 1, shown.map { fitted(row[$0], column: $0) }, to: &output)
      }
    }
    output.write(rows.count == 1 ? "1 row\n" : "\(rows.count) rows\n")
    for note in notes {
      let lines = options.width.map { TextWrapping.wrap(note, width: max(12, $0)) } ?? [note]
      for line in lines { output.write(line + "\n") }
    }
  }

  // MARK: - Cells

  private func heading(_ column: Int) -> String {
    let name = fitted(names[column], column: column)
    return TerminalStyle.bold.apply(name, enabled: options.colour)
  }

  private func rule(_ column: Int) -> String { String(repeating: "─", count: layout.widths[column]) }

  /// The text cut and padded to its column.
  private func fitted(_ text: String, column: Int) -> String {
    let width = layout.widths[column]
    let short = DisplayWidth.truncate(text, to: width)
    let fill = DisplayWidth.spaces(width - DisplayWidth.of(short))
    let shown = options.isolates ? Bidi.isolate(short) : short
    return isNumeric[column] ? fill + shown : shown + fill
  }

  private func writeLine(number: Int? = nil, _ cells: [String], to output: inout some TextOutputStream) {
    var line = self.number(number) + cells.joined(separator: DisplayWidth.spaces(TableLayout.gap))
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    output.write(line + "\n")
  }

  private func number(_ number: Int?) -> String {
    guard numberWidth > 0 else { return "" }
    let text = DisplayWidth.pad(
      number.map(String.init) ?? "", to: numberWidth - TableLayout.gap, alignment: .right)
    return TerminalStyle.dim.apply(text, enabled: options.colour && number != nil)
      + DisplayWidth.spaces(TableLayout.gap)
  }

  // MARK: - What does not show

  private static func naturalWidths(names: [String], rows: [[String]], isCancelled: () -> Bool) -> [Int] {
    var widths = names.map { DisplayWidth.of($0) }
    for row in rows {
      if isCancelled() { break }
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], DisplayWidth.of(text)) }
    }
    return widths
  }

  /// Ids, times and numbers, which are copied and compared.
  private static func wholeColumns(_ result: ResultTable) -> Set<Int> {
    Set(
      result.columns.indices.filter { index in
        switch result.columns[index].type {
        case .time, .number, .truth: true
        case .text: result.columns[index].name == "id"
        default: false
        }
      })
  }

  private var notes: [String] {
    let hint = "`.mode line` or `--format line` shows everything"
    var notes: [String] = []
    let cut = layout.cut.map { names[$0] }
    let dropped = names.dropFirst(layout.widths.count)
    if !cut.isEmpty { notes.append("cut to fit: \(cut.joined(separator: ", "))") }
    if !dropped.isEmpty { notes.append("no room for: \(dropped.joined(separator: ", "))") }
    return notes.isEmpty ? [] : [notes.joined(separator: "; ") + "; " + hint]
  }
}
