extension EventStore {
  /// The records that some events need: their reports, the articles of these, who takes part and who is quoted, the places
  /// and topics, and whatever these refer to in turn. Of relations between events, those within the part.
  ///
  /// - Parameter named: Other records that are to be in it.
  package func part(events: [Int32], named: [EntityName] = []) -> StoreBuilder {
    var part = Part(self)
    for event in events { part.events.add(event) }
    for name in named { part.add(name) }
    part.addWhatEventsNeed()
    return part.builder()
  }
}

/// Which rows of one kind are kept.
private struct Selection {
  private(set) var isKept: [Bool]

  init(count: Int) { isKept = [Bool](repeating: false, count: count) }

  /// - Returns: Whether it is new.
  @discardableResult
  mutating func add(_ row: Int32) -> Bool {
    guard isKept.indices.contains(Int(row)), !isKept[Int(row)] else { return false }
    isKept[Int(row)] = true
    return true
  }

  var rows: [Int] { isKept.indices.filter { isKept[$0] } }

  /// Where each row stands among those that are kept.
  var places: [Int32] {
    var next: Int32 = 0
    return isKept.map { isKept in
      defer { if isKept { next += 1 } }
      return isKept ? next : -1
    }
  }
}

private struct Part {
  let store: EventStore
  var events: Selection
  private var actors: Selection
  private var places: Selection
  private var articles: Selection
  private var topics: Selection

  init(_ store: EventStore) {
    self.store = store
    events = Selection(count: store.events.count)
    actors = Selection(count: store.actors.count)
    places = Selection(count: store.places.count)
    articles = Selection(count: store.articles.count)
    topics = Selection(count: store.topics.count)
  }

  // MARK: - Collecting

  mutating func add(_ name: EntityName) {
    switch name.kind {
    case .event: events.add(name.index)
    case .actor: addActor(name.index)
    case .place: addPlace(name.index)
    case .article: articles.add(name.index)
    case .topic: topics.add(name.index)
    case .report, .participation, .office: break
    }
  }

  mutating func addWhatEventsNeed() {
    let columns = store.events
    for event in events.rows {
      for row in columns.participations.range(event) { addActor(columns.participations.actor[row]) }
      addPlace(columns.place[event])
      for topic in columns.topics[event] { topics.add(topic) }
      for report in columns.reports.range(event) { addReport(report) }
      for relation in columns.statedRelations[event] where events.isKept[Int(relation.target)] {
        if let citation = relation.citation { articles.add(citation.article) }
      }
    }
  }

  private mutating func addReport(_ report: Int) {
    articles.add(store.reports.article[report])
    addActor(store.reports.source[report])
    for citation in store.reports.evidence[report] { articles.add(citation.article) }
  }

  private mutating func addActor(_ actor: Int32) {
    var waiting = [actor]
    while let next = waiting.popLast() {
      guard actors.add(next) else { continue }
      let actor = store.actors[Int(next)]
      for citation in actor.citations { articles.add(citation.article) }
      waiting += actor.represents + actor.offices.compactMap(\.organization)
    }
  }

  private mutating func addPlace(_ place: Int32) {
    var waiting = [place]
    while let next = waiting.popLast() {
      guard places.add(next) else { continue }
      let place = store.places[Int(next)]
      for citation in place.citations { articles.add(citation.article) }
      waiting += place.within
    }
  }

  // MARK: - Building

  func builder() -> StoreBuilder {
    let here = Places(
      events: events.places, actors: actors.places, places: places.places, articles: articles.places,
      topics: topics.places)
    var builder = StoreBuilder(vocabulary: store.vocabulary)
    builder.articles = articles.rows.map { store.articles[$0] }
    builder.topics = topics.rows.map { store.topics[$0] }
    builder.actors = actors.rows.map {
      store.actors[$0].moved(actors: here.actors, articles: here.articles)
    }
    builder.places = places.rows.map {
      store.places[$0].moved(places: here.places, articles: here.articles)
    }
    for row in events.rows {
      builder.events.append(here.moved(StoreBuilder.event(row, store.events)))
      for report in store.events.reports.range(row) {
        let published = store.articles.published.time(Int(store.reports.article[report]))
        if let report = StoreBuilder.report(report, store.reports, published: published) {
          builder.reports.append(here.moved(report))
        }
      }
    }
    return builder
  }
}

/// Where records stand in the part.
private struct Places {
  let events: [Int32]
  let actors: [Int32]
  let places: [Int32]
  let articles: [Int32]
  let topics: [Int32]

  func moved(_ event: EventRecord) -> EventRecord {
    var event = event
    if event.place >= 0 { event.place = places[Int(event.place)] }
    event.topics = event.topics.map { topics[Int($0)] }
    for index in event.participants.indices {
      event.participants[index].actor = actors[Int(event.participants[index].actor)]
    }
    event.relations = event.relations.filter { events[Int($0.target)] >= 0 }.map { relation in
      var relation = relation
      relation.target = events[Int(relation.target)]
      relation.citation = relation.citation.map { $0.moved(articles: articles) }
      return relation
    }
    return event
  }

  func moved(_ report: ReportRecord) -> ReportRecord {
    var report = report
    report.event = events[Int(report.event)]
    report.article = articles[Int(report.article)]
    if report.source >= 0 { report.source = actors[Int(report.source)] }
    report.evidence = report.evidence.map { $0.moved(articles: articles) }
    return report
  }
}
