import KhabarText

extension Parser {
  /// What may come next at a UTF-8 offset of a text.
  package static func expectations(in text: String, atOffset offset: Int) -> Expectations {
    let utf8 = Array(text.utf8)
    var end = min(max(0, offset), utf8.count)
    while end > 0, end < utf8.count, utf8[end] & 0xC0 == 0x80 { end -= 1 }
    let source = SourceText(name: "", text: String(decoding: utf8[..<end], as: UTF8.self))
    var tokens = Lexer.tokens(of: source).tokens
    let partial = takePartial(&tokens, source)
    let listener = ExpectationListener(cursor: tokens.count - 1)
    var parser = Parser(source, tokens: tokens)
    parser.listener = listener
    parser.listen()
    return expectations(listener, partial, isArabic: isArabic(before: end, in: source))
  }

  /// Whether a text can be the beginning of a script: nothing is wrong with it, or would be if it went on in one of
  /// the ways in which words go on that cannot stand alone.
  package static func canGoOn(from text: String) -> Bool {
    func isRight(_ text: String, before end: Int) -> Bool {
      let errors = parse(SourceText(name: "", text: text)).diagnostics.filter { $0.severity == .error }
      return !errors.contains { $0.span.lower < end }
    }
    return isRight(text, before: text.utf8.count) || endings.contains { isRight(text + $0, before: .max) }
  }

  /// `events not`, `explain run`, `every`, `sequence by place`, `path`
  private static let endings = [
    " in x", " x", " (x)", " (x) then (x)", " sequence (x) then (x)", " from x to x", " = x",
  ]

  private static func expectations(
    _ listener: ExpectationListener, _ partial: Span, isArabic: Bool
  ) -> Expectations {
    let endings = listener.endings.filter { $0.isArabic == isArabic }.map(\.text)
    let keywords = Keyword.rows.filter { listener.keywords.contains($0.keyword) }
    let texts = keywords.compactMap { isArabic ? $0.arabic.first : $0.english.first }
    return Expectations(
      partial: partial, keywords: endings + texts, names: listener.names, trial: listener.trial)
  }

  /// Takes away the word or the open string that ends at the cursor, and a line end before it.
  private static func takePartial(_ tokens: inout [Token], _ source: SourceText) -> Span {
    let end = source.utf8.count
    let isOpen = Lexer.run(source, range: Span(0, end)).endsOpen
    if isOpen, tokens.count > 2, tokens[tokens.count - 2].kind == .invalid {
      tokens.remove(at: tokens.count - 2)
    }
    guard tokens.count > 1, let last = tokens.dropLast().last, last.span.upper == end else {
      return Span(end, end)
    }
    switch last.kind {
    case .word:
      tokens.remove(at: tokens.count - 2)
      return last.span
    case .string where isOpen:
      tokens.remove(at: tokens.count - 2)
      return last.span
    default: return Span(end, end)
    }
  }

  /// Reads every statement; the listener hears what is asked for at the end.
  private mutating func listen() {
    while true {
      while atNewline || at(.semicolon) { position += 1 }
      do throws(Failure) {
        let statement = try parseStatement()
        _ = statement
      } catch {}
      if atEnd { return }
      skipStatement()
      if atEnd { return }
    }
  }

  /// The script of the last letter before the cursor.
  private static func isArabic(before end: Int, in source: SourceText) -> Bool {
    let text = String(decoding: source.utf8[..<end], as: UTF8.self)
    let letter = text.unicodeScalars.reversed().first { $0.properties.isAlphabetic }
    return letter.map { (0x600...0x6FF).contains($0.value) || (0x750...0x77F).contains($0.value) } ?? false
  }
}

extension Keyword {
  /// The rest of a spelling whose first words are `words`.
  static func remainder(of spelling: String, after words: [String]) -> String? {
    let parts = spelling.split(separator: " ")
    guard !words.isEmpty, parts.count > words.count else { return nil }
    for (part, word) in zip(parts, words) where Folding.fold(part) != Folding.fold(word) { return nil }
    return parts.dropFirst(words.count).joined(separator: " ")
  }
}
