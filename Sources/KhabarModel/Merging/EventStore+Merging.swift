import EDTF

extension EventStore {
  /// The store with the records of another, which are told apart by their ids: what is there under an id already is
  /// replaced by what comes. Reports are told apart by event and article: those of an event by other articles stay.
  ///
  ///     own     e1 2023-05-01   e2 2023-05-03      merged  e1 2023-05-01   e3 2023-05-02   e2 2023-05-04
  ///     added   e2 2023-05-04   e3 2023-05-02
  ///
  /// Columns are copied range after range: what takes time is how many bytes there are, and what comes.
  ///
  /// - Parameter withdrawn: Rows of events that are left out before, with what is said of them.
  /// - Returns: The store; what has become of the events that come, and of everything else.
  package func merging(
    _ added: EventStore, withdrawing withdrawn: [Int32] = [], threads: Int = Threads.available
  ) -> (store: EventStore, events: MergeCounts, rest: MergeCounts) {
    var merge = StoreMerge(self, added, withdrawn, threads)
    let store = merge.run()
    return (store, merge.events, merge.rest)
  }

  /// The rows of events with those ids; -1 where there is none.
  package func rows(ofEvents ids: TextColumn) -> [Int32] { events.ids.rows(of: ids, index(.event)) }

  func index(_ kind: EntityKind) -> IDIndex? { idIndexes.first { $0.kind == kind } }
}

private struct StoreMerge {
  let own: EventStore
  let added: EventStore
  let threads: Int
  var events = MergeCounts()
  var rest = MergeCounts()
  private let tables: MergedTables
  private let articles: MergedArticles
  /// Of each event that comes the one it replaces; -1: it is new.
  private let ownRows: [Int32]
  /// The first store's events that do not stay as they are, and what replaces each; -1: it is withdrawn.
  private var gone: [Int32: Int32] = [:]

  init(_ own: EventStore, _ added: EventStore, _ withdrawn: [Int32], _ threads: Int) {
    self.own = own
    self.added = added
    self.threads = threads
    for row in withdrawn { gone[row] = -1 }
    let gone = gone
    ownRows = own.rows(ofEvents: added.events.ids).map { gone[$0] == nil ? $0 : -1 }
    articles = MergedArticles(own, added, threads)
    tables = MergedTables(own, added, articles: articles.indices)
    rest += articles.counts
    rest += tables.counts
  }

  mutating func run() -> EventStore {
    let times = JoinedTimes(own.events.time.table, added.events.time.table)
    let dates = JoinedTimes(own.reports.date.table, added.reports.date.table)
    var reports = MergedReports(own, added, tables, articles.columns, dates, redated: articles.redated)
    let comparison = EventComparison(own, added, tables, times, ownRows)
    var inserted: [Int32] = []
    for (event, ownRow) in ownRows.enumerated() {
      let isNew = ownRow < 0
      let isChanged = !isNew && !comparison.isSame(Int(ownRow), event)
      events.add(isNew ? .new : isChanged ? .changed : .unchanged)
      if isNew {
        reports.addNew(event)
      } else {
        reports.add(event, to: Int(ownRow), isChanged: isChanged)
      }
      if isChanged { gone[ownRow] = Int32(truncatingIfNeeded: event) }
      if isNew || isChanged { inserted.append(Int32(truncatingIfNeeded: event)) }
    }
    for article in articles.redated {
      for report in own.reportsOfArticle[Int(article)] {
        reports.redate(Int(own.reports.event[Int(report)]))
      }
    }
    rest += reports.counts
    let splice = order(inserted)
    let places = splice.places(own: own.events.count, added: added.events.count, threads)
    for (event, row) in ownRows.enumerated() where row >= 0 && places.added[event] < 0 {
      places.added[event] = places.own[Int(row)]
    }
    return store(splice, places.own, places.added, times, reports, inserted)
  }

  // MARK: - Order

