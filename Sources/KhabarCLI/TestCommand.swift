import ArgumentParser
import Glibc
import Khabar
import KhabarEval
import KhabarShell

extension TestFormat: ExpressibleByArgument {}

/// `khabar test PATH…`
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run scripts as tests.",
    discussion: """
      Each `assert` and `expect` of a script is a check, and so is each statement that fails. A script begins anew with \
      the model alone; after a check that fails it goes on. Exits with 1 if a check failed, with 64 if there was none.
      """)

  @Argument(
    help: "Scripts, and directories with scripts in them (`*.khabar`).",
    completion: .file(extensions: ["khabar"]))
  var paths: [String]

  @Option(
    name: [.short, .long],
    help: "The model: a file of definitions or `builtin:NAME`; may be repeated.",
    completion: .models)
  var model: [String] = []

  @Option(name: .shortAndLong, help: "How results are written.")
  var format: TestFormat = .pretty

  @Option(
    help: ArgumentHelp("Only checks in whose file's name, or title, this stands.", valueName: "TEXT"))
  var filter: String = ""

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var fileAccess: FileAccessOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("How many scripts are run at once.", valueName: "N"))
  var jobs: Int = 1

  @Flag(name: .customLong("fail-fast"), help: "Stop after the first script with a check that failed.")
  var stopsAtFailure = false

  @Flag(help: "Write answers below the `expect`s that were answered something else.")
  var update = false

  @OptionGroup var limits: LimitOptions

  @Option(help: ArgumentHelp("The language of labels.", valueName: "en|ar"))
  var lang: String = "en"

  @Option(help: "Colours: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("expected 1 to 256 jobs; found \(jobs)")
    }
    try LanguageOption.validate(lang)
  }

  func run() throws {
    Interruption.endsProcess()
    let style = OutputStyle(colour: color)
    do {
      var session = Session(try ModelFiles.load(model))
      session.language = lang
      session.parameterValues = try parameters.values
      session.fileAccess = fileAccess.access
      var runner = TestRunner(session: session)
      runner.limits = limits.limits
      runner.style = style
      runner.jobs = jobs
      runner.stopsAtFailure = stopsAtFailure
      runner.filter = filter
      runner.updates = update
      switch try runner.run(paths, as: format) {
      case .passed: return
      case .failed: break
      case .nothingFound:
        style.report(
          KhabarError(
            filter.isEmpty ? "scripts are called `*.khabar`" : "`--filter` left none of them", id: "E0650",
            "there is nothing to test"))
        throw ExitCode(EX_USAGE)
      }
    } catch let error as KhabarError {
      style.report(error, most: 20)
    }
    throw ExitCode.failure
  }
}
