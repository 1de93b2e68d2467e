/// In how many events each thing of a model occurs, as clauses count: an actor with those who represent it, a place
/// with those within it, a type with its subtypes.
package struct EventCounts: Sendable {
  package let actors: [Int32]
  package let places: [Int32]
  package let articles: [Int32]
  package let topics: [Int32]
  package let modes: [Int32]
  package let contexts: [Int32]
  /// By the codes of statuses and of certainties.
  package let statuses: [Int32]
  package let certainties: [Int32]
  /// How many events have just that type, and that mode or, where it is -1, any.
  private let ofType: [Coding: Int32]
  /// How many have that type or one of its subtypes.
  private let ofSubtypes: [Coding: Int32]

  private struct Coding: Hashable {
    var type: Int16
    var mode: Int16
  }

  init(
    vocabulary: Vocabulary, events: EventColumns, reportEvents: CodeColumn<Int32>,
    reportsOfArticle: OffsetArray<Int32>,
    topicCount: Int, eventsOfActor: OffsetArray<Int32>, representation: Representation,
    eventsOfPlace: OffsetArray<Int32>, containment: Containment
  ) {
    var distinct = DistinctCounter(events.count)
    actors = (0..<eventsOfActor.count).map { actor in
      distinct.begin()
      for representative in representation.representatives[actor] {
        distinct.add(eventsOfActor[Int(representative)])
      }
      return distinct.count
    }
    places = (0..<eventsOfPlace.count).map { place in
      containment.descendants[place].reduce(Int32(0)) { $0 + Int32(eventsOfPlace[Int($1)].count) }
    }
    articles = (0..<reportsOfArticle.count).map { article in
      distinct.begin()
      for report in reportsOfArticle[article] { distinct.add(reportEvents[Int(report)]) }
      return distinct.count
    }
    topics = Self.tally(events.topics.values.lazy.map { Int($0) }, topicCount)
    modes = Self.tally(events.mode.lazy.map { Int($0) }, vocabulary.modes.count)
    contexts = Self.tally(events.contexts.values.lazy.map { Int($0) }, vocabulary.contexts.count)
    statuses = Self.tally(events.status.lazy.map { Int($0) }, Status.allCases.count)
    certainties = Self.tally(events.certainty.lazy.map { Int($0) }, Certainty.allCases.count)
    var ofType: [Coding: Int32] = [:]
    for event in 0..<events.count {
      ofType[Coding(type: events.type[event], mode: events.mode[event]), default: 0] += 1
    }
    var ofSubtypes: [Coding: Int32] = [:]
    for (coding, count) in ofType {
      for ancestor in vocabulary.lineage(coding.type) {
        ofSubtypes[Coding(type: ancestor, mode: -1), default: 0] += count
        if coding.mode >= 0 { ofSubtypes[Coding(type: ancestor, mode: coding.mode), default: 0] += count }
      }
    }
    for (coding, count) in ofType where coding.mode >= 0 {
      ofType[Coding(type: coding.type, mode: -1), default: 0] += count
    }
    self.ofType = ofType
    self.ofSubtypes = ofSubtypes
  }

  private static func tally(_ codes: some Sequence<Int>, _ size: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: size)
    for code in codes where counts.indices.contains(code) { counts[code] += 1 }
    return counts
  }

  /// Nil for what is no part of events.
  package func count(_ entity: EntityName) -> Int32? {
    let counts: [Int32]
    switch entity.kind {
    case .actor: counts = actors
    case .place: counts = places
    case .article: counts = articles
    case .topic: counts = topics
    case .event, .report, .participation, .office: return nil
    }
    return counts.indices.contains(Int(entity.index)) ? counts[Int(entity.index)] : nil
  }

  /// The events that a noun stands for.
  package func count(_ noun: Vocabulary.NounMeaning) -> Int32 {
    let coding = Coding(type: noun.type, mode: noun.mode)
    return (noun.includesSubtypes ? ofSubtypes : ofType)[coding] ?? 0
  }
}

/// Counts different numbers below a limit, over and over, without clearing anything in between.
private struct DistinctCounter {
  private var marks: [Int32]
  private var round: Int32 = 0
  private(set) var count: Int32 = 0

  init(_ limit: Int) { marks = [Int32](repeating: 0, count: limit) }

  mutating func begin() {
    round += 1
    count = 0
  }

  mutating func add(_ numbers: some Sequence<Int32>) { for number in numbers { add(number) } }

  mutating func add(_ number: Int32) {
    guard marks[Int(number)] != round else { return }
    marks[Int(number)] = round
    count += 1
  }
}
