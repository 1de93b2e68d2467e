/// Text made safe to show on a terminal: what cannot be seen is spelled out, so that data can neither move the
/// cursor nor reorder the line nor hide.
///
///     ESC [ 3 1 m   →  ␛[31m          U+202E  →  <U+202E>          a newline  →  ␊
package enum VisibleText {
  /// `text` with every control and invisible character spelled out.
  ///
  /// Joiners and variation selectors inside a cluster stay: they choose a letter's form. With `keepsMarks` the
  /// direction marks (U+200E, U+200F, U+061C) stay too: real Arabic text has them, and they only ever act as a
  /// letter of no width.
  package static func escape(_ text: String, keepsMarks: Bool = false) -> String {
    if isPlain(text) || !text.unicodeScalars.contains(where: isSuspect) { return text }
    var result = ""
    for cluster in text { result += escape(cluster, keepsMarks: keepsMarks) }
    return result
  }

  /// Several lines, each made safe to show; tabs, too, are their author's.
  package static func escapeLines(_ text: String) -> String {
    if isPlain(text) { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
        .map { escape(String($0), keepsMarks: true) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// Whether all of `text` is printable ASCII.
  package static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// One cluster of `escape(_:)`.
  package static func escape(_ cluster: Character, keepsMarks: Bool = false) -> String {
    var result = ""
    var follows = false
    for scalar in cluster.unicodeScalars {
      if isSuspect(scalar), !(follows && joins(scalar)), !(keepsMarks && isMark(scalar)) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
      follows = true
    }
    return result
  }

  /// `␛` for a C0 control, `<U+202E>` for anything else.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: "\u{2421}"
    default: "<\(codePoint(scalar))>"
    }
  }

  /// `U+202E`
  package static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  package static func isSuspect(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.value {
    case 0xA0..<0xAD, 0xAE..<0x34F, 0x620...0x6DC: return false
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2: return false  // visible though of category Cf
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return false  // variation selectors
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// The joiners, and the tags that spell a region's flag.
  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D, 0x34F, 0xE0020...0xE007F: true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x200E || scalar.value == 0x200F || scalar.value == 0x61C
  }
}
