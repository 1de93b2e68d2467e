import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// The value of an expression for each row of a batch.
  func values(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Value] {
    switch expression.kind {
    case .dependent(let dependent): return try values(dependent, batch)
    case .constant(let value): return [Value](repeating: value, count: batch.count)
    case .rowItself:
      guard case .records(let kind, let records) = batch else { return missing(batch) }
      return records.map { .entity(kind, $0) }
    case .eventKey(let key):
      guard case .records(.event, let records) = batch else {
        return [Value](repeating: .list([]), count: batch.count)
      }
      return records.map { .list(values(key, of: $0)) }
    case .field(let field):
      if case .eventTimes(let times) = batch {
        let table = store.events.time.table
        return times.map { $0 < 0 ? .missing : .time(TimeValue(recorded: table.time(Int($0)))) }
      }
      guard case .records(_, let records) = batch else { return missing(batch) }
      try findKnownReports(field.known)
      return records.map { value(field, of: $0) }
    case .column(let index):
      guard case .rows(let rows) = batch else { return missing(batch) }
      return rows.map { index < $0.count ? $0[index] : .missing }
    case .through(let base, let field):
      try findKnownReports(field.known)
      return try values(base, batch).map { through($0, field) }
    case .inLanguage(let base, let language):
      return try values(base, batch).map { Self.text($0, in: language) }
    case .named(let text): return try values(text, batch).map { named($0, expression.type.element) }
    case .arithmetic(let operation, let left, let right): return try arithmetic(operation, left, right, batch)
    case .negate(let inner): return try numbers(inner, batch).map { $0.isNaN ? .missing : .number(-$0) }
    case .call(let function, let arguments): return try call(function, arguments, expression, batch)
    case .subquery(let use, let subquery):
      return [Value](repeating: try answer(use, subquery, expression), count: batch.count)
    default:
      return try truths(expression, batch).map { $0 == .unknown ? .missing : .truth($0 == .true) }
    }
  }

  private static func text(_ value: Value, in language: String) -> Value {
    switch value {
    case .localized(let text): text[language].map { .text($0) } ?? .missing
    case .list(let values): .list(values.map { self.text($0, in: language) }.filter { !$0.isMissing })
    default: .missing
    }
  }

  private func missing(_ batch: Batch) -> [Value] { [Value](repeating: .missing, count: batch.count) }

  /// Codes of entities and symbols; -1 where there is none.
  func codes(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Int32] {
    if case .field(let field) = expression.kind, case .records(.event, let records) = batch,
      field.known == nil, field.merging == nil
    {
      let events = store.events
      switch field.id {
      case .type: return events.type.codes(of: records)
      case .mode: return events.mode.codes(of: records)
      case .status: return events.status.codes(of: records)
      case .certainty: return events.certainty.codes(of: records)
      case .place: return events.place.codes(of: records)
      case .quad:
        let quads = store.vocabulary.types.indices.map { Int32(store.vocabulary.quad(ofType: Int16($0))) }
        return events.type.codes(of: records).map { $0 < 0 ? -1 : quads[Int($0)] }
      default: break
      }
    }
    if case .field(let field) = expression.kind, case .records(let kind, let records) = batch {
      switch (kind, field.id) {
      case (.report, .status): return store.reports.status.codes(of: records)
      case (.report, .certainty): return store.reports.certainty.codes(of: records)
      case (.participation, .role): return store.events.participations.role.codes(of: records)
      case (.participation, .certainty): return store.events.participations.certainty.codes(of: records)
      default: break
      }
    }
    if let references = try references(expression, batch) { return references }
    return try values(expression, batch).map { $0.code.map { Int32($0) } ?? -1 }
  }

  /// Records that rows, or what they refer to, refer to; nil where they do not lie in a column as they are.
  private func references(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Int32]? {
    switch expression.kind {
    case .rowItself:
      guard case .records(_, let records) = batch else { return nil }
      return Array(records)
    case .field(let field):
      guard case .records(_, let records) = batch else { return nil }
      return references(field, records)
    case .through(let base, let field):
      guard case .entity = base.type else { return nil }
      return references(field, try codes(base, batch)[...])
    default: return nil
    }
  }

  private func references(_ field: Field, _ records: ArraySlice<Int32>) -> [Int32]? {
    guard field.known == nil, field.merging == nil else { return nil }
    func read(_ column: CodeColumn<Int32>) -> [Int32] { column.codes(of: records) }
    switch (field.owner, field.id) {
    case (.event, .place): return read(store.events.place)
    case (.report, .event): return read(store.reports.event)
    case (.report, .article): return read(store.reports.article)
    case (.report, .source): return read(store.reports.source)
    case (.participation, .actor): return read(store.events.participations.actor)
    case (.participation, .event):
      return events(ofParticipations: records)
    default: return nil
    }
  }

  /// Numbers; not a number where there is none.
  func numbers(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Double] {
    if case .dependent(let dependent) = expression.kind {
      return try lookUp(dependent, batch, \.numbers) { (rows) throws(EvaluationError) in
        try numbers(dependent.expression, rows)
      }
    }
    if case .constant(.number(let number)) = expression.kind {
      return [Double](repeating: number, count: batch.count)
    }
    if let scores = try scores(expression, batch) { return scores }
    return try values(expression, batch).map { value in
      if case .number(let number) = value { number } else { .nan }
    }
  }

  /// The scores of events, or of the events that rows refer to; nil of other expressions.
  private func scores(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Double]? {
    try scoredEvents(expression, batch).map { scores(ofEvents: $0[...]) }
  }

  /// The same in tenths, where all events have scores of their own.
  func ownScores(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Int16]? {
    guard !store.events.score.isEmpty, let events = try scoredEvents(expression, batch) else { return nil }
    return store.events.score.tenths(of: events[...])
  }

  /// The events whose scores an expression is; nil: it is something else.
  private func scoredEvents(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Int32]?
  {
    switch expression.kind {
    case .field(let field) where field.owner == .event && field.id == .score:
      guard case .records(.event, let rows) = batch else { return nil }
      return Array(rows)
    case .through(let base, let field) where field.owner == .event && field.id == .score:
      return base.type == .entity(.event) ? try codes(base, batch) : nil
    default: return nil
    }
  }

  private func scores(ofEvents rows: ArraySlice<Int32>) -> [Double] {
    let events = store.events
    let own = events.score.isEmpty ? nil : events.score.codes.codes(of: rows)
    // Where every event has its own, those of types are not needed.
    if let own, !own.contains(-1) { return own.map(ScoreColumn.score) }
    let ofCodes = scoresOfCodes()
    let modes = store.vocabulary.modes.count + 1
    let types = events.type.codes(of: rows)
    let codes = events.mode.codes(of: rows)
    return rows.indices.map { index in
      let place = index - rows.startIndex
      if let own, own[place] >= 0 { return ScoreColumn.score(ofCode: own[place]) }
      return types[place] < 0 ? .nan : ofCodes[Int(types[place]) * modes + Int(codes[place]) + 1]
    }
  }

  /// The scores of all types in all modes; not a number where a type has none.
  private func scoresOfCodes() -> [Double] {
    if memo.scores.isEmpty {
      for type in store.vocabulary.types.indices {
        for mode in -1..<store.vocabulary.modes.count {
          let tenths = store.vocabulary.score(
            type: Int16(truncatingIfNeeded: type), mode: Int16(truncatingIfNeeded: mode))
          memo.scores.append(tenths.map { Double($0) / 10 } ?? .nan)
        }
      }
    }
    return memo.scores
  }

  /// A field of what a reference points to; of many references the values of all, each once.
  private func through(_ base: Value, _ field: Field) -> Value {
    switch base {
    case .entity(_, let record): return value(field, of: record)
    case .list(let elements):
      let found = elements.flatMap { element -> [Value] in
        switch through(element, field) {
        case .list(let values): values
        case .missing: []
        case let value: [value]
        }
      }
      return .list(Self.unique(found))
    default: return field.type.isList ? .list([]) : .missing
    }
  }

  // MARK: - Arithmetic

  private func arithmetic(
    _ operation: Arithmetic, _ left: PlanExpression, _ right: PlanExpression, _ batch: Batch
  ) throws(EvaluationError) -> [Value] {
    if left.type == .time || left.type == .duration {
      return try zip(values(left, batch), values(right, batch)).map { Self.timeArithmetic(operation, $0, $1) }
    }
    return try zip(numbers(left, batch), numbers(right, batch)).map { a, b in
      let result =
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: b == 0 ? .nan : a / b
        }
      return result.isFinite ? .number(result) : .missing
    }
  }

  private static func timeArithmetic(_ operation: Arithmetic, _ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.time(let time), .duration(let length)):
      guard let calendar = length.calendar else { return .missing }
      let moved = time.bounds.shifted(by: calendar, backwards: operation == .subtract)
      return .time(TimeValue(EDTFTime.covering(moved), bounds: moved))
    case (.time(let time), .time(let other)):
      // From the start of the second to the start of the first.
      return days(
        time.bounds.startMin, time.bounds.startMax, minus: other.bounds.startMin, other.bounds.startMax)
    case (.duration(let x), .duration(let y)): return durations(operation, x, y)
    case (.duration(let length), .number(let factor)):
      return scaled(length, operation, factor)
    default: return .missing
    }
  }

  private static func days(_ low: Int, _ high: Int, minus otherLow: Int, _ otherHigh: Int) -> Value {
    let known = (TimeBounds.earliestDay + 1)..<TimeBounds.latestDay
    guard [low, high, otherLow, otherHigh].allSatisfy(known.contains) else { return .missing }
    return .duration(DurationValue(days: (low - otherHigh)...(high - otherLow)))
  }

  private static func durations(_ operation: Arithmetic, _ x: DurationValue, _ y: DurationValue) -> Value {
    let isSum = operation == .add
    if let a = x.calendar, let b = y.calendar {
      let months =
        isSum ? a.months.addingReportingOverflow(b.months) : a.months.subtractingReportingOverflow(b.months)
      let days = isSum ? a.days.addingReportingOverflow(b.days) : a.days.subtractingReportingOverflow(b.days)
      guard !months.overflow, !days.overflow else { return .missing }
      return .duration(DurationValue(CalendarDuration(months: months.partialValue, days: days.partialValue)))
    }
    let other = isSum ? y.days : -y.days.upperBound...(-y.days.lowerBound)
    return .duration(
      DurationValue(days: (x.days.lowerBound + other.lowerBound)...(x.days.upperBound + other.upperBound)))
  }

  /// A length times, or divided by, a number: in months and days where they come out whole, else in days.
  private static func scaled(_ length: DurationValue, _ operation: Arithmetic, _ number: Double) -> Value {
    func apply(_ count: Int) -> Double {
      operation == .divide ? Double(count) / number : Double(count) * number
    }
    if let calendar = length.calendar, let months = Int(exactly: apply(calendar.months)),
      let days = Int(exactly: apply(calendar.days))
    {
      return .duration(DurationValue(CalendarDuration(months: months, days: days)))
    }
    let ends = [apply(length.days.lowerBound), apply(length.days.upperBound)].map { $0.rounded() }
    guard let low = ends.min().flatMap({ Int(exactly: $0) }),
      let high = ends.max().flatMap({ Int(exactly: $0) })
    else { return .missing }
    return .duration(DurationValue(days: low...high))
  }

  // MARK: - Subqueries

  func table(_ subquery: Subquery) throws(EvaluationError) -> Table {
    let key = ObjectIdentifier(subquery)
    if let table = memo.subqueries[key] { return table }
    let table: Table
    switch try rows(subquery.plan) {
    case .table(let found): table = found
    case .records(let kind, let records):
      table = Table(
        columns: [ColumnShape(kind.name, .entity(kind))], rows: records.map { [.entity(kind, $0)] },
        kind: kind,
        records: records)
    }
    memo.subqueries[key] = table
    return table
  }

  func members(_ subquery: Subquery) throws(EvaluationError) -> Set<Value> {
    let key = ObjectIdentifier(subquery)
    if let members = memo.members[key] { return members }
    let members = Set(try table(subquery).rows.compactMap(\.first).filter { !$0.isMissing })
    memo.members[key] = members
    return members
  }

  /// The value of a query in the place of one. Of several rows the first, which a warning says.
  private func onlyValue(_ subquery: Subquery, _ expression: PlanExpression) throws(EvaluationError) -> Value
  {
    let rows = try table(subquery).rows
    if rows.count > 1, memo.warned.insert(ObjectIdentifier(subquery)).inserted {
      memo.warnings.append(
        Diagnostic(
          "E0505", "this query stands for one value and has \(rows.count) rows; the first is taken",
          at: expression.span, severity: .warning,
          help: ["`x in (QUERY)`, and of a list `x has (QUERY)`, ask for any of its rows"]))
    }
    return rows.first?.first ?? .missing
  }

  private func answer(
    _ use: SubqueryUse, _ subquery: Subquery, _ expression: PlanExpression
  ) throws(EvaluationError) -> Value {
    switch use {
    case .count: return .number(Double(try table(subquery).rows.count))
    case .exists: return .truth(!(try table(subquery).rows.isEmpty))
    case .value: return try table(subquery).rows.first?.first ?? .missing
    case .onlyValue: return try onlyValue(subquery, expression)
    case .hull:
      return try hull(subquery, expression).map { .time(TimeValue(EDTFTime.covering($0), bounds: $0)) }
        ?? .missing
    }
  }
}
