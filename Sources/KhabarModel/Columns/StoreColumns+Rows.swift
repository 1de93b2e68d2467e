import EDTF

// Participants and reports by event.

extension StoreColumns {
  func layOutParticipants(_ layout: Layout) -> (ParticipationColumns, repeated: [UInt32]) {
    let (groups, repeated) = grouped(
      participants.event, layout.order.count,
      keys: [
        participants.actor, participants.role, participants.certainty, participants.entry,
      ])
    var columns = ParticipationColumns()
    columns.ofEvent = groups.offsets
    columns.actor = CodeColumn(participants.actor, order: groups.rows, threads: threads)
    columns.role = CodeColumn(participants.role, order: groups.rows, threads: threads)
    columns.certainty = CodeColumn(participants.certainty, order: groups.rows, threads: threads)
    return (columns, repeated)
  }

  /// The rows of each event, without those that are the same as one before.
  private func grouped(
    _ rows: Memory<Int32>, _ count: Int, keys: [Codes], texts: RecordColumn<LocalizedText>? = nil
  ) -> (groups: RowGroups, repeated: [UInt32]) {
    let groups = RowGroups(rows, count: count, threads: threads)
    let columns = keys.filter { if case .same = $0 { false } else { true } }
    let found = (0..<max(1, threads)).map { _ in FoundRows() }
    Threads.run(threads, rows: count) { part, events in
      let comparison = RowComparison(columns, texts)
      for event in events {
        let start = Int(groups.starts.base[event])
        let count = Int(groups.starts.base[event + 1]) - start
        if count > 1 { comparison.findRepeated(groups.rows.base + start, count, found[part]) }
      }
    }
    let repeated = found.flatMap(\.rows).sorted()
    if repeated.isEmpty { return (groups, []) }
    // Others may speak of the same events.
    let left = Memory(rows.values)
    for row in repeated { left[Int(row)] = -1 }
    return (RowGroups(left, count: count, threads: threads), repeated)
  }

  /// By event, then by their articles' dates, then as they came.
  func layOutReports(_ layout: Layout) -> (ReportColumns, Offsets, repeated: [UInt32]) {
    let keys = [
      reports.article, reports.source, reports.status, reports.certainty, reports.date, reports.entry,
    ]
    let (groups, repeated) = grouped(reports.event, layout.order.count, keys: keys, texts: reports.gist)
    let dates = TimesOfReports(self)
    dates.sort(groups, threads)
    var columns = ReportColumns()
    let count = groups.rows.count
    let events = Memory<Int32>(count: count)
    Threads.run(threads, rows: layout.order.count) { _, range in
      for event in range {
        for place in groups.starts.base[event]..<groups.starts.base[event + 1] {
          events.base[Int(place)] = Int32(truncatingIfNeeded: event)
        }
      }
    }
    columns.event = CodeColumn(events, threads: threads)
    columns.article = CodeColumn(reports.article, order: groups.rows, threads: threads)
    columns.source = CodeColumn(reports.source, order: groups.rows, threads: threads)
    columns.status = CodeColumn(reports.status, order: groups.rows, threads: threads)
    columns.certainty = CodeColumn(reports.certainty, order: groups.rows, threads: threads)
    columns.date = dates.column(groups, threads)
    columns.gist = reports.gist?.inOrder(groups.rows, threads: threads) ?? RecordColumn(none: count)
    columns.evidence = RecordColumn(none: count)
    columns.background = RecordColumn(none: count)
    return (columns, groups.offsets, repeated)
  }
}

private final class FoundRows: @unchecked Sendable {
  var rows: [UInt32] = []
}

/// Compares rows by what they have in some columns, which have to be kept meanwhile.
private struct RowComparison {
  /// A column's memory: a loop that asks it counts no references.
  private struct Codes {
    var words: UnsafePointer<Int32>?
    var bytes: UnsafePointer<UInt8>?

    init(_ codes: StoreColumns.Codes) {
      if case .each(let memory) = codes { words = UnsafePointer(memory.base) }
      if case .bytes(let memory) = codes { bytes = UnsafePointer(memory.base) }
    }

