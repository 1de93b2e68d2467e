import Glibc

/// Takes rows apart that have no quotation marks, and end in line feeds: eight bytes at a time.
struct PlainSplitter {
  private let delimiters: UInt64
  private let fieldCount: Int

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A

  init(delimiter: UInt8, fieldCount: Int) {
    delimiters = UInt64(delimiter) &* Self.ones
    self.fieldCount = fieldCount
  }

  /// The first of eight bytes that is a delimiter or a line feed has its highest bit set, and none before it has.
  @inline(__always) private func ends(_ word: UInt64) -> UInt64 {
    let delimiter = word ^ delimiters
    let lineFeed = word ^ Self.lineFeeds
    return (((delimiter &- Self.ones) & ~delimiter) | ((lineFeed &- Self.ones) & ~lineFeed))
      & (Self.ones << 7)
  }

  /// Finds the fields of a row and goes behind its end; false: it has more or fewer.
  @inline(__always) func split(
    _ position: inout UnsafePointer<UInt8>, _ fields: UnsafeMutablePointer<TextTable.Text>
  ) -> Bool {
    var field = 0
    while true {
      let start = position
      let low = TextTable.Text.word(start, 0)
      var found = ends(low)
      if found != 0 {
        let count = found.trailingZeroBitCount >> 3
        fields[field] = TextTable.Text(
          start: start, count: count, low: low & ((1 << UInt64(8 &* count)) &- 1), high: 0)
        position = start + count
      } else {
        let high = TextTable.Text.word(start, 8)
        found = ends(high)
        if found != 0 {
          let count = found.trailingZeroBitCount >> 3
          fields[field] = TextTable.Text(
            start: start, count: 8 + count, low: low, high: high & ((1 << UInt64(8 &* count)) &- 1))
          position = start + 8 + count
        } else {
          var end = start + 16
          repeat {
            found = ends(TextTable.Text.word(end, 0))
            end += found == 0 ? 8 : found.trailingZeroBitCount >> 3
          } while found == 0
          fields[field] = TextTable.Text(start: start, count: end - start, low: low, high: high)
          position = end
        }
      }
      let isLineEnd = position.pointee == 0x0A
      position += 1
      field += 1
      if isLineEnd || field == fieldCount { return isLineEnd && field == fieldCount }
    }
  }
}

/// Takes rows apart as `RecordSplitter` does, in memory.
struct QuotedSplitter {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let delimiter: UInt8
  private var position = 0
  private(set) var line = 0
  /// What stood between quotation marks that were doubled.
  private let unquoted = Unquoted()

  struct Row {
    var line: Int
    var fieldCount: Int
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
  }

  private final class Unquoted {
    var texts: [UnsafeMutablePointer<UInt8>] = []
    deinit { texts.forEach { $0.deallocate() } }
  }

  init(_ chunk: Chunk, delimiter: UInt8) {
    bytes = UnsafeBufferPointer(start: chunk.base, count: chunk.count)
    self.delimiter = delimiter
  }

  /// The next row that is not empty; nil at the end. Fields beyond the limit are counted only.
  mutating func next(_ fields: UnsafeMutablePointer<TextTable.Text>, limit: Int) -> Row? {
    while position < bytes.count, isLineEnd { skipLineEnd() }
    guard position < bytes.count, let base = bytes.baseAddress else { return nil }
    var row = Row(line: line, fieldCount: 0, start: base + position, end: base + position)
    while true {
      let field = field(base)
      if row.fieldCount < limit { fields[row.fieldCount] = field }
      row.fieldCount += 1
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    if position < bytes.count { skipLineEnd() }
    row.end = base + position
    return row
  }

  private var isLineEnd: Bool { bytes[position] == 0x0A || bytes[position] == 0x0D }

  private mutating func skipLineEnd() {
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
    position += 1
    line += 1
  }

  private var atEnd: Bool { position == bytes.count || bytes[position] == delimiter || isLineEnd }

  private mutating func field(_ base: UnsafePointer<UInt8>) -> TextTable.Text {
    guard position < bytes.count, bytes[position] == 0x22 else {
      let start = position
      while !atEnd { position += 1 }
      return TextTable.Text(padded: base + start, count: position - start)
    }
    position += 1
    let start = position
    var isPlain = true
    var end = start
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x22 {
        guard position < bytes.count, bytes[position] == 0x22 else { break }
        isPlain = false
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      end = position
    }
    // What follows a closing quotation mark belongs to the field all the same.
    if isPlain, atEnd { return TextTable.Text(padded: base + start, count: end - start) }
    while !atEnd { position += 1 }
    return unquotedText(start)
  }

  private func unquotedText(_ start: Int) -> TextTable.Text {
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: position - start + Chunk.padding)
    var count = 0
    var next = start
    var isInside = true
    while next < position {
      if isInside, bytes[next] == 0x22 {
        next += 1
        if next < position, bytes[next] == 0x22 { next += 1 } else { isInside = false }
        if !isInside { continue }
        text[count] = 0x22
      } else {
        text[count] = bytes[next]
        next += 1
      }
      count += 1
    }
    (text + count).update(repeating: 0, count: Chunk.padding)
    unquoted.texts.append(text)
    return TextTable.Text(padded: text, count: count)
  }
}

/// Whole numbers as ids have them.
enum Digits {
  /// The number that a text is, written without noughts before it, below 2³¹; -1: it is none.
  @inline(__always) static func number(_ text: TextTable.Text) -> Int32 {
    let count = text.count
    if count == 0 || count > 10 { return -1 }
    let first = UInt8(truncatingIfNeeded: text.low)
    if first == 0x30 && count > 1 { return -1 }
    // Filled up with noughts to eight digits.
    let shift = UInt64(8 &* (8 &- min(count, 8)))
    let filler = shift == 0 ? 0 : UInt64(0x3030_3030_3030_3030) >> (64 &- shift)
    var word = shift == 0 ? text.low : text.low << shift | filler
    guard word & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030,
      (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
    else { return -1 }
    word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    word = ((word & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
    var number = Int64(word)
    var rest = text.high
    for _ in 8..<max(8, count) {
      let digit = UInt8(truncatingIfNeeded: rest) &- 0x30
      if digit > 9 { return -1 }
      number = number * 10 + Int64(digit)
      rest >>= 8
    }
    return number <= Int64(Int32.max) ? Int32(truncatingIfNeeded: number) : -1
  }
}
