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

  @Argument(help: "Files of definitions, or `builtin:NAME`.", completion: .models)
  var models: [String] = []

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run these statements and leave.", valueName: "STATEMENTS"))
  var statements: String?

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("no-history"), help: "Keep no history of the shell.")
  var keepsNoHistory = false

  @Flag(name: .customLong("no-init"), help: "Do not run ~/.config/khabar/init.khabar.")
  var readsNoInitFile = false

  func validate() throws {
    if statements == nil { try parameters.checkLeavesStandardInput(to: "what the shell reads") }
  }

  func run() throws {
    guard let statements else {
      return try ShellCommand.start(
        models, parameters.values, output.output, fileAccess.access, keepsHistory: !keepsNoHistory,
        readsInitFile: !readsNoInitFile)
    }
    Interruption.endsProcess()
    let runner = try output.output.runner(models, parameters: try parameters.values)
    let shell = Shell(runner, scriptAccess: fileAccess.access)
    let source = SourceText(name: "-c", text: statements)
    if let error = runner.session.unknownParameterValues(for: source) {
      runner.report(error)
      throw ExitCode.failure
    }
    if !shell.run(source) { throw ExitCode.failure }
  }

  /// A shell on a terminal, else what standard input says.
  static func start(
    _ models: [String] = [], _ parameters: [String: String] = [:], _ output: Output = Output(),
    _ scriptAccess: FileAccess = FileAccess(), keepsHistory: Bool = true, readsInitFile: Bool = true
  ) throws {
    let isInteractive = Terminal.isInteractive
    if !isInteractive { Interruption.endsProcess() }
    let shell = Shell(
      try output.runner(models, parameters: parameters, isInterruptible: isInteractive),
      scriptAccess: scriptAccess)
    let isRight =
      isInteractive
      ? shell.talk(keepsHistory: keepsHistory, readsInitFile: readsInitFile) : shell.readStandardInput()
    if !isRight { throw ExitCode.failure }
  }
}
