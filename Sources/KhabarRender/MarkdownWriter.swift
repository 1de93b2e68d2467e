import KhabarEval
import KhabarPlan
import KhabarText

/// A table in GitHub's Markdown: numbers on the right, and what would be markup escaped.
///
///     | id | score |
///     | --- | ---: |
///     | washington_talks | 7 |
struct MarkdownWriter {
  private let result: ResultTable
  private let cells: CellText

  init(_ result: ResultTable, cells: CellText) {
    self.result = result
    self.cells = cells
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    guard !result.columns.isEmpty else { return }
    write(result.columns.map { Self.escaped($0.name) }, to: &output)
    write(result.columns.map { $0.type == .number ? "---:" : "---" }, to: &output)
    for row in result.rows {
      if isCancelled() { return }
      let texts = result.columns.indices.map { cells.text($0 < row.count ? row[$0] : .missing) }
      write(texts.map(Self.escaped), to: &output)
    }
  }

  private func write(_ cells: [String], to output: inout some TextOutputStream) {
    output.write("| " + cells.joined(separator: " | ") + " |\n")
  }

  /// A cell is one line: a line break in it becomes `<br>`.
  private static func escaped(_ text: String) -> String {
    if VisibleText.isPlain(text), !text.unicodeScalars.contains(where: markup.contains) { return text }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let safe = lines.map { line in
      VisibleText.escape(String(line), keepsMarks: true).unicodeScalars.reduce(into: "") { result, scalar in
        if markup.contains(scalar) { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return safe.joined(separator: "<br>")
  }

  private static let markup: Set<Unicode.Scalar> = ["\\", "|", "`", "*", "<", "["]
}
