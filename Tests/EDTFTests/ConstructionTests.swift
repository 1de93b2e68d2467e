import EDTF
import Testing

@Suite struct ConstructionTests {
  private let first = dayNumber(2023, 5, 1)
  private let fourth = dayNumber(2023, 5, 4)
  private let last = dayNumber(2023, 5, 31)

  @Test func single() {
    #expect(EDTFTime.day(fourth).description == "2023-05-04")
    #expect(EDTFTime.day(dayNumber(-44, 3, 15)).description == "-0044-03-15")
    #expect(EDTFTime.day(dayNumber(12345, 3, 15)).description == "Y12345")
    #expect(EDTFTime.month(year: 2023, month: 5).description == "2023-05")
    #expect(EDTFTime.month(year: 2023, month: 99).description == "2023-12")
    #expect(EDTFTime.year(2023).description == "2023")
    #expect(EDTFTime.year(.min).description == "Y-48000000000")
    #expect(EDTFTime.quarter(year: 2023, quarter: 2).description == "2023-34")
  }

  @Test func spans() {
    #expect(EDTFTime.span(from: first, through: fourth).description == "2023-05-01/2023-05-04")
    #expect(EDTFTime.span(from: fourth, through: first).description == "2023-05-01/2023-05-04")
    #expect(EDTFTime.span(from: first, through: first).description == "2023-05-01")
    #expect(EDTFTime.span(from: first, through: last).description == "2023-05-01/2023-05-31")
    #expect(EDTFTime.span(from: first, through: TimeBounds.openFuture).description == "2023-05-01/..")
    #expect(EDTFTime.span(from: TimeBounds.openPast, through: first).description == "../2023-05-01")
    #expect(EDTFTime.span(from: first, through: TimeBounds.latestDay).description == "2023-05-01/")
    #expect(EDTFTime.span(from: TimeBounds.earliestDay, through: first).description == "/2023-05-01")
    #expect(EDTFTime.span(from: TimeBounds.openPast, through: TimeBounds.openFuture).description == "../..")
  }

  @Test func alternatives() {
    #expect(EDTFTime.oneOf(from: first, through: last).description == "2023-05")
    #expect(EDTFTime.oneOf(from: first, through: fourth).description == "[2023-05-01..2023-05-04]")
    #expect(EDTFTime.oneOf(from: fourth, through: fourth).description == "2023-05-04")
    #expect(
      EDTFTime.oneOf(from: dayNumber(2023, 1, 1), through: dayNumber(2023, 12, 31)).description == "2023")
    #expect(EDTFTime.oneOf(from: first, through: TimeBounds.latestDay).description == "[2023-05-01..]")
    #expect(EDTFTime.oneOf(from: TimeBounds.openPast, through: first).description == "[..2023-05-01]")
    #expect(EDTFTime.oneOf(from: TimeBounds.earliestDay, through: TimeBounds.latestDay).description == "/")
    let longYear = EDTFTime.oneOf(from: dayNumber(9999, 5, 1), through: dayNumber(10_001, 2, 1))
    #expect(longYear.description == "[9999..Y10001]")
    #expect(EDTFTime("[9999..Y10001]") == longYear)
  }

  /// What is constructed from days has the bounds it was constructed from, and is what its text says.
  @Test func boundsComeBack() throws {
    var generator = SeededGenerator(state: 3)
    let limits = [TimeBounds.openPast, TimeBounds.earliestDay, TimeBounds.latestDay, TimeBounds.openFuture]
    for _ in 0..<4000 {
      let one = Int.random(in: -800_000...2_900_000, using: &generator)
      let other = one + Int.random(in: 0...800, using: &generator)
      let limit = try #require(limits.randomElement(using: &generator))
      for bounds in [TimeBounds(window: one, other), TimeBounds(within: one, other)] {
        #expect(EDTFTime.covering(bounds).bounds == bounds)
      }
      for time in [EDTFTime.span(from: one, through: limit), .oneOf(from: limit, through: one), .day(other)] {
        #expect(EDTFTime(time.description) == time)
      }
    }
  }

  @Test(arguments: [
    "2023-05/2023-06", "2023/..", "/2023-34", "202X/2031-07", "20XX/2500", "2023-05-04/2023", "2020/",
  ])
  func coveringIsExactWhereItCanBe(text: String) throws {
    let bounds = try time(text).bounds
    #expect(EDTFTime.covering(bounds).bounds == bounds)
  }

  @Test func coveringHoldsItsBounds() {
    var generator = SeededGenerator(state: 4)
    for _ in 0..<4000 {
      let days = (0..<4).map { _ in Int.random(in: -1_000_000...4_000_000, using: &generator) }.sorted()
      let bounds = TimeBounds(startMin: days[0], startMax: days[2], endMin: days[1], endMax: days[3])
      let covering = EDTFTime.covering(bounds)
      let wide = covering.bounds
      #expect(wide.startMin <= bounds.startMin && bounds.startMax <= wide.startMax, "\(covering)")
      #expect(wide.endMin <= bounds.endMin && bounds.endMax <= wide.endMax, "\(covering)")
    }
  }
}
