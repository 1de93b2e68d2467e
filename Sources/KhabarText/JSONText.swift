/// Texts as strings of JSON (RFC 8259).
package enum JSONText {
  /// Appends `text` as a JSON string. Beyond what JSON asks, escapes what a terminal or JavaScript would obey: C1
  /// controls, bidi embeddings and isolates, and the line and paragraph separators.
  package static func quote(_ text: String, into result: inout String) {
    result += "\""
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      result += text
    } else {
      for scalar in text.unicodeScalars { append(scalar, to: &result) }
    }
    result += "\""
  }

  package static func quoted(_ text: String) -> String {
    var result = ""
    quote(text, into: &result)
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0x22: result += "\\\""
    case 0x5C: result += "\\\\"
    case 0x0A: result += "\\n"
    case 0x0D: result += "\\r"
    case 0x09: result += "\\t"
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: result += escape(scalar)
    default: result.unicodeScalars.append(scalar)
    }
  }

  /// `\u202e`, for a scalar of the first plane.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
