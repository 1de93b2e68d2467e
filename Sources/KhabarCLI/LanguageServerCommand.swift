import ArgumentParser
import Glibc
import KhabarLanguageServer

/// `khabar lsp`
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Answer an editor, in the Language Server Protocol.",
    discussion: "Messages are read from standard input and written to standard output.")

  @Option(
    name: [.short, .long],
    help: "The model that scripts are about: a file or `builtin:NAME`; may be repeated.",
    completion: .models)
  var model: [String] = []

  func run() throws {
    var server = LanguageServer(input: STDIN_FILENO, output: STDOUT_FILENO, models: model)
    let status = server.run()
    if status != 0 { throw ExitCode(status) }
  }
}
