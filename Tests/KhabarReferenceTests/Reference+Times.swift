import EDTF
import KhabarSyntax

/// Answers about times found before, by what was asked.
final class TimeMemo {
  struct Question: Hashable {
    var word: String
    var times: [TimeBounds]
  }
  var answers: [Question: Bool?] = [:]
}

/// A stretch of days.
typealias Stretch = (start: Int, end: Int)

extension Reference {
  /// The stretches that a time may be, as far as its ends fall on the points.
  static func completions(_ time: TimeBounds, at points: Set<Int>) -> [Stretch] {
    let days = points.sorted()
    let starts = days.filter { $0 >= time.startMin && $0 <= time.startMax }
    let ends = days.filter { $0 >= time.endMin && $0 <= time.endMax }
    return starts.flatMap { start in ends.filter { $0 >= start }.map { (start, $0) } }
  }

  /// Days at which an answer may turn: the bounds, and the days around them.
  static func points(_ times: [TimeBounds], _ near: ClosedRange<Int>, _ moved: [(Int) -> Int] = []) -> Set<
    Int
  > {
    let bounds = times.flatMap { [$0.startMin, $0.startMax, $0.endMin, $0.endMax] }
    let centres = bounds + moved.flatMap { bounds.map($0) }
    return Set(centres.flatMap { centre in near.map { centre + $0 } })
  }

  /// True if it holds for all stretches that the two may be, false if for none.
  private func decide(
    _ a: TimeBounds, _ b: TimeBounds, _ points: Set<Int>, _ holds: (Stretch, Stretch) -> Bool
  )
    -> Bool?
  {
    var found: Set<Bool> = []
    let others = Self.completions(b, at: points)
    for first in Self.completions(a, at: points) {
      for second in others {
        found.insert(holds(first, second))
        if found.count == 2 { return nil }
      }
    }
    return found.first
  }

  func ask(_ word: String, _ a: TimeBounds?, _ b: TimeBounds?) -> Bool? {
    guard let a, let b else { return nil }
    let question = TimeMemo.Question(word: word, times: [a, b])
    if let answer = memo.answers[question] { return answer }
    let answer = decide(a, b, Self.points([a, b], 0...1)) { Self.holds(word, $0, $1) }
    memo.answers[question] = answer
    return answer
  }

  private static func holds(_ word: String, _ a: Stretch, _ b: Stretch) -> Bool {
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

  func between(_ a: TimeBounds?, _ from: TimeBounds?, _ to: TimeBounds?) -> Bool? {
    guard let a, let from, let to else { return nil }
    let points = Self.points([a, from, to], 0...1)
    var found: Set<Bool> = []
    for stretch in Self.completions(a, at: points) {
      for start in Set(Self.completions(from, at: points).map(\.start)) {
        for end in Set(Self.completions(to, at: points).map(\.end)) {
          found.insert(stretch.start >= start && stretch.end <= end)
        }
      }
    }
    return found.count == 1 ? found.first : nil
  }

  func within(_ a: TimeBounds?, _ months: Int, _ days: Int, of b: TimeBounds?) -> Bool? {
    guard let a, let b else { return nil }
    let question = TimeMemo.Question(word: "within \(months) \(days)", times: [a, b])
    if let answer = memo.answers[question] { return answer }
    let later: (Int) -> Int = { Self.moved($0, months, days) }
    let points = Self.points([a, b], -1...1, [later, { Self.moved($0, -months, -days) }])
    let answer = decide(a, b, points) { a, b in
      if a.end < b.start { return b.start <= later(a.end) }
      return b.end < a.start ? a.start <= later(b.end) : true
    }
    memo.answers[question] = answer
    return answer
  }

  /// A day some months and days later; in a month that is too short for it, the last day.
  static func moved(_ day: Int, _ months: Int, _ days: Int) -> Int {
    guard abs(day) < 1 << 40 else { return day }
    let date = CalendarDay(dayNumber: day)
    var (year, month) = (date.year, date.month + months)
    while month > 12 { (year, month) = (year + 1, month - 12) }
    while month < 1 { (year, month) = (year - 1, month + 12) }
    let last = CalendarDay.daysInMonth(year: year, month: month)
    return CalendarDay(year: year, month: month, day: min(date.day, last)).dayNumber + days
  }

  static func moved(_ time: TimeBounds, _ months: Int, _ days: Int) -> TimeBounds {
    TimeBounds(
      startMin: moved(time.startMin, months, days), startMax: moved(time.startMax, months, days),
      endMin: moved(time.endMin, months, days), endMax: moved(time.endMax, months, days))
  }

  /// Whether an event may fall between the end of one and the start of another, which surely comes after it.
  static func mayFall(_ time: TimeBounds, between first: TimeBounds, and last: TimeBounds) -> Bool {
    completions(time, at: points([time, first, last], -1...1)).contains {
      $0.start > first.endMin && $0.end < last.startMax
    }
  }

  static func hull(_ times: [TimeBounds]) -> TimeBounds? {
    guard let startMin = times.map(\.startMin).min(), let startMax = times.map(\.startMax).min(),
      let endMin = times.map(\.endMin).max(), let endMax = times.map(\.endMax).max()
    else { return nil }
    return TimeBounds(startMin: startMin, startMax: startMax, endMin: endMin, endMax: endMax)
  }

  /// Allen's relations that are possible, in the order in which they are listed.
  func relations(_ a: TimeBounds, _ b: TimeBounds) -> [String] {
    let points = Self.points([a, b], -1...3)
    var found: Set<String> = []
    for first in Self.completions(a, at: points) {
      for second in Self.completions(b, at: points) { found.insert(Self.relation(first, second)) }
    }
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
