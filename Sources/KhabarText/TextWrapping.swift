/// Text in lines that fit a window.
package enum TextWrapping {
  /// Breaks each line of a text at its blanks. What goes on begins under the first word, further in by `hanging`; a word
  /// that does not fit stands alone.
  package static func wrap(_ text: String, width: Int, hanging: Int = 0) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrap(line: String($0), width: width, hanging: hanging)
    }
  }

  private static func wrap(line: String, width: Int, hanging: Int) -> [String] {
    guard DisplayWidth.of(line) > width else { return [line] }
    let indent = line.prefix { $0 == " " }.count
    let next = DisplayWidth.spaces(min(indent + hanging, max(0, width / 2)))
    var lines: [String] = []
    var current = DisplayWidth.spaces(min(indent, max(0, width / 2)))
    var isEmpty = true
    // Blanks within a line may be a column's; they stay as they are where no line breaks.
    for piece in line.dropFirst(indent).split(separator: " ", omittingEmptySubsequences: false) {
      let longer = isEmpty ? current + piece : current + " " + piece
      if !isEmpty, DisplayWidth.of(longer) > width {
        lines.append(trimmed(current))
        current = next + piece
        isEmpty = piece.isEmpty
        if isEmpty { current = next }
      } else {
        current = longer
        isEmpty = isEmpty && piece.isEmpty
      }
    }
    if !isEmpty { lines.append(trimmed(current)) }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}
