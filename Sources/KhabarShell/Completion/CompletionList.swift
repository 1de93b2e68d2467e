import KhabarText

/// Candidates in columns, read downwards, as many columns as the width has room for.
struct CompletionList {
  let candidates: [Completion]
  let width: Int
  /// The most rows it may take up, the last of which counts what is left out.
  let rows: Int
  /// Whether there may be more than the candidates.
  var mayHaveMore = false

  private static let gap = 2

  /// Notes are cut where that makes room for a second column of what would not fit otherwise.
  private var cellWidth: Int {
    let widest = min(width - 1, candidates.map(columns).max() ?? 0)
    let half = (width - 1 - CompletionList.gap) / 2
    let longestName = candidates.map(\.display.columns).max() ?? 0
    return widest > half && longestName <= half && candidates.count > rows ? half : widest
  }

  private var columnCount: Int {
    max(1, (width - 1 + CompletionList.gap) / (cellWidth + CompletionList.gap))
  }

  private var neededRows: Int { (candidates.count + columnCount - 1) / columnCount }

  /// How many of the candidates are shown.
  var shownCount: Int {
    min(candidates.count, (neededRows > rows ? max(1, rows - 1) : neededRows) * columnCount)
  }

  func text(colours: Bool) -> String {
    let (cellWidth, columnCount) = (cellWidth, columnCount)
    let shown = candidates.prefix(shownCount)
    let shownRows = (shown.count + columnCount - 1) / columnCount
    var lines = (0..<shownRows).map { row in
      let cells = stride(from: row, to: shown.count, by: shownRows).map { shown[$0] }
      return rowText(cells, cellWidth: cellWidth, colours: colours)
    }
    if let rest { lines.append(rest.columns < width ? rest : String(rest.prefix { $0 != ";" })) }
    return lines.joined(separator: "\n")
  }

  /// What is not shown, counted.
  private var rest: String? {
    let count = candidates.count - shownCount
    switch (count, mayHaveMore) {
    case (0, false): return nil
    case (0, true): return "… and more; type a letter"
    case (_, false): return "… and \(count) more; Tab shows them"
    case (_, true): return "… and more than \(count) more; type a letter, or Tab shows them"
    }
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
      line += Bidi.isolate(name)
      if !note.isEmpty {
        let isolated = Bidi.isolate(note)
        line += "  " + (colours ? "\u{1B}[2m\(isolated)\u{1B}[0m" : isolated)
      }
      if index < cells.count - 1 {
        let used = name.columns + (note.isEmpty ? 0 : note.columns + CompletionList.gap)
        line += String(repeating: " ", count: max(0, cellWidth - used) + CompletionList.gap)
      }
    }
    return line
  }
}
