import EDTF
import Testing

typealias Comparison = (
  name: String, decided: @Sendable (TimeBounds, TimeBounds) -> Truth,
  holds: @Sendable (Completion, Completion) -> Bool
)

let comparisons: [Comparison] = [
  ("before", { $0.isBefore($1) }, { $0.end < $1.start }),
  ("after", { $0.isAfter($1) }, { $0.start > $1.end }),
  ("during", { $0.isDuring($1) }, { $0.start >= $1.start && $0.end <= $1.end }),
  ("since", { $0.isSince($1) }, { $0.start >= $1.start }),
  ("until", { $0.isUntil($1) }, { $0.end <= $1.end }),
  ("overlaps", { $0.overlaps($1) }, { max($0.start, $1.start) <= min($0.end, $1.end) }),
  ("equals", { $0.equals($1) }, { $0 == $1 }),
  ("within 0 days", { $0.isWithin(CalendarDuration(days: 0), of: $1) }, { gap($0, $1) <= 0 }),
  ("within 2 days", { $0.isWithin(CalendarDuration(days: 2), of: $1) }, { gap($0, $1) <= 2 }),
  ("within -1 days", { $0.isWithin(CalendarDuration(days: -1), of: $1) }, { gap($0, $1) <= -1 }),
]

private func gap(_ first: Completion, _ second: Completion) -> Int {
  max(0, second.start - first.end, first.start - second.end)
}

@Suite struct ComparisonTests {
  @Test func allPairsOfFourDays() {
    let all = shapes(ofDays: 4).map { ($0, $0.completions) }
    for (left, lefts) in all {
      for (right, rights) in all { check(left, lefts, right, rights) }
    }
  }

  @Test func somePairsOfEightDays() throws {
    let all = shapes(ofDays: 8)
    var generator = SeededGenerator(state: 8)
    for _ in 0..<3000 {
      let left = try #require(all.randomElement(using: &generator))
      let right = try #require(all.randomElement(using: &generator))
      check(left, left.completions, right, right.completions)
    }
  }

  private func check(_ left: TimeBounds, _ lefts: [Completion], _ right: TimeBounds, _ rights: [Completion]) {
    for comparison in comparisons {
      let expected = truth(of: lefts.lazy.flatMap { one in rights.lazy.map { comparison.holds(one, $0) } })
      let found = comparison.decided(left, right)
      if found != expected {
        Issue.record("\(left) \(comparison.name) \(right): found \(found), expected \(expected)")
      }
    }
  }

  @Test func betweenTwoTimes() throws {
    let all = shapes(ofDays: 5)
    var generator = SeededGenerator(state: 5)
    for _ in 0..<4000 {
      let time = try #require(all.randomElement(using: &generator))
      let first = try #require(all.randomElement(using: &generator))
      let last = try #require(all.randomElement(using: &generator))
      let limits = first.completions.flatMap { from in last.completions.map { (from.start, $0.end) } }
      let expected = truth(
        of: time.completions.lazy.flatMap { one in
          limits.lazy.map { one.start >= $0.0 && one.end <= $0.1 }
        })
      #expect(time.isBetween(first, last) == expected, "\(time) between \(first) and \(last)")
    }
  }

  @Test func withinMonths() throws {
    // Around the end of January 2023, where the months clamp.
    let base = dayNumber(2023, 1, 26)
    let month = CalendarDuration(months: 1)
    var generator = SeededGenerator(state: 12)
    let all = shapes(ofDays: 6).filter {
      $0.startMin != TimeBounds.openPast && $0.endMax != TimeBounds.openFuture
    }
    for _ in 0..<2000 {
      let left = try #require(all.randomElement(using: &generator)).shifted(by: base)
      let right = try #require(all.randomElement(using: &generator)).shifted(
        by: base + Int.random(in: 20...40, using: &generator))
      let expected = truth(
        of: left.completions.lazy.flatMap { one in
          right.completions.lazy.map {
            $0.start <= month.added(toDay: one.end) && one.start <= month.added(toDay: $0.end)
          }
        })
      #expect(left.isWithin(month, of: right) == expected)
      #expect(right.isWithin(month, of: left) == expected)
    }
  }

  @Test func withinDaysOfADay() throws {
    let day = try time("2023-05-14").window
    let duration = CalendarDuration(days: 5)
    #expect(try time("2023-05-19").bounds.isWithin(duration, of: day) == .true)
    #expect(try time("2023-05-20").bounds.isWithin(duration, of: day) == .false)
    #expect(try time("2023-05-09").bounds.isWithin(duration, of: day) == .true)
    #expect(try time("2023-05").bounds.isWithin(duration, of: day) == .unknown)
  }

  @Test func openAndUnknownEnds() throws {
    let ongoing = try time("2020/..").bounds
    let unknown = try time("2020/").bounds
    let later = try time("2031").bounds
    #expect(ongoing.isBefore(later) == .false)
    #expect(unknown.isBefore(later) == .unknown)
    #expect(ongoing.overlaps(later) == .true)
    #expect(unknown.overlaps(later) == .unknown)
    #expect(later.isUntil(ongoing) == .true)
    #expect(ongoing.isUntil(ongoing) == .true)
    #expect(ongoing.isUntil(unknown) == .false)
    #expect(unknown.isUntil(ongoing) == .true)
    #expect(try time("../2023").bounds.isSince(time("../1990").bounds) == .true)
    #expect(try time("[2023-05-19..]").bounds.isAfter(time("2023-05-18").bounds) == .true)
    #expect(try time("[2023-05-19..]").bounds.isBefore(time("2040").bounds) == .unknown)
    #expect(TimeBounds.open.isWithin(CalendarDuration(months: .max, days: .max), of: unknown) == .true)
    #expect(ongoing.isWithin(CalendarDuration(days: 3), of: unknown) == .unknown)
  }

  @Test func kleene() {
    for left in Truth.allCases {
      for right in Truth.allCases {
        #expect((left && right).rawValue == min(left.rawValue, right.rawValue))
        #expect((left || right).rawValue == max(left.rawValue, right.rawValue))
        #expect(!(left && right) == (!left || !right))
      }
      #expect((!left).rawValue == 2 - left.rawValue)
      #expect(left.possibly.rawValue == (left.rawValue >= 1 ? 2 : 0))
      #expect(left.isTrue == (left == .true))
    }
    #expect(Truth(true) == .true && Truth(false) == .false)
  }

  @Test func boundsAreTight() {
    #expect(
      TimeBounds(startMin: 3, startMax: 9, endMin: 1, endMax: 5)
        == TimeBounds(startMin: 3, startMax: 5, endMin: 3, endMax: 5))
    #expect(TimeBounds(startMin: 5, startMax: 1, endMin: 0, endMax: 0) == TimeBounds(window: 5, 5))
    #expect(
      TimeBounds(startMin: .min, startMax: .max, endMin: .min, endMax: .max).endMax == TimeBounds.openFuture)
    #expect(
      TimeBounds(window: 1, 2).hull(with: TimeBounds(within: 5, 9))
        == TimeBounds(startMin: 1, startMax: 1, endMin: 5, endMax: 9))
  }
}

extension TimeBounds {
  fileprivate func shifted(by days: Int) -> TimeBounds {
    TimeBounds(
      startMin: startMin + days, startMax: startMax + days, endMin: endMin + days, endMax: endMax + days)
  }
}
