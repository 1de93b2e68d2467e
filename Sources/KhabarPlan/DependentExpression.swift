import KhabarModel

/// An expression whose value depends on one thing of the row alone: the time of its event, say, or the actor whose part it
/// is. Rows are many, times and actors few: such an expression is evaluated once for each of these, then looked up.
///
///     quarter(start(event.time)) = 2023-33     over the participants: once for each different time
///     actor.country_code                       once for each actor
package final class DependentExpression: Sendable {
  package enum Domain: Hashable, Sendable {
    /// The different times of the events.
    case eventTimes
    case records(EntityKind)
  }

  package let domain: Domain
  /// From the row to what the expression depends on; of `eventTimes`, to the event.
  package let reference: PlanExpression
  /// The same expression as one over the records of the domain; of `eventTimes`, over events.
  package let expression: PlanExpression
  /// As it stands in the plan.
  package let original: PlanExpression

  private init(_ dependency: Dependency, _ original: PlanExpression) {
    domain = dependency.domain
    reference = dependency.reference
    expression = Dependency.moved(original, to: dependency.domain)
    self.original = original
  }

  /// The plan with all such expressions marked as what they are.
  package static func marked(_ plan: Plan) -> Plan {
    switch plan {
    case .filter(let input, let condition): .filter(marked(input), marked(condition))
    case .sort(let input, let keys):
      .sort(marked(input), keys.map { PlanSortKey(marked($0.expression), isDescending: $0.isDescending) })
    case .slice(let input, let skip, let take): .slice(marked(input), skip: skip, take: take)
    case .project(let input, let columns, let keepsRecords):
      .project(marked(input), columns.map(marked), keepsRecords: keepsRecords)
    case .distinct(let input, let columns): .distinct(marked(input), columns.map(marked))
    case .aggregate(let input, let grouping): .aggregate(marked(input), marked(grouping))
    case .walk(let input, let step): .walk(marked(input), step)
    case .oneADay(let input, let merging): .oneADay(marked(input), merging)
    case .links(let input): .links(marked(input))
    case .combine(let operation, let left, let right): .combine(operation, marked(left), marked(right))
    case .join(let left, let right, let condition): .join(marked(left), marked(right), on: condition)
    case .path(var search):
      { () -> Plan in
        search.through = search.through.map { marked($0) }
        return .path(search)
      }()
    case .sequence(var search):
      { () -> Plan in
        search.steps = search.steps.map { marked($0) }
        search.until = search.until.map { marked($0) }
        search.on = search.on.map { marked($0) }
        return .sequence(search)
      }()
    case .scan, .records, .table, .shared: plan
    }
  }

  private static func marked(_ column: PlanColumn) -> PlanColumn {
    PlanColumn(column.name, marked(column.expression))
  }

  private static func marked(_ grouping: PlanGrouping) -> PlanGrouping {
    var grouping = grouping
    grouping.keys = grouping.keys.map(marked)
    for index in grouping.aggregates.indices {
      grouping.aggregates[index].argument = grouping.aggregates[index].argument.map { marked($0) }
    }
    return grouping
  }

  /// The expression with the largest of such expressions in it marked.
  package static func marked(_ expression: PlanExpression) -> PlanExpression {
    if expression.isWorthLookingUp, let dependency = Dependency.of(expression) {
      return PlanExpression(
        .dependent(DependentExpression(dependency, expression)), expression.type, span: expression.span)
    }
    var marked = expression
    switch expression.kind {
    case .and(let left, let right): marked.kind = .and(self.marked(left), self.marked(right))
    case .or(let left, let right): marked.kind = .or(self.marked(left), self.marked(right))
    case .not(let inner): marked.kind = .not(self.marked(inner))
    case .possibly(let inner): marked.kind = .possibly(self.marked(inner))
    case .time(let word, let left, let right):
      marked.kind = .time(word, self.marked(left), self.marked(right))
    case .compare(let comparison, let left, let right):
      marked.kind = .compare(comparison, self.marked(left), self.marked(right))
    case .call(.if, let arguments): marked.kind = .call(.if, arguments.map(self.marked))
    default: break
    }
    return marked
  }
}

/// On what of the row an expression depends.
private struct Dependency {
  var domain: DependentExpression.Domain
  var reference: PlanExpression
  /// The fields that lead from the row to it.
  var path: [FieldID]

  /// nil: on nothing, or on more than one thing, or on what is no such thing.
  static func of(_ expression: PlanExpression) -> Dependency? {
    var found: Dependency?
    return collect(expression, &found) ? found : nil
  }

