import KhabarModel
import KhabarPlan
import Synchronization

/// What events have several of, and reports: for each row as many places as its table's definitions have such entries, in
/// the order in which they stand.
final class ListPass: @unchecked Sendable {
  private let state: RoundState
  /// The event of each row, by table and the slot of its id.
  private(set) var eventOfRow: [[Int: Memory<Int32>]] = []
  private(set) var participants = StoreColumns.Participants()
  private(set) var contexts = StoreColumns.Values()
  private(set) var topics = StoreColumns.Values()
  private(set) var reports = StoreColumns.Reports()
  private var gists: TextRecords.Places?
  /// The first place of each table, and how many each of its rows has.
  private(set) var participantPlaces = Places()
  private(set) var reportPlaces = Places()
  private(set) var contextPlaces = Places()
  private(set) var topicPlaces = Places()
  /// The least and the greatest event of each part of the rows.
  let leastEvents: Memory<Int32>
  let mostEvents: Memory<Int32>
  private let foundWrong = Atomic(false)
  var hasWrong: Bool { foundWrong.load(ordering: .relaxed) }

  struct Places {
    var firsts: [Int] = []
    var widths: [Int] = []
    var count = 0

    mutating func add(_ table: ImportedRows.Table, _ width: Int) {
      firsts.append(count)
      widths.append(width)
      count += width * table.count
    }

    func place(_ part: ImportedRows.Part) -> Int { firsts[part.table] + part.firstRow * widths[part.table] }
  }

  init(_ state: RoundState) {
    self.state = state
    leastEvents = Memory(repeating: 0, count: state.rows.parts.count)
    mostEvents = Memory(repeating: -1, count: state.rows.parts.count)
    for table in state.rows.tables {
      let definitions = table.program.definitions
      var events: [Int: Memory<Int32>] = [:]
      for definition in definitions where definition.kind == .event {
        if let key = definition.key { events[key] = Memory(count: table.count) }
      }
      eventOfRow.append(events)
      func width(_ field: RowProgram.Field) -> Int {
        definitions.flatMap(\.entries).count { $0.field == field }
      }
      participantPlaces.add(table, width(.participant))
      contextPlaces.add(table, width(.context))
      topicPlaces.add(table, width(.topic))
      reportPlaces.add(table, definitions.count { $0.kind == .report })
    }
    makeRoom()
    let next = Cursor()
    Threads.run(state.threads) { _ in
      while let part = next.take(below: state.rows.parts.count) { take(part) }
    }
    if let gists { reports.gist = state.texts.column(gists) }
  }

  // MARK: - Room

  private func entries(_ field: RowProgram.Field) -> [RowProgram.Entry] {
    state.rows.tables.flatMap(\.program.definitions).flatMap(\.entries).filter { $0.field == field }
  }

  private func codes(_ count: Int) -> StoreColumns.Codes { .each(Memory(count: count)) }

  private func makeRoom() {
    let count = participantPlaces.count
    participants.event = Memory(count: count)
    participants.actor = codes(count)
    participants.role = codes(count)
    let said = entries(.participant)
    if said.contains(where: { $0.certainty != nil }) { participants.certainty = codes(count) }
    if Set(said.map(\.name)).count > 1 { participants.entry = codes(count) }
    contexts.event = Memory(count: contextPlaces.count)
    contexts.value = Memory(count: contextPlaces.count)
    topics.event = Memory(count: topicPlaces.count)
    topics.value = Memory(count: topicPlaces.count)
    makeRoomForReports()
  }

  private func makeRoomForReports() {
    let count = reportPlaces.count
    let definitions = state.rows.tables.flatMap(\.program.definitions).filter { $0.kind == .report }
    reports.event = Memory(count: count)
    reports.article = codes(count)
    reports.status = codes(count)
    func isSaid(_ field: RowProgram.Field) -> Bool { definitions.contains { $0.entry(field) != nil } }
    if isSaid(.source) { reports.source = codes(count) }
    if isSaid(.certainty) { reports.certainty = codes(count) }
    if isSaid(.date) { reports.date = codes(count) }
    if isSaid(.gist) { gists = Memory(count: count) }
    // What is said in another order, or of another row's article, is said anew.
    if definitions.count > 1 || definitions.contains(where: { !$0.articles.isEmpty }) {
      reports.entry = codes(count)
    }
  }

  // MARK: - Rows

