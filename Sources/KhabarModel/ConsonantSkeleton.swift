/// What is left of a name across scripts: its consonants in rough classes, without vowels and doubling.
/// `Lavrov`, `لافروف` and `Лавров` are all `lfrf`. Good enough to guess by, and for nothing else: suggestions
/// and completion.
enum ConsonantSkeleton {
  enum Script: UInt8 { case latin, arabic, cyrillic, other }

  /// The script of the first letter; Latin if there is none.
  static func script(_ text: some StringProtocol) -> Script {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: return .latin
      case 0x620...0x65F, 0x66E...0x6EF, 0x6FA...0x77F: return .arabic
      case 0x400...0x52F: return .cyrillic
      case 0x250...0x5FF, 0x780...: return .other
      default: continue
      }
    }
    return .latin
  }

  /// The skeleton of a folded text, its words set apart by spaces. A vowel is kept, as `a`, where a word
  /// starts with it.
  static func skeleton(_ folded: some StringProtocol) -> [UInt8] {
    var skeleton: [UInt8] = []
    var previous: UInt32 = 0x20
    for scalar in folded.unicodeScalars {
      defer { previous = scalar.value }
      if scalar.value == previous { continue }
      if let pair = pair(previous, scalar.value), !skeleton.isEmpty {
        skeleton.removeLast()
        // As in German sch, whose s has been taken for itself.
        if skeleton.last != pair { skeleton.append(pair) }
        continue
      }
      let letter = scalar.value < letters.count ? letters[Int(scalar.value)] : 0
      switch letter {
      case 0: continue
      case vowel where previous != 0x20: continue
      default: skeleton.append(letter)
      }
    }
    return skeleton
  }

  /// The skeleton, and that without the Arabic article if the text starts with what may be one.
  static func skeletons(_ folded: some StringProtocol) -> [[UInt8]] {
    let whole = skeleton(folded)
    let mayHaveArticle = folded.unicodeScalars.starts(with: "ال".unicodeScalars) && whole.count > 3
    return mayHaveArticle ? [whole, Array(whole.dropFirst(2))] : [whole]
  }

  private static let vowel = UInt8(ascii: "a")

  /// Two letters for one consonant: sh, ch, zh, kh, gh, th, dh, ph, ts, tz, and Arabic's t and s for the
  /// latter.
  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt8? {
    switch (first, second) {
    case (0x73, 0x68), (0x63, 0x68), (0x7A, 0x68), (0x74, 0x73), (0x74, 0x7A), (0x62A, 0x633):
      UInt8(ascii: "s")
    case (0x6B, 0x68), (0x67, 0x68), (0x63, 0x6B): UInt8(ascii: "k")
    case (0x74, 0x68), (0x64, 0x68): UInt8(ascii: "t")
    case (0x70, 0x68): UInt8(ascii: "f")
    default: nil
    }
  }

  /// The class of each letter by its scalar; 0: it has none.
  private static let letters: [UInt8] = {
    var letters = [UInt8](repeating: 0, count: 0x780)
    let classes: [(UInt8, String)] = [
      (UInt8(ascii: " "), " "), (vowel, "aeiouwyəاويعءаеиоуыэюяіәө"), (UInt8(ascii: "b"), "bpبپбп"),
      (UInt8(ascii: "t"), "tdتثدذطضтд"), (UInt8(ascii: "k"), "kqgcxخكقغگкгх"), (UInt8(ascii: "f"), "fvفڤвф"),
      (UInt8(ascii: "s"), "szjسصشزژظجچзсцчшщж"), (UInt8(ascii: "l"), "lлل"), (UInt8(ascii: "r"), "rрر"),
      (UInt8(ascii: "m"), "mмم"), (UInt8(ascii: "n"), "nнن"), (UInt8(ascii: "h"), "hحه"),
    ]
    for (letter, spellings) in classes {
      for scalar in spellings.unicodeScalars where scalar.value < letters.count {
        letters[Int(scalar.value)] = letter
      }
    }
    return letters
  }()
}
