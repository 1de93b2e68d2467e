extension EDTFTime {
  /// The unit that a time is given in.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// `2023-05-19T23:20:30`
    case second
    /// `2023-05-19`, and `2023-05-XX`, an unspecified day
    case day
    /// `2023-05`, and `2023-XX`
    case month
    /// `2023-21`
    case season
    /// `2023-33`
    case quarter
    /// `2023-37`
    case quadrimester
    /// `2023-40`
    case semester
    /// `2023`
    case year
    /// `202X`
    case decade
    /// `20XX`
    case century
    /// `2XXX`
    case millennium
    /// `2020/..`
    case interval
    /// `[2020,2022]`
    case set
  }

  /// The unit of the date; `interval` or `set` for what is made of several dates.
  public var precision: Precision {
    switch form {
    case .date(let date): date.precision
    case .interval: .interval
    case .oneOf, .allOf: .set
    }
  }
}

extension EDTFDate {
  fileprivate var precision: EDTFTime.Precision {
    if time != nil { return .second }
    if hasDay { return .day }
    switch grouping?.code {
    case .some(21...32): return .season
    case .some(33...36): return .quarter
    case .some(37...39): return .quadrimester
    case .some: return .semester
    case nil: return hasMonth ? .month : yearPrecision
    }
  }

  private var yearPrecision: EDTFTime.Precision {
    switch year.unspecified {
    case 0b0001: .decade
    case 0b0011: .century
    case 0b0111, 0b1111: .millennium
    default: .year
    }
  }
}
