import Khabar
import KhabarModel
import KhabarSyntax
import KhabarText

// The shell.
//
// What enters is a session over a model, and then, line by line, what a person or a program says; what leaves
// are results on standard output and messages on standard error.
//
//     khabar> meetings in Moscow | actors      a statement goes through `StatementRunner` to `Session`
//     khabar> .names lav                       a dot command is looked up in the one table, `DotCommand.all`
//
// Lines come from an editor (LineEditor.swift tells of the two kinds) or, off a terminal, from
// `StatementStream`, which gives statements as soon as they are complete. On a terminal a mistake is told and
// the shell goes on; off it, it is the end. Tab asks the parser what may come next and the model for names
// (`QueryCompletion`). Ctrl-C sets a flag (`Signals`) that the evaluator and the writers poll.
//
// `StatementRunner`, `ModelFiles`, `FileChecker` and `Interruption` serve the command's other ways of running,
// too.

/// The shell: reads statements and dot commands, runs them, and goes on after mistakes; or, where standard input is no
/// terminal, stops at the first.
package final class Shell {
  package static let version = "0.4.0"

  let runner: StatementRunner
  var history: History?
  var isInteractive = false
  /// Set by `.quit`.
  var isLeft = false
  /// Whether something is said at the right of a statement while it is typed.
  var showsHint = true
  /// The model whose names have been put in order for completion, or are being put.
  var prepared: EventStore?
  /// What `.edit` opens.
  var lastStatement = ""
  /// What the files that `.read` reads may read and write.
  let scriptAccess: FileAccess
  /// The files that `.read` is in.
  var openFiles = 0
  /// The tour, from its beginning on, also while it is left.
  var tour: Tour?

  /// What is said to the shell may read and write what the user may.
  package init(_ runner: StatementRunner, scriptAccess: FileAccess = FileAccess()) {
    self.runner = runner
    self.scriptAccess = scriptAccess
    runner.session.keepsAnswers = true
    runner.session.fileAccess = .unrestricted
  }

  // MARK: - On a terminal

  /// Talks with a person until they leave; false: the terminal cannot be read.
  package func talk(keepsHistory: Bool, readsInitFile: Bool = true) -> Bool {
    isInteractive = true
    let history = keepsHistory ? History() : History(path: nil)
    if !keepsHistory { _ = history.takeNote() }
    self.history = history
    Signals.install()
    let isComplete: (String) -> Bool = { DotLine.isOne($0) || Parser.isComplete($0) }
    let onTerminal = EditLineEditor(history: history, isComplete: isComplete) { [weak self] in
      self?.completions($0, cursor: $1) ?? (0, [])
    }
    onTerminal?.hint = { [weak self] in self?.hint($0, cursor: $1) }
    let editor: any LineEditor = onTerminal ?? PlainLineReader(isComplete: isComplete)
    if readsInitFile { readInitFile() }
    if !isLeft { runner.tell(greeting) }
    while !isLeft {
      prepareLargeModel()
      switch editor.readStatement(prompt: "khabar> ", continuation: "┊\t") {
      case .statement(let text): submit(text, history)
      case .interrupted: continue
      case .endOfInput: return true
      case .failed(let reason):
        runner.tell("khabar: cannot read the terminal: \(reason)")
        return false
      }
    }
    return true
  }

  private func submit(_ text: String, _ history: History) {
    guard !text.allSatisfy(\.isWhitespace) else { return }
    history.append(text)
    if let note = history.takeNote() { runner.tell(VisibleText.escape(note)) }
    Signals.clearInterrupt()
    let text = bareCommand(text) ?? text
    if !DotLine.isOne(text) { lastStatement = text }
    let answers = runner.answerCount
    run(SourceText(name: "", text: text))
    if !DotLine.isOne(text), runner.answerCount > answers { continueTour(runner.last) }
    Signals.clearInterrupt()
  }

  /// `help` for `.help`: what people type who do not know yet that commands have a dot.
  private func bareCommand(_ text: String) -> String? {
    if text.filter({ !$0.isWhitespace }) == "?" { return ".help" }
    let words = ["help", "quit", "exit"]
    return words.contains(text) && !runner.session.boundNames.contains(text) ? "." + text : nil
  }

  // MARK: - Off a terminal

  /// Runs a text, be it a dot command or statements; false: it failed.
  @discardableResult
  package func run(_ source: SourceText) -> Bool {
    DotLine.isOne(source.text) ? obey(source) : runner.run(source)
  }

  /// Runs what standard input says, up to the first mistake; false: there was one.
  package func readStandardInput() -> Bool {
    let stream = StatementStream(PlainLineReader())
    while !isLeft, let item = stream.next() {
      switch item {
      case .text(let source): if !run(source) { return false }
      case .failed(let reason):
        runner.tell("khabar: cannot read standard input: \(reason)")
        return false
      }
    }
    return true
  }
}
