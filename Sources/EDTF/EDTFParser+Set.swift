extension EDTFParser {
  /// one-of = "[" members "]" .   all-of = "{" members "}" .   members = member { "," member } .
  mutating func parseMembers(until close: Unicode.Scalar) throws(EDTFError) -> [EDTFTime.SetMember] {
    var members: [EDTFTime.SetMember] = []
    repeat {
      members.append(try parseMember(isFirst: members.isEmpty))
    } while accept(",")
    guard accept(close) else { throw unexpected("',' or '\(close)'") }
    return members
  }

  /// member = date | date ".." date , and ".." date as the first, date ".." as the last.
  private mutating func parseMember(isFirst: Bool) throws(EDTFError) -> EDTFTime.SetMember {
    let start = position
    if acceptDots() {
      if !isFirst { throw fail(.rangeWithoutStart, from: start) }
      return .upTo(try parseMemberDate())
    }
    let first = try parseMemberDate()
    let dots = position
    guard acceptDots() else { return .date(first) }
    if peek() == UInt8(ascii: ",") { throw fail(.rangeWithoutEnd, from: dots) }
    if isAtEnd || "]}".utf8.contains(peek()) { return .from(first) }
    let last = try parseMemberDate()
    try checkOrder(from: .date(first), through: .date(last), at: start)
    guard let range = EDTFRange(from: first, through: last) else { throw fail(.range, from: start) }
    return .range(range)
  }

  private mutating func parseMemberDate() throws(EDTFError) -> EDTFDate {
    let date = try parseDate()
    try refuseTimeOfDay()
    return date
  }
}
