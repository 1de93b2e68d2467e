import EDTF
import KhabarSyntax

/// The values of one entry of a definition, read from left to right.
struct EntryReader {
  let field: Name
  /// Whether the entry ends in the word `background`: general knowledge adds what it says.
  let isBackground: Bool
  private var values: ArraySlice<Definition.Value>
  private let end: Span

  init(_ entry: Definition.Entry) {
    field = entry.field
    var values = entry.values[...]
    isBackground = values.last.map { $0.kind == .word("background") } ?? false
    if isBackground { values.removeLast() }
    self.values = values
    let last = entry.values.last?.span ?? entry.field.span
    end = entry.values.isEmpty ? entry.field.span : last
  }

  var isAtEnd: Bool { values.isEmpty }
  var next: Definition.Value? { values.first }
  /// Where to point for what comes next, or what is missing.
  var span: Span { values.first?.span ?? end }

  mutating func take() -> Definition.Value? { values.popFirst() }

  /// Takes the next value if it is this word.
  mutating func take(word: String) -> Bool {
    guard case .word(word)? = values.first?.kind else { return false }
    values.removeFirst()
    return true
  }

  /// Takes the next value if it is one of these words.
  mutating func take<Word: CaseIterable>(oneOf words: Word.Type, _ name: (Word) -> String) -> Word? {
    guard case .word(let text)? = values.first?.kind,
      let word = Word.allCases.first(where: { name($0) == text })
    else { return nil }
    values.removeFirst()
    return word
  }

  mutating func word(_ expected: String) throws(DefinitionFailure) -> (text: String, span: Span) {
    guard let value = values.first, case .word(let text) = value.kind else { throw unexpected(expected) }
    values.removeFirst()
    return (text, value.span)
  }

  mutating func string(_ expected: String = "a string in double quotes") throws(DefinitionFailure) -> String {
    guard let value = values.first, case .string(let text) = value.kind else { throw unexpected(expected) }
    values.removeFirst()
    return text
  }

  mutating func number(_ expected: String) throws(DefinitionFailure) -> NumberLiteral {
    guard let value = values.first, case .number(let number) = value.kind else { throw unexpected(expected) }
    values.removeFirst()
    return number
  }

  /// A year alone is a number for the lexer.
  mutating func time() throws(DefinitionFailure) -> EDTFTime {
    let expected = "a time, such as `2023-05-19`"
    switch values.first?.kind {
    case .time(let time)?:
      values.removeFirst()
      return time
    case .number(let number)?:
      guard let time = EDTFTime(number.text) else { throw unexpected(expected) }
      values.removeFirst()
      return time
    default: throw unexpected(expected)
    }
  }

  /// What stands here, against what was expected.
  func unexpected(_ expected: String) -> DefinitionFailure {
    DefinitionFailure(.wrongValue(found: found, expected: expected, span: span))
  }

  private var found: String {
    switch values.first?.kind {
    case nil: isBackground ? "`background`" : "the end of the entry"
    case .word(let text)?: "the word `\(text)`"
    case .string?: "a string"
    case .number(let number)?: "the number `\(number.text)`"
    case .time(let time)?: "the time `\(time)`"
    case .entries?: "a list of entries"
    }
  }
}

/// Ends the reading of one entry.
struct DefinitionFailure: Error {
  var error: DefinitionError
  init(_ error: DefinitionError) { self.error = error }
}
