/// Whether the lines being read belong to an `expect`, whose query may take several.
///
///     expect meetings in Moscow
///       | select id              → it goes on
///     = id                       → a line of the expected table
struct Expectation {
  private var isOpen = false
  /// How many parentheses are open in it.
  private var depth = 0
  /// Whether its last line asks for another one.
  private var asksForMore = false

  /// Whether a line that begins with `=` would be one of the expected table.
  var takesLines: Bool { isOpen && depth <= 0 && !asksForMore }

  /// Takes note of the tokens of a line.
  mutating func read(_ line: ArraySlice<Token>) {
    guard let first = line.first else { return }
    if !isOpen || !goesOn(with: first) {
      isOpen = beginsExpectation(first)
      depth = 0
    }
    guard isOpen else { return }
    if case .expected = first.kind { return }
    for token in line {
      if token.kind == .symbol(.leftParenthesis) { depth += 1 }
      if token.kind == .symbol(.rightParenthesis) { depth -= 1 }
    }
    asksForMore = Layout.asksForMore(after: line)
  }

  private func goesOn(with first: Token) -> Bool {
    if case .expected = first.kind { return true }
    return depth > 0 || asksForMore || first.kind == .symbol(.pipe)
  }

  private func beginsExpectation(_ first: Token) -> Bool {
    guard case .word(let text) = first.kind else { return false }
    return Keyword.expect.spells(text)
  }
}

/// What stands below an `expect`: a line with the names of the columns, then a line for each row, cells apart by `|`.
///
///     = id               | time
///     = lavrov_bayramov  | 2023-05-19
package struct ExpectedTable: Hashable, Sendable {
  /// Without the `=` they begin with, and the blanks around.
  package var lines: [String]

  package init(_ lines: [String]) { self.lines = lines }

  /// The lines with one blank on either side of each `|`, which is how they are compared.
  package var plainLines: [String] { lines.map(Self.plain) }

  package static func plain(_ line: String) -> String {
    var cells: [Substring] = []
    var start = line.startIndex
    var isEscaped = false
    for index in line.indices {
      if line[index] == "|", !isEscaped {
        cells.append(line[start..<index])
        start = line.index(after: index)
      }
      isEscaped = line[index] == "\\" && !isEscaped
    }
    cells.append(line[start...])
    return self.line(cells.map(trimmed))
  }

  private static func trimmed(_ cell: Substring) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    let start = cell.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...last])
  }

  /// A line as it stands in a script.
  package static func written(_ line: String) -> String { line.isEmpty ? "=" : "= " + line }

  /// One line of cells.
  package static func line(_ cells: [String]) -> String {
    var line = cells.joined(separator: " | ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
