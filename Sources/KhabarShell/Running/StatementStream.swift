import Glibc
import KhabarSyntax

/// Standard input, or a file, as statements, each as soon as it is known to be complete.
///
/// Whether a statement goes on is seen on its next line only, where that begins with `|` or `=`. So the next line is read before
/// a statement is run, whenever it may come; a program that asks and waits for the answer ends its statement with `;`.
/// Definitions that follow one another are one item, since they may refer to one another.
final class StatementStream {
  private let reader: any LineEditor
  /// What messages call it.
  private let name: String

  /// Lines that were read to see whether a statement goes on.
  private var ahead: ArraySlice<String> = []
  /// The number of the next line, from 1.
  private var lineNumber = 1

  init(_ reader: any LineEditor, name: String = "<stdin>") {
    self.reader = reader
    self.name = name
  }

  enum Item {
    /// A dot command or a statement (or several on a line), whose lines keep their numbers.
    case text(SourceText)
    case failed(String)
  }

  /// Nil at the end of the input.
  func next() -> Item? {
    let first = lineNumber
    var text = ""
    /// The statement that is not complete yet.
    var open = ""
    var depth = 0
    var isDefinition = false
    while true {
      switch nextLine() {
      case .statement(let line):
        if text.isEmpty, open.isEmpty, DotLine.isOne(line) { return .text(source(line, first)) }
        let isExpected = !text.isEmpty && open.isEmpty && line.first { !$0.isWhitespace } == "="
        open += open.isEmpty ? line : "\n" + line
        depth += Parser.parenthesisDepth(ofLine: line)
        // A long statement in parentheses is not read anew for each of its lines.
        let isWhole = (depth <= 0 || startsStatement(line)) && Parser.isComplete(open)
        guard isExpected || isWhole else { continue }
        depth = 0
        text += text.isEmpty ? open : "\n" + open
        isDefinition = isDefinition || definesSomething(open[...])
        if endsItself(open) || !goesOn(isDefinition: isDefinition) { return .text(source(text, first)) }
        open = ""
      case .failed(let reason): return .failed(reason)
      case .endOfInput, .interrupted:
        text += text.isEmpty ? open : "\n" + open
        return text.isEmpty ? nil : .text(source(text, first))
      }
    }
  }

  private func source(_ text: String, _ line: Int) -> SourceText {
    SourceText(name: name, text: text, firstLine: line)
  }

  private func nextLine() -> ReadResult {
    let result = ahead.popFirst().map { .statement($0) } ?? reader.readStatement(prompt: "", continuation: "")
    if case .statement = result { lineNumber += 1 }
    return result
  }

  /// Whether the next line that says something belongs to what has been read.
  private func goesOn(isDefinition: Bool) -> Bool {
    var index = ahead.startIndex
    while true {
      if index == ahead.endIndex {
        guard case .statement(let line) = reader.readStatement(prompt: "", continuation: "") else {
          return false
        }
        ahead.append(line)
      }
      let content = ahead[index].drop { $0.isWhitespace }
      if !content.isEmpty, content.first != "#" {
        return content.first == "|" || content.first == "=" || (isDefinition && definesSomething(content))
      }
      index += 1
    }
  }

  /// Whether the last statement ends with `;`, whatever comes next.
  private func endsItself(_ text: String) -> Bool {
    let last = text.last { !$0.isWhitespace }
    return last == ";" || last == "؛"
  }

  /// Whether a line ends what a forgotten `)` has left open.
  private func startsStatement(_ line: String) -> Bool {
    let word = line.prefix { !$0.isWhitespace }
    return line.contains(";") || Keyword.define.spells(String(word)) || Keyword.let.spells(String(word))
  }

  private func definesSomething(_ text: Substring) -> Bool {
    let word = text.drop { $0.isWhitespace }.prefix { !$0.isWhitespace && $0 != "(" }
    return Keyword.define.spells(String(word))
  }
}
