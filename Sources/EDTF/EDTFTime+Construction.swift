extension EDTFTime {
  /// A day, `2023-05-19`, from its number of days since 1970-01-01.
  ///
  /// EDTF has no days in years of more than four digits: such a day gives its year, `Y12345`. Day numbers
  /// saturate at the limits of `CalendarDay`.
  public static func day(_ dayNumber: Int) -> EDTFTime {
    EDTFTime(form: .date(EDTFDate(CalendarDay(dayNumber: dayNumber))))
  }

  /// A month, `2023-05`. A month that is not one of 1 to 12 becomes the nearest of them.
  public static func month(year: Int, month: Int) -> EDTFTime {
    EDTFTime(form: .date(EDTFDate(year: year, month: month.clamped(to: 1...12))))
  }

  /// A year, `2023`, or `Y12345` where it has more than four digits.
  public static func year(_ year: Int) -> EDTFTime { EDTFTime(form: .date(EDTFDate(year: year))) }

  /// A quarter, `2023-34` for the second. A quarter that is not one of 1 to 4 becomes the nearest of them.
  public static func quarter(year: Int, quarter: Int) -> EDTFTime {
    EDTFTime(form: .date(EDTFDate(year: year, month: 32 + quarter.clamped(to: 1...4))))
  }

  /// The interval of two days and all between: `2023-05-01/2023-05-04`, or the day, if both are the same.
  ///
  /// `TimeBounds.openPast` and `.openFuture` print as `..`, `.earliestDay` and `.latestDay` as nothing. Ends
  /// in the wrong order are exchanged.
  public static func span(from first: Int, through last: Int) -> EDTFTime {
    let (first, last) = (min(first, last), max(first, last))
    if first == last, TimeBounds.isDay(first) { return day(first) }
    return EDTFTime(form: .interval(IntervalEnd(dayNumber: first), IntervalEnd(dayNumber: last)))
  }

  /// Some time between two days: the month, `2023-05`, or the year, `2023`, if they are its first and its
  /// last, the day if both are the same, and otherwise the set `[2023-05-02..2023-05-04]`.
  ///
  /// EDTF has no days in years of more than four digits: where one of the two is in such a year, the set is
  /// one of years, `[9999..Y10000]`.
  ///
  /// Without a first day (`TimeBounds.earliestDay` or `.openPast`) it is `[..2023-05-04]`, without a last
  /// `[2023-05-02..]`, and without both the unknown interval `/`. Ends in the wrong order are exchanged.
  public static func oneOf(from first: Int, through last: Int) -> EDTFTime {
    let (first, last) = (min(first, last), max(first, last))
    let start = CalendarDay(dayNumber: first)
    let end = CalendarDay(dayNumber: last)
    switch (TimeBounds.isDay(first), TimeBounds.isDay(last)) {
    case (true, true): return someDay(from: start, through: end)
    case (true, false): return EDTFTime(form: .oneOf([.from(EDTFDate(start))]))
    case (false, true): return EDTFTime(form: .oneOf([.upTo(EDTFDate(end))]))
    case (false, false): return .unknownInterval
    }
  }

  private static func someDay(from start: CalendarDay, through end: CalendarDay) -> EDTFTime {
    if start == end { return EDTFTime(form: .date(EDTFDate(start))) }
    let startsMonth = start.day == 1
    let endsMonth = end.day == CalendarDay.daysInMonth(year: end.year, month: end.month)
    if start.year == end.year, startsMonth, endsMonth {
      if start.month == end.month { return month(year: start.year, month: start.month) }
      if start.month == 1, end.month == 12 { return year(start.year) }
    }
    let days = EDTFRange(from: EDTFDate(start), through: EDTFDate(end))
    return EDTFTime(form: .oneOf([.range(days ?? EDTFRange(years: start.year, end.year))]))
  }
}

extension EDTFTime.IntervalEnd {
  init(dayNumber: Int) {
    if dayNumber < TimeBounds.earliestDay || dayNumber > TimeBounds.latestDay {
      self = .open
    } else if TimeBounds.isDay(dayNumber) {
      self = .date(EDTFDate(CalendarDay(dayNumber: dayNumber)))
    } else {
      self = .unknown
    }
  }
}

extension TimeBounds {
  /// Whether a number is that of a day, and not a limit that stands for an unknown or an open end.
  static func isDay(_ number: Int) -> Bool { number > earliestDay && number < latestDay }
}
