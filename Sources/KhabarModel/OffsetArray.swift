/// Many values a row: row `i` has `values[offsets.range(i)]`.
package struct OffsetArray<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline package let offsets: Offsets
  @usableFromInline package let values: Column<Element>

  package init() { self.init([]) }

  init(offsets: Offsets, values: Column<Element>) {
    self.offsets = offsets
    self.values = values
  }

  /// Rows without a value.
  package init(none rows: Int) {
    self.init(offsets: Offsets(each: 0, count: rows), values: Column([]))
  }

  package init(_ rows: some Collection<[Element]>) {
    offsets = Offsets(counts: rows.map(\.count))
    values = Column(Array(rows.joined()))
  }

  /// Groups `pairs` by row; within a row the order of `pairs` is kept.
  package init(rows: Int, pairs: [(row: Int32, value: Element)]) where Element: ExpressibleByIntegerLiteral {
    self.init(rows: rows) { add in for pair in pairs { add(Int(pair.row), pair.value) } }
  }

  /// What `visit` adds, by row; it is asked twice, and says the same twice.
  package init(rows: Int, _ visit: ((_ row: Int, _ value: Element) -> Void) -> Void)
  where Element: ExpressibleByIntegerLiteral {
    var counts = [Int](repeating: 0, count: rows)
    visit { row, _ in counts[row] += 1 }
    offsets = Offsets(counts: counts)
    var next = 0
    for row in 0..<rows {
      let count = counts[row]
      counts[row] = next
      next += count
    }
    var values = [Element](repeating: 0, count: next)
    visit { row, value in
      values[counts[row]] = value
      counts[row] += 1
    }
    self.values = Column(values)
  }

  @inlinable package var count: Int { offsets.count }

  /// How many values each row has.
  package var counts: [Int32] { (0..<count).map { Int32(truncatingIfNeeded: offsets.range($0).count) } }

  @inlinable package func range(_ row: Int) -> Range<Int> { offsets.range(row) }

  @inlinable package subscript(row: Int) -> Column<Element> { values.slice(range(row)) }
}

extension OffsetArray: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    offsets.write("\(name).rows", to: &sections)
    values.write("\(name).values", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    offsets = try Offsets("\(name).rows", from: sections)
    values = try Column("\(name).values", from: sections, count: offsets.total)
  }
}
