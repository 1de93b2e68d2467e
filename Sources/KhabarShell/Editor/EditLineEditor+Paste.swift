import CEditLine

// Bracketed paste: the terminal encloses what is pasted in ESC[200~ and ESC[201~, so that newlines in it don't submit.
extension EditLineEditor {
  /// What is pasted beyond this many scalars is dropped, with a beep.
  private static let longestPaste = 1 << 20

  func paste() -> EditorOutcome {
    guard let pasted = readPaste() else { return .refresh }
    let text = PastedText(pasted, prompts: [mainPrompt, gutter.prompt]).scalars
    guard !text.isEmpty else { return .done }
    let statement = gutter.plain(text)
    let outcome = insert(gutter.edited(statement))
    return pasted.count >= EditLineEditor.longestPaste ? .beep : outcome
  }

  /// Nil after Ctrl-C.
  private func readPaste() -> [Unicode.Scalar]? {
    guard let handle else { return nil }
    let end: [Unicode.Scalar] = Array("\u{1B}[201~".unicodeScalars)
    var pasted: [Unicode.Scalar] = []
    var tail: [Unicode.Scalar] = []
    var key: wchar_t = 0
    while cel_next_key(handle, &key) {
      tail.append(Unicode.Scalar(wide: key))
      if tail == end { return pasted }
      // What can't become the end any more is text.
      while !tail.isEmpty, !end.starts(with: tail) {
        let scalar = tail.removeFirst()
        if pasted.count < EditLineEditor.longestPaste { pasted.append(scalar) }
      }
    }
    return nil
  }
}

/// Pasted text made fit for the editor: newlines are newlines, colours, other control characters and marks without
/// width are gone, and so are prompts that were copied along with the text.
struct PastedText: Equatable {
  private(set) var scalars: [Unicode.Scalar] = []

  init(_ pasted: [Unicode.Scalar], prompts: [String]) {
    var lines = [[Unicode.Scalar]()]
    var previous: Unicode.Scalar?
    for scalar in composed(PromptText.withoutSequences(String(pasted))) {
      let isSecondOfPair = scalar == "\n" && previous == "\r"
      previous = scalar
      if isSecondOfPair { continue }
      if scalar == "\n" || scalar == "\r" {
        lines.append([])
      } else if scalar == "\t" {
        lines[lines.count - 1].append(" ")
      } else if scalar.value >= 0x20, scalar.value != 0x7F, scalar.columns > 0, scalar.columns < 3 {
        lines[lines.count - 1].append(scalar)
      }
    }
    let prompts = prompts.map { PromptText($0, colours: false).visible }.filter { $0.count > 1 }
    for (index, line) in lines.enumerated() {
      if index > 0 { scalars.append("\n") }
      let prompt = prompts.first { line.starts(with: $0) } ?? []
      scalars += line.dropFirst(prompt.count)
    }
    while scalars.last == "\n" { scalars.removeLast() }
  }
}

/// Letters and the marks after them as single scalars where there is one: marks by themselves can't be drawn. Other
/// marks are left for the caller to drop.
func composed(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  for scalar in scalars {
    if let last = result.last, isCombining(scalar), let one = precomposed[String([last, scalar])] {
      result[result.count - 1] = one
    } else {
      result.append(scalar)
    }
  }
  return result
}

private func isCombining(_ scalar: Unicode.Scalar) -> Bool {
  (0x300...0x36F).contains(scalar.value) || (0x653...0x655).contains(scalar.value)
}

/// By the text they are equivalent to; strings are compared and hashed by canonical equivalence.
private let precomposed: [String: Unicode.Scalar] = {
  let latin: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x1E00...0x1EFF]
  let others: [ClosedRange<UInt32>] = [0x386...0x3CE, 0x400...0x45F, 0x622...0x626]
  var table: [String: Unicode.Scalar] = [:]
  for scalar in (latin + others).joined().compactMap(Unicode.Scalar.init) { table[String(scalar)] = scalar }
  return table
}()
