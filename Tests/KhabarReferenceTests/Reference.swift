import EDTF
import KhabarModel
import KhabarSyntax

// A second opinion on what queries mean.
//
// What enters: the syntax tree of a query, and the plain records of a model as they were put into its store.
// What leaves: rows, found in the most obvious way there is.
//
// It is written from the language's description and shares nothing with the resolver, the evaluator and the
// store's columns: names are found by looking at every record, representation and containment by recursion,
// and a comparison of times by trying the days at which its answer may turn. It is slow, and knows no
// batches, tables or indices; where it and the evaluator disagree, one of them has misread the language.
//
//     meetings in Moscow | count    →    (number 3)

/// A value of a row.
indirect enum Cell: Hashable {
  case missing
  case truth(Bool)
  case number(Double)
  case text(String)
  case texts([String])
  /// As recorded it is shown as it was written, and so differs from others with the same bounds.
  case time(TimeBounds, written: String = "")
  case length(months: Int, days: ClosedRange<Int>)
  case record(EntityKind, Int)
  case word(String)
  case list([Cell])

  init(_ truth: Bool?) { self = truth.map { .truth($0) } ?? .missing }

  var isMissing: Bool { self == .missing || self == .list([]) }

  /// The truth of a condition; nil is unknown.
  var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }

  /// The values of a list, or the one value.
  var elements: [Cell] {
    switch self {
    case .list(let elements): elements
    case .missing: []
    default: [self]
    }
  }
}

/// What a condition is asked of: a record, or a row of columns.
struct Row {
  var record: (kind: EntityKind, index: Int)?
  var names: [String] = []
  var cells: [Cell] = []
  /// The day of `as of`, if there is one.
  var known: TimeBounds?
}

/// The rows of a query.
struct Rows {
  var kind: EntityKind?
  var names: [String] = []
  /// Each row's columns; of records, the record alone.
  var cells: [[Cell]] = []
  var known: TimeBounds?

  var rows: [Row] {
    cells.map { cells in
      guard kind != nil, case .record(let kind, let index)? = cells.first else {
        return Row(names: names, cells: cells, known: known)
      }
      return Row(record: (kind, index), known: known)
    }
  }

  func picking(_ rows: [Int]) -> Rows {
    var picked = self
    picked.cells = rows.map { cells[$0] }
    return picked
  }
}

/// What the reference does not know; queries that are generated keep to what it knows.
struct NotCovered: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

struct Reference {
  let model: StoreBuilder
  let today: Int
  var bindings: [String: Query] = [:]
  /// All records of a kind in the order in which they are shown.
  private(set) var order: [EntityKind: [Int]] = [:]
  /// What has been asked of times before.
  let memo = TimeMemo()

  init(_ model: StoreBuilder, today: Int) {
    self.model = model
    self.today = today
    order[.actor] = Array(model.actors.indices)
    order[.place] = Array(model.places.indices)
    order[.article] = Array(model.articles.indices)
    order[.topic] = Array(model.topics.indices)
    let events = model.events.indices.sorted { a, b in
      let first = Self.sortKey(model.events[a].time)
      let second = Self.sortKey(model.events[b].time)
      return first == second
        ? model.events[a].id < model.events[b].id : first.lexicographicallyPrecedes(second)
    }
    order[.event] = events
    order[.report] = events.flatMap { event in
      model.reports.indices.filter { Int(model.reports[$0].event) == event }.sorted { a, b in
        // An undated report is not the latest.
        let first = date(a).map(Self.sortKey) ?? []
        let second = date(b).map(Self.sortKey) ?? []
        return first == second ? a < b : first.lexicographicallyPrecedes(second)
      }
    }
    order[.participation] = events.flatMap { event in
      model.events[event].participants.indices.map { event * 1000 + $0 }
    }
  }

  /// Times by their bounds, what is missing last.
  static func sortKey(_ time: EDTFTime?) -> [Int] {
    guard let bounds = time?.bounds else { return [Int.max] }
    return [bounds.startMin, bounds.startMax, bounds.endMin, bounds.endMax]
  }

  func rank(_ kind: EntityKind, _ index: Int) -> Int { order[kind]?.firstIndex(of: index) ?? -1 }

  /// Those records, each once, in the order in which they are shown.
  func records(_ kind: EntityKind, where isIncluded: (Int) -> Bool, known: TimeBounds? = nil) -> Rows {
    let found = (order[kind] ?? []).filter(isIncluded)
    return Rows(kind: kind, cells: found.map { [.record(kind, $0)] }, known: known)
  }

  // MARK: - Names

  func id(_ kind: EntityKind, _ index: Int) -> String {
    switch kind {
    case .event: model.events[index].id
    case .actor: model.actors[index].id
    case .place: model.places[index].id
    case .article: model.articles[index].id
    case .topic: model.topics[index].id
    case .report: model.reports[index].gist.entries.first?.text ?? ""
    case .participation:
      "\(model.events[index / 1000].id)/\(index % 1000)"
    }
  }

  static func folded(_ text: String) -> String {
    text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: " ")
  }

  private func names(_ kind: EntityKind, _ index: Int) -> [String] {
    switch kind {
    case .actor: model.actors[index].names.entries.map(\.text) + model.actors[index].aliases
    case .place: model.places[index].names.entries.map(\.text) + model.places[index].aliases
    case .topic: model.topics[index].names.entries.map(\.text)
    default: []
    }
  }

  /// By id, else by name or alias.
  func find(_ name: String, _ kind: EntityKind) -> Int? {
    let all = order[kind] ?? []
    if let exact = all.first(where: { id(kind, $0) == name }) { return exact }
    let wanted = Self.folded(name)
    return all.first { record in names(kind, record).contains { Self.folded($0) == wanted } }
  }

  func require(_ name: Name, _ kind: EntityKind) throws -> Int {
    guard let found = find(name.text, kind) else { throw NotCovered("no \(kind) is called \(name.text)") }
    return found
  }

  // MARK: - Who represents whom, what lies where, what reports say

  /// The actor itself, and whom it represents, nearest first.
  func represented(by actor: Int) -> [Int] { reachable(actor) { model.actors[$0].represents.map(Int.init) } }

  /// The place itself, and what it lies within, nearest first.
  func containing(_ place: Int) -> [Int] { reachable(place) { model.places[$0].within.map(Int.init) } }

  private func reachable(_ start: Int, _ next: (Int) -> [Int]) -> [Int] {
    var found = [start]
    var level = [start]
    while !level.isEmpty {
      level = Self.unique(level.flatMap(next)).filter { !found.contains($0) }
      found += level
    }
    return found
  }

  func represents(_ actor: Int, _ other: Int) -> Bool { represented(by: actor).contains(other) }

  func lies(_ place: Int, in other: Int) -> Bool { containing(place).contains(other) }

  func date(_ report: Int) -> EDTFTime? {
    model.reports[report].date ?? model.articles[Int(model.reports[report].article)].published
  }

  func isKnown(_ report: Int, _ known: TimeBounds?) -> Bool {
    guard let known else { return true }
    return ask("until", date(report)?.bounds, known) == true
  }

  func reports(of event: Int, known: TimeBounds?) -> [Int] {
    (order[.report] ?? []).filter { Int(model.reports[$0].event) == event && isKnown($0, known) }
  }

  static func unique<T: Hashable>(_ values: [T]) -> [T] {
    var seen: Set<T> = []
    return values.filter { seen.insert($0).inserted }
  }
}
