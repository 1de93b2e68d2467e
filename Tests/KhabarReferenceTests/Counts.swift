import KhabarSyntax

extension Expression {
  /// Of a number of rows or steps: the number.
  var value: Double { if case .number(let literal) = kind { literal.value } else { .nan } }
}
