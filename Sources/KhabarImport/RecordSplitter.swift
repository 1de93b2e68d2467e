/// One row of a file, by the names of its columns.
struct SourceRow {
  /// Counted from 1.
  let line: Int
  let fields: [String]
  let columns: [String: Int]

  /// Where the columns of those names stand; of two that are called the same, the first.
  static func places(of names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What stands in a column; nil where it is not there, empty, or says in the collection's own way that nothing is known.
  func text(_ column: String, none: Set<String> = []) -> String? {
    guard let index = columns[column], fields.indices.contains(index) else { return nil }
    let field = fields[index].trimmed
    return field.isEmpty || none.contains(field) ? nil : field
  }
}

extension StringProtocol {
  /// Without the white space around it.
  var trimmed: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}

/// Takes files of delimited rows apart. Where rows are quoted, a quoted field may hold delimiters, line ends and, doubled,
/// quotation marks. A line that is not UTF-8 is read as Latin-1.
struct RecordSplitter {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let isQuoted: Bool
  private(set) var position = 0
  private(set) var line = 1

  init(_ bytes: [UInt8], delimiter: UInt8, isQuoted: Bool) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.isQuoted = isQuoted
    // A byte order mark.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The one that the heading has most of.
  static func delimiter(ofHeading heading: some Collection<UInt8>) -> UInt8 {
    let delimiters = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")]
    let counts = delimiters.map { delimiter in heading.count { $0 == delimiter } }
    return zip(delimiters, counts).max { $0.1 < $1.1 }?.0 ?? UInt8(ascii: ",")
  }

  /// The next row that is not empty, with its line; nil at the end.
  mutating func next() -> (line: Int, fields: [String])? {
    while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D { skipLineEnd() }
    guard position < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(field())
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    if position < bytes.count { skipLineEnd() }
    return (start, fields)
  }

  private mutating func skipLineEnd() {
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
    position += 1
    line += 1
  }

  private var atEnd: Bool {
    position == bytes.count || bytes[position] == delimiter || bytes[position] == 0x0A
      || bytes[position] == 0x0D
  }

  private mutating func field() -> String {
    guard isQuoted, position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      while !atEnd { position += 1 }
      return Self.text(bytes[start..<position])
    }
    position += 1
    var field: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == byte else { break }
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      field.append(byte)
    }
    // What follows a closing quotation mark belongs to the field all the same.
    while !atEnd {
      field.append(bytes[position])
      position += 1
    }
    return Self.text(field[...])
  }

  static func text(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }
}
