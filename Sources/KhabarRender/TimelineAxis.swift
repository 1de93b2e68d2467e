import EDTF

/// Where days lie in a row of cells. Long stretches in which nothing starts or ends are left out, if what lies around
/// them could not be told apart otherwise: then the axis has several segments, and a cell between them says so.
///
///     1994     2020      2021      2022      2023        labels
///     ┬─────≈──┬─────────┬─────────┬─────────┬─────      segments 1994 and 2020-11/2023-10
struct TimelineAxis {
  /// Days without a break, and the cells that show them.
  struct Segment {
    var first: Int
    var last: Int
    /// How many dates lie in it.
    var dates: Int
    var start = 0
    var cells = 0

    var days: Int { last - first + 1 }

    /// The first cell that shows a part of the day.
    func firstCell(_ day: Int) -> Int {
      start + min(cells - 1, (min(max(day, first), last) - first) * cells / days)
    }

    /// Where the day begins, in cells.
    func position(_ day: Int) -> Double {
      Double(start) + Double(min(max(day, first), last + 1) - first) * Double(cells) / Double(days)
    }

    /// The last cell that shows a part of the day.
    func lastCell(_ day: Int) -> Int {
      let end = ((min(max(day, first), last) - first + 1) * cells + days - 1) / days - 1
      return max(firstCell(day), start + min(cells - 1, end))
    }
  }

  /// At most so many stretches are left out.
  private static let mostBreaks = 3
  /// Of so many days in a cell each may still be looked up.
  private static let fewDays = 7
  /// A segment of several is not narrower: a year and a blank.
  private static let leastCells = 6

  let cells: Int
  private(set) var segments: [Segment]

  /// - Parameters:
  ///   - times: what the axis is for; nil where none of them has a day.
  ///   - cells: how many there are. One at either side is for what has no start, or no end.
  init?(_ times: [TimeBounds], cells: Int) {
    let stretches = Self.stretches(times)
    guard let first = stretches.first, let last = stretches.last, cells >= 3 else { return nil }
    self.cells = cells
    let left = times.contains { !Self.isDay($0.startMin) } ? 1 : 0
    let right = times.contains { !Self.isDay($0.endMax) } ? 1 : 0
    segments = Self.segments(stretches, cells: cells)
    if segments.count > 1, cells - left - right < segments.count * (Self.leastCells + 1) {
      segments = [Segment(first: first.first, last: last.last, dates: 1)]
    }
    layOut(from: left, room: cells - left - right - segments.count + 1)
  }

  /// Whether the day is one, and not a limit that is open or unknown.
  static func isDay(_ day: Int) -> Bool { day > TimeBounds.earliestDay && day < TimeBounds.latestDay }

  /// The cells that lie between segments.
  var breaks: [Int] { segments.dropFirst().map { $0.start - 1 } }

  /// The cells from one day to another; a limit that is no day is the axis's end.
  func cells(from first: Int, through last: Int) -> ClosedRange<Int> {
    let start = Self.isDay(first) ? segment(of: first).firstCell(first) : 0
    let end = Self.isDay(last) ? segment(of: last).lastCell(last) : cells - 1
    return start...max(start, end)
  }

  /// Where a stretch of days begins and ends, in cells; a limit that is no day is the axis's end.
  func positions(from first: Int, through last: Int) -> (Double, Double) {
    let start = Self.isDay(first) ? segment(of: first).position(first) : 0
    let end = Self.isDay(last) ? segment(of: last).position(last + 1) : Double(cells)
    return (start, max(start, end))
  }

  private func segment(of day: Int) -> Segment {
    segments.first { day <= $0.last } ?? segments[segments.count - 1]
  }

  // MARK: - Segments

  /// Days in which something starts or ends, surely or possibly.
  private struct Stretch {
    var first: Int
    var last: Int
    /// How many different days that is said of.
    var dates: Int
  }

  /// The stretches of days in which ends lie, in order. A date that is known to the year, or closer, is one stretch.
  private static func stretches(_ times: [TimeBounds]) -> [Stretch] {
    var ranges: Set<ClosedRange<Int>> = []
    for time in times {
      for (first, last) in [(time.startMin, time.startMax), (time.endMin, time.endMax)] {
        let isClose = isDay(first) && isDay(last) && last - first <= 366
        if isClose {
          ranges.insert(first...last)
        } else {
          ranges.formUnion([first, last].filter(isDay).map { $0...$0 })
        }
      }
    }
    var stretches: [Stretch] = []
    let order = ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    for range in order {
      if let last = stretches.last, range.lowerBound <= last.last + 1 {
        stretches[stretches.count - 1].last = max(last.last, range.upperBound)
        stretches[stretches.count - 1].dates += 1
      } else {
        stretches.append(Stretch(first: range.lowerBound, last: range.upperBound, dates: 1))
      }
    }
    return stretches
  }

  /// Splits at the longest gap while that leaves out more than half of an axis on which a cell has many days.
  private static func segments(_ stretches: [Stretch], cells: Int) -> [Segment] {
    var parts = [stretches[...]]
    while parts.count <= mostBreaks, let (part, index) = longestGap(parts) {
      let whole = parts[part]
      let gap = whole[index].first - whole[index - 1].last
      let rest = parts.reduce(-gap) { $0 + length($1) }
      guard gap > rest, (gap + rest) / fewDays > cells else { break }
      parts.replaceSubrange(part...part, with: [whole[..<index], whole[index...]])
    }
    return parts.compactMap { part in
      guard let first = part.first, let last = part.last else { return nil }
      return Segment(first: first.first, last: last.last, dates: part.reduce(0) { $0 + $1.dates })
    }
  }

  private static func length(_ stretches: ArraySlice<Stretch>) -> Int {
    (stretches.last?.last ?? 0) - (stretches.first?.first ?? 0) + 1
  }

  /// The part, and in it the stretch before which the longest gap lies.
  private static func longestGap(_ parts: [ArraySlice<Stretch>]) -> (part: Int, index: Int)? {
    var found: (part: Int, index: Int)?
    var longest = 0
    for (part, stretches) in parts.enumerated() {
      for index in stretches.indices.dropFirst() {
        let gap = stretches[index].first - stretches[index - 1].last
        guard gap > longest else { continue }
        longest = gap
        found = (part, index)
      }
    }
    return found
  }

  /// Gives each segment the least, and shares the rest by how many dates lie in them: where much is, there is room.
  private mutating func layOut(from left: Int, room: Int) {
    let least = segments.count == 1 ? 1 : Self.leastCells
    let spare = max(0, room - least * segments.count)
    let all = max(1, segments.reduce(0) { $0 + $1.dates })
    var start = left
    var shared = 0
    var dates = 0
    for index in segments.indices {
      dates += segments[index].dates
      let share = spare * dates / all
      segments[index].start = start
      segments[index].cells = least + share - shared
      shared = share
      start += segments[index].cells + 1
    }
  }
}
