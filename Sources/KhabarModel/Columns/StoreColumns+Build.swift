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
      eventsOfActor: eventsOfActor(participations),
      eventsOfPlace: groups(columns.place, count: places.count),
      reportsOfArticle: groups(reportColumns.article, count: articles.count),
      idIndexes: idIndexes(columns, layout))
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
    setStatuses(&columns, reports)
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

  /// An event's own status and certainty are those of its latest report; without any, it is reported by nobody and
  /// counts as hypothetical and possible.
  private func setStatuses(_ columns: inout EventColumns, _ reports: ReportColumns) {
    let latest = Memory<Int32>(count: columns.count)
    let offsets = columns.reports
    Threads.run(threads, rows: columns.count) { _, rows in
      for row in rows {
        let range = offsets.range(row)
        latest.base[row] = range.isEmpty ? -1 : Int32(truncatingIfNeeded: range.upperBound - 1)
      }
    }
    columns.status = taken(reports.status, latest, none: Status.hypothetical.rawValue)
    columns.certainty = taken(reports.certainty, latest, none: Certainty.possible.rawValue)
  }

  private func taken(_ codes: CodeColumn<Int8>, _ rows: Memory<Int32>, none: Int8) -> CodeColumn<Int8> {
    let taken = Memory<Int32>(count: rows.count)
    Threads.run(threads, rows: rows.count) { _, range in
      for row in range {
        let source = Int(rows.base[row])
        taken.base[row] = Int32(source < 0 ? none : codes[source])
      }
    }
    return CodeColumn(taken, threads: threads)
  }

  // MARK: - What leads back

  private func eventsOfActor(_ participations: ParticipationColumns) -> OffsetArray<Int32> {
    let count = actors.count
    let rows = participations.ofEvent.count
    let parts = max(1, min(threads, rows / (1 << 14) + 1))
    let counters = (0..<parts).map { _ in Memory<UInt32>(repeating: 0, count: count) }
    Threads.run(parts) { part in
      let counter = counters[part].base
      Self.visitActors(participations, Threads.range(part, of: parts, rows: rows)) { _, actor in
        counter[actor] &+= 1
      }
    }
    let starts = Memory<UInt32>(count: count + 1)
    let values = Memory<Int32>(count: RowGroups.setStarts(counters.map(\.base), starts))
    Threads.run(parts) { part in
      let next = counters[part].base
      Self.visitActors(participations, Threads.range(part, of: parts, rows: rows)) { event, actor in
        values.base[Int(next[actor])] = Int32(truncatingIfNeeded: event)
        next[actor] &+= 1
      }
    }
    return OffsetArray(offsets: Offsets(starts: starts), values: Column(values))
  }

  /// The actors of events, each once.
  @inline(__always) private static func visitActors(
    _ participations: ParticipationColumns, _ events: Range<Int>,
    _ visit: (_ event: Int, _ actor: Int) -> Void
  ) {
    let actors = participations.actor
    for event in events {
      let rows = participations.range(event)
      if rows.count > 32 {
        var seen: Set<Int32> = []
        for row in rows where seen.insert(actors[row]).inserted { visit(event, Int(actors[row])) }
        continue
      }
      for row in rows {
        let actor = actors[row]
        var before = rows.lowerBound
        while before < row, actors[before] != actor { before += 1 }
        if before == row { visit(event, Int(actor)) }
      }
    }
  }

  private func groups(_ codes: CodeColumn<Int32>, count: Int) -> OffsetArray<Int32> {
    let numbers = Memory<Int32>(count: codes.count)
    Threads.run(threads, rows: codes.count) { _, rows in for row in rows { numbers.base[row] = codes[row] } }
    return RowGroups(numbers, count: count, threads: threads).array
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
