/// A length of time in calendar units: months, whose length depends on where they begin, and days.
public struct CalendarDuration: Sendable, Hashable {
  /// Whole months; a year is twelve.
  public var months: Int
  /// Days; a week is seven.
  public var days: Int

  /// A duration of so many months and days.
  @inlinable
  public init(months: Int = 0, days: Int = 0) {
    self.months = months
    self.days = days
  }

  /// The day that is this much later: first the months, then the days.
  ///
  /// A day that the month reached does not have becomes its last one: a month after 31 January is the last
  /// day of February. Open ends stay open, and the result saturates at the limits of an unknown end.
  @inlinable
  public func added(toDay day: Int) -> Int {
    guard day >= TimeBounds.earliestDay, day <= TimeBounds.latestDay else { return day }
    let afterMonths = months == 0 ? day : Self.shift(day, months: months)
    let (sum, overflow) = afterMonths.addingReportingOverflow(days)
    if overflow { return days < 0 ? TimeBounds.earliestDay : TimeBounds.latestDay }
    return min(max(sum, TimeBounds.earliestDay), TimeBounds.latestDay)
  }

  /// The day that is this much earlier, by the same rules as `added(toDay:)`.
  public func subtracted(fromDay day: Int) -> Int {
    CalendarDuration(months: 0.subtractingSaturated(months), days: 0.subtractingSaturated(days))
      .added(toDay: day)
  }

  /// The shortest and the longest this duration can be, in days: three months are `89...92`.
  public var dayRange: ClosedRange<Int> {
    let limit = TimeBounds.latestDay
    let monthRange = Self.dayRange(ofMonths: months)
    let shift = days.clamped(to: -limit...limit)
    return monthRange.lowerBound + shift...monthRange.upperBound + shift
  }

  /// Whether the duration leads back from every day.
  @inlinable
  public var isNegative: Bool {
    if months >= 0 && days >= 0 { return false }
    return months <= 0 && days <= 0 || dayRange.upperBound < 0
  }

  @usableFromInline
  static func shift(_ day: Int, months: Int) -> Int {
    let from = CalendarDay(dayNumber: day)
    let count = (from.year * 12 + from.month - 1).addingSaturated(months)
    let (year, month) = count.flooredDivision(by: 12)
    return CalendarDay(year: year, month: month + 1, day: from.day).dayNumber
  }

  /// A span between two last days of months is as long as one between the first days that follow them, so the
  /// clamping of `added(toDay:)` gives no length that the first days of months do not give. They repeat after
  /// 4800 months.
  private static func dayRange(ofMonths months: Int) -> ClosedRange<Int> {
    let limit = 12 * CalendarDay.years.upperBound / 2
    let count = months.clamped(to: -limit...limit)
    if count == 0 { return 0...0 }
    var shortest = Int.max
    var longest = Int.min
    for first in 0..<4800 {
      let (year, month) = (first + count).flooredDivision(by: 12)
      let length =
        CalendarDay(year: year, month: month + 1, day: 1).dayNumber
        - CalendarDay(year: first / 12, month: first % 12 + 1, day: 1).dayNumber
      shortest = min(shortest, length)
      longest = max(longest, length)
    }
    return shortest...longest
  }
}

extension CalendarDuration: CustomStringConvertible {
  /// The duration in words: `14 days`, `1 month`, `3 months 2 days`.
  public var description: String {
    let parts = [Self.counted(months, "month"), Self.counted(days, "day")].compactMap { $0 }
    return parts.isEmpty ? "0 days" : parts.joined(separator: " ")
  }

  private static func counted(_ count: Int, _ unit: String) -> String? {
    count == 0 ? nil : "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension Int {
  /// The sum, or the limit it would pass.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? Int.min : Int.max) : sum
  }

  /// The difference, or the limit it would pass.
  func subtractingSaturated(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? Int.max : Int.min) : difference
  }
}
