import ArgumentParser
import Khabar
import KhabarShell
import KhabarSyntax
import KhabarTable

/// `khabar run FILE [MODEL…]`, also as `#!/usr/bin/env -S khabar run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a script up to the first statement that fails.",
    discussion: """
      A script reads files below its own directory, and below those of --allow-read. One that begins with the line \
      `#!/usr/bin/env -S khabar run` can be run by its name.
      """)

  @Argument(help: "The script; `-` is standard input.", completion: .file(extensions: ["khabar"]))
  var file: String

  @Argument(help: "Files of definitions, or `builtin:NAME`.", completion: .models)
  var models: [String] = []

  @Flag(help: "Run the script again whenever it, or a file that it reads, changes.")
  var watch = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard file == "-" else { return }
    if watch { throw ValidationError("`--watch` needs a file; found `-`") }
    try parameters.checkLeavesStandardInput(to: "the script")
  }

  func run() throws {
    Interruption.endsProcess()
    guard watch else { return try runOnce() }
    let values = try parameters.values
    let named = [file] + models.filter { !$0.hasPrefix(ModelFiles.builtInPrefix) } + output.text
    ScriptWatch(named, style: OutputStyle(colour: output.color)) { log in
      // What is wrong has been told; it may be right when a file has changed.
      try? runOnce(values, log)
    }
    .begin()
  }

  private func runOnce(_ values: [String: String]? = nil, _ log: ReadLog? = nil) throws {
    let runner = try output.output.runner(models, parameters: try values ?? parameters.values)
    runner.session.fileAccess = fileAccess.access
    runner.session.readLog = log
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
