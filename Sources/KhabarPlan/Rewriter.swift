import KhabarModel

/// Rewrites a plan into one that gives the same rows for less work.
///
///     filter contains(label, "talks")            filter status in (planned)
///       filter status in (planned)        →        scan events              … then the text, of what is left
///         scan events
///
/// Each rewrite is sound for every model: it may use what operators promise of the order of their rows (a sort is
/// stable; walks and sets of records come in the store's order), and nothing of what is in the store.
package enum Rewriter {
  /// A rewrite, as `explain` calls it, in the order in which they are made.
  package enum Rewrite: String, Sendable, CaseIterable {
    case constantConditions = "conditions that always hold are left out"
    case unseenSorts = "sorts that nothing sees are left out"
    case filtersFirst = "rows are filtered before they are sorted"
    case cheapFirst = "cheap conditions come before dear ones"
  }

  /// The plan that is run.
  package static func rewritten(_ plan: Plan) -> Plan { steps(plan).last?.plan ?? plan }

  /// The plan after each rewrite that has changed it.
  package static func steps(_ plan: Plan) -> [(rewrite: Rewrite, plan: Plan)] {
    var steps: [(Rewrite, Plan)] = []
    var plan = plan
    for rewrite in Rewrite.allCases {
      var pass = Pass(rewrite)
      let next = pass.plan(plan)
      guard pass.hasChanged else { continue }
      plan = next
      steps.append((rewrite, plan))
    }
    return steps
  }

  /// One rewrite on its way through a plan.
  private struct Pass {
    let rewrite: Rewrite
    private(set) var hasChanged = false

    init(_ rewrite: Rewrite) { self.rewrite = rewrite }

    mutating func plan(_ plan: Plan) -> Plan {
      switch plan {
      case .scan, .records, .table, .path, .shared: return plan
      case .filter: return filters(plan)
      case .sort(let input, let keys): return .sort(self.plan(input), keys)
      case .slice(let input, let skip, let take): return .slice(self.plan(input), skip: skip, take: take)
      case .project(let input, let columns, let keepsRecords):
        return .project(self.plan(input), columns, keepsRecords: keepsRecords)
      case .distinct(let input, let columns): return .distinct(self.plan(input), columns)
      case .aggregate(let input, let grouping):
        // Keys, least and greatest values that tie, and sums of fractions, follow the order of their rows.
        let seesOrder =
          !grouping.keys.isEmpty
          || grouping.aggregates.contains { ![.count, .countDistinct].contains($0.function) }
        return .aggregate(seesOrder ? self.plan(input) : unsorted(input), grouping)
      case .oneADay(let input, let merging): return .oneADay(self.plan(input), merging)
      case .links(let input): return .links(unsorted(input))
      case .walk(let input, let step): return .walk(unsorted(input), step)
      case .combine(let operation, let left, let right):
        return .combine(operation, self.plan(left), self.plan(right))
      case .join(let left, let right, let condition):
        return .join(self.plan(left), self.plan(right), on: condition)
      case .sequence(var search):
        search.steps = search.steps.map { unsorted($0) }
        search.until = search.until.map { unsorted($0) }
        return .sequence(search)
      }
    }

    /// Rows whose order nothing sees.
    private mutating func unsorted(_ plan: Plan) -> Plan {
      guard rewrite == .unseenSorts else { return self.plan(plan) }
      var plan = plan
      while case .sort(let input, _) = plan {
        plan = input
        hasChanged = true
      }
      if case .filter(let input, let condition) = plan { return .filter(unsorted(input), condition) }
      return self.plan(plan)
    }

    /// A chain of filters, innermost condition first.
    private mutating func filters(_ plan: Plan) -> Plan {
      let (inner, below) = plan.filters
      var conditions = inner
      switch rewrite {
      case .constantConditions:
        let varying = conditions.filter { !$0.alwaysHolds }
        hasChanged = hasChanged || varying.count < conditions.count
        conditions = varying
      case .cheapFirst:
        let order = conditions.indices.sorted { (conditions[$0].cost, $0) < (conditions[$1].cost, $1) }
        hasChanged = hasChanged || order != Array(conditions.indices)
        conditions = order.map { conditions[$0] }
      case .filtersFirst:
        if case .sort(let input, let keys) = below {
          hasChanged = true
          let filtered = conditions.reduce(input) { .filter($0, $1) }
          return .sort(self.plan(filtered), keys)
        }
      case .unseenSorts: break
      }
      return conditions.reduce(self.plan(below)) { .filter($0, $1) }
    }
  }
}

extension PlanExpression {
  fileprivate var alwaysHolds: Bool { if case .constant(.truth(true)) = kind { true } else { false } }

  /// How dear it is for a row, in classes: a look-up; a number or time; the row's lists; texts; what runs queries.
  fileprivate var cost: Int {
    switch kind {
    case .constant, .field, .column, .rowItself, .eventKey: 0
    case .lookup(let inner, _): inner.cost
    case .through(let base, _), .inLanguage(let base, _): base.cost + 1
    case .named(let name): max(4, name.cost)
    case .isMissing(let inner), .not(let inner), .possibly(let inner), .negate(let inner): inner.cost
    case .time(_, let left, let right), .compare(_, let left, let right), .arithmetic(_, let left, let right):
      max(1, left.cost, right.cost)
    case .between(let value, let first, let last): max(1, value.cost, first.cost, last.cost)
    case .within(let value, let length, let other): max(1, value.cost, length.cost, other.cost)
    case .and(let left, let right), .or(let left, let right): max(left.cost, right.cost)
    case .anyElement, .takesPart: 2
    case .has(let list, let element): max(3, list.cost, element.cost)
    case .someReport(let condition, _, _), .ofEvent(let condition), .someRelated(_, let condition):
      max(3, condition.cost + 1)
    case .contains, .matches: 4
    case .call(_, let arguments): (arguments.map(\.cost).max() ?? 0) + 1
    case .dependent(let dependent): dependent.original.cost
    case .member, .subquery: 5
    }
  }
}
