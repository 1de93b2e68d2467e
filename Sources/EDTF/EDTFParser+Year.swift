extension EDTFParser {
  /// year = [ "-" ] digit digit digit digit [ significance ] | long-year .
  mutating func parseYear() throws(EDTFError) -> EDTFDate.Year {
    if accept("Y") { return try parseLongYear(from: position - 1) }
    let start = position
    let isNegative = accept("-")
    var year = EDTFDate.Year(magnitude: 0, isNegative: isNegative)
    let count = parseYearDigits(of: &year)
    if count == 0 || count < 4 && !isAtDateBoundary { throw unexpected("a year of four digits") }
    if count != 4 { throw fail(.yearLength(digits: count), from: start) }
    if isNegative, year.magnitude == 0, year.unspecified == 0 { throw fail(.negativeZero, from: start) }
    if year.unspecified == 0 { try parseSignificance(of: &year) }
    return year
  }

  /// Whether a date may end or go on after its year here, so that it is the digits that are wrong.
  private var isAtDateBoundary: Bool { isAtEnd || "-/,]}.?~%ST".utf8.contains(peek()) }

  /// Reads digits and X, and returns how many there are; only the first four count.
  private mutating func parseYearDigits(of year: inout EDTFDate.Year) -> Int {
    var count = 0
    while let digit = acceptDigit() {
      count += 1
      if count > 4 { continue }
      year.magnitude = year.magnitude * 10 + Int(digit.value ?? 0)
      year.unspecified = year.unspecified << 1 | (digit.value == nil ? 1 : 0)
    }
    return count
  }

  /// long-year = "Y" [ "-" ] digit { digit } [ "E" digit { digit } ] [ significance ] .
  private mutating func parseLongYear(from start: Int) throws(EDTFError) -> EDTFDate.Year {
    let isNegative = accept("-")
    let digits = position
    let number = try parseNumber("the digits of a year")
    let hasLeadingZero = number == 0 || position - digits > EDTFDate.Year.digitCount(number)
    var year = EDTFDate.Year(notation: .long, magnitude: number, isNegative: isNegative)
    if accept("E") {
      let exponentStart = position
      let exponent = try parseNumber("an exponent")
      if exponent == 0 { throw fail(.zeroExponent, from: exponentStart) }
      year.notation = .exponential(UInt8(clamping: exponent))
      year.magnitude = Self.scaled(number, by: exponent)
      if hasLeadingZero { throw fail(.needlessLongYear, from: start) }
    } else if hasLeadingZero || number <= 9999 {
      throw fail(.needlessLongYear, from: start)
    }
    if year.magnitude > CalendarDay.years.upperBound { throw fail(.yearOutOfRange, from: start) }
    try parseSignificance(of: &year)
    if year.range.upperBound > CalendarDay.years.upperBound
      || year.range.lowerBound < CalendarDay.years.lowerBound
    {
      throw fail(.yearOutOfRange, from: start)
    }
    return year
  }

  /// significance = "S" digit { digit } .
  private mutating func parseSignificance(of year: inout EDTFDate.Year) throws(EDTFError) {
    let start = position
    guard accept("S") else { return }
    let count = try parseNumber("the number of significant digits")
    let digits = EDTFDate.Year.digitCount(year.magnitude)
    guard 1...digits ~= count else { throw fail(.significantDigits(count, of: digits), from: start) }
    year.significantDigits = UInt8(clamping: count)
  }

  /// A number of any length, which saturates far beyond every limit that it is checked against.
  private mutating func parseNumber(_ expected: String) throws(EDTFError) -> Int {
    guard let first = acceptKnownDigit() else { throw unexpected(expected) }
    var number = Int(first)
    while let digit = acceptKnownDigit() {
      number = min(number * 10 + Int(digit), Self.tooLarge)
    }
    return number
  }

  private static func scaled(_ significand: Int, by exponent: Int) -> Int {
    var value = significand
    for _ in 0..<min(exponent, 20) { value = min(value * 10, tooLarge) }
    return value
  }

  private static var tooLarge: Int { 1 << 56 }
}