  /// Whether all that the expression depends on is one and the same thing.
  private static func collect(_ expression: PlanExpression, _ found: inout Dependency?) -> Bool {
    switch expression.kind {
    case .constant: return true
    case .subquery: return true
    case .field, .through: return join(leaf(expression), &found)
    case .inLanguage(let inner, _), .not(let inner), .possibly(let inner), .isMissing(let inner),
      .negate(let inner), .lookup(let inner, _):
      return collect(inner, &found)
    case .time(_, let left, let right), .compare(_, let left, let right), .and(let left, let right),
      .or(let left, let right), .arithmetic(_, let left, let right), .contains(let left, let right):
      return collect(left, &found) && collect(right, &found)
    case .between(let value, let first, let last):
      return collect(value, &found) && collect(first, &found) && collect(last, &found)
    case .within(let value, let length, let other):
      return collect(value, &found) && collect(length, &found) && collect(other, &found)
    case .matches(let inner, _): return collect(inner, &found)
    case .member(let inner, _): return collect(inner, &found)
    case .call(_, let arguments): return arguments.allSatisfy { collect($0, &found) }
    default: return false
    }
  }

  private static func join(_ leaf: Dependency?, _ found: inout Dependency?) -> Bool {
    guard let leaf else { return false }
    guard let known = found else {
      found = leaf
      return true
    }
    return known.domain == leaf.domain && known.path == leaf.path
  }

  /// A field of the row, or of what single references lead to.
  private static func leaf(_ expression: PlanExpression) -> Dependency? {
    switch expression.kind {
    case .field(let field) where isPlain(field):
      // Of records that are few, the row itself.
      switch (field.owner, field.id) {
      case (.event, .time):
        return Dependency(
          domain: .eventTimes, reference: PlanExpression(.rowItself, .entity(.event)), path: [])
      default: return nil
      }
    case .through(let base, let field) where isPlain(field):
      guard let path = path(base), case .entity(let kind) = base.type else { return nil }
      if field.owner == .event, field.id == .time {
        return Dependency(domain: .eventTimes, reference: base, path: path)
      }
      guard [.actor, .place, .article].contains(kind) else { return nil }
      return Dependency(domain: .records(kind), reference: base, path: path)
    default: return nil
    }
  }

  /// The fields of a chain of single references.
  private static func path(_ expression: PlanExpression) -> [FieldID]? {
    guard case .entity = expression.type else { return nil }
    switch expression.kind {
    case .field(let field) where isPlain(field): return [field.id]
    case .through(let base, let field) where isPlain(field): return path(base).map { $0 + [field.id] }
    default: return nil
    }
  }

  private static func isPlain(_ field: Field) -> Bool { field.known == nil && field.merging == nil }

  /// The expression as one over what it depends on.
  static func moved(_ expression: PlanExpression, to domain: DependentExpression.Domain) -> PlanExpression {
    func move(_ inner: PlanExpression) -> PlanExpression { moved(inner, to: domain) }
    var result = expression
    switch expression.kind {
    case .through(_, let field): result.kind = .field(field)
    case .inLanguage(let inner, let language): result.kind = .inLanguage(move(inner), language)
    case .not(let inner): result.kind = .not(move(inner))
    case .possibly(let inner): result.kind = .possibly(move(inner))
    case .isMissing(let inner): result.kind = .isMissing(move(inner))
    case .negate(let inner): result.kind = .negate(move(inner))
    case .lookup(let inner, let table): result.kind = .lookup(move(inner), table)
    case .time(let word, let left, let right): result.kind = .time(word, move(left), move(right))
    case .compare(let comparison, let left, let right):
      result.kind = .compare(comparison, move(left), move(right))
    case .and(let left, let right): result.kind = .and(move(left), move(right))
    case .or(let left, let right): result.kind = .or(move(left), move(right))
    case .arithmetic(let operation, let left, let right):
      result.kind = .arithmetic(operation, move(left), move(right))
    case .contains(let text, let part): result.kind = .contains(move(text), move(part))
    case .between(let value, let first, let last):
      result.kind = .between(move(value), move(first), move(last))
    case .within(let value, let length, let other):
      result.kind = .within(move(value), move(length), of: move(other))
    case .matches(let inner, let pattern): result.kind = .matches(move(inner), pattern)
    case .member(let inner, let subquery): result.kind = .member(move(inner), of: subquery)
    case .call(let function, let arguments): result.kind = .call(function, arguments.map(move))
    default: break
    }
    return result
  }
}

extension PlanExpression {
  /// The expression as it stood before it was marked.
  package var unmarked: PlanExpression {
    if case .dependent(let dependent) = kind { dependent.original } else { self }
  }

  /// Whether to look its value up is less work than to find it: not for what is in a column as it is.
  fileprivate var isWorthLookingUp: Bool {
    switch kind {
    case .constant, .field, .rowItself, .subquery: false
    case .lookup(let inner, _):
      if case .field = inner.kind { false } else { true }
    case .through(_, let field): !isReference && !field.isTime
    default: true
    }
  }

  private var isReference: Bool { if case .entity = type { true } else { false } }
}
