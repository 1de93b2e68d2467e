import KhabarEval
import KhabarSyntax

/// A statement of a script that has been run as a test.
package struct ScriptCheck: Sendable {
  package enum Kind: String, Sendable {
    case assert, expect
    /// One that checks nothing, and has failed.
    case statement
  }

  package var kind: Kind
  /// The message of an `assert`, else the statement as it is written, on one line.
  package var title: String
  package var line: Int
  package var duration: Duration
  /// Nil: it holds.
  package var failure: KhabarError?
  /// Of an `expect` with another answer: what would make it right.
  var edit: ScriptEdit?

  package init(kind: Kind, title: String, line: Int, duration: Duration, failure: KhabarError? = nil) {
    self.kind = kind
    self.title = title
    self.line = line
    self.duration = duration
    self.failure = failure
  }
}

/// What a script gives that is run as a test: each `assert` and `expect` is a check, and each statement that fails.
///
/// After a check that fails, and after a query, the script goes on; after another statement it stops, since what follows
/// may need what that should have bound.
package struct ScriptTest: Sendable {
  /// The script's.
  package var name: String
  package var checks: [ScriptCheck] = []
  /// What is to be said of statements that did not fail.
  package var warnings: [KhabarError] = []
  /// The checks after the statement at which the script stopped.
  package var unreached = 0
  package var duration = Duration.zero

  package var failures: Int { checks.count { $0.failure != nil } }

  package init(name: String) { self.name = name }

  /// A script that could not be read.
  package init(unreadable name: String, _ error: KhabarError) {
    self.name = name
    checks = [
      ScriptCheck(kind: .statement, title: "the script can be read", line: 1, duration: .zero, failure: error)
    ]
  }

  /// Answers have been written below the `expect`s that were answered something else: those hold now.
  package mutating func acceptEdits() {
    for index in checks.indices where checks[index].edit != nil { checks[index].failure = nil }
  }
}

extension Session {
  /// Runs a text as a test.
  package mutating func test(_ source: SourceText, control: RunControl = RunControl()) -> ScriptTest {
    let start = ContinuousClock.now
    var test = checks(in: source, control)
    test.duration = ContinuousClock.now - start
    return test
  }

  private mutating func checks(in source: SourceText, _ control: RunControl) -> ScriptTest {
    var test = ScriptTest(name: source.name)
    var start = ContinuousClock.now
    let unread = runEach(source, control: control) { statement, outcome, session in
      var check = ScriptCheck(statement, in: source)
      switch outcome {
      case .success(let outcome): session.add(outcome, to: &test, source)
      case .failure(let error):
        check.failure = error
        if error.isExpectation {
          check.edit = ScriptEdit(below: statement, of: session.answeredLines, in: source)
        }
      }
      check.duration = ContinuousClock.now - start
      start = ContinuousClock.now
      if check.kind != .statement || check.failure != nil { test.checks.append(check) }
    }
    switch unread {
    case .success(let statements): test.unreached = statements.count { $0.kind.isCheck }
    case .failure(let error): test.checks = error.diagnostics.map { Self.unread($0.diagnostic, in: source) }
    }
    return test
  }

  /// Runs the statements of a text one by one, and goes on after one that fails where nothing after it can need it.
  ///
  /// - Parameter take: Takes a statement (of several definitions the first), what it gave, and the session after it.
  /// - Returns: The statements that were not reached; or what is wrong with the text, of which nothing was run then.
  package mutating func runEach(
    _ source: SourceText, control: RunControl = RunControl(),
    _ take: (Statement, Result<Outcome, KhabarError>, Session) -> Void
  ) -> Result<[Statement], KhabarError> {
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) {
      return .failure(KhabarError(diagnostics, in: source))
    }
    let run = Run(source: source, control: control)
    let outside = enter(source)
    defer { imports.leave(outside) }
    var rest = script.runs[...]
    while let statements = rest.popFirst(), let statement = statements.first {
      do {
        let outcome = try execute(statements, run)
        note(statements, run)
        take(statement, .success(outcome), self)
      } catch {
        take(statement, .failure(error as? KhabarError ?? KhabarError(nil, id: "E0501", "\(error)")), self)
        if !statement.kind.isForgettable { return .success(Array(rest.joined())) }
      }
    }
    return .success([])
  }

  private static func unread(_ diagnostic: Diagnostic, in source: SourceText) -> ScriptCheck {
    let line = source.position(of: diagnostic.span.lower).line
    return ScriptCheck(
      kind: .statement, title: "the script can be read", line: line, duration: .zero,
      failure: KhabarError([diagnostic], in: source))
  }

  private func add(_ outcome: Outcome, to test: inout ScriptTest, _ source: SourceText) {
    var all = warnings
    if case .result(let table) = outcome { all += table.warnings }
    if !all.isEmpty { test.warnings.append(KhabarError(all, in: source)) }
  }
}

extension ScriptCheck {
  fileprivate init(_ statement: Statement, in source: SourceText) {
    var message: String?
    kind = .statement
    if case .assert(_, let text) = statement.kind {
      kind = .assert
      message = text?.text
    }
    if case .expect = statement.kind { kind = .expect }
    var span = statement.span
    if case .expect(let query, _) = statement.kind { span.upper = query.span.upper }
    title = message ?? Self.onOneLine(source.text(span))
    line = source.position(of: statement.span.lower).line
    duration = .zero
  }

  private static func onOneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Statement.Kind {
  fileprivate var isCheck: Bool {
    switch self {
    case .assert, .expect: true
    default: false
    }
  }

  /// Whether nothing after it needs what it does.
  fileprivate var isForgettable: Bool {
    switch self {
    case .query, .explain, .print: true
    default: isCheck
    }
  }
}
