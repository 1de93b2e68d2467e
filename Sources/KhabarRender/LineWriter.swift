import KhabarEval
import KhabarText

/// A block a row, one line a field; a blank line between blocks.
///
///         id: washington_talks
///     status: occurred
struct LineWriter {
  private let result: ResultTable
  private let cells: CellText
  private let options: RenderOptions

  init(_ result: ResultTable, cells: CellText, options: RenderOptions) {
    self.result = result
    self.cells = cells
    self.options = options
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    if result.rows.isEmpty { output.write("0 rows\n") }
    let names = result.columns.map { VisibleText.escape($0.name) }
    let width = names.map { DisplayWidth.of($0) }.max() ?? 0
    let heads = names.map { name in
      let fill = DisplayWidth.spaces(width - DisplayWidth.of(name))
      return fill + TerminalStyle.bold.apply(name, enabled: options.colour) + ":"
    }
    for (index, row) in result.rows.enumerated() {
      if isCancelled() { return }
      if index > 0 { output.write("\n") }
      for (head, value) in zip(heads, row) {
        let text = cells.visible(value)
        let shown = options.isolates ? Bidi.isolate(text) : text
        output.write(shown.isEmpty ? head + "\n" : "\(head) \(shown)\n")
      }
    }
  }
}
