/// A day of the proleptic Gregorian calendar: the Gregorian rules, carried back before their introduction,
/// with a year 0 (1 BCE), as ISO 8601 has it.
///
/// The conversions between the two notations are those of H. Hinnant's *chrono-Compatible Low-Level Date
/// Algorithms*: they count in eras of 400 years, of 146,097 days each, from the first of March of the year 0.
public struct CalendarDay: Sendable, Hashable {
  /// The astronomical year: 0 is 1 BCE, -1 is 2 BCE.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int

  /// The years that have day numbers: a few times the age of the universe.
  public static let years = -48_000_000_000...48_000_000_000

  /// A day from its parts. A part out of its range is moved to the nearest value in it, so that every value
  /// is a real day: 30 February is the last day of that February.
  public init(year: Int, month: Int, day: Int) {
    self.year = year.clamped(to: Self.years)
    self.month = month.clamped(to: 1...12)
    self.day = day.clamped(to: 1...Self.daysInMonth(year: self.year, month: self.month))
  }

  /// The day that is `dayNumber` days after 1970-01-01 (before it, if negative), saturating at
  /// `TimeBounds.earliestDay` and `TimeBounds.latestDay`.
  public init(dayNumber: Int) {
    let fromMarch = dayNumber.clamped(to: TimeBounds.earliestDay...TimeBounds.latestDay) + 719_468
    let era = (fromMarch >= 0 ? fromMarch : fromMarch - 146_096) / 146_097
    let dayOfEra = fromMarch - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  public var dayNumber: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whether the Gregorian rules give `year` a 29 February.
  public static func isLeap(year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The number of days in a month; 31 for a month that is not one of 1 to 12.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The number of the first day of a month. Months before 1 and after 12 belong to the years around.
  static func firstDay(year: Int, month: Int) -> Int {
    let (years, remainder) = (month - 1).clamped(to: -1200...1200).flooredDivision(by: 12)
    return CalendarDay(year: year.clamped(to: Self.years) + years, month: remainder + 1, day: 1).dayNumber
  }

  /// The number of the last day of a month, with months counted as in `firstDay`.
  static func lastDay(year: Int, month: Int) -> Int {
    let (years, remainder) = (month - 1).clamped(to: -1200...1200).flooredDivision(by: 12)
    return CalendarDay(year: year.clamped(to: Self.years) + years, month: remainder + 1, day: 31).dayNumber
  }
}

extension Comparable {
  /// The nearest value within `limits`.
  func clamped(to limits: ClosedRange<Self>) -> Self { min(max(self, limits.lowerBound), limits.upperBound) }
}

extension Int {
  /// Quotient and remainder of a division that rounds down, for a positive divisor.
  func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
