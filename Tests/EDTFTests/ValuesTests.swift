import EDTF
import Testing

/// The values of sets and of unspecified digits. That the dates of unspecified digits are just those that they
/// may be is tested with their bounds.
@Suite struct ValuesTests {
  private func values(_ text: String) throws -> [String] {
    try #require(try time(text).values).map(\.description)
  }

  @Test(arguments: [
    ("[2021,2023-05]", "2021 2023-05"), ("{2021..2023}", "2021 2022 2023"),
    ("{1667,1668,1670..1672}", "1667 1668 1670 1671 1672"), ("[1667,1760-12]", "1667 1760-12"),
    ("{1760-11..1761-02}", "1760-11 1760-12 1761-01 1761-02"),
    ("{2000-02-28..2000-03-01}", "2000-02-28 2000-02-29 2000-03-01"), ("[1670..1670]", "1670"),
    ("{-0002..0001}", "-0002 -0001 0000 0001"), ("{-0001-12..0000-01}", "-0001-12 0000-01"),
    ("{9998..Y10001}", "9998 9999 Y10000 Y10001"), ("{Y12E3..Y12002}", "Y12E3 Y12001 Y12002"),
    ("{2001-23..2002-22}", "2001-23 2001-24 2002-21 2002-22"),
    ("{2001-29..2002-31}", "2001-29 2001-30 2002-31"), ("{2001-36..2002-33}", "2001-36 2002-33"),
    ("{2001-38..2002-37}", "2001-38 2001-39 2002-37"),
    ("{2001-40..2002-41}", "2001-40 2001-41 2002-40 2002-41"),
    ("{2021~..2023?}", "2021~ 2022 2023?"), ("[2021,2023-1X,202X]", "2021 2023-1X 202X"),
    ("[2023,2021,2021]", "2023 2021 2021"),
  ])
  func sets(text: String, expected: String) throws {
    #expect(try values(text).joined(separator: " ") == expected)
    #expect(try time(text).values?.areAllMeant == text.hasPrefix("{"))
  }

  @Test(arguments: [
    ("2023-1X", "2023-10 2023-11 2023-12"), ("2023-X2-30", "2023-12-30"),
    ("196X-02-29", "1960-02-29 1964-02-29 1968-02-29"),
    ("2023-02-2X?", (20...28).map { "2023-02-\($0)?" }.joined(separator: " ")),
    ("156X-12-25", (1560...1569).map { "\($0)-12-25" }.joined(separator: " ")),
    ("200X-21", (2000...2009).map { "\($0)-21" }.joined(separator: " ")), ("1950S4", "1950"),
    ("1950S3~", (1950...1959).map { "\($0)~" }.joined(separator: " ")),
    ("-1950S3", (1950...1959).reversed().map { "-\($0)" }.joined(separator: " ")),
    ("2004?-~1X", "2004?-~10 2004?-~11 2004?-~12"), ("Y12E3S5", "Y12000"),
  ])
  func unspecifiedDigits(text: String, expected: String) throws {
    #expect(try values(text).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    "1985", "1985-04-12?", "2004-06~-11", "-1985-04", "2001-34%", "Y17E7", "Y170000002~",
    "1985-04-12T23:20:30Z",
  ])
  func datesAreTheirOnlyValue(text: String) throws {
    #expect(try values(text) == [text])
  }

  @Test(arguments: [
    "[..2023]", "{2023..}", "{..1983-12-31,1984-10-10..1984-11-01,1984-11-05..}", "[1667,1760-12..]",
    "2020/2023",
    "2020/..", "/", "2004-06-XX/2004-07-03",
  ])
  func noList(text: String) throws {
    #expect(try time(text).values == nil)
  }

  /// Enumerating starts at once, however many values there are.
  @Test(arguments: [
    ("{0000-01-01..9999-12-31}", "0000-01-01 0000-01-02"), ("XXXX-XX-XX", "0000-01-01 0000-01-02"),
    ("{Y-48000000000..Y48000000000}", "Y-48000000000 Y-47999999999"),
    ("Y4E10S2", "Y40000000000 Y40000000001"),
  ])
  func valuesAreMadeWhenAskedFor(text: String, firstTwo: String) throws {
    let values = try #require(try time(text).values)
    #expect(values.prefix(2).map(\.description).joined(separator: " ") == firstTwo)
  }

  @Test func everyDayOfFourCenturies() throws {
    let days = dayNumber(1600, 1, 1)...dayNumber(1999, 12, 31)
    for text in ["{1600-01-01..1999-12-31}", "[1600-01-01..1999-12-31]"] {
      let values = try #require(try time(text).values)
      #expect(values.elementsEqual(days.lazy.map(EDTFTime.day)))
    }
    #expect(try #require(try time("1XXX-XX-XX").values).reduce(0) { count, _ in count + 1 } == 365_242)
  }
}
