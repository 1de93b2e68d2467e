// EDTF: times as people know them.
//
// The library stands alone: it needs nothing but Swift's standard library, and knows nothing of news.
//
// What enters is the text of a time in the Extended Date/Time Format (ISO 8601-2:2019, Annex A, levels 0, 1
// and 2, as the Library of Congress describes it at https://www.loc.gov/standards/datetime/):
//
//     2023-05-19     2023-05     2023-1X     2023-05-01/2023-05-04     2020/..     [..2023-05-04]     1984~
//
// What leaves is an `EDTFTime`: the text's structure, which prints canonically, and its `TimeBounds`: the
// first and the last day on which the time may start, and on which it may end, in days since 1970-01-01. Bounds
// compare in three values (`Truth`), exactly over all the days that they leave open:
//
//     let talks = try EDTFTime(parsing: "2023-05-01/2023-05-04")
//     let summit = try EDTFTime(parsing: "2023-05")
//     talks.bounds.isBefore(summit.bounds)       // .unknown: the summit may have been on the 1st
//     talks.bounds.isDuring(summit.window)       // .true: all of May
//     talks.bounds.possibleRelations(to: summit.bounds).relations
//
// A time is read in two ways. As the *record* of when something happened, `2023-05` is an interval somewhere
// within that May (`bounds`); as the *name of a period* in a question it is all of that May (`window`). What
// is a list can be enumerated (`values`): the members of a set, the dates that unspecified digits may be.
//
//     text ─▶ EDTFParser ─▶ EDTFTime ─▶ TimeBounds ─▶ Truth, AllenSet
//                │             ├─▶ description, level, precision
//                ▼             └─▶ values
//            EDTFError: what is wrong, and at which place of the text
//
// Choices that the standard leaves to its users:
//   - Spring (21, and 25 in the north) is March to May, and so on; winter (24, 28) is December to the
//     February of the next year. In the south spring (29) is September to November, summer (30) December to
//     February of the next year, autumn (31) March to May, winter (32) June to August.
//   - 33 to 36 are quarters, 37 to 39 thirds of four months, 40 and 41 halves of a year.
//   - Times of day and zones are checked and kept; bounds go by the day as written.
//   - `~`, `?` and `%` are kept and printed and do not move bounds.
//   - Of `1950S2`, the two significant digits count: some year from 1900 to 1999.
//   - Arabic-Indic and Persian digits, and the Arabic comma, are read, and print as ASCII.
//   - The ends of a range in a set are two dates of one kind, each with all its digits.
//   - Years reach from -48,000,000,000 to 48,000,000,000.
//
// Where this and another implementation, python-edtf, read a text differently is listed in the tests, with who
// is right and why (`OracleDifference`).

/// A time in the Extended Date/Time Format: a date, an interval, or a set of dates.
public struct EDTFTime: Sendable, Hashable {
  /// The structure of the text, without what canonical printing drops.
  enum Form: Sendable, Hashable {
    /// `2023-05-19`
    case date(EDTFDate)
    /// `2020/..`
    case interval(IntervalEnd, IntervalEnd)
    /// `[1667,1670..1672]`
    case oneOf([SetMember])
    /// `{1667,1670..1672}`
    case allOf([SetMember])
  }

  /// One end of an interval.
  enum IntervalEnd: Sendable, Hashable {
    /// `2020`
    case date(EDTFDate)
    /// `..`
    case open
    /// nothing
    case unknown
  }

  /// A member of a set.
  enum SetMember: Sendable, Hashable {
    /// `1667`
    case date(EDTFDate)
    /// `1670..1672`
    case range(EDTFRange)
    /// `..1672`
    case upTo(EDTFDate)
    /// `1670..`
    case from(EDTFDate)
  }

  let form: Form

  init(form: Form) { self.form = form }

  /// `/`, of which neither end is known.
  package static let unknownInterval = EDTFTime(form: .interval(.unknown, .unknown))

  /// Reads a time.
  ///
  /// - Throws: `EDTFError`, with the place in `text`, where it is no time or names a day that no calendar
  ///   has.
  public init(parsing text: some StringProtocol) throws(EDTFError) {
    if let plain = EDTFDate(plain: text) {
      form = .date(plain)
    } else {
      var parser = EDTFParser(text)
      form = try parser.parseTime()
    }
  }
}

extension EDTFTime: LosslessStringConvertible {
  /// Reads a time; nil where `init(parsing:)` throws.
  public init?(_ description: String) {
    guard let time = try? EDTFTime(parsing: description) else { return nil }
    self = time
  }
}
