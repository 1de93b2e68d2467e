import EDTF

/// Collects records and lays them out: events in the order of their times, reports by event and date, relations in both
/// directions. References are indices of the records in the order in which they were added; whoever adds them checks
/// them (the model loader reports wrong ones at the line that makes them).
package struct StoreBuilder: Sendable {
  package var vocabulary: Vocabulary
  package var actors: [Actor] = []
  package var places: [Place] = []
  package var articles: [Article] = []
  package var topics: [Topic] = []
  package var events: [EventRecord] = []
  package var reports: [ReportRecord] = []

  package init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  package func build(texts: [Int32: ArticleText] = [:]) -> EventStore {
    let order = orderOfEvents()
    var rank = [Int32](repeating: 0, count: order.count)
    for (position, event) in order.enumerated() { rank[event] = Int32(position) }
    let reports = sortedReports(rank)
    let reportColumns = columns(reports, rank)
    return EventStore(
      vocabulary: vocabulary, actors: actors, places: places, articles: ArticleColumns(articles),
      topics: topics,
      events: columns(order, rank, reportColumns), reports: reportColumns, texts: texts)
  }

  /// By the bounds of the start, then of the end, then by id; events without a time last.
  private func orderOfEvents() -> [Int] {
    let bounds = events.map { $0.time?.bounds }
    return events.indices.sorted { a, b in
      guard let first = bounds[a], let second = bounds[b] else {
        return bounds[a] == nil && bounds[b] == nil ? events[a].id < events[b].id : bounds[a] != nil
      }
      return first == second ? events[a].id < events[b].id : first.precedes(second)
    }
  }

  /// By event, then by their articles' dates, then as they came.
  private func sortedReports(_ rank: [Int32]) -> [ReportRecord] {
    let dates = reports.map { (articles[Int($0.article)].published ?? $0.date)?.bounds ?? .anyTime }
    return reports.indices.sorted { a, b in
      let first = rank[Int(reports[a].event)]
      let second = rank[Int(reports[b].event)]
      if first != second { return first < second }
      return dates[a] == dates[b] ? a < b : dates[a].precedes(dates[b])
    }.map { reports[$0] }
  }

  private func date(_ report: ReportRecord) -> EDTFTime? {
    report.date ?? articles[Int(report.article)].published
  }

  private func columns(_ order: [Int], _ rank: [Int32], _ reports: ReportColumns) -> EventColumns {
    let events = order.map { self.events[$0] }
    var columns = EventColumns()
    columns.ids = TextColumn(events.map(\.id))
    columns.type = CodeColumn(events.map(\.type))
    columns.mode = CodeColumn(events.map(\.mode))
    columns.score = ScoreColumn(events.map(\.score))
    columns.place = CodeColumn(events.map(\.place))
    columns.time = TimeColumn(sorted: events.map(\.time))
    columns.label = RecordColumn(events.map(\.label))
    columns.contexts = OffsetArray(events.map(\.contexts))
    columns.topics = OffsetArray(events.map(\.topics))
    columns.participations = ParticipationColumns(events.map(\.participants))
    columns.statedRelations = RecordColumn(events.map { ranked($0.relations, rank) })
    columns.background = RecordColumn(events.map(\.background))
    columns.relations = EventColumns.relationArrays(
      events: events.count,
      events.indices.lazy.map { (Int32(truncatingIfNeeded: $0), columns.statedRelations[$0]) })
    var counts = [Int](repeating: 0, count: events.count)
    for event in reports.event { counts[Int(event)] += 1 }
    columns.reports = Offsets(counts: counts)
    columns.setStatuses(reports, 1)
    return columns
  }

  private func ranked(_ relations: [Relation], _ rank: [Int32]) -> [Relation] {
    relations.map { relation in
      var relation = relation
      relation.target = rank[Int(relation.target)]
      return relation
    }
  }

  private func columns(_ reports: [ReportRecord], _ rank: [Int32]) -> ReportColumns {
    var columns = ReportColumns()
    columns.event = CodeColumn(reports.map { rank[Int($0.event)] })
    columns.article = CodeColumn(reports.map(\.article))
    columns.source = CodeColumn(reports.map(\.source))
    columns.status = CodeColumn(reports.map(\.status.rawValue))
    columns.certainty = CodeColumn(reports.map(\.certainty.rawValue))
    columns.date = TimeColumn(reports.map { date($0) })
    columns.gist = RecordColumn(reports.map(\.gist))
    columns.evidence = RecordColumn(reports.map(\.evidence))
    columns.background = RecordColumn(reports.map(\.background))
    return columns
  }
}

extension TimeBounds {
  /// The order of times in answers: start bounds, then end bounds.
  package func precedes(_ other: TimeBounds) -> Bool {
    (startMin, startMax, endMin, endMax) < (other.startMin, other.startMax, other.endMin, other.endMax)
  }
}
