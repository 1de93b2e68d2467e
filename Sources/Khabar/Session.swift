import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarTable
import KhabarText

/// Runs statements one after the other against a model: what one binds, the next can use.
///
///     var session = Session(try Model.builtInArticle)
///     let results = try session.run("let talks = meetings in Moscow\ntalks | count")
public struct Session: Sendable {
  /// The model; `define` adds to it.
  public private(set) var model: Model
  /// The language of names and labels, as a BCP 47 tag: `set lang ar`.
  public var language = "en"
  /// What `param` statements take instead of their defaults, by the parameter's name, as written: `["days": "7"]`. A
  /// value must be of its default's kind.
  public var parameterValues: [String: String] = [:]
  /// The folder in which relative paths of `table` and `import` begin where a text is in no folder of its own, as its
  /// name says; nil: the working directory.
  public var baseDirectory: String?
  /// Which files statements may read and write: by default those below a text's own directory may be read, so that a
  /// text that somebody else has written, a question that a server is asked for example, finds out nothing else.
  public var fileAccess = FileAccess()
  /// How many threads a statement may use; nil: as many as the machine runs at once. Answers do not depend on it.
  public var threads: Int?
  private var today: Int?
  /// All that `let` has bound, in order: a query sees the names that were bound before it, as they were then.
  private(set) var bindings: [(name: String, query: Query, tables: TableFiles)] = []
  private var resolved: [String: ResolvedQuery] = [:]
  /// What `def` has named.
  private(set) var functions: [String: FunctionDefinition] = [:]
  /// What `param` has named: values without places.
  private var parameters: [String: Expression] = [:]
  /// Whether the last answer has the name `ans`.
  package var keepsAnswers = false
  /// The query that was asked last, and the tables that it has read.
  private(set) var asked: (query: Query, tables: TableFiles)?
  /// What `ans` stands for, as a query.
  private var answered: (query: Query, tables: TableFiles)?
  var imports = Imports()
  /// The statements that brought the session to where it is, in order.
  var journal: [JournalEntry] = []
  /// What the last `expect` was answered, as lines of its table.
  private(set) var answeredLines: [String] = []
  /// What the statement that is run has read.
  private var readTables: TableFiles?
  /// Where it is noted which files statements have read.
  package var readLog: ReadLog?
  /// What is to be said of the statement just run, though it is right.
  package private(set) var warnings: [Diagnostic] = []

  /// A session over a model, with nothing bound.
  public init(_ model: Model) {
    self.model = model
    for name in model.files { imports.finish(Imports.file(name) ?? name) }
  }

  /// What a statement gave.
  package enum Outcome: Sendable {
    case none
    case result(ResultTable)
    case text(String)
  }

  /// Takes what a statement gives, with the session as the statement left it and the text the statement stands in.
  package typealias Taker = (Outcome, Session, SourceText) throws -> Void

  /// A text that is being run.
  struct Run {
    var source: SourceText
    /// Whether everything is only looked at: names are resolved as they would be, and no query is run.
    var isDry = false
    /// Whether another text has named this one in an `import`.
    var isImported = false
    var control = RunControl()
    var take: Taker = { _, _, _ in }
  }

  /// Runs all statements of a text, and stops at the first that fails.
  ///
  /// - Parameters:
  ///   - text: The statements; where one cannot be read, none is run.
  ///   - name: What messages call the text, for example a file's path, from whose folder `import` reads.
  /// - Returns: The answers of the queries among them.
  /// - Throws: `KhabarError` with all that is wrong.
  @discardableResult
  public mutating func run(_ text: String, name: String = "<input>") throws -> [QueryResult] {
    var results: [QueryResult] = []
    let control = RunControl(limits: RunLimits(threads: threads))
    try run(SourceText(name: name, text: text), control: control) { outcome, _, _ in
      if case .result(let table) = outcome { results.append(QueryResult(table)) }
    }
    return results
  }

  /// Runs all statements of a text and hands on what each gives, at once.
  package mutating func run(
    _ source: SourceText, control: RunControl = RunControl(), _ take: Taker
  ) throws {
    try withoutActuallyEscaping(take) { take in
      try run(Run(source: source, control: control, take: take))
    }
  }

