import EDTF
import KhabarSyntax
import KhabarTable

/// A table from a file: columns of one type each, and rows.
///
/// The type of a column is that of all its values: true or false, number, or time; what fits none of these, or not all
/// of them, is text. Of JSON Lines a column with a list is a column of lists.
package final class TableData: Sendable {
  /// The file, as the query names it.
  package let name: String
  package let columns: [ColumnShape]
  package let rows: [[Value]]

  init(_ raw: RawTable, name: String) throws(TableError) {
    self.name = name
    let names = try Self.names(raw.header)
    var columns: [ColumnShape] = []
    var rows = [[Value]](repeating: [], count: raw.rows.count)
    for row in rows.indices { rows[row].reserveCapacity(names.count) }
    for (column, name) in names.enumerated() {
      let (type, values) = TypedColumn.typed(raw.rows.map { $0[column] })
      columns.append(ColumnShape(name, type))
      for (row, value) in values.enumerated() { rows[row].append(value) }
    }
    self.columns = columns
    self.rows = rows
  }

  /// The columns' names as fields.
  private static func names(_ header: [String]) throws(TableError) -> [String] {
    var names: [String] = []
    var known: [String: String] = [:]
    for (index, text) in header.enumerated() {
      guard let name = Parser.fieldName(for: text) else { throw TableError(.unnamedColumn(index + 1)) }
      if let other = known.updateValue(text, forKey: Parser.fieldKey(name)) {
        throw TableError(.sameName(other, text))
      }
      names.append(name)
    }
    return names
  }
}

/// Finds out the type of cells, and reads them as that.
enum TypedColumn {
  static func typed(_ cells: [RawCell]) -> (ValueType, [Value]) {
    guard cells.contains(where: { if case .list = $0 { true } else { false } }) else { return scalars(cells) }
    let lists = cells.map(elements)
    let (type, values) = scalars(lists.flatMap(\.self))
    var rest = values[...]
    return (
      .list(type),
      lists.map { list in
        defer { rest = rest.dropFirst(list.count) }
        return .list(Array(rest.prefix(list.count)))
      }
    )
  }

  private static func elements(_ cell: RawCell) -> [RawCell] {
    switch cell {
    case .missing: []
    case .list(let elements): elements
    default: [cell]
    }
  }

  private static func scalars(_ cells: [RawCell]) -> (ValueType, [Value]) {
    let readings: [(ValueType, (RawCell) -> Value?)] = [(.truth, truth), (.number, number), (.time, time)]
    let isEmpty = cells.allSatisfy { $0 == .missing }
    for (type, read) in readings where !isEmpty {
      if let values = values(cells, read) { return (type, values) }
    }
    return (.text, cells.map { $0 == .missing ? .missing : .text(text($0)) })
  }

  /// nil where a cell cannot be read so.
  private static func values(_ cells: [RawCell], _ read: (RawCell) -> Value?) -> [Value]? {
    var values: [Value] = []
    values.reserveCapacity(cells.count)
    for cell in cells {
      guard let value = cell == .missing ? .missing : read(cell) else { return nil }
      values.append(value)
    }
    return values
  }

  private static func truth(_ cell: RawCell) -> Value? {
    switch cell {
    case .truth(let truth): .truth(truth)
    case .field(let text):
      switch text.lowercased() {
      case "true": .truth(true)
      case "false": .truth(false)
      default: nil
      }
    default: nil
    }
  }

  private static func number(_ cell: RawCell) -> Value? {
    switch cell {
    case .number(let number): .number(number)
    case .field(let text): Self.number(text).map { .number($0) }
    default: nil
    }
  }

  private static func time(_ cell: RawCell) -> Value? {
    switch cell {
    case .text(let text), .field(let text):
      (try? EDTFTime(parsing: text)).map { .time(TimeValue(recorded: $0)) }
    default: nil
    }
  }

  private static func text(_ cell: RawCell) -> String {
    switch cell {
    case .text(let text), .field(let text): text
    case .truth(let truth): "\(truth)"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .missing, .list: ""
    }
  }

  // MARK: - Numbers

  /// number = "-"? ("0" | [1-9] digit*) ("." digit+)? ([eE] [+-]? digit+)?          digits also those of Arabic
  ///
  /// A number that begins with a needless 0 is a code, which would lose it.
  static func number(_ text: String) -> Double? {
    let scalars = text.unicodeScalars.map(ascii)
    var rest = scalars[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    if rest.first == "-" { rest.removeFirst() }
    let hasZero = rest.first == "0"
    let whole = takeDigits()
    guard whole > 0, whole == 1 || !hasZero else { return nil }
    if rest.first == "." {
      rest.removeFirst()
      if takeDigits() == 0 { return nil }
    }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      if takeDigits() == 0 { return nil }
    }
    guard rest.isEmpty else { return nil }
    let number = Double(String(String.UnicodeScalarView(scalars)))
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x660...0x669: Unicode.Scalar(UInt8(scalar.value - 0x660 + 48))
    case 0x6F0...0x6F9: Unicode.Scalar(UInt8(scalar.value - 0x6F0 + 48))
    case 0x66B: "."
    case 0x2212: "-"
    default: scalar
    }
  }
}
