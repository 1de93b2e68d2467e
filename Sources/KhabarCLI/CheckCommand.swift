import ArgumentParser
import Khabar
import KhabarShell

/// `khabar check FILE…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say all that is wrong with scripts and models, without running them.",
    discussion: """
      A file of nothing but definitions is checked as a model, any other as a script whose names are those of the model. \
      Of a database, `NAME.khdb`, every byte is checked.
      """)

  @Argument(
    help: "The files and databases; `-` is standard input.", completion: .file(extensions: ["khabar"]))
  var files: [String]

  @Option(
    name: [.short, .long],
    help:
      "The model that scripts are about, and that definitions add to: a file or `builtin:NAME`; may be repeated.",
    completion: .models
  )
  var model: [String] = []

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions

  @Option(help: "Colours: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    Interruption.endsProcess()
    let style = OutputStyle(colour: color)
    do {
      let checker = try FileChecker(
        models: model, parameterValues: try parameters.values, fileAccess: fileAccess.access)
      let isRight = files.map { checker.check($0, style: style) }.allSatisfy { $0 }
      if isRight { return }
    } catch {
      style.report(error)
    }
    throw ExitCode.failure
  }
}