  mutating func run(_ run: Run) throws {
    let (script, diagnostics) = Parser.parse(run.source)
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw KhabarError(diagnostics, in: run.source)
    }
    let outside = enter(run.source)
    defer { imports.leave(outside) }
    for statements in script.runs {
      let outcome = try execute(statements, run)
      note(statements, run)
      var given = self
      given.imports.leave()
      try run.take(outcome, given, run.source)
    }
  }

  /// Everything that is wrong with a text, without running it, each with the text it stands in. What `let` binds and
  /// `define` defines in the text is there in this copy of the session.
  package func check(_ source: SourceText) -> [(Diagnostic, SourceText)] {
    var session = self
    return session.problems(in: source)
  }

  mutating func problems(in source: SourceText) -> [(Diagnostic, SourceText)] {
    let (script, diagnostics) = Parser.parse(source)
    var found = diagnostics.map { ($0, source) }
    let outside = enter(source)
    defer { imports.leave(outside) }
    for statements in script.runs {
      do {
        let outcome = try execute(statements, Run(source: source, isDry: true))
        found += warnings.map { ($0, source) }
        if case .result(let table) = outcome { found += table.warnings.map { ($0, source) } }
      } catch {
        found += (error as? KhabarError)?.diagnostics.map { ($0.diagnostic, $0.source) } ?? []
      }
    }
    return found
  }

  // MARK: - Statements

  /// Runs one statement, or several definitions, which may speak of one another.
  mutating func execute(_ statements: ArraySlice<Statement>, _ run: Run) throws -> Outcome {
    warnings = []
    run.control.begin()
    readTables = TableFiles(
      directory: folder(of: run.source), scope: readableFiles(of: run.source), log: readLog)
    defer { readTables = nil }
    guard let statement = statements.first else { return .none }
    switch statement.kind {
    case .query(let query): return try answer(query, run)
    case .letBinding(let name, let query): try bind(name, query, run)
    case .function(let function): try define(function, run)
    case .parameter(let name, let value): try define(name, value, run)
    case .define: try define(Array(statements), run)
    case .import(let file): try load(file, run)
    case .set(let name, let setting): try set(name, setting, run)
    case .explain(let query, let isRun): return try explain(query, isRun: isRun, run)
    case .assert(let expression, let message): try assert(expression, message, run)
    case .expect(let query, let table): try expect(query, table, at: statement.span, run)
    case .print(let interpolation): return try text(interpolation, run)
    }
    return .none
  }

  private mutating func answer(_ query: Query, _ run: Run) throws -> Outcome {
    let table = try table(of: query, run)
    return try writePicture(table, of: query, run) ? .none : .result(table)
  }

  private mutating func table(of query: Query, _ run: Run) throws -> ResultTable {
    let (plan, diagnostics) = Resolver.resolve(query, in: environment)
    let resolved = try checked((plan, diagnostics), run)
    asked = (query, tables)
    var table = ResultTable(columns: [], rows: [], kind: nil, records: [], store: model.store, warnings: [])
    if !run.isDry {
      table = try evaluated(run) { () throws(EvaluationError) in
        try Evaluator.run(resolved, on: model.store, control: run.control)
      }
    }
    table.warnings = diagnostics + table.warnings
    if keepsAnswers { keep(table) }
    return table
  }

  private var tables: TableFiles {
    readTables ?? TableFiles(directory: baseFolder, scope: fileAccess.reading(from: baseFolder))
  }

  package var environment: Environment { environment(reading: tables) }

  func environment(reading tables: TableFiles) -> Environment {
    Environment(
      store: model.store, bindings: resolved, functions: functions, parameters: parameters,
      today: today ?? Clock.today(), tables: tables)
  }

  /// In which names are bound: `ans` is no name here, but the query that it stands for now.
  private var lastingEnvironment: Environment {
    var environment = environment
    guard let answered, !isAnswerBound else { return environment }
    environment.parameters[Self.answerName] = Expression(.query(answered.query), span: .none).unplaced
    return environment
  }

  /// The names bound by `let`, in the order of their binding, and `ans`.
  package var boundNames: [String] {
    var seen: Set<String> = []
    return (bindings.map(\.name) + (answered == nil ? [] : [Self.answerName]))
      .filter { seen.insert($0).inserted }
  }

  /// The names given by `def` and `param`.
  package var definedNames: [String] { (Array(functions.keys) + parameters.keys).sorted() }

  private mutating func bind(_ name: Name, _ query: Query, _ run: Run) throws {
    let (bound, diagnostics) = Resolver.resolveBinding(query, in: environment)
    resolved[name.text] = try checked((bound, diagnostics), run)
    warnings = diagnostics
    // What its calls and parameters stand for now, it keeps.
    bindings.append((name.text, try checked(Resolver.expanded(query, in: lastingEnvironment), run), tables))
    parameters[name.text] = nil
  }

  private mutating func define(_ function: FunctionDefinition, _ run: Run) throws {
    functions[function.name.text] = try checked(Resolver.closed(function, in: lastingEnvironment), run)
  }

  private mutating func define(_ name: Name, _ value: Expression, _ run: Run) throws {
    let standard = try checked(Resolver.expanded(value, in: environment), run)
    let given = parameterValues[name.text]
    guard let value = given.map({ Parameter.value($0, like: standard) }) ?? standard else {
      throw KhabarError(
        [Parameter.mismatch(name, given: given ?? "", like: standard)], in: run.source)
    }
    parameters[name.text] = value.unplaced
  }

  /// Adds records to the model. What is bound is resolved anew, since records change places.
  private mutating func define(_ statements: [Statement], _ run: Run) throws {
    let outcome = ModelLoader.load([(Script(statements), 0)], onto: model.builder)
    if outcome.hasErrors { throw KhabarError(outcome.diagnostics, in: run.source) }
    warnings = outcome.diagnostics
    model = model.rebuilt(outcome.builder)
    resolved = [:]
    bindAnswerAnew()
    for binding in bindings {
      let environment = Environment(
        store: model.store, bindings: resolved, today: today ?? Clock.today(), tables: binding.tables)
      let (query, diagnostics) = Resolver.resolveBinding(binding.query, in: environment)
      resolved[binding.name] = query
      if query == nil, let first = diagnostics.first {
        warnings.append(
          Diagnostic(
            "E0614", "`\(binding.name)` can no longer be read: \(first.message)", at: statements[0].span,
            severity: .warning))
      }
    }
  }

  // MARK: - The last answer

  /// The name of the last answer.
  package static let answerName = "ans"

  private var isAnswerBound: Bool { bindings.contains { $0.name == Self.answerName } }

  /// Binds the answer to the query that was asked last to `ans`, unless `let` has given that name to something else.
  private mutating func keep(_ table: ResultTable) {
    guard let query = table.query, let asked, !isAnswerBound,
      let expanded = Resolver.expanded(asked.query, in: lastingEnvironment).0
    else { return }
    // Of a picture, the rows that it was drawn from.
    answered = (expanded.undrawn, asked.tables)
    guard query.drawing == nil else { return bindAnswerAnew() }
    resolved[Self.answerName] = query.bound(to: table)
  }

  /// Records have changed places: the last answer is found anew when it is used.
  private mutating func bindAnswerAnew() {
    guard let answered else { return }
    let environment = Environment(
      store: model.store, today: today ?? Clock.today(), tables: answered.tables)
    resolved[Self.answerName] = Resolver.resolveBinding(answered.query, in: environment).0
  }

  /// Puts the text of one of the model's articles at hand: see `Model.attaching(text:)`.
  package mutating func attach(text: [UInt8]) throws {
    model = try model.attaching(text: text)
  }

  private mutating func set(_ name: Name, _ setting: Setting, _ run: Run) throws {
    switch name.text {
    case "lang":
      guard Model.isLanguage(setting.text) else {
        throw KhabarError(
          [SettingError.notALanguage(setting.text).diagnostic(at: setting.span)], in: run.source)
      }
      language = setting.text
    case "today":
      guard let time = try? EDTFTime(parsing: setting.text), time.window.isExact,
        time.window.startMin == time.window.endMax
      else {
        throw KhabarError(
          [SettingError.notADay(setting.text).diagnostic(at: setting.span)], in: run.source)
      }
      today = time.window.startMin
    default:
      throw KhabarError([SettingError.unknown(name.text).diagnostic(at: name.span)], in: run.source)
    }
  }

  // MARK: - Expressions that stand alone

  private func assert(_ expression: Expression, _ message: Name?, _ run: Run) throws {
    let condition = try checked(Resolver.resolve(expression, in: environment), run)
    if run.isDry { return }
    let value = try evaluated(run) { () throws(EvaluationError) in
      try Evaluator.value(condition, on: model.store, control: run.control).value
    }
    if value == .truth(true) { return }
    let found = value == .truth(false) ? "false" : value == .missing ? "unknown" : "no condition"
    throw KhabarError(
      [
        Diagnostic(
          "E0503", "assertion failed: it is \(found)", at: expression.span,
          notes: (message.map { [$0.text] } ?? []) + sides(of: expression, run))
      ], in: run.source)
  }

  /// - Throws: `ExpectationError` where the answer is another one.
  private mutating func expect(_ query: Query, _ expected: ExpectedTable, at span: Span, _ run: Run) throws {
    let answer = try table(of: query, run)
    warnings = answer.warnings
    if run.isDry { return }
    answeredLines = ResultRenderer.expectedLines(answer, language: language)
    if expected.plainLines == answeredLines { return }
    throw ExpectationError(expected: expected.plainLines, found: answeredLines).error(
      at: Span(span.lower, query.span.upper), in: run.source)
  }

  /// What the two sides of a comparison are.
  private func sides(of expression: Expression, _ run: Run) -> [String] {
    guard case .binary(_, let left, let right) = expression.kind else { return [] }
    return [("left", left), ("right", right)].compactMap { side, operand in
      guard let resolved = Resolver.resolve(operand, in: environment).0, resolved.type != .truth,
        let value = try? Evaluator.value(resolved, on: model.store, control: run.control).value
      else { return nil }
      return value == .missing
        ? "the \(side) side is unknown"
        : "the \(side) side is \(ResultRenderer.text(value, of: model.store, language: language))"
    }
  }

  private func text(_ interpolation: Interpolation, _ run: Run) throws -> Outcome {
    let expressions = interpolation.expressions.map { Resolver.resolve($0, in: environment) }
    let wrong = expressions.filter { $0.0 == nil }.flatMap(\.1)
    if !wrong.isEmpty { throw KhabarError(wrong, in: run.source) }
    if run.isDry { return .none }
    var values = expressions.compactMap(\.0)[...]
    var text = ""
    for part in interpolation.parts {
      if case .text(let literal) = part { text += VisibleText.escapeLines(literal) }
      if case .expression = part, let expression = values.popFirst() {
        let value = try evaluated(run) { () throws(EvaluationError) in
          try Evaluator.value(expression, on: model.store, control: run.control).value
        }
        text += ResultRenderer.text(value, of: model.store, language: language)
      }
    }
    return .text(text)
  }

  func checked<T>(_ outcome: (T?, [Diagnostic]), _ run: Run) throws -> T {
    guard let value = outcome.0 else { throw KhabarError(outcome.1, in: run.source) }
    return value
  }

  func evaluated<T>(_ run: Run, _ body: () throws(EvaluationError) -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw KhabarError([error.diagnostic], in: run.source)
    }
  }
}

