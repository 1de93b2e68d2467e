import FoundationEssentials
import Khabar
import KhabarEval
import KhabarRender
import KhabarSyntax

/// A case once it has been run: what each section has to say.
struct SpecRun {
  /// The answers, and the texts of `print` and `explain`, up to the first error.
  private var outcomes: [Session.Outcome] = []
  private var problems: [String] = []
  /// What there is to say of definitions: shown with the problems, but a case need not mention it.
  private var notes: [String] = []
  private let source: SourceText
  /// As it was before the statements, for `explain`.
  private var before: Session?
  private var language = "en"

  init(_ spec: SpecCase, input: SourceText) {
    source = input
    do {
      var session = try Self.session(for: spec)
      before = session
      try run(source, in: &session)
      language = session.language
    } catch {
      problems = ["\(error)"]
    }
  }

  private init(_ source: SourceText, in session: Session?) {
    self.source = source
    guard var session else { return }
    try? run(source, in: &session)
  }

  private mutating func run(_ source: SourceText, in session: inout Session) throws {
    var outcomes: [Session.Outcome] = []
    var notes: [String] = []
    do {
      try session.run(source) { outcome, session, source in
        outcomes.append(outcome)
        notes += session.warnings.map { DiagnosticRenderer.render($0, in: source) }
      }
    } catch let error as KhabarError {
      problems.append("\(error)")
    }
    self.outcomes = outcomes
    self.notes = notes
    for case .result(let table) in outcomes {
      problems += table.warnings.map { DiagnosticRenderer.render($0, in: source) }
    }
  }

  private static func session(for spec: SpecCase) throws -> Session {
    var session = Session(try model(for: spec))
    session.language = spec.settings.language
    session.baseDirectory = SpecFile.folder.appending(path: "tables").path
    _ = try session.run("set today \(spec.settings.today)")
    return session
  }

  private static func model(for spec: SpecCase) throws -> Model {
    if let text = spec.text(of: "model") ?? spec.settings.modelText {
      return try Model(text: text, name: "model")
    }
    switch spec.settings.model {
    case "empty": return .empty
    case "builtin:moscow_2023_05_19": return try article.get()
    case let name: return try Model(builtIn: String(name.dropFirst("builtin:".count)))
    }
  }

  private static let article = Result { try Model.builtInArticle }

  // MARK: - Sections

  /// Sections that are part of the question.
  static let inputs: Set<String> = ["also", "model", "script"]
  /// Sections on how a text is understood, which differ for different ways to say the same.
  static let stages: Set<String> = ["tokens", "tree", "english", "arabic", "plan", "error"]

  static func knows(_ section: String) -> Bool {
    inputs.contains(section) || stages.contains(section) || section == "ids"
      || OutputFormat(rawValue: section) != nil
  }

  /// Everything that is wrong with the answer.
  var error: String { problems.joined(separator: "\n") }

  func text(of section: String) -> String {
    switch section {
    case "error": return (notes + problems).joined(separator: "\n")
    case "tokens": return TokenPrinter.print(source)
    case "tree": return TreePrinter.print(Parser.parse(source).script)
    case "english": return SyntaxPrinter(.english).print(Parser.parse(source).script)
    case "arabic": return SyntaxPrinter(.arabic).print(Parser.parse(source).script)
    case "plan": return plan
    default: return answers(section)
    }
  }

  private func answers(_ section: String) -> String {
    outcomes.reduce(into: "") { text, outcome in
      switch outcome {
      case .none: break
      case .text(let printed): text += printed + "\n"
      case .result(let table): text += answer(table, section)
      }
    }
  }

  private func answer(_ table: ResultTable, _ section: String) -> String {
    guard let format = OutputFormat(rawValue: section) else {
      let first = QueryResult(table).rows.map { Self.word($0[0]) }
      return first.joined(separator: ", ") + "\n"
    }
    let options = RenderOptions(language: language)
    return ResultRenderer.render(table, format: format, options: options)
  }

  /// A value of the first column on the line of ids.
  private static func word(_ value: Value) -> String {
    switch value {
    case .missing: "none"
    case .truth(let truth): "\(truth)"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .text(let text): text
    case .time(let time): "\(time)"
    case .list(let values): "(\(values.map(word).joined(separator: " ")))"
    }
  }

  /// What `explain` says of each query's plan, as it was resolved.
  private var plan: String {
    var bytes = source.utf8
    for statement in Parser.parse(source).script.statements.reversed() {
      guard case .query = statement.kind else { continue }
      bytes.insert(contentsOf: "explain ".utf8, at: statement.span.lower)
    }
    let explained = SourceText(name: "spec", text: String(decoding: bytes, as: UTF8.self))
    let lines = SpecRun(explained, in: before).answers("ids").split(separator: "\n")
    var plan = ""
    var isPlan = false
    for line in lines {
      if !line.hasPrefix(" ") { isPlan = line == "plan" } else if isPlan { plan += line.dropFirst(2) + "\n" }
    }
    return plan
  }
}
