import Khabar
import KhabarSyntax
import KhabarText

extension Shell {
  /// Does what a dot command says; false: it could not be done.
  @discardableResult
  func obey(_ source: SourceText) -> Bool {
    let line = DotLine(source)
    do {
      let command = try command(line)
      try checkArguments(of: command, line)
      try command.act(self, line)
      runner.output.flush()
      return true
    } catch is ScriptFailure {
      return false
    } catch {
      runner.output.flush()
      runner.report(error)
      return false
    }
  }

  private func command(_ line: DotLine) throws -> DotCommand {
    let name = String(line.name.text.dropFirst())
    if line.name.text.first == "\\" || DotCommand.named(name) == nil, let here = DotCommand.foreign[name] {
      throw line.error(
        "E0609", "there is no command `\(line.name.text)`", at: line.name, help: "it is `.\(here)` here")
    }
    if let command = DotCommand.named(name) { return command }
    let begun = DotCommand.all.filter { !name.isEmpty && $0.name.hasPrefix(Folding.fold(name)) }
    if let only = begun.first, begun.count == 1 { return only }
    let names = DotCommand.all.flatMap { [$0.name] + $0.otherNames }
    let near = begun.first?.name ?? EditDistance.nearest(to: name, among: names)
    throw line.error(
      "E0609", "there is no command `\(line.name.text)`", at: line.name,
      help: near.map { "did you mean `.\($0)`?" } ?? "`.help` lists the commands")
  }

  // MARK: - Arguments

  private func checkArguments(of command: DotCommand, _ line: DotLine) throws {
    let most: Int
    switch command.argument {
    case .nothing: most = 0
    case .format, .language, .onOff, .row, .step: most = 1
    case .topic, .models, .query, .pattern, .names, .file, .text, .limit, .setting, .interval: return
    }
    guard line.words.count > most else { return }
    throw line.error(
      "E0610", "`.\(command.name)` takes \(most == 0 ? "nothing" : "one word"); found `\(line.rest.text)`",
      at: line.words[most],
      help: most == 0
        ? "write `\(command.usage)`" : "write `\(command.usage)`, for example `\(command.example)`")
  }
}

extension DotCommand {
  /// What commands of other shells are called here: those of sqlite3, DuckDB and psql.
  static let foreign = [
    "tables": "schema", "columns": "schema", "databases": "models", "indexes": "names", "output": "once",
    "maxrows": "limit rows", "nullvalue": "null", "headers": "mode", "dump": "save", "shell": "once |COMMAND",
    "d": "schema", "dt": "types", "l": "models", "c": "open", "connect": "open", "i": "read", "o": "once",
    "g": "last", "gx": "last line", "x": "mode line", "e": "edit", "s": "history", "timing": "timer",
    "pset": "set", "q": "quit", "?": "help commands", "h": "help", "a": "mode",
  ]
}
