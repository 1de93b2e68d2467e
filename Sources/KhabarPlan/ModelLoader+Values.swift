import EDTF
import KhabarModel
import KhabarSyntax

// The values that several kinds of definitions share.

extension ModelLoader {
  /// `en "…" ar "…"`; a string without a tag is in English.
  mutating func readTexts(
    _ reader: inout EntryReader, into texts: inout LocalizedText
  ) throws(DefinitionFailure) {
    repeat {
      let span = reader.span
      var language = "en"
      if case .word(let tag)? = reader.next?.kind {
        guard let canonical = LanguageTag.canonical(tag) else {
          throw DefinitionFailure(.wrongLanguage(tag, span: span))
        }
        language = canonical
        _ = reader.take()
      }
      let text = try reader.string("a language tag and a string, such as `en \"…\"`")
      if texts[language] != nil { throw DefinitionFailure(.repeatedLanguage(language, span: span)) }
      texts.entries.append(LocalizedText.Entry(language: language, text: text))
    } while startsText(reader)
  }

  private func startsText(_ reader: EntryReader) -> Bool {
    switch reader.next?.kind {
    case .string?: true
    // What follows a title or a gist is one of these words; a language is anything else.
    case .word(let word)?: !["of", "since", "until"].contains(word)
    default: false
    }
  }

  /// `"…" "…"`
  func readStrings(_ reader: inout EntryReader, into strings: inout [String]) throws(DefinitionFailure) {
    repeat { strings.append(try reader.string()) } while !reader.isAtEnd
  }

  /// An id of a record of that kind.
  mutating func readReference(_ kind: EntityKind, _ reader: inout EntryReader) throws(DefinitionFailure)
    -> Int32
  {
    let id = try reader.word("the id of \(DefinitionError.article(kind.name))")
    if let index = indices[kind]?[id.text] { return index }
    throw DefinitionFailure(unknown(id.text, kind, id.span))
  }

  /// Ids to the end of the entry. An unknown one is reported and the others are read.
  mutating func readReferences(
    _ kind: EntityKind, _ reader: inout EntryReader, _ add: (Int32, Span) -> Void
  ) throws(DefinitionFailure) {
    repeat {
      let span = reader.span
      let id = try reader.word("the id of \(DefinitionError.article(kind.name))").text
      if let index = indices[kind]?[id] { add(index, span) } else { report(unknown(id, kind, span)) }
    } while !reader.isAtEnd
  }

  private func unknown(_ id: String, _ kind: EntityKind, _ span: Span) -> DefinitionError {
    let other = indices.keys.sorted { $0.rawValue < $1.rawValue }.first { indices[$0]?[id] != nil }
    let known = isSuggesting ? (indices[kind] ?? [:]).keys.sorted() : []
    return .unknownReference(
      id, kind: kind.name, suggestions: Spelling.nearest(to: id, in: known),
      note: other.map { "`\(id)` is \(DefinitionError.article($0.name))" }, span: span)
  }

  /// `[in ARTICLE]`, else the article last defined above.
  mutating func readArticle(
    _ reader: inout EntryReader, default article: Int32? = nil
  ) throws(DefinitionFailure) -> Int32 {
    if reader.take(word: "in") { return try readReference(.article, &reader) }
    let article = article ?? self.article
    if article < 0 { throw DefinitionFailure(.noArticle(span: reader.span)) }
    return article
  }

  /// `[in ARTICLE] 1 2 5`
  mutating func readLines(
    _ reader: inout EntryReader, into citations: inout [Citation]
  ) throws(DefinitionFailure) {
    let article = try readArticle(&reader)
    repeat {
      citations.append(Citation(article: article, line: try readLine(&reader)))
    } while !reader.isAtEnd
  }

  /// `line N [span LO HI]`
  func readCitation(_ reader: inout EntryReader, _ article: Int32) throws(DefinitionFailure) -> Citation {
    guard reader.take(word: "line") else { throw reader.unexpected("`line` and its number") }
    var citation = Citation(article: article, line: try readLine(&reader))
    let span = reader.span
    guard reader.take(word: "span") else { return citation }
    citation.lower = try readOffset(&reader)
    citation.upper = try readOffset(&reader)
    if citation.lower >= citation.upper {
      throw DefinitionFailure(.emptySpan(lower: Int(citation.lower), upper: Int(citation.upper), span: span))
    }
    return citation
  }

  func readLine(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int32 {
    let number = try reader.number("the number of a line")
    guard let line = Int32(exactly: number.value), line > 0 else {
      throw DefinitionFailure(.wrongLine(number.text, span: number.span))
    }
    return line
  }

  private func readOffset(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int32 {
    let before = reader
    let expected = "an offset: whole characters from the start of the text"
    let number = try reader.number(expected)
    guard let offset = Int32(exactly: number.value), offset >= 0 else { throw before.unexpected(expected) }
    return offset
  }

  /// ISO 3166-1 alpha-2; whether the code is assigned is not checked.
  func readCountry(_ reader: inout EntryReader) throws(DefinitionFailure) -> String {
    let (text, span) = try reader.word("a country code, such as `MD`")
    let isCode = text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0 & ~0x20) }
    if !isCode { throw DefinitionFailure(.wrongCountry(text, span: span)) }
    return text.uppercased()
  }

  /// A word of a closed list.
  func readWord<Word: CaseIterable>(
    _ kind: String, _ reader: inout EntryReader, _ name: (Word) -> String
  ) throws(DefinitionFailure) -> Word {
    let (text, span) = try reader.word("\(DefinitionError.article(kind))")
    if let word = Word.allCases.first(where: { name($0) == text }) { return word }
    throw DefinitionFailure(.unknownWord(text, of: kind, words: Word.allCases.map(name), span: span))
  }
}

package enum LanguageTag {
  /// A BCP 47 tag by its shape, with the language in small letters: `en`, `zh-Hant`, `sr-Latn-RS`.
  package static func canonical(_ tag: String) -> String? {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    guard let language = parts.first, (2...3).contains(language.utf8.count),
      language.utf8.allSatisfy(isLetter)
    else { return nil }
    let rest = parts.dropFirst()
    guard
      rest.allSatisfy({
        (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      })
    else { return nil }
    return ([language.lowercased()] + rest.map(String.init)).joined(separator: "-")
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