  /// Where the events that come have their places among those that stay.
  private func order(_ inserted: [Int32]) -> Splice {
    let gone = gone.keys.sorted()
    var splice = Splice()
    var nextGone = 0
    var next = 0
    func appendOwn(to end: Int) {
      while nextGone < gone.count, Int(gone[nextGone]) < end {
        let row = Int(gone[nextGone])
        if row >= next {
          splice.append(false, next..<row)
          next = row + 1
        }
        nextGone += 1
      }
      if next < end {
        splice.append(false, next..<end)
        next = end
      }
    }
    var place = 0
    for row in inserted {
      place = firstRow(after: Int(row), from: place)
      appendOwn(to: place)
      splice.append(true, Int(row)..<Int(row) + 1)
    }
    appendOwn(to: own.events.count)
    return splice
  }

  /// The first row of the first store that goes after an event that comes.
  private func firstRow(after event: Int, from start: Int) -> Int {
    let time = added.events.time.index(event)
    let bounds = time < 0 ? nil : added.events.time.table.bounds(Int(time))
    let id = added.events.ids[event]
    func goesAfter(_ row: Int) -> Bool {
      let ownTime = own.events.time.index(row)
      guard let bounds, ownTime >= 0 else {
        return ownTime < 0 && (bounds != nil || own.events.ids[row] > id)
      }
      let ownBounds = own.events.time.table.bounds(Int(ownTime))
      return ownBounds == bounds ? own.events.ids[row] > id : bounds.precedes(ownBounds)
    }
    // Events come in the order of their times too: the next place is not before the last, and often near it.
    var low = start
    var step = 1
    while low + step <= own.events.count, !goesAfter(low + step - 1) {
      low += step
      step *= 2
    }
    return (low..<min(own.events.count, low + step - 1)).firstByHalving(where: goesAfter)
  }

  // MARK: - Columns

  private func store(
    _ splice: Splice, _ ownPlaces: Memory<Int32>, _ addedPlaces: Memory<Int32>, _ times: JoinedTimes,
    _ reports: MergedReports, _ inserted: [Int32]
  ) -> EventStore {
    let (ours, theirs) = (own.events, added.events)
    var columns = EventColumns()
    columns.ids = splice.texts(ours.ids, theirs.ids, threads)
    columns.type = splice.codes(ours.type, theirs.type.map { Int32(tables.types[Int($0)]) }, threads)
    columns.mode = splice.codes(ours.mode, theirs.mode.map { Int32(tables.mode($0)) }, threads)
    columns.score = ScoreColumn(
      codes: splice.codes(ours.score.codes, theirs.score.codes.map(Int32.init), threads))
    columns.place = splice.codes(ours.place, theirs.place.map { tables.place($0) }, threads)
    columns.time = splice.times(ours.time, theirs.time, times, threads)
    columns.label = splice.records(ours.label, theirs.label, threads)
    columns.background = splice.records(ours.background, theirs.background, threads)
    columns.contexts = splice.array(
      ours.contexts, theirs.contexts.mapValues { tables.contexts[Int($0)] }, threads)
    columns.topics = splice.array(
      ours.topics, theirs.topics.mapValues { tables.topicIndices[Int($0)] }, threads)
    columns.participations = participations(splice)
    let relations = relations(splice, ownPlaces, addedPlaces)
    columns.statedRelations = relations.stated
    columns.relations = relations.arrays
    let laidOut = ReportLayout(splice, reports)
    columns.reports = laidOut.offsets
    let reportColumns = self.reports(laidOut, reports)
    if reports.ofOwnEvents.isEmpty, reports.ofAddedEvents.isEmpty {
      columns.status = splice.codes(ours.status, theirs.status.map(Int32.init), threads)
      columns.certainty = splice.codes(ours.certainty, theirs.certainty.map(Int32.init), threads)
    } else {
      columns.setStatuses(reportColumns, threads)
    }
    var texts = own.texts
    for (article, text) in added.texts { texts[articles.indices[Int(article)]] = text }
    return EventStore(
      vocabulary: tables.vocabulary, actors: Lazy(made: tables.actors), places: Lazy(made: tables.places),
      articles: articles.columns, topics: tables.topics, events: columns, reports: reportColumns,
      texts: texts,
      idIndexes: idIndexes(columns, ownPlaces, addedPlaces, inserted), threads: threads)
  }

