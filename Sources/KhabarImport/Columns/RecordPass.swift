import EDTF
import KhabarModel
import KhabarPlan

/// The records of the rows that are left, before they are laid out.
final class RecordPass {
  let state: RoundState
  let lists: ListPass
  let events: FieldPass
  let articles: FieldPass
  let modes: ModePass
  /// Of each row, by table, whether it is the first to say something; lists are not counted in.
  private let tells: [Memory<UInt8>]
  private(set) var hasWrong = false

  init(_ state: RoundState) {
    self.state = state
    let tells = state.rows.tables.map { Memory<UInt8>(repeating: 0, count: $0.count, threads: state.threads) }
    for (table, row) in state.small.tellingRows { tells[table][row] = FieldPass.telling }
    self.tells = tells
    lists = ListPass(state)
    events = FieldPass(state, .event, count: state.keys.index(.event).count, known: 0, lists, tells)
    articles = FieldPass(
      state, .article, count: state.keys.index(.article).count, known: state.small.builder.articles.count,
      lists,
      tells)
    modes = ModePass(state, lists, events)
    hasWrong =
      !state.small.wrong.isEmpty || state.keys.hasReserved || lists.hasWrong || events.hasWrong
      || articles.hasWrong
      || modes.hasWrong || lacksType
  }

  /// Whether an event has no type.
  private var lacksType: Bool {
    guard let types = events.columns[.type] else { return state.keys.index(.event).count > 0 }
    let found = Memory<Bool>(repeating: false, count: state.threads)
    Threads.run(state.threads, rows: types.count) { part, rows in
      for event in rows where types.base[event] < 0 { found.base[part] = true }
    }
    return found.values.contains(true)
  }

  // MARK: - The store

  /// Lays the records out, for which the rows are not needed any more.
  func store() -> StoreColumns.Outcome {
    state.rows.discard()
    var columns = StoreColumns(vocabulary: modes.values.vocabulary)
    columns.threads = state.threads
    columns.actors = state.small.builder.actors
    columns.places = state.small.builder.places
    columns.topics = state.small.builder.topics
    columns.times = state.values.times
    columns.articles = articleColumns(&columns)
    columns.events.ids = state.keys.index(.event).ids()
    columns.events.type = events.codes(.type)
    columns.events.mode = events.codes(.mode)
    columns.events.score = events.codes(.score)
    columns.events.time = events.codes(.time)
    columns.events.place = events.codes(.place)
    columns.events.label = events.textPlaces.map { state.texts.column($0) }
    columns.participants = lists.participants
    columns.contexts = lists.contexts
    columns.eventTopics = lists.topics
    columns.reports = lists.reports
    learnRoles(&columns)
    return columns.build()
  }

  /// Roles that were not known before are added in the order in which they come.
  private func learnRoles(_ columns: inout StoreColumns) {
    var values = modes.values
    guard let new = values.words[.participant], !new.isEmpty else { return }
    let events = columns.participants.event
    var learnt = [Int32](repeating: -1, count: new.count)
    for place in 0..<events.count where events[place] >= 0 {
      let role = columns.participants.role[place]
      let word = Int(role) - values.roleCount
      if word < 0 { continue }
      if learnt[word] < 0 { learnt[word] = Int32(values.learnRole(role)) }
      switch columns.participants.role {
      case .same: columns.participants.role = .same(learnt[word])
      case .each(let codes): codes[place] = learnt[word]
      case .bytes(let codes): codes[place] = UInt8(truncatingIfNeeded: learnt[word])
      }
    }
    columns.vocabulary = values.vocabulary
  }

  // MARK: - Articles

  /// Those that are known, and those of rows behind them.
  private func articleColumns(_ columns: inout StoreColumns) -> ArticleColumns {
    let index = state.keys.index(.article)
    let known = state.small.builder.articles
    let rows = index.count
    var ids = index.ids()
    if let records = index.recordOfPlace {
      // The places by record.
      let order = Memory<UInt32>(count: rows)
      for place in 0..<rows { order[Int(records[place])] = UInt32(truncatingIfNeeded: place) }
      if ids.areAscendingNumbers {
        columns.articlesByID = Column(records.values.map { UInt32(bitPattern: $0) })
      }
      ids = ids.inOrder(order, threads: state.threads)
    } else if ids.areAscendingNumbers {
      columns.articlesByID = Column((0..<rows).map { UInt32(truncatingIfNeeded: $0) })
    }
    return ArticleColumns(
      ids: ids, publisher: words(.publisher, known.map(\.publisher)),
      language: words(.language, known.map(\.language)),
      published: published(known.map(\.published)), title: titles(known.map(\.title)),
      sha256: digests(known.map(\.sha256)),
      background: known.allSatisfy(\.background.isEmpty)
        ? RecordColumn(none: rows)
        : RecordColumn(known.map(\.background) + Array(repeating: [], count: rows - known.count)))
  }

