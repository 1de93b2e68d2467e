import CEditLine
import Glibc

extension EditLineEditor {
  /// C calls back with a pointer to the editor, which outlives libedit's handle: `deinit` closes that.
  func callbacks() -> cel_callbacks {
    cel_callbacks(
      context: Unmanaged.passUnretained(self).toOpaque(),
      command: { context, command in EditLineEditor.from(context)?.run(command) ?? .beep },
      event: { context, event in EditLineEditor.from(context)?.notice(event) },
      filter: { context, key in EditLineEditor.from(context)?.filterSearchKey(key) ?? key },
      history: { context, step in EditLineEditor.from(context)?.libeditsEntry(step) })
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> EditLineEditor? {
    context.map { Unmanaged<EditLineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  func systemMessage() -> String {
    String(cString: strerror(errno))
  }
}

/// The edited text and the place of the cursor in it, in scalars.
struct EditedLine: Equatable {
  var scalars: [Unicode.Scalar]
  var cursor: Int
}

// What libedit holds, read and changed.
extension EditLineEditor {
  func line() -> EditedLine {
    guard let handle else { return EditedLine(scalars: [], cursor: 0) }
    let view = cel_line(handle)
    let text = UnsafeBufferPointer(start: view.text, count: Int(view.length))
    return EditedLine(scalars: text.map { Unicode.Scalar(wide: $0) }, cursor: Int(view.cursor))
  }

  /// The whole statement with the part that is folded away.
  func statement(of line: EditedLine) -> [Unicode.Scalar] {
    above + gutter.plain(line.scalars)
  }

  func move(to target: Int) {
    guard let handle else { return }
    cel_move(handle, Int32(clamping: target - Int(cel_line(handle).cursor)))
  }

  func deleteBeforeCursor(_ count: Int) {
    guard let handle, count > 0 else { return }
    cel_delete_before(handle, Int32(clamping: count))
  }

  func insert(_ scalars: some Sequence<Unicode.Scalar>) -> EditorOutcome {
    guard let handle, cel_insert(handle, scalars.wideString) else { return .beep }
    return .refresh
  }

  /// Replaces the text; the cursor is at its end afterwards.
  func replaceLine(_ scalars: some Sequence<Unicode.Scalar>) {
    guard let handle else { return }
    _ = cel_replace(handle, scalars.wideString)
  }

  func push(_ key: wchar_t) {
    if let handle { cel_push(handle, key) }
  }
}

extension Array {
  /// The longest end all of whose elements fulfil the condition.
  func suffix(while condition: (Element) -> Bool) -> ArraySlice<Element> {
    let start = lastIndex { !condition($0) }.map { $0 + 1 } ?? 0
    return self[start...]
  }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
