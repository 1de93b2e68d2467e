import KhabarText

// How single words, strings and keywords are written.

extension SyntaxPrinter {
  /// The keyword as the language spells it.
  func word(_ keyword: Keyword) -> String {
    switch language {
    case .english: keyword.english
    case .arabic: keyword.arabic
    }
  }

  /// A keyword that the tree holds by its English spelling.
  func word(english text: String) -> String { Keyword(rawValue: text).map(word) ?? text }

  /// A word that the parser turns into English where it stands: a field, a function, a noun of an event type.
  func word(_ name: Name, as roles: Keyword.Roles) -> String {
    guard language == .arabic, !name.isQuoted, let keyword = Keyword.english(name.text, as: roles) else {
      return print(name)
    }
    // A word that a field is compared with has no article: الحالة = مخططة.
    return keyword.roles.isSubset(of: [.adjective, .value, .mark]) ? keyword.arabicIndefinite : word(keyword)
  }

  /// Whether the last word of a text and the first one of the next spell a keyword.
  func runsTogether(_ text: String, _ next: String) -> Bool {
    guard let first = next.split(separator: " ").first else { return false }
    return !Keyword.keywords(spelledBy: "\(Self.lastWord(of: text)) \(first)").isEmpty
  }

  /// A keyword and what follows it, in a spelling that the next word does not go on: `until published` is no `as of`.
  func joined(_ english: String, _ next: String) -> String {
    let usual = word(english: english)
    guard runsTogether(usual, next), let row = Keyword(rawValue: english)?.row else {
      return "\(usual) \(next)"
    }
    let spellings = language == .english ? row.english : row.arabic
    return "\(spellings.first { !runsTogether($0, next) } ?? usual) \(next)"
  }

  static func lastWord(of text: String) -> Substring {
    text.split { $0 == " " || $0 == "-" }.last ?? ""
  }

  /// Whether the lexer reads `text` as one word.
  package static func isWord(_ text: String) -> Bool {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: text))
    guard tokens.diagnostics.isEmpty, tokens.tokens.count == 2 else { return false }
    return tokens.tokens.first?.kind == .word(text)
  }

  /// A name as it can be typed anywhere: bare if it is a word that means nothing else, else quoted.
  package static func name(_ text: String) -> String {
    isWord(text) && !Keyword.mustBeQuoted(text) ? text : SyntaxPrinter().quote(text)
  }

  // MARK: - Strings

  /// A string with its quotes, in characters that can be seen. Inside an interpolation the quotes are escaped, so a
  /// quote in the text takes its code point.
  package func quote(_ text: String) -> String {
    let mark = isInsideString ? "\\\"" : "\""
    return mark + text.unicodeScalars.reduce(into: "") { $0 += escape($1) } + mark
  }

  private func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return isInsideString ? Self.codePoint(scalar) : "\\\""
    case "\\": return "\\\\"
    case "{", "}": return isInsideString ? Self.codePoint(scalar) : String(Character(scalar))
    case "\n": return "\\n"
    case "\t": return "\\t"
    default: break
    }
    let isUnseen = Lexer.isReordering(scalar) || Self.isControl(scalar)
    return isUnseen ? Self.codePoint(scalar) : String(Character(scalar))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: scalar == "\u{FEFF}" || scalar == "\u{FFFD}"
    }
  }

  /// `\u{202E}`
  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  // MARK: - Interpolations

  /// `"{count(meetings)} meetings"`; braces of the text itself are doubled.
  func print(_ interpolation: Interpolation) -> String {
    let parts = interpolation.parts.map { part in
      switch part {
      case .text(let text):
        text.unicodeScalars.reduce(into: "") { $0 += Self.isBrace($1) ? "\($1)\($1)" : escape($1) }
      case .expression(let expression): embedded(expression)
      }
    }
    return "\"" + parts.joined() + "\""
  }

  /// A set's own braces keep a distance, or they would be doubled ones.
  private func embedded(_ expression: Expression) -> String {
    let text = insideString.print(expression)
    return "{" + (text.hasPrefix("{") ? " " : "") + text + (text.hasSuffix("}") ? " }" : "}")
  }

  private static func isBrace(_ scalar: Unicode.Scalar) -> Bool { scalar == "{" || scalar == "}" }

  private var insideString: SyntaxPrinter {
    var printer = self
    printer.isInsideString = true
    return printer
  }
}
