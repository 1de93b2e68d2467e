import EDTF

extension StoreBuilder {
  /// The records of a store, in its order: to add to it, or to print it.
  package init(_ store: EventStore) {
    self.init(vocabulary: store.vocabulary)
    actors = store.actors
    places = store.places
    articles = Array(store.articles)
    topics = store.topics
    events = (0..<store.events.count).map { StoreBuilder.event($0, store.events) }
    let published = store.articles.published
    reports = (0..<store.reports.count).compactMap { row in
      StoreBuilder.report(
        row, store.reports, published: published.time(Int(store.reports.article[row])))
    }
  }

  static func event(_ row: Int, _ columns: EventColumns) -> EventRecord {
    var event = EventRecord(id: columns.ids[row], type: columns.type[row])
    event.mode = columns.mode[row]
    event.contexts = Array(columns.contexts[row])
    event.label = columns.label[row]
    event.score = columns.score[row]
    event.time = columns.time.time(row)
    event.place = columns.place[row]
    event.participants = columns.participations.range(row).map { columns.participations[$0] }
    event.topics = Array(columns.topics[row])
    event.relations = columns.statedRelations[row]
    event.background = columns.background[row]
    return event
  }

  /// - Parameter published: When its article was.
  static func report(_ row: Int, _ columns: ReportColumns, published: EDTFTime?) -> ReportRecord? {
    guard let status = Status(rawValue: columns.status[row]),
      let certainty = Certainty(rawValue: columns.certainty[row])
    else { return nil }
    var report = ReportRecord(
      event: columns.event[row], article: columns.article[row], status: status, certainty: certainty)
    report.source = columns.source[row]
    report.gist = columns.gist[row]
    report.evidence = columns.evidence[row]
    report.background = columns.background[row]
    let date = columns.date.time(row)
    if date != published { report.date = date }
    return report
  }
}
