import KhabarText

// One statement, printed on one line, to the lines that a careful author would write.
//
//     let x = (events with A) | union (events with B) | …     →     let x = (events with A)
//                                                                     | union (events with B)
//                                                                     | …
//
// What enters are the tokens of the line and the comments that stand between them; what leaves is text whose tokens
// are the same. A statement that fits stays on its line. Else each stage gets a line; a stage that is still too long
// breaks after commas, `and` and `or`; then the parentheses open. Nothing depends on how the author broke the lines:
// the layout is a function of the tree and its comments, the same whatever language it came from. A comment keeps
// its place between two tokens. Where the grammar lets no line end there, a `\` before it joins the lines.

/// A comment between two tokens of a statement.
struct InnerComment {
  /// From its `#`, without blanks at the end.
  var text: String
  /// On the line of the token before it.
  var isTrailing: Bool
}

/// Breaks a statement into lines.
struct StatementLayout {
  /// A statement that takes no more columns stays on one line.
  static let width = 100

  let line: SourceText
  let tokens: [Token]
  /// Comments by the token that they stand before; those at the count of tokens stand after the last.
  var comments: [Int: [InnerComment]]
  /// For `(` the place of its `)`, and the other way round.
  private(set) var partners: [Int: Int] = [:]
  /// How many parentheses are open before each token.
  private var depths: [Int] = []
  /// Columns and comments of all tokens before each, for the sums of ranges.
  private var columnsBefore: [Int] = [0]
  private var commentsBefore: [Int] = [0]
  private let keywords: [[Keyword]]

  private(set) var text = ""
  private(set) var column = 0
  /// Of the line being written.
  private(set) var indent = 0

  /// The lines of a statement that has no comments inside; the last line is not ended.
  static func lines(of line: String) -> String { lines(of: line, comments: [:]) }

  /// The lines below an `expect` stay as they are.
  static func lines(of text: String, comments: [Int: [InnerComment]]) -> String {
    let line = beginning(of: text)
    return lines(ofLine: line, comments: comments) + text.dropFirst(line.count)
  }

  /// A statement without the lines below it.
  static func beginning(of text: String) -> String { String(text.prefix { $0 != "\n" }) }

  private static func lines(ofLine line: String, comments: [Int: [InnerComment]]) -> String {
    if comments.isEmpty, DisplayWidth.of(line) <= width, !endsOpen(line) { return line }
    var layout = StatementLayout(line, comments: comments)
    layout.layOut()
    return layout.text
  }

  /// Whether the last word of a statement would join it with the next line.
  private static func endsOpen(_ line: String) -> Bool {
    Keyword.continuesLine(String(SyntaxPrinter.lastWord(of: line)))
  }

