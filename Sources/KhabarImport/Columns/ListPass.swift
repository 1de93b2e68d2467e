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
  private var areEventsShared = false
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
  /// Whether a row says of an event that nobody took part.
  private let foundUnsaid = Atomic(false)
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
    setEventsOfParticipants()
    if let gists { reports.gist = state.texts.column(gists) }
  }

  // MARK: - Room

  private func entries(_ field: RowProgram.Field) -> [RowProgram.Entry] {
    state.rows.tables.flatMap(\.program.definitions).flatMap(\.entries).filter { $0.field == field }
  }

  private func codes(_ count: Int) -> StoreColumns.Codes { .each(Memory(count: count)) }

  private func bytes(_ count: Int) -> StoreColumns.Codes { .bytes(Memory(count: count)) }

  private func makeRoom() {
    let count = participantPlaces.count
    participants.event = Memory(count: count)
    participants.actor = codes(count)
    let said = entries(.participant)
    let roles = state.values.roleCount + (state.values.words[.participant]?.count ?? 0)
    participants.role = roles < UInt8.max ? bytes(count) : codes(count)
    if said.contains(where: { $0.certainty != nil }) { participants.certainty = bytes(count) }
    if Set(said.map(\.name)).count > 1 { participants.entry = bytes(count) }
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
    shareEventsOfReports()
    reports.article = codes(count)
    reports.status = bytes(count)
    func isSaid(_ field: RowProgram.Field) -> Bool { definitions.contains { $0.entry(field) != nil } }
    if isSaid(.source) { reports.source = codes(count) }
    if isSaid(.certainty) { reports.certainty = bytes(count) }
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
    let actorView = actors.view(part.reader)
    let roleView = roles.view(part.reader)
    let columns = Columns(participants, participantPlaces, part, offset)
    var place = columns.first
    var row = UnsafePointer(part.slots)
    var isWrong = false
    var isAllSaid = true
    for number in 0..<part.count {
      let event = events.base[part.firstRow + number]
      let actor = actorView.record(row)
      let role = roleView.code(row)
      let isSaid = event >= 0 && actor != -1 && role != -1
      if isSaid, actor < 0 || role < 0 { isWrong = true }
      if !isSaid, event >= 0 { isAllSaid = false }
      columns.actors[place] = isSaid ? actor : -1
      columns.set(role: isSaid ? role : -1, place)
      place += columns.stride
      row += part.width
    }
    if isWrong { foundWrong.store(true, ordering: .relaxed) }
    if !isAllSaid { foundUnsaid.store(true, ordering: .relaxed) }
    let certainty = UInt8(truncatingIfNeeded: certainties.view(part.reader).fixed)
    if case .bytes(let codes) = participants.certainty {
      for number in 0..<part.count { codes[columns.first + number * columns.stride] = certainty }
    }
    if case .bytes(let codes) = participants.entry {
      let name = UInt8(truncatingIfNeeded: Self.entryNames.firstIndex(of: entry.name) ?? 0)
      for number in 0..<part.count { codes[columns.first + number * columns.stride] = name }
    }
  }

  /// Where participants are put.
  private struct Columns {
    let actors: UnsafeMutablePointer<Int32>
    private let roles: UnsafeMutablePointer<Int32>?
    private let roleBytes: UnsafeMutablePointer<UInt8>?
    let first: Int
    let stride: Int

    init(
      _ participants: StoreColumns.Participants, _ places: Places, _ part: ImportedRows.Part, _ offset: Int
    ) {
      guard case .each(let actors) = participants.actor else { preconditionFailure("room has been made") }
      self.actors = actors.base
      if case .each(let memory) = participants.role { roles = memory.base } else { roles = nil }
      if case .bytes(let memory) = participants.role { roleBytes = memory.base } else { roleBytes = nil }
      first = places.place(part) + offset
      stride = places.widths[part.table]
    }

    @inline(__always) func set(role: Int32, _ place: Int) {
      if let roleBytes { roleBytes[place] = UInt8(truncatingIfNeeded: role) } else { roles?[place] = role }
    }
  }

  /// The events of participants: those of their rows, where each row has one, else one by one.
  private func setEventsOfParticipants() {
    let tables = participantPlaces.widths.indices.filter { participantPlaces.widths[$0] > 0 }
    if tables.count == 1, participantPlaces.widths[tables[0]] == 1, eventOfRow[tables[0]].count == 1,
      !foundUnsaid.load(ordering: .relaxed), let events = eventOfRow[tables[0]].values.first
    {
      participants.event = events
      return
    }
    let next = Cursor()
    Threads.run(state.threads) { _ in
      while let index = next.take(below: state.rows.parts.count) {
        let part = state.rows.parts[index]
        var offset = 0
        for definition in state.rows.tables[part.table].program.definitions where definition.kind == .event {
          guard let key = definition.key, let events = eventOfRow[part.table][key] else { continue }
          for entry in definition.entries where entry.field == .participant {
            setEvents(part, events, Columns(participants, participantPlaces, part, offset))
            offset += 1
          }
        }
      }
    }
  }

  private func setEvents(_ part: ImportedRows.Part, _ events: Memory<Int32>, _ columns: Columns) {
    var place = columns.first
    for row in 0..<part.count {
      participants.event.base[place] = columns.actors[place] == -1 ? -1 : events.base[part.firstRow + row]
      place += columns.stride
    }
  }

  private static let entryNames = ["participant", "actor", "recipient", "host"]

  // MARK: - Reports

  private func takeReports(_ part: ImportedRows.Part, _ number: Int, _ offset: Int) {
    let definition = state.rows.tables[part.table].program.definitions[number]
    let report = ReportView(state, part, number)
    guard case .each(let articleOfPlace) = reports.article, case .bytes(let statusOfPlace) = reports.status
    else {
      return
    }
    let stride = reportPlaces.widths[part.table]
    let first = reportPlaces.place(part) + offset
    // The event of a row is known where the row defines it too.
    let events = eventsOfReports(part, definition)
    var place = first
    var row = UnsafePointer(part.slots)
    for number in 0..<part.count {
      let event = events.map { $0[number] } ?? report.event.record(row)
      let article = report.article(row)
      let status = report.status.code(row)
      if event < 0 || article < 0 || status < 0 { foundWrong.store(true, ordering: .relaxed) }
      if !areEventsShared { reports.event.base[place] = event }
      articleOfPlace.base[place] = article
      statusOfPlace.base[place] = UInt8(truncatingIfNeeded: status)
      place += stride
      row += part.width
    }
    takeRest(part, definition, report, first, stride)
  }

  private func eventsOfReports(
    _ part: ImportedRows.Part, _ definition: RowProgram.Definition
  ) -> UnsafeMutablePointer<Int32>? {
    guard case .slot(let slot)? = definition.entry(.event)?.value else { return nil }
    return eventOfRow[part.table][slot].map { $0.base + part.firstRow }
  }

  /// Where each row of a table reports the event that it defines.
  private func shareEventsOfReports() {
    let tables = reportPlaces.widths.indices.filter { reportPlaces.widths[$0] > 0 }
    guard tables.count == 1, reportPlaces.widths[tables[0]] == 1 else { return }
    let definition = state.rows.tables[tables[0]].program.definitions.first { $0.kind == .report }
    guard case .slot(let slot)? = definition?.entry(.event)?.value, let events = eventOfRow[tables[0]][slot]
    else {
      return
    }
    reports.event = events
    areEventsShared = true
  }

  private func takeRest(
    _ part: ImportedRows.Part, _ definition: RowProgram.Definition, _ report: ReportView, _ first: Int,
    _ stride: Int
  ) {
    func each(_ codes: StoreColumns.Codes, _ code: (UnsafePointer<Int32>) -> Int32) {
      if case .same = codes { return }
      for row in 0..<part.count {
        let code = code(part.slots + row * part.width)
        if code < -1 { foundWrong.store(true, ordering: .relaxed) }
        if case .each(let codes) = codes { codes[first + row * stride] = code }
        if case .bytes(let codes) = codes { codes[first + row * stride] = UInt8(truncatingIfNeeded: code) }
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
