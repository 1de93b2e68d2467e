import ArgumentParser
import KhabarShell
import KhabarSyntax

extension SyntaxPrinter.Language: ExpressibleByArgument {}

/// `khabar fmt [FILE…]`
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Put scripts and models into the canonical layout, with their comments.",
    discussion: """
      Files are rewritten in place; standard input goes to standard output. A file that cannot be read as a script is \
      reported and left alone.
      """)

  @Argument(
    help: "The files; without any, or for `-`, standard input.", completion: .file(extensions: ["khabar"]))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The language of the keywords; without it each script keeps that of its first.", valueName: "en|ar"))
  var lang: SyntaxPrinter.Language?

  @Flag(help: "Change nothing; name the files that would change, and exit with 1 if there are any.")
  var check = false

  @Option(help: "Colours: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    Interruption.endsProcess()
    let formatter = FileFormatter(language: lang, onlyChecks: check, style: OutputStyle(colour: color))
    let isRight = (files.isEmpty ? ["-"] : files).map { formatter.format($0) }.allSatisfy { $0 }
    if !isRight { throw ExitCode.failure }
  }
}
