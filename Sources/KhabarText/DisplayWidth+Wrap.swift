extension DisplayWidth {
  /// `text` in lines of at most `columns`, broken at blanks; a word that is longer than a line is broken where the line
  /// ends. A blank at a break is dropped.
  package static func wrap(_ text: String, to columns: Int) -> [String] {
    let columns = max(1, columns)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let width = of(word)
      if used > 0, used + 1 + width <= columns {
        line += " " + word
        used += 1 + width
        continue
      }
      if used > 0 { lines.append(line) }
      var rest = pieces(of: String(word), columns: columns)
      line = rest.popLast() ?? ""
      used = of(line)
      lines += rest
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  private static func pieces(of word: String, columns: Int) -> [String] {
    var pieces: [String] = []
    var rest = word
    while of(rest) > columns {
      let piece = prefix(of: rest, columns: columns)
      // What is wider than the line stands alone.
      let end = piece.isEmpty ? rest.index(after: rest.startIndex) : piece.endIndex
      pieces.append(String(rest[..<end]))
      rest = String(rest[end...])
    }
    if !rest.isEmpty || pieces.isEmpty { pieces.append(rest) }
    return pieces
  }
}
