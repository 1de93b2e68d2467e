/// The order of texts that lie in one array of bytes.
enum TextOrder {
  private struct Key {
    var text: Int32
    var high: UInt64
    var low: UInt64
  }

  /// The indices of `texts` by what stands in those ranges, and by `tie` where that is the same. Most texts differ in
  /// their first sixteen bytes, which are compared as two numbers.
  static func order(
    of texts: [Range<Int32>], in bytes: [UInt8], tie: (Int32, Int32) -> Bool
  ) -> [Int32] {
    var keys = texts.indices.map {
      Key(
        text: Int32(truncatingIfNeeded: $0), high: head(texts[$0], 0, bytes), low: head(texts[$0], 8, bytes))
    }
    keys.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      let first = bytes[range(texts[Int(a.text)])]
      let second = bytes[range(texts[Int(b.text)])]
      if first.lexicographicallyPrecedes(second) { return true }
      if second.lexicographicallyPrecedes(first) { return false }
      return tie(a.text, b.text)
    }
    return keys.map(\.text)
  }

  /// Eight bytes of a text as a number; what is missing counts as zero.
  private static func head(_ text: Range<Int32>, _ offset: Int, _ bytes: [UInt8]) -> UInt64 {
    let start = Int(text.lowerBound) + offset
    let count = max(0, min(8, text.count - offset))
    var head: UInt64 = 0
    for position in start..<(start + count) { head = head << 8 | UInt64(bytes[position]) }
    return count == 0 ? 0 : head << UInt64(8 * (8 - count))
  }

  static func range(_ text: Range<Int32>) -> Range<Int> { Int(text.lowerBound)..<Int(text.upperBound) }
}
