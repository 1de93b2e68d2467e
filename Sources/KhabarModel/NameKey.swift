import KhabarText

/// The form in which names are compared: folded, with one space where a hyphen or an underscore stands, and
/// without apostrophes, which transliterations set and drop at will.
package enum NameKey {
  package static func key(_ text: String) -> String {
    if let ascii = asciiKey(text) { return ascii }
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

  /// Most ids need no more than this.
  private static func asciiKey(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "'"): continue
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "):
        if let last = bytes.last, last != UInt8(ascii: " ") { bytes.append(UInt8(ascii: " ")) }
      default: return nil
      }
    }
    if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
