extension EDTFTime {
  /// The lowest level of EDTF that has this notation: 0, 1 or 2.
  public var level: Int {
    switch form {
    case .date(let date): date.level
    case .interval(let start, let end): max(start.level, end.level)
    case .oneOf, .allOf: 2
    }
  }

  /// Whether any part is marked `?` or `%`.
  public var isUncertain: Bool { dates.contains { $0.qualifiers.all.contains(.uncertain) } }

  /// Whether any part is marked `~` or `%`.
  public var isApproximate: Bool { dates.contains { $0.qualifiers.all.contains(.approximate) } }

  private var dates: [EDTFDate] {
    switch form {
    case .date(let date): [date]
    case .interval(let start, let end): [start, end].compactMap(\.date)
    case .oneOf(let members), .allOf(let members): members.flatMap { [$0.start, $0.end] }.compactMap { $0 }
    }
  }
}

extension EDTFTime.IntervalEnd {
  fileprivate var date: EDTFDate? {
    if case .date(let date) = self { date } else { nil }
  }

  /// Unspecified digits and groupings of months are of level 2 within an interval.
  fileprivate var level: Int {
    guard let date else { return 1 }
    return date.hasUnspecifiedDigits || date.grouping != nil ? 2 : date.level
  }
}

extension EDTFDate {
  var level: Int { max(yearLevel, groupingLevel, digitsLevel, qualifiersLevel) }

  private var yearLevel: Int {
    if year.significantDigits > 0 { return 2 }
    switch year.notation {
    case .fourDigits: return year.isNegative ? 1 : 0
    case .long: return 1
    case .exponential: return 2
    }
  }

  private var groupingLevel: Int {
    guard let grouping else { return 0 }
    return grouping.code <= 24 ? 1 : 2
  }

  /// Level 1 has `201X`, `20XX`, `2004-XX`, `2004-07-XX` and `2004-XX-XX`.
  private var digitsLevel: Int {
    guard hasUnspecifiedDigits else { return 0 }
    let unspecified = (year.unspecified, month.unspecified, day.unspecified)
    let simple: [(UInt8, UInt8, UInt8)] =
      hasDay ? [(0, 0, 3), (0, 3, 3)] : hasMonth ? [(0, 3, 0)] : [(1, 0, 0), (3, 0, 0)]
    return simple.contains { $0 == unspecified } ? 1 : 2
  }

  private var qualifiersLevel: Int {
    if qualifiers.all.isEmpty { return 0 }
    return (0..<components).allSatisfy { qualifiers[$0] == qualifiers.year } ? 1 : 2
  }
}
