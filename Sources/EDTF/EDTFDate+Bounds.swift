extension EDTFDate {
  /// The days that the date may be or may lie on, from the first to the last; nil where its digits leave
  /// none.
  var days: ClosedRange<Int>? {
    if hasUnspecifiedDigits && hasMonth { return hullOfPossibleDays }
    let years = year.range
    if !hasMonth {
      return Self.range(
        CalendarDay.firstDay(year: years.lowerBound, month: 1),
        CalendarDay.lastDay(year: years.upperBound, month: 12))
    }
    if let grouping { return grouping.days(inYear: years.lowerBound) }
    return days(inYear: years.lowerBound, month: Int(month.value))
  }

  /// The hull of the days that unspecified digits leave. A year is tried only until it has a day, so that the
  /// thousand years of `XXX1-02-29`, none of them leap, are the worst.
  private var hullOfPossibleDays: ClosedRange<Int>? {
    let years = year.range
    guard let first = years.firstValue(where: { year.mayBe($0) ? daysOfMonths(inYear: $0) : nil }),
      let last = years.reversed().firstValue(where: { year.mayBe($0) ? daysOfMonths(inYear: $0) : nil })
    else { return nil }
    return Self.range(first.lowerBound, last.upperBound)
  }

  /// The hull of the days that the month and the day leave in a year.
  private func daysOfMonths(inYear year: Int) -> ClosedRange<Int>? {
    if let grouping { return grouping.days(inYear: year) }
    let months = 1...12
    guard let first = months.firstValue(where: { month.mayBe($0) ? days(inYear: year, month: $0) : nil }),
      let last = months.reversed().firstValue(where: { month.mayBe($0) ? days(inYear: year, month: $0) : nil }
      )
    else { return nil }
    return Self.range(first.lowerBound, last.upperBound)
  }

  /// The hull of the days that the day leaves in a month.
  private func days(inYear year: Int, month: Int) -> ClosedRange<Int>? {
    let length = CalendarDay.daysInMonth(year: year, month: month)
    let eve = CalendarDay.firstDay(year: year, month: month) - 1
    if !hasDay { return eve + 1...eve + length }
    if day.isComplete {
      return day.value <= length ? Self.range(eve + Int(day.value), eve + Int(day.value)) : nil
    }
    guard let first = (1...length).first(where: day.mayBe), let last = (1...length).last(where: day.mayBe)
    else {
      return nil
    }
    return Self.range(eve + first, eve + last)
  }

  private static func range(_ first: Int, _ last: Int) -> ClosedRange<Int>? {
    first <= last ? first...last : nil
  }
}

extension Sequence {
  /// The first value that `transform` gives.
  fileprivate func firstValue<Value>(where transform: (Element) -> Value?) -> Value? {
    for element in self {
      if let value = transform(element) { return value }
    }
    return nil
  }
}

extension EDTFDate.Year {
  /// The years from the first to the last that the notation may stand for.
  var range: ClosedRange<Int> {
    let span = unspecified == 0 ? significanceSpan : unspecifiedSpan
    let first = unspecified == 0 ? magnitude - magnitude % (span + 1) : magnitude
    if !isNegative { return first...first + span }
    return -(first + span)...(first == 0 ? -leastUnspecified : -first)
  }

  /// What the last unspecified digit counts. Of `-0X00` the years go up to -100, since zero has no negative.
  private var leastUnspecified: Int {
    (0..<unspecified.trailingZeroBitCount).reduce(1) { unit, _ in unit * 10 }
  }

  /// Whether the digits may stand for `year`, one of `range`.
  func mayBe(_ year: Int) -> Bool {
    if unspecified == 0 { return true }
    var digits = abs(year)
    var value = 0
    var unit = 1
    for place in 0..<4 {
      if unspecified & (1 << place) == 0 { value += digits % 10 * unit }
      digits /= 10
      unit *= 10
    }
    return value == magnitude
  }

  /// What the unspecified digits add at most.
  private var unspecifiedSpan: Int {
    var unit = 1
    var span = 0
    for place in 0..<4 {
      if unspecified & (1 << place) != 0 { span += 9 * unit }
      unit *= 10
    }
    return span
  }

  /// What the digits that are not significant add at most.
  private var significanceSpan: Int {
    guard significantDigits > 0 else { return 0 }
    var unit = 1
    for _ in 0..<max(0, Self.digitCount(magnitude) - Int(significantDigits)) { unit *= 10 }
    return unit - 1
  }

  /// How many digits a number has that is not negative.
  static func digitCount(_ number: Int) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }
}
