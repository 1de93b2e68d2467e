// The line editors of the shell: from keys or bytes to statements.
//
// Two kinds read standard input. `EditLineEditor` is for people: libedit under it, a statement of several lines is
// edited as one text, Tab completes, the history is a key away. `PlainLineReader` is for pipes and for terminals
// that can't be edited on. Neither knows the language: whether a statement is complete and what could stand at the
// cursor are questions to the closures they are given.
//
//     let history = History()
//     let editor: any LineEditor =
//       EditLineEditor(history: history, isComplete: isComplete, complete: complete) ?? PlainLineReader()
//     while case .statement(let text) = editor.readStatement(prompt: "khabar> ", continuation: "┊\t") {
//       history.append(text)
//     }
//
// libedit draws no prompt before a text's second line. What stands there is the gutter: the continuation prompt as
// characters of the text itself, inserted with each newline and taken out before anybody sees the text. A gutter of
// a box-drawing character and a tab is the best one: eight columns, the width of `khabar> `.

import KhabarText

/// What the shell needs of an editor; the terminal's is `EditLineEditor`, a pipe's is `PlainLineReader`.
protocol LineEditor: AnyObject {
  /// A statement without its last newline; of a pipe, one line.
  func readStatement(prompt: String, continuation: String) -> ReadResult
}

enum ReadResult: Equatable {
  case statement(String)
  /// Ctrl-C: the line is dropped.
  case interrupted
  case endOfInput
  /// What the system says.
  case failed(String)
}

/// One thing that could stand at the cursor.
struct Completion: Equatable {
  /// What comes in place of what is being completed.
  var insertion: String
  /// What the list shows.
  var display: String
  /// What the list says about it: a kind, a count.
  var note: String?

  /// More candidates than this help nobody; where there are so many, there may be more.
  static let most = 100

  init(insertion: String, display: String, note: String? = nil) {
    self.insertion = insertion
    self.display = VisibleText.escape(display)
    self.note = note.map { VisibleText.escape($0) }
  }
}
