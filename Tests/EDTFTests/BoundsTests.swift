import EDTF
import Testing

private typealias Days = (Int, Int)

private let unknownStart = TimeBounds.earliestDay
private let unknownEnd = TimeBounds.latestDay

@Suite struct BoundsTests {
  private func expect(
    _ text: String, start: Days, end: Days, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bounds = try time(text).bounds
    let expected = TimeBounds(startMin: start.0, startMax: start.1, endMin: end.0, endMax: end.1)
    #expect(bounds == expected, "\(text)", sourceLocation: sourceLocation)
    #expect(
      [bounds.startMin, bounds.startMax, bounds.endMin, bounds.endMax] == [start.0, start.1, end.0, end.1],
      sourceLocation: sourceLocation)
  }

  private func expectSomeDay(
    _ text: String, _ first: Int, _ last: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(text, start: (first, last), end: (first, last), sourceLocation: sourceLocation)
  }

  @Test func datesBoundBothEnds() throws {
    let day = dayNumber(2023, 5, 19)
    try expectSomeDay("2023-05-19", day, day)
    try expectSomeDay("2023-10", dayNumber(2023, 10, 1), dayNumber(2023, 10, 31))
    try expectSomeDay("2023-1X", dayNumber(2023, 10, 1), dayNumber(2023, 12, 31))
    try expectSomeDay("2023-21", dayNumber(2023, 3, 1), dayNumber(2023, 5, 31))
    try expectSomeDay("2023", dayNumber(2023, 1, 1), dayNumber(2023, 12, 31))
    try expectSomeDay("2023-05-19T23:20:30-04", day, day)
  }

  @Test func intervals() throws {
    let year2020 = (dayNumber(2020, 1, 1), dayNumber(2020, 12, 31))
    let year2023 = (dayNumber(2023, 1, 1), dayNumber(2023, 12, 31))
    let year2024 = (dayNumber(2024, 1, 1), dayNumber(2024, 12, 31))
    let (first, fourth) = (dayNumber(2023, 5, 1), dayNumber(2023, 5, 4))
    try expect("2023-05-01/2023-05-04", start: (first, first), end: (fourth, fourth))
    try expect("2023/2024", start: year2023, end: year2024)
    try expect("2020/..", start: year2020, end: (TimeBounds.openFuture, TimeBounds.openFuture))
    try expect("2020/", start: year2020, end: (year2020.0, unknownEnd))
    try expect("../2023", start: (TimeBounds.openPast, TimeBounds.openPast), end: year2023)
    try expect("/2023", start: (unknownStart, year2023.1), end: year2023)
    try expect("2023-05/2023-05-04", start: (first, fourth), end: (fourth, fourth))
    #expect(try time("../..").bounds == .open)
    #expect(try time("/").bounds == .unknown)
  }

  @Test func setsOfAlternatives() throws {
    let fourth = dayNumber(2023, 5, 4)
    try expectSomeDay("[..2023-05-04]", unknownStart, fourth)
    try expectSomeDay("[2023-05-19..]", dayNumber(2023, 5, 19), unknownEnd)
    try expectSomeDay("[2021,2023-05]", dayNumber(2021, 1, 1), dayNumber(2023, 5, 31))
    try expectSomeDay("[2020-01-01..2023-05-19]", dayNumber(2020, 1, 1), dayNumber(2023, 5, 19))
    try expectSomeDay("[2023,2021]", dayNumber(2021, 1, 1), dayNumber(2023, 12, 31))
  }

  @Test func setsOfAll() throws {
    let year2021 = (dayNumber(2021, 1, 1), dayNumber(2021, 12, 31))
    let year2023 = (dayNumber(2023, 1, 1), dayNumber(2023, 12, 31))
    try expect("{2021,2023}", start: year2021, end: year2023)
    try expect("{2023,2021}", start: year2021, end: year2023)
    try expect("{2021..2023}", start: year2021, end: year2023)
    try expect("{..2023}", start: (TimeBounds.openPast, TimeBounds.openPast), end: year2023)
    try expect("{2021..}", start: year2021, end: (TimeBounds.openFuture, TimeBounds.openFuture))
  }

  /// Times are compared by the day as it is written, in whatever zone.
  @Test func timesOfDayAreKeptAndComparedByDay() throws {
    let late = try time("2023-05-19T23:59:59-11:30")
    let early = try time("2023-05-19T00:00:00+14")
    #expect(late.bounds.equals(early.bounds) == .true)
    #expect(late.bounds.equals(try time("2023-05-19").bounds) == .true)
    #expect(late.bounds.isBefore(try time("2023-05-20T00:00:00Z").bounds) == .true)
    #expect(late != early)
    for text in ["2023-05-19T23:59:59-11:30", "2023-05-19T00:00:00+14", "2023-05-19T00:00:00+00:00"] {
      #expect(try time(text).description == text)
    }
  }

  @Test func qualifiersMoveNothing() throws {
    let plain = try time("2023-05").bounds
    for text in ["2023-05~", "2023-05?", "2023-05%", "2023~-05", "2023-~05", "?2023-05"] {
      #expect(try time(text).bounds == plain)
    }
  }

  @Test func longYears() throws {
    #expect(try time("Y-17E7").bounds.startMin == dayNumber(-170_000_000, 1, 1))
    #expect(try time("Y170000002").bounds.endMax == dayNumber(170_000_002, 12, 31))
    try expectSomeDay("1950S2", dayNumber(1900, 1, 1), dayNumber(1999, 12, 31))
    try expectSomeDay("Y171010000S3", dayNumber(171_000_000, 1, 1), dayNumber(171_999_999, 12, 31))
    try expectSomeDay("Y3388E2S3", dayNumber(338_000, 1, 1), dayNumber(338_999, 12, 31))
    try expectSomeDay("-1950S2", dayNumber(-1999, 1, 1), dayNumber(-1900, 12, 31))
    try expectSomeDay("-0005", dayNumber(-5, 1, 1), dayNumber(-5, 12, 31))
    #expect(try time("Y-48000000000").bounds.startMin > TimeBounds.earliestDay)
    #expect(try time("Y48E9").bounds.endMax < TimeBounds.latestDay)
    #expect(try time("Y48E9").bounds.endMax - time("Y48E9").bounds.startMin == 365)
  }

  @Test(arguments: [
    (21, 3, 5, 0), (22, 6, 8, 0), (23, 9, 11, 0), (24, 12, 2, 1), (25, 3, 5, 0), (26, 6, 8, 0),
    (27, 9, 11, 0),
    (28, 12, 2, 1), (29, 9, 11, 0), (30, 12, 2, 1), (31, 3, 5, 0), (32, 6, 8, 0), (33, 1, 3, 0),
    (34, 4, 6, 0),
    (35, 7, 9, 0), (36, 10, 12, 0), (37, 1, 4, 0), (38, 5, 8, 0), (39, 9, 12, 0), (40, 1, 6, 0),
    (41, 7, 12, 0),
  ])
  func partsOfYears(code: Int, firstMonth: Int, lastMonth: Int, yearsOn: Int) throws {
    // The next year, 2024, is a leap year: winters end on its 29 February.
    let last = CalendarDay(year: 2023 + yearsOn, month: lastMonth, day: 31).dayNumber
    try expectSomeDay("2023-\(code)", dayNumber(2023, firstMonth, 1), last)
  }

  @Test func windows() throws {
    func window(_ text: String) throws -> TimeBounds { try time(text).window }
    let (first, last) = (dayNumber(2023, 5, 1), dayNumber(2023, 5, 31))
    #expect(try window("2023-05") == TimeBounds(window: first, last))
    #expect(try window("2023-05-01") == TimeBounds(window: first, first))
    #expect(try window("2023/2023-05") == TimeBounds(window: dayNumber(2023, 1, 1), last))
    #expect(try window("2023-05/..") == TimeBounds(window: first, TimeBounds.openFuture))
    #expect(try window("../2023-05") == TimeBounds(window: TimeBounds.openPast, last))
    #expect(try window("[2023-05..]") == TimeBounds(window: first, TimeBounds.openFuture))
    #expect(try window("[..2023-05]") == TimeBounds(window: TimeBounds.openPast, last))
    #expect(try window("[2021,2023-05]") == TimeBounds(window: dayNumber(2021, 1, 1), last))
    #expect(try window("{2021,2023-05}") == TimeBounds(window: dayNumber(2021, 1, 1), last))
    #expect(
      try window("2023-05/")
        == TimeBounds(startMin: first, startMax: first, endMin: first, endMax: unknownEnd))
    #expect(
      try window("/2023-05") == TimeBounds(startMin: unknownStart, startMax: last, endMin: last, endMax: last)
    )
  }

  /// All dates that the digits may stand for, by trying them all, and their hull. Unspecified digits in the
  /// place of the month stand for months, not for the seasons.
  @Test(arguments: [
    "201X", "20XX", "2XXX", "XXXX", "X023", "2X23", "-201X", "-000X", "-0X00", "-XXXX",
    "XX00-02-29", "190X-02-29",
    "1XXX-02-29",
    "2023-X1", "2023-0X", "2023-XX", "2023-XX-31", "2023-1X-3X", "2023-02-2X", "156X-12-25", "15XX-12-XX",
    "1984-XX-X9", "2023-X2-29", "202X-X2-29", "199X-X6-3X", "-XXX0-02-29",
  ])
  func unspecifiedDigits(text: String) throws {
    let dates = Self.expansions(of: text).compactMap { EDTFTime($0) }
      .filter { [.year, .month, .day].contains($0.precision) }
      .sorted { $0.bounds.startMin < $1.bounds.startMin }
    let first = try #require(dates.first)
    let last = try #require(dates.last)
    try expectSomeDay(text, first.bounds.startMin, last.bounds.endMax)
    let values = try #require(try time(text).values)
    #expect(Array(values) == dates)
    #expect(!values.areAllMeant)
  }

  private static func expansions(of text: String) -> [String] {
    guard let place = text.firstIndex(of: "X") else { return [text] }
    return (0...9).flatMap { digit in
      expansions(of: text.replacing(at: place, with: Character(String(digit))))
    }
  }
}

extension String {
  fileprivate func replacing(at place: Index, with character: Character) -> String {
    String(self[..<place]) + String(character) + String(self[index(after: place)...])
  }
}
