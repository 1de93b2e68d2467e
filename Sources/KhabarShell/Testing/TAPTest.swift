import Khabar
import KhabarSyntax
import KhabarText

/// The Test Anything Protocol: a test point for each check, and in a YAML block what is wrong. It is version 13, as many
/// readers know no other. What JSON has for a string, YAML has too.
struct TAPTest {
  private let test: ScriptTest
  private let first: Int

  /// - Parameter first: The number of the script's first check, from 1.
  init(_ test: ScriptTest, first: Int) {
    self.test = test
    self.first = first
  }

  var text: String {
    var text = ""
    for warning in test.warnings { text += comment("\(warning)") }
    for (index, check) in test.results.enumerated() {
      let title = Self.escaped("\(test.name):\(check.line): \(check.title)")
      text += "\(check.failure == nil ? "ok" : "not ok") \(first + index) - \(title)\n"
      for problem in check.failure?.diagnostics ?? [] {
        text += block(problem.diagnostic, in: problem.source)
      }
    }
    if let unreached = test.unreachedText { text += comment("\(test.name): \(unreached)") }
    return text
  }

  private func comment(_ text: String) -> String {
    text.split(separator: "\n").reduce(into: "") { $0 += "# \($1)\n" }
  }

  /// `#` begins a directive.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "#", "\\": result += "\\\(character)"
      case _ where character.isNewline: result += " "
      default: result.append(character)
      }
    }
  }

  private func block(_ problem: Diagnostic, in source: SourceText) -> String {
    let position = source.position(of: problem.span.lower)
    var lines = [
      "---", "message: \(JSONText.quoted(problem.message))", "severity: \(problem.severity.rawValue)",
      "id: \(problem.id)", "at:", "  file: \(JSONText.quoted(source.name))", "  line: \(position.line)",
      "  column: \(position.column)",
    ]
    for (name, texts) in [("notes", problem.notes), ("help", problem.help)] where !texts.isEmpty {
      lines += ["\(name):"] + texts.map { "  - \(JSONText.quoted($0))" }
    }
    return (lines + ["..."]).reduce(into: "") { $0 += "  \($1)\n" }
  }
}
