extension EDTFTime {
  /// What is known of the two ends, where this is the record of when something was.
  ///
  /// The ends of something in `2023-05` are some days of that May; an interval's ends are some days of one
  /// date each. A set of alternatives (`[…]`) leaves both ends anywhere in its hull; a set that holds all its
  /// members (`{…}`) starts in its first and ends in its last.
  public var bounds: TimeBounds {
    switch form {
    case .date(let date): TimeBounds(within: date.extent.lowerBound, date.extent.upperBound)
    case .interval(let start, let end): Self.bounds(from: start, through: end)
    case .oneOf(let members): Self.bounds(ofOne: members)
    case .allOf(let members): Self.bounds(ofAll: members)
    }
  }

  /// The whole of this time, where it is the name of a period: from its first possible day to its last.
  ///
  /// Both ends are exact, but for the unknown ends of intervals (`2020/`, `/2023`). Open ends are open, and
  /// so are the missing limits of sets: `[2023-05-19..]` is from that day on.
  public var window: TimeBounds {
    let bounds = self.bounds
    guard case .interval(let start, let end) = form else {
      let first = bounds.startMin == TimeBounds.earliestDay ? TimeBounds.openPast : bounds.startMin
      let last = bounds.endMax == TimeBounds.latestDay ? TimeBounds.openFuture : bounds.endMax
      return TimeBounds(window: first, last)
    }
    return TimeBounds(
      startMin: bounds.startMin, startMax: start == .unknown ? bounds.endMax : bounds.startMin,
      endMin: end == .unknown ? bounds.startMin : bounds.endMax, endMax: bounds.endMax)
  }

  static func bounds(from start: IntervalEnd, through end: IntervalEnd) -> TimeBounds {
    let starts = start.days(open: TimeBounds.openPast)
    let ends = end.days(open: TimeBounds.openFuture)
    return TimeBounds(
      startMin: starts.lowerBound, startMax: starts.upperBound, endMin: ends.lowerBound,
      endMax: ends.upperBound)
  }

  /// One of the members, or an interval within them: somewhere in their hull.
  private static func bounds(ofOne members: [SetMember]) -> TimeBounds {
    var first = TimeBounds.latestDay
    var last = TimeBounds.earliestDay
    for member in members {
      first = min(first, member.start?.extent.lowerBound ?? TimeBounds.earliestDay)
      last = max(last, member.end?.extent.upperBound ?? TimeBounds.latestDay)
    }
    return TimeBounds(within: first, last)
  }

  /// All of the members: from the first start to the last end.
  private static func bounds(ofAll members: [SetMember]) -> TimeBounds {
    let each = members.map { member in
      bounds(from: IntervalEnd(member.start), through: IntervalEnd(member.end))
    }
    guard let first = each.first else { return .unknown }
    return each.dropFirst().reduce(first) { $0.hull(with: $1) }
  }
}

extension EDTFTime.IntervalEnd {
  /// The end of a set's member, open if it has no date.
  fileprivate init(_ date: EDTFDate?) {
    if let date { self = .date(date) } else { self = .open }
  }

  /// The days that the end may fall on.
  fileprivate func days(open: Int) -> ClosedRange<Int> {
    switch self {
    case .date(let date): date.extent
    case .open: open...open
    case .unknown: TimeBounds.earliestDay...TimeBounds.latestDay
    }
  }
}

extension EDTFTime.SetMember {
  /// The date that the member starts in; nil where it has no limit.
  var start: EDTFDate? {
    switch self {
    case .date(let date), .from(let date): date
    case .range(let range): range.first
    case .upTo: nil
    }
  }

  /// The date that the member ends in; nil where it has no limit.
  var end: EDTFDate? {
    switch self {
    case .date(let date), .upTo(let date): date
    case .range(let range): range.last
    case .from: nil
    }
  }
}

extension EDTFDate {
  /// The days that the date may be. The parser lets no date through that has none.
  var extent: ClosedRange<Int> { days ?? TimeBounds.earliestDay...TimeBounds.latestDay }
}
