import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  mutating func call(
    _ name: Name, _ arguments: [Expression], in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    guard let function = Function(rawValue: name.text.lowercased()) else {
      reportUnknownFunction(name)
      return nil
    }
    guard function.arity.contains(arguments.count) else {
      report(.wrongArgumentCount(function, found: arguments.count, span: span))
      return nil
    }
    switch function {
    case .today: return today(span)
    case .count, .exists, .value: return ask(function, arguments[0], in: scope, span)
    case .year where isNumber(arguments[0], in: scope):
      return expression(arguments[0], in: scope).map { PlanExpression(.call(.year, [$0]), .time, span: span) }
    case .year, .month, .day, .quarter, .start, .end, .earliest, .latest:
      return ofTimes(function, arguments, .time, in: scope, span)
    case .duration: return ofTimes(function, arguments, .duration, in: scope, span)
    case .precision, .relation: return ofTimes(function, arguments, .text, in: scope, span)
    case .relations: return ofTimes(function, arguments, .list(.text), in: scope, span)
    case .lower, .upper: return ofTexts(function, arguments, .text, in: scope, span)
    case .length: return ofTexts(function, arguments, .number, in: scope, span)
    case .abs, .round: return ofNumbers(function, arguments, in: scope, span)
    case .coalesce: return coalesce(arguments, in: scope, span)
    case .if: return conditional(arguments, in: scope, span)
    }
  }

  mutating func reportUnknownFunction(_ name: Name) {
    if AggregateFunction(rawValue: name.text) != nil || name.text == AggregateFunction.rolling {
      report(.misplaced("`\(name.text)` is an aggregate: it stands in `summarize`", span: name.span))
    } else {
      let known =
        Function.allCases.map(\.rawValue) + AggregateFunction.allCases.map(\.rawValue)
        + environment.functions.keys.sorted()
      report(.unknownFunction(name, suggestions: Spelling.nearest(to: name.text, in: known)))
    }
  }

  // MARK: - Arguments by type

  private mutating func ofTimes(
    _ function: Function, _ arguments: [Expression], _ type: ValueType, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    let times = arguments.map { time($0, in: scope) }
    let found = times.compactMap(\.self)
    return found.count == times.count ? PlanExpression(.call(function, found), type, span: span) : nil
  }

  private mutating func ofTexts(
    _ function: Function, _ arguments: [Expression], _ type: ValueType, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    guard let text = expression(arguments[0], in: scope) else { return nil }
    switch text.type {
    case .text, .localized, .missing: return PlanExpression(.call(function, [text]), type, span: span)
    default:
      let hint = text.type.isList ? "the number of its values is `count(…)`" : nil
      report(.typeMismatch(found: text.type.name, expected: "text", span: arguments[0].span, hint: hint))
      return nil
    }
  }

  private mutating func ofNumbers(
    _ function: Function, _ arguments: [Expression], in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    var numbers: [PlanExpression] = []
    for argument in arguments {
      guard let number = expression(argument, in: scope) else { return nil }
      guard number.type == .number || number.type == .missing else {
        report(.typeMismatch(found: number.type.name, expected: "a number", span: argument.span, hint: nil))
        return nil
      }
      numbers.append(number)
    }
    return PlanExpression(.call(function, numbers), .number, span: span)
  }

  private mutating func coalesce(_ arguments: [Expression], in scope: Scope, _ span: Span) -> PlanExpression?
  {
    sameType(arguments, in: scope).map { PlanExpression(.call(.coalesce, $0.values), $0.type, span: span) }
  }

  private mutating func conditional(_ arguments: [Expression], in scope: Scope, _ span: Span)
    -> PlanExpression?
  {
    let condition = truth(arguments[0], in: scope)
    let branches = sameType(Array(arguments.dropFirst()), in: scope)
    guard let condition, let branches else { return nil }
    return PlanExpression(.call(.if, [condition] + branches.values), branches.type, span: span)
  }

  /// Expressions of one type; later ones are read in the light of the first.
  private mutating func sameType(
    _ arguments: [Expression], in scope: Scope
  ) -> (values: [PlanExpression], type: ValueType)? {
    var values: [PlanExpression] = []
    var type = ValueType.missing
    for argument in arguments {
      guard
        let resolved = type == .missing
          ? expression(argument, in: scope) : value(argument, as: type, in: scope)
      else { return nil }
      guard type.isComparable(to: resolved.type) else {
        report(.typeMismatch(found: resolved.type.name, expected: type.name, span: argument.span, hint: nil))
        return nil
      }
      if type == .missing { type = resolved.type }
      values.append(resolved)
    }
    return (values, type)
  }

  // MARK: - Queries as arguments

  /// `count(…)`, `exists(…)`, `value(…)` of a query, or of a field with many values. A bare word is a field if there is
  /// one of that name.
  private mutating func ask(
    _ function: Function, _ argument: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    if let field = bareField(argument, in: scope) { return ask(function, ofValue: field, span) }
    if let query = asQuery(argument) {
      guard let rows = self.query(query) else { return nil }
      return ask(function, of: rows, span)
    }
    return expression(argument, in: scope).flatMap { ask(function, ofValue: $0, span) }
  }

  private func bareField(_ argument: Expression, in scope: Scope) -> PlanExpression? {
    switch argument.kind {
    case .path(let names) where names.count == 1: scope.field(names[0].text, span: argument.span)
    case .query(let query): query.bareWord.flatMap { scope.field($0, span: argument.span) }
    default: nil
    }
  }

  func asQuery(_ argument: Expression) -> Query? {
    switch argument.kind {
    case .query(let query): return query
    case .path(let names) where names.count == 1:
      let rows = RowNoun(rawValue: names[0].text).map { Noun.Kind.rows($0) }
      let noun = Noun(rows ?? .word(names[0]), span: argument.span)
      return Query(.phrase(NounPhrase(noun: noun, span: argument.span)), span: argument.span)
    default: return nil
    }
  }

  private mutating func ask(_ function: Function, of rows: Rows, _ span: Span) -> PlanExpression? {
    switch function {
    case .count, .exists:
      let subquery = Subquery(rows.plan, shape: rows.shape)
      return function == .count
        ? PlanExpression(.subquery(.count, subquery), .number, span: span)
        : PlanExpression(.subquery(.exists, subquery), .truth, span: span)
    default:
      let (subquery, type) = firstColumn(rows)
      return PlanExpression(.subquery(.value, subquery), type, span: span)
    }
  }

  private mutating func ask(_ function: Function, ofValue value: PlanExpression, _ span: Span)
    -> PlanExpression?
  {
    switch function {
    case .exists:
      let isMissing = PlanExpression(.isMissing(value), .truth, span: span)
      return PlanExpression(.not(isMissing), .truth, span: span)
    case .count where value.type.isList: return PlanExpression(.call(.count, [value]), .number, span: span)
    default:
      report(
        .typeMismatch(
          found: value.type.name,
          expected: function == .count ? "a query or a field with many values" : "a query",
          span: value.span, hint: "for example `\(function.example)`"))
      return nil
    }
  }

  /// A query in the place of a value stands for its one value.
  mutating func value(_ query: Query, _ span: Span) -> PlanExpression? {
    guard let rows = self.query(query) else { return nil }
    let (subquery, type) = firstColumn(rows)
    return PlanExpression(.subquery(.onlyValue, subquery), type, span: span)
  }
}

extension Query {
  /// The query's only word, if it has but one.
  fileprivate var bareWord: String? {
    guard stages.isEmpty, case .phrase(let phrase) = source, phrase.adjectives.isEmpty, phrase.clauses.isEmpty
    else {
      return nil
    }
    switch phrase.noun.kind {
    case .rows(let noun): return noun.rawValue
    case .word(let name): return name.isQuoted ? nil : name.text
    default: return nil
    }
  }
}
