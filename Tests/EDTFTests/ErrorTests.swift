import EDTF
import Testing

private struct Case: Sendable, CustomTestStringConvertible {
  let text: String
  let offset: Int
  let length: Int
  let message: String

  init(_ text: String, _ offset: Int, _ length: Int, _ message: String) {
    (self.text, self.offset, self.length, self.message) = (text, offset, length, message)
  }

  var testDescription: String { text }
}

@Suite struct ErrorTests {
  @Test(arguments: [
    Case("", 0, 0, "expected a time such as 2023-05-19, found nothing"),
    Case("2023-02-30", 8, 2, "February 2023 has 28 days; found 30"),
    Case("٢٠٢٣-٠٢-٣٠", 8, 2, "February 2023 has 28 days; found 30"),
    Case("1900-02-29", 8, 2, "February 1900 has 28 days; found 29"),
    Case("-0001-02-29", 9, 2, "February -1 has 28 days; found 29"),
    Case("2023-04-31/2024", 8, 2, "April 2023 has 30 days; found 31"),
    Case("2023-05-00", 8, 2, "a day is 01 to 31; found 0"),
    Case("2023-05-32", 8, 2, "a day is 01 to 31; found 32"),
    Case("2023-13", 5, 2, "a month is 01 to 12, a season or other part of a year 21 to 41; found 13"),
    Case("2023-42", 5, 2, "a month is 01 to 12, a season or other part of a year 21 to 41; found 42"),
    Case("2023-00", 5, 2, "a month is 01 to 12, a season or other part of a year 21 to 41; found 0"),
    Case("2023-2X", 5, 2, "the digits that are given leave no real date"),
    Case("2023-05-4X", 8, 2, "the digits that are given leave no real date"),
    Case("XXXX-02-30", 0, 10, "the digits that are given leave no real date"),
    Case("XXX1-02-29", 0, 10, "the digits that are given leave no real date"),
    Case("2024/2023-02-3X", 5, 10, "the digits that are given leave no real date"),
    Case("2023-5", 6, 0, "expected a month of two digits, found the end of the time"),
    Case("2023-5-19", 6, 1, "expected a month of two digits, found '-'"),
    Case("202", 0, 3, "a year has four digits, as in 0476; found 3"),
    Case("20230519", 0, 8, "a year of more than four digits is written after Y, as in Y12023"),
    Case("Y2023", 0, 5, "a year after Y has more than four digits and no leading zero; write it without Y"),
    Case("Y012345", 0, 7, "a year after Y has more than four digits and no leading zero; write it without Y"),
    Case("Y49E9", 0, 5, "a year lies between -48000000000 and 48000000000"),
    Case("Y1E999999999999999999999", 0, 24, "a year lies between -48000000000 and 48000000000"),
    Case("Y12345E0", 7, 1, "an exponent is at least 1; found 0"),
    Case("-0000", 0, 5, "zero has no negative; write it without the sign"),
    Case("1950S5", 4, 2, "of a year of 4 digits 1 to 4 can be significant; found 5"),
    Case("1950S0", 4, 2, "of a year of 4 digits 1 to 4 can be significant; found 0"),
    Case("Y12345-06", 6, 1, "a year with Y, E or S takes no month"),
    Case("1950S2-06", 6, 1, "a year with Y, E or S takes no month"),
    Case("2023-21-05", 7, 1, "expected the end of the date, since a part of a year takes no day, found '-'"),
    Case("196x", 3, 1, "expected a year of four digits, found 'x'; an unspecified digit is a capital X"),
    Case("y12345", 0, 1, "expected a year of four digits, found 'y'; the letters of a time are capitals"),
    Case("may", 0, 1, "expected a year of four digits, found 'm'"),
    Case("مايو", 0, 1, "expected a year of four digits, found 'م'"),
    Case("2023 ", 4, 1, "expected '/' or the end of the time, found ' '; a time has no spaces"),
    Case("[2021, 2023]", 6, 1, "expected a year of four digits, found ' '; a time has no spaces"),
    Case("2023?~", 5, 1, "expected '/' or the end of the time, found '~'"),
    Case("..", 2, 0, "expected '/' after an open end, found the end of the time"),
    Case("2023/2024/2025", 9, 1, "expected the end of the time, found '/'"),
    Case("2023-05-04/2023-05-01", 0, 21, "the end comes before the start"),
    Case("2024/2023-12-31", 0, 15, "the end comes before the start"),
    Case("[1672..1670]", 1, 10, "the end comes before the start"),
    Case("{2001-24..2001-21}", 1, 16, "the end comes before the start"),
    Case(
      "[1667,1760..1761-03]", 6, 13,
      "a range leads from one year, month, day or season to another of the same kind, as in 2021..2023"),
    Case(
      "{156X..1590}", 1, 10,
      "a range leads from one year, month, day or season to another of the same kind, as in 2021..2023"),
    Case(
      "{2001-21..2001-34}", 1, 16,
      "a range leads from one year, month, day or season to another of the same kind, as in 2021..2023"),
    Case(
      "{1950S2..1990}", 1, 12,
      "a range leads from one year, month, day or season to another of the same kind, as in 2021..2023"),
    Case("[1984,..1990]", 6, 2, "only the first member of a set may be a range without a start"),
    Case("[1984..,1990]", 5, 2, "only the last member of a set may be a range without an end"),
    Case("[2021,2023", 10, 0, "expected ',' or ']', found the end of the time"),
    Case("[2021}", 5, 1, "expected ',' or ']', found '}'"),
    Case("[]", 1, 1, "expected a year of four digits, found ']'"),
    Case("[..]", 3, 1, "expected a year of four digits, found ']'"),
    Case("{2021}2", 6, 1, "expected the end of the time, found '2'"),
    Case(
      "2023-05T10:00:00", 7, 1, "a time of day follows a full date without unspecified digits or qualifiers"),
    Case(
      "2023-05-19?T10:00:00", 11, 1,
      "a time of day follows a full date without unspecified digits or qualifiers"),
    Case(
      "2023-05-19T10:00:00/2024", 10, 9,
      "an interval or a set is made of dates; a time of day follows a date alone"),
    Case(
      "../2023-05-19T10:00:00", 13, 1,
      "an interval or a set is made of dates; a time of day follows a date alone"),
    Case(
      "{2023-05-19T10:00:00}", 11, 1,
      "an interval or a set is made of dates; a time of day follows a date alone"),
    Case("2023-05-19T24:00:00", 11, 2, "an hour is at most 23; found 24"),
    Case("2023-05-19T23:60:00", 14, 2, "a minute is at most 59; found 60"),
    Case("2023-05-19T23:59:61", 17, 2, "a second is at most 60; found 61"),
    Case(
      "2023-05-19T23:59", 16, 0,
      "expected ':' and a time of day such as 23:20:30, found the end of the time"),
    Case("2023-05-19T23:59:00+24", 20, 2, "a zone's hour is at most 23; found 24"),
    Case("2023-05-19T23:59:00-00:00", 19, 6, "zero has no negative; write it without the sign"),
  ])
  private func messages(expected: Case) {
    let error = #expect(throws: EDTFError.self) { try time(expected.text) }
    #expect(error?.message == expected.message)
    #expect(error?.offset == expected.offset)
    #expect(error?.length == expected.length)
    #expect(EDTFTime(expected.text) == nil)
  }
}