  private func participations(_ splice: Splice) -> ParticipationColumns {
    let (ours, theirs) = (own.events.participations, added.events.participations)
    let values = splice.values(ours.ofEvent, theirs.ofEvent)
    var columns = ParticipationColumns()
    columns.ofEvent = splice.offsets(ours.ofEvent, theirs.ofEvent, values, threads)
    columns.actor = values.codes(ours.actor, theirs.actor.map { tables.actor($0) }, threads)
    columns.role = values.codes(ours.role, theirs.role.map { Int32(tables.roles[Int($0)]) }, threads)
    columns.certainty = values.codes(ours.certainty, theirs.certainty.map(Int32.init), threads)
    return columns
  }

  /// The relations as they are stated, with their events in their new places; those to events that are gone are left out.
  private func relations(
    _ splice: Splice, _ ownPlaces: Memory<Int32>, _ addedPlaces: Memory<Int32>
  ) -> (stated: RecordColumn<[Relation]>, arrays: [RelationKind: OffsetArray<Int32>]) {
    let (ours, theirs) = (own.events.statedRelations, added.events.statedRelations)
    if ours.bytes.isEmpty, theirs.bytes.isEmpty { return (RecordColumn(none: splice.count), [:]) }
    func place(_ event: Int32, isAdded: Bool) -> Int32 {
      if isAdded { return addedPlaces[Int(event)] }
      if let replacement = gone[event] { return replacement < 0 ? -1 : addedPlaces[Int(replacement)] }
      return ownPlaces[Int(event)]
    }
    var stated: [(row: Int32, relations: [Relation])] = []
    var none = Splice()
    for (piece, start) in zip(splice.pieces, splice.starts) {
      let column = piece.isAdded ? theirs : ours
      for (index, row) in piece.rows.enumerated() where !column.isNothing(row) {
        let relations = column[row].compactMap { relation -> Relation? in
          var relation = relation
          relation.target = place(relation.target, isAdded: piece.isAdded)
          if piece.isAdded { relation.citation = relation.citation.map(tables.here) }
          return relation.target < 0 ? nil : relation
        }
        let place = Int(start) + index
        none.append(false, none.count - stated.count..<place - stated.count)
        none.append(true, stated.count..<stated.count + 1)
        stated.append((Int32(truncatingIfNeeded: place), relations))
      }
    }
    none.append(false, none.count - stated.count..<splice.count - stated.count)
    return (
      none.records(
        RecordColumn(none: splice.count - stated.count), RecordColumn(stated.map(\.relations)), threads),
      EventColumns.relationArrays(events: splice.count, stated)
    )
  }

  private func reports(_ layout: ReportLayout, _ reports: MergedReports) -> ReportColumns {
    let (ours, theirs) = (own.reports, added.reports)
    let splice = layout.splice
    var columns = ReportColumns()
    columns.event = CodeColumn(layout.offsets.rowOfEach(threads), threads: threads)
    columns.article = splice.codes(ours.article, theirs.article.map { articles.indices[Int($0)] }, threads)
    columns.source = splice.codes(ours.source, theirs.source.map { tables.actor($0) }, threads)
    columns.status = splice.codes(ours.status, theirs.status.map(Int32.init), threads)
    columns.certainty = splice.codes(ours.certainty, theirs.certainty.map(Int32.init), threads)
    columns.date =
      layout.redated.isEmpty
      ? splice.times(ours.date, theirs.date, reports.times, threads)
      : dates(layout, reports)
    columns.gist = splice.records(ours.gist, theirs.gist, threads)
    columns.background = splice.records(ours.background, theirs.background, threads)
    let evidence =
      theirs.evidence.bytes.isEmpty
      ? theirs.evidence : RecordColumn(theirs.evidence.map { $0.map(tables.here) })
    columns.evidence = splice.records(ours.evidence, evidence, threads)
    return columns
  }

