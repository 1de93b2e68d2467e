@testable import KhabarModel

// A merge of records, one after the other: what the merge of columns is compared with.

extension StoreBuilder {
  /// Takes in the records of others, which are told apart by their ids: what is there under an id already is replaced by
  /// what comes. Reports are told apart by event and article: those of an event by other articles stay.
  ///
  /// - Returns: What has become of the events, and what of everything else.
  mutating func merge(_ other: StoreBuilder) -> (events: MergeCounts, rest: MergeCounts) {
    var merger = Merger(self, other)
    merger.run()
    self = merger.builder
    return (merger.events, merger.rest)
  }
}

private struct Merger {
  var builder: StoreBuilder
  let other: StoreBuilder
  var events = MergeCounts()
  var rest = MergeCounts()
  /// What the codes and indices of the others are here.
  private var types: [Int16] = []
  private var modes: [Int16] = []
  private var contexts: [Int16] = []
  private var roles: [Int16] = []
  private var actors: [Int32] = []
  private var places: [Int32] = []
  private var articles: [Int32] = []
  private var topics: [Int32] = []
  private var eventRows: [Int32] = []

  init(_ builder: StoreBuilder, _ other: StoreBuilder) {
    self.builder = builder
    self.other = other
  }

  mutating func run() {
    mergeVocabulary()
    // Records speak of one another: first all have their places, then they are written.
    actors = Self.indices(builder.actors.map(\.id), other.actors.map(\.id))
    places = Self.indices(builder.places.map(\.id), other.places.map(\.id))
    articles = Self.indices(builder.articles.map(\.id), other.articles.map(\.id))
    topics = Self.indices(builder.topics.map(\.id), other.topics.map(\.id))
    eventRows = Self.indices(builder.events.map(\.id), other.events.map(\.id))
    for (index, actor) in other.actors.enumerated() {
      rest[
        keyPath: Self.put(
          actor.moved(actors: actors, articles: articles), actors[index], &builder.actors)] += 1
    }
    for (index, place) in other.places.enumerated() {
      rest[
        keyPath: Self.put(
          place.moved(places: places, articles: articles), places[index], &builder.places)] += 1
    }
    for (index, article) in other.articles.enumerated() {
      rest[keyPath: Self.put(article, articles[index], &builder.articles)] += 1
    }
    for (index, topic) in other.topics.enumerated() {
      rest[keyPath: Self.put(topic, topics[index], &builder.topics)] += 1
    }
    for (index, event) in other.events.enumerated() {
      events[keyPath: Self.put(here(event), eventRows[index], &builder.events)] += 1
    }
    mergeReports()
  }

  // MARK: - Words

  private mutating func mergeVocabulary() {
    let words = other.vocabulary
    modes = words.modes.map { builder.vocabulary.internMode($0) }
    contexts = words.contexts.map { builder.vocabulary.internContext($0) }
    roles = words.roles.map { builder.vocabulary.internRole($0) }
    for type in words.types {
      let parent = types.indices.contains(Int(type.parent)) ? types[Int(type.parent)] : -1
      types.append(
        builder.vocabulary.type(type.id)
          ?? builder.vocabulary.defineType(
            type.id, parent: parent, quad: type.quad, score: type.score, isExtension: type.isExtension))
    }
    for (index, type) in words.types.enumerated() {
      // A parent may be defined after its subtype.
      if type.parent >= index, builder.vocabulary.types[Int(types[index])].parent < 0 {
        builder.vocabulary.defineType(
          type.id, parent: types[Int(type.parent)], quad: type.quad, score: type.score,
          isExtension: type.isExtension)
      }
      for mode in type.modes {
        builder.vocabulary.addMode(modes[Int(mode)], score: type.modeScores[mode], toType: types[index])
      }
    }
    for (noun, meaning) in words.addedNounMeanings {
      builder.vocabulary.addNoun(
        noun,
        Vocabulary.NounMeaning(
          type: types[Int(meaning.type)], includesSubtypes: meaning.includesSubtypes,
          mode: meaning.mode < 0 ? -1 : modes[Int(meaning.mode)]))
    }
  }

  // MARK: - Records

  /// Where the records of those ids stand, or will stand after the others.
  private static func indices(_ known: [String], _ added: [String]) -> [Int32] {
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
  ) -> WritableKeyPath<MergeCounts, Int> {
    guard Int(index) < records.count else {
      records.append(record)
      return \.new
    }
    if records[Int(index)] == record { return \.unchanged }
    records[Int(index)] = record
    return \.changed
  }

  private func here(_ citation: Citation) -> Citation { citation.moved(articles: articles) }

  private func here(_ event: EventRecord) -> EventRecord {
    var event = event
    event.type = types[Int(event.type)]
    event.mode = event.mode < 0 ? -1 : modes[Int(event.mode)]
    event.contexts = event.contexts.map { contexts[Int($0)] }
    event.place = event.place < 0 ? -1 : places[Int(event.place)]
    event.topics = event.topics.map { topics[Int($0)] }
    event.participants = event.participants.map { participation in
      Participation(
        actor: actors[Int(participation.actor)], role: roles[Int(participation.role)],
        certainty: participation.certainty)
    }
    event.relations = event.relations.map { relation in
      Relation(
        relation.kind, target: eventRows[Int(relation.target)], citation: relation.citation.map(here),
        isBackground: relation.isBackground)
    }
    return event
  }

  // MARK: - Reports

  /// In whatever order; a date of their own that is their article's is none.
  private func sayTheSame(_ some: [ReportRecord], _ others: [ReportRecord]) -> Bool {
    func counts(_ reports: [ReportRecord]) -> [ReportRecord: Int] {
      reports.reduce(into: [:]) { counts, report in
        var report = report
        if report.date == builder.articles[Int(report.article)].published { report.date = nil }
        counts[report, default: 0] += 1
      }
    }
    return counts(some) == counts(others)
  }

  private struct ReportKey: Hashable {
    let event: Int32
    let article: Int32

    init(_ report: ReportRecord) {
      event = report.event
      article = report.article
    }
  }

  private mutating func mergeReports() {
    let reports = other.reports.map(here)
    let incoming = Dictionary(grouping: reports, by: ReportKey.init)
    let known = Dictionary(
      grouping: builder.reports.filter { incoming[ReportKey($0)] != nil }, by: ReportKey.init)
    let same = Set(
      known.filter { key, before in incoming[key].map { sayTheSame(before, $0) } ?? false }.keys)
    builder.reports.removeAll { known[ReportKey($0)] != nil && !same.contains(ReportKey($0)) }
    for report in reports {
      let key = ReportKey(report)
      let change: WritableKeyPath<MergeCounts, Int> =
        known[key] == nil ? \.new : same.contains(key) ? \.unchanged : \.changed
      rest[keyPath: change] += 1
      if !same.contains(key) { builder.reports.append(report) }
    }
  }

  private func here(_ report: ReportRecord) -> ReportRecord {
    var report = report
    report.event = eventRows[Int(report.event)]
    report.article = articles[Int(report.article)]
    report.source = report.source < 0 ? -1 : actors[Int(report.source)]
    report.evidence = report.evidence.map(here)
    return report
  }
}
