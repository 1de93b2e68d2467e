import KhabarText

extension Parser {
  /// What a word becomes where it is written as a field: itself, or the English of a keyword; nil where it is no field
  /// there, or no single word.
  package static func fieldName(_ word: String) -> String? {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: word))
    guard tokens.diagnostics.isEmpty, tokens.tokens.count == 2, case .word(word)? = tokens.tokens.first?.kind
    else { return nil }
    var parser = Parser(SourceText(name: "", text: word), tokens: tokens.tokens)
    let isOther =
      parser.at(role: .literal) != nil || parser.at(.not) || parser.at(.possibly) || parser.at(.today)
    guard !isOther, parser.atOperandWord else { return nil }
    return parser.takeOperandName().text
  }

  /// A field's name for a text that may be none: what cannot stand in a word becomes `_`, and `_` stands before a digit
  /// and after a word that means something else: `GDP per head` is `GDP_per_head`, `2030` is `_2030`, `by` is `by_`.
  /// nil where nothing is left.
  package static func fieldName(for text: String) -> String? {
    if fieldName(text) != nil { return text }
    let parts = text.unicodeScalars.split { !Lexer.isWordPart($0) || $0 == "_" }
    guard let first = parts.first?.first else { return nil }
    let name = parts.map { String(String.UnicodeScalarView($0)) }.joined(separator: "_")
    let word = Lexer.isWordStart(first) ? name : "_" + name
    return fieldName(word) == nil ? word + "_" : word
  }

  /// What two names have in common that mean the same field: it is written in any case, and in both languages.
  package static func fieldKey(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map { part in
      // After a dot every word is a field: `t.by` is what stands as `by_` alone.
      Folding.fold(fieldName(String(part)) ?? fieldName("\(part)_") ?? String(part))
    }.joined(separator: ".")
  }
}
