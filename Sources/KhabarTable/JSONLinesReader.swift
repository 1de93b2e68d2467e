/// Reads JSON Lines: on each line an object (RFC 8259), whose names are columns. Columns come in the order in which
/// they are first named; what an object does not name is missing. Values are numbers, strings, truths, `null`, or lists
/// of these.
struct JSONLinesReader {
  private var columns: [String: Int] = [:]
  private var table = RawTable(header: [], rows: [])

  static func read(_ bytes: [UInt8]) throws(TableError) -> RawTable {
    var reader = JSONLinesReader()
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      var parser = JSONParser(line)
      if parser.isAtEnd() { continue }
      do throws(JSONParser.Failure) {
        try reader.add(parser.parseObject())
      } catch {
        throw TableError(.malformed(error.expectation), line: index + 1)
      }
      let width = reader.table.header.count
      if width > RawTable.mostColumns {
        throw TableError(.tooLarge("\(RawTable.mostColumns) columns"), line: index + 1)
      }
      if reader.table.rows.count * width > RawTable.mostCells {
        throw TableError(.tooLarge("\(RawTable.mostCells) cells"), line: index + 1)
      }
    }
    if reader.table.header.isEmpty { throw TableError(.noHeader) }
    return reader.filled()
  }

  private mutating func add(_ object: [JSONValue.Member]) throws(JSONParser.Failure) {
    var row = [RawCell](repeating: .missing, count: table.header.count)
    var seen: Set<Int> = []
    for member in object {
      let name = member.name
      let column = columns[name] ?? table.header.count
      if column == table.header.count {
        columns[name] = column
        table.header.append(name)
        row.append(.missing)
      }
      guard seen.insert(column).inserted else { throw .init("`\(name)` is given twice") }
      row[column] = try RawCell(member.value)
    }
    table.rows.append(row)
  }

  /// The table with rows of equal length.
  private func filled() -> RawTable {
    var table = table
    for index in table.rows.indices {
      let missing = table.header.count - table.rows[index].count
      table.rows[index] += [RawCell](repeating: .missing, count: missing)
    }
    return table
  }
}

extension RawCell {
  /// A value as a cell: an object is none, nor is a list within a list. A list has what is not `null`.
  fileprivate init(_ value: JSONValue) throws(JSONParser.Failure) {
    switch value {
    case .null: self = .missing
    case .truth(let truth): self = .truth(truth)
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .object: throw JSONParser.Failure("an object within an object cannot be a cell")
    case .list(let values):
      var cells: [RawCell] = []
      for value in values where value != .null {
        if case .list = value { throw JSONParser.Failure("a list within a list cannot be a cell") }
        cells.append(try RawCell(value))
      }
      self = .list(cells)
    }
  }
}
