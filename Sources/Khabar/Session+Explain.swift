import KhabarEval
import KhabarPlan
import KhabarSyntax

extension Session {
  /// How a query is understood and run: its tokens, its tree, the plan as it was resolved, and the plan after each
  /// rewrite. With `isRun` the query is run, and its operators are listed with their rows and times.
  func explain(_ query: Query, isRun: Bool, _ run: Run) throws -> Outcome {
    let resolved = try checked(Resolver.resolve(query, in: environment), run)
    if run.isDry { return .none }
    if isRun { return try profile(resolved, run) }
    let plans = PlanPrinter(model.store)
    let statement = Statement(.query(query), span: query.span)
    var sections = [
      ("tokens", TokenPrinter.print(run.source, in: query.span)),
      ("tree", TreePrinter.print(statement)),
      ("plan", plans.print(resolved.plan)),
    ]
    if let drawing = resolved.drawing { sections.append(("drawing", drawing.name)) }
    for step in Rewriter.steps(resolved.plan) {
      sections.append(("plan: \(step.rewrite.rawValue)", plans.print(step.plan)))
    }
    return .text(sections.map { "\($0)\n\(Self.indented($1))" }.joined(separator: "\n"))
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }

  private func profile(_ query: ResolvedQuery, _ run: Run) throws -> Outcome {
    let profile = Profile()
    _ = try evaluated(run) { () throws(EvaluationError) in
      try Evaluator.run(query, on: model.store, profile: profile, control: run.control)
    }
    let plans = PlanPrinter(model.store)
    var lines = [Self.line("rows", "time", "operator")]
    func add(_ node: Profile.Node, _ depth: Int) {
      let name = String(repeating: "  ", count: depth) + plans.head(node.plan)
      lines.append(Self.line("\(node.rows)", Self.micros(node.time), name))
      for input in node.inputs { add(input, depth + 1) }
    }
    for node in profile.nodes { add(node, 0) }
    let total = profile.nodes.reduce(0) { $0 + $1.total }
    lines.append(Self.line("", Self.micros(total), "in all"))
    return .text(lines.joined(separator: "\n"))
  }

  private static func line(_ rows: String, _ time: String, _ operation: String) -> String {
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return "\(right(rows, 8))  \(right(time, 10))  \(operation)"
  }

  private static func micros(_ nanoseconds: Int) -> String { "\(nanoseconds / 1000) µs" }
}
