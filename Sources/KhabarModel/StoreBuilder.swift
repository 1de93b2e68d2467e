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
    let order = events.indices.sorted { precedes(events[$0], events[$1]) }
    var rank = [Int32](repeating: 0, count: order.count)
    for (position, event) in order.enumerated() { rank[event] = Int32(position) }
    let reports = sortedReports(rank)
    var columns = EventColumns()
    for event in order { append(events[event], to: &columns, rank) }
    columns.relations = relationArrays(rank)
    columns.reports = OffsetArray(
      rows: order.count, pairs: reports.indices.map { (row: rank[Int(reports[$0].event)], value: Int32($0)) })
    var reportColumns = ReportColumns()
    for report in reports { append(report, to: &reportColumns, rank) }
    setStatuses(&columns, reportColumns)
    return EventStore(
      vocabulary: vocabulary, actors: actors, places: places, articles: articles, topics: topics,
      events: columns,
      reports: reportColumns, texts: texts)
  }

  /// By the bounds of the start, then of the end, then by id; events without a time last.
  private func precedes(_ a: EventRecord, _ b: EventRecord) -> Bool {
    guard let first = a.time?.bounds, let second = b.time?.bounds else {
      return a.time == nil && b.time == nil ? a.id < b.id : a.time != nil
    }
    return first == second ? a.id < b.id : first.precedes(second)
  }

  /// By event, then by their articles' dates, then as they came.
  private func sortedReports(_ rank: [Int32]) -> [ReportRecord] {
    let keyed = reports.enumerated().map {
      (
        offset: $0.offset, report: $0.element,
        date: articles[Int($0.element.article)].published ?? $0.element.date
      )
    }
    return keyed.sorted { a, b in
      let first = rank[Int(a.report.event)]
      let second = rank[Int(b.report.event)]
      if first != second { return first < second }
      let dates = (a.date?.bounds ?? .anyTime, b.date?.bounds ?? .anyTime)
      return dates.0 == dates.1 ? a.offset < b.offset : dates.0.precedes(dates.1)
    }.map(\.report)
  }

  private func date(_ report: ReportRecord) -> EDTFTime? {
    report.date ?? articles[Int(report.article)].published
  }

  private func append(_ event: EventRecord, to columns: inout EventColumns, _ rank: [Int32]) {
    columns.ids.append(event.id)
    columns.type.append(event.type)
    columns.mode.append(event.mode)
    columns.place.append(event.place)
    columns.time.append(event.time)
    columns.label.append(event.label)
    columns.contexts.append(event.contexts)
    columns.topics.append(event.topics)
    columns.participations.append(event.participants)
    columns.statedRelations.append(
      event.relations.map { relation in
        var relation = relation
        relation.target = rank[Int(relation.target)]
        return relation
      })
    columns.background.append(event.background)
  }

  private func append(_ report: ReportRecord, to columns: inout ReportColumns, _ rank: [Int32]) {
    columns.event.append(rank[Int(report.event)])
    columns.article.append(report.article)
    columns.source.append(report.source)
    columns.status.append(report.status.rawValue)
    columns.certainty.append(report.certainty.rawValue)
    columns.date.append(date(report))
    columns.gist.append(report.gist)
    columns.evidence.append(report.evidence)
    columns.background.append(report.background)
  }

  /// An event's own status and certainty are those of its latest report; without any, it is reported by nobody and
  /// counts as hypothetical and possible.
  private func setStatuses(_ columns: inout EventColumns, _ reports: ReportColumns) {
    for event in 0..<columns.count {
      let latest = columns.reports[event].last.map { Int($0) }
      columns.status.append(latest.map { reports.status[$0] } ?? Status.hypothetical.rawValue)
      columns.certainty.append(latest.map { reports.certainty[$0] } ?? Certainty.possible.rawValue)
    }
  }

  private func relationArrays(_ rank: [Int32]) -> [RelationKind: OffsetArray<Int32>] {
    var pairs: [RelationKind: Set<[Int32]>] = [:]
    for (index, event) in events.enumerated() {
      for relation in event.relations {
        let source = rank[index]
        let target = rank[Int(relation.target)]
        pairs[relation.kind, default: []].insert([source, target])
        if let inverse = relation.kind.inverse { pairs[inverse, default: []].insert([target, source]) }
      }
    }
    return pairs.mapValues { pairs in
      let sorted = pairs.sorted { $0[0] == $1[0] ? $0[1] < $1[1] : $0[0] < $1[0] }
      return OffsetArray(rows: events.count, pairs: sorted.map { (row: $0[0], value: $0[1]) })
    }
  }
}

extension TimeBounds {
  /// The order of times in answers: start bounds, then end bounds.
  package func precedes(_ other: TimeBounds) -> Bool {
    (startMin, startMax, endMin, endMax) < (other.startMin, other.startMax, other.endMin, other.endMax)
  }
}
