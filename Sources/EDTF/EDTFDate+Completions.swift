extension EDTFDate {
  /// Whether the date is just one: no digit is unspecified or insignificant.
  var isComplete: Bool { year.isComplete && month.isComplete && day.isComplete }

  /// The dates that the digits may stand for, in order of time, each made when it is asked for; the date
  /// itself, as it is written, if it is complete. Qualifiers are those of the date.
  var completions: some Sequence<EDTFDate> {
    year.range.lazy.filter(year.mayBe).flatMap { year in
      possibleMonths.lazy.flatMap { month in
        possibleDays(inYear: year, month: month).lazy.map { day in
          completed(year: year, month: month, day: day)
        }
      }
    }
  }

  /// The months, or the one grouping of months; 0 in a date without a month.
  private var possibleMonths: [Int] {
    month.isComplete ? [Int(month.value)] : (1...12).filter(month.mayBe)
  }

  /// The days that the month has; 0 in a date without a day.
  private func possibleDays(inYear year: Int, month: Int) -> [Int] {
    hasDay ? (1...CalendarDay.daysInMonth(year: year, month: month)).filter(day.mayBe) : [0]
  }

  private func completed(year: Int, month: Int, day: Int) -> EDTFDate {
    var date = self
    if !date.year.isComplete { date.year = Year(year) }
    date.month = TwoDigits(value: UInt8(truncatingIfNeeded: month))
    date.day = TwoDigits(value: UInt8(truncatingIfNeeded: day))
    return date
  }
}
