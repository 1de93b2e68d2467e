// Expressions, with no more parentheses than the tree needs.

/// How tightly an expression binds, loosest first.
enum Precedence: Int, Comparable {
  case or, and, prefix, comparison, sum, product, sign, primary

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }

  init(_ comparison: BinaryOperator) {
    switch comparison {
    case .or: self = .or
    case .and: self = .and
    case .add, .subtract: self = .sum
    case .multiply, .divide: self = .product
    default: self = .comparison
    }
  }

  init(_ expression: Expression) {
    switch expression.kind {
    case .binary(let comparison, _, _): self = Precedence(comparison)
    case .unary(.negate, _): self = .sign
    case .unary: self = .prefix
    case .between, .within, .member, .memberOfQuery: self = .comparison
    default: self = .primary
    }
  }
}

extension SyntaxPrinter {
  package func print(_ expression: Expression) -> String { print(expression, least: .or) }

  /// What stands beside a comparison: a sum or something tighter.
  func operand(_ expression: Expression) -> String { print(expression, least: .sum) }

  /// In Arabic, `from before` would be `by`.
  private func operand(_ expression: Expression, before sign: Keyword?) -> String {
    let text = operand(expression)
    return sign.map { runsTogether(text, word($0)) } ?? false ? "(\(text))" : text
  }

  /// What stands after `before`, `between` and the like. A field that is a clause's keyword is not read there as it is.
  func time(_ expression: Expression) -> String {
    let text = operand(expression)
    return expression.beginsLikeClause ? "(\(text))" : text
  }

  private func print(_ expression: Expression, least: Precedence) -> String {
    let text = bare(expression)
    return Precedence(expression) < least ? "(\(text))" : text
  }

  private func bare(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let number): number.text
    case .string(let text): quote(text)
    case .time(let time): time.description
    case .duration(let duration): print(duration)
    case .truth(let truth): word(truth ? .true : .false)
    case .none: word(.none)
    case .path(let names):
      names.enumerated().map { word($1, as: $0 == 0 ? .operand : .part) }.joined(separator: ".")
    case .call(let name, let arguments): call(name, arguments)
    case .unary(let prefix, let inner): unary(prefix, inner)
    case .binary(let comparison, let left, let right): binary(comparison, left, right)
    case .between(let value, let first, let last):
      "\(operand(value)) \(word(.between)) \(time(first)) \(word(.and)) \(time(last))"
    case .within(let value, let length, let time):
      "\(operand(value)) \(word(.within)) \(self.length(length)) \(word(.of)) \(self.time(time))"
    case .member(let value, let list):
      "\(operand(value, before: .in)) \(word(.in)) (\(list.map { print($0) }.joined(separator: comma)))"
    case .memberOfQuery(let value, let query):
      "\(operand(value, before: .in)) \(word(.in)) \(plainGroup(query) ?? group(query))"
    case .query(let query): plainGroup(query) ?? group(query)
    }
  }

  /// `today` · `f(a, b)` · `count(QUERY)`
  func call(_ name: Name, _ arguments: [Expression]) -> String {
    let function = word(name, as: [.function, .aggregate])
    if arguments.isEmpty, name.text == Keyword.today.rawValue { return function }
    let takesQuery = ["count", "exists", "value"].contains(name.text)
    let isOwn = Keyword.isFree(name.text)
    guard takesQuery || isOwn, arguments.count == 1, case .query(let query) = arguments.first?.kind else {
      return "\(function)(\(arguments.map { print($0) }.joined(separator: comma)))"
    }
    // Alone, or beyond doubt, a query needs no parentheses of its own.
    let inner = isOwn && query.inParentheses != nil ? nil : plainGroup(query, isCounted: takesQuery)
    return function + (inner ?? (hasRow || isOwn ? "(\(group(query)))" : group(query)))
  }

  /// What stands after `within`: a literal, a parameter, or an expression in parentheses.
  func length(_ expression: Expression) -> String {
    switch expression.kind {
    case .duration(let duration): return print(duration)
    case .path(let names) where names.count == 1 && Keyword.isFree(names[0].text): return print(expression)
    default: return "(\(print(expression)))"
    }
  }

  private func unary(_ prefix: UnaryOperator, _ inner: Expression) -> String {
    switch prefix {
    case .not: "\(word(.not)) \(print(inner, least: .prefix))"
    case .possibly: "\(word(.possibly)) \(print(inner, least: .prefix))"
    case .negate: negative(print(inner, least: .sign))
    }
  }

  /// `-5`; but `-2023` would be a year before Christ, and `-../2023` no interval.
  func negative(_ text: String) -> String {
    let rest = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "X" }
    return (digits.count >= 4 || rest.hasPrefix(".") || rest.hasPrefix("/") ? "- " : "-") + text
  }

  /// Sums and conjunctions group to the left; comparisons do not group at all.
  private func binary(_ comparison: BinaryOperator, _ left: Expression, _ right: Expression) -> String {
    let own = Precedence(comparison)
    if TimeOperator(rawValue: comparison.rawValue) != nil {
      let sign = Keyword(rawValue: comparison.rawValue)
      return "\(operand(left, before: sign)) \(joined(comparison.rawValue, time(right)))"
    }
    let least = own == .comparison ? own.tighter : own
    let sign = comparison.isWord ? word(english: comparison.rawValue) : comparison.rawValue
    return "\(print(left, least: least)) \(sign) \(print(right, least: own.tighter))"
  }

  /// `14 days`, `1 week`
  private func print(_ duration: DurationLiteral) -> String {
    let unit = Keyword(rawValue: duration.unit.rawValue) ?? .days
    let spellings = (language == .english ? unit.row?.english : unit.row?.arabic) ?? []
    let form =
      switch (language, duration.count % 100) {
      case (.english, _): duration.count == 1 ? 1 : 0
      case (.arabic, 0...2): 1
      case (.arabic, 3...10): 2
      case (.arabic, _): 0
      }
    return "\(duration.count) \(spellings.indices.contains(form) ? spellings[form] : unit.rawValue)"
  }
}

extension Expression {
  /// Whether its first word is a field's or a function's, and a clause's too: `about`, `to.name + 1`.
  fileprivate var beginsLikeClause: Bool {
    switch kind {
    case .path(let names):
      names.first.flatMap { Keyword(rawValue: $0.text) }?.roles.contains(.clause) ?? false
    case .call(let name, _): Keyword(rawValue: name.text)?.roles.contains(.clause) ?? false
    case .binary(let sign, let left, _): Precedence(left) >= Precedence(sign) && left.beginsLikeClause
    default: false
    }
  }
}

extension BinaryOperator {
  var isWord: Bool { rawValue.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false }
}
