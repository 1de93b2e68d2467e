/// A range of dates within a set, `1670..1672`: its ends, and all dates between that are of their kind.
struct EDTFRange: Sendable, Hashable {
  /// What a range counts.
  enum Unit: Sendable, Hashable {
    case year
    case month
    case day
    /// Seasons, quarters and longer parts of a year, of these codes.
    case grouping(ClosedRange<Int>)
  }

  let first: EDTFDate
  let last: EDTFDate
  let unit: Unit

  /// The range from one date to another; nil where they are not of one kind, where one of them stands for
  /// several dates, or where they are in the wrong order.
  init?(from first: EDTFDate, through last: EDTFDate) {
    guard let unit = Unit(of: first), unit == Unit(of: last), unit.number(of: first) <= unit.number(of: last)
    else { return nil }
    (self.first, self.last, self.unit) = (first, last, unit)
  }

  /// The range of all years between two, which it exchanges if they are in the wrong order.
  init(years one: Int, _ other: Int) {
    first = EDTFDate(year: min(one, other))
    last = EDTFDate(year: max(one, other))
    unit = .year
  }

  /// The dates, each made when it is asked for. The ends are as they were written; the others have no
  /// qualifiers.
  var dates: some Sequence<EDTFDate> {
    let numbers = unit.number(of: first)...max(unit.number(of: first), unit.number(of: last))
    return numbers.lazy.map { number in
      switch number {
      case numbers.lowerBound: first
      case numbers.upperBound: last
      default: unit.date(number: number)
      }
    }
  }
}

extension EDTFRange.Unit {
  fileprivate init?(of date: EDTFDate) {
    guard date.isComplete else { return nil }
    if date.hasDay {
      self = .day
    } else if let grouping = date.grouping {
      self = .grouping(grouping.siblings)
    } else {
      self = date.hasMonth ? .month : .year
    }
  }

  /// The place of a date among all of its kind, which are numbered in order of time.
  fileprivate func number(of date: EDTFDate) -> Int {
    switch self {
    case .year: date.year.number
    case .month: date.year.number * 12 + Int(date.month.value) - 1
    case .day: date.extent.lowerBound
    case .grouping(let codes): date.year.number * codes.count + (date.grouping?.place ?? 0)
    }
  }

  fileprivate func date(number: Int) -> EDTFDate {
    switch self {
    case .year: return EDTFDate(year: number)
    case .month:
      let (year, month) = number.flooredDivision(by: 12)
      return EDTFDate(year: year, month: month + 1)
    case .day: return EDTFDate(CalendarDay(dayNumber: number))
    case .grouping(let codes):
      let (year, place) = number.flooredDivision(by: codes.count)
      return EDTFDate(year: year, month: codes.first { MonthGrouping(code: $0)?.place == place })
    }
  }
}
