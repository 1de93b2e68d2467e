import ArgumentParser
import Khabar
import KhabarShell
import KhabarSyntax

/// `khabar [MODEL…]`
struct ShellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell",
    abstract: "Ask queries in a shell, from -c, or from standard input.",
    discussion: "Without a subcommand this one is meant.")

  @Argument(help: "Files of definitions, or `builtin:NAME`.")
  var models: [String] = []

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run these statements and leave.", valueName: "STATEMENTS"))
  var statements: String?

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("no-history"), help: "Keep no history of the shell.")
  var keepsNoHistory = false

  @Flag(name: .customLong("no-init"), help: "Do not run ~/.config/khabar/init.khabar.")
  var readsNoInitFile = false

  func run() throws {
    if let statements {
      Interruption.endsProcess()
      let runner = try output.runner(models, parameters)
      let source = SourceText(name: "-c", text: statements)
      if let error = runner.session.unknownParameterValues(for: source) {
        runner.report(error)
        throw ExitCode.failure
      }
      if !Shell(runner).run(source) { throw ExitCode.failure }
    } else if Terminal.isInteractive {
      let runner = try output.runner(models, parameters, isInterruptible: true)
      let shell = Shell(runner)
      if !shell.talk(keepsHistory: !keepsNoHistory, readsInitFile: !readsNoInitFile) { throw ExitCode.failure }
    } else {
      Interruption.endsProcess()
      let runner = try output.runner(models, parameters)
      if !Shell(runner).readStandardInput() { throw ExitCode.failure }
    }
  }
}
