import EDTF
import KhabarSyntax

/// A stretch of days that a time may be: one completion.
typealias Stretch = (start: Int, end: Int)

// §2. Every comparison of times has three values, decided over the completions of both ends together: over all
// those whose days are where the answer may turn.
extension Reference {
  static func stretches(_ time: TimeBounds, _ days: Set<Int>) -> [Stretch] {
    let starts = days.filter { time.startMin <= $0 && $0 <= time.startMax }
    let ends = days.filter { time.endMin <= $0 && $0 <= time.endMax }
    return starts.flatMap { start in ends.filter { start <= $0 }.map { (start, $0) } }
  }

  /// The bounds of the times, where a length leads from them, and the days around.
  static func turns(_ times: [TimeBounds], _ near: ClosedRange<Int>, _ length: CalendarDuration? = nil)
    -> Set<Int>
  {
    let days = times.flatMap(ends)
    let far = length.map { length in days.flatMap { [moved($0, length), moved($0, length, by: -1)] } } ?? []
    return Set((days + far).flatMap { day in near.map { day + $0 } })
  }

  /// True if it holds for all completions, false if for none.
  private func decide(
    _ question: String, _ a: TimeBounds, _ b: TimeBounds, _ days: Set<Int>,
    _ holds: (Stretch, Stretch) -> Bool
  ) -> Bool? {
    if let answer = answers[question]?[[a, b]] { return answer }
    let others = Self.stretches(b, days)
    let found = Set(Self.stretches(a, days).flatMap { first in others.map { holds(first, $0) } })
    answers[question, default: [:]][[a, b]] = .some(found.count == 1 ? found.first : nil)
    return found.count == 1 ? found.first : nil
  }

  func holds(_ word: String, _ a: TimeBounds?, _ b: TimeBounds?) -> Bool? {
    guard let a, let b else { return nil }
    return decide(word, a, b, Self.turns([a, b], 0...1)) { a, b in
      switch word {
      case "before": a.end < b.start
      case "after": a.start > b.end
      case "during", "on": a.start >= b.start && a.end <= b.end
      case "since": a.start >= b.start
      case "until": a.end <= b.end
      case "overlapping": a.start <= b.end && b.start <= a.end
      default: a == b
      }
    }
  }

  /// Between two times that are independent: the first day of the one and the last of the other may be any.
  func holdsBetween(_ time: TimeBounds?, _ from: TimeBounds?, _ to: TimeBounds?) -> Bool? {
    guard let time, let from, let to else { return nil }
    let stretches = Self.stretches(time, Self.turns([time, from, to], 0...1))
    if stretches.allSatisfy({ $0.start >= from.startMax && $0.end <= to.endMin }) { return true }
    return stretches.contains { $0.start >= from.startMin && $0.end <= to.endMax } ? nil : false
  }

  /// The gap is at most that length, counted from the end of the earlier one.
  func holdsWithin(_ a: TimeBounds?, _ length: CalendarDuration, _ b: TimeBounds?) -> Bool? {
    guard let a, let b else { return nil }
    return decide("\(length)", a, b, Self.turns([a, b], -1...1, length)) { a, b in
      if a.end < b.start { return b.start <= Self.moved(a.end, length) }
      return b.end < a.start ? a.start <= Self.moved(b.end, length) : true
    }
  }

  /// A day so many months, then so many days later; a month that is too short gives its last day.
  static func moved(_ day: Int, _ length: CalendarDuration, by sign: Int = 1) -> Int {
    guard abs(day) < 1 << 40 else { return day }
    let date = CalendarDay(dayNumber: day)
    let month = date.year * 12 + date.month - 1 + sign * length.months
    return CalendarDay(year: month / 12, month: month % 12 + 1, day: date.day).dayNumber + sign * length.days
  }

  static func hull(_ times: [TimeBounds]) -> TimeBounds? {
    guard let startMin = times.map(\.startMin).min(), let startMax = times.map(\.startMax).min(),
      let endMin = times.map(\.endMin).max(), let endMax = times.map(\.endMax).max()
    else { return nil }
    return TimeBounds(startMin: startMin, startMax: startMax, endMin: endMin, endMax: endMax)
  }

  /// Allen's relations that are possible, on half-open days, in the order in which the language lists them.
  static func relations(_ a: TimeBounds, _ b: TimeBounds) -> [String] {
    let days = turns([a, b], -1...3)
    let others = stretches(b, days)
    let found = Set(stretches(a, days).flatMap { first in others.map { relation(first, $0) } })
    return AllenRelation.allCases.map(\.rawValue).filter(found.contains)
  }

  private static func relation(_ a: Stretch, _ b: Stretch) -> String {
    if a.end < b.start { return a.end + 1 == b.start ? "meets" : "before" }
    if b.end < a.start { return b.end + 1 == a.start ? "met_by" : "after" }
    if a == b { return "equals" }
    if a.start == b.start { return a.end < b.end ? "starts" : "started_by" }
    if a.end == b.end { return a.start > b.start ? "finishes" : "finished_by" }
    if a.start < b.start { return a.end > b.end ? "contains" : "overlaps" }
    return a.end < b.end ? "during" : "overlapped_by"
  }
}
