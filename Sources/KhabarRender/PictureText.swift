import KhabarEval
import KhabarPlan
import KhabarText

/// What all pictures share: the window, the glyphs, and how texts of any script are fitted into columns.
struct PictureText {
  /// Where nobody says how wide the window is.
  static let usualWidth = 80

  let options: RenderOptions
  let width: Int
  let glyphs: PictureGlyphs
  private let cells: CellText

  init(_ result: ResultTable, options: RenderOptions) {
    var options = options
    if options.isASCII, options.null == nil { options.null = "-" }
    self.options = options
    width = max(1, options.width ?? Self.usualWidth)
    glyphs = options.isASCII ? .ascii : .unicode
    cells = CellText(result, format: .table, options: options)
  }

  var null: String { cells.null }

  func text(_ value: Value) -> String { cells.visible(value) }

  /// What a row is called.
  func label(_ label: Drawing.Label, _ row: [Value]) -> String {
    let known = label.columns.compactMap { column in
      column < row.count && !row[column].isEmpty ? text(row[column]) : nil
    }
    if !known.isEmpty { return known.joined(separator: ", ") }
    guard let id = label.id, id < row.count else { return null }
    return text(row[id])
  }

  /// The text cut and filled to `columns`; on terminals that reorder, between marks.
  func fitted(_ text: String, _ columns: Int, alignment: DisplayWidth.Alignment = .left) -> String {
    let short = cut(text, to: columns)
    let fill = DisplayWidth.spaces(columns - DisplayWidth.of(short))
    return alignment == .right ? fill + isolated(short) : isolated(short) + fill
  }

  func cut(_ text: String, to columns: Int) -> String {
    guard DisplayWidth.of(text) > columns else { return text }
    let room = columns - DisplayWidth.of(glyphs.ellipsis)
    guard room >= 0 else { return String(DisplayWidth.prefix(of: text, columns: columns)) }
    return DisplayWidth.prefix(of: text, columns: room) + glyphs.ellipsis
  }

  func isolated(_ text: String) -> String { options.isolates ? Bidi.isolate(text) : text }

  func styled(_ text: String, _ style: TerminalStyle) -> String { style.apply(text, enabled: options.colour) }

  /// A line without the blanks at its end.
  func write(_ line: String, to output: inout some TextOutputStream) {
    var line = line
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    output.write(line + "\n")
  }

  /// How many rows are drawn.
  func writeCount(_ count: Int, to output: inout some TextOutputStream) {
    writeWrapped([count == 1 ? "1 row" : "\(count) rows"], to: &output)
  }

  /// Phrases, as many on a line as fit; one that is longer than a line goes on below, `indent` columns in.
  func writeWrapped(
    _ phrases: [String], first: String = "", indent: Int = 0, separator: String = "  ",
    to output: inout some TextOutputStream
  ) {
    for line in wrapped(phrases, first: first, indent: indent, separator: separator) {
      write(line, to: &output)
    }
  }

  private func wrapped(_ phrases: [String], first: String, indent: Int, separator: String) -> [String] {
    let indent = min(indent, width - 1)
    var lines: [String] = []
    var line = first
    var used = DisplayWidth.of(first)
    var isEmpty = true
    func feed() {
      lines.append(line)
      line = DisplayWidth.spaces(indent)
      used = indent
      isEmpty = true
    }
    for (index, phrase) in phrases.enumerated() {
      let end = index + 1 < phrases.count && separator != "  " ? separator.filter { $0 != " " } : ""
      let blank = isEmpty ? "" : separator == "  " ? separator : " "
      if used + blank.utf8.count + DisplayWidth.of(phrase + end) > width, !isEmpty {
        feed()
      } else {
        line += blank
        used += blank.utf8.count
      }
      for (number, piece) in pieces(phrase + end, first: max(1, width - used), room: max(1, width - indent))
        .enumerated()
      {
        if number > 0 { feed() }
        line += isolated(piece)
        used += DisplayWidth.of(piece)
        isEmpty = false
      }
    }
    return lines + [line]
  }

  /// A phrase in as many pieces as it takes lines, broken between words where there are any.
  private func pieces(_ phrase: String, first: Int, room: Int) -> [String] {
    var pieces: [String] = []
    var rest = phrase[...]
    var space = first
    while DisplayWidth.of(rest) > space {
      var piece = DisplayWidth.prefix(of: String(rest), columns: space)
      // A character wider than the room goes alone.
      if piece.isEmpty { piece = rest.prefix(1) }
      if let blank = piece.lastIndex(of: " "), blank > piece.startIndex { piece = piece[..<blank] }
      pieces.append(String(piece))
      rest = rest.dropFirst(piece.count).drop { $0 == " " }
      space = room
    }
    return rest.isEmpty ? pieces : pieces + [String(rest)]
  }
}

extension Value {
  /// Missing, or a list without a value.
  var isEmpty: Bool { isMissing || self == .list([]) }

  /// The values of a list, or the value itself; nothing gives one that is missing.
  var elements: [Value] {
    if isEmpty { return [.missing] }
    if case .list(let values) = self { return values }
    return [self]
  }
}
