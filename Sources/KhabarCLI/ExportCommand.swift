import ArgumentParser
import Glibc
import Khabar
import KhabarExport
import KhabarShell

/// `khabar export [-f FORMAT] [--query QUERY] [MODEL…]`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model to standard output.",
    discussion: """
      In the format `khabar` a model is a script of definitions: loaded again, it gives the same model; \
      `jsonl` says the same in JSON Lines, a record on each line, for `khabar import`. `graphml` is a \
      network of actors and events, for Gephi, Cytoscape and NetworkX; `turtle` is RDF in the words of the Simple Event \
      Model; `polecat` and `gdelt` are tables in the columns of POLECAT and GDELT 2.0. Several models become one.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case khabar, jsonl, graphml, turtle, polecat, gdelt
  }

  @Argument(help: "Files of definitions, or `builtin:NAME`.", completion: .models)
  var models: [String] = []

  @Option(name: .shortAndLong, help: "How the model is written.")
  var format: Format = .khabar

  @Option(
    help: ArgumentHelp(
      "Write only the events that a query gives, and what they need: reports, articles, actors, places.",
      valueName: "QUERY"))
  var query: String?

  @Option(help: "What names in `turtle` are relative to.")
  var base = TurtleWriter.standardBase

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func validate() throws {
    if !TurtleWriter.isBase(base) {
      throw ValidationError("`\(base)` is no beginning of an IRI, such as `https://example.org/news/`")
    }
  }

  func run() throws {
    Interruption.endsProcess()
    do {
      let whole = try ModelFiles.load(models)
      let model = try query.map { try whole.part($0) } ?? whole
      var output = OutputFile(STDOUT_FILENO)
      switch format {
      case .khabar: output.write(model.script)
      case .jsonl: JSONLinesWriter(model.store).write(to: &output)
      case .graphml: GraphMLWriter(model.store).write(to: &output)
      case .turtle: TurtleWriter(model.store, base: base).write(to: &output)
      case .polecat: tell(leftOut: POLECATWriter(model.store).write(to: &output).text)
      case .gdelt: tell(leftOut: GDELTWriter(model.store).write(to: &output).text)
      }
      output.flush()
    } catch {
      OutputStyle(colour: color).report(error, most: 20)
      throw ExitCode.failure
    }
  }
  private func tell(leftOut: String?) {
    if let leftOut { OutputStyle(colour: color).tell("left out: \(leftOut)") }
  }
}
