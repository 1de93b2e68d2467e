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

  private func dotCompletions(_ before: String) -> (replacing: Int, [Completion]) {
    let line = DotLine(SourceText(name: "", text: before))
    if line.name.span.upper == before.utf8.count { return commandNames(line.name.text) }
    guard let command = DotCommand.named(String(line.name.text.dropFirst())) else { return (0, []) }
    let isAtBlank = before.unicodeScalars.last.map { $0.properties.isWhitespace } ?? true
    let word = isAtBlank ? "" : line.words.last.map { line.source.text($0.span) } ?? ""
    switch command.argument {
    case .nothing, .pattern, .row, .text, .file: return (0, [])
    case .query: return QueryCompletion(runner.session, line.query.text).candidates()
    case .models: return ModelCompletion.candidates(word)
    case .names: return QueryCompletion(runner.session, "with " + line.rest.text).names(line.rest.text)
    case .topic: return words(word, HelpTopic.all.map { ($0.name, $0.title) })
    case .format: return words(word, OutputFormat.allCases.map { ($0.rawValue, nil) })
    case .language: return words(word, languages.map { ($0, nil) })
    case .onOff: return words(word, [("on", nil), ("off", nil)])
    }
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
