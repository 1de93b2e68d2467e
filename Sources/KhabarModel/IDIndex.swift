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
      return rows(from: first { numbers[Int($0)] < number }) { numbers[Int($0)] == number }
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

  /// The first place in the order whose row does not go before.
  private func first(_ isBefore: (UInt32) -> Bool) -> Int {
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(row(middle)) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension IDIndex {
  func write(_ name: String, to sections: inout SectionWriter) {
    let isAsRows = order?.withBuffer { order in order.indices.allSatisfy { Int(order[$0]) == $0 } } ?? true
    if isAsRows { return sections.write(number: ids.count, "\(name).as_rows") }
    order?.write(name, to: &sections)
  }

  init(_ kind: EntityKind, _ ids: TextColumn, _ name: String, from sections: SectionReader)
    throws(StoredError)
  {
    self.kind = kind
    self.ids = ids
    order = sections.has("\(name).as_rows") ? nil : try Column(name, from: sections, count: ids.count)
  }
}
