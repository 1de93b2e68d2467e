import CEditLine

extension EditLineEditor {
  /// Tab: the only candidate is inserted; of several what they have in common, and when that is nothing more than
  /// what stands there they are listed.
  func completeWord() -> EditorOutcome {
    let line = line()
    let before = above + gutter.plain(line.scalars[..<line.cursor])
    let (replacing, candidates) = complete(String(statement(of: line)), before.count)
    if Signals.interruptRequested { return .done }
    let count = replaceable(replacing, in: line)
    let typed = Array(line.scalars[line.cursor - count..<line.cursor])
    guard let first = candidates.first else { return .beep }
    guard candidates.count > 1 else {
      return replace(count, by: finished(first.insertion, before: line.scalars[line.cursor...].first))
    }
    let common = commonPrefix(of: candidates)
    if common.count > typed.count { return replace(count, by: common) }
    list(candidates, for: line)
    return .done
  }

  /// As many candidates as the window has room for; on a further Tab those that come after them.
  private func list(_ candidates: [Completion], for line: EditedLine) {
    let first = listed?.line == line ? listed?.next ?? 0 : 0
    let list = CompletionList(
      candidates: Array(candidates.dropFirst(first)), width: size.columns, rows: max(3, size.rows - 4),
      mayHaveMore: candidates.count >= Completion.most)
    show(below: list.text(colours: Terminal.allowsColour()))
    let next = first + list.shownCount
    listed = ListedCandidates(line: line, next: next < candidates.count ? next : 0)
  }

  /// Completing never reaches back into the line above.
  private func replaceable(_ count: Int, in line: EditedLine) -> Int {
    let word = line.scalars[..<line.cursor].suffix(max(0, count))
    return word.lastIndex(of: "\n").map { line.cursor - $0 - 1 } ?? word.count
  }

  private func replace(_ count: Int, by scalars: [Unicode.Scalar]) -> EditorOutcome {
    deleteBeforeCursor(count)
    return scalars.isEmpty ? .refresh : insert(gutter.edited(scalars))
  }

  /// With a space after it, where none follows and the insertion doesn't open something.
  private func finished(_ insertion: String, before next: Unicode.Scalar?) -> [Unicode.Scalar] {
    let scalars = editable(insertion)
    let isOpen = scalars.last.map { "(.:/ ".unicodeScalars.contains($0) } ?? true
    return isOpen || next == " " ? scalars : scalars + [" "]
  }

  private func commonPrefix(of candidates: [Completion]) -> [Unicode.Scalar] {
    guard var common = candidates.first.map({ editable($0.insertion) }) else { return [] }
    for candidate in candidates.dropFirst() {
      let length = zip(common, editable(candidate.insertion)).prefix { $0 == $1 }.count
      common.removeLast(common.count - length)
    }
    return common
  }
}

/// Candidates of a line that did not all fit the window.
struct ListedCandidates {
  var line: EditedLine
  /// The first that has not been shown; 0 after the last.
  var next: Int
}
