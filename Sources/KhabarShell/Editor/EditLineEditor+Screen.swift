import CEditLine

// What libedit doesn't draw by itself: after a resize, a stop, a list of completions, and a text taller than the
// window.
extension EditLineEditor {
  func setPrompt(_ text: String) {
    var prompt = PromptText(text, colours: Terminal.allowsColour())
    if prompt.visible.count >= size.columns - 4 { prompt = PromptText("> ", colours: false) }
    self.prompt = prompt
    if let handle { cel_set_prompt(handle, prompt.marked.wideString) }
  }

  /// The row the cursor is in, counted from the prompt's.
  func cursorRow(columns: Int? = nil) -> Int {
    let line = line()
    return position(after: line.scalars[..<line.cursor], columns: columns ?? size.columns).row
  }

  func position(after text: some Sequence<Unicode.Scalar>, columns: Int) -> ScreenPosition {
    var position = ScreenPosition()
    position.advance(over: prompt.visible, columns: columns)
    position.advance(over: text, columns: columns)
    return position
  }

  /// Draws prompt and text anew in place of what is drawn, the cursor being in row `row` of it.
  func redraw(drawnFrom row: Int) {
    guard let handle else { return }
    erase(drawnFrom: row)
    cel_redraw(handle)
  }

  /// Leaves the cursor where prompt and text are to begin.
  private func erase(drawnFrom row: Int) {
    if !Terminal.understandsEscapes {
      writeToTerminal("\r\n")
    } else if row > 0 {
      writeToTerminal("\r\u{1B}[\(row)A\u{1B}[J")
    } else {
      writeToTerminal("\r\u{1B}[J")
    }
  }

  /// Moves the cursor to the last row of what is drawn, where the shell that takes over doesn't write into it.
  func leaveText() {
    let last = position(after: line().scalars, columns: size.columns).row
    writeToTerminal(String(repeating: "\n", count: max(0, last - cursorRow())))
  }

  /// A stopped process's terminal was somebody else's: the cursor is where that left it.
  func redrawAfterStop() {
    guard let handle else { return }
    if let size = Terminal.windowSize(), EditLineEditor.canEdit(in: size) {
      self.size = size
      cel_resize(handle)
    }
    if !fold(drawnFrom: 0) { redraw(drawnFrom: 0) }
  }

  /// Some terminals wrap what is drawn anew at the new width, some leave it; going up by the lesser count never
  /// erases what stood there before.
  func windowChanged() {
    guard let handle, let new = Terminal.windowSize(), EditLineEditor.canEdit(in: new) else { return }
    let row = min(cursorRow(), cursorRow(columns: new.columns), new.rows - 1)
    size = new
    cel_resize(handle)
    if !fold(drawnFrom: row) { redraw(drawnFrom: row) }
  }

  /// Writes `text` under what is drawn and draws that again under it.
  func show(below text: String) {
    guard let handle else { return }
    leaveText()
    writeToTerminal("\r\n" + text.replacing("\n", with: "\r\n") + "\r\n")
    cel_redraw(handle)
  }

  // MARK: Folding

  /// Folds the upper part of a text that doesn't fit the window: it is printed for good, the rest is edited on.
  /// True: that was necessary, and all is drawn.
  func fold(drawnFrom row: Int) -> Bool {
    guard let handle, search == nil else { return false }
    let line = line()
    guard position(after: line.scalars, columns: size.columns).row + 1 > size.rows - 1 else { return false }
    let cut = foldPoint(of: line)
    guard cut > 0 else { return false }
    let upper = line.scalars[..<cut]
    let isWhole = upper.suffix(gutter.lineBreak.count).elementsEqual(gutter.lineBreak)
    erase(drawnFrom: row)
    writeToTerminal(printed(isWhole ? upper.dropLast(gutter.lineBreak.count) : upper) + "\r\n")
    above += gutter.plain(upper)
    replaceLine(line.scalars[cut...])
    move(to: line.cursor - cut)
    setPrompt(gutter.prompt)
    cel_redraw(handle)
    return true
  }

  private func printed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String(prompt.marked.filter { $0 != "\u{1}" })
    for scalar in scalars {
      if scalar == "\n" {
        text += "\r\n"
      } else if scalar == "\t" {
        text += "\t"
      } else {
        text += scalar.printable
      }
    }
    return text
  }

  /// Where to cut so that the rest takes up half of the window, not after the beginning of the cursor's row.
  private func foldPoint(of line: EditedLine) -> Int {
    let room = max(1, size.rows / 2)
    let starts = rowStarts(of: line.scalars)
    let reachable = starts.prefix { $0.index <= line.cursor }
    guard let last = starts.last?.row, let deepest = reachable.last else { return 0 }
    let wanted = min(last + 1 - room, deepest.row)
    // The beginning of a line if there is one near, else of any row.
    let near = reachable.filter { $0.row >= wanted && $0.row <= last + 2 - size.rows / 3 }
    return (near.first { $0.beginsLine } ?? reachable.first { $0.row >= wanted })?.index ?? 0
  }

  private struct RowStart {
    var index: Int
    var row: Int
    var beginsLine: Bool
  }

  /// The places at which the text can be cut: behind gutters, and where rows begin.
  private func rowStarts(of scalars: [Unicode.Scalar]) -> [RowStart] {
    var position = position(after: [], columns: size.columns)
    var starts: [RowStart] = []
    var index = 0
    while index < scalars.count {
      let row = position.row
      let isBreak = scalars[index...].starts(with: gutter.lineBreak)
      let next = index + (isBreak ? gutter.lineBreak.count : 1)
      position.advance(over: scalars[index..<next], columns: size.columns)
      index = next
      if position.row > row { starts.append(RowStart(index: index, row: position.row, beginsLine: isBreak)) }
    }
    return starts
  }
}
