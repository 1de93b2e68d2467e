import EDTF
import KhabarText

extension TimelineAxis {
  /// A place on the axis with a date.
  struct Tick {
    var cell: Int
    var label: String
  }

  /// The dates that the cells have room for: of each segment, the starts of its years, months or days.
  var ticks: [Tick] {
    var ticks: [Tick] = []
    for (index, segment) in segments.enumerated() {
      let end = index + 1 < segments.count ? segments[index + 1].start - 1 : cells
      var used = segment.start
      var found: [Tick] = []
      for tick in segment.ticks where tick.cell >= used && tick.cell + tick.label.utf8.count <= end {
        found.append(tick)
        used = tick.cell + tick.label.utf8.count + 1
      }
      ticks += found.isEmpty ? segment.onlyTick(before: end) : found
    }
    return ticks
  }
}

extension TimelineAxis.Segment {
  fileprivate typealias Tick = TimelineAxis.Tick

  /// How far the ticks of an axis are apart.
  private enum Unit {
    case days(Int)
    case months(Int)
    case years(Int)

    /// Roughly, to choose by.
    var days: Double {
      switch self {
      case .days(let count): Double(count)
      case .months(let count): Double(count) * 30.4
      case .years(let count): Double(count) * 365.2
      }
    }
  }

  private static let units: [Unit] =
    [.days(1), .days(7), .days(14), .months(1), .months(2), .months(3), .months(6)]
    + (0...10).flatMap { power -> [Unit] in
      let unit = (0..<power).reduce(1) { product, _ in product * 10 }
      return [.years(unit), .years(2 * unit), .years(5 * unit)]
    }

  /// At the starts of the shortest unit whose labels have room.
  fileprivate var ticks: [Tick] {
    let unit = Self.units.first { unit in
      let width = max(Self.label(first, unit).utf8.count, Self.label(last, unit).utf8.count)
      return unit.days * Double(cells) / Double(days) >= Double(width + 1)
    }
    guard let unit else { return [] }
    var ticks: [Tick] = []
    var day = Self.start(unit, atOrBefore: first)
    while day <= last, ticks.count <= cells {
      if day >= first { ticks.append(Tick(cell: firstCell(day), label: Self.label(day, unit))) }
      let next = Self.next(unit, after: day)
      guard next > day else { break }
      day = next
    }
    return ticks
  }

  /// The date of the first day, as far as there is room, where no unit starts in the segment.
  fileprivate func onlyTick(before end: Int) -> [Tick] {
    let labels = [Unit.days(1), .months(1), .years(1)].map { Self.label(first, $0) }
    return labels.first { start + $0.utf8.count <= end }.map { [Tick(cell: start, label: $0)] } ?? []
  }

  private static func start(_ unit: Unit, atOrBefore day: Int) -> Int {
    let date = CalendarDay(dayNumber: day)
    switch unit {
    case .days: return day
    case .months(let count):
      return CalendarDay(year: date.year, month: (date.month - 1) / count * count + 1, day: 1).dayNumber
    case .years(let count):
      return CalendarDay(year: date.year - remainder(date.year, count), month: 1, day: 1).dayNumber
    }
  }

  private static func next(_ unit: Unit, after day: Int) -> Int {
    let date = CalendarDay(dayNumber: day)
    switch unit {
    case .days(let count): return day + count
    case .months(let count):
      let month = date.month - 1 + count
      return CalendarDay(year: date.year + month / 12, month: month % 12 + 1, day: 1).dayNumber
    case .years(let count): return CalendarDay(year: date.year + count, month: 1, day: 1).dayNumber
    }
  }

  private static func remainder(_ number: Int, _ divisor: Int) -> Int {
    let rest = number % divisor
    return rest < 0 ? rest + divisor : rest
  }

  private static func label(_ day: Int, _ unit: Unit) -> String {
    let date = CalendarDay(dayNumber: day)
    let year = digits(date.year, 4)
    switch unit {
    case .years: return year
    case .months: return "\(year)-\(digits(date.month, 2))"
    case .days: return "\(year)-\(digits(date.month, 2))-\(digits(date.day, 2))"
    }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, count - digits.utf8.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}

extension TimelineAxis {
  /// `1994-05-02`
  static func date(_ day: Int) -> String { "\(EDTFTime.covering(TimeBounds(window: day, day)))" }
}
