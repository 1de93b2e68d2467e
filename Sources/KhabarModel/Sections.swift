/// What a store is made of as it lies in a file: runs of bytes, each with a name, as `events.type.bytes`. Numbers are
/// little-endian, as on all machines that Swift runs on.
package struct SectionWriter {
  package struct Section {
    package let name: String
    /// Keeps the bytes alive.
    let owner: AnyObject?
    package let bytes: UnsafeRawBufferPointer
  }

  package private(set) var sections: [Section] = []

  package init() {}

  mutating func write(_ name: String, _ owner: AnyObject?, _ bytes: UnsafeRawBufferPointer) {
    sections.append(Section(name: name, owner: owner, bytes: bytes))
  }

  mutating func write(number: Int, _ name: String) { Column([Int64(number)]).write(name, to: &self) }
}

/// The sections of a file, in memory that `owner` keeps.
package struct SectionReader {
  let owner: AnyObject?
  private let sections: [String: UnsafeRawBufferPointer]

  package init(owner: AnyObject?, _ sections: [String: UnsafeRawBufferPointer]) {
    self.owner = owner
    self.sections = sections
  }

  func has(_ name: String) -> Bool { sections[name] != nil }

  func bytes(_ name: String) throws(StoredError) -> UnsafeRawBufferPointer {
    guard let bytes = sections[name] else { throw StoredError("it has no `\(name)`") }
    return bytes
  }

  /// Refuses columns of different lengths.
  func expect(_ count: Int, _ counts: [Int], _ name: String) throws(StoredError) {
    guard counts.allSatisfy({ $0 == count }) else {
      throw StoredError("the columns of `\(name)` have different lengths")
    }
  }

  func number(_ name: String) throws(StoredError) -> Int {
    let column = try Column<Int64>(name, from: self, count: 1)
    guard column[0] >= 0 else { throw StoredError("`\(name)` is below zero") }
    return Int(column[0])
  }
}

/// Why what lies in a file is no store.
package struct StoredError: Error {
  package let reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// What can be put into sections, and be read where it lies.
package protocol StoredColumn {
  func write(_ name: String, to sections: inout SectionWriter)
  init(_ name: String, from sections: SectionReader) throws(StoredError)
}

extension Column: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    sections.write(name, owner, UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count)))
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    try self.init(name, from: sections, count: nil)
  }

  /// - Parameter count: How many values there must be; nil: any number.
  init(_ name: String, from sections: SectionReader, count: Int?) throws(StoredError) {
    let bytes = try sections.bytes(name)
    let (values, rest) = bytes.count.quotientAndRemainder(dividingBy: MemoryLayout<Element>.stride)
    guard rest == 0, count == nil || count == values else {
      throw StoredError("`\(name)` has \(bytes.count) bytes")
    }
    guard Int(bitPattern: bytes.baseAddress).isMultiple(of: MemoryLayout<Element>.alignment) else {
      throw StoredError("`\(name)` begins at an odd place")
    }
    self.init(
      owner: sections.owner, base: bytes.assumingMemoryBound(to: Element.self).baseAddress, count: values)
  }
}

extension CodeColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    if isRows { return sections.write(number: count, "\(name).as_rows") }
    switch layout {
    case .rows: break
    case .same(let code): Column([Int64(code), Int64(count)]).write("\(name).same", to: &sections)
    case .bytes(let column): column.write("\(name).bytes", to: &sections)
    case .halves(let column): column.write("\(name).halves", to: &sections)
    case .words(let column): column.write("\(name).words", to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    if sections.has("\(name).same") {
      let both = try Column<Int64>("\(name).same", from: sections, count: 2)
      guard let code = Code(exactly: both[0]), both[1] >= 0 else { throw StoredError("`\(name)` is no code") }
      layout = .same(code)
      count = Int(both[1])
    } else if sections.has("\(name).as_rows") {
      layout = .rows
      count = try sections.number("\(name).as_rows")
    } else if sections.has("\(name).bytes") {
      let column = try Column<UInt8>("\(name).bytes", from: sections)
      layout = .bytes(column)
      count = column.count
    } else if sections.has("\(name).halves") {
      let column = try Column<UInt16>("\(name).halves", from: sections)
      layout = .halves(column)
      count = column.count
    } else {
      let column = try Column<UInt32>("\(name).words", from: sections)
      layout = .words(column)
      count = column.count
    }
  }
}
