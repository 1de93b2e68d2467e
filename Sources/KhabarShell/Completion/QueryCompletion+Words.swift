import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

// Words of the language and of the session.
extension QueryCompletion {
  /// Those of the words that go on from what was begun.
  func starting(_ words: [Completion]) -> [Completion] {
    let key = Folding.fold(begun)
    return words.filter { Folding.fold($0.display).hasPrefix(key) }
  }

  private func isBegun(_ word: String) -> Bool { Folding.fold(word).hasPrefix(Folding.fold(begun)) }

  /// Functions are offered as such, with a parenthesis.
  var keywords: [Completion] {
    let isStage = rest.last { !$0.isWhitespace } == "|"
    return expected.keywords.filter { word in
      guard isBegun(word), canStand(word), !isStage || scope.acceptsStage(word) else { return false }
      // The nouns of types are offered with their numbers of events.
      if expected.names.contains(.type), Keyword.keyword(spelledBy: word, as: [.type]) != nil { return false }
      if Keyword.keyword(spelledBy: word, as: [.literal]) != nil {
        return scope.accepts(word, expected.trial)
      }
      if expected.names.contains(.function),
        !Set(Keyword.keywords(spelledBy: word)).isDisjoint(with: [.not, .possibly])
      {
        return scope.accepts("not true", expected.trial)
      }
      return Keyword.keyword(spelledBy: word, as: [.aggregate]) == nil || word == Keyword.count.english
        || word == Keyword.count.arabic
    }.map { Completion(insertion: $0, display: $0) }
  }

  /// What `let` and `def` have named.
  var bindings: [Completion] {
    let environment = session.environment
    let takesRows = expected.names.contains(.binding)
    let takesValues = expected.names.contains(.function)
    guard takesRows || takesValues else { return [] }
    let bound =
      takesRows ? session.boundNames.map { Completion(insertion: $0, display: $0, note: "let") } : []
    let defined = environment.functions.values.sorted { $0.name.text < $1.name.text }.filter { function in
      if case .query = function.body { takesRows } else { takesValues && mayStand(function) }
    }
    let calls = defined.map { function in
      let parameters = function.parameters.map(\.text).joined(separator: ", ")
      return Completion(
        insertion: function.name.text + "(", display: "\(function.name.text)(\(parameters))", note: "def")
    }
    return starting(bound + calls).filter { canStand($0.insertion) }
  }

  /// What `param` has named, where what it stands for may stand.
  var parameters: [Completion] {
    starting(
      session.environment.parameters.sorted { $0.key < $1.key }.filter { _, value in takes(value) }.map {
        Completion(insertion: $0.key, display: $0.key, note: "param")
      }
    ).filter { expected.trial == nil || scope.accepts($0.insertion, expected.trial) }
  }

  private func takes(_ value: Expression) -> Bool {
    let names = expected.names
    let isOperand = names.contains(.function)
    switch value.kind {
    case .number: return isOperand || names.contains(.number)
    case .duration: return isOperand || names.contains(.duration)
    case .string(let text): return isOperand || isName(text)
    case .path(let words): return isOperand || isName(words.map(\.text).joined(separator: "."))
    default: return isOperand
    }
  }

  private func isName(_ text: String) -> Bool {
    store.names.resolve(text, NameKinds(expected.names)) != .unknown
  }

  /// The nouns of types, each with its events; where nothing has been begun only those that have any.
  var nouns: [Completion] {
    guard expected.names.contains(.type) else { return [] }
    let isArabic = isArabicText
    let counts = store.eventCounts
    let typeNouns = expected.keywords.filter { Keyword.keyword(spelledBy: $0, as: [.type]) != nil }
    let nouns = (store.vocabulary.nounSuggestions + typeNouns).filter {
      isBegun($0) && (Bidi.isolate($0) != $0) == isArabic
    }
    let counted = nouns.map { noun in (noun, store.vocabulary.noun(noun).map { counts.count($0) } ?? 0) }
    return frequent(counted).filter { !begun.isEmpty || $0.1 > 0 }.map {
      Completion(insertion: $0.0, display: $0.0, note: Self.events($0.1))
    }.filter { canStand($0.insertion) }
  }

  /// The fields of the rows that may stand there by their types, single values before lists, and those that only lead
  /// on to what may stand there last.
  var fields: [Completion] {
    guard expected.names.contains(.field) else { return [] }
    let fields = scope.fields.filter { isBegun($0.name) }.compactMap { field in
      scope.fit(of: field, expected.trial).map { (field, $0) }
    }
    return frequent(fields).map { field, _ in
      Completion(insertion: field.name, display: field.name, note: field.type.shortName)
    }
  }

  // MARK: - Functions

  /// Functions, and aggregates where those may stand.
  var functions: [Completion] {
    let isArabic = isArabicText
    let functions =
      expected.names.contains(.function) ? Function.allCases.filter(mayStand).map(\.rawValue) : []
    let aggregates = expected.keywords.filter { Keyword.keyword(spelledBy: $0, as: [.aggregate]) != nil }
    let words = functions.map { word in
      (isArabic ? Keyword(rawValue: word)?.arabic : nil) ?? word
    }
    return (words + aggregates).filter { isBegun($0) }.map { word in
      let isWhole = Keyword.keyword(spelledBy: word, as: [.function]) == .today
      return Completion(
        insertion: isWhole ? word : word + "(", display: isWhole ? word : word + "()", note: "function")
    }.filter { canStand($0.insertion) }
  }

  /// Whether what is begun is Arabic, or, where nothing is, what stands before it.
  var isArabicText: Bool {
    let letter = (begun.isEmpty ? before : begun).unicodeScalars.last { $0.properties.isAlphabetic }
    return letter.map(Bidi.isRightToLeft) ?? false
  }

  /// Whether what a function of the session gives may stand there, of some values.
  private func mayStand(_ function: FunctionDefinition) -> Bool {
    guard expected.trial != nil else { return true }
    return ["0", "today", "\"\"", "place"].contains { value in
      let arguments = function.parameters.map { _ in value }.joined(separator: ", ")
      return scope.accepts("\(function.name.text)(\(arguments))", expected.trial)
    }
  }

  /// Whether what a function gives may stand there, of some field that it takes.
  private func mayStand(_ function: Function) -> Bool {
    guard let trial = expected.trial else { return true }
    switch function {
    case .value, .if, .coalesce: return true
    case .today: return scope.accepts("today", trial)
    case .count, .exists: return scope.accepts("\(function.rawValue)(events)", trial)
    case .relation, .relations: return scope.accepts("\(function.rawValue)(2000, 2000)", trial)
    case .lower, .upper, .length: return scope.accepts("\(function.rawValue)(\"\")", trial)
    case .abs, .round: return scope.accepts("\(function.rawValue)(0)", trial)
    default: return scope.accepts("\(function.rawValue)(today)", trial)
    }
  }
}