extension Script {
  /// The statements one by one; definitions that follow one another together.
  var runs: [ArraySlice<Statement>] {
    var runs: [ArraySlice<Statement>] = []
    var rest = statements[...]
    while !rest.isEmpty {
      let definitions = rest.prefix { if case .define = $0.kind { true } else { false } }
      runs.append(rest.prefix(max(1, definitions.count)))
      rest = rest.dropFirst(max(1, definitions.count))
    }
    return runs
  }
}

extension ResolvedQuery {
  /// The same as what a name is bound to, answered already. Merged events are found out by each run for itself.
  fileprivate func bound(to table: ResultTable) -> ResolvedQuery {
    var query = self
    var answer: Subquery.Answer?
    switch shape {
    case .records:
      if case .project(let records, _, keepsRecords: true) = plan { query.plan = records }
      if merging == nil { answer = .records(table.records) }
    case .columns(let columns):
      if columns.allSatisfy({ $0.merging == nil }) { answer = .rows(table.rows) }
    }
    query.plan = .shared(Subquery(query.plan, shape: shape, answer: answer))
    return query
  }
}

extension Interpolation {
  fileprivate var expressions: [Expression] {
    parts.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }
}

/// What can be wrong with `set`.
private enum SettingError {
  case unknown(String)
  case notADay(String)
  case notALanguage(String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .unknown(let name):
      Diagnostic("E0604", "there is no setting `\(name)`", at: span, help: ["settings: `lang`, `today`"])
    case .notADay(let text):
      Diagnostic("E0605", "`\(text)` is no day", at: span, help: ["a day is written `2023-05-19`"])
    case .notALanguage(let text):
      Diagnostic("E0615", "`\(text)` is no language", at: span, help: ["a language is written `en` or `ar`"])
    }
  }
}
