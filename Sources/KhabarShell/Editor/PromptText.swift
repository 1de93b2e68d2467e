/// A prompt cut into what shows and the escape sequences (colours) before each piece of it.
///
/// libedit's way of writing colours has holes: a sequence must be followed by a visible character, two in a row
/// print garbage, a last one is lost, a newline breaks the line count. So sequences in a row become one, and a last
/// one gets a space to stand before.
struct PromptText: Equatable {
  private(set) var visible: [Unicode.Scalar] = []
  /// For libedit: sequences between \u{1}.
  private(set) var marked: [Unicode.Scalar] = []
  private var pending: [Unicode.Scalar] = []

  init(_ text: String, colours: Bool) {
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" {
        let sequence = PromptText.takeSequence(&rest)
        if colours { pending += [scalar] + sequence }
      } else {
        show(scalar)
      }
    }
    if !pending.isEmpty { show(" ") }
  }

  private mutating func show(_ scalar: Unicode.Scalar) {
    let isBlank = scalar == "\n" || scalar == "\t" || scalar == "\r"
    let shown: Unicode.Scalar = isBlank ? " " : scalar
    guard shown.value >= 0x20, shown.value != 0x7F, shown.columns > 0, shown.columns < 3 else { return }
    if !pending.isEmpty {
      marked += ["\u{1}"] + pending + ["\u{1}"]
      pending = []
    }
    marked.append(shown)
    visible.append(shown)
  }

  /// `[1;32m`: up to the letter that ends it.
  static func takeSequence(_ rest: inout Substring.UnicodeScalarView) -> [Unicode.Scalar] {
    guard rest.first == "[" else { return [] }
    var sequence: [Unicode.Scalar] = []
    while let scalar = rest.popFirst() {
      sequence.append(scalar)
      if scalar != "[", ("@"..."~").contains(scalar) { break }
    }
    return sequence
  }
}
