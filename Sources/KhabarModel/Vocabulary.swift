import KhabarText

/// The words that events are coded with: types, modes, contexts, roles, and the nouns that stand for types in
/// queries. `Vocabulary.plover` is PLOVER's with our extensions; `define type` adds to it.
package struct Vocabulary: Sendable, Hashable {
  package struct EventType: Sendable, Hashable {
    /// As it is shown: `CONSULT`, `negotiation`.
    package var id: String
    /// The type it is a subtype of, or -1.
    package var parent: Int16
    /// An index into `quads`, or -1: the parent's, if there is one.
    package var quad: Int8
    /// In tenths; nil: the parent's, if there is one.
    package var score: Int?
    /// Its own modes; a subtype has those of its ancestors as well.
    package var modes: [Int16]
    /// In tenths, by mode.
    package var modeScores: [Int16: Int]
    /// Whether it is ours (or a model's) and not PLOVER's.
    package var isExtension: Bool
  }

  /// What a noun stands for: `meetings` is CONSULT with its subtypes, `ceasefires` RETREAT in mode ceasefire.
  package struct NounMeaning: Sendable, Hashable {
    package var type: Int16
    package var includesSubtypes: Bool
    /// -1: any mode or none.
    package var mode: Int16

    package init(type: Int16, includesSubtypes: Bool = true, mode: Int16 = -1) {
      self.type = type
      self.includesSubtypes = includesSubtypes
      self.mode = mode
    }
  }

  /// Nouns with their meanings, in the order in which they were added.
  struct Nouns: Sendable, Hashable {
    var meaningByKey: [String: NounMeaning] = [:]
    var suggestions: [String] = []

    /// A noun that stands for something already keeps its meaning.
    mutating func add(_ noun: String, _ meaning: NounMeaning, isSuggested: Bool = true) {
      let key = NameKey.key(noun)
      guard !key.isEmpty, meaningByKey[key] == nil else { return }
      meaningByKey[key] = meaning
      if isSuggested { suggestions.append(noun) }
    }
  }

  package private(set) var types: [EventType] = []
  package private(set) var modes: [String] = []
  package private(set) var contexts: [String] = []
  /// `actor`, `recipient` and `host` come first, in this order; what models add follows.
  package private(set) var roles = ["actor", "recipient", "host"]
  /// The nouns that were added; PLOVER's own come before them.
  var addedNouns = Nouns()
  /// Whether PLOVER's nouns stand for its types here; they are read when a noun is first looked for.
  var hasPLOVERNouns = false

  private var typeByKey: [String: Int16] = [:]
  private var modeByKey: [String: Int16] = [:]
  private var contextByKey: [String: Int16] = [:]

  package static let quads = [
    "verbal cooperation", "material cooperation", "verbal conflict", "material conflict",
  ]
  package static let actorRole: Int16 = 0
  package static let recipientRole: Int16 = 1
  package static let hostRole: Int16 = 2

  /// Roles only: a vocabulary without a type.
  package init() {}
}

// MARK: - Finding words

extension Vocabulary {
  /// `consult`, `CONSULT`, `Negotiation`
  package func type(_ name: String) -> Int16? { typeByKey[NameKey.key(name)] }

  /// `third-party`, `third_party`
  package func mode(_ name: String) -> Int16? { modeByKey[NameKey.key(name)] }

  package func context(_ name: String) -> Int16? { contextByKey[NameKey.key(name)] }

  package func role(_ name: String) -> Int16? {
    let key = NameKey.key(name)
    return roles.firstIndex { NameKey.key($0) == key }.map { Int16($0) }
  }

  package func quad(_ name: String) -> Int8? {
    let key = NameKey.key(name)
    return Vocabulary.quads.firstIndex { $0 == key }.map { Int8($0) }
  }

  /// `meetings`, `الاجتماعات`, `ceasefires`, `consult`; nil if the word is no noun for events of a kind.
  package func noun(_ word: String) -> NounMeaning? {
    let key = NameKey.key(word)
    return knownNoun(key) ?? typeByKey[key].map { NounMeaning(type: $0) }
  }

  private func knownNoun(_ key: String) -> NounMeaning? {
    (hasPLOVERNouns ? Self.ploverNouns.meaningByKey[key] : nil) ?? addedNouns.meaningByKey[key]
  }

