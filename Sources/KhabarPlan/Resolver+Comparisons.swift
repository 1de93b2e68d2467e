import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  /// `a = b` and the like. A bare word that is no field is read as what the other side is.
  mutating func comparison(
    _ op: Comparison, _ left: Expression, _ right: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    if case .none = right.kind { return missing(op, left, in: scope, span) }
    if case .none = left.kind { return missing(op, right, in: scope, span) }
    guard let (first, second) = operands(left, right, in: scope) else { return nil }
    return comparison(op, first, second, span)
  }

  private mutating func missing(
    _ op: Comparison, _ operand: Expression, in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    guard op == .equal || op == .notEqual else {
      report(.misplaced("nothing is \(op.rawValue) none: ask `= none` or `!= none`", span: span))
      return nil
    }
    guard let value = expression(operand, in: scope) else { return nil }
    let isMissing = PlanExpression(.isMissing(value), .truth, span: span)
    return op == .equal ? isMissing : PlanExpression(.not(isMissing), .truth, span: span)
  }

  /// Both sides, each read in the light of the other.
  private mutating func operands(
    _ left: Expression, _ right: Expression, in scope: Scope
  ) -> (PlanExpression, PlanExpression)? {
    if isValue(left, in: scope) && !isValue(right, in: scope) {
      guard let second = expression(right, in: scope), let first = value(left, as: second.type, in: scope)
      else {
        return nil
      }
      return (first, second)
    }
    guard let first = expression(left, in: scope), let second = value(right, as: first.type, in: scope) else {
      return nil
    }
    return (first, second)
  }

  /// A literal or a bare word that names no field: something whose meaning the other side gives.
  private func isValue(_ expression: Expression, in scope: Scope) -> Bool {
    switch expression.kind {
    case .string, .number: true
    case .path(let names):
      names.count == 1 && scope.field(names[0].text) == nil && names[0].text != Function.today.rawValue
    default: false
    }
  }

  /// Whether a bare word that names a field is one of the words that are expected, and the field holds none of them:
  /// `role = actor`, where a part in an event has an actor too.
  private func isWord(
    _ names: [Name], of type: ValueType, besides expression: Expression, in scope: Scope
  ) -> Bool {
    guard names.count == 1, !names[0].isQuoted, case .symbol(let kind) = type.element else { return false }
    let wanted = NameKey.key(names[0].text)
    guard (0..<store.codeCount(kind)).contains(where: { NameKey.key(store.word(kind, Int16($0))) == wanted })
    else { return false }
    var resolver = self
    let found = resolver.expression(expression, in: scope)?.type.element
    return found != type.element && found != .text && found != .localized
  }

  /// An expression where a value of a type is expected.
  mutating func value(_ expression: Expression, as type: ValueType, in scope: Scope) -> PlanExpression? {
    let span = expression.span
    switch expression.kind {
    case .path(let names) where isValue(expression, in: scope):
      return value(named: names[0], as: type, in: scope)
    case .path(let names) where isWord(names, of: type, besides: expression, in: scope):
      return value(named: names[0], as: type, in: scope)
    case .string(let text):
      return value(named: Name(text, isQuoted: true, span: span), as: type, in: scope)
    case .number, .time, .query:
      return type == .time ? time(expression, in: scope) : self.expression(expression, in: scope)
    default:
      return self.expression(expression, in: scope)
    }
  }

  private mutating func value(named name: Name, as type: ValueType, in scope: Scope) -> PlanExpression? {
    let span = name.span
    if !name.isQuoted, ["null", "nil"].contains(name.text.lowercased()) {
      report(
        .misplaced(
          "`\(name.text)` is no value", span: span, hint: "what is not recorded is asked with `= none`"))
      return nil
    }
    switch type {
    case .text, .localized: return .constant(.text(name.text), .text, span: span)
    case .time:
      let kind: Expression.Kind = name.isQuoted ? .string(name.text) : .path([name])
      return time(Expression(kind, span: span), in: scope)
    case .entity(.participation): return value(named: name, as: .entity(.actor), in: scope)
    case .entity(let kind):
      return entity(name, kind).map { .constant(.entity(kind, $0), .entity(kind), span: span) }
    case .symbol(let kind): return symbol(name, kind)
    case .list(let element): return value(named: name, as: element, in: scope)
    case .number, .truth, .duration, .missing:
      if name.isQuoted { return .constant(.text(name.text), .text, span: span) }
      reportUnknownField(name, in: scope)
      return nil
    }
  }

  private mutating func symbol(_ name: Name, _ kind: SymbolKind) -> PlanExpression? {
    let wanted = NameKey.key(name.text)
    let words = (0..<store.codeCount(kind)).map { store.word(kind, Int16($0)) }
    if let code = words.firstIndex(where: { NameKey.key($0) == wanted }) {
      return .constant(.symbol(kind, Int16(code)), .symbol(kind), span: name.span)
    }
    if kind == .type, let meaning = store.vocabulary.noun(name.text), meaning.mode < 0 {
      return .constant(.symbol(.type, meaning.type), .symbol(.type), span: name.span)
    }
    if kind == .mode, let meaning = store.vocabulary.noun(name.text), meaning.mode >= 0 {
      return .constant(.symbol(.mode, meaning.mode), .symbol(.mode), span: name.span)
    }
    report(.unknownWord(name.text, of: kind.name, words: words, span: name.span))
    return nil
  }

  // MARK: - Typed comparisons

  private mutating func comparison(
    _ op: Comparison, _ left: PlanExpression, _ right: PlanExpression, _ span: Span
  ) -> PlanExpression? {
    var left = left
    var right = right
    if left.type == .time, case .entity = right.type, let time = asTime(right) { right = time }
    if right.type == .time, case .entity = left.type, let time = asTime(left) { left = time }
    if let name = named(right, as: left.type) { right = name }
    if let name = named(left, as: right.type) { left = name }
    guard isComparable(op, left, right, span) else { return nil }
    return byTable(op, left, right, span) ?? byTable(op.mirrored, right, left, span)
      ?? PlanExpression(.compare(op, left, right), .truth, span: span)
  }

  /// A text beside a record, or beside a word of a vocabulary, is its name.
  private func named(_ text: PlanExpression, as type: ValueType) -> PlanExpression? {
    guard text.type.element == .text else { return nil }
    switch type {
    case .entity(.actor), .entity(.event), .entity(.place), .entity(.article), .entity(.topic), .symbol:
      return PlanExpression(.named(text), text.type.isList ? .list(type) : type, span: text.span)
    default: return nil
    }
  }

  private mutating func isComparable(
    _ op: Comparison, _ left: PlanExpression, _ right: PlanExpression, _ span: Span
  ) -> Bool {
    for side in [left, right] where side.type.isList {
      let other = side.span.lower == left.span.lower ? right : left
      report(
        .typeMismatch(
          found: side.type.name, expected: other.type.name, span: side.span,
          hint: "a field with many values is asked with `has`: `actors has Lavrov`, `count(topics) > 1`"))
      return false
    }
    guard left.type.isComparable(to: right.type) else {
      let isYear = Set([left.type, right.type]) == [.number, .time]
      let hint = isYear ? "a number is made a year by `year(…)`" : nil
      report(.typeMismatch(found: right.type.name, expected: left.type.name, span: right.span, hint: hint))
      return false
    }
    if op == .equal || op == .notEqual || left.type.isOrdered || right.type == .missing { return true }
    report(.misplaced("\(left.type.name) has no order: ask `=` or `!=`", span: span))
    return false
  }

  /// A comparison of a code with a constant, decided once for each code.
  private func byTable(
    _ op: Comparison, _ left: PlanExpression, _ right: PlanExpression, _ span: Span
  ) -> PlanExpression? {
    guard case .constant(let constant) = right.kind else { return nil }
    // A name that nobody has is equal to no record; a table of codes has no place for it.
    if case .named = left.kind { return nil }
    let wanted: Int
    switch constant {
    case .entity(_, let row): wanted = Int(row)
    case .symbol(_, let code): wanted = Int(code)
    default: return nil
    }
    var table = TruthTable(count: codeCount(left.type), missing: .unknown)
    for code in 0..<codeCount(left.type) {
      table[code] = Truth(
        op.holds(code == wanted ? 0 : Self.order(left.type, code) < Self.order(left.type, wanted) ? -1 : 1))
    }
    return PlanExpression(.lookup(left, table), .truth, span: span)
  }

  /// Certainties are ordered from possible up to certain; the order of other codes is never asked for.
  private static func order(_ type: ValueType, _ code: Int) -> Int {
    type == .symbol(.certainty) ? -code : code
  }

  // MARK: - Types, lists and members

  mutating func isType(_ left: Expression, _ right: Expression, in scope: Scope, _ span: Span)
    -> PlanExpression?
  {
    guard let value = expression(left, in: scope) else { return nil }
    if case .path(let names) = right.kind,
      ["null", "nil", "empty", "missing"].contains(names[0].text.lowercased())
    {
      report(
        .misplaced(
          "`is` asks for an event type", span: span, hint: "what is not recorded is asked with `= none`"))
      return nil
    }
    guard value.type == .symbol(.type) else {
      report(
        .typeMismatch(
          found: value.type.name, expected: "an event type", span: left.span,
          hint: "`is` asks for a type and its subtypes: `type is CONSULT`; for all else write `=`"))
      return nil
    }
    guard let wanted = self.value(right, as: .symbol(.type), in: scope) else { return nil }
    guard case .constant(.symbol(.type, let ancestor)) = wanted.kind else {
      report(
        .typeMismatch(
          found: wanted.type.name, expected: "the name of an event type", span: right.span, hint: nil))
      return nil
    }
    let types = store.vocabulary.types.indices.filter { store.vocabulary.isType(Int16($0), ancestor) }
    return lookup(value, codes: Array(types), span: span)
  }

  mutating func has(_ left: Expression, _ right: Expression, in scope: Scope, _ span: Span) -> PlanExpression?
  {
    guard var list = expression(left, in: scope) else { return nil }
    guard list.type.isList else {
      report(
        .typeMismatch(
          found: list.type.name, expected: "a field with many values", span: left.span,
          hint: "a field with one value is compared with `=`; text with `contains`"))
      return nil
    }
    if list.type.element == .entity(.participation), let actor = Field.named("actor", of: .participation) {
      list = PlanExpression(.through(list, actor), .list(.entity(.actor)), span: list.span)
    }
    if case .query(let query) = right.kind { return member(list, query, span) }
    guard var element = value(right, as: list.type.element, in: scope) else { return nil }
    if let name = named(element, as: list.type.element) { element = name }
    if let names = named(list, as: element.type) { list = names }
    guard list.type.element.isComparable(to: element.type) else {
      report(
        .typeMismatch(found: element.type.name, expected: list.type.element.name, span: right.span, hint: nil)
      )
      return nil
    }
    switch element.kind {
    case .constant(.entity(_, let row)): return anyElement(list, Int(row), span)
    case .constant(.symbol(_, let code)): return anyElement(list, Int(code), span)
    default: return PlanExpression(.has(list, element), .truth, span: span)
    }
  }

  private func anyElement(_ list: PlanExpression, _ code: Int, _ span: Span) -> PlanExpression {
    let table = TruthTable(count: codeCount(list.type), missing: .false, true: [code])
    return PlanExpression(.anyElement(list, table), .truth, span: span)
  }

  /// `x in (a, b)` is `x = a or x = b`.
  mutating func member(
    _ expression: Expression, _ list: [Expression], in scope: Scope, _ span: Span
  ) -> PlanExpression? {
    if list.count == 1, let query = loneNoun(list[0], besides: expression, in: scope) {
      return member(expression, query, in: scope, span)
    }
    let conditions = list.map { comparison(.equal, expression, $0, in: scope, span) }
    let found = conditions.compactMap(\.self)
    return found.count == conditions.count ? .or(found) : nil
  }

  /// `in (people)`: one noun in parentheses is a query.
  private func loneNoun(_ expression: Expression, besides member: Expression, in scope: Scope) -> Query? {
    guard case .path(let names) = expression.kind, names.count == 1, !names[0].isQuoted,
      scope.field(names[0].text) == nil
    else { return nil }
    let isNoun =
      RowNoun(rawValue: names[0].text) != nil || environment.bindings[names[0].text] != nil
      || isEvent(member, in: scope) && store.vocabulary.noun(names[0].text) != nil
    return isNoun ? asQuery(expression) : nil
  }

  /// Beside an event, the noun of a type stands for its events; beside a type, for the type.
  private func isEvent(_ member: Expression, in scope: Scope) -> Bool {
    var resolver = self
    return resolver.expression(member, in: scope)?.type == .entity(.event)
  }

  mutating func member(_ expression: Expression, _ query: Query, in scope: Scope, _ span: Span)
    -> PlanExpression?
  {
    guard let value = self.expression(expression, in: scope) else {
      _ = self.query(query)
      return nil
    }
    return member(value, query, span)
  }

  /// `x in (QUERY)`, and of a list `x has (QUERY)`: whether any of its elements is there.
  private mutating func member(_ value: PlanExpression, _ query: Query, _ span: Span) -> PlanExpression? {
    guard let rows = self.query(query) else { return nil }
    var value = value
    var (subquery, type) = firstColumn(rows)
    if let name = named(PlanExpression(.column(0), type), as: value.type.element) {
      let plan = Plan.project(subquery.plan, [PlanColumn("name", name)], keepsRecords: false)
      (subquery, type) = (Subquery(plan, shape: .columns([ColumnShape("name", name.type)])), name.type)
    }
    if let name = named(value, as: type) { value = name }
    guard value.type.element.isComparable(to: type) else {
      report(.typeMismatch(found: type.name, expected: value.type.element.name, span: query.span, hint: nil))
      return nil
    }
    return PlanExpression(.member(value, of: subquery), .truth, span: span)
  }

  /// A query as its rows' records, or as its first column.
  func firstColumn(_ rows: Rows) -> (Subquery, ValueType) {
    switch rows.shape {
    case .records(let kind):
      let column = PlanColumn(kind.name, PlanExpression(.rowItself, .entity(kind)))
      let plan = Plan.project(rows.plan, [column], keepsRecords: false)
      return (Subquery(plan, shape: .columns([ColumnShape(kind.name, .entity(kind))])), .entity(kind))
    case .columns(let columns):
      return (Subquery(rows.plan, shape: rows.shape), columns.first?.type ?? .missing)
    }
  }
}

extension Comparison {
  /// The comparison with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether it holds of values of which the first is less (negative), equal (0) or greater.
  package func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

extension ValueType {
  func isComparable(to other: ValueType) -> Bool {
    switch (self, other) {
    case (.missing, _), (_, .missing): true
    case (.text, .localized), (.localized, .text): true
    default: self == other
    }
  }

  /// Whether `<` means something.
  var isOrdered: Bool {
    switch self {
    case .number, .text, .localized, .time, .duration, .symbol(.certainty), .missing: true
    default: false
    }
  }
}
