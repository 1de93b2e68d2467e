/// Many values a row, in two arrays: row `i` has `values[offsets[i]..<offsets[i + 1]]`.
package struct OffsetArray<Element: Sendable>: Sendable {
  package internal(set) var offsets: [Int32] = [0]
  package private(set) var values: [Element] = []

  package init() {}

  package init(_ rows: some Sequence<[Element]>) {
    for row in rows { append(row) }
  }

  /// Groups `pairs` by row; within a row the order of `pairs` is kept.
  package init(rows: Int, pairs: [(row: Int32, value: Element)]) {
    var counts = [Int32](repeating: 0, count: rows + 1)
    for pair in pairs { counts[Int(pair.row) + 1] += 1 }
    for row in 0..<rows { counts[row + 1] += counts[row] }
    offsets = counts
    guard let filler = pairs.first?.value else { return }
    values = [Element](repeating: filler, count: pairs.count)
    for pair in pairs {
      values[Int(counts[Int(pair.row)])] = pair.value
      counts[Int(pair.row)] += 1
    }
  }

  /// What `visit` adds, by row; it is asked twice, and says the same twice.
  package init(rows: Int, _ visit: ((_ row: Int, _ value: Element) -> Void) -> Void)
  where Element: ExpressibleByIntegerLiteral {
    var ends = [Int32](repeating: 0, count: rows + 1)
    visit { row, _ in ends[row + 1] += 1 }
    for row in 0..<rows { ends[row + 1] += ends[row] }
    offsets = ends
    var values = [Element](repeating: 0, count: Int(ends[rows]))
    visit { row, value in
      values[Int(ends[row])] = value
      ends[row] += 1
    }
    self.values = values
  }

  package mutating func append(_ row: [Element]) {
    values.append(contentsOf: row)
    offsets.append(Int32(values.count))
  }

  package var count: Int { offsets.count - 1 }

  /// How many values each row has.
  package var counts: [Int32] { zip(offsets, offsets.dropFirst()).map { $1 &- $0 } }

  @inlinable package func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  @inlinable package subscript(row: Int) -> ArraySlice<Element> { values[range(row)] }
}
