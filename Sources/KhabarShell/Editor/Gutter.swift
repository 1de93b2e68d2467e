/// What stands before each further line of a statement while it is edited: the continuation prompt, as characters
/// of the edited text.
///
/// Whatever a key does to a gutter, the statement comes out right: a whole one is taken out after its newline, and
/// of a damaged one the box-drawing characters, which no statement has a use for, wherever they are.
struct Gutter: Equatable {
  let scalars: [Unicode.Scalar]

  init(continuation: String) {
    scalars = PromptText.withoutSequences(continuation).filter {
      $0 == "\t" || ($0.value >= 0x20 && $0.columns == 1)
    }
  }

  /// A newline with the gutter of the line it begins.
  var lineBreak: [Unicode.Scalar] { ["\n"] + scalars }

  /// As a prompt: tabs as spaces.
  var prompt: String {
    var text = ""
    for scalar in scalars {
      if scalar == "\t" {
        text += String(repeating: " ", count: 8 - text.unicodeScalars.count % 8)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The statement in an edited text.
  func plain(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    let text = Array(text)
    var statement: [Unicode.Scalar] = []
    statement.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let scalar = text[index]
      index += 1
      if !isDrawn(scalar) { statement.append(scalar) }
      if scalar == "\n", text[index...].starts(with: scalars) { index += scalars.count }
    }
    return statement
  }

  /// A statement as it is edited.
  func edited(_ statement: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    statement.flatMap { $0 == "\n" ? lineBreak : [$0] }
  }

  private func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    (0x2500...0x257F).contains(scalar.value) && scalars.contains(scalar)
  }
}

extension PromptText {
  static func withoutSequences(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" { _ = takeSequence(&rest) } else { result.append(scalar) }
    }
    return result
  }
}
