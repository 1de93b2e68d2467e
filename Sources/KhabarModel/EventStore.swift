// The event model in memory.
//
// What enters: records (`Actor`, `EventRecord`, `ReportRecord`, …) through a `StoreBuilder`.
// What leaves: an immutable `EventStore`: small tables for actors, places, articles and topics; columns for events and
// reports; and what queries need at once: who represents whom, what lies within what, who took part where, and the
// index of names.
//
//     events                      type  status  startMin … endMax  place  participants
//     0  ceasefire_2020           13    0       18262 … 18627      -1     [ ]
//     1  peacekeeper_deployment   …
//
// Events lie in the order in which a plain query answers: by the bounds of their start, then of their end, then by id.
// Reports lie by event, then by date, so the reports of event `i` are the rows `reportsOfEvent.range(i)`.
// A row is named by its index, `Int32`; -1 stands for none. Columns of codes take the bytes that their greatest needs
// (`CodeColumn`). Of times, each different one is stored once, and since events lie by time, they lie in runs of the same
// (`TimeColumn`).

package final class EventStore: Sendable {
  package let vocabulary: Vocabulary
  package let articles: ArticleColumns
  package let topics: [Topic]
  package let events: EventColumns
  package let reports: ReportColumns
  // What follows from columns is made when it is first asked for, where a database does not have it; and what it has as
  // records is read then.
  private let lazyEventsOfActor: Lazy<OffsetArray<Int32>>
  /// For each actor the events in which it is listed.
  package var eventsOfActor: OffsetArray<Int32> { lazyEventsOfActor.value }
  private let lazyEventsOfPlace: Lazy<OffsetArray<Int32>>
  /// For each place the events placed there, not counting those placed within it.
  package var eventsOfPlace: OffsetArray<Int32> { lazyEventsOfPlace.value }
  private let lazyReportsOfArticle: Lazy<OffsetArray<Int32>>
  /// For each article its reports.
  package var reportsOfArticle: OffsetArray<Int32> { lazyReportsOfArticle.value }
  private let lazyActors: Lazy<[Actor]>
  package var actors: [Actor] { lazyActors.value }
  private let lazyPlaces: Lazy<[Place]>
  package var places: [Place] { lazyPlaces.value }
  private let lazyOffices: Lazy<OfficeTable>
  /// Of each actor.
  package var offices: OfficeTable { lazyOffices.value }
  private let lazyRepresentation: Lazy<Representation>
  package var representation: Representation { lazyRepresentation.value }
  private let lazyContainment: Lazy<Containment>
  package var containment: Containment { lazyContainment.value }
  private let lazyCounts: Lazy<EventCounts>
  package var eventCounts: EventCounts { lazyCounts.value }
  private let lazyIDIndexes: Lazy<[IDIndex]>
  /// Of events and articles, where there are very many.
  var idIndexes: [IDIndex] { lazyIDIndexes.value }
  private let lazyNames: Lazy<NameIndex>
  /// Made when a name is first looked for.
  package var names: NameIndex { lazyNames.value }
  /// Whether the names can be looked for, and completed, without anything being made first.
  package var isReadyToComplete: Bool { lazyNames.isMade && names.canComplete }
  /// Of labels, gists and titles, for `contains`.
  package let textIndexes: TextIndexes
  /// The attached texts by article; a text is attached only if its digest is the article's.
  package let texts: [Int32: ArticleText]

  package convenience init(
    vocabulary: Vocabulary, actors: [Actor], places: [Place], articles: ArticleColumns, topics: [Topic],
    events: EventColumns, reports: ReportColumns, texts: [Int32: ArticleText] = [:]
  ) {
    self.init(
      vocabulary: vocabulary, actors: Lazy(made: actors), places: Lazy(made: places), articles: articles,
      topics: topics, events: events, reports: reports, texts: texts)
  }

  /// - Parameters:
  ///   - eventsOfActor: nil: it is made, as are all that are nil.
  ///   - threads: How many make it.
  init(
    vocabulary: Vocabulary, actors: Lazy<[Actor]>, places: Lazy<[Place]>, articles: ArticleColumns,
    topics: [Topic], events: EventColumns, reports: ReportColumns, texts: [Int32: ArticleText],
    eventsOfActor: OffsetArray<Int32>? = nil, eventsOfPlace: OffsetArray<Int32>? = nil,
    reportsOfArticle: OffsetArray<Int32>? = nil,
    idIndexes: Lazy<[IDIndex]>? = nil, textIndexes: TextIndexes? = nil, threads: Int = Threads.available
  ) {
    self.vocabulary = vocabulary
    self.textIndexes = textIndexes ?? TextIndexes(events, reports, articles)
    self.articles = articles
    self.topics = topics
    self.events = events
    self.reports = reports
    self.texts = texts
    let eventsOfActor = Lazy(eventsOfActor) {
      events.participations.eventsOfActor(count: actors.value.count, threads)
    }
    let eventsOfPlace = Lazy(eventsOfPlace) {
      RowGroups.array(events.place, count: places.value.count, threads)
    }
    let reportsOfArticle = Lazy(reportsOfArticle) {
      RowGroups.array(reports.article, count: articles.count, threads)
    }
    lazyEventsOfActor = eventsOfActor
    lazyEventsOfPlace = eventsOfPlace
    lazyReportsOfArticle = reportsOfArticle
    lazyActors = actors
    lazyPlaces = places
    lazyOffices = Lazy { OfficeTable(actors.value) }
    let representation = Lazy { Representation(actors.value) }
    let containment = Lazy { Containment(places.value) }
    lazyRepresentation = representation
    lazyContainment = containment
    let counts = Lazy {
      EventCounts(
        vocabulary: vocabulary, events: events, reportEvents: reports.event,
        reportsOfArticle: reportsOfArticle.value,
        topicCount: topics.count, eventsOfActor: eventsOfActor.value, representation: representation.value,
        eventsOfPlace: eventsOfPlace.value, containment: containment.value)
    }
    lazyCounts = counts
    let indexes = idIndexes ?? Lazy { Self.idsByKind(events, articles).map { IDIndex($0.kind, $0.ids) } }
    lazyIDIndexes = indexes
    lazyNames = Lazy {
      NameIndex(
        actors: actors.value, places: places.value, articles: articles, topics: topics, eventIDs: events.ids,
        idIndexes: indexes.value,
        weight: { counts.value.count($0) ?? 0 })
    }
  }
}

