import EDTF

// Where a time begins and ends.
//
// A run of digits is a number; it is a time when something shows it to be one: a year of four digits with `-` and
// digits after it, an unspecified digit (`201X`), a qualifier (`2023~`), an interval's stroke between two years, a
// time of day. What has the shape of a time is a time, right or wrong: `2023-02-30` is reported as a wrong date and
// never read as a subtraction. `2023` alone is a number, which the resolver reads as a year where it has to be one.

extension Lexer {
  /// A run of characters that times are made of, in ASCII, with their places in the text.
  private struct Run {
    var characters: [UInt8] = []
    var offsets: [Int] = []

    subscript(_ index: Int) -> UInt8 { index >= 0 && index < characters.count ? characters[index] : 0 }
    func isDigit(_ index: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index]) }
    func isUnit(_ index: Int) -> Bool { isDigit(index) || self[index] == UInt8(ascii: "X") }
    func isQualifier(_ index: Int) -> Bool {
      [UInt8(ascii: "~"), UInt8(ascii: "?"), UInt8(ascii: "%")].contains(self[index])
    }
    func has(_ text: StaticString, at index: Int) -> Bool {
      let text = Array("\(text)".utf8)
      return text.indices.allSatisfy { self[index + $0] == text[$0] }
    }
  }

  /// Longer runs are no times; the bound keeps the scan linear.
  private static let longestRun = 160

  /// The digits 0 to 9, ٠ to ٩ and ۰ to ۹, as ASCII.
  static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x30...0x39: UInt8(scalar.value)
    case 0x660...0x669: UInt8(scalar.value - 0x660 + 48)
    case 0x6F0...0x6F9: UInt8(scalar.value - 0x6F0 + 48)
    default: nil
    }
  }

  // MARK: - Numbers

  /// Number ::= Digit+ ([.٫] Digit+)?
  mutating func scanNumber() -> Bool {
    let start = offset
    var text = scanDigits()
    guard !text.isEmpty else { return false }
    if let (scalar, next) = scalar(at: offset), scalar == "." || scalar == "٫",
      let digit = self.scalar(at: next)?.scalar, Self.digit(digit) != nil
    {
      offset = next
      text += [UInt8(ascii: ".")] + scanDigits()
    }
    let string = String(decoding: text, as: UTF8.self)
    if let value = Double(string), value.isFinite {
      add(.number(value, text: string), from: start)
    } else {
      report(.numberTooLarge, start, offset)
      add(.number(0, text: "0"), from: start)
    }
    return true
  }

  private mutating func scanDigits() -> [UInt8] {
    var digits: [UInt8] = []
    while let (scalar, next) = scalar(at: offset), let digit = Self.digit(scalar) {
      digits.append(digit)
      offset = next
    }
    return digits
  }

  // MARK: - Times

  /// A time, if one begins here.
  mutating func scanTime() -> Bool {
    guard let first = scalar(at: offset)?.scalar, mayStartTime(first) else { return false }
    let run = run(from: offset)
    guard let length = timeLength(run), length > 0 else { return false }
    let start = offset
    offset = run.offsets[length]
    let isDotted = !run.has("..", at: 0) && isDotted(run, length)
    addTime(Array(run.characters[..<length]), Array(run.offsets[...length]), from: start, isDotted: isDotted)
    return true
  }

  private func mayStartTime(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "Y", "X", "~", "?", "%", "؟", "٪": true
    case ".", "/", "-": isAfterBlank
    default: Self.digit(scalar) != nil
    }
  }

  private var isAfterBlank: Bool {
    guard offset > 0 else { return true }
    switch utf8[offset - 1] {
    case UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"):
      return true
    case UInt8(ascii: "{"): return quotesAreEscaped
    case 0x8C: return offset > 1 && utf8[offset - 2] == 0xD8  // ،
    case 0xA0: return offset > 1 && utf8[offset - 2] == 0xC2  // no-break space
    default: return false
    }
  }

  private func run(from start: Int) -> Run {
    var run = Run()
    var position = start
    while run.characters.count < Self.longestRun, let (scalar, next) = scalar(at: position) {
      guard let character = Self.timeCharacter(scalar) else { break }
      run.characters.append(character)
      run.offsets.append(position)
      position = next
    }
    run.offsets.append(position)
    return run
  }

  private static func timeCharacter(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "X", "Y", "E", "S", "T", "Z", ":", ".", "/", "~", "?", "%", "+", "-": UInt8(ascii: scalar)
    case "؟": UInt8(ascii: "?")
    case "٪": UInt8(ascii: "%")
    default: digit(scalar)
    }
  }

  /// How much of the run is a time; nil when it is none.
  ///
  /// Time ::= Date | (Date | '..' | '') '/' (Date | '..' | '')
  private func timeLength(_ run: Run) -> Int? {
    var position = 0
    var isCertain = false
    if run.has("../", at: 0) || run.has("/", at: 0) {
      position = run.has("/", at: 0) ? 0 : 2
      guard date(run, from: position + 1) != nil || (position == 2 && run.has("..", at: 3)) else {
        return nil
      }
      isCertain = true
    } else {
      guard let date = date(run, from: 0) else { return nil }
      position = date.end
      isCertain = date.isCertain
    }
    if run[position] == UInt8(ascii: "/"), let end = secondEnd(run, from: position + 1, isCertain: isCertain)
    {
      return end
    }
    if run.has("..", at: position), run.isDigit(position + 2) {
      return date(run, from: position + 2)?.end ?? nil
    }
    return isCertain && !isWordPart(after: position, in: run) ? position : nil
  }

  private func secondEnd(_ run: Run, from start: Int, isCertain: Bool) -> Int? {
    if run.has("..", at: start), run[start + 2] != UInt8(ascii: ".") { return start + 2 }
    if let date = date(run, from: start) { return date.end }
    if isCertain, run.isUnit(start) {
      var position = start
      while run.isUnit(position) || (run[position] == UInt8(ascii: "-") && run.isUnit(position + 1)) {
        position += 1
      }
      return position
    }
    let isAtEnd = start == run.characters.count && endsInterval(at: run.offsets[start])
    return isAtEnd ? start : nil
  }

  /// Whether an interval may end with its stroke before this place (`2020/`).
  private func endsInterval(at position: Int) -> Bool {
    guard let scalar = scalar(at: position)?.scalar else { return true }
    return scalar.properties.isWhitespace || [")", "|", ",", ";", "،", "؛", "}", "#"].contains(scalar)
  }

  private func isWordPart(after position: Int, in run: Run) -> Bool {
    guard run.offsets.indices.contains(position), let scalar = scalar(at: run.offsets[position])?.scalar
    else {
      return false
    }
    return [UInt8(ascii: "X"), UInt8(ascii: "Y")].contains(run[0]) && Self.isWordPart(scalar)
  }

  private func isDotted(_ run: Run, _ length: Int) -> Bool {
    (0..<length).contains { run.has("..", at: $0) && run[$0 - 1] != UInt8(ascii: "/") }
  }

  /// Date ::= Qualifier? ('-'? Unit{4} | 'Y' '-'? Digit+ ('E' Digit+)?) ('S' Digit+)? Qualifier?
  ///          ('-' Qualifier? Unit+ Qualifier?)* ('T' [0-9:Z+-]+)?
  ///
  /// `isCertain` when it cannot be a plain number.
  private func date(_ run: Run, from start: Int) -> (end: Int, isCertain: Bool)? {
    var position = start
    if run.isQualifier(position) { position += 1 }
    guard let year = year(run, from: position) else { return nil }
    var isCertain = year.isCertain || position > start
    position = year.end
    if run[position] == UInt8(ascii: "S"), run.isDigit(position + 1) {
      position = digits(run, from: position + 1)
      isCertain = true
    }
    while run.isQualifier(position) {
      position += 1
      isCertain = true
    }
    while let next = component(run, from: position) {
      position = next
      isCertain = true
    }
    if isCertain, run[position] == UInt8(ascii: "T"), run.isDigit(position + 1) {
      position = timeOfDay(run, from: position + 1)
    }
    return (position, isCertain)
  }

  private func year(_ run: Run, from start: Int) -> (end: Int, isCertain: Bool)? {
    var position = start
    if run[position] == UInt8(ascii: "Y") {
      position += run[position + 1] == UInt8(ascii: "-") ? 2 : 1
      let end = digits(run, from: position)
      let hasExponent = run[end] == UInt8(ascii: "E") && run.isDigit(end + 1)
      guard end > position, end - position > 4 || hasExponent || run[end] == UInt8(ascii: "S") else {
        return nil
      }
      return (hasExponent ? digits(run, from: end + 1) : end, true)
    }
    if run[position] == UInt8(ascii: "-") { position += 1 }
    guard (0..<4).allSatisfy({ run.isUnit(position + $0) }), !run.isUnit(position + 4) else { return nil }
    let isUnspecified = (0..<4).contains { !run.isDigit(position + $0) }
    return (position + 4, isUnspecified)
  }

  private func component(_ run: Run, from start: Int) -> Int? {
    guard run[start] == UInt8(ascii: "-") else { return nil }
    var position = start + 1
    if run.isQualifier(position) { position += 1 }
    guard run.isUnit(position) else { return nil }
    while run.isUnit(position) { position += 1 }
    if run.isQualifier(position) { position += 1 }
    return position
  }

  private func timeOfDay(_ run: Run, from start: Int) -> Int {
    var position = start
    while true {
      switch run[position] {
      case UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        guard run.isDigit(position + 1) else { return position }
        position += 1
      case UInt8(ascii: "Z"): position += 1
      default:
        guard run.isDigit(position) else { return position }
        position += 1
      }
    }
  }

  private func digits(_ run: Run, from start: Int) -> Int {
    var position = start
    while run.isDigit(position) { position += 1 }
    return position
  }

  // MARK: - Sets

  /// Set ::= '[' … ']' | '{' … '}'      on one line; blanks are ignored
  mutating func scanSet(opening: Unicode.Scalar) {
    let start = offset
    let closing: Unicode.Scalar = opening == "[" ? "]" : "}"
    var characters: [UInt8] = [UInt8(ascii: opening)]
    var offsets = [start]
    var position = start + 1
    while let (scalar, next) = scalar(at: position), let character = Self.setCharacter(scalar) {
      if character != UInt8(ascii: " ") {
        characters.append(character)
        offsets.append(position)
      }
      position = next
    }
    if let (scalar, next) = scalar(at: position), scalar == closing {
      offset = next
      addTime(characters + [UInt8(ascii: closing)], offsets + [position, next], from: start, isDotted: false)
    } else {
      skipOpenSet(from: start, closing: closing)
    }
  }

  /// A set without an end, or with something in it that is no time.
  private mutating func skipOpenSet(from start: Int, closing: Unicode.Scalar) {
    var position = start + 1
    var firstWrong: Int?
    while let (scalar, next) = scalar(at: position), scalar != "\n", scalar != "\r", scalar != "|",
      scalar != "#"
    {
      if scalar == closing, let wrong = firstWrong {
        let found = self.scalar(at: wrong).map { String(Character($0.scalar)) } ?? ""
        offset = next
        report(
          .wrongTime(text: text(start, next), reason: "`\(found)` is no part of a set"), wrong,
          wrong + found.utf8.count)
        return add(.time(.day(0)), from: start)
      }
      if firstWrong == nil, Self.setCharacter(scalar) == nil { firstWrong = position }
      if scalar == "[" || scalar == "{" { break }
      position = next
    }
    offset = firstWrong ?? position
    if position >= end { endsOpen = true }
    if isAfterInvalid(start) { return }
    report(.unclosedSet(open: text(start, start + 1)), start, start + 1)
    add(.time(.day(0)), from: start)
    add(.invalid, from: offset)
  }

  private static func setCharacter(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case ",", "،": UInt8(ascii: ",")
    case " ", "\t", "\u{A0}": UInt8(ascii: " ")
    default: timeCharacter(scalar)
    }
  }

  /// The time itself is EDTF's business; where it fails, EDTF says why and where.
  private mutating func addTime(_ characters: [UInt8], _ offsets: [Int], from start: Int, isDotted: Bool) {
    let normalized = String(decoding: characters, as: UTF8.self)
    do throws(EDTFError) {
      add(.time(try EDTFTime(parsing: normalized)), from: start)
    } catch {
      let lower = offsets[min(max(0, error.offset), offsets.count - 1)]
      let last = min(max(0, error.offset + max(1, error.length)), offsets.count - 1)
      let upper = max(offsets[last], min(lower + 1, offset))
      let text = text(start, offset)
      if isDotted {
        report(.dottedInterval(text: text), start, offset)
      } else {
        report(.wrongTime(text: text, reason: error.message), lower, upper)
      }
      add(.time(.day(0)), from: start)
    }
  }
}