  private func take(_ index: Int) {
    let part = state.rows.parts[index]
    let definitions = state.rows.tables[part.table].program.definitions
    var least = Int32.max
    var most: Int32 = 0
    for (key, events) in eventOfRow[part.table] {
      guard let definition = definitions.firstIndex(where: { $0.kind == .event && $0.key == key }),
        let view = state.ids[part.table][definition]?.view(part.reader)
      else { continue }
      var row = UnsafePointer(part.slots)
      let own = events.base + part.firstRow
      for number in 0..<part.count {
        let event = view.record(row)
        own[number] = event
        if event >= 0 {
          least = min(least, event)
          most = max(most, event)
        } else if event == EntryKeys.unknown {
          foundWrong.store(true, ordering: .relaxed)
        }
        row += part.width
      }
    }
    if least <= most { (leastEvents[index], mostEvents[index]) = (least, most) }
    var participant = 0
    var context = 0
    var topic = 0
    var report = 0
    for (number, definition) in definitions.enumerated() {
      if definition.kind == .report {
        takeReports(part, number, report)
        report += 1
      }
      guard definition.kind == .event, let key = definition.key, let events = eventOfRow[part.table][key]
      else {
        continue
      }
      for (entry, meaning) in zip(definition.entries, state.entries[part.table][number]) {
        switch (entry.field, meaning) {
        case (.participant, .participant(let actor, let role, let certainty)):
          takeParticipants(part, events, entry, actor, role, certainty, participant)
          participant += 1
        case (.context, .code(let code)):
          let view = code.view(part.reader)
          take(part, events, into: contexts, contextPlaces, context) { view.code($0) }
          context += 1
        case (.topic, .record(let keys)):
          let view = keys.view(part.reader)
          take(part, events, into: topics, topicPlaces, topic) { view.record($0) }
          topic += 1
        default: break
        }
      }
    }
  }

  @inline(__always) private func take(
    _ part: ImportedRows.Part, _ events: Memory<Int32>, into values: StoreColumns.Values, _ places: Places,
    _ offset: Int, _ value: (UnsafePointer<Int32>) -> Int32
  ) {
    var place = places.place(part) + offset
    for row in 0..<part.count {
      let event = events.base[part.firstRow + row]
      let found = event < 0 ? -1 : value(part.slots + row * part.width)
      if found < -1 { foundWrong.store(true, ordering: .relaxed) }
      values.event.base[place] = found < 0 ? -1 : event
      values.value.base[place] = found
      place += places.widths[part.table]
    }
  }

  private func takeParticipants(
    _ part: ImportedRows.Part, _ events: Memory<Int32>, _ entry: RowProgram.Entry, _ actors: EntryKeys,
    _ roles: EntryCodes, _ certainties: EntryCodes, _ offset: Int
  ) {
    guard case .each(let actorOfPlace) = participants.actor, case .each(let roleOfPlace) = participants.role
    else {
      return
    }
    let actorView = actors.view(part.reader)
    let roleView = roles.view(part.reader)
    let stride = participantPlaces.widths[part.table]
    let first = participantPlaces.place(part) + offset
    var place = first
    var row = UnsafePointer(part.slots)
    for number in 0..<part.count {
      let event = events.base[part.firstRow + number]
      let actor = actorView.record(row)
      let role = roleView.code(row)
      let isSaid = event >= 0 && actor != -1 && role != -1
      if isSaid, actor < 0 || role < 0 { foundWrong.store(true, ordering: .relaxed) }
      participants.event.base[place] = isSaid ? event : -1
      actorOfPlace.base[place] = actor
      roleOfPlace.base[place] = role
      place += stride
      row += part.width
    }
    let certainty = certainties.view(part.reader).fixed
    if case .each(let codes) = participants.certainty {
      for number in 0..<part.count { codes[first + number * stride] = certainty }
    }
    if case .each(let codes) = participants.entry {
      let name = Self.entryNames.firstIndex(of: entry.name) ?? 0
      for number in 0..<part.count { codes[first + number * stride] = Int32(name) }
    }
  }

  private static let entryNames = ["participant", "actor", "recipient", "host"]

  // MARK: - Reports

