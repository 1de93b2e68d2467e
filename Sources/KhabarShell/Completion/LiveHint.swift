import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

/// What is said at the right while a statement is typed: the first mistake, what the name before the cursor means, or
/// the words that may come next.
struct LiveHint {
  let session: Session
  /// The statement, and the part of it before the cursor.
  let text: String
  let before: String

  /// Longer texts were pasted, not typed, and would take their time.
  private static let longestText = 2_000
  /// As many words as one takes in at a glance.
  private static let mostWords = 3
  /// Enough to have the likely ones among them.
  private static let mostLooked = 40

  /// Nil where there is nothing to say. Nothing is waited for: neither names that are still being put in order, nor files.
  func words() -> String? {
    guard !text.allSatisfy(\.isWhitespace), text.utf8.count <= LiveHint.longestText, !namesAFile,
      session.model.store.isReadyToComplete
    else { return nil }
    var completion = QueryCompletion(session, before, limit: LiveHint.mostLooked)
    var candidates = completion.candidates().1
    let start = completion.rest.utf8.count
    let isMistaken = candidates.isEmpty || isMisspelled(completion, candidates)
    if let mistake = mistake(before: isMistaken ? text.utf8.count : start) { return mistake }
    if !completion.begun.isEmpty, let meaning = meaning(of: completion, candidates) { return meaning }
    if before.count == text.count, let only = candidates.first, candidates.count == 1,
      isBegun(only, completion)
    {
      completion = QueryCompletion(session, before + " ", limit: LiveHint.mostLooked)
      candidates = completion.candidates().1
    }
    return next(candidates, completion)
  }

  private var namesAFile: Bool {
    let (tokens, _) = Lexer.tokens(of: SourceText(name: "", text: text))
    return tokens.contains { token in
      guard case .word(let word) = token.kind else { return false }
      return !Set(Keyword.keywords(spelledBy: word)).isDisjoint(with: [.table, .import])
    }
  }

  // MARK: - Names

  /// What the word before the cursor means, if it is a whole name.
  private func meaning(of completion: QueryCompletion, _ candidates: [Completion]) -> String? {
    let store = session.model.store
    let kinds = NameKinds(completion.expected.names)
    if case .found(let found) = store.names.resolve(completion.begun, kinds), let entity = found.first {
      return completion.description(of: entity)
    }
    guard candidates.count == 1, let only = candidates.first, !isBegun(only, completion) else { return nil }
    // Enter would not take it so.
    return "Tab: " + (only.note.map { "\(only.display) (\($0))" } ?? only.display)
  }

  /// Whether the word before the cursor is no beginning of a name, but one with letters that are wrong: `Lavorv` is,
  /// `laf` is not, though for both Tab offers Lavrov.
  private func isMisspelled(_ completion: QueryCompletion, _ candidates: [Completion]) -> Bool {
    guard !completion.begun.isEmpty, !candidates.contains(where: { completion.startsAsBegun($0.display) })
    else {
      return false
    }
    let words = candidates.flatMap { [$0.display] + $0.display.split(separator: " ").map(String.init) }
    return EditDistance.nearest(to: completion.begun, among: words) != nil
  }

  /// Whether all of a word is there, so that it is the next that matters.
  private func isBegun(_ word: Completion, _ completion: QueryCompletion) -> Bool {
    Folding.fold(word.display) == Folding.fold(completion.begun)
  }

  // MARK: - Mistakes

  /// The first thing wrong before an offset.
  private func mistake(before offset: Int) -> String? {
    let errors = Parser.parse(SourceText(name: "", text: text)).diagnostics.filter { $0.severity == .error }
    let isWithin = { (error: Diagnostic) in error.span.lower < offset && error.span.upper <= offset }
    // A mistake at the end is none yet: the statement is being written.
    guard let first = errors.first(where: isWithin) ?? wrongName(), isWithin(first) else { return nil }
    return first.message.replacing("`", with: "\"") + (LiveHint.proposal(first).map { "; \($0)?" } ?? "")
  }

  /// What is wrong with the names of a query, or of as much of it as can be read.
  private func wrongName() -> Diagnostic? {
    var rest = Substring(text)
    for _ in 0..<LiveHint.patience {
      while let last = rest.last, last.isWhitespace || last == "|" || last == "," { rest.removeLast() }
      if rest.isEmpty { return nil }
      let (script, diagnostics) = Parser.parse(SourceText(name: "", text: String(rest)))
      if !diagnostics.contains(where: { $0.severity == .error }) {
        guard case .query(let query)? = script.statements.last?.kind, script.statements.count == 1 else {
          return nil
        }
        let following = text.dropFirst(rest.count).first { !$0.isWhitespace }
        return Resolver.resolve(query, in: environment).1.first { error in
          let isAtEnd = error.span.upper >= rest.utf8.count && following != "|"
          return error.severity == .error && !(isAtEnd && LiveHint.mayBeMended(error))
        }
      }
      rest = rest[..<(rest.lastIndex { $0.isWhitespace } ?? rest.startIndex)]
    }
    return nil
  }

  /// Whether what comes next may mend a mistake at the end: `where score` is no condition, but
  /// `where score > 0` is.
  private static func mayBeMended(_ error: Diagnostic) -> Bool { ["E0306", "E0314"].contains(error.id) }

  /// Words taken off the end before it is given up.
  private static let patience = 6

  /// To propose other names takes a look at all of them, for which there is no time in a large model.
  private var environment: Environment {
    var environment = session.environment
    environment.proposesNames = session.model.store.names.count < 20_000
    return environment
  }

  /// What `did you mean …` means.
  private static func proposal(_ diagnostic: Diagnostic) -> String? {
    guard let help = diagnostic.help.first(where: { $0.hasPrefix("did you mean `") }) else { return nil }
    return help.dropFirst("did you mean `".count).split(separator: "`").first.map(String.init)
  }

  // MARK: - What comes next

  /// Those that are wanted most, in the order in which they are written in a query.
  private static let likely: [Keyword] = [
    .with, .in, .during, .about, .where, .count, .sort, .summarize, .actors, .byKey, .and, .days, .events,
  ]

  private func next(_ candidates: [Completion], _ completion: QueryCompletion) -> String? {
    if candidates.isEmpty { return nil }
    let likely = LiveHint.likely.flatMap { [$0.english, $0.arabic] }
    let isOfWords = !completion.expected.keywords.isEmpty && completion.begun.isEmpty
    var words = candidates.map(\.display)
    if isOfWords {
      let first = likely.filter { words.contains($0) }
      words = first + words.filter { !first.contains($0) }
    }
    let shown = words.prefix(LiveHint.mostWords).joined(separator: " · ")
    return words.count > LiveHint.mostWords ? shown + " · …" : shown
  }
}
