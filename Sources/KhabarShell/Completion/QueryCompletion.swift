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
  private let begun: String
  private let isQuoted: Bool
  private let replacing: Int
  private let expected: Expectations

  /// More candidates than this help nobody.
  private static let most = 200
  /// Longer names, such as titles of articles, are looked up, not typed.
  private static let longestName = 48

  init(_ session: Session, _ before: String) {
    self.session = session
    self.before = before
    expected = Parser.expectations(in: before, atOffset: before.utf8.count)
    let word = SourceText(name: "", text: before).text(expected.partial)
    replacing = word.unicodeScalars.count
    isQuoted = word.first.map { "\"“«".contains($0) } ?? false
    begun = isQuoted ? String(word.dropFirst()) : word
  }

  private var store: EventStore { session.model.store }

  func candidates() -> (replacing: Int, [Completion]) {
    var found: [Completion] = []
    var seen: Set<String> = []
    for candidate in groups().joined() where seen.insert(candidate.insertion).inserted {
      found.append(candidate)
      if found.count == QueryCompletion.most { break }
    }
    return (replacing, found)
  }

  /// In the order in which they are listed.
  private func groups() -> [[Completion]] {
    let values = self.values
    if expected.names.contains(.file) { return [files] }
    if isQuoted { return [names(NameKinds(expected.names)), values] }
    // After `status =` the words of statuses are meant, though any expression may stand there.
    if !values.isEmpty { return [values] }
    // At the start of everything, all names of the model would be noise.
    let isOpen = begun.isEmpty && expected.names.contains(.type)
    let words = [bindings, fields, keywords] + (isOpen ? [] : [nouns])
    let names = isOpen ? [] : names(NameKinds(expected.names))
    // Names that only sound like what was begun are for those who can only mean a name.
    return words + [words.allSatisfy(\.isEmpty) ? names : names.filter { startsAsBegun($0.display) }]
  }

  private func startsAsBegun(_ name: String) -> Bool {
    let key = NameKey.key(begun)
    let words = NameKey.key(name)
    return words.hasPrefix(key) || words.contains(" " + key)
  }

  /// Files with tables, in quotes; a folder's are not closed, so that its path can go on.
  private var files: [Completion] {
    ModelCompletion.files(begun) { TableFormat(fileName: $0) != nil }.map { file in
      let quoted = SyntaxPrinter().quote(file.path)
      return Completion(insertion: file.isFolder ? String(quoted.dropLast()) : quoted, display: file.name)
    }
  }

  // MARK: - Words of the language and the session

  private func starting(_ words: [String], note: String? = nil) -> [Completion] {
    let key = Folding.fold(begun)
    return words.filter { Folding.fold($0).hasPrefix(key) }.map {
      Completion(insertion: $0, display: $0, note: note)
    }
  }

  private var keywords: [Completion] { starting(expected.keywords) }

  private var bindings: [Completion] {
    expected.names.contains(.binding)
      ? starting(session.boundNames, note: "let") + starting(session.definedNames, note: "def") : []
  }

  private var nouns: [Completion] {
    guard expected.names.contains(.type) else { return [] }
    let isArabic = Bidi.isolate(begun.isEmpty ? before : begun) != (begun.isEmpty ? before : begun)
    let nouns = store.vocabulary.nounSuggestions.filter { (Bidi.isolate($0) != $0) == isArabic }
    return starting(nouns)
  }

  private var fields: [Completion] {
    guard expected.names.contains(.field) else { return [] }
    let rest = String(decoding: before.utf8.prefix(expected.partial.lower), as: UTF8.self)
    let fields = FieldScope(session).fields(before: rest)
    let key = Folding.fold(begun)
    return fields.filter { Folding.fold($0.name).hasPrefix(key) }.map {
      Completion(insertion: $0.name, display: $0.name, note: $0.type.shortName)
    }
  }

  // MARK: - Names of the model

  private func names(_ kinds: NameKinds) -> [Completion] {
    let found = store.names.completions(prefix: begun, kinds, limit: QueryCompletion.most)
    return found.map { suggestion in
      // Where nothing has been begun, any of its names would do; then the one it is known by.
      let name =
        begun.isEmpty
        ? store.displayName(suggestion.entity.kind, suggestion.entity.index, session.language)
        : suggestion.text
      return Completion(insertion: written(name), display: name, note: note(suggestion.entity, called: name))
    }.filter { $0.display.count <= QueryCompletion.longestName }
  }

  /// For `.names`: what has been begun is all of the argument, and nothing is quoted.
  func names(_ begun: String) -> (replacing: Int, [Completion]) {
    let found = store.names.completions(prefix: begun, .all, limit: QueryCompletion.most).map {
      Completion(insertion: $0.text, display: $0.text, note: note($0.entity, called: $0.text))
    }
    return (begun.unicodeScalars.count, found)
  }

  private func written(_ name: String) -> String {
    let written = SyntaxPrinter.name(name)
    return isQuoted && written.first != "\"" ? "\"\(written)\"" : written
  }

  /// What kind of thing it is, and its full name where that says more.
  private func note(_ entity: EntityName, called name: String) -> String {
    let index = Int(entity.index)
    let kind: String
    switch entity.kind {
    case .actor: kind = store.actors[index].kind.name
    case .place: kind = store.places[index].kind ?? "place"
    case .event: return store.events.label[index].preferred(session.language) ?? "event"
    case .article: return store.articles[index].title.preferred(session.language) ?? "article"
    case .topic, .report, .participation, .office: kind = entity.kind.name
    }
    let full = store.displayName(entity.kind, entity.index, session.language)
    return full == name ? kind : "\(full), \(kind)"
  }

  // MARK: - Values of a field

  private var values: [Completion] {
    var found: [Completion] = []
    if expected.names.contains(.context) { found += starting(store.vocabulary.contexts, note: "context") }
    if expected.names.contains(.publisher) { found += strings(store.articles.compactMap(\.publisher)) }
    for case .value(let field) in expected.names { found += values(ofField: field) }
    return found
  }

  private func values(ofField name: String) -> [Completion] {
    guard let field = Field.all.first(where: { $0.name == name }) else { return [] }
    switch (field.id, field.type.element) {
    case (_, .symbol(let kind)):
      let words = (0..<store.codeCount(kind)).map { store.word(kind, Int16(clamping: $0)) }
      return starting(words.map { SyntaxPrinter.isWord($0) ? $0 : SyntaxPrinter.name($0) })
    case (_, .entity(let kind)): return names(NameKinds(rawValue: 1 << kind.rawValue).intersection(.all))
    case (.publisher, _): return strings(store.articles.compactMap(\.publisher))
    case (.language, _): return strings(store.articles.compactMap(\.language))
    case (.kind, _): return strings(store.places.compactMap(\.kind))
    default: return []
    }
  }

  /// Texts, in quotes.
  private func strings(_ texts: [String]) -> [Completion] {
    let key = Folding.fold(begun)
    return texts.filter { Folding.fold($0).hasPrefix(key) }.map {
      Completion(insertion: "\"\($0)\"", display: $0)
    }
  }
}

extension NameKinds {
  fileprivate init(_ names: Set<NameKind>) {
    self = []
    for name in names {
      switch name {
      case .actor: insert(.actor)
      case .place: insert(.place)
      case .event: insert(.event)
      case .article: insert(.article)
      case .topic: insert(.topic)
      default: continue
      }
    }
  }
}
