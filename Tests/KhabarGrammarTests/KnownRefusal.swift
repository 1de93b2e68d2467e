@testable import KhabarSyntax

/// A reason for which the parser refuses a sentence of the grammar: two readings fit, and a rule below the
/// productions takes the other one.
struct KnownRefusal: Sendable {
  var name: String
  /// The errors it may be refused with; empty for any.
  var ids: Set<String> = []
  private let holds: @Sendable (Context) -> Bool

  private struct Context: Sendable {
    let sentence: SentenceGenerator.Sentence
    let source: SourceText
    let tokens: [Token]
    /// Of the token that the error is at.
    let index: Int

    func keywords(_ offset: Int) -> [Keyword] {
      guard tokens.indices.contains(index + offset), case .word(let text) = tokens[index + offset].kind else {
        return []
      }
      return Keyword.keywords(spelledBy: text)
    }
  }

  func explains(
    _ diagnostic: Diagnostic, _ sentence: SentenceGenerator.Sentence, _ source: SourceText, _ tokens: [Token]
  ) -> Bool {
    guard ids.isEmpty || ids.contains(diagnostic.id) else { return false }
    let index = tokens.lastIndex { $0.span.lower <= diagnostic.span.lower } ?? 0
    return holds(Context(sentence: sentence, source: source, tokens: tokens, index: index))
  }

  private static func takesQuery(_ tokens: [Token], _ open: Int) -> Bool {
    guard open > 0, case .word(let name) = tokens[open - 1].kind else { return false }
    return !Set(Keyword.keywords(spelledBy: name)).isDisjoint(with: [.count, .exists, .value])
  }

  static let all = [
    // What a parenthesis holds is decided by the first thing in it that only one of the two has. So it is with the body
    // of a `def` and with an argument.
    KnownRefusal(name: "a parenthesis read the other way") { context in
      let parser = Parser(context.source, tokens: context.tokens)
      return context.sentence.parentheses.contains { parenthesis in
        guard let open = context.tokens.firstIndex(where: { $0.span.lower == parenthesis.offset }) else {
          return false
        }
        let isCounted = ["Call", "Arguments"].contains(parenthesis.owner)
        let mayBeEither =
          isCounted
          ? Self.takesQuery(context.tokens, open)
          : ["Operand", "Relation", "Def", "Argument"].contains(parenthesis.owner)
        return mayBeEither
          && [true, false].contains {
            parser.looksLikeQuery(at: open, default: $0, isCounted: isCounted) != parenthesis.isQuery
          }
      }
    },
    // `explain run` runs a query; `run` is a name only where none follows.
    KnownRefusal(name: "a run of nothing", ids: ["E0201", "E0202", "E0221"]) { context in
      context.keywords(-1).contains(.run)
    },
    // `f(meetings with A, B)` is one argument.
    KnownRefusal(name: "a query's own comma", ids: ["E0203", "E0204"]) { context in
      context.sentence.parentheses.contains { $0.owner == "Argument" && $0.isQuery }
    },
    // A parameter's name is given twice.
    KnownRefusal(name: "a parameter twice", ids: ["E0218"]) { context in
      context.tokens.prefix(context.index).contains { $0.kind == context.tokens[context.index].kind }
        && context.sentence.parentheses.contains { $0.owner == "Def" }
    },
    // `before about Armenia` is a time left out, although `about` is a field.
    KnownRefusal(name: "a clause in the place of a time", ids: ["E0206"]) { context in
      !context.keywords(0).filter { [.to, .within, .about].contains($0) }.isEmpty
    },
    // `where a and about b` is a condition and a clause.
    KnownRefusal(name: "a clause after `and`", ids: ["E0204", "E0205", "E0207", "E0213"]) { context in
      context.tokens.indices.contains { index in
        let offset = index - context.index
        return !Set(context.keywords(offset)).isDisjoint(with: [.to, .within, .about])
          && !Set(context.keywords(offset - 1)).isDisjoint(with: [.and, .not, .possibly])
      }
    },
    // `sequence by pair(meetings) then …` is the key `pair`, then a step.
    KnownRefusal(name: "a key before a step") { context in
      context.sentence.parentheses.contains { parenthesis in
        guard parenthesis.owner == "Arguments", parenthesis.isInKey,
          let open = context.tokens.firstIndex(where: { $0.span.lower == parenthesis.offset }), open > 0,
          case .word(let name) = context.tokens[open - 1].kind
        else { return false }
        let keywords = Keyword.keywords(spelledBy: name)
        return !keywords.isEmpty && !keywords.contains { $0.roles.contains(.function) }
      }
    },
  ]
}
