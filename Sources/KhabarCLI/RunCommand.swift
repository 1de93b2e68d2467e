import ArgumentParser
import Khabar
import KhabarShell
import KhabarSyntax

/// `khabar run FILE [MODEL…]`, also as `#!/usr/bin/env -S khabar run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a script up to the first statement that fails.",
    discussion: """
      A script that begins with the line `#!/usr/bin/env -S khabar run` can be run by its name.
      """)

  @Argument(help: "The script; `-` is standard input.")
  var file: String

  @Argument(help: "Files of definitions, or `builtin:NAME`.")
  var models: [String] = []

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    Interruption.endsProcess()
    let runner = try output.output.runner(models, parameters: parameters.values)
    runner.session.fileAccess = fileAccess.access
    do {
      let source = try ModelFiles.source(ofFile: file)
      if let error = runner.session.unknownParameterValues(for: source) { throw error }
      if runner.run(source) { return }
    } catch {
      runner.report(error)
    }
    throw ExitCode.failure
  }
}
