import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  /// The condition of a clause on the rows' time; nil where the clause is no time clause (or its time is wrong, which has been
  /// reported).
  mutating func timeClause(_ clause: Clause, _ rows: Rows) -> (expression: PlanExpression?, Void)? {
    guard let name = rows.kind?.timeField, let field = rows.scope.field(name.rawValue, span: clause.span)
    else {
      return nil
    }
    let outside = Scope(shape: .columns([]))
    switch clause.kind {
    case .time(let word, let time):
      return (self.time(time, in: outside).map { Self.timed(.time(word, field, $0), clause.span) }, ())
    case .between(let first, let second):
      let from = self.time(first, in: outside)
      let to = self.time(second, in: outside)
      guard let from, let to else { return (nil, ()) }
      return (Self.timed(.between(field, from, to), clause.span), ())
    case .within(let distance, let time):
      let distance = duration(distance, in: outside)
      let time = self.time(time, in: outside)
      guard let distance, let time else { return (nil, ()) }
      return (Self.timed(.within(field, distance, of: time), clause.span), ())
    default:
      return nil
    }
  }

  static func timed(_ kind: PlanExpression.Kind, _ span: Span) -> PlanExpression {
    PlanExpression(kind, .truth, span: span)
  }

  /// An expression that stands for a time: a literal, an event (its time), a query (the hull of its rows' times), or
  /// anything that yields a time.
  mutating func time(_ expression: Expression, in scope: Scope) -> PlanExpression? {
    let span = expression.span
    switch expression.kind {
    case .time(let time): return constant(literal: time, span)
    case .number(let literal): return year(literal)
    case .string(let text): return time(parsing: text, span)
    case .query(let query): return hull(query, span)
    case .path(let names) where names.count == 1: return time(named: names[0], in: scope)
    case .binary(let op, let left, let right) where op == .add || op == .subtract:
      guard let left = time(left, in: scope), let right = duration(right, in: scope) else { return nil }
      return shifted(left, op == .add ? .add : .subtract, right, span)
    default:
      return self.expression(expression, in: scope).flatMap { asTime($0) }
    }
  }

  /// A value of type time, of a time-bearing record its time.
  mutating func asTime(_ expression: PlanExpression) -> PlanExpression? {
    switch expression.type {
    case .time: return expression
    case .missing: return PlanExpression(expression.kind, .time, span: expression.span)
    case .entity(let kind):
      if let name = kind.timeField, let field = Field.named(name.rawValue, of: kind) {
        return PlanExpression(.through(expression, field), .time, span: expression.span)
      }
    case .number:
      if case .constant(.number(let value)) = expression.kind { return year(value, expression.span) }
    case .text:
      if case .constant(.text(let text)) = expression.kind { return time(parsing: text, expression.span) }
    default: break
    }
    report(
      .typeMismatch(
        found: expression.type.name, expected: "a time", span: expression.span, hint: ResolutionError.timeForm
      ))
    return nil
  }

  private func constant(literal time: EDTFTime, _ span: Span) -> PlanExpression {
    .constant(.time(TimeValue(literal: time)), .time, span: span)
  }

  private mutating func year(_ literal: NumberLiteral) -> PlanExpression? {
    if literal.text.count == 4 || literal.text.hasPrefix("-") && literal.text.count == 5,
      let time = try? EDTFTime(parsing: literal.text)
    {
      return constant(literal: time, literal.span)
    }
    report(.invalidTime(literal.text, reason: "a year has four digits", span: literal.span))
    return nil
  }

  private mutating func year(_ value: Double, _ span: Span) -> PlanExpression? {
    guard let year = Int(exactly: value), (1000...9999).contains(year) else {
      report(.typeMismatch(found: "a number", expected: "a time", span: span, hint: "a year has four digits"))
      return nil
    }
    return constant(literal: .year(year), span)
  }

  private mutating func time(parsing text: String, _ span: Span) -> PlanExpression? {
    do {
      return constant(literal: try EDTFTime(parsing: text), span)
    } catch {
      report(.invalidTime(text, reason: error.message, span: span))
      return nil
    }
  }

  /// `today`, a column or field that holds a time, a bound query, an event.
  private mutating func time(named name: Name, in scope: Scope) -> PlanExpression? {
    if !name.isQuoted {
      if let field = scope.field(name.text, span: name.span) { return asTime(field) }
      if name.text == Function.today.rawValue { return today(name.span) }
      if let binding = environment.bindings[name.text] {
        return hull(bound(binding), name.span)
      }
    }
    switch store.names.resolve(name.text, .event) {
    case .found(let found) where !found.isEmpty:
      let event = PlanExpression.constant(.entity(.event, found[0].index), .entity(.event), span: name.span)
      return asTime(event)
    case .found, .ambiguous:
      report(.ambiguousName(name, expected: "event", candidates: []))
    case .unknown:
      report(
        .unknownName(
          name, expected: "time or event", suggestions: suggestedNames(name, .event),
          elsewhere: noTime(name)))
    }
    return nil
  }

  /// What to say of a name that is no time: what it is, or how times are written.
  private func noTime(_ name: Name) -> String {
    if case .found = store.names.resolve(name.text, .actor) {
      return "`\(name.text)` is an actor: who takes part is asked as in `with \(name.text)`"
    }
    return ForeignWords.timeHelp(for: name.text) ?? ResolutionError.timeForm
  }

  func today(_ span: Span) -> PlanExpression {
    constant(literal: .day(environment.today), span)
  }

  // MARK: - Hulls

  private mutating func hull(_ query: Query, _ span: Span) -> PlanExpression? {
    self.query(query).flatMap { hull($0, span) }
  }

  private mutating func hull(_ rows: Rows, _ span: Span) -> PlanExpression? {
    guard let times = timesOnly(rows) else {
      report(
        .typeMismatch(
          found: rows.name, expected: "a query for events, reports or articles, or one column of times",
          span: span,
          hint: nil))
      return nil
    }
    return PlanExpression(.subquery(.hull, Subquery(times.plan, shape: times.shape)), .time, span: span)
  }

  /// Rows of one column: the time of each row.
  private func timesOnly(_ rows: Rows) -> Rows? {
    let column: PlanExpression?
    switch rows.shape {
    case .records(let kind): column = kind.timeField.flatMap { rows.scope.field($0.rawValue) }
    case .columns(let columns):
      column = columns.count == 1 && columns[0].type == .time ? rows.scope.field(columns[0].name) : nil
    }
    return column.map {
      Rows(
        plan: .project(rows.plan, [PlanColumn("time", $0)], keepsRecords: false),
        shape: .columns([ColumnShape("time", .time)]))
    }
  }

  // MARK: - Durations

  mutating func duration(_ expression: Expression, in scope: Scope) -> PlanExpression? {
    guard let resolved = self.expression(expression, in: scope) else { return nil }
    if resolved.type == .duration || resolved.type == .missing { return resolved }
    report(
      .typeMismatch(
        found: resolved.type.name, expected: "a duration", span: expression.span,
        hint: "a duration is written `14 days`, `2 weeks` or `3 months`"))
    return nil
  }

  /// A time moved by a duration, at once where both are known.
  func shifted(_ time: PlanExpression, _ operation: Arithmetic, _ duration: PlanExpression, _ span: Span)
    -> PlanExpression
  {
    guard case .constant(.time(let value)) = time.kind, case .constant(.duration(let length)) = duration.kind,
      let calendar = length.calendar
    else { return PlanExpression(.arithmetic(operation, time, duration), .time, span: span) }
    let moved = value.bounds.shifted(by: calendar, backwards: operation == .subtract)
    return .constant(.time(TimeValue(EDTFTime.covering(moved), bounds: moved)), .time, span: span)
  }
}

extension TimeBounds {
  /// The bounds moved by a duration; open and unknown ends stay.
  package func shifted(by duration: CalendarDuration, backwards: Bool) -> TimeBounds {
    func move(_ day: Int) -> Int {
      guard day > TimeBounds.earliestDay, day < TimeBounds.latestDay else { return day }
      return backwards ? duration.subtracted(fromDay: day) : duration.added(toDay: day)
    }
    return TimeBounds(
      startMin: move(startMin), startMax: move(startMax), endMin: move(endMin), endMax: move(endMax))
  }
}