extension EventStore {
  /// The ids of which there are very many.
  static func idsByKind(
    _ events: EventColumns, _ articles: ArticleColumns
  ) -> [(kind: EntityKind, ids: TextColumn)] {
    [(.event, events.ids), (.article, articles.ids)].filter { $0.1.count >= IDIndex.leastCount }
  }
}

/// The offices of all actors, numbered through.
package struct OfficeTable: RandomAccessCollection, Sendable {
  private let ofActor: Offsets
  private let offices: [Office]

  init(_ actors: [Actor]) {
    ofActor = Offsets(counts: actors.map(\.offices.count))
    offices = actors.flatMap(\.offices)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { offices.count }
  package func range(ofActor actor: Int) -> Range<Int> { ofActor.range(actor) }
  package subscript(office: Int) -> Office { offices[office] }
}

package struct EventColumns: Sendable {
  package var ids = TextColumn()
  package var type = CodeColumn<Int16>()
  package var mode = CodeColumn<Int16>()
  /// Where sources score the events themselves.
  package var score = ScoreColumn()
  package var status = CodeColumn<Int8>()
  package var certainty = CodeColumn<Int8>()
  package var place = CodeColumn<Int32>()
  package var time = TimeColumn()
  package var label = RecordColumn<LocalizedText>()
  package var contexts = OffsetArray<Int16>()
  package var topics = OffsetArray<Int32>()
  package var participations = ParticipationColumns()
  /// Reports lie by event: these are rows of `ReportColumns`.
  package var reports = Offsets()
  package var relations: [RelationKind: OffsetArray<Int32>] = [:]
  /// The relations as they were said, with their citations.
  package var statedRelations = RecordColumn<[Relation]>()
  package var background = RecordColumn<[String]>()

  package init() {}

  package var count: Int { ids.count }

  /// The actors of an event, each once, in the order listed.
  package func distinctActors(_ event: Int) -> [Int32] {
    var actors: [Int32] = []
    for row in participations.range(event) {
      let actor = participations.actor[row]
      if !actors.contains(actor) { actors.append(actor) }
    }
    return actors
  }

  package func related(_ event: Int, _ kind: RelationKind) -> Column<Int32> {
    relations[kind]?[event] ?? Column([])
  }
}

/// Who took part in what: the rows of event `i` are `range(i)`.
package struct ParticipationColumns: Sendable {
  package var ofEvent = Offsets()
  package var actor = CodeColumn<Int32>()
  /// Indices into `Vocabulary.roles`.
  package var role = CodeColumn<Int16>()
  package var certainty = CodeColumn<Int8>()

  package init() {}

  init(_ events: [[Participation]]) {
    let all = events.joined()
    ofEvent = Offsets(counts: events.map(\.count))
    actor = CodeColumn(all.map(\.actor))
    role = CodeColumn(all.map(\.role))
    certainty = CodeColumn(all.map(\.certainty.rawValue))
  }

  package var count: Int { actor.count }

  @inlinable package func range(_ event: Int) -> Range<Int> { ofEvent.range(event) }

  package subscript(row: Int) -> Participation {
    Participation(
      actor: actor[row], role: role[row], certainty: Certainty(rawValue: certainty[row]) ?? .certain)
  }
}

package struct ReportColumns: Sendable {
  package var event = CodeColumn<Int32>()
  package var article = CodeColumn<Int32>()
  package var source = CodeColumn<Int32>()
  package var status = CodeColumn<Int8>()
  package var certainty = CodeColumn<Int8>()
  /// The report's own date, else its article's.
  package var date = TimeColumn()
  package var gist = RecordColumn<LocalizedText>()
  package var evidence = RecordColumn<[Citation]>()
  package var background = RecordColumn<[String]>()

  package init() {}

  package var count: Int { event.count }
}
