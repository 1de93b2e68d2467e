import EDTF

/// Which reports there are when two stores are one. They are told apart by event and article: what one article said of an
/// event is replaced by what comes of the same article, and what others said stays.
struct MergedReports {
  /// A report of the one store or the other.
  struct Row: Equatable {
    let isAdded: Bool
    let row: Int
    /// Where its article has another date now, and it had none of its own.
    var hasDateOfArticle = false
  }

  let own: EventStore
  let added: EventStore
  let tables: MergedTables
  let articles: ArticleColumns
  let times: JoinedTimes
  /// The articles of which the date has changed.
  private let redated: Set<Int32>
  private(set) var counts = MergeCounts()
  /// The reports of events that are not those of the one store, nor of the other: by the event's row in that from which
  /// the event comes.
  private(set) var ofOwnEvents: [Int32: [Row]] = [:]
  private(set) var ofAddedEvents: [Int32: [Row]] = [:]

  /// - Parameters:
  ///   - articles: Of both.
  ///   - times: Of the dates of reports.
  init(
    _ own: EventStore, _ added: EventStore, _ tables: MergedTables, _ articles: ArticleColumns,
    _ times: JoinedTimes, redated: Set<Int32>
  ) {
    self.own = own
    self.added = added
    self.tables = tables
    self.articles = articles
    self.times = times
    self.redated = redated
  }

  /// An event that is new, with all its reports.
  mutating func addNew(_ event: Int) { counts.add(.new, added.events.reports.range(event).count) }

  /// An event that both stores have.
  ///
  /// - Parameter isChanged: Whether it is taken from the added store.
  mutating func add(_ event: Int, to ownEvent: Int, isChanged: Bool) {
    let ours = own.events.reports.range(ownEvent)
    let theirs = added.events.reports.range(event)
    let areSame = ours.count == theirs.count && zip(ours, theirs).allSatisfy { isSame($0, $1) }
    if areSame {
      counts.add(.unchanged, theirs.count)
      if isChanged { ofAddedEvents[Int32(truncatingIfNeeded: event)] = rows(ours) }
      return
    }
    let incoming = Dictionary(grouping: theirs) { tables.articles[Int(added.reports.article[$0])] }
    let known = Dictionary(grouping: ours) { own.reports.article[$0] }
    let same = Set(
      incoming.filter { article, reports in sayTheSame(known[article] ?? [], reports) }.keys)
    for (article, reports) in incoming {
      counts.add(known[article] == nil ? .new : same.contains(article) ? .unchanged : .changed, reports.count)
    }
    let kept = ours.filter { row in
      let article = own.reports.article[row]
      return incoming[article] == nil || same.contains(article)
    }
    let new = theirs.filter { !same.contains(tables.articles[Int(added.reports.article[$0])]) }
    let all = rows(kept) + new.map { Row(isAdded: true, row: $0) }
    if isChanged {
      ofAddedEvents[Int32(truncatingIfNeeded: event)] = sorted(all)
    } else if all != rows(ours) || all.contains(where: \.hasDateOfArticle) {
      ofOwnEvents[Int32(truncatingIfNeeded: ownEvent)] = sorted(all)
    }
  }

  /// The reports of an event that only the first store has, of articles whose date has changed.
  mutating func redate(_ ownEvent: Int) {
    let event = Int32(truncatingIfNeeded: ownEvent)
    if ofOwnEvents[event] == nil { ofOwnEvents[event] = sorted(rows(own.events.reports.range(ownEvent))) }
  }

  private func rows(_ ours: some Sequence<Int>) -> [Row] {
    ours.map { row in
      let article = own.reports.article[row]
      let isRedated =
        redated.contains(article) && own.reports.date.time(row) == own.articles.published.time(Int(article))
      return Row(isAdded: false, row: row, hasDateOfArticle: isRedated)
    }
  }

  // MARK: - Order

  private func article(_ row: Row) -> Int32 {
    row.isAdded ? tables.articles[Int(added.reports.article[row.row])] : own.reports.article[row.row]
  }

  func date(_ row: Row) -> EDTFTime? {
    if row.hasDateOfArticle { return articles.published.time(Int(article(row))) }
    return (row.isAdded ? added : own).reports.date.time(row.row)
  }

  /// By their articles' dates, then as they came.
  private func sorted(_ rows: [Row]) -> [Row] {
    let dates = rows.map { (articles.published.time(Int(article($0))) ?? date($0))?.bounds ?? .anyTime }
    return rows.indices.sorted { a, b in
      dates[a] == dates[b] ? a < b : dates[a].precedes(dates[b])
    }.map { rows[$0] }
  }

  // MARK: - Comparing

  private func isSame(_ ours: Int, _ theirs: Int) -> Bool {
    let (own, added) = (own.reports, added.reports)
    return !redated.contains(own.article[ours])
      && own.article[ours] == tables.articles[Int(added.article[theirs])]
      && own.source[ours] == tables.actor(added.source[theirs])
      && own.status[ours] == added.status[theirs] && own.certainty[ours] == added.certainty[theirs]
      && own.date.index(ours) == times.code(added.date.index(theirs))
      && own.gist.written(ours) == added.gist.written(theirs)
      && own.background.written(ours) == added.background.written(theirs)
      && own.evidence[ours] == added.evidence[theirs].map(tables.here)
  }

  /// In whatever order; a date of their own that is their article's is none.
  private func sayTheSame(_ ours: [Int], _ theirs: [Int]) -> Bool {
    func counts(_ rows: [Int], _ store: EventStore, _ here: (ReportRecord) -> ReportRecord) -> [ReportRecord:
      Int]
    {
      rows.reduce(into: [:]) { counts, row in
        let published = store.articles.published.time(Int(store.reports.article[row]))
        guard var report = StoreBuilder.report(row, store.reports, published: published) else { return }
        report = here(report)
        report.event = 0
        if report.date == articles.published.time(Int(report.article)) { report.date = nil }
        counts[report, default: 0] += 1
      }
    }
    return ours.count == theirs.count
      && counts(ours, own) { $0 }
        == counts(theirs, added) { report in
          var report = report
          report.article = tables.articles[Int(report.article)]
          report.source = tables.actor(report.source)
          report.evidence = report.evidence.map(tables.here)
          return report
        }
  }
}
