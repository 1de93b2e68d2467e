/// How many columns a string takes on a terminal, and strings cut or filled to a number of columns.
///
/// The rule is the one terminals and `wcwidth` share, taken by grapheme cluster: combining marks, controls and
/// format characters take no column; East Asian wide and fullwidth characters and emoji take two; everything
/// else takes one. A cluster is as wide as its scalars together, except an emoji sequence (a flag, a skin tone, a
/// family joined by ZWJ), which is one picture of two columns. An Arabic letter takes one column: terminals that
/// shape do not contract lam-alef, and neither do we.
///
/// `wcwidth` itself is not used: it answers by a locale that may be missing, and by the Unicode version of the
/// machine's C library. The standard library knows the general categories; only the wide ranges are written here.
package enum DisplayWidth {
  package enum Alignment: Sendable { case left, right, center }

  /// The columns that `text` takes. A tab or a newline takes none: whoever draws them decides what they are.
  package static func of(_ text: String) -> Int {
    if VisibleText.isPlain(text) { return text.utf8.count }
    var columns = 0
    var hasSequences = false
    for scalar in text.unicodeScalars {
      if joinsEmoji(scalar) {
        hasSequences = true
        break
      }
      columns += of(scalar)
    }
    guard hasSequences else { return columns }
    return text.reduce(0) { $0 + of($1) }
  }

  package static func of(_ text: Substring) -> Int { of(String(text)) }

  /// The columns of one grapheme cluster.
  package static func of(_ cluster: Character) -> Int {
    let scalars = cluster.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count > 1, isEmojiSequence(scalars, first: first) { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  /// The columns of a scalar that stands alone.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300, 0x620...0x64A: 1
    case 0..<0x20, 0x7F..<0xA0, 0xAD: 0
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: 0  // Hangul vowels and finals join the consonant before them
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2: 1  // signs around numbers: Cf, yet visible
    default: isInvisible(scalar) ? 0 : isWide(scalar) ? 2 : 1
    }
  }

  /// `text` with spaces to fill `columns`; as it is where it is wider.
  package static func pad(_ text: String, to columns: Int, alignment: Alignment = .left) -> String {
    let missing = columns - of(text)
    guard missing > 0 else { return text }
    switch alignment {
    case .left: return text + spaces(missing)
    case .right: return spaces(missing) + text
    case .center: return spaces(missing / 2) + text + spaces(missing - missing / 2)
    }
  }

  /// The longest beginning of `text` that fits into `columns`, with `…` for what was cut. Never splits a cluster.
  package static func truncate(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    return prefix(of: text, columns: columns - 1) + "…"
  }

  /// The longest beginning of `text` that fits into `columns`.
  package static func prefix(of text: String, columns: Int) -> Substring {
    var used = 0
    var end = text.startIndex
    for index in text.indices {
      used += of(text[index])
      if used > columns { break }
      end = text.index(after: index)
    }
    return text[..<end]
  }

  package static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  // MARK: - Scalars

  /// Scalars that can make the cluster's width differ from the sum of its scalars' widths.
  private static func joinsEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200D, 0x20E3, 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }

  /// A flag, a keycap, an emoji with a modifier, a picture asked for by VS16, or emoji joined by ZWJ.
  private static func isEmojiSequence(
    _ scalars: Character.UnicodeScalarView, first: Unicode.Scalar
  ) -> Bool {
    guard first.properties.isEmoji else { return false }
    return scalars.dropFirst().contains(where: joinsEmoji)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator, .surrogate:
      true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    return wideRanges.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
  }

  /// East_Asian_Width W and F of Unicode 17 (EastAsianWidth.txt), without the emoji, which their own property
  /// tells. Ranges run on over unassigned code points inside a block.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x3041...0x3247,  // kana, bopomofo, Hangul compatibility letters, enclosed CJK
    0x3250...0xA4C6,  // enclosed CJK, ideographs, Yi
    0xAC00...0xD7A3,  // Hangul syllables
    0x1100...0x115F,  // Hangul initials
    0x2329...0x232A,  // angle brackets
    0x2630...0x2637,  // trigrams
    0x268A...0x268F,  // monograms, digrams
    0x2E80...0x303E,  // radicals, CJK punctuation
    0xA960...0xA97C,  // Hangul initials, extended
    0xF900...0xFAFF,  // compatibility ideographs
    0xFE10...0xFE6B,  // vertical and small forms
    0xFF01...0xFF60,  // fullwidth forms
    0xFFE0...0xFFE6,  // fullwidth signs
    0x16FE0...0x18DF2,  // Tangut, Khitan
    0x1AFF0...0x1B2FB,  // kana, extended; Nüshu
    0x1D300...0x1D376,  // Tai Xuan Jing, counting rods
    0x1F200...0x1F265,  // enclosed ideographs
    0x20000...0x3FFFD,  // ideographs, planes 2 and 3
  ]
}
