import EDTF
import Foundation
import KhabarModel
import KhabarSyntax

// A second opinion on what queries mean.
//
// What enters: the syntax tree of a query, and the plain records of a model. What leaves: rows, found in the most
// obvious way there is.
//
// It is a reading of LANGUAGE.md, section by section, and shares nothing with the resolver, the evaluator, the name
// index and the store's columns: names are found by looking at every record, representation and containment by
// walking, and a comparison of times by trying the days at which its answer may turn. It knows no types, batches,
// tables or indices; where it and the evaluator disagree, one of them has misread the language.
//
//     meetings in Moscow | count    →    ["count": .number(3)]

/// A value of a row.
indirect enum Cell: Hashable {
  case missing, truth(Bool), number(Double), text(String), record(EntityKind, Int), list([Cell])
  /// One text in several languages.
  case texts(LocalizedText)
  /// Times are compared by their bounds; as keys, times that are written differently differ.
  case time(TimeBounds, EDTFTime)
  /// As said, if it is exact, and in days.
  case length(CalendarDuration?, ClosedRange<Int>)

  init(_ truth: Bool?) { self = truth.map { .truth($0) } ?? .missing }
  init(_ text: String?) { self = text.map { .text($0) } ?? .missing }
  init(_ time: EDTFTime?) { self = time.map { .time($0.bounds, $0) } ?? .missing }
  init(_ bounds: TimeBounds?) { self = bounds.map { .time($0, .covering($0)) } ?? .missing }
  init(_ text: LocalizedText) { self = text.isEmpty ? .missing : .texts(text) }

  var isMissing: Bool { self == .missing || self == .list([]) }
  /// The truth of a condition; nil is unknown.
  var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var bounds: TimeBounds? { if case .time(let bounds, _) = self { bounds } else { nil } }
  var kind: EntityKind? { if case .record(let kind, _) = self { kind } else { nil } }
  var index: Int { if case .record(_, let index) = self { index } else { 0 } }

  /// The values of a list, or the one value.
  var elements: [Cell] {
    if case .list(let elements) = self { elements } else { self == .missing ? [] : [self] }
  }

  /// A text in English.
  var shown: String {
    if case .texts(let text) = self { text.preferred("en") ?? "" } else { texts.first ?? "" }
  }

  /// A text in each of its languages, or all the texts of a list.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .texts(let text): text.entries.map(\.text)
    case .list(let elements): elements.flatMap(\.texts)
    default: []
    }
  }
}

/// Columns by name, and under no name the record that the row is.
typealias Row = [String: Cell]

/// The rows of a query: records of a kind, or columns.
struct Rows {
  var kind: EntityKind?
  var columns = [""]
  var rows: [Row]
  /// Where later stages look things up: in all that is told, or after `as of` in what was told by then.
  var world: Reference

  var cells: [[Cell]] { rows.map { row in columns.map { row[$0] ?? .missing } } }
}

/// Why there are no rows: the query is wrong, or the reference does not know what it asks.
enum Refusal: Error { case mistake(String), notCovered(String) }

final class Reference {
  let records: PlainRecords
  let today: TimeBounds
  let bindings: [String: Query]
  /// The world of which this is what was told by the day of `as of`.
  let whole: Reference?
  let day: TimeBounds?
  private(set) var seen: [String: Reference] = [:]
  /// All records of a kind in the order in which they are shown.
  private(set) var all: [EntityKind: [Cell]] = [:]
  private var found: [Cell: Row] = [:]
  private var keys: [Cell: [[String]]] = [:]
  /// Whether a condition has been unknown: for those who count.
  var hasMetUnknown = false
  /// What has been asked of times before.
  var answers: [String: [[TimeBounds]: Bool?]] = [:]

