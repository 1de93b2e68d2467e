/// What is known of an interval of whole days: the first and the last day that each of its ends may fall on.
///
/// Days are counted from 1970-01-01 in the proleptic Gregorian calendar. Both ends belong to the interval. A
/// *completion* is a pair of days `start` in `startMin...startMax` and `end` in `endMin...endMax` with
/// `start <= end`; every comparison quantifies over the completions of both sides.
///
/// The bounds are tight: every start has an end that completes it, and every end a start.
@frozen
public struct TimeBounds: Sendable, Hashable {
  /// The earliest day the interval may start on.
  public let startMin: Int
  /// The latest day the interval may start on.
  public let startMax: Int
  /// The earliest day the interval may end on.
  public let endMin: Int
  /// The latest day the interval may end on.
  public let endMax: Int

  /// The start of what always was: the interval is known to have no beginning.
  @inlinable
  public static var openPast: Int { -(1 << 45) }
  /// The limit of a start that is not known at all, but is some day.
  @inlinable
  public static var earliestDay: Int { -(1 << 44) }
  /// The limit of an end that is not known at all, but is some day.
  @inlinable
  public static var latestDay: Int { 1 << 44 }
  /// The end of what goes on: the interval is known to have no end.
  @inlinable
  public static var openFuture: Int { 1 << 45 }

  /// All of time, from the open past to the open future.
  public static let open = TimeBounds(window: openPast, openFuture)
  /// An interval of which nothing is known.
  public static let unknown = TimeBounds(
    startMin: earliestDay, startMax: latestDay, endMin: earliestDay, endMax: latestDay)

  /// Bounds of the two ends, made tight: no end comes before its earliest start and no start after its latest
  /// end. Bounds in the wrong order are widened to the least that holds them, and none lies beyond the open
  /// ends.
  @inlinable
  public init(startMin: Int, startMax: Int, endMin: Int, endMax: Int) {
    let first = min(max(startMin, Self.openPast), Self.openFuture)
    let last = min(max(endMax, endMin, first), Self.openFuture)
    self.startMin = first
    self.startMax = min(max(startMax, first), last)
    self.endMin = min(max(endMin, first), last)
    self.endMax = last
  }

  /// The interval that starts exactly on `first` and ends exactly on `last`.
  @inlinable
  public init(window first: Int, _ last: Int) {
    self.init(startMin: first, startMax: first, endMin: last, endMax: last)
  }

  /// An interval somewhere within `first` to `last`, with neither end known.
  @inlinable
  public init(within first: Int, _ last: Int) {
    self.init(startMin: first, startMax: last, endMin: first, endMax: last)
  }

  /// Whether both ends are known to the day, or known to be open.
  @inlinable
  public var isExact: Bool { startMin == startMax && endMin == endMax }

  /// The bounds of the least interval that holds both.
  @inlinable
  public func hull(with other: TimeBounds) -> TimeBounds {
    TimeBounds(
      startMin: min(startMin, other.startMin), startMax: min(startMax, other.startMax),
      endMin: max(endMin, other.endMin), endMax: max(endMax, other.endMax))
  }
}
