import ArgumentParser
import Khabar
import KhabarShell

/// What `param` statements take instead of their defaults.
struct ParameterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A value for a `param` of the script; without `=VALUE`, that of the environment's variable NAME; may be repeated.",
      valueName: "NAME[=VALUE]"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with a line NAME=VALUE for each value; `-` is standard input. --set goes before it.",
      valueName: "FILE"),
    completion: .file())
  var params: [String] = []

  func validate() throws {
    for item in set where ParameterValues.pair(item) == nil {
      if item.isEmpty || item.contains("=") {
        throw ValidationError("expected `--set NAME=VALUE` or `--set NAME`; found `\(item)`")
      }
      throw ValidationError(
        "`--set \(item)` takes the environment's variable `\(item)`, and there is none; write `--set NAME=VALUE`"
      )
    }
    if params.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("`--params -` reads standard input, which can be read once")
    }
  }

  /// - Throws: `ValidationError` where standard input would be read for something else as well.
  func checkLeavesStandardInput(to other: String) throws {
    guard params.contains("-") else { return }
    throw ValidationError("standard input is \(other); `--params` needs a file")
  }

  /// The values by name: those of files, then those of `--set`; of several for one name the last.
  var values: [String: String] {
    get throws {
      do {
        var pairs = try params.flatMap { try ParameterValues.pairs(of: ModelFiles.source(ofFile: $0)) }
        pairs += set.compactMap(ParameterValues.pair)
        return Dictionary(pairs) { _, last in last }
      } catch {
        OutputStyle().report(error)
        throw ExitCode.failure
      }
    }
  }
}
