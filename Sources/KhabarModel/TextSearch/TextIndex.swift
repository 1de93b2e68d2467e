import Glibc

// Which rows may have a text that contains a part.
//
// What enters: the texts of rows, and a part. What leaves: rows among which are all whose text contains the part, by the rule
// of `contains`: both are folded as names are (`NameKey`), and the one lies within the other. Whoever asks looks at the texts
// of these rows alone.
//
//     0  "Talks on the border"        \nborder\nof\non\ntalks\nthe\nقمه\n       the words, sorted
//     1  "القمّة", "Summit of borders"  [0] [1] [0] [0] [0] …                      their rows
//
// A folded text is words with a space between. So a part of one word lies within a word of the text; of a part of several
// the first word ends one, the last begins one, and those between are words of the text. The words of all texts lie in one
// run of bytes, which is searched through; 50,000 words take less than a millisecond. Of rows, each says how far it is from the
// one before, in as few bytes as that takes. So the index takes a seventh of the texts.
//
// Swift compares letters that are written in several ways as the same (U+AC01, U+1100 U+1161 U+11A8). Rows with such
// letters are given always, and a part that has any narrows nothing.

package struct TextIndex: Sendable {
  package let rowCount: Int
  /// Each word between line ends.
  let bytes: Column<UInt8>
  /// Of the words, each with the line end after it; all begin after the first line end.
  let words: Offsets
  /// Of each word the rows that have it, ascending.
  let postings: Column<UInt8>
  let postingsOfWord: Offsets
  /// Rows with letters that can be written in several ways.
  let unclear: Column<Int32>

  static let lineEnd = UInt8(ascii: "\n")

  package var wordCount: Int { words.count }

  /// The rows, ascending, of which some text may contain that; nil: it may be any.
  package func candidates(containing part: String) -> [Int32]? {
    guard let pieces = Self.pieces(of: part) else { return nil }
    var found = RowBits(count: rowCount)
    for (index, piece) in pieces.enumerated() {
      var rows = RowBits(count: rowCount)
      forEachWord(piece) { add(rowsOfWord: $0, to: &rows) }
      if index == 0 { found = rows } else { found.formIntersection(rows) }
    }
    for row in unclear { found.insert(row) }
    return found.rows
  }

  /// Whether all rows that may contain that surely do.
  package func isExact(containing part: String) -> Bool {
    unclear.isEmpty && Self.pieces(of: part)?.count == 1
  }

  /// No more rows than these may contain that, which is found out sooner than which; nil: it may be any.
  package func mostCandidates(containing part: String) -> Int? {
    guard let pieces = Self.pieces(of: part) else { return nil }
    let bounds = pieces.map { piece in
      var bound = 0
      // A row takes at least one byte.
      forEachWord(piece) { bound += postingsOfWord.range($0).count }
      return bound
    }
    return bounds.min().map { min($0 + unclear.count, rowCount) }
  }

  /// The first words that begin so, in their order.
  package func words(beginningWith prefix: String, limit: Int) -> [String] {
    let prefix = Array(NameKey.key(prefix).utf8)
    var found: [String] = []
    var word = firstWord(notBefore: prefix)
    while word < wordCount, found.count < limit, self.word(word).starts(with: prefix) {
      found.append(String(decoding: self.word(word), as: UTF8.self))
      word += 1
    }
    return found
  }

  // MARK: - Parts

  /// A word of a part, and where in a word of a text it must lie.
  private struct Piece {
    let bytes: [UInt8]
    let begins: Bool
    let ends: Bool
  }

  /// nil: the part narrows nothing.
  private static func pieces(of part: String) -> [Piece]? {
    let key = NameKey.key(part)
    guard !key.isEmpty, key.unicodeScalars.allSatisfy(isPlain) else { return nil }
    let words = key.utf8.split(separator: UInt8(ascii: " "))
    return words.enumerated().map { index, word in
      Piece(bytes: Array(word), begins: index > 0, ends: index < words.count - 1)
    }
  }

  /// Whether a letter can be written in one way only, and takes no part in how others are written.
  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x80, 0xA1...0xBF: true
    case 0x3B1...0x3C9, 0x430...0x44F, 0x561...0x586, 0x5D0...0x5EA, 0x10D0...0x10FA: true
    case 0x60C, 0x61B, 0x61F, 0x621, 0x627...0x64A, 0x66A...0x66D, 0x671...0x6BF, 0x6C1, 0x6C3...0x6D2: true
    case 0x2013...0x2027, 0x2030...0x205E, 0x4E00...0x9FFF: true
    default: false
    }
  }

  // MARK: - Words

  private func word(_ word: Int) -> Column<UInt8> {
    let range = words.range(word)
    return bytes.slice(range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound))
  }

  private func forEachWord(_ piece: Piece, _ body: (Int) -> Void) {
    if !piece.begins { return forEachWord(holding: piece.bytes + (piece.ends ? [Self.lineEnd] : []), body) }
    var word = firstWord(notBefore: piece.bytes)
    while word < wordCount, self.word(word).starts(with: piece.bytes) {
      if !piece.ends || self.word(word).count == piece.bytes.count { body(word) }
      if piece.ends { return }
      word += 1
    }
  }

  /// The first word that does not come before that.
  private func firstWord(notBefore text: [UInt8]) -> Int {
    var low = 0
    var high = wordCount
    while low < high {
      let middle = (low + high) / 2
      if word(middle).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The words in which those bytes lie, with the line end after them.
  private func forEachWord(holding part: [UInt8], _ body: (Int) -> Void) {
    bytes.withBuffer { bytes in
      var position = 0
      while let place = Self.place(of: part, in: bytes, from: position) {
        let word = word(at: place)
        if word == wordCount { return }
        body(word)
        position = max(place + 1, words.range(word).upperBound)
      }
    }
  }

  private static func place(of part: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, let first = part.first else { return nil }
    var place = start
    while place + part.count <= bytes.count,
      let hit = memchr(base + place, Int32(first), bytes.count - part.count + 1 - place)
    {
      place = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
      if memcmp(hit, part, part.count) == 0 { return place }
      place += 1
    }
    return nil
  }

  /// The word that a byte belongs to.
  private func word(at place: Int) -> Int {
    var low = 0
    var high = wordCount
    while low < high {
      let middle = (low + high) / 2
      // The line end before the first word belongs to none.
      if words.range(middle).upperBound < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: - Rows

  private func add(rowsOfWord word: Int, to rows: inout RowBits) {
    postings.slice(postingsOfWord.range(word)).withBuffer { bytes in
      var row = -1
      var (distance, shift) = (0, 0)
      for byte in bytes {
        distance |= Int(byte & 0x7F) << shift
        if byte < 0x80 {
          row &+= distance
          rows.insert(Int32(truncatingIfNeeded: row))
          (distance, shift) = (0, 0)
        } else {
          shift = min(shift + 7, 35)
        }
      }
    }
  }
}

/// A set of rows, a bit for each.
private struct RowBits {
  private var bits: [UInt64]
  private let count: Int

  init(count: Int) {
    self.count = count
    bits = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  mutating func insert(_ row: Int32) {
    if row >= 0, Int(row) < count { bits[Int(row) >> 6] |= 1 << UInt64(row & 63) }
  }

  mutating func formIntersection(_ other: RowBits) {
    for index in bits.indices { bits[index] &= other.bits[index] }
  }

  var rows: [Int32] {
    var rows: [Int32] = []
    for (index, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        rows.append(Int32(truncatingIfNeeded: index << 6 | rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    return rows
  }
}
