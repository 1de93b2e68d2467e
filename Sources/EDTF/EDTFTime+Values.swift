extension EDTFTime {
  /// The dates that this time lists or leaves open, one by one.
  ///
  /// - Of a set, its members in the order they are written, and of a range all that it holds: `[2021,2023-05]`
  ///   is 2021 and 2023-05, `{2021-11..2022-01}` is 2021-11, 2021-12 and 2022-01. A member with unspecified
  ///   digits is one value, as it is written.
  /// - Of a date with unspecified or insignificant digits, all dates that it may be, in order of time: `2023-1X`
  ///   is 2023-10, 2023-11 and 2023-12; `1950S2` is 1900 to 1999. Qualifiers go with each: `202X~` is 2020~ and
  ///   so on.
  /// - Of any other date, the date.
  ///
  /// It is nil where there is no such list: a set with an open side (`[..2023]`, `{2023..}`) has no end, and an
  /// interval is one stretch of time.
  public var values: Values? {
    switch form {
    case .date(let date): Values(source: .completions(of: date), areAllMeant: false)
    case .interval: nil
    case .oneOf(let members): Values(members, areAllMeant: false)
    case .allOf(let members): Values(members, areAllMeant: true)
    }
  }

  /// The dates that a time lists or leaves open. Each is made when it is asked for, so that the days of ten
  /// thousand years, or all years since the Big Bang, take no room; `prefix` gives the first of many.
  public struct Values: Sequence, Sendable {
    fileprivate enum Source {
      case completions(of: EDTFDate)
      case members([SetMember])
    }

    fileprivate let source: Source

    /// Whether all of the values are meant, as in `{2021,2023}`. Otherwise it is one of them, as in
    /// `[2021,2023]` and `202X`.
    public let areAllMeant: Bool

    /// The values, from the first.
    public func makeIterator() -> AnyIterator<EDTFTime> {
      switch source {
      case .completions(let date):
        AnyIterator(date.completions.lazy.map { EDTFTime(form: .date($0)) }.makeIterator())
      case .members(let members):
        AnyIterator(members.lazy.flatMap(\.dates).map { EDTFTime(form: .date($0)) }.makeIterator())
      }
    }
  }
}

extension EDTFTime.Values {
  /// The values of a set; nil where one of its members has no end or no start.
  fileprivate init?(_ members: [EDTFTime.SetMember], areAllMeant: Bool) {
    if members.contains(where: { $0.start == nil || $0.end == nil }) { return nil }
    self.init(source: .members(members), areAllMeant: areAllMeant)
  }
}

extension EDTFTime.SetMember {
  /// The dates of a member that has both ends.
  fileprivate var dates: AnySequence<EDTFDate> {
    switch self {
    case .date(let date), .upTo(let date), .from(let date): AnySequence(CollectionOfOne(date))
    case .range(let range): AnySequence(range.dates)
    }
  }
}
