import Khabar
import KhabarRender
import KhabarSyntax
import KhabarText

/// A command to the shell itself. Help, completion and dispatch all read the one table, `DotCommand.all`.
struct DotCommand: Sendable {
  /// What its argument is, for completion and for telling what was expected.
  enum Argument: Sendable {
    case nothing, topic, models, format, language, query, pattern, names, onOff, file, row, text
    case limit, setting, step
    /// A number and a query.
    case interval
  }

  /// Without the dot.
  var name: String
  var otherNames: [String] = []
  /// `[FORMAT]`
  var parameters: String
  var argument: Argument
  /// One line.
  var help: String
  var example: String
  var act: @Sendable (Shell, DotLine) throws -> Void

  /// In the order of `.help`.
  static let all = asking + showing + answering + controlling + scripting + leaving

  static func named(_ name: String) -> DotCommand? {
    let name = Folding.fold(name)
    return all.first { $0.name == name || $0.otherNames.contains(name) }
  }

  /// `.mode [FORMAT]`
  var usage: String { parameters.isEmpty ? "." + name : ".\(name) \(parameters)" }
}

/// A dot command as it was typed.
struct DotLine {
  struct Word {
    var text: String
    var span: Span
  }

  let source: SourceText
  /// With its dot.
  let name: Word
  /// Everything after the name.
  let rest: Word
  /// The rest, word by word; double quotes hold a word together.
  let words: [Word]

  init(_ source: SourceText) {
    self.source = source
    let utf8 = source.utf8
    let nameStart = utf8.firstIndex { !DotLine.isBlank($0) } ?? utf8.count
    let nameEnd = utf8[nameStart...].firstIndex(where: DotLine.isBlank) ?? utf8.count
    let restStart = utf8[nameEnd...].firstIndex { !DotLine.isBlank($0) } ?? utf8.count
    let restEnd = utf8.lastIndex { !DotLine.isBlank($0) }.map { $0 + 1 } ?? utf8.count
    let nameSpan = Span(nameStart, nameEnd)
    let restSpan = Span(min(restStart, restEnd), restEnd)
    name = Word(text: source.text(nameSpan), span: nameSpan)
    rest = Word(text: source.text(restSpan), span: restSpan)
    words = DotLine.words(in: utf8, from: restSpan.lower, to: restSpan.upper)
  }

  /// Whether a line is a dot command and no statement.
  static func isOne(_ text: String) -> Bool {
    let begun = text.utf8.drop(while: isBlank)
    return begun.first == UInt8(ascii: ".") || isForeign(begun)
  }

  /// `\d`, as psql has its commands: no statement begins so, and the message says what it is called here.
  private static func isForeign(_ begun: Substring.UTF8View) -> Bool {
    guard begun.first == UInt8(ascii: "\\"), let next = begun.dropFirst().first else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20) || next == UInt8(ascii: "?")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func words(in utf8: [UInt8], from start: Int, to end: Int) -> [Word] {
    var words: [Word] = []
    var index = start
    while index < end {
      while index < end, isBlank(utf8[index]) { index += 1 }
      let first = index
      var bytes: [UInt8] = []
      var isQuoted = false
      while index < end, isQuoted || !isBlank(utf8[index]) {
        if utf8[index] == UInt8(ascii: "\"") { isQuoted.toggle() } else { bytes.append(utf8[index]) }
        index += 1
      }
      if index > first {
        words.append(Word(text: String(decoding: bytes, as: UTF8.self), span: Span(first, index)))
      }
    }
    return words
  }

  /// The line with blanks in place of the command's name: places in it are places in the line.
  var query: SourceText { text(after: name) }

  /// The same for all that comes before the end of a word.
  func text(after word: Word) -> SourceText {
    let blanks = String(repeating: " ", count: word.span.upper)
    let rest = String(decoding: source.utf8[word.span.upper...], as: UTF8.self)
    return SourceText(name: source.name, text: blanks + rest, firstLine: source.firstLine)
  }

  /// What is wrong with the line.
  func error(_ id: String, _ message: String, at word: Word, help: String...) -> KhabarError {
    KhabarError([Diagnostic(id, message, at: word.span, help: help)], in: source)
  }
}
