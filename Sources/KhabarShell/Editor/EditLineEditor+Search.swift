import CEditLine
import KhabarText

/// A search of the history as it is typed.
struct HistorySearch {
  var pattern: [Unicode.Scalar] = []
  /// The age of the entry that is shown; 0: none yet.
  var age = 0
  var hasFailed = false
  var isEnding = false
  /// The statement that was being written.
  let draft: [Unicode.Scalar]

  /// Looks from `age` on, older or newer, for an entry that has the pattern in it, in any spelling.
  mutating func find(from start: Int, by step: Int, in entries: [String]) {
    let wanted = HistorySearch.key(String(pattern))
    let shown = age > 0 && age <= entries.count ? entries[entries.count - age] : nil
    var candidate = start
    hasFailed = false
    guard !wanted.isEmpty else { return }
    while candidate > 0, candidate <= entries.count {
      let entry = entries[entries.count - candidate]
      let isNews = candidate == age || entry != shown
      if isNews, HistorySearch.key(entry).contains(wanted) {
        age = candidate
        return
      }
      candidate += step
    }
    hasFailed = true
  }

  /// Entries and patterns as they are compared: names fold, and a line's end is a blank. Blanks at the ends count,
  /// so that a pattern can end between two words.
  private static func key(_ text: String) -> String {
    let key = Folding.fold(text)
    let endsBlank = text.unicodeScalars.last?.properties.isWhitespace ?? false
    return endsBlank && !key.isEmpty ? key + " " : key
  }
}

// Ctrl-R. libedit's own search reads beyond its buffer on Ctrl-W and ends at an Arabic comma. While this one is on,
// each key comes here first: it changes the search and becomes CEL_KEY_SEARCH_STEP, which draws. A key that doesn't
// belong to a search ends it and does what it does.
extension EditLineEditor {
  func beginSearch() -> EditorOutcome {
    guard let handle else { return .beep }
    search = HistorySearch(draft: statement(of: line()))
    cel_set_filter(handle, true)
    return searchStep()
  }

  func filterSearchKey(_ key: wchar_t) -> wchar_t {
    guard var search else { return key }
    let entries = history.entries
    switch key {
    case 0x12:  // ^R
      search.find(from: search.age + 1, by: 1, in: entries)
    case 0x13:  // ^S
      search.find(from: search.age - 1, by: -1, in: entries)
    case 0x08, 0x7F:
      _ = search.pattern.popLast()
      search.age = 0
      search.find(from: 1, by: 1, in: entries)
    case 0x07:  // ^G
      search.age = 0
      search.isEnding = true
    case wchar_t(CEL_KEY_ESCAPE):
      search.isEnding = true
    case 0x20...0x7E, 0xA0...:
      search.pattern.append(Unicode.Scalar(wide: key))
      search.find(from: max(1, search.age), by: 1, in: entries)
    default:
      search.isEnding = true
      push(key)
    }
    self.search = search
    return wchar_t(CEL_KEY_SEARCH_STEP)
  }

  /// Shows what the search has come to.
  func searchStep() -> EditorOutcome {
    guard let search else { return .done }
    let row = cursorRow()
    let found = entry(ofAge: search.age).map(editable)
    above = []
    replaceLine(gutter.edited(found ?? search.draft))
    if search.isEnding {
      finishSearch(drawnFrom: row)
    } else {
      setPrompt((search.hasFailed ? "(not found: " : "(search: ") + String(search.pattern) + ") ")
      redraw(drawnFrom: row)
    }
    return .done
  }

  /// Ends the search for a command that comes between, with what is shown.
  func leaveSearch() {
    finishSearch(drawnFrom: cursorRow())
  }

  private func finishSearch(drawnFrom row: Int) {
    if let handle { cel_set_filter(handle, false) }
    walk = HistoryWalk()
    if let search, search.age > 0 {
      walk.age = search.age
      walk.draft = search.draft
    }
    search = nil
    setPrompt(mainPrompt)
    if !fold(drawnFrom: row) { redraw(drawnFrom: row) }
  }
}