  private func takeReports(_ part: ImportedRows.Part, _ number: Int, _ offset: Int) {
    let definition = state.rows.tables[part.table].program.definitions[number]
    let report = ReportView(state, part, number)
    guard case .each(let articleOfPlace) = reports.article, case .each(let statusOfPlace) = reports.status
    else {
      return
    }
    let stride = reportPlaces.widths[part.table]
    let first = reportPlaces.place(part) + offset
    var place = first
    var row = UnsafePointer(part.slots)
    for _ in 0..<part.count {
      let event = report.event.record(row)
      let article = report.article(row)
      let status = report.status.code(row)
      if event < 0 || article < 0 || status < 0 { foundWrong.store(true, ordering: .relaxed) }
      reports.event.base[place] = event
      articleOfPlace.base[place] = article
      statusOfPlace.base[place] = status
      place += stride
      row += part.width
    }
    takeRest(part, definition, report, first, stride)
  }

  private func takeRest(
    _ part: ImportedRows.Part, _ definition: RowProgram.Definition, _ report: ReportView, _ first: Int,
    _ stride: Int
  ) {
    func each(_ codes: StoreColumns.Codes, _ code: (UnsafePointer<Int32>) -> Int32) {
      guard case .each(let codes) = codes else { return }
      for row in 0..<part.count {
        let code = code(part.slots + row * part.width)
        if code < -1 { foundWrong.store(true, ordering: .relaxed) }
        codes[first + row * stride] = code
      }
    }
    each(reports.source) { report.source?.record($0) ?? -1 }
    // Certain, where nothing is said.
    each(reports.certainty) { row in
      let code = report.certainty?.code(row) ?? -1
      return code == -1 ? Int32(Certainty.certain.rawValue) : code
    }
    each(reports.date) { report.date?.code($0) ?? -1 }
    let order = Self.orders(state).firstIndex(of: definition.entries.map(\.field)) ?? 0
    each(reports.entry) { Int32(2 * order) + (report.isArticleOwn($0) ? 1 : 0) }
    if let gists {
      for row in 0..<part.count {
        let slots = part.slots + row * part.width
        gists[first + row * stride] =
          report.gist.map { TextRecords.place($0.arena, slots[$0.slot]) } ?? TextRecords.none
      }
    }
  }

  /// In which orders reports are said.
  private static func orders(_ state: RoundState) -> [[RowProgram.Field]] {
    let definitions = state.rows.tables.flatMap(\.program.definitions).filter { $0.kind == .report }
    return definitions.reduce(into: []) { orders, definition in
      let order = definition.entries.map(\.field)
      if !orders.contains(order) { orders.append(order) }
    }
  }
}

/// What a row says of a report.
struct ReportView {
  private(set) var event: EntryKeys.View
  private(set) var status: EntryCodes.View
  private(set) var source: EntryKeys.View?
  private(set) var certainty: EntryCodes.View?
  private(set) var date: EntryCodes.View?
  private(set) var gist: (slot: Int, arena: Int64)?
  private var ownArticle: EntryKeys.View?
  private let articles: [EntryKeys.View]

  init(_ state: RoundState, _ part: ImportedRows.Part, _ number: Int) {
    let definition = state.rows.tables[part.table].program.definitions[number]
    event = EntryKeys.View.none
    status = EntryCodes.View.none
    articles = state.articles[part.table][number].map { $0.view(part.reader) }
    for (entry, meaning) in zip(definition.entries, state.entries[part.table][number]) {
      switch (entry.field, meaning) {
      case (.event, .record(let keys)): event = keys.view(part.reader)
      case (.article, .record(let keys)): ownArticle = keys.view(part.reader)
      case (.source, .record(let keys)): source = keys.view(part.reader)
      case (.status, .code(let codes)): status = codes.view(part.reader)
      case (.certainty, .code(let codes)): certainty = codes.view(part.reader)
      case (.date, .code(let codes)): date = codes.view(part.reader)
      case (.gist, .text(let slot)): gist = (slot, state.texts.arena(part.table, slot, part.reader))
      default: break
      }
    }
  }

  func isArticleOwn(_ row: UnsafePointer<Int32>) -> Bool { ownArticle.map { $0.record(row) != -1 } ?? false }

  /// Its own, else the nearest that stands above.
  @inline(__always) func article(_ row: UnsafePointer<Int32>) -> Int32 {
    if let own = ownArticle?.record(row), own != -1 { return own }
    for article in articles {
      let record = article.record(row)
      if record != -1 { return record }
    }
    return -1
  }
}