  /// §6. Events come in order of time, reports in order of their events and then of their dates, others as given.
  init(_ records: PlainRecords, today: TimeBounds, bindings: [String: Query]) {
    (self.records, self.today, self.bindings, whole, day) = (records, today, bindings, nil, nil)
    for kind in EntityKind.allCases {
      let given = records.fields.keys.filter { $0.kind == kind }
      all[kind] = given.sorted { a, b in
        // A report has its article's date. An undated one is not the latest; an event without a time comes last.
        let times = [a, b].map { record in
          let time = kind == .report ? moment(self[record, "article"]) : nil
          return (time ?? moment(record)).map(Self.ends) ?? (kind == .event ? [Int.max] : [])
        }
        let isTimed = kind == .event || kind == .report
        if isTimed && times[0] != times[1] { return times[0].lexicographicallyPrecedes(times[1]) }
        return kind == .event ? self[a, "id"].shown < self[b, "id"].shown : a.index < b.index
      }
    }
    for kind in [EntityKind.report, .participation] {
      all[kind] = all[.event]?.flatMap { event in all[kind]?.filter { self[$0, "event"] == event } ?? [] }
    }
  }

  /// §4. `as of T`: see only reports dated T or earlier; events that no such report mentions are left out.
  init(_ whole: Reference, asOf day: TimeBounds?) {
    (records, today, bindings, self.whole) = (whole.records, whole.today, whole.bindings, whole)
    self.day = day
    all = whole.all
    all[.report]?.removeAll { whole.holds("until", whole.moment($0), day) != true }
    let told = Set(all[.report]?.map { whole[$0, "event"] } ?? [])
    all[.event]?.removeAll { !told.contains($0) }
    all[.participation]?.removeAll { !told.contains(whole[$0, "event"]) }
  }

  /// In a join and in a sequence each side is seen as of its own day: columns whose records are seen in other worlds.
  init(_ world: Reference, seen: [String: Reference]) {
    (records, today, bindings, whole, day) = (
      world.records, world.today, world.bindings, world.whole, world.day
    )
    (all, found, keys, self.seen) = (world.all, world.found, world.keys, seen)
  }

  static func ends(_ time: TimeBounds) -> [Int] { [time.startMin, time.startMax, time.endMin, time.endMax] }

  static func unique(_ cells: [Cell]) -> [Cell] {
    var seen: Set<Cell> = []
    return cells.filter { seen.insert($0).inserted }
  }

  // MARK: - §1. What is recorded, and what follows from it

  /// A field of a record; missing where it has none of that name.
  subscript(record: Cell?, field: String) -> Cell { record.flatMap { self.field(field, of: $0) } ?? .missing }

  func field(_ name: String, of record: Cell) -> Cell? {
    if let known = found[record]?[name] { return known }
    let field = derived(name, record) ?? records.fields[record]?[name]
    found[record, default: [:]][name] = field
    return field
  }

  private func derived(_ name: String, _ record: Cell) -> Cell? {
    func those(_ kind: EntityKind, _ isMeant: (Cell) -> Bool) -> Cell {
      .list(all[kind]?.filter(isMeant) ?? [])
    }
    func each(_ field: String, of list: String) -> Cell {
      .list(Self.unique(self[record, list].elements.flatMap { self[$0, field].elements }))
    }
    func latest(_ field: String) -> Cell? { self[record, "reports"].elements.last.map { self[$0, field] } }
    switch (record.kind, name) {
    case (.event, "actors"): return each("actor", of: "participants")
    case (.event, "sources"): return each("source", of: "reports")
    case (.event, "articles"): return each("article", of: "reports")
    case (.event, "reports"), (.article, "reports"):
      return those(.report) { self[$0, record.kind == .event ? "event" : "article"] == record }
    // Status and certainty are those of the latest report; an event that nobody reports is hypothetical.
    case (.event, "status"): return latest(name) ?? Cell(whole == nil ? "hypothetical" : nil)
    case (.event, "certainty"): return latest(name) ?? Cell(whole == nil ? "possible" : nil)
    case (.event, "contested"):
      let said = self[record, "reports"].elements.flatMap { self[$0, "status"].texts }
      func isSaid(_ words: Set<String>) -> Bool { !words.isDisjoint(with: said) }
      return .truth(isSaid(["occurred", "ongoing"]) && isSaid(["denied", "cancelled"]))
    case (.event, _) where Self.inverses[name] != nil || name == "about":
      return those(.event) { other in
        records.fields[record]?[name]?.elements.contains(other) ?? false
          || Self.inverses[name].map { records.fields[other]?[$0]?.elements.contains(record) ?? false }
            ?? false
      }
    case (.report, "date"):
      let own = records.fields[record]?[name] ?? .missing
      return own == .missing ? self[self[record, "article"], "published"] : own
    case (.actor, "represents"), (.place, "within"):
      return .list(Array(reached(name, from: record).dropFirst()))
    case (.actor, "events"):
      return those(.event) { self[$0, "actors"].elements.contains { stands($0, for: record) } }
    case (.actor, "participants"): return those(.participation) { stands(self[$0, "actor"], for: record) }
    case (.actor, "reports"): return those(.report) { stands(self[$0, "source"], for: record) }
    case (.place, "events"): return those(.event) { stands(self[$0, "place"], for: record) }
    case (.place, "country"):
      return reached("within", from: record).first { self[$0, "kind"] == .text("country") } ?? .missing
    case (.place, "country_code"):
      return reached("within", from: record).compactMap { records.fields[$0]?[name] }.first { !$0.isMissing }
    default: return nil
    }
  }

