import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

// Dot commands that show what there is.
extension Shell {
  func showNames(_ line: DotLine) throws {
    let model = runner.session.model
    let list = NameList(model.store, language: runner.session.language)
    try runner.write(list.table(matching: line.rest.text))
  }

  func showHistory(_ line: DotLine) throws {
    let pattern = Folding.fold(line.rest.text)
    guard let history else { return runner.tell("no history is kept here") }
    let entries = history.entries
    let width = String(entries.count).count
    let listed = entries.enumerated().compactMap { index, entry -> String? in
      guard pattern.isEmpty || Folding.fold(entry).contains(pattern) else { return nil }
      let number = String(index + 1)
      let text = VisibleText.escapeLines(entry)
        .replacing("\n", with: "\n" + String(repeating: " ", count: width + 2))
      return String(repeating: " ", count: width - number.count) + number + "  " + text + "\n"
    }
    try runner.write(listed.joined())
  }

  func explain(_ line: DotLine) throws {
    guard !line.rest.text.isEmpty else {
      throw line.error(
        "E0610", "expected a query after `.explain`", at: line.name,
        help: "for example `.explain meetings in Moscow`")
    }
    let resolved = try resolve(line) { Resolver.resolve($0, in: $1) }
    let plan = PlanPrinter(runner.session.model.store).print(resolved.plan)
    try runner.write(VisibleText.escapeLines(plan) + "\n")
  }

  func showSchema(_ line: DotLine) throws {
    guard !line.rest.text.isEmpty else {
      return try runner.write(Schema(runner.session.model.store).overview(width: runner.style.width ?? 80))
    }
    let resolved = try resolve(line) { Resolver.resolveBinding($0, in: $1) }
    let table = Schema(runner.session.model.store).fields(of: resolved.shape)
    try runner.write(table)
  }

  /// The query after a command's name, resolved; what is wrong is said of the line as it was typed.
  private func resolve(
    _ line: DotLine, _ resolve: (Query, Environment) -> (ResolvedQuery?, [Diagnostic])
  ) throws -> ResolvedQuery {
    let (script, diagnostics) = Parser.parse(line.query)
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw KhabarError(diagnostics, in: line.source)
    }
    guard case .query(let query)? = script.statements.first?.kind, script.statements.count == 1 else {
      throw line.error(
        "E0610", "expected a query after `\(line.name.text)`", at: line.rest,
        help: "for example `\(line.name.text) meetings in Moscow`")
    }
    let (resolved, problems) = resolve(query, runner.session.environment)
    guard let resolved else { throw KhabarError(problems, in: line.source) }
    return resolved
  }
}
