// Every comparison is a conjunction of inequalities between ends. With tight bounds each is exact: it is true
// when it holds for the least favourable days, and possible when it holds for the most favourable ones
// together. The least and the most favourable days are completions, because an end is never asked to be small
// and large at once.

extension TimeBounds {
  /// Whether this ends before `other` starts.
  @inlinable
  public func isBefore(_ other: TimeBounds) -> Truth {
    Truth(certain: endMax < other.startMin, possible: endMin < other.startMax)
  }

  /// Whether this starts after `other` ends.
  @inlinable
  public func isAfter(_ other: TimeBounds) -> Truth { other.isBefore(self) }

  /// Whether this starts and ends within `other`, whose ends are included.
  @inlinable
  public func isDuring(_ other: TimeBounds) -> Truth {
    Truth(
      certain: startMin >= other.startMax && endMax <= other.endMin,
      possible: startMax >= other.startMin && endMin <= other.endMax)
  }

  /// Whether this starts no earlier than `other` starts.
  @inlinable
  public func isSince(_ other: TimeBounds) -> Truth {
    Truth(certain: startMin >= other.startMax, possible: startMax >= other.startMin)
  }

  /// Whether this ends no later than `other` ends.
  @inlinable
  public func isUntil(_ other: TimeBounds) -> Truth {
    Truth(certain: endMax <= other.endMin, possible: endMin <= other.endMax)
  }

  /// Whether this and `other` share at least one day.
  @inlinable
  public func overlaps(_ other: TimeBounds) -> Truth {
    Truth(
      certain: startMax <= other.endMin && other.startMax <= endMin,
      possible: startMin <= other.endMax && other.startMin <= endMax)
  }

  /// Whether this starts no earlier than `first` starts and ends no later than `last` ends.
  ///
  /// `first` and `last` are two times, whose completions are independent: the start of one may come after the
  /// end of the other, and then nothing lies between them.
  @inlinable
  public func isBetween(_ first: TimeBounds, _ last: TimeBounds) -> Truth {
    Truth(
      certain: startMin >= first.startMax && endMax <= last.endMin,
      possible: startMax >= first.startMin && endMin <= last.endMax && first.startMin <= last.endMax)
  }

  /// Whether the gap between this and `other` is at most `duration`; the gap of intervals that share a day is
  /// 0.
  ///
  /// The duration is added to the end of the earlier one, so that `within 5 days` of the 14th has the 19th,
  /// and `within 1 month` of 31 January the last day of February. No gap is within a negative duration.
  @inlinable
  public func isWithin(_ duration: CalendarDuration, of other: TimeBounds) -> Truth {
    guard !duration.isNegative else { return .false }
    return Truth(
      certain: other.startMax <= duration.added(toDay: endMin)
        && startMax <= duration.added(toDay: other.endMin),
      possible: other.startMin <= duration.added(toDay: endMax)
        && startMin <= duration.added(toDay: other.endMax))
  }

  /// Whether this and `other` start on the same day and end on the same day.
  @inlinable
  public func equals(_ other: TimeBounds) -> Truth {
    Truth(
      certain: isExact && self == other,
      possible: startMin <= other.startMax && other.startMin <= startMax
        && endMin <= other.endMax && other.endMin <= endMax)
  }
}
