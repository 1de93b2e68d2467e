/// Reads the notation of the W3C's XML recommendation, section 6.
struct GrammarReader {
  struct Mistake: Error, CustomStringConvertible {
    var line: Int
    var problem: String
    var description: String { "khabar.ebnf:\(line): \(problem)" }
  }

  private let text: [Unicode.Scalar]
  private var position = 0
  private var grammar = Grammar()

  static func read(_ text: String) throws -> Grammar {
    var reader = GrammarReader(text: Array(text.unicodeScalars))
    try reader.readGrammar()
    return reader.grammar
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  // MARK: - Productions

  private mutating func readGrammar() throws {
    while true {
      try skipBlanks()
      guard current != nil else { return }
      let start = line
      guard let name = takeName() else { throw mistake("expected a name") }
      try skipBlanks()
      guard take("::=") else { throw mistake("expected `::=` after `\(name)`") }
      let section = grammar.sections.count - 1
      guard section >= 0 else { throw mistake("`\(name)` stands in no section") }
      let term = try readChoice()
      grammar.sections[section].productions.append(
        Production(name: name, term: term, notes: notes, line: start))
      notes = []
    }
  }

  // MARK: - Terms

  /// Choice ::= Sequence ('|' Sequence)*
  private mutating func readChoice() throws -> Term {
    var alternatives = [try readSequence()]
    while try skipBlanks(), take("|") { alternatives.append(try readSequence()) }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  /// Sequence ::= Difference*
  private mutating func readSequence() throws -> Term {
    var terms: [Term] = []
    while try skipBlanks(), startsTerm { terms.append(try readDifference()) }
    return terms.count == 1 ? terms[0] : .sequence(terms)
  }

  /// Difference ::= Repeated ('-' Repeated)?
  private mutating func readDifference() throws -> Term {
    let term = try readRepeated()
    guard try skipBlanks(), take("-") else { return term }
    try skipBlanks()
    return .except(term, try readRepeated())
  }

  /// Repeated ::= Primary ('?' | '*' | '+')?
  private mutating func readRepeated() throws -> Term {
    let term = try readPrimary()
    if take("?") { return .optional(term) }
    if take("*") { return .many(term) }
    return take("+") ? .some(term) : term
  }

  /// Primary ::= '(' Choice ')' | Quoted | Class | CodePoint | Name
  private mutating func readPrimary() throws -> Term {
    let start = position
    if take("(") {
      let inner = try readChoice()
      guard take(")") else { throw mistake("expected `)`") }
      return inner
    }
    if take("'") {
      while let next = current, next != "'", next != "\n" { position += 1 }
      let quoted = string(start + 1, position)
      guard !quoted.isEmpty, take("'") else { throw mistake("expected `'` after a word") }
      return .quoted(quoted)
    }
    if take("[") { return .characters(try readClass(from: start)) }
    if take("#x") {
      let value = try takeCodePoint()
      return .characters(CharacterClass(text: string(start, position), ranges: [value...value]))
    }
    guard let name = takeName() else { throw mistake("expected a term") }
    return .name(name)
  }

  /// Class ::= '[' '^'? (Character ('-' Character)?)+ ']'        a `]` or `-` that comes first is itself
  private mutating func readClass(from start: Int) throws -> CharacterClass {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while current != "]" || ranges.isEmpty {
      let lower = try takeClassCharacter()
      var upper = lower
      if current == "-", peek(1) != "]" {
        position += 1
        upper = try takeClassCharacter()
      }
      guard lower <= upper else { throw mistake("a range that ends before it starts") }
      ranges.append(lower...upper)
    }
    position += 1
    return CharacterClass(text: string(start, position), ranges: ranges, isNegated: isNegated)
  }

  private mutating func takeClassCharacter() throws -> UInt32 {
    if take("#x") { return try takeCodePoint() }
    guard let scalar = current, scalar != "\n" else { throw mistake("expected `]`") }
    position += 1
    return scalar.value
  }

  private mutating func takeCodePoint() throws -> UInt32 {
    let start = position
    while let scalar = current, scalar.properties.isASCIIHexDigit { position += 1 }
    guard let value = UInt32(string(start, position), radix: 16) else { throw mistake("expected digits") }
    return value
  }

  // MARK: - Characters

  private var current: Unicode.Scalar? { peek(0) }
  private var line: Int { 1 + text[..<position].count { $0 == "\n" } }

  private func peek(_ count: Int) -> Unicode.Scalar? {
    position + count < text.count ? text[position + count] : nil
  }

  private func string(_ lower: Int, _ upper: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[lower..<upper])
    return String(view)
  }

  private func mistake(_ problem: String) -> Mistake { Mistake(line: line, problem: problem) }

  private mutating func take(_ word: String) -> Bool {
    guard text[position...].starts(with: word.unicodeScalars) else { return false }
    position += word.unicodeScalars.count
    return true
  }

  private mutating func takeName() -> String? {
    let start = position
    while let scalar = current, scalar == "_" || (scalar.isASCII && scalar.properties.isAlphabetic) {
      position += 1
    }
    return start == position ? nil : string(start, position)
  }

  /// Whether a term begins here, and not the next production.
  private var startsTerm: Bool {
    mutating get {
      guard let scalar = current, ![")", "|"].contains(scalar) else { return false }
      let start = position
      defer { position = start }
      guard takeName() != nil else { return true }
      while current == " " { position += 1 }
      return !take("::=")
    }
  }

  // MARK: - Comments

  /// The comments below the production being read.
  private var notes: [String] = []

  @discardableResult
  private mutating func skipBlanks() throws -> Bool {
    while let scalar = current {
      if scalar == " " || scalar == "\n" {
        position += 1
      } else if text[position...].starts(with: "/*".unicodeScalars) {
        try readComment()
      } else {
        break
      }
    }
    return true
  }

  private mutating func readComment() throws {
    let isIndented = position > 0 && text[position - 1] != "\n"
    let start = position + 2
    while !text[position...].starts(with: "*/".unicodeScalars) {
      guard current != nil else { throw mistake("a comment that does not end") }
      position += 1
    }
    file(Self.unwrapped(string(start, position)), isIndented: isIndented)
    position += 2
  }

  private mutating func file(_ comment: String, isIndented: Bool) {
    if comment.hasPrefix("----") {
      let title = comment.drop { $0 == "-" || $0 == " " }.reversed().drop { $0 == "-" || $0 == " " }
      grammar.sections.append(GrammarSection(title: String(title.reversed())))
    } else if grammar.sections.isEmpty {
      grammar.preamble = comment
    } else if isIndented {
      notes.append(comment)
    } else {
      grammar.sections[grammar.sections.count - 1].notes.append(comment)
    }
  }

  /// The lines of a comment without what stands before them.
  private static func unwrapped(_ comment: String) -> String {
    let lines = comment.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var rest = line.drop { $0 == " " }
      if rest.first == "*" { rest = rest.dropFirst().hasPrefix(" ") ? rest.dropFirst(2) : rest.dropFirst() }
      return rest
    }
    let text = lines.joined(separator: "\n")
    let body = text.drop { $0 == " " || $0 == "\n" }
    return String(String(body.reversed().drop { $0 == " " || $0 == "\n" }).reversed())
  }
}
