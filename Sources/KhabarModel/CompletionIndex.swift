/// Every word of every name in order, so that those which start in some way lie together: as they are written, and as
/// they sound.
///
///     word                       row
///     lavrov                     lavrov
///     lavrov                     sergei lavrov
///     sergei lavrov              sergei lavrov
///
/// A word goes on to the end of its name. For a million names this takes about 80 MB and some seconds to make; `NameIndex`
/// makes it once.
struct CompletionIndex: Sendable {
  let words: [EntityKind: WordOrder]
  let sounds: [EntityKind: WordOrder]

  init(_ rows: [NameIndex.Row], _ bytes: [UInt8], weight: @escaping @Sendable (EntityName) -> Int32) {
    var words: [EntityKind: WordOrder] = [:]
    var sounds: [EntityKind: WordOrder] = [:]
    for kind in EntityKind.allCases {
      let own = rows.indices.filter { rows[$0].kind == kind }.map { Int32(truncatingIfNeeded: $0) }
      if own.isEmpty { continue }
      let weight: (Int32) -> Int32 = { weight(rows[Int($0)].entity) }
      words[kind] = WordOrder(bytes, own.map { ($0, NameIndex.range(rows[Int($0)])) }, weight)
      let (sound, ranges) = Self.sounds(of: own.filter { !rows[Int($0)].isID }, rows, bytes)
      sounds[kind] = WordOrder(sound, ranges, weight)
    }
    self.words = words
    self.sounds = sounds
  }

  private static func sounds(
    of own: [Int32], _ rows: [NameIndex.Row], _ bytes: [UInt8]
  ) -> ([UInt8], [(Int32, Range<Int>)]) {
    var sound: [UInt8] = []
    var ranges: [(Int32, Range<Int>)] = []
    for row in own {
      let key = String(decoding: bytes[NameIndex.range(rows[Int(row)])], as: UTF8.self)
      for skeleton in ConsonantSkeleton.skeletons(key) {
        ranges.append((row, sound.count..<(sound.count + skeleton.count)))
        sound += skeleton
      }
    }
    return (sound, ranges)
  }
}

/// The words of many texts in order.
struct WordOrder: Sendable {
  private struct Word {
    var start: Int32
    var end: Int32
    var row: Int32
  }

  private let bytes: [UInt8]
  private let words: [Word]
  private let heaviest: Heaviest

  init(_ bytes: [UInt8], _ texts: [(row: Int32, range: Range<Int>)], _ weight: (Int32) -> Int32) {
    var words: [Word] = []
    for (row, range) in texts {
      guard let end = Int32(exactly: range.upperBound) else { continue }
      for position in range
      where position == range.lowerBound || bytes[position - 1] == UInt8(ascii: " ") {
        words.append(Word(start: Int32(truncatingIfNeeded: position), end: end, row: row))
      }
    }
    let order = TextOrder.order(of: words.map { $0.start..<$0.end }, in: bytes) {
      words[Int($0)].row < words[Int($1)].row
    }
    let sorted = order.map { words[Int($0)] }
    self.bytes = bytes
    self.words = sorted
    heaviest = Heaviest(count: sorted.count) { weight(sorted[$0].row) }
  }

  /// Visits the rows that have a word which starts so, the heaviest first, until `visit` says that it is enough.
  func visit(startingWith prefix: [UInt8], weight: (Int32) -> Int32, _ visit: (Int32) -> Bool) {
    let lower = partition { $0.lexicographicallyPrecedes(prefix) }
    let upper = partition { $0.starts(with: prefix) || $0.lexicographicallyPrecedes(prefix) }
    guard lower < upper else { return }
    heaviest.visit(lower..<upper, weight: { weight(words[$0].row) }) { visit(words[$0].row) }
  }

  /// The number of leading words that satisfy `isBefore`, by halving.
  private func partition(_ isBefore: (ArraySlice<UInt8>) -> Bool) -> Int {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      let word = words[middle]
      if isBefore(bytes[Int(word.start)..<Int(word.end)]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
