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
    var start = 0
    var cells = 0

    var days: Int { last - first + 1 }

    /// The first cell that shows a part of the day.
    func firstCell(_ day: Int) -> Int {
      start + min(cells - 1, (min(max(day, first), last) - first) * cells / days)
    }

    /// The last cell that shows a part of the day.
    func lastCell(_ day: Int) -> Int {
      let end = ((min(max(day, first), last) - first + 1) * cells + days - 1) / days - 1
      return max(firstCell(day), start + min(cells - 1, end))
    }
  }

  /// At most so many stretches are left out.
  private static let mostBreaks = 3
  /// A segment of several is not narrower: a year and a blank.
  private static let leastCells = 6

  let cells: Int
  private(set) var segments: [Segment]

  /// - Parameters:
  ///   - times: what the axis is for; nil where none of them has a day.
  ///   - cells: how many there are. One at either side is for what has no start, or no end.
  init?(_ times: [TimeBounds], cells: Int) {
    let ends = Set(times.flatMap { [$0.startMin, $0.startMax, $0.endMin, $0.endMax] })
    let days = ends.filter(Self.isDay).sorted()
    guard !days.isEmpty, cells >= 3 else { return nil }
    self.cells = cells
    let left = times.contains { !Self.isDay($0.startMin) } ? 1 : 0
    let right = times.contains { !Self.isDay($0.endMax) } ? 1 : 0
    segments = Self.segments(days)
    if segments.count > 1, cells - left - right < segments.count * (Self.leastCells + 1) {
      segments = [Segment(first: days[0], last: days[days.count - 1])]
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

  private func segment(of day: Int) -> Segment {
    segments.first { day <= $0.last } ?? segments[segments.count - 1]
  }

  // MARK: - Segments

  /// Splits at the longest gap while that leaves out more than two thirds of the axis.
  private static func segments(_ days: [Int]) -> [Segment] {
    var parts = [days[...]]
    while parts.count <= mostBreaks, let (part, index) = longestGap(parts) {
      let gap = parts[part][index] - parts[part][index - 1]
      let rest = parts.reduce(-gap) { $0 + length($1) }
      guard rest > 0, gap / 2 > rest else { break }
      let whole = parts[part]
      parts.replaceSubrange(part...part, with: [whole[..<index], whole[index...]])
    }
    return parts.compactMap { part in
      if let first = part.first, let last = part.last { Segment(first: first, last: last) } else { nil }
    }
  }

  private static func length(_ days: ArraySlice<Int>) -> Int { (days.last ?? 0) - (days.first ?? 0) }

  /// The part, and in it the day before which the longest gap lies.
  private static func longestGap(_ parts: [ArraySlice<Int>]) -> (part: Int, index: Int)? {
    var found: (part: Int, index: Int)?
    var longest = 0
    for (part, days) in parts.enumerated() {
      for index in days.indices.dropFirst() where days[index] - days[index - 1] > longest {
        longest = days[index] - days[index - 1]
        found = (part, index)
      }
    }
    return found
  }

  /// Gives each segment the least, and shares the rest by their lengths.
  private mutating func layOut(from left: Int, room: Int) {
    let least = segments.count == 1 ? 1 : Self.leastCells
    let spare = max(0, room - least * segments.count)
    let all = segments.reduce(0) { $0 + $1.days }
    var start = left
    var shared = 0
    var days = 0
    for index in segments.indices {
      days += segments[index].days
      let share = Int((Double(days) / Double(all) * Double(spare)).rounded())
      segments[index].start = start
      segments[index].cells = least + min(spare, share) - shared
      shared = min(spare, share)
      start += segments[index].cells + 1
    }
  }
}
