import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
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
  private var today: Int?
  /// All that `let` has bound, in order: a query sees the names that were bound before it, as they were then.
  private var bindings: [(name: String, query: Query)] = []
  private var resolved: [String: ResolvedQuery] = [:]
  /// What is to be said of the definitions just made, though they are right.
  package private(set) var warnings: [Diagnostic] = []

  /// A session over a model, with nothing bound.
  public init(_ model: Model) { self.model = model }

  /// What a statement gave.
  package enum Outcome: Sendable {
    case none
    case result(ResultTable)
    case text(String)
  }

  /// Runs all statements of a text, and stops at the first that fails.
  ///
  /// - Parameters:
  ///   - text: The statements; where one cannot be read, none is run.
  ///   - name: What messages call the text, for example a file's path.
  /// - Returns: The answers of the queries among them.
  /// - Throws: `KhabarError` with all that is wrong.
  @discardableResult
  public mutating func run(_ text: String, name: String = "<input>") throws -> [QueryResult] {
    var results: [QueryResult] = []
    try run(SourceText(name: name, text: text)) { outcome, _ in
      if case .result(let table) = outcome { results.append(QueryResult(table)) }
    }
    return results
  }

  /// Runs all statements of a text and hands on what each gives, at once, with the session as the statement left
  /// it.
  package mutating func run(
    _ source: SourceText, isCancelled: @escaping @Sendable () -> Bool = { false },
    _ take: (Outcome, Session) throws -> Void
  ) throws {
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { throw KhabarError(diagnostics, in: source) }
    var rest = script.statements[...]
    while let statement = rest.first {
      warnings = []
      if statement.isDefinition {
        let definitions = rest.prefix { $0.isDefinition }
        try define(Array(definitions), in: source)
        try take(.none, self)
        rest = rest.dropFirst(definitions.count)
      } else {
        let outcome = try execute(statement, in: source, isCancelled)
        try take(outcome, self)
        rest = rest.dropFirst()
      }
    }
  }

  /// Everything that is wrong with a text, without running it: names are resolved as they would be. What `let` binds
  /// and `define` defines in the text is there in this copy of the session.
  package func check(_ source: SourceText) -> [Diagnostic] {
    var session = self
    var (script, diagnostics) = Parser.parse(source)
    while let statement = script.statements.first {
      let definitions = script.statements.prefix { $0.isDefinition }
      if definitions.isEmpty {
        diagnostics += session.check(statement, in: source)
      } else {
        diagnostics += session.check(Array(definitions), in: source)
      }
      script.statements.removeFirst(max(1, definitions.count))
    }
    return diagnostics
  }

  private mutating func check(_ statement: Statement, in source: SourceText) -> [Diagnostic] {
    switch statement.kind {
    case .query(let query), .explain(let query): return Resolver.resolve(query, in: environment).1
    case .assert(let expression, _): return Resolver.resolve(expression, in: environment).1
    case .print(let interpolation):
      return interpolation.expressions.flatMap { Resolver.resolve($0, in: environment).1 }
    case .define: return check([statement], in: source)
    case .letBinding, .set:
      do {
        _ = try execute(statement, in: source, { false })
        return []
      } catch { return (error as? KhabarError)?.diagnostics.map(\.diagnostic) ?? [] }
    }
  }

  private mutating func check(_ definitions: [Statement], in source: SourceText) -> [Diagnostic] {
    do {
      try define(definitions, in: source)
      return warnings
    } catch { return (error as? KhabarError)?.diagnostics.map(\.diagnostic) ?? [] }
  }

  // MARK: - Statements

  private mutating func execute(
    _ statement: Statement, in source: SourceText, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Outcome {
    switch statement.kind {
    case .query(let query):
      let (plan, diagnostics) = Resolver.resolve(query, in: environment)
      let resolved = try checked((plan, diagnostics), in: source)
      var table = try evaluated(source) { () throws(EvaluationError) in
        try Evaluator.run(resolved, on: model.store, isCancelled: isCancelled)
      }
      table.warnings = diagnostics + table.warnings
      return .result(table)
    case .letBinding(let name, let query):
      try bind(name, query, in: source)
      return .none
    case .define:
      try define([statement], in: source)
      return .none
    case .set(let name, let setting):
      try set(name, setting, in: source)
      return .none
    case .explain(let query):
      let resolved = try checked(Resolver.resolve(query, in: environment), in: source)
      return .text(PlanPrinter(model.store).print(resolved.plan))
    case .assert(let expression, let message):
      try assert(expression, message, in: source, isCancelled)
      return .none
    case .print(let interpolation): return .text(try text(interpolation, in: source, isCancelled))
    }
  }

  package var environment: Environment {
    Environment(store: model.store, bindings: resolved, today: today ?? Clock.today())
  }

  /// The names bound by `let`, in the order of their binding.
  package var boundNames: [String] {
    var seen: Set<String> = []
    return bindings.map(\.name).filter { seen.insert($0).inserted }
  }

  private mutating func bind(_ name: Name, _ query: Query, in source: SourceText) throws {
    resolved[name.text] = try checked(Resolver.resolveBinding(query, in: environment), in: source)
    bindings.append((name.text, query))
  }

  /// Adds records to the model. What is bound is resolved anew, since records change places.
  private mutating func define(_ statements: [Statement], in source: SourceText) throws {
    let outcome = ModelLoader.load([(Script(statements), 0)], onto: model.builder)
    if outcome.hasErrors { throw KhabarError(outcome.diagnostics, in: source) }
    warnings = outcome.diagnostics
    model = Model(name: model.name, builder: outcome.builder, texts: model.store.texts)
    resolved = [:]
    for binding in bindings {
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

  private mutating func set(_ name: Name, _ setting: Setting, in source: SourceText) throws {
    switch name.text {
    case "lang":
      guard Model.isLanguage(setting.text) else {
        throw KhabarError([SettingError.notALanguage(setting.text).diagnostic(at: setting.span)], in: source)
      }
      language = setting.text
    case "today":
      guard let time = try? EDTFTime(parsing: setting.text), time.window.isExact,
        time.window.startMin == time.window.endMax
      else {
        throw KhabarError(
          [SettingError.notADay(setting.text).diagnostic(at: setting.span)], in: source)
      }
      today = time.window.startMin
    default:
      throw KhabarError([SettingError.unknown(name.text).diagnostic(at: name.span)], in: source)
    }
  }

  // MARK: - Expressions that stand alone

  private func assert(
    _ expression: Expression, _ message: Name?, in source: SourceText,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    let condition = try checked(Resolver.resolve(expression, in: environment), in: source)
    let value = try evaluated(source) { () throws(EvaluationError) in
      try Evaluator.value(condition, on: model.store, isCancelled: isCancelled).value
    }
    if value == .truth(true) { return }
    let found = value == .truth(false) ? "false" : value == .missing ? "unknown" : "no condition"
    throw KhabarError(
      [
        Diagnostic(
          "E0503", "assertion failed: it is \(found)", at: expression.span,
          notes: (message.map { [$0.text] } ?? []) + sides(of: expression, isCancelled))
      ], in: source)
  }

  /// What the two sides of a comparison are.
  private func sides(of expression: Expression, _ isCancelled: @escaping @Sendable () -> Bool) -> [String] {
    guard case .binary(_, let left, let right) = expression.kind else { return [] }
    return [("left", left), ("right", right)].compactMap { side, operand in
      guard let resolved = Resolver.resolve(operand, in: environment).0, resolved.type != .truth,
        let value = try? Evaluator.value(resolved, on: model.store, isCancelled: isCancelled).value
      else { return nil }
      return value == .missing
        ? "the \(side) side is unknown"
        : "the \(side) side is \(ResultRenderer.text(value, of: model.store, language: language))"
    }
  }

  private func text(
    _ interpolation: Interpolation, in source: SourceText, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> String {
    var text = ""
    for part in interpolation.parts {
      switch part {
      case .text(let literal): text += Self.visible(literal)
      case .expression(let expression):
        let resolved = try checked(Resolver.resolve(expression, in: environment), in: source)
        let value = try evaluated(source) { () throws(EvaluationError) in
          try Evaluator.value(resolved, on: model.store, isCancelled: isCancelled).value
        }
        text += ResultRenderer.text(value, of: model.store, language: language)
      }
    }
    return text
  }

  /// Lines and columns of a text are its author's; what a terminal would obey is not.
  private static func visible(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
        .map { VisibleText.escape(String($0), keepsMarks: true) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  private func checked<T>(_ outcome: (T?, [Diagnostic]), in source: SourceText) throws -> T {
    guard let value = outcome.0 else { throw KhabarError(outcome.1, in: source) }
    return value
  }

  private func evaluated<T>(_ source: SourceText, _ body: () throws(EvaluationError) -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw KhabarError([error.diagnostic], in: source)
    }
  }
}

extension Statement {
  fileprivate var isDefinition: Bool { if case .define = kind { true } else { false } }
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
