import ArgumentParser
import Khabar
import KhabarModel
import KhabarShell

/// `khabar import FILE… -o NAME.khdb`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Put models into a database, which is opened at once whatever its size.",
    discussion: """
      A database is a folder, by custom called `NAME.khdb`. What it has under the same id is replaced, and importing the \
      same file again changes nothing. Whatever happens meanwhile, there is either the old state or the new, and who reads \
      is not kept waiting.
      """)

  @Argument(
    help: "Files of definitions, databases, or `builtin:NAME`; `-` is standard input.", completion: .models)
  var models: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The database; it is made if it is not there.", valueName: "NAME.khdb"))
  var output: String

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    Interruption.endsProcess()
    let style = OutputStyle(colour: color)
    do {
      let model = try ModelFiles.load(models)
      if let warnings = model.warnings { style.report(warnings) }
      let (events, rest) = try model.merge(intoDatabase: output)
      style.tell("events: \(Self.summary(events))\nother records: \(Self.summary(rest))")
    } catch {
      style.report(error, most: 20)
      throw ExitCode.failure
    }
  }

  private static func summary(_ counts: MergeCounts) -> String {
    "\(counts.new) new, \(counts.changed) changed, \(counts.unchanged) unchanged"
  }
}
