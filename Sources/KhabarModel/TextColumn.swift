/// One text a row. Texts that are whole numbers of at most 32 bits behind the same letters, as many sources number their
/// events, are stored as numbers: `gdelt_410412348`.
package struct TextColumn: RandomAccessCollection, Sendable {
  enum Layout: Sendable {
    case numbers(NumberedTexts)
    case texts(Offsets, Column<UInt8>)
  }

  let layout: Layout
  package let count: Int

  package init(_ texts: some Collection<String> = []) {
    count = texts.count
    if let numbered = NumberedTexts(texts) {
      layout = .numbers(numbered)
      return
    }
    var bytes: [UInt8] = []
    for text in texts { bytes.append(contentsOf: text.utf8) }
    layout = .texts(Offsets(counts: texts.map(\.utf8.count)), Column(bytes))
  }

  /// Texts that begin alike and end in these numbers.
  package init(prefix: String, numbers: Column<UInt32>) {
    layout = .numbers(NumberedTexts(prefix: prefix, numbers: NumberColumn(numbers)))
    count = numbers.count
  }

  /// Texts one after the other.
  package init(offsets: Offsets, bytes: Column<UInt8>) {
    layout = .texts(offsets, bytes)
    count = offsets.count
  }

  /// The texts as numbers, where all are.
  var numbers: NumberedTexts? { if case .numbers(let numbers) = layout { numbers } else { nil } }

  /// What stands before the number that a text ends in, and this; nil: it ends in none.
  package static func parts(_ text: String) -> (prefix: Substring, number: UInt32)? {
    NumberedTexts.parts(text)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(row: Int) -> String {
    switch layout {
    case .numbers(let numbers): numbers[row]
    case .texts(let offsets, let bytes):
      bytes.slice(offsets.range(row)).withBuffer { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension TextColumn {
  /// The texts one after the other, also where they are numbers.
  func written(_ threads: Int) -> (Offsets, Column<UInt8>) {
    switch layout {
    case .texts(let offsets, let bytes): return (offsets, bytes)
    case .numbers(let texts):
      let prefix = texts.begin
      let starts = Memory<UInt32>(count: count + 1)
      var next: UInt32 = 0
      for row in 0..<count {
        starts.base[row] = next
        next &+= UInt32(truncatingIfNeeded: prefix.count &+ NumberedTexts.digits(texts.numbers[row]))
      }
      starts[count] = next
      let bytes = Memory<UInt8>(count: Int(next))
      Threads.run(threads, rows: count) { _, rows in
        for row in rows {
          let start = Int(starts.base[row])
          for index in prefix.indices { bytes.base[start &+ index] = prefix[index] }
          NumberedTexts.write(texts.numbers[row], endingAt: Int(starts.base[row &+ 1])) {
            bytes.base[$0] = $1
          }
        }
      }
      return (Offsets(starts: starts), Column(bytes))
    }
  }
}

extension TextColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    switch layout {
    case .numbers(let numbers):
      RecordColumn([numbers.prefix]).write("\(name).prefix", to: &sections)
      numbers.numbers.write("\(name).numbers", to: &sections)
    case .texts(let offsets, let bytes):
      offsets.write("\(name).rows", to: &sections)
      bytes.write("\(name).bytes", to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    if sections.has("\(name).prefix.rows.count") {
      let prefix = try RecordColumn<String>("\(name).prefix", from: sections)
      let numbers = try NumberColumn("\(name).numbers", from: sections)
      layout = .numbers(NumberedTexts(prefix: prefix.first ?? "", numbers: numbers))
      count = numbers.count
    } else {
      let offsets = try Offsets("\(name).rows", from: sections)
      layout = .texts(offsets, try Column("\(name).bytes", from: sections, count: offsets.total))
      count = offsets.count
    }
  }
}

/// Texts that begin alike and end in a number, written without noughts before it.
struct NumberedTexts: Sendable {
  let prefix: String
  let numbers: NumberColumn
  /// The prefix in UTF-8.
  let begin: [UInt8]

  init(prefix: String, numbers: NumberColumn) {
    self.prefix = prefix
    begin = Array(prefix.utf8)
    self.numbers = numbers
  }

  /// nil: not all texts are such.
  init?(_ texts: some Collection<String>) {
    guard let first = texts.first.flatMap(Self.parts) else { return nil }
    var numbers: [UInt32] = []
    numbers.reserveCapacity(texts.count)
    for text in texts {
      guard let (prefix, number) = Self.parts(text), prefix == first.prefix else { return nil }
      numbers.append(number)
    }
    self.init(prefix: String(first.prefix), numbers: NumberColumn(Column(numbers)))
  }

  subscript(row: Int) -> String {
    let number = numbers[row]
    let start = begin.count
    let count = start + Self.digits(number)
    return String(unsafeUninitializedCapacity: count) { text in
      for index in 0..<start { text[index] = begin[index] }
      Self.write(number, endingAt: count) { text[$0] = $1 }
      return count
    }
  }

  /// How many digits a number has.
  static func digits(_ number: UInt32) -> Int {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits &+= 1
      rest /= 10
    }
    return digits
  }

  /// Puts the digits of a number before a place.
  @inline(__always) static func write(
    _ number: UInt32, endingAt end: Int, _ put: (_ place: Int, _ digit: UInt8) -> Void
  ) {
    var place = end
    var rest = number
    repeat {
      place &-= 1
      put(place, UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
  }

  /// What stands before a text's number, and this; nil: it ends in none.
  static func parts(_ text: String) -> (prefix: Substring, number: UInt32)? {
    let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let digits = text.utf8.reversed().prefix(while: isDigit).count
    let start = text.utf8.index(text.endIndex, offsetBy: -digits)
    guard digits == 1 || digits > 1 && text.utf8[start] != UInt8(ascii: "0"),
      let number = UInt32(text[start...])
    else { return nil }
    return (text[..<start], number)
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

  package init(words: [String], codes: CodeColumn<Int32>) {
    self.words = words
    self.codes = codes
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

/// Numbers of rows; where each is one more than that before, as where a source counts what it lists, only the first is
/// stored.
struct NumberColumn: Sendable {
  private let column: Column<UInt32>?
  private let first: UInt32
  let count: Int

  init(_ column: Column<UInt32>) {
    self.column = column
    first = 0
    count = column.count
  }

  private init(first: UInt32, count: Int) {
    column = nil
    self.first = first
    self.count = count
  }

  subscript(row: Int) -> UInt32 { column.map { $0[row] } ?? first &+ UInt32(truncatingIfNeeded: row) }

  /// The numbers as memory, for loops that visit many of them.
  func withBuffer<Result>(_ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
    (column ?? Column((0..<count).map { self[$0] })).withBuffer(body)
  }

  /// Whether each is one more than that before.
  private var areConsecutive: Bool {
    guard let column, let first = column.first else { return column == nil }
    return column.withBuffer { numbers in
      numbers.indices.allSatisfy { numbers[$0] == first &+ UInt32(truncatingIfNeeded: $0) }
    }
  }
}

extension NumberColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    if areConsecutive, count > 0 {
      Column([Int64(self[0]), Int64(count)]).write("\(name).from", to: &sections)
    } else {
      (column ?? Column([])).write(name, to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    guard sections.has("\(name).from") else {
      self.init(try Column(name, from: sections))
      return
    }
    let both = try Column<Int64>("\(name).from", from: sections, count: 2)
    guard let first = UInt32(exactly: both[0]), both[1] >= 0, both[1] <= Int64(UInt32.max - first) else {
      throw StoredError("`\(name)` counts too far")
    }
    self.init(first: first, count: Int(both[1]))
  }
}
