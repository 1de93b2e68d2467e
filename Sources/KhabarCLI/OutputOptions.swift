import ArgumentParser
import Khabar
import KhabarEval
import KhabarRender
import KhabarShell

extension OutputFormat: ExpressibleByArgument {}
extension OutputStyle.Colour: ExpressibleByArgument {}

/// How results are written.
struct OutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How results are written.")
  var format: OutputFormat = .table

  @Option(
    help: ArgumentHelp("The language of names and labels.", valueName: "en|ar"),
    completion: .list(["en", "ar"]))
  var lang: String = "en"

  @Option(help: "Colours: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  @Option(
    help: ArgumentHelp(
      "The text of an article of the model, so that evidence is quoted; may be repeated.", valueName: "FILE"),
    completion: .file())
  var text: [String] = []

  @OptionGroup var limits: LimitOptions

  func validate() throws { try LanguageOption.validate(lang) }

  var output: Output {
    Output(format: format, lang: lang, colour: color, texts: text, limits: limits.limits)
  }
}

/// What each statement may use up.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("limit-time"),
    help: ArgumentHelp("The time that a statement may take, such as 10s.", valueName: "TIME"))
  var time: String?

  @Option(
    name: .customLong("limit-rows"),
    help: ArgumentHelp("The rows that an answer, or what leads to it, may have.", valueName: "N"))
  var rows: String?

  @Option(
    name: .customLong("limit-memory"),
    help: ArgumentHelp("The memory that a statement may take, such as 500MB.", valueName: "SIZE"))
  var memory: String?

  @Option(
    help: ArgumentHelp(
      "How many threads a statement may use; as many as the machine runs at once, unless said.",
      valueName: "N"))
  var threads: String?

  private var limitTexts: [(LimitText.Kind, String)] {
    [(LimitText.Kind.time, time), (.rows, rows), (.memory, memory), (.threads, threads)].compactMap {
      kind, text in
      text.map { (kind, $0) }
    }
  }

  func validate() throws {
    for (kind, text) in limitTexts {
      var limits = RunLimits()
      guard LimitText.set(kind, text, in: &limits) else {
        throw ValidationError("expected \(kind.expected); found `\(text)`")
      }
    }
  }

  var limits: RunLimits {
    var limits = RunLimits()
    for (kind, text) in limitTexts { _ = LimitText.set(kind, text, in: &limits) }
    return limits
  }
}

enum LanguageOption {
  static func validate(_ tag: String) throws {
    guard Model.isLanguage(tag) else {
      throw ValidationError("expected a language like `en` or `ar`; found `\(tag)`")
    }
  }
}

/// What is left of the options: how results are written, and what statements may use up.
struct Output {
  var format = OutputFormat.table
  var lang = "en"
  var colour = OutputStyle.Colour.auto
  /// Files with texts of articles.
  var texts: [String] = []
  var limits = RunLimits()

  /// A runner over the models that are named; exits with 1 where they cannot be loaded.
  func runner(_ models: [String], parameters: [String: String] = [:], isInterruptible: Bool = false) throws
    -> StatementRunner
  {
    let style = OutputStyle(colour: colour)
    do {
      let model = try ModelFiles.load(models)
      if let warnings = model.warnings { style.report(warnings, most: 3) }
      var session = Session(model)
      for file in texts { try session.attach(text: ModelFiles.bytes(ofFile: file)) }
      session.language = lang
      session.parameterValues = parameters
      let runner = StatementRunner(
        session, format: format, style: style, isInterruptible: isInterruptible)
      runner.limits = limits
      return runner
    } catch {
      style.report(error, most: 20)
      throw ExitCode.failure
    }
  }
}
