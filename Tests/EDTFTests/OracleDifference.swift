/// How python-edtf and the library EDTF may differ: the classes of differences, who is right by the standard
/// (ISO 8601-2:2019, Annex A, and the Library of Congress's page of the format), and why.
///
/// A difference that belongs to no class fails `OracleTests`. Where python-edtf was right, EDTF has been
/// mended, and has no class: it refuses ranges from one precision to another, `..` within a set elsewhere than
/// at its two sides, times of day within intervals and sets, and exponents of 0.
enum OracleDifference: String, CaseIterable {
  // python-edtf gives no answer.
  case fallsOver = "falls over on a text"
  case fallsOverBounding = "falls over on the bounds of a text that it reads"

  // EDTF alone reads the text.
  case severalQualifiers = "refuses several qualifiers that each apply to a part"
  case qualifiedForms = "refuses qualified seasons, years after Y, and partly qualified unspecified digits"
  case formsWithinTimes = "refuses seasons, years after Y and unspecified digits in some intervals and sets"
  case negativeUnspecified = "refuses unspecified digits in most negative years"
  case unspecifiedSeasons = "refuses seasons of unspecified years"
  case loneMembers = "refuses sets of one member"
  case noEnds = "refuses intervals without either end"
  case clocks = "refuses zones of 0 or 14 hours and more, and leap seconds"
  case leadingZeros = "refuses leading zeros in an exponent"
  case foreignDigits = "refuses Arabic-Indic digits"

  // python-edtf alone reads the text.
  case reversedEnds = "reads ends in the wrong order"
  case significance = "reads no significant digits, and more than there are"
  case blanks = "reads blanks"
  case unrealDates = "reads dates that no calendar has"
  case timesWithoutDay = "reads a time of day after a month or a year"
  case midnight = "reads 24:00:00"
  case significantMonths = "reads a month after significant digits"
  case draftQualifiers = "reads a word after a season and ^"
  case farYears = "reads years of any size"

  // Both read the text, with other bounds.
  case unknownEnds = "puts an unknown end ten years from the other"
  case significantYears = "bounds significant digits by the year that is written"
  case winters = "ends the winter with the year"
  case negativeDigits = "exchanges the bounds of unspecified digits in and after negative years"
  case negativeZero = "lets -000X be the year 0"
  case unrealBounds = "bounds a time by a date that no calendar has"
}

extension OracleDifference {
  enum Right { case edtf, python, either }

  /// Who is right, how many of the committed answers differ so, and why it is decided so.
  var decision: (right: Right, count: Int, reason: String) {
    switch self {
    case .fallsOver: (.edtf, 118, "an exception is no answer")
    case .fallsOverBounding: (.edtf, 108, "an exception is no answer")

    case .severalQualifiers: (.edtf, 128, "group and component qualifiers do not exclude each other")
    case .qualifiedForms: (.edtf, 56, "a qualifier may end any date, and X be in any component")
    case .formsWithinTimes: (.edtf, 301, "ends of intervals and members of sets are dates of any form")
    case .negativeUnspecified: (.edtf, 30, "the year's digits may be unspecified; its sign is none")
    case .unspecifiedSeasons: (.edtf, 9, "a season stands for a month, after a year of any digits")
    case .loneMembers: (.edtf, 89, "nothing asks for a second member")
    case .noEnds: (.edtf, 1, "what one end may be does not depend on the other")
    case .clocks: (.edtf, 26, "+00:00 and +14:30 are shifts of hours and minutes; :60 is a leap second")
    case .leadingZeros: (.either, 2, "an exponent is positive; how it is spelled is not said")
    case .foreignDigits: (.either, 8, "the format is in ASCII; EDTF reads other digits besides")

    case .reversedEnds: (.edtf, 88, "intervals and ranges lead from the earlier to the later date")
    case .significance: (.edtf, 81, "of a year's digits at least 1 and at most all are significant")
    case .blanks: (.edtf, 43, "a time is written without spaces")
    case .unrealDates: (.edtf, 3, "a day is one that its month has: there is no 2023-02-29")
    case .timesWithoutDay: (.edtf, 2, "a time of day follows a complete date")
    case .midnight: (.edtf, 1, "the hours of ISO 8601-1:2019 end with 23; an amendment of 2022 has 24")
    case .significantMonths: (.edtf, 1, "significant digits are those of a year alone")
    case .draftQualifiers: (.edtf, 1, "an earlier draft had it, the standard has not")
    case .farYears: (.python, 17, "the format has no limit; EDTF's calendar has, and its errors say so")

    case .unknownEnds: (.edtf, 104, "an unknown end may be any day; ten years are a choice")
    case .significantYears: (.edtf, 85, "1950S2 may be any year from 1900 to 1999")
    case .winters: (.either, 28, "the months of seasons are left to users; EDTF's winter ends in February")
    case .negativeDigits: (.edtf, 7, "-19XX begins with -1999, within a set too; days always count forward")
    case .negativeZero: (.edtf, 1, "-0000 is no year; python-edtf refuses it too")
    case .unrealBounds: (.edtf, 2, "the last day of XXXX-02-29 is 9996-02-29; 9999 has none such")
    }
  }
}
