import KhabarText

/// One line of a source as a diagnostic shows it: tabs expanded, invisible characters spelled out, a long line
/// cut to a window around what matters; and the way from UTF-8 offsets to display columns.
struct EchoedLine {
  /// The width above which a line is cut, and the width it is cut to.
  static let maximumWidth = 120
  static let tabWidth = 4
  /// No more bytes than these are looked at on either side of the span, however long the line is.
  private static let reach = 2048

  /// What is drawn for one cluster of the source.
  private struct Cell {
    var offset: Int
    var column: Int
    var width: Int
    var text: String
    var isRightToLeft: Bool
  }

  let line: Int
  private var cells: [Cell] = []
  private var endOffset: Int
  private var endColumn = 0
  private var isCutLeft = false
  private var isCutRight = false

  /// The columns there are for it.
  private let width: Int

  init(_ source: SourceText, line: Int, around span: Span, width: Int = Self.maximumWidth) {
    self.line = line
    self.width = min(Self.maximumWidth, max(12, width))
    let bytes = source.bytes(ofLine: line)
    let start = Self.boundary(in: bytes, near: span.lower - Self.reach)
    endOffset = Self.boundary(in: bytes, near: span.lower + Self.reach)
    isCutLeft = start > bytes.startIndex
    isCutRight = endOffset < bytes.endIndex
    addCells(String(decoding: bytes[start..<endOffset], as: UTF8.self), from: start)
    if endColumn > self.width || isCutLeft || isCutRight { cut(around: span) }
  }

  /// The text to print after the gutter.
  func text(isolates: Bool) -> String {
    let body = isolates ? isolatedText : cells.reduce(into: "") { $0 += $1.text }
    return (isCutLeft ? "…" : "") + body + (isCutRight ? "…" : "")
  }

  /// The columns, from 0, that stand for a span: at least one, with the whole of each cluster the span touches,
  /// and no farther than one column behind the line.
  func columns(of span: Span) -> Range<Int> {
    let shift = isCutLeft ? 1 - (cells.first?.column ?? 0) : 0
    let end = max(0, endColumn + shift)
    let first = cells.last { $0.offset <= span.lower }
    let lower = span.lower >= endOffset ? end : first.map { $0.column + shift } ?? 0
    let next = span.upper >= endOffset ? nil : cells.first { $0.offset >= span.upper }
    let upper = next.map { $0.column + shift } ?? end
    return lower..<max(lower + 1, upper)
  }

  // MARK: - Cells

  private mutating func addCells(_ text: String, from start: Int) {
    var offset = start
    for cluster in text {
      let drawn = cluster == "\t" ? tab : VisibleText.escape(cluster)
      let width = DisplayWidth.of(drawn)
      cells.append(
        Cell(
          offset: offset, column: endColumn, width: width, text: drawn,
          isRightToLeft: Bidi.isRightToLeft(cluster)))
      offset += cluster.utf8.count
      endColumn += width
    }
  }

  /// Spaces up to the next tab stop.
  private var tab: String { DisplayWidth.spaces(Self.tabWidth - endColumn % Self.tabWidth) }

  /// The nearest start of a UTF-8 sequence at or before `offset`, inside the line.
  private static func boundary(in bytes: ArraySlice<UInt8>, near offset: Int) -> Int {
    var position = min(max(bytes.startIndex, offset), bytes.endIndex)
    while position > bytes.startIndex, position < bytes.endIndex, bytes[position] & 0xC0 == 0x80 {
      position -= 1
    }
    return position
  }

  // MARK: - The window

  /// Keeps the cells around the span; a span that is itself too wide is shown from its start.
  private mutating func cut(around span: Span) {
    let budget = self.width - 2
    let from = plainColumn(of: span.lower)
    let width = min(max(1, plainColumn(of: span.upper) - from), budget)
    let before = width > budget - 20 ? min(10, budget - width) : (budget - width) / 2
    let lowest = max(0, min(from - before, endColumn - budget))
    let highest = lowest + budget
    let kept = cells.filter { $0.column >= lowest && $0.column + $0.width <= highest }
    isCutLeft = isCutLeft || kept.first?.offset != cells.first?.offset
    if kept.last?.offset != cells.last?.offset {
      isCutRight = true
      if let last = kept.last { endColumn = last.column + last.width }
      endOffset = cells.first { $0.offset > kept.last?.offset ?? 0 }?.offset ?? endOffset
    }
    cells = kept
  }

  private func plainColumn(of offset: Int) -> Int {
    if offset >= endOffset { return endColumn }
    return cells.last { $0.offset <= offset }?.column ?? 0
  }

  // MARK: - Isolates

  /// Every right-to-left word between isolates of its own. A terminal that reorders then draws each word in the
  /// columns it has in the source, so that the caret stands under it; a phrase of several words would swap them.
  private var isolatedText: String {
    var result = ""
    var isInside = false
    for cell in cells {
      if cell.isRightToLeft != isInside {
        result += isInside ? Bidi.popDirectionalIsolate : Bidi.firstStrongIsolate
        isInside = cell.isRightToLeft
      }
      result += cell.text
    }
    return isInside ? result + Bidi.popDirectionalIsolate : result
  }
}
