import Khabar
import KhabarText

/// JUnit's XML as build servers read it: a suite for each script, a case for each check; an assertion or expectation that
/// does not hold is a failure, a statement that cannot be run an error.
struct JUnitTest {
  private let test: ScriptTest

  init(_ test: ScriptTest) { self.test = test }

  static func document(_ suites: String, _ summary: TestSummary) -> String {
    let counts = Self.attributes([
      ("tests", summary.passed + summary.failed + summary.unreached),
      ("failures", summary.failed - summary.errors), ("errors", summary.errors),
    ])
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="khabar test" \(counts) time="\(summary.duration.seconds)">
      \(suites)</testsuites>

      """
  }

  var text: String {
    let counts = Self.attributes([
      ("tests", test.results.count + test.unreached), ("failures", test.failures - test.errors),
      ("errors", test.errors), ("skipped", test.unreached),
    ])
    var text = "  <testsuite name=\"\(name)\" \(counts) time=\"\(test.duration.seconds)\">\n"
    for check in test.results { text += self.text(of: check) }
    for number in 0..<test.unreached {
      text += """
            <testcase name="check \(test.checks.count + number + 1)" classname="\(name)">
              <skipped message="not reached"/>
            </testcase>

        """
    }
    if !test.warnings.isEmpty {
      let warnings = test.warnings.map { "\($0)" }.joined(separator: "\n")
      text += "    <system-err>\(Markup.escape(warnings))</system-err>\n"
    }
    return text + "  </testsuite>\n"
  }

  private static func attributes(_ counts: [(String, Int)]) -> String {
    counts.map { "\($0)=\"\($1)\"" }.joined(separator: " ")
  }

  private var name: String { Markup.escape(test.name) }

  private func text(of check: ScriptCheck) -> String {
    let title = Markup.escape(check.title)
    let start = "    <testcase name=\"\(title)\" classname=\"\(name)\" time=\"\(check.duration.seconds)\""
    guard let failure = check.failure, let first = failure.diagnostics.first?.diagnostic else {
      return start + "/>\n"
    }
    let element = check.kind == .statement ? "error" : "failure"
    return """
      \(start)>
            <\(element) type="\(first.id)" message="\(Markup.escape(first.message))">\(Markup.escape("\(failure)"))</\(element)>
          </testcase>

      """
  }
}
