import EDTF

/// The number of a day.
func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
  CalendarDay(year: year, month: month, day: day).dayNumber
}

func time(_ text: String) throws -> EDTFTime { try EDTFTime(parsing: text) }

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// An interval of whole days, both of which belong to it.
struct Completion: Hashable {
  var start: Int
  var end: Int
}

extension TimeBounds {
  /// Every interval that the bounds allow.
  var completions: [Completion] {
    (startMin...startMax).flatMap { start in
      (endMin...endMax).filter { start <= $0 }.map { Completion(start: start, end: $0) }
    }
  }
}

/// Every tight shape of bounds over `count` days, and the same with open ends.
func shapes(ofDays count: Int) -> [TimeBounds] {
  let ranges = (0..<count).flatMap { first in (first..<count).map { first...$0 } }
  let past = TimeBounds.openPast...TimeBounds.openPast
  let future = TimeBounds.openFuture...TimeBounds.openFuture
  var found: Set<TimeBounds> = [.open]
  for start in ranges + [past] {
    for end in ranges + [future] where start.lowerBound <= end.upperBound {
      found.insert(
        TimeBounds(
          startMin: start.lowerBound, startMax: start.upperBound, endMin: end.lowerBound,
          endMax: end.upperBound))
    }
  }
  return found.sorted {
    ($0.startMin, $0.startMax, $0.endMin, $0.endMax) < ($1.startMin, $1.startMax, $1.endMin, $1.endMax)
  }
}

/// The truth value of a statement, from its value for every completion.
func truth(of values: some Sequence<Bool>) -> Truth {
  var all = true
  var some = false
  for value in values {
    all = all && value
    some = some || value
  }
  return Truth(certain: all && some, possible: some)
}
