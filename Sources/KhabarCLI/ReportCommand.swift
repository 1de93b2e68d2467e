import ArgumentParser
import Glibc
import Khabar
import KhabarEval
import KhabarReport
import KhabarShell

/// `khabar report SCRIPT [-o FILE]`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page of a script: its comments, queries and answers.",
    discussion: """
      Comments are Markdown. The page is one HTML file that needs nothing else; tables and pictures lead to the reports behind \
      each event. Exits with 1 if a statement failed; the page then says what is wrong.
      """)

  @Argument(help: "The script; `-` is standard input.", completion: .file(extensions: ["khabar"]))
  var file: String

  @Argument(help: "Files of definitions, or `builtin:NAME`.", completion: .models)
  var models: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the page goes; standard output without it.", valueName: "FILE"))
  var output: String?

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions

  @Option(help: ArgumentHelp("The language of names and labels.", valueName: "en|ar"))
  var lang: String = "en"

  @Option(
    help: ArgumentHelp(
      "The text of an article of the model, so that evidence is quoted; may be repeated.", valueName: "FILE"))
  var text: [String] = []

  @OptionGroup var limits: LimitOptions

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func validate() throws { try LanguageOption.validate(lang) }

  func run() throws {
    Interruption.endsProcess()
    do {
      let source = try ModelFiles.source(ofFile: file)
      var session = Session(try ModelFiles.load(models))
      for file in text { try session.attach(text: ModelFiles.bytes(ofFile: file)) }
      session.language = lang
      session.parameterValues = try parameters.values
      session.fileAccess = fileAccess.access
      if let error = session.unknownParameterValues(for: source) { throw error }
      let script = ReportScript(source, session: session, control: RunControl(limits: limits.limits))
      try write(ReportPage(script).html)
      if let error = script.unread { throw error }
      if !script.hasFailed { return }
    } catch {
      OutputStyle(colour: color).report(error, most: 20)
    }
    throw ExitCode.failure
  }

  private func write(_ page: String) throws {
    if let output { return try TextFile.put(output, page) }
    let standard = OutputFile(STDOUT_FILENO)
    standard.write(page)
    standard.flush()
  }
}
