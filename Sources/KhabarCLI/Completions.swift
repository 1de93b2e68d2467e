import ArgumentParser
import Khabar

extension CompletionKind {
  /// The models that are built in, and files.
  static var models: CompletionKind {
    let names = Model.builtInNames.map { "builtin:\($0)" }.joined(separator: "\\n")
    return .shellCommand("printf '\(names)\\n'; ls -dp -- *.khabar */ 2>/dev/null")
  }
}
