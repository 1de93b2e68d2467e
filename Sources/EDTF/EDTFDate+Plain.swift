extension EDTFDate {
  /// Reads `2023`, `2023-05` or `2023-05-19` in ASCII digits, which most times are; nil for anything else,
  /// right or wrong, which the parser then reads.
  init?(plain text: some StringProtocol) {
    let parsed = text.utf8.withContiguousStorageIfAvailable { Self(plain: $0) }
    guard let date = parsed ?? nil else { return nil }
    self = date
  }

  private init?(plain text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 10 || text.count == 7 || text.count == 4,
      let year = Self.number(text[0..<4])
    else { return nil }
    self.year = Year(magnitude: year)
    if text.count == 4 { return }
    guard text[4] == UInt8(ascii: "-"), let month = Self.number(text[5..<7]), 1...12 ~= month else {
      return nil
    }
    self.month = TwoDigits(value: UInt8(truncatingIfNeeded: month))
    if text.count == 7 { return }
    guard text[7] == UInt8(ascii: "-"), let day = Self.number(text[8..<10]),
      day >= 1, day <= CalendarDay.daysInMonth(year: year, month: month)
    else { return nil }
    self.day = TwoDigits(value: UInt8(truncatingIfNeeded: day))
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var number = 0
    for digit in digits {
      guard 0x30...0x39 ~= digit else { return nil }
      number = number * 10 + Int(digit &- 0x30)
    }
    return number
  }
}
