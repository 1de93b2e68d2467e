import Glibc
import Khabar
import KhabarSyntax
import KhabarText

/// Where an answer goes.
enum Destination: Equatable {
  case screen
  /// What is in the file is replaced.
  case file(String)
  /// To a command's standard input; run by `sh -c`.
  case command(String)
}

/// An answer on its way to its destination. On the screen, what is longer than the window goes through the pager.
final class AnswerStream: TextOutputStream {
  private var file: OutputFile
  private var process: UnsafeMutablePointer<FILE>?
  private let destination: Destination
  /// What is held back until it is known whether it fits the window; nil: nothing is.
  private var held: String?
  private var heldRows = 0
  private let pager: Pager?

  init(_ destination: Destination, screen: OutputFile, pager: Pager? = nil) throws {
    self.destination = destination
    self.pager = destination == .screen ? pager : nil
    file = screen
    switch destination {
    case .screen: held = pager == nil ? nil : ""
    case .file(let path):
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw AnswerStream.failure(path, errno) }
      file = OutputFile(descriptor, endsProcess: false)
    case .command(let command): try start(command)
    }
  }

  /// Whether nobody takes any more.
  var isClosed: Bool { file.failure != nil }

  func write(_ text: String) {
    guard held != nil, let pager else { return file.write(text) }
    held?.append(text)
    heldRows += pager.rows(of: text)
    guard heldRows > pager.size.rows - 1 else { return }
    let beginning = held ?? ""
    held = nil
    try? start(pager.command)
    file.write(beginning)
  }

  /// To be called at the end.
  func finish() throws {
    if let held { file.write(held) }
    file.flush()
    if let process {
      let status = pclose(process)
      signal(SIGPIPE, SIG_DFL)
      // What was pressed meanwhile was meant for the pager, or has ended the command.
      Signals.clearInterrupt()
      // A pager that is left early has not failed; nor has a command that has read enough.
      guard case .command(let command) = destination, status != 0, status & 0x7F != SIGPIPE else { return }
      throw AnswerStream.failure(ofCommand: command, status)
    }
    guard case .file(let path) = destination else { return }
    close(file.descriptor)
    if let failure = file.failure { throw AnswerStream.failure(path, failure) }
  }

  private func start(_ command: String) throws {
    file.flush()
    setenv("LESSCHARSET", "utf-8", 0)
    guard let process = popen(command, "w") else { throw AnswerStream.failure(command, errno) }
    // Only here: what is started has the default.
    signal(SIGPIPE, SIG_IGN)
    self.process = process
    file = OutputFile(fileno(process), endsProcess: false)
  }

  private static func failure(_ name: String, _ reason: Int32) -> KhabarError {
    KhabarError(
      "the answer is kept: `.last` shows it", id: "E0645",
      "cannot write to `\(name)`: \(String(cString: strerror(reason)))")
  }

  private static func failure(ofCommand command: String, _ status: Int32) -> KhabarError {
    let exit = status & 0x7F == 0 ? "with status \((status >> 8) & 0xFF)" : "by signal \(status & 0x7F)"
    return KhabarError("the answer is kept: `.last` shows it", id: "E0646", "`\(command)` ended \(exit)")
  }
}

/// What shows answers that are longer than the window.
struct Pager: Equatable {
  var command: String
  var size: Terminal.Size

  /// `$PAGER`, else `less -R` if there is one; nil where `$PAGER` is empty or `cat`.
  static var command: String? {
    if let command = Terminal.environment("PAGER") {
      return command.isEmpty || command == "cat" ? nil : command
    }
    let folders = (Terminal.environment("PATH") ?? "").split(separator: ":")
    return folders.contains { access($0 + "/less", X_OK) == 0 } ? "less -R" : nil
  }

  /// How many rows of the window a text takes up.
  func rows(of text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) { rows, line in
      let columns = DisplayWidth.of(String(PromptText.withoutSequences(String(line))))
      return rows + max(1, (columns + size.columns - 1) / size.columns)
    }
  }
}
