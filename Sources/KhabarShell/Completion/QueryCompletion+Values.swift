import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

// Names of the model, and values of fields, those that occur most often first.
extension QueryCompletion {
  /// Longer names, such as titles of articles, are looked up, not typed; what has no other is offered by its id.
  private static let longestName = 48

  func names(_ kinds: NameKinds) -> [Completion] {
    guard kinds != [] else { return [] }
    return store.names.completions(prefix: begun, kinds, limit: limit).map { suggestion in
      let entity = suggestion.entity
      // Where nothing has been begun, any of its names would do; then the one it is known by.
      var name = begun.isEmpty ? knownName(entity) ?? suggestion.text : suggestion.text
      if name.count > QueryCompletion.longestName { name = store.id(entity.kind, entity.index) }
      return Completion(insertion: written(name), display: name, note: note(entity, called: name))
    }
  }

  private func knownName(_ entity: EntityName) -> String? {
    let name = store.displayName(entity.kind, entity.index, isArabicText ? "ar" : session.language)
    return store.names.resolve(name, NameKinds(entity.kind)) == .found([entity]) ? name : nil
  }

  /// For `.names`: what has been begun is all of the argument, and nothing is quoted.
  func names(_ begun: String) -> (replacing: Int, [Completion]) {
    let found = store.names.completions(prefix: begun, .all, limit: limit).map {
      Completion(insertion: $0.text, display: $0.text, note: note($0.entity, called: $0.text))
    }
    return (begun.unicodeScalars.count, found)
  }

  private func written(_ name: String) -> String {
    let written = SyntaxPrinter.name(name)
    return isQuoted && written.first != "\"" ? "\"\(written)\"" : written
  }

  /// Its full name, with the note.
  func description(of entity: EntityName) -> String {
    let name = store.displayName(entity.kind, entity.index, isArabicText ? "ar" : session.language)
    return "\(name), \(note(entity, called: store.displayName(entity.kind, entity.index, session.language)))"
  }

  /// What kind of thing it is, its full name where that says more, and its number of events.
  func note(_ entity: EntityName, called name: String) -> String {
    let index = Int(entity.index)
    let kind: String
    switch entity.kind {
    case .actor: kind = store.actors[index].kind.name
    case .place: kind = store.places[index].kind ?? "place"
    case .event: return store.events.label[index].preferred(session.language) ?? "event"
    case .article: kind = store.articles[index].title.preferred(session.language) ?? "article"
    case .topic, .report, .participation, .office: kind = entity.kind.name
    }
    let full = store.displayName(entity.kind, entity.index, session.language)
    let what = full == name || entity.kind == .article ? kind : "\(full), \(kind)"
    return store.eventCounts.count(entity).map { "\(what) · \(Self.events($0))" } ?? what
  }

  static func events(_ count: Int32) -> String { count == 1 ? "1 event" : "\(count) events" }

  /// The most frequent first, and otherwise in their order.
  func frequent<Item>(_ items: [(Item, Int32)]) -> [(Item, Int32)] {
    items.enumerated().sorted { a, b in
      a.element.1 == b.element.1 ? a.offset < b.offset : a.element.1 > b.element.1
    }.map(\.element)
  }

  // MARK: - Values of a field

  var values: [Completion] {
    var found: [Completion] = []
    let counts = store.eventCounts
    if expected.names.contains(.context) { found += words(of: .context, counts.contexts) }
    if expected.names.contains(.publisher) { found += strings(store.articles.publisher.words) }
    for case .value(let field) in expected.names { found += values(ofField: field) }
    return found
  }

  private func values(ofField name: String) -> [Completion] {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let type = scope.type(of: name) ?? (name == "role" ? .symbol(.role) : nil)
    let counts = store.eventCounts
    switch type?.element {
    case .symbol(.type): return types
    case .symbol(.mode): return words(of: .mode, counts.modes)
    case .symbol(.context): return words(of: .context, counts.contexts)
    case .symbol(.status): return words(of: .status, counts.statuses)
    case .symbol(.certainty): return words(of: .certainty, counts.certainties)
    case .symbol(let kind): return words(of: kind, nil)
    case .entity(let kind): return names(NameKinds(kind))
    case .text where last == "publisher": return strings(store.articles.publisher.words)
    case .text where last == "language": return strings(store.articles.language.words)
    case .text where last == "kind": return strings(store.places.compactMap(\.kind))
    default: return []
    }
  }

  private var types: [Completion] {
    let includesSubtypes = expected.trial?.before.hasSuffix(" is ") ?? false
    let types = store.vocabulary.types.indices.map { index in
      let meaning = Vocabulary.NounMeaning(type: Int16(index), includesSubtypes: includesSubtypes)
      return (store.vocabulary.types[index].id, store.eventCounts.count(meaning))
    }
    return words(types)
  }

  private func words(of kind: SymbolKind, _ counts: [Int32]?) -> [Completion] {
    let words = (0..<store.codeCount(kind)).map { store.word(kind, Int16(clamping: $0)) }
    guard let counts, counts.count == words.count else {
      return starting(words.map { Completion(insertion: SyntaxPrinter.value($0), display: $0) })
    }
    return self.words(Array(zip(words, counts)))
  }

  private func words(_ words: [(String, Int32)]) -> [Completion] {
    starting(
      frequent(words).map {
        Completion(insertion: SyntaxPrinter.value($0.0), display: $0.0, note: Self.events($0.1))
      })
  }

  private func strings(_ texts: [String]) -> [Completion] {
    var seen: Set<String> = []
    return starting(
      texts.filter { seen.insert($0).inserted }.map {
        Completion(insertion: SyntaxPrinter().quote($0), display: $0)
      })
  }
}

extension SyntaxPrinter {
  /// A word of a vocabulary: bare, though it may be a keyword, if it is a word.
  fileprivate static func value(_ text: String) -> String { isWord(text) ? text : name(text) }
}

extension NameKinds {
  init(_ names: Set<NameKind>) {
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
