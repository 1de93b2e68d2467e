extension EDTFError: CustomStringConvertible {
  /// The message.
  public var description: String { message }

  /// What was found and what was expected, in lower case, without the place.
  public var message: String {
    switch reason {
    case .empty: "expected a time such as 2023-05-19, found nothing"
    case .unexpected(let found, let expected): Self.unexpected(found, expected)
    case .yearLength(let digits): Self.yearLength(digits)
    case .needlessLongYear: "a year after Y has more than four digits and no leading zero; write it without Y"
    case .yearOutOfRange:
      "a year lies between \(CalendarDay.years.lowerBound) and \(CalendarDay.years.upperBound)"
    case .negativeZero: "zero has no negative; write it without the sign"
    case .zeroExponent: "an exponent is at least 1; found 0"
    case .significantDigits(let count, let digits):
      "of a year of \(digits) digits 1 to \(digits) can be significant; found \(count)"
    case .loneYear: "a year with Y, E or S takes no month"
    case .month(let month): "a month is 01 to 12, a season or other part of a year 21 to 41; found \(month)"
    case .day(let day, let month, let year): Self.day(day, month: month, year: year)
    case .dayNumber(let day): "a day is 01 to 31; found \(day)"
    case .noSuchDate: "the digits that are given leave no real date"
    case .clock(let part, let value, let limit): "\(part) is at most \(limit); found \(value)"
    case .timeWithoutDay: "a time of day follows a full date without unspecified digits or qualifiers"
    case .timeWithinTime: "an interval or a set is made of dates; a time of day follows a date alone"
    case .range:
      "a range leads from one year, month, day or season to another of the same kind, as in 2021..2023"
    case .rangeWithoutStart: "only the first member of a set may be a range without a start"
    case .rangeWithoutEnd: "only the last member of a set may be a range without an end"
    case .reversed: "the end comes before the start"
    }
  }

  private static func unexpected(_ found: Unicode.Scalar?, _ expected: String) -> String {
    guard let found else { return "expected \(expected), found the end of the time" }
    let hint =
      switch found {
      case "x", "u": "; an unspecified digit is a capital X"
      case "y", "e", "s", "t", "z": "; the letters of a time are capitals"
      case " ": "; a time has no spaces"
      default: ""
      }
    return "expected \(expected), found '\(found)'\(hint)"
  }

  private static func yearLength(_ digits: Int) -> String {
    digits > 4
      ? "a year of more than four digits is written after Y, as in Y12023"
      : "a year has four digits, as in 0476; found \(digits)"
  }

  private static func day(_ day: Int, month: Int, year: Int) -> String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    let name = names.indices.contains(month - 1) ? names[month - 1] : "month \(month)"
    return "\(name) \(year) has \(CalendarDay.daysInMonth(year: year, month: month)) days; found \(day)"
  }
}
