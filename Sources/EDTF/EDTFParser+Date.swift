extension EDTFParser {
  /// date = component { "-" component } , where the components are a year, a month or grouping, and a day,
  /// each [ qualifier ] digits [ qualifier ] .
  mutating func parseDate() throws(EDTFError) -> EDTFDate {
    let start = position
    let yearQualifier = acceptQualifier()
    var date = EDTFDate(year: try parseYear())
    date.qualifiers.year = yearQualifier
    acceptGroupQualifier(of: &date)
    if peek() == UInt8(ascii: "-") { try parseMonth(of: &date) }
    if peek() == UInt8(ascii: "-") { try parseDay(of: &date) }
    try check(date, from: start)
    return date
  }

  /// "-" [ qualifier ] month [ qualifier ] .
  private mutating func parseMonth(of date: inout EDTFDate) throws(EDTFError) {
    let isLone = date.year.notation != .fourDigits || date.year.significantDigits > 0
    let start = position
    _ = advance()
    if isLone { throw fail(.loneYear, from: start) }
    date.qualifiers.month = acceptQualifier()
    let digits = position
    date.month = try parseTwoDigits("a month of two digits")
    let month = date.month
    let isReal =
      month.isComplete
      ? 1...12 ~= month.value || 21...41 ~= month.value : (1...12).contains(where: month.mayBe)
    if !isReal { throw fail(month.isComplete ? .month(Int(month.value)) : .noSuchDate, from: digits) }
    acceptGroupQualifier(of: &date)
  }

  /// "-" [ qualifier ] day [ qualifier ] .
  private mutating func parseDay(of date: inout EDTFDate) throws(EDTFError) {
    if date.grouping != nil { throw unexpected("the end of the date, since a part of a year takes no day") }
    _ = advance()
    date.qualifiers.day = acceptQualifier()
    let digits = position
    date.day = try parseTwoDigits("a day of two digits")
    let day = date.day
    if !(1...31).contains(where: day.mayBe) {
      throw fail(day.isComplete ? .dayNumber(Int(day.value)) : .noSuchDate, from: digits)
    }
    if !date.hasUnspecifiedDigits, date.days == nil {
      throw fail(.day(Int(day.value), month: Int(date.month.value), year: date.year.number), from: digits)
    }
    acceptGroupQualifier(of: &date)
  }

  /// The digits that are given must leave a real day: `XXXX-02-30` does not.
  private func check(_ date: EDTFDate, from start: Int) throws(EDTFError) {
    if date.hasUnspecifiedDigits, date.days == nil { throw fail(.noSuchDate, from: start) }
  }

  /// qualifier = "?" | "~" | "%" .
  private mutating func acceptQualifier() -> EDTFDate.Qualifier {
    guard let qualifier = EDTFDate.Qualifier(symbol: peek()) else { return [] }
    _ = advance()
    return qualifier
  }

  /// A qualifier after a component holds for it and for those before it.
  private mutating func acceptGroupQualifier(of date: inout EDTFDate) {
    let qualifier = acceptQualifier()
    date.qualifiers.year.formUnion(qualifier)
    if date.hasMonth { date.qualifiers.month.formUnion(qualifier) }
    if date.hasDay { date.qualifiers.day.formUnion(qualifier) }
  }

  /// Two digits or X.
  private mutating func parseTwoDigits(_ expected: String) throws(EDTFError) -> EDTFDate.TwoDigits {
    var value: UInt8 = 0
    var unspecified: UInt8 = 0
    for _ in 0..<2 {
      guard let digit = acceptDigit() else { throw unexpected(expected) }
      value = value &* 10 &+ (digit.value ?? 0)
      unspecified = unspecified << 1 | (digit.value == nil ? 1 : 0)
    }
    return EDTFDate.TwoDigits(value: value, unspecified: unspecified)
  }
}

extension EDTFParser {
  /// A digit, or X for one that is not specified.
  enum Digit {
    case known(UInt8)
    case unspecified

    var value: UInt8? {
      if case .known(let value) = self { value } else { nil }
    }
  }

  mutating func acceptDigit() -> Digit? {
    if let value = acceptKnownDigit() { return .known(value) }
    return accept("X") ? .unspecified : nil
  }

  mutating func acceptKnownDigit() -> UInt8? {
    let symbol = peek()
    guard 0x30...0x39 ~= symbol else { return nil }
    _ = advance()
    return symbol - 0x30
  }
}
