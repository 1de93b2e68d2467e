import CEditLine

/// Where Up and Down are in the history.
struct HistoryWalk {
  /// How far back; 0 is the statement being written.
  var age = 0
  /// The statement being written, while others are shown.
  var draft: [Unicode.Scalar] = []
}

/// The entry libedit was given last, in memory that stays in place until it asks for the next.
struct EntryPointer {
  var age = 0
  var memory: UnsafeMutablePointer<wchar_t>?
}

// The history under the cursor keys. The walk is ours: libedit's cuts the statement being written at 1024
// characters. libedit's own commands (a user may have bound them) get their entries through `libeditsEntry`.
extension EditLineEditor {
  func showOlder() -> EditorOutcome {
    walk(to: walk.age + 1)
  }

  func showNewer() -> EditorOutcome {
    walk(to: walk.age - 1)
  }

  private func walk(to age: Int) -> EditorOutcome {
    guard age == 0 || entry(ofAge: age) != nil else { return .beep }
    if walk.age == 0 { walk.draft = statement(of: line()) }
    walk.age = age
    return replaceStatement(by: age == 0 ? walk.draft : editable(entry(ofAge: age) ?? ""))
  }

  /// Puts another statement in place of the edited one.
  func replaceStatement(by statement: [Unicode.Scalar]) -> EditorOutcome {
    let row = cursorRow()
    let wasFolded = !above.isEmpty
    above = []
    replaceLine(gutter.edited(statement))
    guard wasFolded else { return .refresh }
    setPrompt(mainPrompt)
    if !fold(drawnFrom: row) { redraw(drawnFrom: row) }
    return .done
  }

  func entry(ofAge age: Int) -> String? {
    let entries = history.entries
    return (1...max(1, entries.count)).contains(age) && !entries.isEmpty ? entries[entries.count - age] : nil
  }

  /// Without what libedit can't draw.
  func editable(_ entry: String) -> [Unicode.Scalar] {
    composed(entry.unicodeScalars).filter { $0 == "\n" || $0 == "\t" || ($0.value >= 0x20 && $0.columns > 0) }
  }

  /// For libedit's own commands: the next entry in a direction.
  func libeditsEntry(_ step: HistoryStep) -> UnsafePointer<wchar_t>? {
    switch step {
    case .newest: libeditsWalk.age = 1
    case .oldest: libeditsWalk.age = history.entries.count
    case .older: libeditsWalk.age += 1
    case .newer: libeditsWalk.age -= 1
    }
    guard let entry = entry(ofAge: libeditsWalk.age) else { return nil }
    let wide = gutter.edited(editable(entry)).wideString
    libeditsWalk.memory?.deallocate()
    let memory = UnsafeMutablePointer<wchar_t>.allocate(capacity: wide.count)
    memory.initialize(from: wide, count: wide.count)
    libeditsWalk.memory = memory
    return UnsafePointer(memory)
  }
}