  /// The nouns that were added, as they were, with what they stand for.
  var addedNounMeanings: [(noun: String, meaning: NounMeaning)] {
    let suggested = addedNouns.suggestions.compactMap { noun in
      addedNouns.meaningByKey[NameKey.key(noun)].map { (noun, $0) }
    }
    let keys = Set(suggested.map { NameKey.key($0.0) })
    return suggested
      + addedNouns.meaningByKey.filter { !keys.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// The nouns as they are proposed and completed, English and Arabic.
  package var nounSuggestions: [String] {
    (hasPLOVERNouns ? Self.ploverNouns.suggestions : []) + addedNouns.suggestions
  }
}

// MARK: - What holds of a type

extension Vocabulary {
  /// The type and what it is a subtype of, nearest first. Ends even if parents go in a circle.
  package func lineage(_ type: Int16) -> [Int16] {
    var lineage: [Int16] = []
    var next = type
    while types.indices.contains(Int(next)), !lineage.contains(next) {
      lineage.append(next)
      next = types[Int(next)].parent
    }
    return lineage
  }

  /// Whether `type` is `ancestor` or a subtype of it.
  package func isType(_ type: Int16, _ ancestor: Int16) -> Bool { lineage(type).contains(ancestor) }

  /// An index into `quads`, or -1.
  package func quad(ofType type: Int16) -> Int8 {
    for ancestor in lineage(type) where types[Int(ancestor)].quad >= 0 { return types[Int(ancestor)].quad }
    return -1
  }

  /// PLOVER's score in tenths: the mode's, else the type's, else the parent's in the same way.
  package func score(type: Int16, mode: Int16) -> Int? {
    for ancestor in lineage(type) {
      let type = types[Int(ancestor)]
      if let score = type.modeScores[mode] ?? type.score { return score }
    }
    return nil
  }

  /// The modes that a type may have, its parent's included.
  package func modes(ofType type: Int16) -> [Int16] {
    lineage(type).flatMap { types[Int($0)].modes }
  }
}

// MARK: - Adding words

extension Vocabulary {
  /// Adds a type, or fills in what is known of one that has been added before; -1 if there is no more room.
  @discardableResult
  package mutating func defineType(
    _ id: String, parent: Int16 = -1, quad: Int8 = -1, score: Int? = nil, isExtension: Bool = true
  ) -> Int16 {
    let key = NameKey.key(id)
    if let known = typeByKey[key] {
      types[Int(known)].parent = parent
      types[Int(known)].quad = quad
      types[Int(known)].score = score
      return known
    }
    guard let index = Int16(exactly: types.count) else { return -1 }
    types.append(
      EventType(
        id: id, parent: parent, quad: quad, score: score, modes: [], modeScores: [:], isExtension: isExtension
      ))
    typeByKey[key] = index
    return index
  }

  /// Gives a type a mode of its own.
  package mutating func addMode(_ mode: Int16, score: Int? = nil, toType type: Int16) {
    guard types.indices.contains(Int(type)), mode >= 0 else { return }
    if !types[Int(type)].modes.contains(mode) { types[Int(type)].modes.append(mode) }
    if let score { types[Int(type)].modeScores[mode] = score }
  }

  /// Lets a noun stand for a type; a noun that stands for one already keeps its meaning.
  package mutating func addNoun(_ noun: String, _ meaning: NounMeaning, isSuggested: Bool = true) {
    guard knownNoun(NameKey.key(noun)) == nil else { return }
    addedNouns.add(noun, meaning, isSuggested: isSuggested)
  }

  package mutating func internMode(_ name: String) -> Int16 {
    Vocabulary.intern(name, &modes, &modeByKey)
  }

  package mutating func internContext(_ name: String) -> Int16 {
    Vocabulary.intern(name, &contexts, &contextByKey)
  }

  package mutating func internRole(_ name: String) -> Int16 {
    if let known = role(name) { return known }
    guard let index = Int16(exactly: roles.count) else { return -1 }
    roles.append(name)
    return index
  }

  private static func intern(_ name: String, _ words: inout [String], _ byKey: inout [String: Int16]) -> Int16
  {
    let key = NameKey.key(name)
    if let known = byKey[key] { return known }
    guard let index = Int16(exactly: words.count) else { return -1 }
    words.append(name)
    byKey[key] = index
    return index
  }
}
