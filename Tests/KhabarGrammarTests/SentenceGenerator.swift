import KhabarSyntax

/// Random sentences of a grammar. Every choice is as likely as the others until the sentence is long enough; then the
/// shortest way to its end is taken.
struct SentenceGenerator {
  /// A parenthesis that is a query's or an expression's.
  struct Parenthesis: Sendable {
    /// UTF-8, from the beginning of the sentence.
    var offset: Int
    var isQuery: Bool
    /// The production that it stands in, a Group's in that which the Group stands in.
    var owner: String
    /// Whether it stands in a sequence's key.
    var isInKey: Bool
  }

  struct Sentence: Sendable {
    var text = ""
    var parentheses: [Parenthesis] = []
  }

  private let recognizer: Recognizer<TokenInput>
  /// What has been asked of the recognizer, by the term and the text.
  private var excluded: [Term: [String: Bool]] = [:]
  private let terms: [String: Term]
  /// How many names deep a production goes at least.
  private let heights: [String: Int]
  private var random: Random
  private var sentence = Sentence()
  private var budget = 0
  /// Of the last token.
  private var lastOffset = 0
  /// The productions being made.
  private var owners: [String] = []

  init(_ grammar: Grammar, seed: UInt64) {
    recognizer = Recognizer(grammar)
    terms = Dictionary(
      grammar.productions.map { ($0.name, $0.term) }, uniquingKeysWith: { first, _ in first })
    heights = Self.heights(terms)
    random = Random(seed: seed)
  }

  mutating func sentence(of name: String) -> Sentence {
    sentence = Sentence()
    budget = Int.random(in: 3...60, using: &random)
    make(.name(name))
    return sentence
  }

  // MARK: - Heights

  private static func heights(_ terms: [String: Term]) -> [String: Int] {
    var heights: [String: Int] = [:]
    var isDone = false
    while !isDone {
      isDone = true
      for (name, term) in terms {
        let height = Self.height(term, heights) + 1
        if height < heights[name, default: unbounded] {
          heights[name] = height
          isDone = false
        }
      }
    }
    return heights
  }

  private static let unbounded = 1000

  private static func height(_ term: Term, _ heights: [String: Int]) -> Int {
    switch term {
    case .name(let name) where TokenInput.Kind(rawValue: name) != nil: 0
    case .name(let name): heights[name, default: unbounded]
    case .choice(let parts): parts.map { height($0, heights) }.min() ?? 0
    case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
    case .some(let part): height(part, heights)
    case .except(let part, _): height(part, heights)
    case .optional, .many, .quoted, .characters: 0
    }
  }

  // MARK: - Terms

  private mutating func make(_ term: Term) {
    switch term {
    case .sequence(let parts): for part in parts { make(part) }
    case .choice(let parts): make(choose(parts))
    case .optional(let part): if wantsMore { make(part) }
    case .many(let part): while wantsMore { make(part) }
    case .some(let part): repeat { make(part) } while wantsMore
    case .except(let part, let excluded): makeExcept(part, excluded)
    case .quoted(let text): emit(text)
    case .name(let name):
      if let kind = TokenInput.Kind(rawValue: name) { return emit(token(kind)) }
      if let owner = owners.last, ["Def", "Argument"].contains(owner) {
        sentence.parentheses.append(
          Parenthesis(offset: lastOffset, isQuery: name == "Query", owner: owner, isInKey: false))
      }
      owners.append(name)
      make(terms[name] ?? .sequence([]))
      owners.removeLast()
    case .characters: break
    }
  }

  private var wantsMore: Bool { mutating get { budget > 0 && random.once(in: 2) } }

  private mutating func choose(_ parts: [Term]) -> Term {
    if budget > 0 {
      let part = random.pick(parts, or: .sequence([]))
      // What holds itself would be chosen again and again: `- - - - 5`.
      return part.all.contains(.name(owners.last ?? "")) ? random.pick(parts, or: part) : part
    }
    let least = parts.map { Self.height($0, heights) }.min()
    return random.pick(parts.filter { Self.height($0, heights) == least }, or: .sequence([]))
  }

  /// Tries until something comes that the other term does not take.
  private mutating func makeExcept(_ part: Term, _ excluded: Term) {
    let before = (sentence, budget)
    for _ in 0..<200 {
      (sentence, budget) = before
      make(part)
      let made = String(decoding: sentence.text.utf8.dropFirst(before.0.text.utf8.count), as: UTF8.self)
      if !isExcluded(made, excluded) { return }
    }
  }

  private mutating func isExcluded(_ text: String, _ term: Term) -> Bool {
    if let known = excluded[term]?[text] { return known }
    let isExcluded = recognizer.accepts(TokenInput(text), as: term)
    excluded[term, default: [:]][text] = isExcluded
    return isExcluded
  }

  // MARK: - Tokens

  private mutating func emit(_ text: String) {
    budget -= 1
    let owner = owners.last { $0 != "Group" } ?? ""
    // A function's name and its parenthesis are written together.
    let isGlued = sentence.text.isEmpty || (text == "(" && ["Call", "Arguments", "OwnCall"].contains(owner))
    if !isGlued { sentence.text += " " }
    lastOffset = sentence.text.utf8.count
    if text == "(" {
      let offset = sentence.text.utf8.count
      sentence.parentheses.append(
        Parenthesis(
          offset: offset, isQuery: owners.last == "Group", owner: owner, isInKey: owners.contains("Key")))
    }
    sentence.text += text
  }

  private mutating func token(_ kind: TokenInput.Kind) -> String {
    switch kind {
    case .word: return word()
    case .freeWord: return random.pick(Self.names.filter(Keyword.isFree), or: "")
    case .attachedName: return random.pick(["وأذربيجان", "ولافروف"], or: "")
    case .string: return random.pick(owners.last == "Print" ? Self.templates : Self.strings, or: "")
    case .whole: return random.pick(["1", "3", "30", "2023", "٧", "۱۲"], or: "")
    case .number: return random.pick(["0", "2.5", "3", "2023", "٣٫٥"], or: "")
    case .time: return random.pick(Self.times, or: "")
    case .newline: return "\n"
    case .expectedLine:
      return random.pick(["= id | time", "=", "= a \\| b | — | \"x\" # | | |", "==;)("], or: "")
    }
  }

  /// Mostly names; sometimes a word that is a keyword elsewhere.
  private mutating func word() -> String {
    random.once(in: 4) ? random.pick(Self.keywords, or: "") : random.pick(Self.names, or: "")
  }

  private static let names = [
    "a", "score", "Lavrov", "lachin_checkpoint", "Zangezur-2", "o'neil", "موسكو", "لافروف", "x",
    "Nagorno-Karabakh",
    "f", "اسم_ما", "insert", "Ünal",
  ]
  private static let keywords: [String] = Keyword.rows.flatMap { $0.english + $0.english + $0.arabic }
    .filter { !$0.contains(" ") }
  private static let strings = [
    #""Sergei Lavrov""#, #""""#, "“a quote”", "«ب»", #""a \"b\" \\ \n \u{202E} {x}""#, #""in""#,
  ]
  private static let templates = [
    #""{count(events)} events""#, #""{{}} none""#, #""a {x + 1} \"b\" {\"c\"}""#, "«{today}»", #""""#,
    "“{ {2021,2023} }”",
  ]
  private static let times = [
    "2023-05-19", "2023-05", "2020/2023", "2020/..", "../2023-05", "[..2023-05-04]", "{2021,2023}", "2023~",
    "-0044-03-15", "Y170000002", "2023-1X", "٢٠٢٣-٠٥", "2023-05-19T10:00:00Z",
  ]
}
