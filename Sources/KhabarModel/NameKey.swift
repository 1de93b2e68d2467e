import KhabarText

/// The form in which names are compared: folded, with one space where a hyphen or an underscore stands, and
/// without apostrophes, which transliterations set and drop at will.
package enum NameKey {
  package static func key(_ text: String) -> String {
    plainKey(text).map { String(decoding: $0, as: UTF8.self) } ?? foldedKey(text)
  }

  /// The key by way of `Folding`, of which the other is a short cut.
  static func foldedKey(_ text: String) -> String {
    var key = ""
    var endsWord = false
    for scalar in Folding.fold(text).unicodeScalars {
      if scalar == " " || scalar == "-" || scalar == "_" {
        endsWord = true
      } else if scalar != "'" {
        if endsWord, !key.isEmpty { key.unicodeScalars.append(" ") }
        endsWord = false
        key.unicodeScalars.append(scalar)
      }
    }
    return key
  }

  /// Most texts are of ASCII and of the letters, vowel signs and digits of Arabic itself, whose folding needs no table; nil
  /// where this one is not.
  static func plainKey(_ text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { utf8 in
      var key: [UInt8] = []
      key.reserveCapacity(utf8.count)
      var endsWord = false
      var index = 0
      while index < utf8.count {
        let first = utf8[index]
        index += 1
        var folded: Folded
        if first < 0x80 {
          folded = fold(ascii: first)
        } else if first & 0xFC == 0xD8, index < utf8.count {
          // Two bytes, from U+0600 on.
          folded = fold(arabic: UInt32(first & 0x1F) << 6 | UInt32(utf8[index] & 0x3F))
          index += 1
        } else {
          return nil
        }
        switch folded {
        case .nothing: continue
        case .blank: endsWord = true
        case .unknown: return nil
        case .letter(let letter):
          if endsWord, !key.isEmpty { key.append(UInt8(ascii: " ")) }
          endsWord = false
          if letter < 0x80 {
            key.append(UInt8(letter))
          } else {
            key.append(UInt8(0xC0 | letter >> 6))
            key.append(UInt8(0x80 | letter & 0x3F))
          }
        }
      }
      return key
    }
  }

  private enum Folded {
    case letter(UInt32)
    case blank, nothing, unknown
  }

  private static func fold(ascii byte: UInt8) -> Folded {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter(UInt32(byte | 0x20))
    case UInt8(ascii: "'"), UInt8(ascii: "`"): .nothing
    case UInt8(ascii: "_"), UInt8(ascii: "-"), 0x20, 0x09...0x0D: .blank
    default: .letter(UInt32(byte))
    }
  }

  /// As `Folding` has it.
  private static func fold(arabic scalar: UInt32) -> Folded {
    switch scalar {
    case 0x622, 0x623, 0x625: .letter(0x627)
    case 0x624, 0x626: .letter(0x621)
    case 0x629: .letter(0x647)
    case 0x649: .letter(0x64A)
    case 0x640, 0x64B...0x653: .nothing
    case 0x621...0x64A: .letter(scalar)
    case 0x660...0x669: .letter(scalar - 0x630)
    default: .unknown
    }
  }
}
