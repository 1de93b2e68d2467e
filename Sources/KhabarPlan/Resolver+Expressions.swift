import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  /// An expression that is a condition.
  mutating func truth(_ expression: Expression, in scope: Scope) -> PlanExpression? {
    guard let resolved = self.expression(expression, in: scope) else { return nil }
    if resolved.type == .truth || resolved.type == .missing { return resolved }
    report(
      .typeMismatch(
        found: resolved.type.name, expected: "a condition", span: expression.span,
        hint:
          "compare it, as in `score > 0`, `place = Moscow`, `place in (places in Russia)`, `exists(place)`"))
    return nil
  }

  mutating func expression(_ expression: Expression, in scope: Scope) -> PlanExpression? {
    let span = expression.span
    switch expression.kind {
    case .number(let literal): return .constant(.number(literal.value), .number, span: span)
    case .string(let text): return .constant(.text(text), .text, span: span)
    case .time(let time): return .constant(.time(TimeValue(literal: time)), .time, span: span)
    case .duration(let duration):
      return .constant(.duration(DurationValue(duration.value)), .duration, span: span)
    case .truth(let truth): return .constant(.truth(truth), .truth, span: span)
    case .none: return .constant(.missing, .missing, span: span)
    case .path(let names): return path(names, in: scope, span)
    case .call(let name, let arguments): return call(name, arguments, in: scope, span)
    case .unary(let op, let operand): return unary(op, operand, in: scope, span)
    case .binary(let op, let left, let right): return binary(op, left, right, in: scope, span)
    case .between(let value, let from, let to):
      if isNumber(value, in: scope) { return numberBetween(value, from, to, in: scope, span) }
      let value = time(value, in: scope)
      let from = time(from, in: scope)
      let to = time(to, in: scope)
      guard let value, let from, let to else { return nil }
      return Self.timed(.between(value, from, to), span)
    case .within(let value, let distance, let other):
      let value = time(value, in: scope)
      let distance = duration(distance, in: scope)
      let other = time(other, in: scope)
      guard let value, let distance, let other else { return nil }
      return Self.timed(.within(value, distance, of: other), span)
    case .member(let value, let list): return member(value, list, in: scope, span)
    case .memberOfQuery(let value, let query): return member(value, query, in: scope, span)
    case .query(let query): return value(query, span)
    }
  }

  /// Whether an expression is a field or column of numbers.
  func isNumber(_ expression: Expression, in scope: Scope) -> Bool {
    guard case .path(let names) = expression.kind else { return false }
    return scope.field(names.map(\.text).joined(separator: "."))?.type == .number
  }

  /// `score between -10 and 0`, both included.
  private mutating func numberBetween(
    _ value: Expression, _ from: Expression, _ to: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    let low = comparison(.greaterOrEqual, value, from, in: scope, span)
    let high = comparison(.lessOrEqual, value, to, in: scope, span)
    guard let low, let high else { return nil }
    return PlanExpression(.and(low, high), .truth, span: span)
  }

  // MARK: - Fields

  /// A column under its whole dotted name; else a field or column and, through references, fields of what it holds.
  private mutating func path(_ names: [Name], in scope: Scope, _ span: Span) -> PlanExpression? {
    guard let first = names.first else { return nil }
    guard names.count <= 256 else {
      report(.misplaced("a path of \(names.count) fields is too long; at most 256", span: span))
      return nil
    }
    let whole = names.map(\.text).joined(separator: ".")
    if let column = scope.field(whole, span: span) { return column }
    if names.count == 1, first.text == Function.today.rawValue { return today(span) }
    guard
      var value = scope.field(first.text, span: first.span)
        ?? named(first, in: scope, isBase: names.count > 1)
    else {
      reportUnknownField(first, in: scope)
      return nil
    }
    for name in names.dropFirst() {
      guard let next = field(name, of: value, in: scope) else { return nil }
      value = next
    }
    value.span = span
    return value
  }

  /// The record that a name stands for where it is no field: before a dot, as in `lachin_checkpoint.time`, and where there
  /// are no rows, as in `print "{Armenia}"`. Of several kinds it is an event, an actor, a place, an article, in this order.
  private func named(_ name: Name, in scope: Scope, isBase: Bool) -> PlanExpression? {
    var hasNoRow = false
    if case .columns(let columns) = scope.shape { hasNoRow = columns.isEmpty }
    guard isBase || hasNoRow, case .found(let found) = store.names.resolve(name.text, .rows),
      isBase ? found.count == 1 : true,
      let entity = found.first
    else { return nil }
    return .constant(.entity(entity.kind, entity.index), .entity(entity.kind), span: name.span)
  }

  private mutating func field(_ name: Name, of base: PlanExpression, in scope: Scope) -> PlanExpression? {
    if let text = text(base, in: name) { return text }
    guard case .entity(let kind) = base.type.element else {
      report(
        .unknownField(name, owner: "\(base.type.name) has", fields: [], hint: "only records have fields"))
      return nil
    }
    guard let field = scope.field(name.text, of: base, kind) else {
      report(
        .unknownField(
          name, owner: "\(kind.plural) have", fields: Field.fields(of: kind).map(\.name), hint: nil))
      return nil
    }
    let type: ValueType = base.type.isList ? .list(field.type.element) : field.type
    return PlanExpression(.through(base, field), type, span: base.span.through(name.span))
  }

  /// `label.ar`, `names.ar`: a text in one language, missing where it is not given in that. Names are those in all of them.
  private func text(_ base: PlanExpression, in name: Name) -> PlanExpression? {
    guard (2...3).contains(name.text.utf8.count) else { return nil }
    var base = base
    switch base.kind {
    case .field(var field) where field.id == .names:
      field = Field(.name, of: field.owner, .localized)
      base = PlanExpression(.field(field), .localized, span: base.span)
    case .through(let owner, let field) where field.id == .names:
      let type: ValueType = owner.type.isList ? .list(.localized) : .localized
      base = PlanExpression(.through(owner, Field(.name, of: field.owner, .localized)), type, span: base.span)
    default: break
    }
    guard base.type.element == .localized else { return nil }
    let type: ValueType = base.type.isList ? .list(.text) : .text
    return PlanExpression(.inLanguage(base, name.text.lowercased()), type, span: base.span.through(name.span))
  }

  /// What other tools, or people, call fields.
  private static let synonyms = [
    "date": "time", "when": "time", "day": "time", "name": "label", "title": "label", "description": "label",
    "location": "place", "where": "place", "city": "place", "country": "place.country", "goldstein": "score",
    "tone": "score", "intensity": "score", "actor": "actors", "actor1": "actors", "who": "actors",
    "topic": "topics",
    "source": "sources", "context": "contexts", "event_type": "type",
  ]

  mutating func reportUnknownField(_ name: Name, in scope: Scope) {
    var hint: String?
    if let synonym = Self.synonyms[name.text.lowercased()], let base = synonym.split(separator: ".").first,
      scope.field(String(base)) != nil
    {
      hint = "it is called `\(synonym)` here"
    } else if let kind = wordKind(name, in: scope) {
      hint = "`\(name.text)` is a \(kind): write `\(kind) = \(name.text)`"
    } else if case .found = store.names.resolve(name.text, .all) {
      hint = "`\(name.text)` is a name: compare a field with it, as in `actors has \(name.text)`"
    } else if case .columns(let columns) = scope.shape, columns.isEmpty {
      hint = "no row is at hand here: take values from a query, as in `count(meetings)`"
    }
    report(.unknownField(name, owner: scope.owner, fields: scope.names, hint: hint))
  }

  /// The field of the rows of which the name is a value: `status` for `planned`.
  private func wordKind(_ name: Name, in scope: Scope) -> String? {
    let wanted = NameKey.key(name.text)
    let kinds: [SymbolKind] = [.status, .certainty, .type]
    return kinds.first { kind in
      scope.field(kind.name)?.type == .symbol(kind)
        && (0..<store.codeCount(kind)).contains { NameKey.key(store.word(kind, Int16($0))) == wanted }
    }?.name
  }

  // MARK: - Operators

  private mutating func unary(
    _ op: UnaryOperator, _ operand: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    switch op {
    case .not: return truth(operand, in: scope).map { PlanExpression(.not($0), .truth, span: span) }
    case .possibly: return truth(operand, in: scope).map { PlanExpression(.possibly($0), .truth, span: span) }
    case .negate:
      guard let value = expression(operand, in: scope) else { return nil }
      if case .constant(.number(let number)) = value.kind {
        return .constant(.number(-number), .number, span: span)
      }
      guard value.type == .number || value.type == .missing else {
        report(.typeMismatch(found: value.type.name, expected: "a number", span: operand.span, hint: nil))
        return nil
      }
      return PlanExpression(.negate(value), .number, span: span)
    }
  }

  private mutating func binary(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    switch op {
    case .and, .or:
      let first = truth(left, in: scope)
      let second = truth(right, in: scope)
      guard let first, let second else { return nil }
      return PlanExpression(op == .and ? .and(first, second) : .or(first, second), .truth, span: span)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Comparison(rawValue: op.rawValue).flatMap { comparison($0, left, right, in: scope, span) }
    case .is: return isType(left, right, in: scope, span)
    case .has: return has(left, right, in: scope, span)
    case .contains: return contains(left, right, in: scope, span)
    case .matches: return matches(left, right, in: scope, span)
    case .before, .after, .during, .on, .since, .until, .overlapping:
      let first = time(left, in: scope)
      let second = time(right, in: scope)
      guard let first, let second, let word = TimeOperator(rawValue: op.rawValue) else { return nil }
      return Self.timed(.time(word, first, second), span)
    case .add, .subtract, .multiply, .divide:
      return Arithmetic(rawValue: op.rawValue).flatMap { arithmetic($0, left, right, in: scope, span) }
    }
  }

  private mutating func arithmetic(
    _ op: Arithmetic, _ left: Expression, _ right: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    let first = expression(left, in: scope)
    let second = expression(right, in: scope)
    guard var first, var second else { return nil }
    if case .entity = first.type, let time = asTime(first) { first = time }
    if case .entity = second.type, let time = asTime(second) { second = time }
    switch (first.type, second.type) {
    case (.number, .number), (.number, .missing), (.missing, .number), (.missing, .missing):
      return PlanExpression(.arithmetic(op, first, second), .number, span: span)
    case (.time, .duration) where op == .add || op == .subtract:
      return shifted(first, op, second, span)
    case (.time, .time) where op == .subtract, (.duration, .duration) where op == .add || op == .subtract:
      return PlanExpression(.arithmetic(op, first, second), .duration, span: span)
    case (.duration, .number) where op == .multiply || op == .divide:
      return PlanExpression(.arithmetic(op, first, second), .duration, span: span)
    default:
      report(
        .typeMismatch(
          found: "\(first.type.name) \(op.rawValue) \(second.type.name)", expected: "numbers", span: span,
          hint: "times take durations: `time + 14 days`; two times give a duration: `end(time) - start(time)`"
        ))
      return nil
    }
  }

  // MARK: - Text

  private mutating func contains(
    _ left: Expression, _ right: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    guard let (text, part) = texts(left, right, in: scope) else { return nil }
    return PlanExpression(.contains(text, part), .truth, span: span)
  }

  private mutating func matches(
    _ left: Expression, _ right: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    guard let (text, part) = texts(left, right, in: scope) else { return nil }
    guard case .constant(.text(let pattern)) = part.kind else {
      report(
        .typeMismatch(
          found: "an expression", expected: "a regular expression in quotes", span: right.span, hint: nil))
      return nil
    }
    do {
      return PlanExpression(.matches(text, try Pattern(pattern)), .truth, span: span)
    } catch {
      report(.invalidPattern(pattern, reason: "\(error)", span: right.span))
      return nil
    }
  }

  private mutating func texts(
    _ left: Expression, _ right: Expression, in scope: Scope
  ) -> (PlanExpression, PlanExpression)? {
    let first = expression(left, in: scope)
    let second = value(right, as: .text, in: scope)
    guard let first, let second else { return nil }
    for (value, side) in [(first, left), (second, right)] {
      switch value.type.element {
      case .text, .localized, .missing: continue
      default:
        let hint = value.type.isList ? "to ask whether a list holds something, write `has`" : nil
        report(.typeMismatch(found: value.type.name, expected: "text", span: side.span, hint: hint))
        return nil
      }
    }
    return (first, second)
  }
}
