import Glibc
import Khabar
import KhabarRender
import KhabarSyntax

/// The shell: reads statements and dot commands, runs them, and goes on after mistakes; or, where standard input is no
/// terminal, stops at the first.
package final class Shell {
  package static let version = "0.1.0"

  let runner: StatementRunner
  var history: History?
  var isInteractive = false
  /// Set by `.quit`.
  var isLeft = false

  package init(_ runner: StatementRunner) {
    self.runner = runner
  }

  // MARK: - On a terminal

  /// Talks with a person until they leave; false: the terminal cannot be read.
  package func talk(keepsHistory: Bool) -> Bool {
    isInteractive = true
    let history = keepsHistory ? History() : History(path: nil)
    if !keepsHistory { _ = history.takeNote() }
    self.history = history
    Signals.install()
    let isComplete: (String) -> Bool = { $0.first == "." || Parser.isComplete($0) }
    let editor: any LineEditor =
      EditLineEditor(history: history, isComplete: isComplete) { [weak self] in
        self?.completions($0, cursor: $1) ?? (0, [])
      } ?? PlainLineReader(isComplete: isComplete)
    runner.tell(greeting)
    while !isLeft {
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
    if let note = history.takeNote() { runner.tell(note) }
    Signals.clearInterrupt()
    if text.first == "." {
      obey(SourceText(name: "", text: text))
    } else {
      runner.run(SourceText(name: "", text: text))
    }
    Signals.clearInterrupt()
  }

  // MARK: - Off a terminal

  /// Runs what standard input says, up to the first mistake; false: there was one.
  package func readStandardInput() -> Bool {
    let stream = StatementStream(PlainLineReader())
    while !isLeft, let item = stream.next() {
      switch item {
      case .statements(let source): if !runner.run(source) { return false }
      case .dotCommand(let line): if !obey(line) { return false }
      case .failed(let reason):
        runner.tell("khabar: cannot read standard input: \(reason)")
        return false
      }
    }
    return true
  }
}