  private init(_ text: String, comments: [Int: [InnerComment]]) {
    line = SourceText(name: "", text: text)
    tokens = Lexer.tokens(of: line).tokens.filter { $0.kind != .end }
    self.comments = comments
    let parser = Parser(line, tokens: tokens)
    keywords = tokens.indices.map { parser.keywords(at: $0).keywords }
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind == .symbol(.rightParenthesis), let partner = open.popLast() {
        partners[partner] = index
        partners[index] = partner
      }
      depths.append(open.count)
      if token.kind == .symbol(.leftParenthesis) { open.append(index) }
      let space = hasSpace(before: index) ? 1 : 0
      columnsBefore.append(columnsBefore[index] + space + DisplayWidth.of(line.text(token.span)))
      commentsBefore.append(commentsBefore[index] + (comments[index]?.count ?? 0))
    }
  }

  // MARK: - What is where

  private func hasSpace(before index: Int) -> Bool {
    index > 0 && tokens[index - 1].span.upper < tokens[index].span.lower
  }

  func has(_ keyword: Keyword, at index: Int) -> Bool { keywords[index].contains(keyword) }

  func isSymbol(_ symbol: Symbol, at index: Int) -> Bool { tokens[index].kind == .symbol(symbol) }

  /// The columns of a range, without the blank before it.
  func columns(_ range: Range<Int>) -> Int {
    guard let first = range.first else { return 0 }
    return columnsBefore[range.upperBound] - columnsBefore[first] - (hasSpace(before: first) ? 1 : 0)
  }

  func hasComments(inside range: Range<Int>) -> Bool {
    range.count > 1 && commentsBefore[range.upperBound] > commentsBefore[range.lowerBound + 1]
  }

  /// Whether a range goes on the line being written.
  func fits(_ range: Range<Int>, followedBy more: Int = 0) -> Bool {
    guard let first = range.first, !hasComments(inside: range) else { return range.isEmpty }
    let space = column > indent && hasSpace(before: first) ? 1 : 0
    return column + space + columns(range) + more <= Self.width
  }

  /// The tokens of a range that no parenthesis inside it holds.
  func outer(_ range: Range<Int>) -> [Int] {
    var result: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      result.append(index)
      index = isSymbol(.leftParenthesis, at: index) ? (partners[index] ?? index) + 1 : index + 1
    }
    return result
  }

  /// A range cut before each of these places.
  func cut(_ range: Range<Int>, before places: [Int]) -> [Range<Int>] {
    let starts = [range.lowerBound] + places.filter { $0 > range.lowerBound && $0 < range.upperBound }
    return zip(starts, starts.dropFirst() + [range.upperBound]).map { $0..<$1 }
  }

  private func isArabic(_ index: Int) -> Bool {
    line.text(tokens[index].span).unicodeScalars.allSatisfy { Bidi.isRightToLeft($0) }
  }

  // MARK: - Writing

  mutating func write(_ index: Int) {
    if column > indent, hasSpace(before: index) { append(" ") }
    append(line.text(tokens[index].span))
  }

  mutating func append(_ more: String) {
    text += more
    column += DisplayWidth.of(more)
  }

  /// Goes to the next line before a token, with the comments that stand there.
  mutating func breakLine(before index: Int, indent: Int) {
    let isJoined = index > 0 && !mayBreak(before: index)
    if isJoined { text += " \\" }
    for (place, comment) in (comments[index] ?? []).enumerated() {
      if place == 0, comment.isTrailing, index > 0 {
        text += "  " + comment.text
      } else {
        startLine(indent)
        text += (isJoined ? "\\ " : "") + comment.text
      }
    }
    startLine(indent)
  }

  private mutating func startLine(_ indent: Int) {
    if !text.isEmpty { text += "\n" }
    text += String(repeating: " ", count: indent)
    column = indent
    self.indent = indent
  }

  /// Whether a line may end before a token without a `\`.
  private func mayBreak(before index: Int) -> Bool {
    depths[index] > 0 || isSymbol(.rightParenthesis, at: index) || isSymbol(.pipe, at: index)
      || Layout.asksForMore(after: tokens[..<index])
  }

  // MARK: - Statements

  private mutating func layOut() {
    guard !tokens.isEmpty else { return }
    if comments[0] != nil { breakLine(before: 0, indent: 0) }
    if has(.define, at: 0) { layOutDefinition() } else { layOutQuery(tokens.indices, indent: 0) }
    if Layout.asksForMore(after: tokens[...]) { append(isArabic(tokens.count - 1) ? "؛" : ";") }
    for (place, comment) in (comments[tokens.count] ?? []).enumerated() {
      if place == 0, comment.isTrailing { text += "  " } else { startLine(0) }
      text += comment.text
    }
  }

  /// A range on this line; or else its stages, each on a line.
  private mutating func layOutQuery(_ range: Range<Int>, indent: Int) {
    if fits(range) { return range.forEach { write($0) } }
    let stages = cut(range, before: outer(range).filter { isSymbol(.pipe, at: $0) })
    for (place, stage) in stages.enumerated() {
      if place > 0 { breakLine(before: stage.lowerBound, indent: indent + 2) }
      layOutStage(stage)
    }
  }

  /// A stage on this line; or else as much on each line as fits, broken after commas, `and` and `or`.
  private mutating func layOutStage(_ range: Range<Int>) {
    if fits(range) { return range.forEach { write($0) } }
    let further = indent + 4
    for (place, part) in cut(range, before: breaks(in: range)).enumerated() {
      if place > 0, !fits(part) || comments[part.lowerBound] != nil {
        breakLine(before: part.lowerBound, indent: further)
      }
      layOutPart(part, further: further)
    }
  }

  /// The places after the commas and the words `and` and `or` of a range; the `and` of `between` is none.
  private func breaks(in range: Range<Int>) -> [Int] {
    var betweens = 0
    var places: [Int] = []
    for index in outer(range) {
      if has(.between, at: index) { betweens += 1 }
      if has(.and, at: index), betweens > 0 {
        betweens -= 1
      } else if isSymbol(.comma, at: index) || has(.and, at: index) || has(.or, at: index) {
        places.append(index + 1)
      }
    }
    return places
  }

  // MARK: - Parentheses

  /// What has no place to break but in its parentheses, and before the comments in it.
  private mutating func layOutPart(_ range: Range<Int>, further: Int) {
    if fits(range) { return range.forEach { write($0) } }
    let places = outer(range)
    let opening = places.filter { isSymbol(.leftParenthesis, at: $0) && partners[$0] != nil }
    let isChain = places.contains { has(.then, at: $0) }
    for index in places {
      if index > range.lowerBound, comments[index] != nil { breakLine(before: index, indent: further) }
      guard let close = partners[index], close > index else {
        write(index)
        continue
      }
      let next = opening.first { $0 > index }
      let mustOpen = isChain && hasSpace(before: index)
      if !mustOpen, fits(index..<(next ?? range.upperBound - 1) + 1) {
        (index...close).forEach { write($0) }
      } else {
        open(index, close)
      }
    }
  }

  /// `(`, what it holds two columns further on the lines after it, and `)` on a line of its own.
  private mutating func open(_ opening: Int, _ closing: Int) {
    let outer = indent
    write(opening)
    if closing > opening + 1 {
      breakLine(before: opening + 1, indent: outer + 2)
      layOutQuery(opening + 1..<closing, indent: outer + 2)
    }
    breakLine(before: closing, indent: outer)
    write(closing)
  }
}
