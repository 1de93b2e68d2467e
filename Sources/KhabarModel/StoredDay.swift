import EDTF

/// Days in four bytes: the sentinels of `TimeBounds` at the ends of the range, other days clamped between them
/// (some 5.8 million years on either side of 1970).
package enum StoredDay {
  package static func encode(_ day: Int) -> Int32 {
    switch day {
    case TimeBounds.openPast: Int32.min
    case TimeBounds.earliestDay: Int32.min + 1
    case TimeBounds.latestDay: Int32.max - 1
    case TimeBounds.openFuture: Int32.max
    default: Int32(max(Int(Int32.min) + 2, min(Int(Int32.max) - 2, day)))
    }
  }

  package static func decode(_ day: Int32) -> Int {
    switch day {
    case Int32.min: TimeBounds.openPast
    case Int32.min + 1: TimeBounds.earliestDay
    case Int32.max - 1: TimeBounds.latestDay
    case Int32.max: TimeBounds.openFuture
    default: Int(day)
    }
  }

  /// The least stored day that is not before a day; nil: all are.
  package static func least(notBefore day: Int) -> Int32? {
    if day <= TimeBounds.openPast { return Int32.min }
    if day <= TimeBounds.earliestDay { return Int32.min + 1 }
    if day <= Int(Int32.max) - 2 { return Int32(max(Int(Int32.min) + 2, day)) }
    if day <= TimeBounds.latestDay { return Int32.max - 1 }
    return day <= TimeBounds.openFuture ? Int32.max : nil
  }
}

extension TimeBounds {
  /// What is known of a time that nobody recorded.
  package static var anyTime: TimeBounds {
    TimeBounds(startMin: openPast, startMax: openFuture, endMin: openPast, endMax: openFuture)
  }
}
