import ArgumentParser
import Khabar
import KhabarShell
import KhabarSyntax

/// What `param` statements take instead of their defaults.
struct ParameterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A value for a `param` of the script; may be repeated.", valueName: "NAME=VALUE"))
  var set: [String] = []

  func validate() throws {
    for item in set where pair(item) == nil {
      throw ValidationError("expected `--set NAME=VALUE`; found `\(item)`")
    }
  }

  /// The values by name; of several for one name the last.
  var values: [String: String] {
    Dictionary(set.compactMap(pair)) { _, last in last }
  }

  private func pair(_ item: String) -> (String, String)? {
    guard let equal = item.firstIndex(of: "="), equal > item.startIndex else { return nil }
    return (String(item[..<equal]), String(item[item.index(after: equal)...]))
  }
}
