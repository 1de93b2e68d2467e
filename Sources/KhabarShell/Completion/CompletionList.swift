/// Candidates in columns, read downwards, as many columns as the width has room for.
struct CompletionList {
  let candidates: [Completion]
  let width: Int
  /// The most rows it may take up, the last of which counts what is left out.
  let rows: Int

  private static let gap = 2

  func text(colours: Bool) -> String {
    let cellWidth = min(width - 1, candidates.map(columns).max() ?? 0)
    let columnCount = max(1, (width - 1 + CompletionList.gap) / (cellWidth + CompletionList.gap))
    let rowCount = min(rows, (candidates.count + columnCount - 1) / columnCount)
    let isCut = rowCount * columnCount < candidates.count
    let shownRows = isCut ? max(1, rowCount - 1) : rowCount
    let shown = candidates.prefix(shownRows * columnCount)
    var lines = (0..<shownRows).map { row in
      let cells = stride(from: row, to: shown.count, by: shownRows).map { shown[$0] }
      return rowText(cells, cellWidth: cellWidth, colours: colours)
    }
    if isCut { lines.append("… and \(candidates.count - shown.count) more") }
    return lines.joined(separator: "\n")
  }

  private func columns(_ candidate: Completion) -> Int {
    let note = candidate.note.map { $0.columns + CompletionList.gap } ?? 0
    return candidate.display.columns + note
  }

  private func rowText(_ cells: [Completion], cellWidth: Int, colours: Bool) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let name = cell.display.truncated(toColumns: cellWidth)
      let room = cellWidth - name.columns - CompletionList.gap
      let note = room > 0 ? (cell.note ?? "").truncated(toColumns: room) : ""
      line += name
      if !note.isEmpty { line += "  " + (colours ? "\u{1B}[2m" + note + "\u{1B}[0m" : note) }
      if index < cells.count - 1 {
        let used = name.columns + (note.isEmpty ? 0 : note.columns + CompletionList.gap)
        line += String(repeating: " ", count: max(0, cellWidth - used) + CompletionList.gap)
      }
    }
    return line
  }
}