  /// With the dates that reports have from articles whose own has changed.
  private func dates(_ layout: ReportLayout, _ reports: MergedReports) -> TimeColumn {
    let codes = layout.splice.codesOfTimes(own.reports.date, added.reports.date, reports.times, threads)
    let new = JoinedTimes(reports.times.table, TimeTable(layout.redated.compactMap(\.date)))
    var next: Int32 = 0
    for (row, date) in layout.redated {
      codes[row] = date == nil ? -1 : new.code(next)
      if date != nil { next += 1 }
    }
    return TimeColumn(
      layout: .codes(CodeColumn(codes, threads: threads)), table: new.table, count: codes.count)
  }

  private func idIndexes(
    _ columns: EventColumns, _ ownPlaces: Memory<Int32>, _ addedPlaces: Memory<Int32>, _ inserted: [Int32]
  ) -> Lazy<[IDIndex]> {
    let (own, articles) = (own, articles)
    return Lazy {
      EventStore.idsByKind(columns, articles.columns).map { kind, ids in
        guard let index = own.index(kind) else { return IDIndex(kind, ids) }
        if kind == .event {
          return IDIndex(index, places: ownPlaces, added: inserted.map { addedPlaces[Int($0)] }, of: ids)
        }
        let known = own.articles.count
        return IDIndex(
          index, places: Memory((0..<known).map { Int32(truncatingIfNeeded: $0) }),
          added: (known..<ids.count).map { Int32(truncatingIfNeeded: $0) }, of: ids)
      }
    }
  }
}

/// Whether events of two stores are the same.
private struct EventComparison {
  let own: EventColumns
  let added: EventColumns
  let tables: MergedTables
  let times: JoinedTimes
  let ownRows: [Int32]

  init(
    _ own: EventStore, _ added: EventStore, _ tables: MergedTables, _ times: JoinedTimes, _ ownRows: [Int32]
  ) {
    self.own = own.events
    self.added = added.events
    self.tables = tables
    self.times = times
    self.ownRows = ownRows
  }

  func isSame(_ ours: Int, _ theirs: Int) -> Bool {
    own.type[ours] == tables.types[Int(added.type[theirs])]
      && own.mode[ours] == tables.mode(added.mode[theirs])
      && own.score.codes[ours] == added.score.codes[theirs]
      && own.place[ours] == tables.place(added.place[theirs])
      && own.time.index(ours) == times.code(added.time.index(theirs))
      && own.label.written(ours) == added.label.written(theirs)
      && own.background.written(ours) == added.background.written(theirs)
      && own.contexts[ours].elementsEqual(added.contexts[theirs].lazy.map { tables.contexts[Int($0)] })
      && own.topics[ours].elementsEqual(added.topics[theirs].lazy.map { tables.topicIndices[Int($0)] })
      && haveSameParticipants(ours, theirs) && haveSameRelations(ours, theirs)
  }

  private func haveSameParticipants(_ ours: Int, _ theirs: Int) -> Bool {
    let (own, added) = (own.participations, added.participations)
    let (rows, others) = (own.range(ours), added.range(theirs))
    return rows.count == others.count
      && zip(rows, others).allSatisfy { row, other in
        own.actor[row] == tables.actor(added.actor[other])
          && own.role[row] == tables.roles[Int(added.role[other])]
          && own.certainty[row] == added.certainty[other]
      }
  }

  private func haveSameRelations(_ ours: Int, _ theirs: Int) -> Bool {
    if own.statedRelations.isNothing(ours), added.statedRelations.isNothing(theirs) { return true }
    let others = added.statedRelations[theirs]
    return own.statedRelations[ours].elementsEqual(others) { relation, other in
      relation
        == Relation(
          other.kind, target: ownRows[Int(other.target)], citation: other.citation.map(tables.here),
          isBackground: other.isBackground)
    }
  }
}

/// Articles keep their places; those that are new stand behind them.
private struct MergedArticles {
  let columns: ArticleColumns
  /// Of those that come.
  let indices: [Int32]
  /// Those of the first store that have another date now.
  let redated: Set<Int32>
  let counts: MergeCounts

