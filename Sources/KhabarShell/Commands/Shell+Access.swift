import Khabar
import KhabarSyntax

// What the user types may do what the user may do; a script that `.read` reads may do what scripts may do.
extension Shell {
  private var obeysScript: Bool { runner.session.fileAccess != .unrestricted }

  /// The path of a file that a command reads.
  func readable(_ word: DotLine.Word, _ line: DotLine) throws -> String {
    let path = HomeDirectory.expand(word.text)
    guard obeysScript, !path.hasPrefix(ModelFiles.builtInPrefix) else { return path }
    return try runner.session.readableFile(path, at: word.span, from: line.source)
  }

  /// The path of a file that a command writes.
  func writable(_ word: DotLine.Word, _ line: DotLine) throws -> String {
    let path = HomeDirectory.expand(word.text)
    return obeysScript ? try runner.session.writablePath(path, at: word.span, from: line.source) : path
  }

  /// - Throws: `KhabarError` (E0662) where a script wants a command of the system to be run.
  func checkMayRunCommands(_ word: DotLine.Word, _ line: DotLine) throws {
    guard obeysScript else { return }
    throw line.error(
      "E0662", "a script may not run commands of the system", at: word, help: "type it yourself")
  }
}
