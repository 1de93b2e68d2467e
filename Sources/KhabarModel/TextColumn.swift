/// One text a row. Texts that are whole numbers of at most 32 bits, as many sources number their events, are stored as
/// numbers.
package struct TextColumn: RandomAccessCollection, Sendable {
  private enum Layout: Sendable {
    case numbers(Column<UInt32>)
    case texts(Offsets, Column<UInt8>)
  }

  private let layout: Layout
  package let count: Int

  package init(_ texts: some Collection<String> = []) {
    count = texts.count
    let numbers = texts.lazy.map(Self.number)
    if numbers.allSatisfy({ $0 != nil }) {
      layout = .numbers(Column(numbers.compactMap { $0 }))
      return
    }
    var bytes: [UInt8] = []
    for text in texts { bytes.append(contentsOf: text.utf8) }
    layout = .texts(Offsets(counts: texts.map(\.utf8.count)), Column(bytes))
  }

  /// The texts as numbers, where all are.
  var numbers: Column<UInt32>? { if case .numbers(let numbers) = layout { numbers } else { nil } }

  /// The number that is written just so.
  static func number(_ text: String) -> UInt32? {
    guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      first != UInt8(ascii: "0") || text.utf8.count == 1
    else { return nil }
    return UInt32(text)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(row: Int) -> String {
    switch layout {
    case .numbers(let numbers): String(numbers[row])
    case .texts(let offsets, let bytes):
      bytes.slice(offsets.range(row)).withBuffer { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension TextColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    switch layout {
    case .numbers(let numbers): numbers.write("\(name).numbers", to: &sections)
    case .texts(let offsets, let bytes):
      offsets.write("\(name).rows", to: &sections)
      bytes.write("\(name).bytes", to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    if sections.has("\(name).numbers") {
      let numbers = try Column<UInt32>("\(name).numbers", from: sections)
      layout = .numbers(numbers)
      count = numbers.count
    } else {
      let offsets = try Offsets("\(name).rows", from: sections)
      layout = .texts(offsets, try Column("\(name).bytes", from: sections, count: offsets.total))
      count = offsets.count
    }
  }
}

/// One word a row, or none, of which few are different: publishers, languages.
package struct WordColumn: RandomAccessCollection, Sendable {
  /// The different words, in the order in which they first come.
  package let words: [String]
  package let codes: CodeColumn<Int32>

  package init(_ column: [String?] = []) {
    var codeOfWord: [String: Int32] = [:]
    var words: [String] = []
    codes = CodeColumn(
      column.map { word in
        guard let word else { return -1 }
        if let known = codeOfWord[word] { return known }
        let code = Int32(truncatingIfNeeded: words.count)
        codeOfWord[word] = code
        words.append(word)
        return code
      })
    self.words = words
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { codes.count }

  package subscript(row: Int) -> String? {
    let code = Int(codes[row])
    return words.indices.contains(code) ? words[code] : nil
  }
}

extension WordColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    RecordColumn(words).write("\(name).words", to: &sections)
    codes.write("\(name).codes", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    words = Array(try RecordColumn<String>("\(name).words", from: sections))
    codes = try CodeColumn("\(name).codes", from: sections)
  }
}
