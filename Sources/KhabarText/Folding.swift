/// Text as names are compared: what enters is a name as somebody spelled it, what leaves is a spelling that every
/// variant of it shares.
///
///     Erdoğan, ERDOGAN        → erdogan          أُذربيجان, اذربيجان     → اذربيجان
///     Nagorno‑Karabakh        → nagorno-karabakh  ٢٠٢٣, 2023            → 2023
///
/// Ignored are case; diacritics of Latin, Greek and Cyrillic letters; Arabic vowel signs and tatweel; the
/// spellings أ إ آ ٱ ا, ى ي ی, ة ه, ؤ ئ ء, ك ک; marks of direction and joining; and which blank, hyphen or apostrophe
/// was typed. Folding is idempotent. It is not Unicode normalization: the simplification is a table of the
/// precomposed letters of living alphabets, so that nothing heavier than the standard library is needed.
package enum Folding {
  /// The folded spelling of `text`.
  package static func fold(_ text: some StringProtocol) -> String {
    if let folded = foldASCII(text) { return folded }
    var result = String.UnicodeScalarView()
    var blankIsPending = false
    for scalar in text.unicodeScalars {
      let folded = foldArabic(scalar)
      if folded == ignored { continue }
      if folded == nil, scalar.properties.isWhitespace {
        blankIsPending = !result.isEmpty
        continue
      }
      if folded == nil, isIgnored(scalar) { continue }
      if blankIsPending {
        result.append(" ")
        blankIsPending = false
      }
      if let folded { result.append(folded) } else { append(scalar, to: &result) }
    }
    return String(result)
  }

  /// Stands for nothing.
  private static let ignored: Unicode.Scalar = "\0"

  /// The letters, vowel signs and digits of Arabic itself, which need no table either; nil for all else.
  private static func foldArabic(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x622, 0x623, 0x625: "ا"
    case 0x624, 0x626: "ء"
    case 0x629: "ه"
    case 0x649: "ي"
    case 0x640, 0x64B...0x653: ignored
    case 0x621...0x64A: scalar
    case 0x660...0x669: Unicode.Scalar(scalar.value - 0x630)
    default: nil
    }
  }

  /// Most names are plain ASCII, and need no table; nil when this one is not.
  private static func foldASCII(_ text: some StringProtocol) -> String? {
    if text.utf8.allSatisfy(isFolded) { return String(text) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var blankIsPending = false
    for byte in text.utf8 {
      guard byte < 0x80 else { return nil }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        blankIsPending = !bytes.isEmpty
        continue
      }
      if blankIsPending {
        bytes.append(0x20)
        blankIsPending = false
      }
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "`"): bytes.append(UInt8(ascii: "'"))
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isFolded(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    if scalar.value == 0x654 { return addHamza(to: &result) }
    for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isIgnored(lower) {
      if let base = FoldingTable.bases[lower] {
        result.append(contentsOf: base.unicodeScalars)
      } else if lower.value < 0x80 || FoldingTable.letters[lower] == nil {
        result.append(lower == "`" ? "'" : lower)
      } else if let letter = FoldingTable.letters[lower] {
        result.append(letter)
      }
    }
  }

  /// A combining hamza makes و and ي what ؤ and ئ are; over an alef it is ignored, as in أ.
  private static func addHamza(to result: inout String.UnicodeScalarView) {
    guard let last = result.last, last == "و" || last == "ي" else { return }
    result.removeLast()
    result.append("ء")
  }

  /// Whether folding drops the scalar: marks on letters, and what has no width.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0xAD: false
    case 0xAD, 0x61C, 0x640, 0xFEFF: true
    case 0x300...0x36F, 0x483...0x487, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      true
    case 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7: true
    case 0x610...0x61A, 0x64B...0x653, 0x655...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4: true
    case 0x6E7, 0x6E8, 0x6EA...0x6ED, 0x8CA...0x8E1, 0x8E3...0x8FF: true
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFE00...0xFE0F: true
    default: false
    }
  }
}
