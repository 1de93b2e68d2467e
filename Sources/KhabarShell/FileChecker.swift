import Khabar
import KhabarSyntax

/// Says what is wrong with files.
package struct FileChecker {
  private let scriptSession: Session
  /// What definitions are added to.
  private let modelSession: Session

  /// Scripts speak of the models named, by default the built-in one; definitions are added to those named.
  package init(models: [String]) throws {
    let named = try ModelFiles.load(models)
    scriptSession = Session(named)
    modelSession = Session(models.isEmpty ? .empty : named)
  }

  /// Writes what is wrong with a file to standard error; true: nothing that would keep it from running.
  package func check(_ path: String, style: OutputStyle) -> Bool {
    do {
      let source = try ModelFiles.source(ofFile: path)
      let found = diagnostics(of: source)
      if !found.isEmpty { style.report(KhabarError(found, in: source)) }
      return !found.contains { $0.severity == .error }
    } catch {
      style.report(error)
      return false
    }
  }

  private func diagnostics(of source: SourceText) -> [Diagnostic] {
    let statements = Parser.parse(source).script.statements
    let isModel = statements.allSatisfy { if case .define = $0.kind { true } else { false } }
    return (isModel ? modelSession : scriptSession).check(source)
  }
}
