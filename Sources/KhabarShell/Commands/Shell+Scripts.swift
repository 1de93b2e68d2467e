import Glibc
import Khabar
import KhabarSyntax
import KhabarText

// Scripts: files of statements and dot commands.
extension Shell {
  /// A file within a file within a file: more is surely a file that reads itself.
  private static var mostFiles: Int { 16 }

  /// `.read FILE`: runs a file up to the first mistake.
  func read(_ line: DotLine) throws {
    guard let word = line.words.first else {
      throw line.error(
        "E0610", "expected a file after `.read`", at: line.name, help: "as in `.read lib.khabar`")
    }
    guard openFiles < Shell.mostFiles else {
      throw line.error(
        "E0639", "`.read` is \(Shell.mostFiles) files deep", at: word,
        help: "does the file read itself? `import` reads each file once")
    }
    if try !readScript(try ModelFiles.source(ofFile: try readable(word, line))) {
      throw ScriptFailure()
    }
  }

  /// Runs what a file says, with the rights of scripts; false: something in it was wrong, and has been told.
  private func readScript(_ source: SourceText) throws -> Bool {
    let access = runner.session.fileAccess
    runner.session.fileAccess = scriptAccess
    defer { runner.session.fileAccess = access }
    return try obeyFile(source, goesOn: false)
  }

  private func obeyFile(_ source: SourceText, goesOn: Bool) throws -> Bool {
    openFiles += 1
    defer { openFiles -= 1 }
    let stream = StatementStream(ScriptLines(source.text), name: source.name)
    var isRight = true
    while !isLeft, !Signals.interruptRequested, case .text(let statement)? = stream.next() {
      if run(statement) { continue }
      isRight = false
      if !goesOn { return false }
    }
    return isRight
  }

  // MARK: - The first file

  /// `~/.config/khabar/init.khabar`, or in the folder that XDG_CONFIG_HOME names.
  static var initFile: String? {
    if let folder = Terminal.environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/khabar/init.khabar"
    }
    return Terminal.environment("HOME").map { $0 + "/.config/khabar/init.khabar" }
  }

  /// Runs the first file, if there is one, as if it were typed; what is wrong in it is told, and the shell goes on.
  func readInitFile() {
    guard let path = Shell.initFile, access(path, F_OK) == 0 else { return }
    do {
      _ = try obeyFile(try ModelFiles.source(ofFile: path), goesOn: true)
    } catch {
      runner.report(error)
    }
    Signals.clearInterrupt()
  }

  // MARK: - .save

  func save(_ line: DotLine) throws {
    guard let word = line.words.first else {
      throw line.error(
        "E0610", "expected a file after `.save`", at: line.name, help: "as in `.save work.khabar`")
    }
    let path = try writable(word, line)
    let script = runner.session.script
    if let second = line.words.dropFirst().first {
      guard Folding.fold(second.text) == "replace", line.words.count == 2 else {
        throw line.error(
          "E0610", "expected `replace` or nothing after the file; found `\(second.text)`", at: second,
          help: "a file's name with blanks is put in quotes")
      }
      if access(path, F_OK) == 0 { return try TextFile.replace(path, with: script) }
    }
    try TextFile.create(path, with: script)
  }
}

/// A mistake in a file that has been told already.
struct ScriptFailure: Error {}
