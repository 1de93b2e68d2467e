import EDTF

extension Parser {
  /// How tight an operator binds, from the loosest. Comparisons do not chain.
  enum Precedence: Int, Comparable {
    case or, and, not, comparison, sum, product, sign

    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .sign }
  }

  /// What stands between operands.
  enum Infix {
    case binary(BinaryOperator)
    /// `in (…)`
    case member
    case between, within
    /// `not in`, `possibly before`
    case prefixed(UnaryOperator)

    var precedence: Precedence {
      switch self {
      case .binary(.or): .or
      case .binary(.and): .and
      case .binary(.add), .binary(.subtract): .sum
      case .binary(.multiply), .binary(.divide): .product
      default: .comparison
      }
    }
  }

  /// Expression ::= Conjunction ('or' Conjunction)*
  mutating func parseExpression() throws(Failure) -> Expression {
    let outer = prefersQueries
    prefersQueries = false
    defer { prefersQueries = outer }
    let expression = try parseExpression(.or)
    tallest = max(tallest, height)
    return expression
  }

  /// Conjunction ::= Negation ('and' Negation)*
  /// Negation    ::= ('not' | 'possibly') Negation | Comparison
  /// Comparison  ::= Sum (Comparator …)?         see parseComparison
  /// Sum         ::= Product (('+' | '-') Product)*
  /// Product     ::= Sign (('*' | '/') Sign)*
  ///
  /// By precedence climbing: `minimum` is the loosest operator that may be taken here.
  func mayFollow(_ infix: Infix, _ minimum: Precedence, _ maximum: Precedence) -> Bool {
    infix.precedence >= minimum && infix.precedence <= maximum
  }

  mutating func parseExpression(_ minimum: Precedence) throws(Failure) -> Expression {
    var left = try parsePrefix(minimum)
    var maximum = Precedence.sign
    while let infix = infix, mayFollow(infix, minimum, maximum) {
      let leftHeight = height
      if infix.precedence == .comparison {
        left = try parseComparison(left, infix)
        try refuseChain()
        maximum = .and
      } else if case .binary(let op) = infix {
        advanceKeyword()
        if op != .and, op != .or { hearTrial(of: left, "select", op) }
        let right = try parseExpression(infix.precedence.next)
        left = Expression(.binary(op, left, right), span: left.span.through(right.span))
        maximum = infix.precedence
      }
      try grow(leftHeight)
    }
    return left
  }

  /// The tree has grown by a node over one of height `other` and the one just read.
  mutating func grow(_ other: Int = 0) throws(Failure) {
    height = max(height, other) + 1
    if height >= Self.tallestTree { throw failTooTall() }
  }

  mutating func failTooTall() -> Failure {
    isTooDeep = true
    return fail(.tooDeep(Self.tallestTree))
  }

  /// 'not' | 'possibly' | '-' before their operand, or an operand.
  private mutating func parsePrefix(_ minimum: Precedence) throws(Failure) -> Expression {
    let op: UnaryOperator
    let operandMinimum: Precedence
    if at(.minus) {
      (op, operandMinimum) = (.negate, .sign)
    } else if minimum <= .not, at(.not) || at(.possibly) {
      (op, operandMinimum) = (at(.not) ? .not : .possibly, .not)
    } else {
      return try parseOperand()
    }
    let start = token.span
    advanceKeyword()
    try enter()
    defer { leave() }
    if op == .negate { listener?.hearTrial("select -", at: position) }
    let operand = try parseExpression(operandMinimum)
    try grow()
    return Expression(.unary(op, operand), span: span(from: start))
  }

  // MARK: - Operators

  private static let symbols: [Symbol: BinaryOperator] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual, .plus: .add, .minus: .subtract, .star: .multiply, .slash: .divide,
  ]

  /// The operator here; nil where a clause begins instead.
  private var infix: Infix? {
    mutating get {
      if case .symbol(let symbol) = token.kind { return Self.symbols[symbol].map(Infix.binary) }
      guard atWord || listener != nil else { return nil }
      if at(.or) { return .binary(.or) }
      if at(.and) {
        return isInPhrase && clauseBegins(at: position + keywordsHere.words) ? nil : .binary(.and)
      }
      if let comparator = comparator { return comparator }
      guard at(.not) || at(.possibly), isComparator(at: position + keywordsHere.words) else { return nil }
      return .prefixed(at(.not) ? .not : .possibly)
    }
  }

  private var comparator: Infix? {
    mutating get {
      for word in [Keyword.is, .has, .contains, .matches] where at(word) {
        return BinaryOperator(rawValue: word.rawValue).map(Infix.binary)
      }
      for time in TimeOperator.allCases {
        if let keyword = Keyword(rawValue: time.rawValue), at(keyword) {
          return BinaryOperator(rawValue: time.rawValue).map(Infix.binary)
        }
      }
      if at(.between) { return .between }
      if at(.within) { return .within }
      guard at(.in) else { return nil }
      return isInPhrase && token(at: position + keywordsHere.words).kind != .symbol(.leftParenthesis)
        ? nil : .member
    }
  }

  private func isComparator(at index: Int) -> Bool {
    let spelled = keywords(at: index).keywords
    return spelled.contains { $0.roles.contains(.operator) && ![.and, .or, .not, .possibly].contains($0) }
  }

  /// After a comparison there is no second one.
  private mutating func refuseChain() throws(Failure) {
    guard let infix = infix, infix.precedence == .comparison else { return }
    if isInPhrase, atClause { return }
    throw fail(.chainedComparison(source.text(token.span)))
  }

  // MARK: - Comparisons

  /// Comparison ::= Sum (('=' | '!=' | '<' | '<=' | '>' | '>=' | 'has' | 'contains' | 'matches') Sum
  ///              | 'is' 'not'? Sum
  ///              | ('not' | 'possibly')? (TimeWord Time | 'between' Time 'and' Time | 'within' Duration 'of' Time
  ///              | 'in' '(' (Query | Expression (',' Expression)*) ')'))?
  private mutating func parseComparison(_ left: Expression, _ infix: Infix) throws(Failure) -> Expression {
    switch infix {
    case .prefixed(let op):
      advanceKeyword()
      guard let inner = comparator else { throw fail(.expectedOperand(after: nil, found: found, help: nil)) }
      let comparison = try parseComparison(left, inner)
      return Expression(.unary(op, comparison), span: comparison.span)
    case .between:
      advanceKeyword()
      let low = try parseTime(after: .between)
      try expect(.and, after: "the first time of `between`")
      let high = try parseTime(after: .and)
      return Expression(.between(left, low, high), span: left.span.through(high.span))
    case .within:
      advanceKeyword()
      let duration = try parseDuration()
      try expect(.of, after: "the duration of `within`")
      let time = try parseTime(after: .of)
      return Expression(.within(left, duration, of: time), span: left.span.through(time.span))
    case .member: return try parseMember(left)
    case .binary(let op): return try parseBinaryComparison(left, op)
    }
  }

  private mutating func parseBinaryComparison(
    _ left: Expression, _ op: BinaryOperator
  ) throws(Failure) -> Expression {
    let keyword = TimeOperator(rawValue: op.rawValue).flatMap { Keyword(rawValue: $0.rawValue) }
    advanceKeyword()
    if let keyword {
      let time = try parseTime(after: keyword)
      return Expression(.binary(op, left, time), span: left.span.through(time.span))
    }
    let isNegated = op == .is && take(.not)
    hearValues(of: left)
    hearTrial(of: left, "where", op)
    let right = try parseExpression(.sum)
    let comparison = Expression(.binary(op, left, right), span: left.span.through(right.span))
    return isNegated ? Expression(.unary(.not, comparison), span: comparison.span) : comparison
  }

  /// What a field is compared with is one of its values.
  private mutating func hearValues(of left: Expression) {
    guard let listener, case .path(let names) = left.kind else { return }
    listener.hear([.value(ofField: names.map(\.text).joined(separator: "."))], at: position)
  }

  /// An expression at the cursor is tried beside what stands on the operator's left.
  private func hearTrial(of left: Expression, _ stage: String, _ op: BinaryOperator) {
    listener?.hearTrial("\(stage) \(source.text(left.span)) \(op.rawValue) ", at: position)
  }

  private mutating func parseMember(_ left: Expression) throws(Failure) -> Expression {
    advanceKeyword()
    guard at(.leftParenthesis) else {
      let help = "write `in (a, b)`, or `= a` for a single value"
      throw fail(.missingArgument("`(` after `in`", found: found, help: help))
    }
    if looksLikeQuery(at: position, default: false) {
      let query = try parseGroup()
      return Expression(.memberOfQuery(left, query), span: span(from: left.span))
    }
    let open = advance().span
    try enter()
    defer { leave() }
    let outer = isInPhrase
    isInPhrase = false
    defer { isInPhrase = outer }
    var members: [Expression] = []
    var highest = 0
    repeat {
      hearValues(of: left)
      if members.isEmpty { listener?.hear([.binding], at: position) }
      listener?.hearTrial("where \(source.text(left.span)) in (", ")", at: position)
      members.append(try parseExpression())
      highest = max(highest, height)
    } while take(.comma)
    height = highest
    try expectClosing(open)
    return Expression(.member(left, members), span: span(from: left.span))
  }
}
