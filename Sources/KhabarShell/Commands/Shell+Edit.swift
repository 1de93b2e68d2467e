import Glibc
import Khabar
import KhabarSyntax
import KhabarText

// `.edit`: the last statement in the editor of one's choice.
extension Shell {
  func edit(_ line: DotLine) throws {
    guard isInteractive else {
      throw line.error("E0640", "`.edit` needs a terminal", at: line.name, help: "use it in the shell")
    }
    try checkMayRunCommands(line.name, line)
    let file = try EditedFile(lastStatement.isEmpty ? "" : lastStatement + "\n")
    defer { file.remove() }
    let editor =
      [Terminal.environment("VISUAL"), Terminal.environment("EDITOR")].compactMap { $0 }
      .first { !$0.isEmpty } ?? "vi"
    let status = ChildProcess.run(command: editor + " \"$1\"", argument: file.path)
    Signals.clearInterrupt()
    guard status == 0 else {
      throw line.error(
        "E0641", "the editor `\(editor)` ended with status \(status); nothing is run", at: line.name,
        help: "VISUAL or EDITOR in the environment says which editor is opened")
    }
    var text = try ModelFiles.source(ofFile: file.path).text
    while text.unicodeScalars.last?.properties.isWhitespace == true { text.unicodeScalars.removeLast() }
    guard !text.isEmpty else { return runner.tell("nothing is run") }
    runner.output.write(VisibleText.escapeLines(text) + "\n")
    runner.output.flush()
    history?.append(text)
    if !DotLine.isOne(text) { lastStatement = text }
    if !run(SourceText(name: "", text: text)) { throw ScriptFailure() }
  }
}

/// A file of one's own that is gone afterwards.
private struct EditedFile {
  let path: String

  init(_ text: String) throws {
    let folder = Terminal.environment("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array((folder + "/khabar-XXXXXX.khabar").utf8CString)
    let descriptor = mkstemps(&template, 7)
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    guard descriptor >= 0 else {
      throw KhabarError("is there room in \(folder)?", id: "E0619", "cannot write `\(path)`")
    }
    defer { close(descriptor) }
    let file = OutputFile(descriptor)
    file.write(text)
    file.flush()
  }

  func remove() { unlink(path) }
}

/// A program that has the terminal to itself while it runs.
enum ChildProcess {
  /// Runs a command of the shell, whose `$1` is the argument, and gives its status; 127 if it could not be begun.
  static func run(command: String, argument: String) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var standard = sigset_t()
    sigemptyset(&standard)
    for signal in [SIGINT, SIGQUIT, SIGTSTP, SIGPIPE] { sigaddset(&standard, signal) }
    posix_spawnattr_setsigdefault(&attributes, &standard)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var modes = termios()
    let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
    // Ctrl-C and Ctrl-\ are the program's.
    let quit = signal(SIGQUIT, SIG_IGN)
    defer { signal(SIGQUIT, quit) }
    var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command, "sh", argument].map {
      (text: String) in strdup(text)
    }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var child = pid_t()
    guard posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
