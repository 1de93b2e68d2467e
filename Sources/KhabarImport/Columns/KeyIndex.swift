import KhabarModel

/// The records of a kind by their ids: those that are numbers behind the same letters by these, the others by their texts.
///
/// Records have places in the order of their ids: first those of numbers, the least first, then those of texts.
final class KeyIndex: @unchecked Sendable {
  /// Ids that begin alike and end in a number.
  private struct Family {
    let prefix: String
    let numbers: NumberSet
    /// The place of the first.
    var first: Int32 = 0
  }

  private var families: [Family]
  private var texts = TextTable()
  private var firstText: Int32 = 0
  private(set) var count = 0
  /// Whether something has been said of an id that is none.
  var hasReserved = false
  /// The record at each place, where it is not the one of that number.
  private(set) var recordOfPlace: Memory<Int32>?

  /// - Parameter prefixes: What stands before numbers in what will be asked for.
  init(prefixes: Set<String>) {
    families = prefixes.sorted().map { Family(prefix: $0, numbers: NumberSet()) }
  }

  deinit { texts.destroy() }

  // MARK: - Making it

  func numbers(_ prefix: String) -> NumberSet? { families.first { $0.prefix == prefix }?.numbers }

  func insert(_ id: String) {
    if let (family, number) = number(id) {
      families[family].numbers.insert(number)
    } else {
      _ = withText(id) { texts.number(of: $0) }
    }
  }

  /// Nothing is put in any more.
  func seal() {
    var next: Int32 = 0
    for family in families.indices {
      families[family].numbers.seal()
      families[family].first = next
      next += Int32(truncatingIfNeeded: families[family].numbers.count)
    }
    firstText = next
    count = Int(next) + texts.count
  }

  /// Says which record stands at each place.
  func setRecords(_ records: Memory<Int32>) { recordOfPlace = records }

  private func number(_ id: String) -> (family: Int, number: Int32)? {
    guard let (prefix, number) = TextColumn.parts(id), let exact = Int32(exactly: number),
      let family = families.firstIndex(where: { $0.prefix == prefix })
    else { return nil }
    return (family, exact)
  }

  private func withText<Result>(_ id: String, _ body: (TextTable.Text) -> Result) -> Result? {
    var bytes = Array(id.utf8)
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 16))
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { body(TextTable.Text(padded: $0, count: count)) }
    }
  }

  // MARK: - Asking it

  /// The place of an id; nil: there is no record of it.
  func place(_ id: String) -> Int32? {
    if let (family, number) = number(id) {
      let rank = families[family].numbers.rank(of: number)
      return rank < 0 ? nil : families[family].first + rank
    }
    let found = withText(id) { texts.find($0) } ?? nil
    return found.map { firstText + Int32(truncatingIfNeeded: $0) }
  }

  func record(_ id: String) -> Int32? {
    place(id).map { place in recordOfPlace.map { $0[Int(place)] } ?? place }
  }

  /// Where the places of a family begin, and its numbers.
  func lookUp(_ prefix: String) -> (first: Int32, numbers: NumberSet)? {
    families.first { $0.prefix == prefix }.map { ($0.first, $0.numbers) }
  }

  /// The ids, by place.
  func ids() -> TextColumn {
    let used = families.filter { $0.numbers.count > 0 }
    if used.count == 1, texts.count == 0 {
      return TextColumn(prefix: used[0].prefix, numbers: Column(used[0].numbers.numbers()))
    }
    var all: [String] = []
    all.reserveCapacity(count)
    for family in used {
      for number in family.numbers.numbers().values { all.append(family.prefix + String(number)) }
    }
    for text in 0..<texts.count { all.append(String(decoding: texts.bytes(text), as: UTF8.self)) }
    return TextColumn(all)
  }
}
