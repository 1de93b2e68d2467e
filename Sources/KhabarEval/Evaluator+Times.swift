import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// The bounds of a time for each row; nil where the time is missing.
  func bounds(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [TimeBounds?] {
    switch expression.kind {
    case .dependent(let dependent): return try bounds(dependent, batch)
    case .constant(.time(let time)): return [TimeBounds?](repeating: time.bounds, count: batch.count)
    case .subquery(.hull, let subquery):
      return [TimeBounds?](repeating: try hull(subquery, expression), count: batch.count)
    case .field(let field):
      if case .eventTimes(let times) = batch {
        let table = store.events.time.table
        return times.map { $0 < 0 ? nil : table.bounds(Int($0)) }
      }
      if case .records(let kind, let records) = batch, let column = timeColumn(kind, field.id) {
        return Self.bounds(column, records)
      }
    case .through(let base, let field):
      if case .entity(let kind) = base.type, field.known == nil, let column = timeColumn(kind, field.id) {
        return Self.bounds(column, try codes(base, batch)[...])
      }
    case .call(let function, let arguments) where function.isEnd && arguments.count == 1:
      return try bounds(arguments[0], batch).map { $0.flatMap { Self.end(function, of: $0) } }
    default: break
    }
    return try values(expression, batch).map { value in
      if case .time(let time) = value { time.bounds } else { nil }
    }
  }

  private static func bounds(_ column: TimeColumn, _ records: ArraySlice<Int32>) -> [TimeBounds?] {
    column.indices(of: records).map { $0 < 0 ? nil : column.table.bounds(Int($0)) }
  }

  /// `start`, `end`, `earliest` or `latest` of a time; nil: there is none.
  private static func end(_ function: Function, of time: TimeBounds) -> TimeBounds? {
    switch function {
    case .start, .end:
      let low = function == .start ? time.startMin : time.endMin
      let high = function == .start ? time.startMax : time.endMax
      if low == high && (low == TimeBounds.openPast || low == TimeBounds.openFuture) { return nil }
      return TimeBounds(startMin: low, startMax: high, endMin: low, endMax: high)
    default:
      let day = function == .earliest ? time.startMin : time.endMax
      guard day > TimeBounds.earliestDay, day < TimeBounds.latestDay else { return nil }
      return TimeBounds(window: day, day)
    }
  }

  /// What a time is that does not depend on the row; nil: it may.
  func constantBounds(_ expression: PlanExpression) throws(EvaluationError) -> TimeBounds?? {
    switch expression.kind {
    case .constant(.time(let time)): .some(time.bounds)
    case .constant: .some(nil)
    case .subquery(.hull, let subquery): .some(try hull(subquery, expression))
    default: nil
    }
  }

  private func timeColumn(_ kind: EntityKind, _ field: FieldID) -> TimeColumn? {
    switch (kind, field) {
    case (.event, .time): store.events.time
    case (.report, .date): store.reports.date
    case (.article, .published): store.articles.published
    default: nil
    }
  }

  /// The truths of `time`, `between` and `within`.
  func timeTruths(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Truth] {
    switch expression.kind {
    case .time(let word, let left, let right):
      let times = try bounds(left, batch)
      let others = try bounds(right, batch)
      return Self.decide(times, others) { Self.decide(word, $0, $1) }
    case .between(let value, let from, let to):
      let times = try bounds(value, batch)
      let first = try bounds(from, batch)
      let second = try bounds(to, batch)
      return times.indices.map { index in
        guard let time = times[index], let from = first[index], let to = second[index] else {
          return .unknown
        }
        return time.isBetween(from, to)
      }
    case .within(let value, let distance, let other):
      let distances = try values(distance, batch)
      let times = try bounds(value, batch)
      let others = try bounds(other, batch)
      return times.indices.map { index in
        guard let time = times[index], let other = others[index],
          case .duration(let length) = distances[index]
        else {
          return .unknown
        }
        return Self.isWithin(time, length, of: other)
      }
    default:
      return [Truth](repeating: .unknown, count: batch.count)
    }
  }

  private static func decide(
    _ times: [TimeBounds?], _ others: [TimeBounds?], _ operation: (TimeBounds, TimeBounds) -> Truth
  ) -> [Truth] {
    times.indices.map { index in
      guard let time = times[index], let other = others[index] else { return .unknown }
      return operation(time, other)
    }
  }

  static func decide(_ word: TimeOperator, _ time: TimeBounds, _ other: TimeBounds) -> Truth {
    switch word {
    case .before: time.isBefore(other)
    case .after: time.isAfter(other)
    case .during, .on: time.isDuring(other)
    case .since: time.isSince(other)
    case .until: time.isUntil(other)
    case .overlapping: time.overlaps(other)
    }
  }

  /// A length of which only bounds are known decides where both bounds agree.
  private static func isWithin(_ time: TimeBounds, _ length: DurationValue, of other: TimeBounds) -> Truth {
    if let calendar = length.calendar { return time.isWithin(calendar, of: other) }
    let least = time.isWithin(CalendarDuration(months: 0, days: length.days.lowerBound), of: other)
    let most = time.isWithin(CalendarDuration(months: 0, days: length.days.upperBound), of: other)
    return least == most ? least : .unknown
  }

  /// From the earliest start to the latest end of a query's rows. With no rows there is none, which a warning says.
  func hull(_ subquery: Subquery, _ expression: PlanExpression) throws(EvaluationError) -> TimeBounds? {
    let key = ObjectIdentifier(subquery)
    if let hull = memo.hulls[key] { return hull }
    let table = try table(subquery)
    var hull: TimeBounds?
    for row in table.rows {
      guard case .time(let time)? = row.first else { continue }
      hull = hull?.hull(with: time.bounds) ?? time.bounds
    }
    if hull == nil {
      memo.warnings.append(
        Diagnostic(
          "E0502", "this query has no rows with a time, so the comparison is unknown", at: expression.span,
          severity: .warning))
    }
    memo.hulls[key] = .some(hull)
    return hull
  }
}