  private static let inverses = [
    "part_of": "parts", "parts": "part_of", "causes": "consequences", "consequences": "causes",
    "follows": "followed_by", "followed_by": "follows", "alongside": "alongside",
  ]

  /// The record, and what is reached from it by going on and on, nearest first.
  private func reached(_ field: String, from record: Cell) -> [Cell] {
    var (all, level) = ([record], [record])
    while !level.isEmpty {
      let next = Self.unique(level.flatMap { records.fields[$0]?[field]?.elements ?? [] })
      level = next.filter { !all.contains($0) }
      all += level
    }
    return all
  }

  /// §3. An actor stands for itself and for whom it represents; a place for itself and for what it lies within.
  func stands(_ one: Cell, for other: Cell, exactly: Bool = false) -> Bool {
    one == other
      || !exactly && self[one, one.kind == .place ? "within" : "represents"].elements.contains(other)
  }

  // MARK: - §3. Names

  /// Without case, marks, tatweel and apostrophes; one blank for blanks, hyphens and underscores.
  static func key(_ name: String) -> String {
    let spellings: [Character: Character] = [
      "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "ء", "ئ": "ء", "_": " ", "-": " ",
    ]
    let spelled = String(name.precomposedStringWithCanonicalMapping.map { spellings[$0] ?? $0 })
    let letters = spelled.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter { scalar in
      scalar.properties.generalCategory != .nonspacingMark && !"'’ـ".unicodeScalars.contains(scalar)
    }
    return String(String.UnicodeScalarView(letters)).split(separator: " ").joined(separator: " ")
  }

  /// By id, else by name, alias, a person's surname, or an id spelled otherwise: the first that anybody has.
  func find(_ name: String, _ kind: EntityKind) throws -> Cell? {
    let records = everything.all[kind] ?? []
    if let exact = records.first(where: { self[$0, "id"] == .text(name) }) { return exact }
    for way in 0..<4 {
      let found = records.filter { spellings($0)[way].contains(Self.key(name)) }
      if found.count > 1 { throw Refusal.mistake("several \(kind) are called \(name)") }
      if let only = found.first { return only }
    }
    return nil
  }

  /// The keys of a record's names, of its aliases, of a person's surnames, of its id.
  private func spellings(_ record: Cell) -> [[String]] {
    if let known = everything.keys[record] { return known }
    let names = self[record, record.kind == .article ? "title" : "name"].texts
    let words = self[record, "kind"] == .text("person") ? names.map { $0.split(separator: " ") } : []
    let surnames = words.filter { $0.count > 1 }.compactMap { $0.last.map(String.init) }
    let keys = [names, self[record, "aliases"].texts, surnames, self[record, "id"].texts].map {
      $0.map(Self.key)
    }
    everything.keys[record] = keys
    return keys
  }

  func require(_ name: Name, _ kind: EntityKind) throws -> Cell {
    if let found = try find(name.text, kind) { return found }
    throw Refusal.mistake("no \(kind) is called \(name.text)")
  }

  /// A name alone: of one record, of whatever kind.
  func lone(_ name: String) throws -> Cell {
    let kinds: [EntityKind] = [.event, .actor, .place, .article]
    let exact = kinds.flatMap { everything.all[$0] ?? [] }.filter { self[$0, "id"] == .text(name) }
    let found = try exact.isEmpty ? kinds.compactMap { try find(name, $0) } : exact
    if found.count == 1 { return found[0] }
    throw Refusal.mistake("\(found.count) things are called \(name)")
  }
}
