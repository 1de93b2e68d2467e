/// Finds events, or articles, by their ids, where there are too many for the index of names: whole ids are found, and those
/// that begin so; ids are not guessed.
package struct IDIndex: Sendable {
  let kind: EntityKind
  let ids: TextColumn
  /// The rows by their ids: where ids are numbers, by these; else by their folded keys, and those of the same key as they
  /// stand. nil: they lie so.
  private let order: Column<UInt32>?

  /// So many ids have an index of their own.
  static let leastCount = 50_000

  init(_ kind: EntityKind, _ ids: TextColumn) {
    self.kind = kind
    self.ids = ids
    let rows = (0..<ids.count).map { UInt32(truncatingIfNeeded: $0) }
    if let numbers = ids.numbers?.numbers {
      order = Column(rows.sorted { (numbers[Int($0)], $0) < (numbers[Int($1)], $1) })
      return
    }
    var bytes: [UInt8] = []
    let keys = ids.map { id in
      let start = Int32(truncatingIfNeeded: bytes.count)
      bytes.append(contentsOf: NameKey.key(id).utf8)
      return start..<Int32(truncatingIfNeeded: bytes.count)
    }
    order = Column(TextOrder.order(of: keys, in: bytes) { $0 < $1 }.map { UInt32(bitPattern: $0) })
  }

  /// - Parameter order: The rows by their ids.
  init(_ kind: EntityKind, _ ids: TextColumn, order: Column<UInt32>) {
    self.kind = kind
    self.ids = ids
    self.order = order
  }

  /// The rows whose id has the key of `text`.
  func rows(named text: String) -> [Int32] {
    let key = NameKey.key(text)
    if let numbered = ids.numbers {
      guard let (prefix, number) = NumberedTexts.parts(key),
        NameKey.key(numbered.prefix + "0") == prefix + "0"
      else { return [] }
      let numbers = numbered.numbers
      return rows(from: first(number, numbers)) { numbers[Int($0)] == number }
    }
    return rows(from: first { Self.precedes(self.key($0), key) }) { self.key($0) == key }
  }

  /// The first rows whose id begins so.
  func rows(beginningWith text: String, limit: Int) -> [Int32] {
    let key = NameKey.key(text)
    // Numbers lie by their size, not by their digits.
    if ids.numbers != nil { return rows(named: text) }
    return Array(
      rows(from: first { Self.precedes(self.key($0), key) }, limit) { self.key($0).hasPrefix(key) })
  }

  private func row(_ place: Int) -> UInt32 { order.map { $0[place] } ?? UInt32(truncatingIfNeeded: place) }

  private func key(_ row: UInt32) -> String { NameKey.key(ids[Int(row)]) }

  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  private func rows(from start: Int, _ limit: Int = .max, while isMeant: (UInt32) -> Bool) -> [Int32] {
    var found: [Int32] = []
    var next = start
    while next < ids.count, found.count < limit, isMeant(row(next)) {
      found.append(Int32(bitPattern: row(next)))
      next += 1
    }
    return found
  }

  /// The first place in the order whose number is not less.
  private func first(_ number: UInt32, _ numbers: NumberColumn) -> Int {
    func isBefore(_ row: UInt32) -> Bool { numbers[Int(row)] < number }
    let last = ids.count - 1
    guard last > 0 else { return first(isBefore) }
    let (least, most) = (numbers[Int(row(0))], numbers[Int(row(last))])
    guard least < number, number <= most else { return first(isBefore) }
    // Where numbers have few gaps, one is near the place that its size suggests.
    let likely = Int(Double(number - least) / Double(most - least) * Double(last))
    var places = 0..<ids.count
    for near in [max(0, likely - 4), min(last, likely + 4)] where places.contains(near) {
      places = isBefore(row(near)) ? near + 1..<places.upperBound : places.lowerBound..<near
    }
    return first(in: places, isBefore)
  }

  /// The first place in the order whose row does not go before; after the places, if there is none among them.
  private func first(in places: Range<Int>? = nil, _ isBefore: (UInt32) -> Bool) -> Int {
    (places ?? 0..<ids.count).firstByHalving { !isBefore(row($0)) }
  }
}

extension IDIndex {
  /// The index of ids of which some were in another and some have come.
  ///
  /// - Parameters:
  ///   - places: Where the rows of the other are now; -1: no more.
  ///   - added: The rows that have come.
  init(_ own: IDIndex, places: Memory<Int32>, added: [Int32], of ids: TextColumn) {
    // Numbers that have become texts lie in another order.
    guard ids.numbers?.prefix == own.ids.numbers?.prefix else {
      self.init(own.kind, ids)
      return
    }
    let order = Memory<UInt32>(count: ids.count)
    var next = 0
    var place = 0
    func putOwn(before end: Int) {
      while place < end {
        let row = places.base[Int(own.row(place))]
        if row >= 0 {
          order[next] = UInt32(bitPattern: row)
          next += 1
        }
        place += 1
      }
    }
    func put(_ row: Int32, before end: Int) {
      putOwn(before: end)
      order[next] = UInt32(bitPattern: row)
      next += 1
    }
    if let numbers = ids.numbers?.numbers, let known = own.ids.numbers?.numbers {
      for row in added.sorted(by: { numbers[Int($0)] < numbers[Int($1)] }) {
        put(row, before: own.first { known[Int($0)] <= numbers[Int(row)] })
      }
    } else {
      let keys = added.map { (row: $0, key: NameKey.key(ids[Int($0)])) }
      for (row, key) in keys.sorted(by: { Self.precedes($0.key, $1.key) }) {
        put(row, before: own.first { !Self.precedes(key, own.key($0)) })
      }
    }
    putOwn(before: own.ids.count)
    self.init(own.kind, ids, order: Column(order).slice(0..<next))
  }

  func write(_ name: String, to sections: inout SectionWriter) {
    let isAsRows = order?.withBuffer { order in order.indices.allSatisfy { Int(order[$0]) == $0 } } ?? true
    if isAsRows { return sections.write(number: ids.count, "\(name).as_rows") }
    order?.write(name, to: &sections)
  }

  /// nil: it is not there.
  init?(_ kind: EntityKind, _ ids: TextColumn, _ name: String, from sections: SectionReader)
    throws(StoredError)
  {
    guard sections.has("\(name).as_rows") || sections.has(name) else { return nil }
    self.kind = kind
    self.ids = ids
    order = sections.has("\(name).as_rows") ? nil : try Column(name, from: sections, count: ids.count)
  }
}
