// The grammar as data.
//
// What enters is the text of Grammar/khabar.ebnf; what leaves is its productions, in order and in sections, with the
// comments that belong to them (`GrammarReader`). Three things are made of it: a recognizer, which says whether tokens
// or characters are a sentence (`Recognizer`); sentences (`SentenceGenerator`); and the page of railroad diagrams
// (`RailroadPage`). So
//
//     Take ::= 'take' Whole
//
// accepts `take 3`, makes `take 17`, and is drawn as a line through a round and a square box.

/// What may stand on the right side of a production.
indirect enum Term: Hashable, Sendable {
  /// A B; of nothing, the empty text.
  case sequence([Term])
  /// A | B
  case choice([Term])
  /// A?
  case optional(Term)
  /// A*
  case many(Term)
  /// A+
  case some(Term)
  /// A - B
  case except(Term, Term)
  /// 'word'
  case quoted(String)
  /// Name
  case name(String)
  /// [a-z], #xA
  case characters(CharacterClass)
}

/// One character of, or not of, some ranges.
struct CharacterClass: Hashable, Sendable {
  /// As it is written.
  var text: String
  var ranges: [ClosedRange<UInt32>]
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isNegated
  }
}

/// NAME ::= TERM
struct Production: Hashable, Sendable {
  var name: String
  var term: Term
  /// The comments below it.
  var notes: [String] = []
  /// Its first line, counted from 1.
  var line: Int
}

/// What stands below `/* ---- TITLE ---- */`.
struct GrammarSection: Hashable, Sendable {
  var title: String
  var productions: [Production] = []
  /// The comments that belong to no single production.
  var notes: [String] = []
}

struct Grammar: Sendable {
  /// The comment at the top.
  var preamble = ""
  var sections: [GrammarSection] = []

  var productions: [Production] { sections.flatMap(\.productions) }

  subscript(name: String) -> Term? { productions.first { $0.name == name }?.term }
}

extension Term {
  var parts: [Term] {
    switch self {
    case .sequence(let terms), .choice(let terms): terms
    case .optional(let term), .many(let term), .some(let term): [term]
    case .except(let term, let excluded): [term, excluded]
    case .quoted, .name, .characters: []
    }
  }

  /// It and everything in it.
  var all: [Term] { [self] + parts.flatMap(\.all) }
}
