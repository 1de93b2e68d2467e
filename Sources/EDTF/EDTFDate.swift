/// One date of an EDTF text: a year, and what follows it.
struct EDTFDate: Sendable, Hashable {
  var year: Year
  /// A month, 1 to 12, or the code of a grouping of months, 21 to 41.
  var month = TwoDigits.absent
  var day = TwoDigits.absent
  var qualifiers = Qualifiers()
  var time: TimeOfDay?

  var hasMonth: Bool { month != .absent }
  var hasDay: Bool { day != .absent }
  var components: Int { hasDay ? 3 : hasMonth ? 2 : 1 }

  /// The grouping of months that the date names instead of a month.
  var grouping: MonthGrouping? { month.isComplete ? MonthGrouping(code: Int(month.value)) : nil }

  var hasUnspecifiedDigits: Bool { year.unspecified != 0 || !month.isComplete || !day.isComplete }
}

extension EDTFDate {
  /// A year as it is written.
  struct Year: Sendable, Hashable {
    enum Notation: Sendable, Hashable {
      /// `2023`, `-0044`, `20XX`
      case fourDigits
      /// `Y170000002`
      case long
      /// `Y17E7`, with its exponent
      case exponential(UInt8)
    }

    var notation = Notation.fourDigits
    /// The year without its sign; unspecified digits are 0.
    var magnitude: Int
    var isNegative = false
    /// Bit n is set where the digit of 10ⁿ is unspecified.
    var unspecified: UInt8 = 0
    /// How many leading digits count (`1950S2`); 0 if nothing says so.
    var significantDigits: UInt8 = 0

    /// The year with its sign; unspecified digits are 0.
    var number: Int { isNegative ? -magnitude : magnitude }

    /// Whether the notation stands for just one year.
    var isComplete: Bool { unspecified == 0 && significantDigits == 0 }
  }

  /// A month or a day: two digits, either of which may be unspecified.
  struct TwoDigits: Sendable, Hashable {
    /// The number; unspecified digits are 0.
    var value: UInt8
    /// Bit 0 is set where the ones are unspecified, bit 1 where the tens are.
    var unspecified: UInt8 = 0

    static let absent = TwoDigits(value: 0)

    var isComplete: Bool { unspecified == 0 }

    /// Whether the digits may stand for `number`, 0 to 99. Months are tried from 1 to 12 only: unspecified
    /// digits do not stand for seasons.
    func mayBe(_ number: Int) -> Bool {
      let tens = unspecified & 2 != 0 ? 0 : number / 10
      let ones = unspecified & 1 != 0 ? 0 : number % 10
      return tens * 10 + ones == Int(value)
    }
  }

  /// `?`, `~` and `%`, by component.
  struct Qualifiers: Sendable, Hashable {
    var year = Qualifier()
    var month = Qualifier()
    var day = Qualifier()

    var all: Qualifier { year.union(month).union(day) }

    /// The qualifier of the year (0), the month (1) or the day (2).
    subscript(component: Int) -> Qualifier { component == 0 ? year : component == 1 ? month : day }
  }

  struct Qualifier: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    /// `?`
    static let uncertain = Qualifier(rawValue: 1)
    /// `~`
    static let approximate = Qualifier(rawValue: 2)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The qualifier that `symbol` stands for.
    init?(symbol: UInt8) {
      switch symbol {
      case UInt8(ascii: "?"): self = .uncertain
      case UInt8(ascii: "~"): self = .approximate
      case UInt8(ascii: "%"): self = [.uncertain, .approximate]
      default: return nil
      }
    }

    var symbol: UInt8? {
      switch self {
      case .uncertain: UInt8(ascii: "?")
      case .approximate: UInt8(ascii: "~")
      case []: nil
      default: UInt8(ascii: "%")
      }
    }
  }

  /// `T23:20:30`, with a zone or without.
  struct TimeOfDay: Sendable, Hashable {
    var hour: UInt8
    var minute: UInt8
    /// Up to 60, for a leap second.
    var second: UInt8
    var zone = Zone.local
  }

  enum Zone: Sendable, Hashable {
    /// nothing
    case local
    /// `Z`
    case utc
    /// `-04`
    case hours(Int8)
    /// `+05:30`, in minutes
    case minutes(Int16)
  }
}

extension EDTFDate {
  init(_ day: CalendarDay) {
    year = Year(day.year)
    guard year.notation == .fourDigits else { return }
    month = TwoDigits(value: UInt8(truncatingIfNeeded: day.month))
    self.day = TwoDigits(value: UInt8(truncatingIfNeeded: day.day))
  }

  init(year: Int, month: Int? = nil) {
    self.year = Year(year)
    if let month, self.year.notation == .fourDigits {
      self.month = TwoDigits(value: UInt8(truncatingIfNeeded: month))
    }
  }
}

extension EDTFDate.Year {
  /// A year in its shortest notation.
  init(_ year: Int) {
    let year = year.clamped(to: CalendarDay.years)
    self.init(notation: abs(year) > 9999 ? .long : .fourDigits, magnitude: abs(year), isNegative: year < 0)
  }
}
