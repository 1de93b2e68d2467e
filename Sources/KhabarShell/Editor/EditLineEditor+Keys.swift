import CEditLine

// Moving and deleting. Lines of a statement are lines here, and a newline with its gutter is one character.
extension EditLineEditor {
  func moveLeft() -> EditorOutcome {
    let line = line()
    guard line.cursor > 0 else { return .beep }
    move(to: line.cursor - lengthBefore(line))
    return .refresh
  }

  func moveRight() -> EditorOutcome {
    let line = line()
    guard line.cursor < line.scalars.count else { return .beep }
    move(to: line.cursor + lengthAfter(line))
    return .refresh
  }

  /// The line's beginning; from there, the statement's.
  func moveHome() -> EditorOutcome {
    let line = line()
    let start = start(ofLineAt: line.cursor, in: line.scalars)
    move(to: start == line.cursor ? 0 : start)
    return .refresh
  }

  /// The line's end; from there, the statement's.
  func moveEnd() -> EditorOutcome {
    let line = line()
    let end = end(ofLineAt: line.cursor, in: line.scalars)
    move(to: end == line.cursor ? line.scalars.count : end)
    return .refresh
  }

  func moveUp() -> EditorOutcome {
    let line = line()
    let start = start(ofLineAt: line.cursor, in: line.scalars)
    guard let newline = newline(before: start, in: line.scalars) else { return showOlder() }
    let target = self.start(ofLineAt: newline, in: line.scalars)
    move(to: min(target + line.cursor - start, newline))
    return .refresh
  }

  func moveDown() -> EditorOutcome {
    let line = line()
    let end = end(ofLineAt: line.cursor, in: line.scalars)
    guard end < line.scalars.count else { return showNewer() }
    let column = line.cursor - start(ofLineAt: line.cursor, in: line.scalars)
    let target = end + lengthAfter(EditedLine(scalars: line.scalars, cursor: end))
    move(to: min(target + max(0, column), self.end(ofLineAt: target, in: line.scalars)))
    return .refresh
  }

  func backspace() -> EditorOutcome {
    let line = line()
    guard line.cursor > 0 else { return .beep }
    deleteBeforeCursor(lengthBefore(line))
    return .refresh
  }

  func deleteForward() -> EditorOutcome {
    let line = line()
    guard line.cursor < line.scalars.count else { return .beep }
    let length = lengthAfter(line)
    move(to: line.cursor + length)
    deleteBeforeCursor(length)
    return .refresh
  }

  /// vi's `~`.
  func changeCase() -> EditorOutcome {
    let line = line()
    guard line.cursor < line.scalars.count else { return .beep }
    let length = lengthAfter(line)
    move(to: line.cursor + length)
    let properties = line.scalars[line.cursor].properties
    let other = properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
    guard length == 1, other.unicodeScalars.count == 1 else { return .refresh }
    deleteBeforeCursor(1)
    return insert(other.unicodeScalars)
  }

  /// Ctrl-D.
  func endInputOrDelete() -> EditorOutcome {
    guard line().scalars.isEmpty, above.isEmpty else { return deleteForward() }
    writeToTerminal("\r\n")
    return .finish
  }

  // MARK: Lines

  /// Where the text of the line at `index` begins, after its gutter.
  private func start(ofLineAt index: Int, in scalars: [Unicode.Scalar]) -> Int {
    let begin = scalars[..<index].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    guard begin > 0, scalars[begin...].starts(with: gutter.scalars) else { return begin }
    return min(begin + gutter.scalars.count, index)
  }

  private func end(ofLineAt index: Int, in scalars: [Unicode.Scalar]) -> Int {
    scalars[index...].firstIndex(of: "\n") ?? scalars.count
  }

  private func newline(before index: Int, in scalars: [Unicode.Scalar]) -> Int? {
    scalars[..<index].lastIndex(of: "\n")
  }

  private func lengthBefore(_ line: EditedLine) -> Int {
    let lineBreak = gutter.lineBreak
    return line.scalars[..<line.cursor].suffix(lineBreak.count).elementsEqual(lineBreak) ? lineBreak.count : 1
  }

  private func lengthAfter(_ line: EditedLine) -> Int {
    line.scalars[line.cursor...].starts(with: gutter.lineBreak) ? gutter.lineBreak.count : 1
  }
}
