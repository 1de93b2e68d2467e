import CEditLine
import Glibc
import KhabarText

/// A hint, with the statement that it is about.
struct Hint: Equatable {
  var statement: String
  var cursor: Int
  var text: String?
}

// The hint at the right of the row that the cursor is in. libedit's own prompt at the right is drawn anew only when a
// whole line is, which adding a character at its end is not. So the hint is written while a key is waited for, between
// saving the cursor's place and going back to it, and taken away as soon as one comes: libedit never meets it.
extension EditLineEditor {
  /// Below this width there is no hint, and none in less room than this.
  private static let leastColumns = 60
  private static let leastRoom = 12
  private static let gap = 2
  /// A longer text was pasted.
  private static let longestText = 2_000

  func showHint() {
    guard let hint, hintColumn == nil, search == nil, size.columns >= EditLineEditor.leastColumns,
      Terminal.understandsEscapes, !isInputPending
    else { return }
    let line = line()
    guard line.scalars.count + above.count <= EditLineEditor.longestText else { return }
    // The last column stays free: what is written there makes some terminals go on to the next row.
    let room = size.columns - 1 - endOfCursorRow(line) - EditLineEditor.gap
    guard room >= EditLineEditor.leastRoom else { return }
    let statement = String(statement(of: line))
    let cursor = above.count + gutter.plain(line.scalars[..<line.cursor]).count
    if lastHint?.statement != statement || lastHint?.cursor != cursor {
      lastHint = Hint(statement: statement, cursor: cursor, text: hint(statement, cursor))
    }
    guard let text = lastHint?.text, !text.isEmpty else { return }
    draw(VisibleText.escape(text).truncated(toColumns: room))
  }

  /// The blank before the text is erased with it: a terminal keeps an isolate in the cell before.
  private func draw(_ text: String) {
    let column = size.columns - 2 - text.columns
    let isolated = Bidi.isolate(text)
    let shown = Terminal.allowsColour() ? "\u{1B}[2m\(isolated)\u{1B}[0m" : isolated
    writeToTerminal("\u{1B}7\r\u{1B}[\(column)C \(shown)\u{1B}8")
    hintColumn = column
  }

  func hideHint() {
    guard let column = hintColumn else { return }
    writeToTerminal("\u{1B}7\r\u{1B}[\(column)C\u{1B}[K\u{1B}8")
    hintColumn = nil
  }

  /// The column after the last character in the cursor's row.
  private func endOfCursorRow(_ line: EditedLine) -> Int {
    let row = cursorRow()
    var position = position(after: [], columns: size.columns)
    var end = position.column
    for scalar in line.scalars {
      let before = position
      position.advance(over: scalar, columns: size.columns)
      if position.row == row { end = max(end, position.column) }
      if before.row == row, position.row > row { return scalar == "\n" ? before.column : size.columns }
      if before.row < row, position.row == row { end = position.column }
    }
    return end
  }

  /// Whether more has been typed, or is being pasted: then there is no time for hints.
  private var isInputPending: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 0) > 0
  }
}
