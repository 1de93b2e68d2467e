extension EDTFTime: CustomStringConvertible {
  /// The canonical text: ASCII digits, no spaces, qualifiers in the shortest place. Reading it gives this
  /// time.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    switch form {
    case .date(let date): date.write(to: &text)
    case .interval(let start, let end):
      start.write(to: &text)
      text.append(UInt8(ascii: "/"))
      end.write(to: &text)
    case .oneOf(let members): Self.write(members, between: "[", "]", to: &text)
    case .allOf(let members): Self.write(members, between: "{", "}", to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func write(
    _ members: [SetMember], between open: Unicode.Scalar, _ close: Unicode.Scalar, to text: inout [UInt8]
  ) {
    text.append(UInt8(ascii: open))
    for (index, member) in members.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      member.write(to: &text)
    }
    text.append(UInt8(ascii: close))
  }
}

extension EDTFTime.IntervalEnd {
  fileprivate func write(to text: inout [UInt8]) {
    switch self {
    case .date(let date): date.write(to: &text)
    case .open: text.append(contentsOf: "..".utf8)
    case .unknown: break
    }
  }
}

extension EDTFTime.SetMember {
  fileprivate func write(to text: inout [UInt8]) {
    if case .date(let date) = self { return date.write(to: &text) }
    start?.write(to: &text)
    text.append(contentsOf: "..".utf8)
    end?.write(to: &text)
  }
}

extension EDTFDate {
  /// A qualifier after a component holds for it and for all to its left, one before it for it alone. The
  /// longest run of equally qualified components from the left takes the first form, the others the second.
  func write(to text: inout [UInt8]) {
    let group =
      qualifiers.year.isEmpty ? 0 : (0..<components).prefix { qualifiers[$0] == qualifiers.year }.count
    for component in 0..<components {
      if component > 0 { text.append(UInt8(ascii: "-")) }
      if component >= group, let symbol = qualifiers[component].symbol { text.append(symbol) }
      switch component {
      case 0: year.write(to: &text)
      case 1: month.write(to: &text)
      default: day.write(to: &text)
      }
      if component == group - 1, let symbol = qualifiers.year.symbol { text.append(symbol) }
    }
    time?.write(to: &text)
  }
}

extension EDTFDate.Year {
  fileprivate func write(to text: inout [UInt8]) {
    if notation != .fourDigits { text.append(UInt8(ascii: "Y")) }
    if isNegative { text.append(UInt8(ascii: "-")) }
    switch notation {
    case .fourDigits: writeFourDigits(to: &text)
    case .long: text.append(contentsOf: String(magnitude).utf8)
    case .exponential(let exponent):
      text.append(contentsOf: "\(Self.unscaled(magnitude, by: exponent))E\(exponent)".utf8)
    }
    if significantDigits > 0 { text.append(contentsOf: "S\(significantDigits)".utf8) }
  }

  private static func unscaled(_ magnitude: Int, by exponent: UInt8) -> Int {
    (0..<exponent).reduce(magnitude) { rest, _ in rest / 10 }
  }

  private func writeFourDigits(to text: inout [UInt8]) {
    var unit = 1000
    for place in (0..<4).reversed() {
      let isUnspecified = unspecified & (1 << place) != 0
      text.append(isUnspecified ? UInt8(ascii: "X") : digitCode(magnitude / unit))
      unit /= 10
    }
  }
}

extension EDTFDate.TwoDigits {
  fileprivate func write(to text: inout [UInt8]) {
    text.append(unspecified & 2 != 0 ? UInt8(ascii: "X") : digitCode(Int(value) / 10))
    text.append(unspecified & 1 != 0 ? UInt8(ascii: "X") : digitCode(Int(value)))
  }
}

extension EDTFDate.TimeOfDay {
  fileprivate func write(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "T"))
    writeClock([Int(hour), Int(minute), Int(second)], to: &text)
    switch zone {
    case .local: break
    case .utc: text.append(UInt8(ascii: "Z"))
    case .hours(let hours):
      text.append(UInt8(ascii: hours < 0 ? "-" : "+"))
      writeClock([Int(hours.magnitude)], to: &text)
    case .minutes(let minutes):
      text.append(UInt8(ascii: minutes < 0 ? "-" : "+"))
      writeClock([Int(minutes.magnitude) / 60, Int(minutes.magnitude) % 60], to: &text)
    }
  }

  /// `23:20:30`
  private func writeClock(_ parts: [Int], to text: inout [UInt8]) {
    for (index, part) in parts.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ":")) }
      text.append(digitCode(part / 10))
      text.append(digitCode(part))
    }
  }
}

/// The ASCII code of a number's last digit.
private func digitCode(_ number: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10) }
