import KhabarText

/// Arabic writes ل (to, of) together with the word after it: `وفقا لأرمينيا`. Where a keyword of several words ends with ل,
/// the letter is cut off the word that follows, so that the parser finds the keyword and a name.
enum Clitics {
  private static let letter = "ل"

  /// The first words of the keywords that end with the letter.
  private static let heads: Set<String> = Set(
    Keyword.rows.flatMap(\.arabic).compactMap { spelling in
      let words = spelling.split(separator: " ")
      return words.count == 2 && words[1] == letter ? Folding.fold(words[0]) : nil
    })

  static func split(_ tokens: [Token]) -> [Token] {
    guard tokens.contains(where: isSplit(after: tokens)) else { return tokens }
    var result: [Token] = []
    for token in tokens {
      if let last = result.last, let (preposition, name) = parts(token, after: last) {
        result += [preposition, name]
      } else {
        result.append(token)
      }
    }
    return result
  }

  /// Whether there is anything to split: texts in other scripts are left alone at once.
  private static func isSplit(after tokens: [Token]) -> (Token) -> Bool {
    { token in
      guard case .word(let text) = token.kind, let first = text.utf8.first, first >= 0xD8 else {
        return false
      }
      return heads.contains(Folding.fold(text))
    }
  }

  /// `لأرمينيا` is `ل` and `أرمينيا`; `للكرملين` is `ل` and `الكرملين`.
  private static func parts(_ token: Token, after last: Token) -> (Token, Token)? {
    guard case .word(let head) = last.kind, case .word(let text) = token.kind, text.hasPrefix(letter),
      text.unicodeScalars.count > 2, heads.contains(Folding.fold(head))
    else { return nil }
    let rest = String(text.unicodeScalars.dropFirst())
    let name = rest.hasPrefix(letter) ? "ا" + rest : rest
    let cut = token.span.lower + letter.utf8.count
    return (
      Token(.word(letter), span: Span(token.span.lower, cut)),
      Token(.word(name), span: Span(cut, token.span.upper))
    )
  }
}
