import ArgumentParser
import Glibc
import Khabar
import KhabarShell

/// `khabar export [MODEL…]`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model to standard output.",
    discussion: """
      In the format `khabar` a model is a script of definitions: loaded again, it gives the same model. Several models \
      become one.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case khabar }

  @Argument(help: "Files of definitions, or `builtin:NAME`.", completion: .models)
  var models: [String] = []

  @Option(name: .shortAndLong, help: "How the model is written.")
  var format: Format = .khabar

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    Interruption.endsProcess()
    do {
      let model = try ModelFiles.load(models)
      let output = OutputFile(STDOUT_FILENO)
      output.write(model.script)
      output.flush()
    } catch {
      OutputStyle(colour: color).report(error, most: 20)
      throw ExitCode.failure
    }
  }
}