  /// Words of which few are different.
  private func words(_ field: RowProgram.Field, _ known: [String?]) -> WordColumn {
    let rows = state.keys.index(.article).count
    let codes = articles.columns[field] ?? Memory(repeating: -1, count: rows)
    var words = state.values.words[field] ?? []
    for (article, word) in known.enumerated() {
      guard let word else { continue }
      if !words.contains(word) { words.append(word) }
      codes[article] = Int32(words.firstIndex(of: word) ?? -1)
    }
    // Only those that are left, in the order in which they come.
    var kept: [String] = []
    var keptOf = [Int32](repeating: -1, count: words.count)
    for article in 0..<rows {
      let code = Int(codes.base[article])
      if code < 0 { continue }
      if keptOf[code] < 0 {
        keptOf[code] = Int32(truncatingIfNeeded: kept.count)
        kept.append(words[code])
      }
      codes.base[article] = keptOf[code]
    }
    return WordColumn(words: kept, codes: CodeColumn(codes, threads: state.threads))
  }

  private func published(_ known: [EDTFTime?]) -> TimeColumn {
    let rows = state.keys.index(.article).count
    let codes = articles.columns[.published] ?? Memory(repeating: -1, count: rows)
    var times = state.values.times
    for (article, time) in known.enumerated() {
      guard let time else { continue }
      codes[article] = Int32(truncatingIfNeeded: times.count)
      times.append(time)
    }
    return TimeColumn(codes, of: times, threads: state.threads)
  }

  private func titles(_ known: [LocalizedText]) -> RecordColumn<LocalizedText> {
    let rows = state.keys.index(.article).count
    guard known.contains(where: { !$0.isEmpty }) else {
      return articles.textPlaces.map { state.texts.column($0) } ?? RecordColumn(none: rows)
    }
    let own = articles.textPlaces.map { state.texts.column($0) } ?? RecordColumn(none: rows)
    return RecordColumn(known + own.dropFirst(known.count))
  }

  private func digests(_ known: [String?]) -> RecordColumn<String?> {
    let rows = state.keys.index(.article).count
    guard let codes = articles.columns[.sha256] else {
      return known.allSatisfy { $0 == nil }
        ? RecordColumn(none: rows) : RecordColumn(known + Array(repeating: nil, count: rows - known.count))
    }
    let words = state.values.words[.sha256] ?? []
    return RecordColumn(
      (0..<rows).map { article -> String? in
        if article < known.count { return known[article] }
        return codes[article] < 0 ? nil : words[Int(codes[article])]
      })
  }

  // MARK: - Counting

  /// How many rows say something that none has said before.
  func tellingRows(_ outcome: StoreColumns.Outcome) -> Int {
    let repeated = Repeated(lists, outcome)
    var count = 0
    for part in state.rows.parts {
      let tells = tells[part.table].base + part.firstRow
      for row in 0..<part.count where tells[row] != 0 || repeated.addsToLists(part, row) { count += 1 }
    }
    return count
  }
}

/// Which rows add something to lists.
private struct Repeated {
  private let lists: [(events: Memory<Int32>, places: ListPass.Places, repeated: Set<UInt32>)]

  init(_ pass: ListPass, _ outcome: StoreColumns.Outcome) {
    lists = [
      (pass.participants.event, pass.participantPlaces, Set(outcome.repeatedParticipants)),
      (pass.reports.event, pass.reportPlaces, Set(outcome.repeatedReports)),
      (pass.contexts.event, pass.contextPlaces, Set(outcome.repeatedContexts)),
      (pass.topics.event, pass.topicPlaces, Set(outcome.repeatedTopics)),
    ]
  }

  func addsToLists(_ part: ImportedRows.Part, _ row: Int) -> Bool {
    for (events, places, repeated) in lists {
      let width = places.widths[part.table]
      if width == 0 { continue }
      let first = places.place(part) + row * width
      for place in first..<first + width where events.base[place] >= 0 {
        if repeated.isEmpty || !repeated.contains(UInt32(truncatingIfNeeded: place)) { return true }
      }
    }
    return false
  }
}
