import EDTF

extension StoreColumns {
  package func build() -> Outcome {
    let layout = layOutEvents()
    placeRows(layout)
    let (participations, repeatedParticipants) = layOutParticipants(layout)
    let (reportColumns, reportRows, repeatedReports) = layOutReports(layout)
    var columns = eventColumns(layout, participations, reportColumns, reportRows)
    let (contexts, repeatedContexts): (OffsetArray<Int16>, [UInt32]) = distinct(contexts, layout)
    let (topics, repeatedTopics): (OffsetArray<Int32>, [UInt32]) = distinct(eventTopics, layout)
    columns.contexts = contexts
    columns.topics = topics
    let store = EventStore(
      vocabulary: vocabulary, actors: Lazy(made: actors), places: Lazy(made: places), articles: articles,
      topics: self.topics, events: columns, reports: reportColumns, texts: [:],
      eventsOfActor: participations.eventsOfActor(count: actors.count, threads),
      eventsOfPlace: RowGroups.array(columns.place, count: places.count, threads),
      reportsOfArticle: RowGroups.array(reportColumns.article, count: articles.count, threads),
      idIndexes: Lazy(made: idIndexes(columns, layout)))
    return Outcome(
      store: store, repeatedParticipants: repeatedParticipants, repeatedReports: repeatedReports,
      repeatedContexts: repeatedContexts, repeatedTopics: repeatedTopics)
  }

  private func eventColumns(
    _ layout: Layout, _ participations: ParticipationColumns, _ reports: ReportColumns, _ offsets: Offsets
  ) -> EventColumns {
    var columns = EventColumns()
    let count = events.count
    columns.ids = events.ids.inOrder(layout.order, threads: threads)
    columns.type = CodeColumn(events.type, order: layout.order, threads: threads)
    columns.mode = CodeColumn(events.mode, order: layout.order, threads: threads)
    columns.score = ScoreColumn(codes: CodeColumn(events.score, order: layout.order, threads: threads))
    columns.place = CodeColumn(events.place, order: layout.order, threads: threads)
    columns.time = sortedTimes(layout)
    columns.label = events.label?.inOrder(layout.order, threads: threads) ?? RecordColumn(none: count)
    columns.participations = participations
    columns.statedRelations = RecordColumn(none: count)
    columns.background = RecordColumn(none: count)
    columns.reports = offsets
    columns.setStatuses(reports, threads)
    return columns
  }

  /// The times of events that lie by them.
  private func sortedTimes(_ layout: Layout) -> TimeColumn {
    var starts: [UInt32] = []
    var codes: [Int32] = []
    var codeOfTime = [Int32](repeating: -1, count: times.count)
    var used: [EDTFTime] = []
    var last: Int32 = -2
    for row in 0..<layout.order.count {
      let time = events.time[Int(layout.order.base[row])]
      if time == last { continue }
      last = time
      if time >= 0, codeOfTime[Int(time)] < 0 {
        codeOfTime[Int(time)] = Int32(truncatingIfNeeded: used.count)
        used.append(times[Int(time)])
      }
      starts.append(UInt32(truncatingIfNeeded: row))
      codes.append(time < 0 ? -1 : codeOfTime[Int(time)])
    }
    let runs = TimeRuns(starts: starts, codes: codes, count: layout.order.count)
    return TimeColumn(layout: .runs(runs), table: TimeTable(used), count: layout.order.count)
  }

  /// What events have several of, each once.
  private func distinct<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values, _ layout: Layout
  ) -> (OffsetArray<Value>, repeated: [UInt32]) {
    if values.event.count == 0 { return (OffsetArray(none: layout.order.count), []) }
    let groups = RowGroups(values.event, count: layout.order.count, threads: threads)
    let starts = Memory<UInt32>(count: layout.order.count + 1)
    let kept = Memory<Value>(count: groups.rows.count)
    var repeated: [UInt32] = []
    var next = 0
    for event in 0..<layout.order.count {
      let first = next
      starts.base[event] = UInt32(truncatingIfNeeded: next)
      for place in groups.starts.base[event]..<groups.starts.base[event + 1] {
        let row = groups.rows.base[Int(place)]
        let value = Value(truncatingIfNeeded: values.value.base[Int(row)])
        var known = first
        while known < next, kept.base[known] != value { known += 1 }
        if known < next {
          repeated.append(row)
        } else {
          kept.base[next] = value
          next += 1
        }
      }
    }
    starts[layout.order.count] = UInt32(truncatingIfNeeded: next)
    return (OffsetArray(offsets: Offsets(starts: starts), values: Column(kept).slice(0..<next)), repeated)
  }

  /// Puts in place of events, wherever they are spoken of, the rows that they will have.
  private func placeRows(_ layout: Layout) {
    var done: [ObjectIdentifier] = []
    for events in [participants.event, contexts.event, eventTopics.event, reports.event]
    where !done.contains(ObjectIdentifier(events)) {
      done.append(ObjectIdentifier(events))
      Threads.run(threads, rows: events.count) { _, range in
        for row in range where events.base[row] >= 0 {
          events.base[row] = Int32(bitPattern: layout.rowOfEvent.base[Int(events.base[row])])
        }
      }
    }
  }

  private func idIndexes(_ columns: EventColumns, _ layout: Layout) -> [IDIndex] {
    EventStore.idsByKind(columns, articles).map { kind, ids in
      guard ids.numbers != nil else { return IDIndex(kind, ids) }
      let order =
        kind == .event ? (events.ids.areAscendingNumbers ? Column(layout.rowOfEvent) : nil) : articlesByID
      return order.map { IDIndex(kind, ids, order: $0) } ?? IDIndex(kind, ids)
    }
  }
}
