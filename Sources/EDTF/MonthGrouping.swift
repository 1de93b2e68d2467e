/// A grouping of months, which EDTF writes in the place of the month: seasons, quarters and longer parts of a
/// year.
///
/// The standard names the seasons and leaves their months to its users. These are the meteorological ones.
struct MonthGrouping: Sendable, Hashable {
  /// 21 to 41.
  let code: Int
  /// The first month, 1 to 12. A grouping that begins in December ends in the next year.
  let firstMonth: Int
  /// How many months.
  let length: Int

  init?(code: Int) {
    self.code = code
    switch code {
    case 21...23: (firstMonth, length) = (3 * (code - 20), 3)
    case 24: (firstMonth, length) = (12, 3)
    case 25...28: (firstMonth, length) = (3 * (code - 24), 3)
    case 29: (firstMonth, length) = (9, 3)
    case 30: (firstMonth, length) = (12, 3)
    case 31...32: (firstMonth, length) = (3 * (code - 30), 3)
    case 33...36: (firstMonth, length) = (3 * (code - 33) + 1, 3)
    case 37...39: (firstMonth, length) = (4 * (code - 37) + 1, 4)
    case 40...41: (firstMonth, length) = (6 * (code - 40) + 1, 6)
    default: return nil
    }
  }

  /// The days of the grouping in a year.
  func days(inYear year: Int) -> ClosedRange<Int> {
    let first = CalendarDay.firstDay(year: year, month: firstMonth)
    return first...max(first, CalendarDay.lastDay(year: year, month: firstMonth + length - 1))
  }

  /// The codes of the groupings that one year is made of together with this one.
  var siblings: ClosedRange<Int> {
    let first = [40, 37, 33, 29, 25].first { $0 <= code } ?? 21
    return first...first + 12 / length - 1
  }

  /// How many of its siblings come before it in a year. In the south the year begins with autumn.
  var place: Int { (firstMonth - 1) / length }
}
