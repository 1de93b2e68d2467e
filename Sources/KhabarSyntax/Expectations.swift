/// A kind of names that may stand somewhere.
package enum NameKind: Hashable, Sendable {
  case actor, place, event, article, report, type, topic, context, publisher, field, function, binding
  case value(ofField: String)
  /// What `param` has named, where no other name may stand: for a number, for a duration.
  case number, duration
  /// A file with a table; a file with statements.
  case file, script

  init(_ entity: EntityNoun) {
    switch entity {
    case .event: self = .event
    case .actor: self = .actor
    case .place: self = .place
    case .article: self = .article
    }
  }
}

/// What may come next at a place in a text: for completion.
package struct Expectations: Hashable, Sendable {
  /// The word that has been begun there; empty where none has.
  package var partial: Span
  /// Spellings of the keywords that may stand there, in the language of the text around, in the table's order.
  package var keywords: [String]
  /// The kinds of names that may stand there.
  package var names: Set<NameKind>
  /// How to find out of what types an expression there may be; nil where it may be of any.
  package var trial: OperandTrial?
}

/// A stage with a gap. What may stand in the gap is what may stand at the cursor: `where score > ¦` for both.
package struct OperandTrial: Hashable, Sendable {
  package var before: String
  package var after: String

  /// The stage with an expression in it.
  package func stage(with operand: String) -> String { before + operand + after }
}

/// Notes what the parser asks for at the cursor. A class: every copy of a parser reports to one.
final class ExpectationListener {
  let cursor: Int
  private(set) var keywords: Set<Keyword> = []
  /// Words that finish a keyword of which the first words are there: `to` after `according`.
  private(set) var endings: [(text: String, isArabic: Bool)] = []
  private(set) var names: Set<NameKind> = []
  private(set) var trial: OperandTrial?
  private var isStopped = false

  init(cursor: Int) { self.cursor = cursor }

  func hear(_ kinds: Set<NameKind>, at position: Int) {
    if position == cursor, !isStopped { names.formUnion(kinds) }
  }

  /// The last one heard is the innermost.
  func hearTrial(_ before: String, _ after: String = "", at position: Int) {
    if position == cursor, !isStopped { trial = OperandTrial(before: before, after: after) }
  }

  func hear(_ keyword: Keyword, at position: Int, tokens: [Token]) {
    guard !isStopped, cursor - position < 3 else { return }
    if position == cursor {
      keywords.insert(keyword)
    } else if position < cursor {
      hearEnding(keyword, Array(tokens[position..<min(cursor, tokens.count)]))
    }
  }

  private func hearEnding(_ keyword: Keyword, _ begun: [Token]) {
    guard let row = keyword.row else { return }
    let words = begun.compactMap { token -> String? in
      if case .word(let text) = token.kind { return text }
      return nil
    }
    for spelling in row.english + row.arabic {
      if let rest = Keyword.remainder(of: spelling, after: words),
        !endings.contains(where: { $0.text == rest })
      {
        endings.append((rest, row.arabic.contains(spelling)))
      }
    }
  }

  /// After a mistake at the cursor, or before it, nothing more is asked for in earnest.
  func stop(at position: Int) {
    if position >= cursor { isStopped = true }
  }
}