    @inline(__always) func code(_ row: Int) -> Int32 {
      words.map { $0[row] } ?? bytes.map { Int32($0[row]) } ?? 0
    }
  }

  private struct Key: Hashable {
    let codes: [Int32]
    let text: [UInt8]
  }

  private let columns: [Codes]
  private let texts: RecordColumn<LocalizedText>?

  init(_ columns: [StoreColumns.Codes], _ texts: RecordColumn<LocalizedText>?) {
    self.columns = columns.map(Codes.init)
    self.texts = texts
  }

  @inline(__always) private func areSame(_ a: Int, _ b: Int) -> Bool {
    for column in columns where column.code(a) != column.code(b) { return false }
    return texts.map { $0.written(a) == $0.written(b) } ?? true
  }

  func findRepeated(_ rows: UnsafeMutablePointer<UInt32>, _ count: Int, _ found: FoundRows) {
    if count > 32 {
      var seen: Set<Key> = []
      for place in 0..<count {
        let row = Int(rows[place])
        let key = Key(codes: columns.map { $0.code(row) }, text: texts?.written(row) ?? [])
        if !seen.insert(key).inserted { found.rows.append(rows[place]) }
      }
      return
    }
    for place in 1..<count {
      let row = Int(rows[place])
      var before = 0
      while before < place, !areSame(Int(rows[before]), row) { before += 1 }
      if before < place { found.rows.append(rows[place]) }
    }
  }
}

/// The dates of reports: their own, or their articles'.
private struct TimesOfReports {
  let reports: StoreColumns.Reports
  let published: TimeColumn
  /// The table of the articles' dates, followed by the reports' own.
  let table: [EDTFTime]
  let articleTimes: Int
  /// Of each of them, and at last of any time.
  let ranks: [Int32]

  init(_ columns: StoreColumns) {
    reports = columns.reports
    published = columns.articles.published
    articleTimes = published.table.count
    var table = (0..<articleTimes).map { columns.articles.published.table.time($0) }
    if case .each = columns.reports.date { table += columns.times }
    self.table = table
    ranks = StoreColumns.ranks(table.map(\.bounds) + [.anyTime]).rankOfTime
  }

  private func ofArticle(_ row: Int) -> Int32 {
    let article = reports.article[row]
    return article < 0 ? -1 : published.index(Int(article))
  }

  private func own(_ row: Int) -> Int32 {
    let date = reports.date[row]
    return date < 0 ? -1 : date &+ Int32(truncatingIfNeeded: articleTimes)
  }

  /// By the article's date, else by the report's own; what has neither may be at any time.
  private func rank(_ row: Int) -> Int32 {
    let time = ofArticle(row)
    let date = time < 0 ? own(row) : time
    return ranks[date < 0 ? table.count : Int(date)]
  }

  /// The reports of each event.
  func sort(_ groups: RowGroups, _ threads: Int) {
    Threads.run(threads, rows: groups.count) { _, events in
      for event in events {
        let start = Int(groups.starts.base[event])
        let count = Int(groups.starts.base[event + 1]) - start
        if count < 2 { continue }
        var rows = UnsafeMutableBufferPointer(start: groups.rows.base + start, count: count)
        rows.sort { a, b in
          let (first, second) = (rank(Int(a)), rank(Int(b)))
          return first == second ? a < b : first < second
        }
      }
    }
  }

  /// The date of a report is its own, else its article's.
  func column(_ groups: RowGroups, _ threads: Int) -> TimeColumn {
    let codes = Memory<Int32>(count: groups.rows.count)
    Threads.run(threads, rows: groups.rows.count) { _, places in
      for place in places {
        let row = Int(groups.rows.base[place])
        let date = own(row)
        codes.base[place] = date < 0 ? ofArticle(row) : date
      }
    }
    return TimeColumn(
      layout: .codes(CodeColumn(codes, threads: threads)), table: TimeTable(table), count: codes.count)
  }
}
