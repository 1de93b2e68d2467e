/// The small tables of two stores in one: what is there under an id already is replaced by what comes. What was there
/// keeps its place, and what is new stands behind it; so only what comes has to be told where it is now.
struct MergedTables {
  private(set) var vocabulary: Vocabulary
  private(set) var actors: [Actor]
  private(set) var places: [Place]
  private(set) var topics: [Topic]
  /// What has become of the records that came.
  private(set) var counts = MergeCounts()
  /// What codes and indices of what comes are here.
  private(set) var types: [Int16] = []
  private(set) var modes: [Int16] = []
  private(set) var contexts: [Int16] = []
  private(set) var roles: [Int16] = []
  private(set) var actorIndices: [Int32] = []
  private(set) var placeIndices: [Int32] = []
  private(set) var topicIndices: [Int32] = []
  let articles: [Int32]

  /// - Parameter articles: Where the articles of what comes are.
  init(_ own: EventStore, _ added: EventStore, articles: [Int32]) {
    vocabulary = own.vocabulary
    actors = own.actors
    places = own.places
    topics = own.topics
    self.articles = articles
    merge(added.vocabulary)
    // Records speak of one another: first all have their places, then they are written.
    actorIndices = Self.indices(actors.map(\.id), added.actors.map(\.id))
    placeIndices = Self.indices(places.map(\.id), added.places.map(\.id))
    topicIndices = Self.indices(topics.map(\.id), added.topics.map(\.id))
    for (index, actor) in added.actors.enumerated() {
      counts.add(
        Self.put(actor.moved(actors: actorIndices, articles: articles), actorIndices[index], &actors))
    }
    for (index, place) in added.places.enumerated() {
      counts.add(
        Self.put(place.moved(places: placeIndices, articles: articles), placeIndices[index], &places))
    }
    for (index, topic) in added.topics.enumerated() {
      counts.add(Self.put(topic, topicIndices[index], &topics))
    }
  }

  /// Where the records of those ids stand, or will stand after the others.
  static func indices(_ known: [String], _ added: [String]) -> [Int32] {
    var indexOfID: [String: Int32] = Dictionary(minimumCapacity: known.count + added.count)
    for (index, id) in known.enumerated() { indexOfID[id] = Int32(truncatingIfNeeded: index) }
    var next = Int32(truncatingIfNeeded: known.count)
    return added.map { id in
      if let index = indexOfID[id] { return index }
      indexOfID[id] = next
      next += 1
      return next - 1
    }
  }

  private static func put<Record: Equatable>(
    _ record: Record, _ index: Int32, _ records: inout [Record]
  ) -> MergeCounts.Change {
    guard Int(index) < records.count else {
      records.append(record)
      return .new
    }
    if records[Int(index)] == record { return .unchanged }
    records[Int(index)] = record
    return .changed
  }

  // MARK: - Words

  private mutating func merge(_ words: Vocabulary) {
    modes = words.modes.map { vocabulary.internMode($0) }
    contexts = words.contexts.map { vocabulary.internContext($0) }
    roles = words.roles.map { vocabulary.internRole($0) }
    for type in words.types {
      let parent = types.indices.contains(Int(type.parent)) ? types[Int(type.parent)] : -1
      types.append(
        vocabulary.type(type.id)
          ?? vocabulary.defineType(
            type.id, parent: parent, quad: type.quad, score: type.score, isExtension: type.isExtension))
    }
    for (index, type) in words.types.enumerated() {
      // A parent may be defined after its subtype.
      if type.parent >= index, vocabulary.types[Int(types[index])].parent < 0 {
        vocabulary.defineType(
          type.id, parent: types[Int(type.parent)], quad: type.quad, score: type.score,
          isExtension: type.isExtension)
      }
      for mode in type.modes {
        vocabulary.addMode(modes[Int(mode)], score: type.modeScores[mode], toType: types[index])
      }
    }
    for (noun, meaning) in words.addedNounMeanings {
      vocabulary.addNoun(
        noun,
        Vocabulary.NounMeaning(
          type: types[Int(meaning.type)], includesSubtypes: meaning.includesSubtypes,
          mode: meaning.mode < 0 ? -1 : modes[Int(meaning.mode)]))
    }
  }

  // MARK: - What comes, as it is here

  func here(_ citation: Citation) -> Citation { citation.moved(articles: articles) }
  func actor(_ index: Int32) -> Int32 { index < 0 ? -1 : actorIndices[Int(index)] }
  func place(_ index: Int32) -> Int32 { index < 0 ? -1 : placeIndices[Int(index)] }
  func mode(_ code: Int16) -> Int16 { code < 0 ? -1 : modes[Int(code)] }
}
