/// Reads the text of a time, a symbol a Unicode scalar, so that positions are offsets in the text.
///
/// No production contains itself, so that the parser has no recursion to bound.
struct EDTFParser {
  /// The text in ASCII: digits of all scripts that are read become 0 to 9, other foreign scalars `foreign`.
  private let symbols: [UInt8]
  private let scalars: [Unicode.Scalar]
  private(set) var position = 0

  private static let foreign: UInt8 = 0xFF

  init(_ text: some StringProtocol) {
    scalars = Array(text.unicodeScalars)
    symbols = scalars.map(Self.symbol)
  }

  private static func symbol(_ scalar: Unicode.Scalar) -> UInt8 {
    let value = scalar.value
    switch value {
    case 0..<0x80: return UInt8(truncatingIfNeeded: value)
    case 0x660...0x669: return UInt8(truncatingIfNeeded: value - 0x660 + 0x30)
    case 0x6F0...0x6F9: return UInt8(truncatingIfNeeded: value - 0x6F0 + 0x30)
    case 0x60C: return UInt8(ascii: ",")
    default: return foreign
    }
  }

  /// The symbol at the position, or after it; 0 beyond the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < symbols.count ? symbols[index] : 0
  }

  var isAtEnd: Bool { position >= symbols.count }

  mutating func advance() -> UInt8 {
    let symbol = peek()
    if !isAtEnd { position += 1 }
    return symbol
  }

  /// Passes over `symbol`, if it is next.
  mutating func accept(_ symbol: Unicode.Scalar) -> Bool {
    guard !isAtEnd, peek() == UInt8(ascii: symbol) else { return false }
    position += 1
    return true
  }

  /// Passes over `..`, if it is next.
  mutating func acceptDots() -> Bool {
    guard peek() == UInt8(ascii: "."), peek(1) == UInt8(ascii: ".") else { return false }
    position += 2
    return true
  }

  func fail(_ reason: EDTFError.Reason, from start: Int) -> EDTFError {
    EDTFError(reason: reason, offset: start, length: position - start)
  }

  /// The error that the next scalar is not what was expected.
  func unexpected(_ expected: String) -> EDTFError {
    let found = isAtEnd ? nil : scalars[position]
    return EDTFError(
      reason: .unexpected(found: found, expected: expected), offset: position, length: isAtEnd ? 0 : 1)
  }
}

extension EDTFParser {
  /// time = date [ time-of-day ] | interval | one-of | all-of .
  mutating func parseTime() throws(EDTFError) -> EDTFTime.Form {
    if isAtEnd { throw fail(.empty, from: 0) }
    let form: EDTFTime.Form
    if accept("[") {
      form = .oneOf(try parseMembers(until: "]"))
    } else if accept("{") {
      form = .allOf(try parseMembers(until: "}"))
    } else {
      form = try parseDateOrInterval()
    }
    if !isAtEnd { throw unexpected("the end of the time") }
    return form
  }

  /// date [ time-of-day ] | interval, where interval = end "/" end .
  private mutating func parseDateOrInterval() throws(EDTFError) -> EDTFTime.Form {
    let startPosition = position
    let start = try parseEnd()
    if case .date(var date) = start, isAtEnd || peek() == UInt8(ascii: "T") {
      let timePosition = position
      if !isAtEnd { date.time = try parseTimeOfDay(after: date) }
      if peek() == UInt8(ascii: "/") { throw fail(.timeWithinTime, from: timePosition) }
      return .date(date)
    }
    guard accept("/") else {
      if case .date = start { throw unexpected("'/' or the end of the time") }
      throw unexpected("'/' after an open end")
    }
    let end = try parseEnd()
    try refuseTimeOfDay()
    try checkOrder(from: start, through: end, at: startPosition)
    return .interval(start, end)
  }

  /// end = date | ".." | (nothing) .
  private mutating func parseEnd() throws(EDTFError) -> EDTFTime.IntervalEnd {
    if acceptDots() { return .open }
    if isAtEnd || peek() == UInt8(ascii: "/") { return .unknown }
    return .date(try parseDate())
  }

  func checkOrder(
    from start: EDTFTime.IntervalEnd, through end: EDTFTime.IntervalEnd, at position: Int
  ) throws(EDTFError) {
    guard case .date(let start) = start, case .date(let end) = end,
      end.extent.upperBound < start.extent.lowerBound
    else { return }
    throw fail(.reversed, from: position)
  }

  /// Intervals and sets are made of dates.
  func refuseTimeOfDay() throws(EDTFError) {
    if peek() == UInt8(ascii: "T") {
      throw EDTFError(reason: .timeWithinTime, offset: position, length: 1)
    }
  }
}
