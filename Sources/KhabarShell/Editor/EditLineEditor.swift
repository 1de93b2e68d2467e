import CEditLine

/// The editor of a terminal, on libedit.
///
/// libedit holds the text, draws it and knows the plain keys. The commands of `cel_command` come back here, each to
/// an extension named for its topic. What is edited is the statement with a gutter before each further line; of a
/// statement taller than the window the upper lines are folded away into `above`, because libedit can't scroll.
final class EditLineEditor: LineEditor {
  typealias Completer = (_ text: String, _ cursor: Int) -> (replacing: Int, [Completion])

  let history: History
  let isComplete: (String) -> Bool
  let complete: Completer

  /// libedit's handle; nil only while the editor is being made and when that has failed.
  private(set) var handle: OpaquePointer?
  private lazy var fallback = PlainLineReader(isComplete: isComplete)

  var size = Terminal.Size(columns: 80, rows: 24)
  var gutter = Gutter(continuation: "")
  /// The prompt the shell gave, and the one that is drawn: another above a fold and in a search.
  private(set) var mainPrompt = ""
  var prompt = PromptText("", colours: false)
  /// The beginning of the statement, printed above the edited text and no longer edited.
  var above: [Unicode.Scalar] = []
  var walk = HistoryWalk()
  var search: HistorySearch?
  var libeditsWalk = EntryPointer()
  /// What to say at the right of a statement while it is typed, and of which cursor in it; nil: nothing.
  var hint: ((_ text: String, _ cursor: Int) -> String?)?
  var lastHint: Hint?
  /// Where the hint begins that is on the screen.
  var hintColumn: Int?
  /// Candidates that have been listed, of which the next Tab shows more.
  var listed: ListedCandidates?
  private var isDropped = false
  private var isRunning = false

  /// Nil where there is nothing to edit on: no terminal at both ends, one that edits by itself (Emacs's), no locale
  /// that can express Arabic, editing switched off in ~/.editrc.
  ///
  /// - Parameters:
  ///   - isComplete: Whether Enter submits the statement or begins its next line.
  ///   - complete: What could stand at the cursor (counted in Unicode scalars), and how many scalars before the
  ///     cursor it would replace.
  init?(history: History, isComplete: @escaping (String) -> Bool, complete: @escaping Completer) {
    self.history = history
    self.isComplete = isComplete
    self.complete = complete
    guard Terminal.isInteractive, Terminal.environment("TERM") != "emacs", cel_set_locale() else {
      return nil
    }
    Signals.install()
    handle = cel_open("khabar", callbacks())
    if handle == nil { return nil }
  }

  deinit {
    if let handle { cel_close(handle) }
    libeditsWalk.memory?.deallocate()
  }

  func readStatement(prompt: String, continuation: String) -> ReadResult {
    // In a window of a few cells libedit would draw outside of its buffers.
    guard let handle, let size = Terminal.windowSize(), EditLineEditor.canEdit(in: size) else {
      return fallback.readStatement(prompt: prompt, continuation: continuation)
    }
    begin(prompt: prompt, continuation: continuation, size: size)
    switch cel_read(handle, Terminal.understandsEscapes) {
    case .line: return isDropped ? .interrupted : .statement(submitted())
    case .interrupted: return .interrupted
    case .end: return .endOfInput
    case .failed: return .failed(systemMessage())
    }
  }

  static func canEdit(in size: Terminal.Size) -> Bool {
    size.columns >= 12 && size.rows >= 3
  }

  private func begin(prompt: String, continuation: String, size: Terminal.Size) {
    self.size = size
    gutter = Gutter(continuation: continuation)
    above = []
    walk = HistoryWalk()
    search = nil
    listed = nil
    hintColumn = nil
    isDropped = false
    mainPrompt = prompt
    setPrompt(prompt)
  }

  private func submitted() -> String {
    var scalars = statement(of: line())
    if scalars.last == "\n" { scalars.removeLast() }  // the one that Enter left
    return String(scalars)
  }

  // MARK: Commands

  /// What libedit calls for a command bound to a key.
  func run(_ command: EditorCommand) -> EditorOutcome {
    let row = cursorRow()
    isRunning = true
    defer { isRunning = false }
    let outcome = perform(command)
    if outcome == .refresh, fold(drawnFrom: row) { return .done }
    return outcome
  }

  private func perform(_ command: EditorCommand) -> EditorOutcome {
    if search != nil, command != .searchStep { leaveSearch() }
    switch command {
    case .enter: return enter()
    case .newline: return insert(gutter.lineBreak)
    case .complete: return completeWord()
    case .up: return moveUp()
    case .down: return moveDown()
    case .older: return showOlder()
    case .newer: return showNewer()
    case .left: return moveLeft()
    case .right: return moveRight()
    case .home: return moveHome()
    case .end: return moveEnd()
    case .backspace: return backspace()
    case .delete: return deleteForward()
    case .endOfInput: return endInputOrDelete()
    case .paste: return paste()
    case .search: return beginSearch()
    case .searchStep: return searchStep()
    case .interrupt: return drop()
    case .changeCase: return changeCase()
    case .ignore: return .done
    }
  }

  /// What happens between keys. Between the keys that a command reads itself, nothing may.
  func notice(_ event: EditorEvent) {
    if event != .waiting { hideHint() }
    switch event {
    case .waiting:
      if isRunning { return }
      _ = fold(drawnFrom: min(cursorRow(), size.rows - 1))
      showHint()
    case .arrived: return
    case .resized: windowChanged()
    case .stopping: leaveText()
    case .resumed: redrawAfterStop()
    }
  }

  /// Enter: an empty line ends a statement that isn't complete, so that nobody is trapped in one.
  private func enter() -> EditorOutcome {
    let line = line()
    let text = String(statement(of: line))
    let lastLine = line.scalars.suffix(while: { $0 != "\n" })
    let isBlank = gutter.plain(["\n"] + lastLine).allSatisfy { $0.properties.isWhitespace }
    guard isBlank || isComplete(text) else { return insert(gutter.lineBreak) }
    push(wchar_t(CEL_KEY_ACCEPT))
    return .done
  }

  /// Ctrl-C: what was typed stays on the screen and is submitted to nobody.
  private func drop() -> EditorOutcome {
    isDropped = true
    move(to: line().scalars.count)
    _ = insert(["^", "C"])
    push(wchar_t(CEL_KEY_ACCEPT))
    return .refresh
  }
}
