/// Text inside HTML, SVG and XML.
package enum Markup {
  /// `text` as it stands between tags and in attributes in double quotes. What XML has no place for (controls other than
  /// tab and line breaks, and U+FFFE and U+FFFF) is spelled out as `VisibleText` does.
  package static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "&quot;"
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x09, 0x0A, 0x0D: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: result += VisibleText.escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
