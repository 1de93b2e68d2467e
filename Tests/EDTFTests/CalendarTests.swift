import EDTF
import Testing

@Suite struct CalendarTests {
  @Test func knownDays() {
    #expect(dayNumber(1970, 1, 1) == 0)
    #expect(dayNumber(2000, 3, 1) == 11_017)
    #expect(dayNumber(1969, 12, 31) == -1)
    #expect(dayNumber(0, 1, 1) == -719_528)
    #expect(dayNumber(1600, 2, 29) + 1 == dayNumber(1600, 3, 1))
  }

  @Test func everyDayOfEightCenturies() {
    var expected = (year: -400, month: 1, day: 1)
    for number in dayNumber(-400, 1, 1)..<dayNumber(400, 1, 1) {
      let found = CalendarDay(dayNumber: number)
      if (found.year, found.month, found.day) != expected || found.dayNumber != number {
        Issue.record("day \(number) is \(found), expected \(expected)")
        return
      }
      expected.day += 1
      if expected.day > CalendarDay.daysInMonth(year: expected.year, month: expected.month) {
        expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
      }
    }
    #expect(expected == (400, 1, 1))
  }

  @Test func partsAreMovedToRealDays() {
    #expect(CalendarDay(year: 2023, month: 2, day: 30) == CalendarDay(year: 2023, month: 2, day: 28))
    #expect(CalendarDay(year: 2024, month: 13, day: 0) == CalendarDay(year: 2024, month: 12, day: 1))
    #expect(CalendarDay(year: .max, month: .min, day: .max).dayNumber < TimeBounds.latestDay)
    #expect(CalendarDay(year: .min, month: .max, day: .min).dayNumber > TimeBounds.earliestDay)
    #expect(CalendarDay(dayNumber: .max) == CalendarDay(dayNumber: TimeBounds.latestDay))
    #expect(CalendarDay(dayNumber: .min) == CalendarDay(dayNumber: TimeBounds.earliestDay))
  }

  @Test func addingClampsToTheMonth() {
    let month = CalendarDuration(months: 1)
    #expect(month.added(toDay: dayNumber(2023, 1, 31)) == dayNumber(2023, 2, 28))
    #expect(month.added(toDay: dayNumber(2024, 1, 31)) == dayNumber(2024, 2, 29))
    #expect(month.subtracted(fromDay: dayNumber(2023, 3, 31)) == dayNumber(2023, 2, 28))
    #expect(month.subtracted(fromDay: dayNumber(2023, 1, 15)) == dayNumber(2022, 12, 15))
    #expect(CalendarDuration(months: 12).added(toDay: dayNumber(2024, 2, 29)) == dayNumber(2025, 2, 28))
    #expect(CalendarDuration(months: -13).added(toDay: dayNumber(1, 1, 1)) == dayNumber(-1, 12, 1))
    #expect(
      CalendarDuration(months: 1, days: 1).added(toDay: dayNumber(2023, 1, 31)) == dayNumber(2023, 3, 1))
  }

  @Test func addingSaturates() {
    for months in [Int.min, -1, 0, 1, Int.max] {
      for days in [Int.min, -1, 0, 1, Int.max] {
        let duration = CalendarDuration(months: months, days: days)
        #expect(duration.added(toDay: TimeBounds.openFuture) == TimeBounds.openFuture)
        #expect(duration.subtracted(fromDay: TimeBounds.openPast) == TimeBounds.openPast)
        for day in [TimeBounds.earliestDay, 0, TimeBounds.latestDay] {
          #expect(TimeBounds.earliestDay...TimeBounds.latestDay ~= duration.added(toDay: day))
          #expect(TimeBounds.earliestDay...TimeBounds.latestDay ~= duration.subtracted(fromDay: day))
        }
        #expect(duration.dayRange.lowerBound <= duration.dayRange.upperBound)
        _ = duration.isNegative
      }
    }
    #expect(CalendarDuration(days: .max).added(toDay: 0) == TimeBounds.latestDay)
  }

  @Test func dayRanges() {
    #expect(CalendarDuration(months: 1).dayRange == 28...31)
    #expect(CalendarDuration(months: 3).dayRange == 89...92)
    #expect(CalendarDuration(months: 12).dayRange == 365...366)
    #expect(CalendarDuration(months: -1).dayRange == -31...(-28))
    #expect(CalendarDuration(days: 14).dayRange == 14...14)
    #expect(CalendarDuration(months: 1, days: 7).dayRange == 35...38)
  }

  /// The claim that first days of months are enough to find the range.
  @Test(arguments: [1, 2, 5, 7, 11, 13, -1, -2, -6])
  func dayRangesHoldForEveryDay(months: Int) {
    let duration = CalendarDuration(months: months)
    let lengths = (0..<146_097).map { duration.added(toDay: $0) - $0 }
    #expect(lengths.min() == duration.dayRange.lowerBound)
    #expect(lengths.max() == duration.dayRange.upperBound)
  }

  @Test func durationsInWords() {
    #expect(CalendarDuration(days: 14).description == "14 days")
    #expect(CalendarDuration(days: 1).description == "1 day")
    #expect(CalendarDuration(months: 3).description == "3 months")
    #expect(CalendarDuration(months: 1, days: 2).description == "1 month 2 days")
    #expect(CalendarDuration().description == "0 days")
  }
}
