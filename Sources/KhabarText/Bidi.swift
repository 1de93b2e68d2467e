/// Keeping columns on terminals that reorder right-to-left text (UAX #9): what stands between FSI and PDI is
/// ordered by itself, and to the rest of the line it is one neutral character. Neither takes a column.
package enum Bidi {
  package static let firstStrongIsolate = "\u{2068}"
  package static let popDirectionalIsolate = "\u{2069}"

  /// `text` between FSI and PDI if it has a right-to-left letter; else as it is.
  package static func isolate(_ text: String) -> String {
    hasRightToLeft(text)
      ? firstStrongIsolate + text + popDirectionalIsolate : text
  }

  /// `text` with each phrase of right-to-left words between FSI and PDI: what stands between phrases, as quotes and
  /// commas do, keeps its place in the line.
  package static func isolateRuns(_ text: String) -> String {
    guard hasRightToLeft(text) else { return text }
    var result = ""
    var run = ""
    var blanks = ""
    func flush() {
      result += (run.isEmpty ? "" : firstStrongIsolate + run + popDirectionalIsolate) + blanks
      run = ""
      blanks = ""
    }
    for cluster in text {
      if isRightToLeft(cluster), !["،", "؛", "؟"].contains(cluster) {
        run += blanks + String(cluster)
        blanks = ""
      } else if cluster == " ", !run.isEmpty {
        blanks.append(cluster)
      } else {
        flush()
        result.append(cluster)
      }
    }
    flush()
    return result
  }

  /// Whether what is written in a language, by its BCP 47 tag, runs from right to left.
  package static func runsFromRightToLeft(language: String) -> Bool {
    ["ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"].contains(
      String(language.prefix { $0 != "-" }).lowercased())
  }

  /// Whether some letter of a text runs from right to left.
  package static func hasRightToLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains { isRightToLeft($0) }
  }

  /// Whether the cluster's first character is a right-to-left letter.
  package static func isRightToLeft(_ cluster: Character) -> Bool {
    cluster.unicodeScalars.first.map(isRightToLeft) ?? false
  }

  /// Letters of classes R and AL, by block; the digits of Arabic run left to right.
  package static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x590, 0x660...0x66C, 0x6F0...0x6F9: false
    case 0x590...0x8FF, 0xFB1D...0xFDCF, 0xFDF0...0xFDFF, 0xFE70...0xFEFE: true
    case 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
