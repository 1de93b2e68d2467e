import Glibc
import Khabar
import KhabarEval
import KhabarSyntax
import KhabarText

/// Runs scripts as tests, each in a session of its own over one model.
package struct TestRunner {
  /// Over which each script runs.
  package var session: Session
  package var limits = RunLimits()
  package var style = OutputStyle()
  /// How many scripts run at once.
  package var jobs = 1
  package var stopsAtFailure = false
  /// What the place and the title of a check have to contain; empty: all count.
  package var filter = ""
  /// Whether answers are written below the `expect`s that were answered something else.
  package var updates = false

  package init(session: Session) { self.session = session }

  package enum Outcome: Sendable { case passed, failed, nothingFound }

  /// Runs the scripts that are named, or are below a directory that is, and writes what they give.
  package func run(_ paths: [String], as format: TestFormat) throws -> Outcome {
    let models = Set(session.model.loadedFiles.map(TestFiles.realPath))
    let files = try TestFiles.find(paths).filter { !models.contains(TestFiles.realPath($0)) }
    try checkParameters(files)
    let output = OutputFile(STDOUT_FILENO)
    var report = TestReport(format, style: style)
    var summary = TestSummary()
    for test in RunOfTests(self, files) {
      guard let test = selected(test) else { continue }
      if summary.scripts == 0 { output.write(report.beginning) }
      summary.add(test)
      output.write(report.text(of: test))
      output.flush()
      if stopsAtFailure, test.failures > 0 { break }
    }
    if summary.scripts == 0 { return .nothingFound }
    output.write(report.end(summary))
    output.flush()
    return summary.failed == 0 ? .passed : .failed
  }

  /// - Throws: `KhabarError` for a parameter that no script has.
  private func checkParameters(_ files: [String]) throws {
    if session.parameterValues.isEmpty { return }
    let sources = files.compactMap { try? ModelFiles.source(ofFile: $0) }
    for (name, value) in session.parameterValues.sorted(by: { $0.key < $1.key }) {
      var asking = session
      asking.parameterValues = [name: value]
      let errors = sources.map { asking.unknownParameterValues(for: $0) }
      if let error = errors.last ?? nil, !errors.contains(where: { $0 == nil }) { throw error }
    }
  }

  fileprivate func test(_ file: String) -> ScriptTest {
    do {
      let source = try ModelFiles.source(ofFile: file)
      var session = session
      var test = session.test(source, control: RunControl(limits: limits))
      if updates, let text = test.updated(source) {
        try TextFile.replace(file, with: text)
        test.acceptEdits()
      }
      return test
    } catch {
      return ScriptTest(unreadable: file, error as? KhabarError ?? KhabarError(nil, id: "E0606", "\(error)"))
    }
  }

  /// The test without the checks that are not asked for; nil where none of it is.
  private func selected(_ test: ScriptTest) -> ScriptTest? {
    let wanted = Folding.fold(filter)
    if wanted.isEmpty || Folding.fold(test.name).contains(wanted) { return test }
    var test = test
    test.checks.removeAll { !Folding.fold($0.title).contains(wanted) }
    test.unreached = 0
    return test.checks.isEmpty ? nil : test
  }
}

/// What the scripts give, in the order of the files. Each of the threads takes every n-th file.
private struct RunOfTests: Sequence, IteratorProtocol {
  private var threads: [BackgroundRun<ScriptTest>] = []
  private var position = 0
  private let count: Int

  init(_ runner: TestRunner, _ files: [String]) {
    count = files.count
    let jobs = Swift.max(1, Swift.min(runner.jobs, files.count))
    threads = (0..<jobs).map { job in
      let own = stride(from: job, to: files.count, by: jobs).map { files[$0] }
      return BackgroundRun { run in
        for file in own where !run.isCancelled { run.send(runner.test(file)) }
      }
    }
  }

  mutating func next() -> ScriptTest? {
    guard position < count else { return nil }
    defer { position += 1 }
    return threads[position % threads.count].next { false }
  }
}

/// How many of what there were.
struct TestSummary {
  var scripts = 0
  var passed = 0
  var failed = 0
  /// Of those that failed, the statements that check nothing.
  var errors = 0
  var unreached = 0
  var duration = Duration.zero

  mutating func add(_ test: ScriptTest) {
    scripts += 1
    failed += test.failures
    errors += test.errors
    passed += test.results.count - test.failures
    unreached += test.unreached
    duration += test.duration
  }
}

extension ScriptTest {
  /// How many statements failed that check nothing.
  var errors: Int { checks.count { $0.failure != nil && $0.kind == .statement } }

  /// A script that checks nothing is a check that it runs.
  var results: [ScriptCheck] {
    checks.isEmpty
      ? [ScriptCheck(kind: .statement, title: "the script runs", line: 1, duration: duration)] : checks
  }
}
