/// The lines of a text, for those who read lines.
final class ScriptLines: LineEditor {
  private var lines: ArraySlice<Substring>

  init(_ text: String) {
    // A newline after a carriage return is one character with it.
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
  }

  func readStatement(prompt: String, continuation: String) -> ReadResult {
    lines.popFirst().map { .statement(String($0)) } ?? .endOfInput
  }
}
