import Khabar
import KhabarSyntax
import KhabarText

/// How the results of tests are written.
package enum TestFormat: String, CaseIterable, Sendable {
  case pretty, tap, junit, json
}

/// Writes the results of tests, script by script.
struct TestReport {
  private let format: TestFormat
  private let style: OutputStyle
  /// How many results have been written.
  private var count = 0
  /// The text of the scripts, where only the end tells what stands before them.
  private var held = ""

  init(_ format: TestFormat, style: OutputStyle) {
    self.format = format
    self.style = style
  }

  var beginning: String {
    switch format {
    case .tap: "TAP version 13\n"
    case .json: "{\"scripts\":["
    case .pretty, .junit: ""
    }
  }

  mutating func text(of test: ScriptTest) -> String {
    let first = count
    count += test.results.count
    switch format {
    case .pretty: return PrettyTest(test, style: style).text
    case .tap: return TAPTest(test, first: first + 1).text
    case .json: return (first == 0 ? "\n" : ",\n") + JSONTest(test).text
    case .junit:
      held += JUnitTest(test).text
      return ""
    }
  }

  func end(_ summary: TestSummary) -> String {
    switch format {
    case .pretty: PrettyTest.end(summary, style: style)
    case .tap: "1..\(count)\n"
    case .json: "\n],\"passed\":\(summary.passed),\"failed\":\(summary.failed)}\n"
    case .junit: JUnitTest.document(held, summary)
    }
  }
}

extension Duration {
  /// `0.000412`
  var seconds: String {
    let (seconds, attoseconds) = components
    let micros = "\(attoseconds / 1_000_000_000_000)"
    return "\(seconds).\(String(repeating: "0", count: max(0, 6 - micros.count)))\(micros)"
  }
}

extension ScriptTest {
  /// `2 checks were not reached`
  var unreachedText: String? {
    switch unreached {
    case 0: nil
    case 1: "1 check was not reached"
    default: "\(unreached) checks were not reached"
    }
  }
}

/// For people: a line for each script, and what is wrong as `run` shows it.
///
///     ✓ morning.khabar: 4 checks
///     ✗ corpus.khabar: 1 of 3 checks failed
private struct PrettyTest {
  private let test: ScriptTest
  private let style: OutputStyle

  init(_ test: ScriptTest, style: OutputStyle) {
    self.test = test
    self.style = style
  }

  var text: String {
    let isRight = test.failures == 0
    let isColoured = style.colour(1)
    let mark = (isRight ? TerminalStyle.green : .red).apply(
      style.isASCII ? (isRight ? "ok" : "FAILED") : (isRight ? "✓" : "✗"), enabled: isColoured)
    var text = "\(mark) \(VisibleText.escape(test.name)): \(count)\n"
    for error in test.warnings + test.checks.compactMap(\.failure) {
      text += indented(
        error.rendered(colour: isColoured, isolates: style.isolates(1), width: style.width.map { $0 - 2 }))
    }
    if let unreached = test.unreachedText { text += indented(unreached) }
    return text
  }

  private var count: String {
    if test.checks.isEmpty { return "ran" }
    let checks = test.checks.count == 1 ? "1 check" : "\(test.checks.count) checks"
    return test.failures == 0 ? checks : "\(test.failures) of \(checks) failed"
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") { $0 += "  \($1)\n" }
  }

  static func end(_ summary: TestSummary, style: OutputStyle) -> String {
    let scripts = summary.scripts == 1 ? "1 script" : "\(summary.scripts) scripts"
    let counts = "\(summary.passed) passed, \(summary.failed) failed"
    let paint = summary.failed == 0 ? TerminalStyle.green : .red
    return "\(scripts): \(paint.apply(counts, enabled: style.colour(1)))\n"
  }
}