  init(_ own: EventStore, _ added: EventStore, _ threads: Int) {
    let (ours, theirs) = (own.articles, added.articles)
    var indices = ours.ids.rows(of: theirs.ids, own.index(.article))
    var counts = MergeCounts()
    var replaced: [(row: Int, by: Int)] = []
    var new: [Int] = []
    var redated: Set<Int32> = []
    for (article, row) in indices.enumerated() {
      if row < 0 {
        indices[article] = Int32(truncatingIfNeeded: ours.count + new.count)
        new.append(article)
        continue
      }
      if ours[Int(row)] == theirs[article] {
        counts.add(.unchanged)
        continue
      }
      counts.add(.changed)
      replaced.append((Int(row), article))
      if ours.published.time(Int(row)) != theirs.published.time(article) { redated.insert(row) }
    }
    counts.add(.new, new.count)
    var splice = Splice()
    var next = 0
    for (row, article) in replaced.sorted(by: { $0.row < $1.row }) {
      splice.append(false, next..<row)
      splice.append(true, article..<article + 1)
      next = row + 1
    }
    splice.append(false, next..<ours.count)
    for article in new { splice.append(true, article..<article + 1) }
    self.indices = indices
    self.redated = redated
    self.counts = counts
    let times = JoinedTimes(ours.published.table, theirs.published.table)
    columns = ArticleColumns(
      ids: splice.texts(ours.ids, theirs.ids, threads),
      publisher: splice.words(ours.publisher, theirs.publisher, threads),
      language: splice.words(ours.language, theirs.language, threads),
      published: splice.times(ours.published, theirs.published, times, threads),
      title: splice.records(ours.title, theirs.title, threads),
      sha256: splice.records(ours.sha256, theirs.sha256, threads),
      background: splice.records(ours.background, theirs.background, threads))
  }
}

/// Where the reports of the events in their new order are.
private struct ReportLayout {
  let splice: Splice
  let offsets: Offsets
  /// The dates of reports that have them from articles whose own has changed.
  let redated: [(row: Int, date: EDTFTime?)]

  init(_ events: Splice, _ reports: MergedReports) {
    var splice = Splice()
    var redated: [(row: Int, date: EDTFTime?)] = []
    let starts = Memory<UInt32>(count: events.count + 1)
    let mixed = (
      own: reports.ofOwnEvents.keys.sorted(), added: reports.ofAddedEvents.keys.sorted()
    )
    for (piece, place) in zip(events.pieces, events.starts) {
      let store = piece.isAdded ? reports.added : reports.own
      let offsets = store.events.reports
      var next = piece.rows.lowerBound
      func appendWhole(to end: Int) {
        let rows = offsets.start(next)..<offsets.start(end)
        let shift = splice.count - rows.lowerBound
        for row in next..<end {
          starts.base[Int(place) + row - Int(piece.start)] = UInt32(
            truncatingIfNeeded: offsets.start(row) + shift)
        }
        splice.append(piece.isAdded, rows)
        next = end
      }
      for event in Self.keys(piece.isAdded ? mixed.added : mixed.own, in: piece.rows) {
        appendWhole(to: Int(event))
        starts[Int(place) + Int(event) - Int(piece.start)] = UInt32(truncatingIfNeeded: splice.count)
        for report in (piece.isAdded ? reports.ofAddedEvents : reports.ofOwnEvents)[event] ?? [] {
          if report.hasDateOfArticle { redated.append((splice.count, reports.date(report))) }
          splice.append(report.isAdded, report.row..<report.row + 1)
        }
        next = Int(event) + 1
      }
      appendWhole(to: piece.rows.upperBound)
    }
    starts[events.count] = UInt32(truncatingIfNeeded: splice.count)
    self.splice = splice
    self.redated = redated
    offsets = Offsets(starts: starts)
  }

  private static func keys(_ keys: [Int32], in rows: Range<Int>) -> ArraySlice<Int32> {
    func first(from row: Int) -> Int { keys.indices.firstByHalving { Int(keys[$0]) >= row } }
    return keys[first(from: rows.lowerBound)..<first(from: rows.upperBound)]
  }
}
