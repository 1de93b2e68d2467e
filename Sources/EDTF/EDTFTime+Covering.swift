extension EDTFTime {
  /// The narrowest time whose bounds hold `bounds`, of those that EDTF can write.
  ///
  /// It says the same as `bounds` where both ends are known to the day, or lie anywhere within the same days,
  /// or within a month, quarter, year, decade, century or millennium each. Elsewhere it is wider: an
  /// interval's end that may be any of 3 to 9 May becomes `2023-05`.
  public static func covering(_ bounds: TimeBounds) -> EDTFTime {
    if bounds.isExact { return span(from: bounds.startMin, through: bounds.endMin) }
    if bounds.startMin == bounds.endMin, bounds.startMax == bounds.endMax {
      return oneOf(from: bounds.startMin, through: bounds.endMax)
    }
    return EDTFTime(
      form: .interval(
        IntervalEnd(covering: bounds.startMin, bounds.startMax),
        IntervalEnd(covering: bounds.endMin, bounds.endMax)))
  }
}

extension EDTFTime.IntervalEnd {
  fileprivate init(covering first: Int, _ last: Int) {
    if first == last {
      self.init(dayNumber: first)
    } else if TimeBounds.isDay(first), TimeBounds.isDay(last),
      let date = EDTFDate(covering: CalendarDay(dayNumber: first), CalendarDay(dayNumber: last))
    {
      self = .date(date)
    } else {
      self = .unknown
    }
  }
}

extension EDTFDate {
  /// The narrowest date that both days lie in.
  fileprivate init?(covering first: CalendarDay, _ last: CalendarDay) {
    let quarter = (first.month - 1) / 3
    if first.year != last.year {
      guard let years = Year(covering: first.year, last.year) else { return nil }
      self.init(year: years)
    } else if first.month == last.month {
      self.init(year: first.year, month: first.month)
    } else if quarter == (last.month - 1) / 3 {
      self.init(year: first.year, month: 33 + quarter)
    } else {
      self.init(year: first.year)
    }
  }
}

extension EDTFDate.Year {
  /// A decade, century, millennium or all four-digit years; nil where no unspecified digits leave both.
  fileprivate init?(covering first: Int, _ last: Int) {
    guard first >= 0, last <= 9999 else { return nil }
    var unit = 10
    for places in 1...4 {
      if first / unit == last / unit {
        self.init(magnitude: first / unit * unit, unspecified: (1 << places) - 1)
        return
      }
      unit *= 10
    }
    return nil
  }
}
