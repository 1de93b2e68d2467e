import EDTF

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
// A row is named by its index, `Int32`; -1 stands for none. Times are four days, in columns, beside an index into the
// distinct EDTF texts.

package final class EventStore: Sendable {
  package let vocabulary: Vocabulary
  package let actors: [Actor]
  /// Of each actor.
  package let offices: OffsetArray<Office>
  package let places: [Place]
  package let articles: [Article]
  package let topics: [Topic]
  package let events: EventColumns
  package let reports: ReportColumns
  package let representation: Representation
  package let containment: Containment
  /// For each actor the events in which it is listed.
  package let eventsOfActor: OffsetArray<Int32>
  /// For each place the events placed there, not counting those placed within it.
  package let eventsOfPlace: OffsetArray<Int32>
  /// For each article its reports.
  package let reportsOfArticle: OffsetArray<Int32>
  private let lazyCounts: Lazy<EventCounts>
  /// Made when it is first asked for.
  package var eventCounts: EventCounts { lazyCounts.value }
  private let lazyNames: Lazy<NameIndex>
  /// Made when a name is first looked for.
  package var names: NameIndex { lazyNames.value }
  /// Whether the names can be looked for, and completed, without anything being made first.
  package var isReadyToComplete: Bool { lazyNames.isMade && names.canComplete }
  /// The attached texts by article; a text is attached only if its digest is the article's.
  package let texts: [Int32: ArticleText]

  package init(
    vocabulary: Vocabulary, actors: [Actor], places: [Place], articles: [Article], topics: [Topic],
    events: EventColumns, reports: ReportColumns, texts: [Int32: ArticleText] = [:]
  ) {
    self.vocabulary = vocabulary
    self.actors = actors
    self.places = places
    self.articles = articles
    self.topics = topics
    self.events = events
    self.reports = reports
    self.texts = texts
    offices = OffsetArray(actors.map(\.offices))
    representation = Representation(actors)
    containment = Containment(places)
    eventsOfActor = OffsetArray(
      rows: actors.count,
      pairs: (0..<events.count).flatMap { event in
        events.distinctActors(event).map { (row: $0, value: Int32(event)) }
      })
    eventsOfPlace = OffsetArray(
      rows: places.count,
      pairs: (0..<events.count).compactMap { event in
        events.place[event] < 0 ? nil : (row: events.place[event], value: Int32(event))
      })
    reportsOfArticle = OffsetArray(
      rows: articles.count,
      pairs: (0..<reports.count).map { (row: reports.article[$0], value: Int32($0)) })
    let counts = Lazy {
      [representation, containment, eventsOfActor, eventsOfPlace, reportsOfArticle] in
      EventCounts(
        vocabulary: vocabulary, events: events, reportEvents: reports.event,
        reportsOfArticle: reportsOfArticle,
        topicCount: topics.count, eventsOfActor: eventsOfActor, representation: representation,
        eventsOfPlace: eventsOfPlace, containment: containment)
    }
    lazyCounts = counts
    lazyNames = Lazy {
      let counts = counts.value
      return NameIndex(
        actors: actors, places: places, articles: articles, topics: topics, eventIDs: events.ids,
        weight: { counts.count($0) ?? 0 })
    }
  }
}

/// One time a row: four days in columns, and which of the distinct EDTF texts says it (-1: no time is recorded).
package struct TimeColumn: Sendable {
  package private(set) var startMin: [Int32] = []
  package private(set) var startMax: [Int32] = []
  package private(set) var endMin: [Int32] = []
  package private(set) var endMax: [Int32] = []
  package private(set) var text: [Int32] = []
  package private(set) var texts: [EDTFTime] = []
  private var indexOfText: [EDTFTime: Int32] = [:]

  package init() {}

  package mutating func append(_ time: EDTFTime?) {
    let bounds = time?.bounds ?? TimeBounds.anyTime
    startMin.append(StoredDay.encode(bounds.startMin))
    startMax.append(StoredDay.encode(bounds.startMax))
    endMin.append(StoredDay.encode(bounds.endMin))
    endMax.append(StoredDay.encode(bounds.endMax))
    guard let time else {
      text.append(-1)
      return
    }
    let index = indexOfText[time] ?? Int32(texts.count)
    if index == texts.count {
      indexOfText[time] = index
      texts.append(time)
    }
    text.append(index)
  }

  package var count: Int { text.count }

  package func time(_ row: Int) -> EDTFTime? { text[row] < 0 ? nil : texts[Int(text[row])] }

  /// The bounds of a row; of a row without a time, every day.
  package func bounds(_ row: Int) -> TimeBounds {
    TimeBounds(
      startMin: StoredDay.decode(startMin[row]), startMax: StoredDay.decode(startMax[row]),
      endMin: StoredDay.decode(endMin[row]), endMax: StoredDay.decode(endMax[row]))
  }
}

/// Days in four bytes: the sentinels of `TimeBounds` at the ends of the range, other days clamped between them
/// (some 5.8 million years on either side of 1970).
package enum StoredDay {
  package static func encode(_ day: Int) -> Int32 {
    switch day {
    case TimeBounds.openPast: Int32.min
    case TimeBounds.earliestDay: Int32.min + 1
    case TimeBounds.latestDay: Int32.max - 1
    case TimeBounds.openFuture: Int32.max
    default: Int32(max(Int(Int32.min) + 2, min(Int(Int32.max) - 2, day)))
    }
  }

  package static func decode(_ day: Int32) -> Int {
    switch day {
    case Int32.min: TimeBounds.openPast
    case Int32.min + 1: TimeBounds.earliestDay
    case Int32.max - 1: TimeBounds.latestDay
    case Int32.max: TimeBounds.openFuture
    default: Int(day)
    }
  }
}

extension TimeBounds {
  /// What is known of a time that nobody recorded.
  package static var anyTime: TimeBounds {
    TimeBounds(startMin: openPast, startMax: openFuture, endMin: openPast, endMax: openFuture)
  }
}

package struct EventColumns: Sendable {
  package var ids: [String] = []
  package var type: [Int16] = []
  package var mode: [Int16] = []
  package var status: [Int8] = []
  package var certainty: [Int8] = []
  package var place: [Int32] = []
  package var time = TimeColumn()
  package var label: [LocalizedText] = []
  package var contexts = OffsetArray<Int16>()
  package var topics = OffsetArray<Int32>()
  /// Rows of `participants`, which lie by event.
  package var participations = OffsetArray<Participation>()
  package var reports = OffsetArray<Int32>()
  package var relations: [RelationKind: OffsetArray<Int32>] = [:]
  /// The relations as they were said, with their citations.
  package var statedRelations = OffsetArray<Relation>()
  package var background: [[String]] = []

  package init() {}

  package var count: Int { ids.count }

  /// The actors of an event, each once, in the order listed.
  package func distinctActors(_ event: Int) -> [Int32] {
    var actors: [Int32] = []
    for participation in participations[event] where !actors.contains(participation.actor) {
      actors.append(participation.actor)
    }
    return actors
  }

  package func related(_ event: Int, _ kind: RelationKind) -> ArraySlice<Int32> {
    relations[kind]?[event] ?? []
  }
}

package struct ReportColumns: Sendable {
  package var event: [Int32] = []
  package var article: [Int32] = []
  package var source: [Int32] = []
  package var status: [Int8] = []
  package var certainty: [Int8] = []
  /// The report's own date, else its article's.
  package var date = TimeColumn()
  package var gist: [LocalizedText] = []
  package var evidence = OffsetArray<Citation>()
  package var background: [[String]] = []

  package init() {}

  package var count: Int { event.count }
}
