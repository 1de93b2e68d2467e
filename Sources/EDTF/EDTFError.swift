/// Why a text is no EDTF time, and where.
public struct EDTFError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// There is no text.
    case empty
    /// Something else stands where `expected` should; `found` is nil at the end of the text.
    case unexpected(found: Unicode.Scalar?, expected: String)
    /// A year without `Y` that has not four digits.
    case yearLength(digits: Int)
    /// A year with `Y` that four digits can hold, or that starts with 0.
    case needlessLongYear
    /// A year beyond the calendar of this library.
    case yearOutOfRange
    /// The year `-0000`, or a zone of `-00:00`.
    case negativeZero
    /// An exponent of 0.
    case zeroExponent
    /// More significant digits than the year has, or none.
    case significantDigits(Int, of: Int)
    /// A month or day after a year that takes none.
    case loneYear
    /// Neither a month nor a season or another grouping of months.
    case month(Int)
    /// A day that the month does not have.
    case day(Int, month: Int, year: Int)
    /// A day number that no month has.
    case dayNumber(Int)
    /// Unspecified digits that leave no real date.
    case noSuchDate
    /// An hour, minute, second or zone out of its range.
    case clock(String, Int, limit: Int)
    /// A time of day on a date that is not a plain day.
    case timeWithoutDay
    /// A time of day within an interval or a set.
    case timeWithinTime
    /// A range of a set whose ends are of different precisions, or stand for several dates.
    case range
    /// A range without a start that is not the first member of its set.
    case rangeWithoutStart
    /// A range without an end that is not the last member of its set.
    case rangeWithoutEnd
    /// The end of an interval or range comes before its start.
    case reversed
  }

  /// What is wrong.
  public let reason: Reason
  /// Where: Unicode scalars from the start of the text.
  public let offset: Int
  /// How many scalars are wrong; 0 where something is missing.
  public let length: Int

  /// An error at a place.
  public init(reason: Reason, offset: Int, length: Int) {
    self.reason = reason
    self.offset = offset
    self.length = length
  }
}
