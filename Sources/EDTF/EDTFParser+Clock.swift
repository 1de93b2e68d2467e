extension EDTFParser {
  /// time-of-day = "T" hour ":" minute ":" second [ zone ] .
  mutating func parseTimeOfDay(after date: EDTFDate) throws(EDTFError) -> EDTFDate.TimeOfDay {
    let start = position
    _ = advance()
    if !date.hasDay || date.hasUnspecifiedDigits || !date.qualifiers.all.isEmpty {
      throw fail(.timeWithoutDay, from: start)
    }
    let hour = try parseClockPart("an hour", limit: 23)
    try expectColon()
    let minute = try parseClockPart("a minute", limit: 59)
    try expectColon()
    let second = try parseClockPart("a second", limit: 60)
    return EDTFDate.TimeOfDay(hour: hour, minute: minute, second: second, zone: try parseZone())
  }

  /// zone = "Z" | ( "+" | "-" ) hour [ ":" minute ] .
  private mutating func parseZone() throws(EDTFError) -> EDTFDate.Zone {
    if accept("Z") { return .utc }
    let start = position
    let isNegative = peek() == UInt8(ascii: "-")
    guard accept("+") || accept("-") else { return .local }
    let hours = Int(try parseClockPart("a zone's hour", limit: 23))
    let hasMinutes = accept(":")
    let minutes = hasMinutes ? Int(try parseClockPart("a zone's minute", limit: 59)) : 0
    if isNegative, hours == 0, minutes == 0 { throw fail(.negativeZero, from: start) }
    let sign = isNegative ? -1 : 1
    return hasMinutes
      ? .minutes(Int16(truncatingIfNeeded: sign * (hours * 60 + minutes)))
      : .hours(Int8(truncatingIfNeeded: sign * hours))
  }

  private mutating func parseClockPart(_ part: String, limit: UInt8) throws(EDTFError) -> UInt8 {
    let start = position
    guard let tens = acceptKnownDigit(), let ones = acceptKnownDigit() else {
      throw unexpected("\(part) of two digits")
    }
    let value = tens * 10 + ones
    if value > limit { throw fail(.clock(part, Int(value), limit: Int(limit)), from: start) }
    return value
  }

  private mutating func expectColon() throws(EDTFError) {
    if !accept(":") { throw unexpected("':' and a time of day such as 23:20:30") }
  }
}
