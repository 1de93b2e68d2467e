extension TextIndex {
  /// - Parameter texts: Of a row.
  package init(rowCount: Int, texts: (Int) -> [String]) {
    var builder = Builder()
    for row in 0..<rowCount {
      for text in texts(row) { builder.add(text, Int32(truncatingIfNeeded: row)) }
    }
    self = builder.index(rowCount: rowCount)
  }

  /// The texts in all languages.
  package init(_ column: RecordColumn<LocalizedText>) {
    self.init(rowCount: column.count) { row in
      column.isNothing(row) ? [] : column[row].entries.map(\.text)
    }
  }

  private struct Builder {
    private var words = WordTable()
    /// The words of rows as they come, each once a row.
    private var wordOfPosting: [Int32] = []
    private var rowOfPosting: [Int32] = []
    /// The last row that had the word.
    private var lastRow: [Int32] = []
    private var unclear: [Int32] = []

    mutating func add(_ text: String, _ row: Int32) {
      guard !words.isFull, let key = Self.key(text) else { return addUnclear(row) }
      key.withUnsafeBufferPointer { bytes in
        for word in bytes.split(separator: UInt8(ascii: " ")) {
          add(UnsafeBufferPointer(rebasing: word), row)
        }
      }
    }

    /// nil: with letters that can be written in several ways.
    private static func key(_ text: String) -> [UInt8]? {
      if let key = NameKey.plainKey(text) { return key }
      let key = NameKey.foldedKey(text)
      return key.unicodeScalars.allSatisfy(TextIndex.isPlain) ? Array(key.utf8) : nil
    }

    private mutating func addUnclear(_ row: Int32) {
      if unclear.last != row { unclear.append(row) }
    }

    private mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ row: Int32) {
      let number = words.number(of: word)
      if Int(number) == lastRow.count { lastRow.append(-1) }
      if lastRow[Int(number)] == row { return }
      lastRow[Int(number)] = row
      wordOfPosting.append(number)
      rowOfPosting.append(row)
    }

    func index(rowCount: Int) -> TextIndex {
      let order = words.order
      var bytes = [TextIndex.lineEnd]
      for word in order { bytes += words.bytes(word) + [TextIndex.lineEnd] }
      let (postings, counts) = postings(order)
      return TextIndex(
        rowCount: rowCount, bytes: Column(bytes),
        words: Offsets(counts: order.map { words.bytes($0).count + 1 }), postings: Column(postings),
        postingsOfWord: Offsets(counts: counts), unclear: Column(unclear))
    }

    /// The rows of the words in that order, and how many bytes they take.
    private func postings(_ order: [Int32]) -> (bytes: [UInt8], counts: [Int]) {
      var starts = [Int](repeating: 0, count: order.count + 1)
      for word in wordOfPosting { starts[Int(word) + 1] += 1 }
      for word in order.indices { starts[word + 1] += starts[word] }
      var rows = [Int32](repeating: 0, count: rowOfPosting.count)
      var next = starts
      for (word, row) in zip(wordOfPosting, rowOfPosting) {
        rows[next[Int(word)]] = row
        next[Int(word)] += 1
      }
      var bytes: [UInt8] = []
      let counts = order.map { word in
        let before = bytes.count
        var last: Int32 = -1
        for row in rows[starts[Int(word)]..<starts[Int(word) + 1]] {
          var distance = UInt32(row - last)
          while distance >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: distance) | 0x80)
            distance >>= 7
          }
          bytes.append(UInt8(distance))
          last = row
        }
        return bytes.count - before
      }
      return (bytes, counts)
    }
  }
}

/// Different words, numbered as they come.
private struct WordTable {
  private var bytes: [UInt8] = []
  private var starts: [Int32] = [0]
  private var hashes: [UInt32] = []
  /// Numbers of words by their hashes; -1: free.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  /// Whether there is no room for many more.
  var isFull: Bool { bytes.count > 1 << 30 }

  func bytes(_ word: Int32) -> ArraySlice<UInt8> {
    bytes[Int(starts[Int(word)])..<Int(starts[Int(word) + 1])]
  }

  /// The words by their bytes.
  var order: [Int32] {
    let texts = hashes.indices.map { starts[$0]..<starts[$0 + 1] }
    return TextOrder.order(of: texts, in: bytes) { $0 < $1 }
  }

  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int32 {
    var hash: UInt32 = 0x811c_9dc5
    for byte in word { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let known = slots[slot]
      if hashes[Int(known)] == hash, bytes(known).elementsEqual(word) { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(truncatingIfNeeded: hashes.count)
    slots[slot] = number
    hashes.append(hash)
    bytes.append(contentsOf: word)
    starts.append(Int32(truncatingIfNeeded: bytes.count))
    if hashes.count > slots.count / 2 { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }
}
