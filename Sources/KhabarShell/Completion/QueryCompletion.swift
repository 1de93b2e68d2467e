import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarTable
import KhabarText

/// The words that may come next in a statement.
struct QueryCompletion {
  let session: Session
  /// The text before the cursor.
  let before: String
  /// The word that has been begun, without a quotation mark that opens it.
  let begun: String
  let isQuoted: Bool
  let expected: Expectations
  let scope: FieldScope
  /// How many are wanted.
  let limit: Int
  private let replacing: Int

  /// Longer texts are completed without a look at what each word would lead to.
  private static let longestText = 2_000

  init(_ session: Session, _ before: String, limit: Int = Completion.most) {
    self.session = session
    self.limit = limit
    self.before = before
    expected = Parser.expectations(in: before, atOffset: before.utf8.count)
    let word = SourceText(name: "", text: before).text(expected.partial)
    replacing = word.unicodeScalars.count
    isQuoted = word.first.map { "\"“«".contains($0) } ?? false
    begun = isQuoted ? String(word.dropFirst()) : word
    scope = FieldScope(
      session, before: String(decoding: before.utf8.prefix(expected.partial.lower), as: UTF8.self))
  }

  var store: EventStore { session.model.store }

  /// The text before the word that has been begun.
  var rest: String { String(decoding: before.utf8.prefix(expected.partial.lower), as: UTF8.self) }

  func candidates() -> (replacing: Int, [Completion]) {
    var found: [Completion] = []
    var seen: Set<String> = []
    for candidate in groups().joined() where seen.insert(candidate.insertion).inserted {
      found.append(candidate)
      if found.count == limit { break }
    }
    return (replacing, found)
  }

  /// In the order in which they are listed.
  private func groups() -> [[Completion]] {
    if expected.names.contains(.file) { return [files { TableFormat(fileName: $0) != nil }] }
    if expected.names.contains(.script) { return [files { $0.hasSuffix(".khabar") }] }
    let values = self.values
    if isQuoted { return [names(NameKinds(expected.names)), values] }
    // After `status =` the words of statuses are meant, though any expression may stand there.
    if !values.isEmpty { return [values] }
    // At the start of everything, all names of the model would be noise.
    let isOpen = begun.isEmpty && expected.names.contains(.type)
    let words = [bindings, parameters, fields, keywords, functions, nouns]
    let names = isOpen ? [] : names(NameKinds(expected.names))
    // Names that only sound like what was begun are for those who can only mean a name.
    return words + [words.allSatisfy(\.isEmpty) ? names : names.filter { startsAsBegun($0.display) }]
  }

  func startsAsBegun(_ name: String) -> Bool {
    let key = NameKey.key(begun)
    let words = NameKey.key(name)
    return words.hasPrefix(key) || words.contains(" " + key)
  }

  /// Files, in quotes; a folder's are not closed, so that its path can go on.
  private func files(where isWanted: (String) -> Bool) -> [Completion] {
    guard isQuoted || begun.isEmpty else { return [] }
    return ModelCompletion.files(begun, where: isWanted).map { file in
      let quoted = SyntaxPrinter().quote(file.path)
      return Completion(insertion: file.isFolder ? String(quoted.dropLast()) : quoted, display: file.name)
    }
  }

  /// Whether the statement is right as far as it goes with the word in the place of what has been begun.
  /// After Ctrl-C nobody waits for the answer.
  func canStand(_ word: String) -> Bool {
    before.utf8.count > QueryCompletion.longestText || Signals.interruptRequested
      || Parser.canGoOn(from: rest + word)
  }
}
