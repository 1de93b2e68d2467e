/// Finds entities by name: by id, canonical name in any language, alias, or a person's surname.
///
/// One table of folded names, sorted, in which a name is found by halving. A row says which entity has the
/// name, by what right (`Rank`), and how the model spells it. An entity has as many rows as it has names:
///
///     key               rank       entity          spelling
///     lavrov            surname    actor 17        Lavrov
///     sergei lavrov     name       actor 17        Sergei Lavrov
///     sergei lavrov     id         actor 17        sergei_lavrov
///     سيرغي لافروف      name       actor 17        سيرغي لافروف
package struct NameIndex: Sendable {
  /// By what right an entity has a name; the first that any entity of a kind has decides. (An id as it stands
  /// goes before all of them, in all kinds; it is told from the others by its spelling.)
  enum Rank: UInt8, Sendable, Comparable {
    /// An event's id but for case, and spaces or hyphens for underscores. Labels of events are no names, so
    /// this is all that an event has.
    case eventID
    case name, alias
    /// The last word of a person's name.
    case surname
    /// Another entity's id but for case, and spaces or hyphens for underscores.
    case id

    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }

    /// Which of an entity's names to propose, the least first: a surname rather than a variant spelling.
    var preference: UInt8 {
      self == .alias ? Rank.surname.rawValue : self == .surname ? Rank.alias.rawValue : rawValue
    }
  }

  struct Row: Sendable {
    var start: Int32
    var length: Int32
    var spelling: Int32
    var index: Int32
    var kind: EntityKind
    var rank: Rank

    var entity: EntityName { EntityName(kind, index) }
    var isID: Bool { rank == .eventID || rank == .id }
  }

  let rows: [Row]
  /// The keys of the rows, in UTF-8, one after the other.
  let bytes: [UInt8]
  let spellings: [String]
  /// Of events and articles where there are very many, which then have no rows.
  let idIndexes: [IDIndex]
  /// In how many events something occurs; what occurs often is proposed first.
  let weight: @Sendable (EntityName) -> Int32
  /// Made when a name is first completed.
  let lazyCompletion: Lazy<CompletionIndex>
  private let lazyRowsOfEntity: Lazy<[EntityKind: OffsetArray<Int32>]>

  package init(
    actors: [Actor], places: [Place], articles: ArticleColumns, topics: [Topic], eventIDs: TextColumn,
    idIndexes: [IDIndex] = [],
    weight: @escaping @Sendable (EntityName) -> Int32 = { _ in 0 }
  ) {
    var collector = Collector()
    let indexed = Set(idIndexes.map(\.kind))
    if !indexed.contains(.event) {
      for (index, id) in eventIDs.enumerated() {
        collector.add(id, .eventID, EntityName(.event, Int32(index)))
      }
    }
    for (index, actor) in actors.enumerated() { collector.add(actor, EntityName(.actor, Int32(index))) }
    for (index, place) in places.enumerated() {
      collector.add(id: place.id, place.names, place.aliases, EntityName(.place, Int32(index)))
    }
    if !indexed.contains(.article) {
      for (index, article) in articles.enumerated() {
        collector.add(id: article.id, article.title, [], EntityName(.article, Int32(index)))
      }
    }
    for (index, topic) in topics.enumerated() {
      collector.add(id: topic.id, topic.names, [], EntityName(.topic, Int32(index)))
    }
    let rows = collector.sortedRows()
    self.rows = rows
    bytes = collector.bytes
    spellings = collector.spellings
    self.idIndexes = idIndexes
    self.weight = weight
    let bytes = bytes
    lazyCompletion = Lazy { CompletionIndex(rows, bytes, weight: weight) }
    lazyRowsOfEntity = Lazy { NameIndex.rowsOfEntity(rows) }
  }

  private static func rowsOfEntity(_ rows: [Row]) -> [EntityKind: OffsetArray<Int32>] {
    var pairs: [EntityKind: [(row: Int32, value: Int32)]] = [:]
    for (position, row) in rows.enumerated() {
      pairs[row.kind, default: []].append((row.index, Int32(truncatingIfNeeded: position)))
    }
    return pairs.mapValues { pairs in
      OffsetArray(rows: (pairs.lazy.map { Int($0.row) }.max() ?? -1) + 1, pairs: pairs)
    }
  }

  /// The rows of one entity.
  func rowsOf(_ entity: EntityName) -> Column<Int32> {
    guard let rows = lazyRowsOfEntity.value[entity.kind], Int(entity.index) < rows.count else {
      return Column([])
    }
    return rows[Int(entity.index)]
  }

  static func range(_ row: Row) -> Range<Int> { Int(row.start)..<Int(row.start &+ row.length) }

  func range(_ row: Row) -> Range<Int> { NameIndex.range(row) }

  func key(_ row: Row) -> ArraySlice<UInt8> { bytes[range(row)] }

  func spelling(_ row: Row) -> String { spellings[Int(row.spelling)] }
}

