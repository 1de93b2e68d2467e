import Khabar
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarText

// What could stand at the cursor. The parser says what kinds of words may come (`Expectations`), the model and the
// session which words there are.
extension Shell {
  /// The candidates, and how many scalars before the cursor each would replace.
  func completions(_ text: String, cursor: Int) -> (replacing: Int, [Completion]) {
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
    if DotLine.isOne(before) { return dotCompletions(before) }
    return QueryCompletion(runner.session, before).candidates()
  }

  // MARK: - The hint

  /// What is said at the right of a statement while it is typed.
  func hint(_ text: String, cursor: Int) -> String? {
    guard showsHint else { return nil }
    if DotLine.isOne(text) { return commandHint(text) }
    let store = runner.session.model.store
    if !isLarge(store), !store.isReadyToComplete { store.names.prepareCompletion() }
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
    return LiveHint(session: runner.session, text: text, before: before).words()
  }

  /// What a command does, once its name is there.
  private func commandHint(_ text: String) -> String? {
    let line = DotLine(SourceText(name: "", text: text))
    let name = Folding.fold(String(line.name.text.dropFirst()))
    let begun = DotCommand.all.filter { !name.isEmpty && $0.name.hasPrefix(name) }
    let command = DotCommand.named(name) ?? (begun.count == 1 ? begun.first : nil)
    if let command { return "\(command.usage): \(command.help)" }
    return begun.isEmpty ? nil : begun.prefix(3).map { "." + $0.name }.joined(separator: " · ")
  }

  /// Of a large model the names are put in order for completion in the background, so that nobody waits for the first
  /// Tab; of others that takes no time worth speaking of.
  func prepareLargeModel() {
    let store = runner.session.model.store
    guard isLarge(store), prepared !== store else { return }
    prepared = store
    _ = BackgroundRun<Never> { _ in store.names.prepareCompletion() }
  }

  private func isLarge(_ store: EventStore) -> Bool {
    store.actors.count + store.places.count + store.articles.count + store.events.count > 5_000
  }

  // MARK: - Commands

  private func dotCompletions(_ before: String) -> (replacing: Int, [Completion]) {
    let line = DotLine(SourceText(name: "", text: before))
    if line.name.span.upper == before.utf8.count { return commandNames(line.name.text) }
    guard let command = DotCommand.named(String(line.name.text.dropFirst())) else { return (0, []) }
    let word = lastWord(before, line)
    let isAtBlank = word.isEmpty
    switch command.argument {
    case .nothing, .pattern, .row, .text: return (0, [])
    case .query: return QueryCompletion(runner.session, line.query.text).candidates()
    case .interval:
      guard let first = line.words.first, line.words.count > 1 || isAtBlank else { return (0, []) }
      return QueryCompletion(runner.session, line.text(after: first).text).candidates()
    case .limit:
      guard line.words.count < (isAtBlank ? 1 : 2) else { return (0, []) }
      return words(word, (LimitText.Kind.allCases.map(\.rawValue) + ["off"]).map { ($0, nil) })
    case .setting:
      guard line.words.count < (isAtBlank ? 1 : 2) else { return (0, []) }
      return words(word, ShellSetting.all.map { ($0.name, $0.help) })
    case .step: return words(word, [("next", nil), ("end", nil)])
    case .models: return ModelCompletion.candidates(word)
    // A command to write to is the system's to complete.
    case .file: return word.first == "|" ? (0, []) : ModelCompletion.files(word)
    case .names: return QueryCompletion(runner.session, "with " + line.rest.text).names(line.rest.text)
    case .topic:
      return words(word, HelpTopic.all.map { ($0.name, $0.title) } + [("commands", "the dot commands")])
    case .format: return words(word, OutputFormat.allCases.map { ($0.rawValue, nil) })
    case .language: return words(word, languages.map { ($0, nil) })
    case .onOff: return words(word, [("on", nil), ("off", nil)])
    }
  }

  /// The word that has been begun; a blank between quotes doesn't end it.
  private func lastWord(_ before: String, _ line: DotLine) -> String {
    guard let last = line.words.last else { return "" }
    let rest = String(decoding: before.utf8.dropFirst(last.span.lower), as: UTF8.self)
    let isQuoted = rest.filter { $0 == "\"" }.count % 2 == 1
    let isAtBlank = before.unicodeScalars.last.map { $0.properties.isWhitespace } ?? true
    return isAtBlank && !isQuoted ? "" : rest
  }

  private func commandNames(_ begun: String) -> (replacing: Int, [Completion]) {
    words(begun, DotCommand.all.map { ("." + $0.name, $0.help) })
  }

  private func words(_ begun: String, _ words: [(String, String?)]) -> (replacing: Int, [Completion]) {
    let key = Folding.fold(begun)
    let found = words.filter { $0.0.hasPrefix(key) }
    return (
      begun.unicodeScalars.count, found.map { Completion(insertion: $0.0, display: $0.0, note: $0.1) }
    )
  }
}
