import EDTF
import KhabarModel
import KhabarSyntax

/// Writes a plan as an outline, the last operator first, its input indented below it. Names stand for codes; of a long list the
/// first few and how many more.
///
///     aggregate count
///       filter takes part in (sergei_lavrov)
///         filter type in (CONSULT, negotiation, summit)
///           scan events
package struct PlanPrinter {
  private let store: EventStore

  package init(_ store: EventStore) { self.store = store }

  package func print(_ plan: Plan) -> String { lines(plan).joined(separator: "\n") }

  /// The line of the plan's last operator.
  package func head(_ plan: Plan) -> String { lines(plan).first ?? "" }

  package func print(_ expression: PlanExpression) -> String { text(expression) }

  private func lines(_ plan: Plan) -> [String] {
    switch plan {
    case .scan(let kind): ["scan \(RowShape.records(kind).name)"]
    case .table(let table): ["table \(SyntaxPrinter().quote(table.name)) (\(columns(table)))"]
    case .records(let kind, let rows): ["\(RowShape.records(kind).name) (\(ids(kind, rows.map(Int.init))))"]
    case .filter(let input, let condition): above("filter \(text(condition))", input)
    case .sort(let input, let keys):
      above(
        "sort by \(keys.map { text($0.expression) + ($0.isDescending ? " desc" : "") }.joined(separator: ", "))",
        input)
    case .slice(let input, let skip, let take):
      above(
        [skip > 0 ? "skip \(skip)" : nil, take.map { "take \($0)" }].compactMap(\.self).joined(
          separator: " "), input)
    case .project(let input, let columns, _):
      above("select \(columns.map(text).joined(separator: ", "))", input)
    case .distinct(let input, let columns):
      above("distinct \(columns.map(text).joined(separator: ", "))", input)
    case .aggregate(let input, let grouping): above(aggregate(grouping), input)
    case .walk(let input, let step): above("walk from \(step.source.plural) to \(walk(step))", input)
    case .oneADay(let input, _): above("one a day", input)
    case .links(let input): above("who with whom", input)
    case .combine(let operation, let left, let right): [operation.rawValue] + indented(left) + indented(right)
    case .path(let search): path(search)
    case .sequence(let search): sequence(search)
    case .shared(let subquery): ["bound query"] + indented(subquery.plan)
    case .join(let left, let right, let condition):
      ["join on \(text(condition))"] + indented(left) + indented(right)
    }
  }

  private func columns(_ table: TableData) -> String {
    shortened(table.columns.map { "\($0.name): \($0.type.name)" })
  }

  private func sequence(_ search: SequenceSearch) -> [String] {
    var line = search.isEvery ? "every sequence" : "sequence"
    if let key = search.key { line += " by \(text(key))" }
    if let on = search.on { line += " on \(text(on))" }
    if let within = search.within { line += " within \(text(within))" }
    return [line] + search.steps.flatMap(indented) + (search.until.map { ["until"] + indented($0) } ?? [])
  }

  private func above(_ line: String, _ input: Plan) -> [String] { [line] + indented(input) }

  private func indented(_ plan: Plan) -> [String] { lines(plan).map { "  " + $0 } }

  private func text(_ column: PlanColumn) -> String {
    let expression = text(column.expression)
    return expression == column.name ? expression : "\(expression) as \(column.name)"
  }

  private func aggregate(_ grouping: PlanGrouping) -> String {
    let calls = grouping.aggregates.map { aggregate in
      let argument = aggregate.argument.map { "(\(text($0)))" } ?? ""
      var call = aggregate.function.rawValue + argument
      if let count = aggregate.rolling { call = "rolling(\(call), \(count))" }
      return call == aggregate.name ? call : "\(call) as \(aggregate.name)"
    }
    let keys = grouping.keys.enumerated().map { index, key in
      text(key) + (grouping.dense?.index == index ? " dense" : "")
    }
    let by = keys.isEmpty ? "" : " by \(keys.joined(separator: ", "))"
    return "aggregate \(calls.joined(separator: ", "))\(by)"
  }

  private func walk(_ step: WalkStep) -> String {
    switch step.kind {
    case .field(let field): "\(text(field))"
    case .eventsOfActors: "events, with representatives"
    case .participationsOfActors: "participants, with representatives"
    case .reportsOfActors: "reports, with representatives"
    case .eventsOfPlaces: "events, with places within"
    }
  }

  private func path(_ search: PathSearch) -> [String] {
    let limit = search.limit.map { " within \($0) steps" } ?? ""
    let line = "path from \(store.id(.actor, search.from)) to \(store.id(.actor, search.to))\(limit)"
    return [line] + (search.through.map(indented) ?? [])
  }

  /// A plan within an expression, in one line.
  private func inline(_ plan: Plan) -> String {
    lines(plan).map { String($0.drop { $0 == " " }) }.joined(separator: " < ")
  }

  // MARK: - Expressions

  func text(_ expression: PlanExpression) -> String {
    switch expression.kind {
    case .constant(let value): return text(value)
    case .field(let field):
      return field.name + (field.isDecidedByReports && field.known != nil ? " as known" : "")
    case .rowItself: return "itself"
    case .eventKey(let key): return key.rawValue
    case .column(let index): return "column \(index + 1)"
    case .through(let base, let field): return "\(text(base)).\(field.name)"
    case .inLanguage(let base, let language): return "\(text(base)).\(language)"
    case .lookup(let code, let table): return "\(text(code)) in (\(codes(table, code.type)))"
    case .anyElement(let list, let table): return "\(text(list)) has any of (\(codes(table, list.type)))"
    case .takesPart(let actors, let role):
      let role = role.map { " as \(store.word(.role, $0))" } ?? ""
      return "takes part in (\(codes(actors, .entity(.actor))))\(role)"
    case .someReport(let condition, let known, _):
      return "some report\(known.map { " known on \(text($0.time))" } ?? "") (\(text(condition)))"
    case .ofEvent(let condition): return "its event (\(text(condition)))"
    case .someRelated(let relation, let condition): return "some \(relation.rawValue) (\(text(condition)))"
    case .time(let word, let left, let right): return "\(text(left)) \(word.rawValue) \(text(right))"
    case .between(let value, let from, let to): return "\(text(value)) between \(text(from)) and \(text(to))"
    case .within(let value, let distance, let other):
      return "\(text(value)) within \(text(distance)) of \(text(other))"
    case .compare(let op, let left, let right): return "\(text(left)) \(op.rawValue) \(text(right))"
    case .named(let name): return "what is called \(text(name))"
    case .isMissing(let value): return "\(text(value)) = none"
    case .member(let value, let subquery):
      return "\(text(value)) in (\(inline(subquery.plan)))"
    case .has(let list, let element): return "\(text(list)) has \(text(element))"
    case .contains(let value, let part): return "\(text(value)) contains \(text(part))"
    case .matches(let value, let pattern): return "\(text(value)) matches \"\(pattern.text)\""
    case .and(let left, let right): return "(\(text(left)) and \(text(right)))"
    case .or(let left, let right): return "(\(text(left)) or \(text(right)))"
    case .not(let inner): return "not (\(text(inner)))"
    case .possibly(let inner): return "possibly (\(text(inner)))"
    case .arithmetic(let op, let left, let right): return "(\(text(left)) \(op.rawValue) \(text(right)))"
    case .negate(let inner): return "-\(text(inner))"
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(arguments.map(text).joined(separator: ", ")))"
    case .dependent(let dependent): return text(dependent.original)
    case .subquery(let use, let subquery): return "\(use)(\(inline(subquery.plan)))"
    }
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .missing: "none"
    case .truth(let truth): "\(truth)"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .text(let text): "\"\(text)\""
    case .localized(let text): "\"\(text.preferred("en") ?? "")\""
    case .time(let time): time.time.description
    case .duration(let length):
      length.calendar?.description ?? "\(length.days.lowerBound)..\(length.days.upperBound) days"
    case .entity(let kind, let row): store.id(kind, row)
    case .symbol(let kind, let code): store.word(kind, code)
    case .list(let values): "(\(values.map(text).joined(separator: ", ")))"
    }
  }

  /// The true codes of a table, and those that are unknown.
  private func codes(_ table: TruthTable, _ type: ValueType) -> String {
    let unknown = table.values.indices.dropFirst().filter { table.values[$0] == .unknown }.map { $0 - 1 }
    let known = names(table.trueCodes, type)
    return unknown.isEmpty ? known : "\(known); perhaps \(names(unknown, type))"
  }

  private func names(_ codes: [Int], _ type: ValueType) -> String {
    switch type.element {
    case .entity(let kind): ids(kind, codes)
    case .symbol(let kind): shortened(codes.map { store.word(kind, Int16($0)) })
    default: ""
    }
  }

  private func ids(_ kind: EntityKind, _ rows: [Int]) -> String {
    shortened(rows.map { store.id(kind, Int32($0)) })
  }

  private func shortened(_ names: [String]) -> String {
    let most = 8
    guard names.count > most else { return names.joined(separator: ", ") }
    return names.prefix(most).joined(separator: ", ") + ", and \(names.count - most) more"
  }
}
