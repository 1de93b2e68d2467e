import Khabar
import KhabarSyntax

/// Says what is wrong with files.
package struct FileChecker {
  private let models: [String]
  private let session: Session

  /// Scripts speak of the models named, by default the built-in one; definitions are added to those named.
  package init(
    models: [String], parameterValues: [String: String] = [:], fileAccess: FileAccess = FileAccess()
  ) throws {
    self.models = models
    var session = Session(try ModelFiles.load(models))
    session.parameterValues = parameterValues
    session.fileAccess = fileAccess
    self.session = session
  }

  init(models: [String], session: Session) {
    self.models = models
    self.session = session
  }

  /// What is wrong with a text.
  func problems(in source: SourceText) throws -> KhabarError? {
    try isModel(source) ? checkModel(source) : checkScript(source)
  }

  /// Writes what is wrong with a file to standard error; true: nothing that would keep it from running.
  package func check(_ path: String, style: OutputStyle) -> Bool {
    do {
      if ModelFiles.isDatabase(path) {
        try ModelFiles.checkDatabase(path)
        return true
      }
      let source = try ModelFiles.source(ofFile: path)
      guard let found = try problems(in: source) else { return true }
      style.report(found)
      return !found.problems.contains { $0.severity == "error" }
    } catch {
      style.report(error)
      return false
    }
  }

  private func isModel(_ source: SourceText) -> Bool {
    let statements = Parser.parse(source).script.statements
    return !statements.isEmpty && statements.allSatisfy { if case .define = $0.kind { true } else { false } }
  }

  private func checkModel(_ source: SourceText) throws -> KhabarError? {
    let sources = try models.map { try ModelFiles.source(ofModel: $0) } + [source]
    return try Model(sources: sources, name: source.name).warnings
  }

  private func checkScript(_ source: SourceText) -> KhabarError? {
    if let error = session.unknownParameterValues(for: source) { return error }
    let found = session.check(source)
    return found.isEmpty ? nil : KhabarError(found)
  }
}
