// The outline of queries.

extension TreePrinter {
  static func outline(_ query: Query) -> Node {
    Node("query", [outline(query.source)] + query.stages.map(outline))
  }

  private static func outline(_ source: Source) -> Node {
    switch source {
    case .phrase(let phrase): outline(phrase)
    case .path(let path): outline(path)
    case .sequence(let pattern): outline(pattern)
    }
  }

  private static func outline(_ phrase: NounPhrase) -> Node {
    let adjectives = phrase.adjectives.map { Node("adjective \($0.word)") }
    return Node("phrase", adjectives + [outline(phrase.noun)] + phrase.clauses.map { outline($0) })
  }

  private static func outline(_ noun: Noun) -> Node {
    switch noun.kind {
    case .rows(let rows): Node("noun \(rows.rawValue)")
    case .word(let name): Node("noun word \(printer.print(name))")
    case .entity(let kind, let name): Node("noun \(kind.rawValue) \(printer.print(name))")
    case .group(let query): Node("noun group", [outline(query)])
    case .table(let name): Node("noun table \(printer.print(name))")
    case .call(let name, let arguments): Node("noun call \(name.text)", arguments.map(outline))
    }
  }

  private static func outline(_ path: Path) -> Node {
    let through = path.through.map { [Node("through", [outline($0)])] } ?? []
    let steps = path.steps.map { [Node("steps \(printer.print($0))")] } ?? []
    return Node("path from \(printer.print(path.from)) to \(printer.print(path.to))", through + steps)
  }

  private static func outline(_ pattern: SequencePattern) -> Node {
    let key = pattern.key.map { [Node("by", [outline($0)])] } ?? []
    let within = pattern.within.map { [Node("within", [outline($0)])] } ?? []
    let until = pattern.until.map { [Node("until", [outline($0)])] } ?? []
    let on = pattern.on.map { [Node("on", [outline($0)])] } ?? []
    let children = key + pattern.steps.map { outline($0) } + on + within + until
    return Node(pattern.isEvery ? "every sequence" : "sequence", children)
  }

  // MARK: - Clauses

  /// A clause of names is one line; `prefix` holds the `not` and `possibly` before it.
  private static func outline(_ clause: Clause, prefix: String = "clause") -> Node {
    switch clause.kind {
    case .not(let inner): outline(inner, prefix: prefix + " not")
    case .possibly(let inner): outline(inner, prefix: prefix + " possibly")
    case .time(let comparison, let time): Node("\(prefix) \(comparison.rawValue)", [outline(time)])
    case .between(let first, let last): Node("\(prefix) between", [first, last].map(outline))
    case .within(let length, let time): Node("\(prefix) within", [length, time].map(outline))
    case .asOf(let time): Node("\(prefix) as of", [outline(time)])
    case .where(let expression): Node("\(prefix) where", [outline(expression)])
    case .with, .without, .place, .about, .accordingTo, .reportedBy, .reportedIn, .representing:
      Node("\(prefix) \(printer.print(clause))")
    }
  }

  // MARK: - Stages

  private static func outline(_ stage: Stage) -> Node {
    switch stage.kind {
    case .where(let expression): Node("stage where", [outline(expression)])
    case .sort(let keys): Node("stage sort", keys.map(outline))
    case .top(let count, let key): Node("stage top \(printer.print(count))", [outline(key)])
    case .distinct(let keys): Node("stage distinct", keys.map(outline))
    case .select(let columns): Node("stage select", columns.map(outline))
    case .summarize(let aggregates, let keys, let dense):
      Node(
        "stage summarize",
        aggregates.map(outline)
          + (keys.isEmpty ? [] : [Node(dense == nil ? "by" : "by, dense", keys.map(outline))]))
    case .join(let query, let name, let condition):
      Node("stage join as \(printer.print(name))", [outline(query), Node("on", [outline(condition)])])
    case .union(let query): Node("stage union", [outline(query)])
    case .intersect(let query): Node("stage intersect", [outline(query)])
    case .except(let query): Node("stage except", [outline(query)])
    case .timeline(let key): Node("stage timeline", (key.map { [outline($0)] } ?? []) + file(stage))
    case .chart(let expression): Node("stage chart", [outline(expression)] + file(stage))
    case .take, .skip, .count, .walk, .evidence, .oneADay, .graph: Node("stage \(printer.print(stage))")
    }
  }

  private static func file(_ stage: Stage) -> [Node] {
    stage.file.map { [Node("to \(printer.print($0))")] } ?? []
  }

  private static func outline(_ key: SortKey) -> Node {
    key.isDescending ? Node("desc", [outline(key.expression)]) : outline(key.expression)
  }

  private static func outline(_ column: NamedExpression) -> Node {
    column.name.map { Node("as \(printer.print($0))", [outline(column.expression)]) }
      ?? outline(column.expression)
  }
}