// MARK: - Resolution

extension NameIndex {
  /// What `text` names among the kinds asked for. An exact id wins over all other names; else every kind
  /// answers for itself, by the first rank in which it has the name.
  package func resolve(_ text: String, _ kinds: NameKinds) -> NameResolution {
    let candidates =
      rows(withKey: Array(NameKey.key(text).utf8)).filter { kinds.contains($0.kind) }.map { row in
        Named(entity: row.entity, rank: row.rank, isExact: row.isID && spelling(row) == text)
      } + idIndexes.filter { kinds.contains($0.kind) }.flatMap { namedByID(text, $0) }
    let exact = candidates.filter(\.isExact)
    if !exact.isEmpty { return .found(exact.map(\.entity)) }
    var found: [EntityName] = []
    var isAmbiguous = false
    for kind in EntityKind.allCases {
      let named = candidates.filter { $0.entity.kind == kind }
      guard let best = named.map(\.rank).min() else { continue }
      let entities = distinct(named.filter { $0.rank == best }.map(\.entity))
      isAmbiguous = isAmbiguous || entities.count > 1
      found += entities
    }
    if found.isEmpty { return .unknown }
    return isAmbiguous ? .ambiguous(found) : .found(found)
  }

  /// Who has a name, and by what right.
  private struct Named {
    var entity: EntityName
    var rank: Rank
    /// Whether it is the id as it stands.
    var isExact: Bool
  }

  private func namedByID(_ text: String, _ index: IDIndex) -> [Named] {
    index.rows(named: text).map { row in
      Named(
        entity: EntityName(index.kind, row), rank: index.kind == .event ? .eventID : .id,
        isExact: index.ids[Int(row)] == text)
    }
  }

  private func distinct(_ entities: [EntityName]) -> [EntityName] {
    var seen: Set<EntityName> = []
    return entities.filter { seen.insert($0).inserted }
  }

  /// The rows whose key is `key`, by halving.
  func rows(withKey key: [UInt8]) -> ArraySlice<Row> {
    guard !key.isEmpty else { return [] }
    let lower = partition { $0.lexicographicallyPrecedes(key) }
    let upper = partition { !key.lexicographicallyPrecedes($0) }
    return rows[lower..<max(lower, upper)]
  }

  /// The number of leading rows whose key satisfies `isBefore`.
  private func partition(_ isBefore: (ArraySlice<UInt8>) -> Bool) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(key(rows[middle])) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - Building

extension NameIndex {
  private struct Collector {
    var rows: [Row] = []
    var bytes: [UInt8] = []
    var spellings: [String] = []

    mutating func add(_ actor: Actor, _ entity: EntityName) {
      add(id: actor.id, actor.names, actor.aliases, entity)
      guard actor.kind == .person else { return }
      for name in actor.names.entries {
        let words = name.text.split(separator: " ")
        if words.count > 1, let surname = words.last { add(String(surname), .surname, entity) }
      }
    }

    mutating func add(id: String, _ names: LocalizedText, _ aliases: [String], _ entity: EntityName) {
      add(id, .id, entity)
      for name in names.entries { add(name.text, .name, entity) }
      for alias in aliases { add(alias, .alias, entity) }
    }

    mutating func add(_ spelling: String, _ rank: Rank, _ entity: EntityName) {
      let key = NameKey.key(spelling)
      guard !key.isEmpty, let start = Int32(exactly: bytes.count), let length = Int32(exactly: key.utf8.count)
      else { return }
      bytes.append(contentsOf: key.utf8)
      rows.append(
        Row(
          start: start, length: length, spelling: Int32(truncatingIfNeeded: spellings.count),
          index: entity.index,
          kind: entity.kind, rank: rank))
      spellings.append(spelling)
    }

    /// The rows by key.
    func sortedRows() -> [Row] {
      let texts = rows.map { $0.start..<($0.start &+ $0.length) }
      return TextOrder.order(of: texts, in: bytes) { precedes(rows[Int($0)], rows[Int($1)]) }
        .map { rows[Int($0)] }
    }

    /// Of rows with the same key.
    private func precedes(_ a: Row, _ b: Row) -> Bool {
      (a.kind.rawValue, a.rank.rawValue, a.index) < (b.kind.rawValue, b.rank.rawValue, b.index)
    }
  }
}
