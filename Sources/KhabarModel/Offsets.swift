/// Where the rows of a table begin that lie by the rows of another: those of row `i` are `range(i)`.
///
/// A row's beginning is that of its block of 64, and what stands between them, in one byte or two. Where every row has
/// as many as the others (none, for example), nothing is stored but how many.
package struct Offsets: @unchecked Sendable {
  /// Keeps the memory alive; one for all, as offsets are copied often.
  private let layout: Layout
  @usableFromInline let width: Width
  /// How many each row has, where all have as many.
  @usableFromInline let each: Int
  @usableFromInline let blocks: UnsafePointer<UInt32>?
  @usableFromInline let within: UnsafeRawPointer?
  package let count: Int

  @usableFromInline enum Width: Sendable { case even, bytes, halves, words }

  private enum Stored {
    case even(Int)
    case bytes(blocks: Column<UInt32>, within: Column<UInt8>)
    case halves(blocks: Column<UInt32>, within: Column<UInt16>)
    case words(Column<UInt32>)
  }

  private final class Layout {
    let stored: Stored
    init(_ stored: Stored) { self.stored = stored }
  }

  @usableFromInline static var blockBits: Int { 6 }

  private init(_ stored: Stored, count: Int) {
    layout = Layout(stored)
    self.count = count
    var each = 0
    var blocks: UnsafePointer<UInt32>?
    switch stored {
    case .even(let number):
      width = .even
      each = number
      within = nil
    case .bytes(let first, let column):
      width = .bytes
      blocks = first.base
      within = UnsafeRawPointer(column.base)
    case .halves(let first, let column):
      width = .halves
      blocks = first.base
      within = UnsafeRawPointer(column.base)
    case .words(let column):
      width = .words
      within = UnsafeRawPointer(column.base)
    }
    self.each = each
    self.blocks = blocks
  }

  package init(counts: some Collection<Int> = []) {
    let first = counts.first ?? 0
    if counts.allSatisfy({ $0 == first }) {
      self.init(.even(first), count: counts.count)
      return
    }
    // One more than there are rows.
    var starts: [UInt32] = [0]
    starts.reserveCapacity(counts.count + 1)
    var next: UInt32 = 0
    for count in counts {
      next += UInt32(count)
      starts.append(next)
    }
    let blocks = stride(from: 0, to: starts.count, by: 1 << Self.blockBits).map { starts[$0] }
    let widest = starts.indices.reduce(0) { max($0, starts[$1] &- blocks[$1 >> Self.blockBits]) }
    if widest <= UInt8.max {
      let within = starts.indices.map { UInt8(starts[$0] &- blocks[$0 >> Self.blockBits]) }
      self.init(.bytes(blocks: Column(blocks), within: Column(within)), count: counts.count)
    } else if widest <= UInt16.max {
      let within = starts.indices.map { UInt16(starts[$0] &- blocks[$0 >> Self.blockBits]) }
      self.init(.halves(blocks: Column(blocks), within: Column(within)), count: counts.count)
    } else {
      self.init(.words(Column(starts)), count: counts.count)
    }
  }

  /// All rows have as many.
  package init(each: Int, count: Int) { self.init(.even(each), count: count) }

  /// - Parameter starts: Where each row begins, and at last where the last one ends.
  package init(starts: Memory<UInt32>) {
    let count = starts.count - 1
    let first = count > 0 ? starts[1] &- starts[0] : 0
    var isEven = true
    var widest: UInt32 = 0
    var blockStart: UInt32 = 0
    for row in 0...count {
      let start = starts.base[row]
      if row & (1 << Self.blockBits - 1) == 0 { blockStart = start }
      widest = max(widest, start &- blockStart)
      if row < count, starts.base[row + 1] &- start != first { isEven = false }
    }
    if isEven {
      self.init(.even(Int(first)), count: count)
    } else if widest > UInt16.max {
      self.init(.words(Column(starts)), count: count)
    } else {
      let blocks = Memory<UInt32>(count: count >> Self.blockBits + 1)
      for block in 0..<blocks.count { blocks[block] = starts[block << Self.blockBits] }
      if widest <= UInt8.max {
        self.init(.bytes(blocks: Column(blocks), within: Self.within(starts, blocks)), count: count)
      } else {
        self.init(.halves(blocks: Column(blocks), within: Self.within(starts, blocks)), count: count)
      }
    }
  }

  private static func within<Word: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ starts: Memory<UInt32>, _ blocks: Memory<UInt32>
  ) -> Column<Word> {
    let within = Memory<Word>(count: starts.count)
    for row in 0..<starts.count {
      within.base[row] = Word(truncatingIfNeeded: starts.base[row] &- blocks.base[row >> blockBits])
    }
    return Column(within)
  }

  /// Where a row begins; of the row after the last, where the last one ends.
  @inlinable package func start(_ row: Int) -> Int {
    precondition(UInt(bitPattern: row) <= UInt(bitPattern: count), "a row")
    switch width {
    case .even: return each &* row
    case .bytes:
      return Int(blocks.unsafelyUnwrapped[row >> Self.blockBits])
        &+ Int(within.unsafelyUnwrapped.load(fromByteOffset: row, as: UInt8.self))
    case .halves:
      return Int(blocks.unsafelyUnwrapped[row >> Self.blockBits])
        &+ Int(within.unsafelyUnwrapped.load(fromByteOffset: 2 &* row, as: UInt16.self))
    case .words: return Int(within.unsafelyUnwrapped.load(fromByteOffset: 4 &* row, as: UInt32.self))
    }
  }

  @inlinable package func range(_ row: Int) -> Range<Int> { start(row)..<start(row + 1) }

  /// The values of some rows, by their places, one row's after the other's.
  package func places(ofRows rows: ArraySlice<Int32>) -> [Int32] {
    var count = 0
    for row in rows { count += range(Int(row)).count }
    return [Int32](unsafeUninitializedCapacity: count) { places, filled in
      for row in rows {
        for place in range(Int(row)) {
          places[filled] = Int32(truncatingIfNeeded: place)
          filled &+= 1
        }
      }
    }
  }

  /// Of places, which mostly ascend, the rows that hold them; of place -1, -1.
  package func rows(holding places: ArraySlice<Int32>) -> [Int32] {
    var row = 0
    var known = 0..<0
    return places.map { place in
      if place < 0 { return -1 }
      let place = Int(place)
      if !known.contains(place) {
        // The next row, or one soon after it, is likely.
        var steps = 0
        while steps < 8, place >= known.upperBound, known.upperBound > 0, row + 1 < count {
          row += 1
          known = range(row)
          steps += 1
        }
        if !known.contains(place) {
          row = self.row(holding: place)
          known = range(row)
        }
      }
      return Int32(truncatingIfNeeded: row)
    }
  }

  /// How many values each row has, where all are known to have as many.
  var sameOfEach: Int? { width == .even ? each : nil }

  /// How many values all rows have.
  package var total: Int { start(count) }

  /// The row whose range holds `position`, by halving.
  @inlinable package func row(holding position: Int) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if start(middle) <= position { low = middle } else { high = middle }
    }
    return low
  }
}

extension Offsets: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    sections.write(number: count, "\(name).count")
    switch layout.stored {
    case .even(let each): sections.write(number: each, "\(name).even")
    case .bytes(let blocks, let within):
      blocks.write("\(name).blocks", to: &sections)
      within.write("\(name).bytes", to: &sections)
    case .halves(let blocks, let within):
      blocks.write("\(name).blocks", to: &sections)
      within.write("\(name).halves", to: &sections)
    case .words(let starts): starts.write("\(name).words", to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    let count = try sections.number("\(name).count")
    if sections.has("\(name).even") {
      self.init(.even(try sections.number("\(name).even")), count: count)
    } else if sections.has("\(name).words") {
      self.init(.words(try Column("\(name).words", from: sections, count: count + 1)), count: count)
    } else {
      let blocks = try Column<UInt32>("\(name).blocks", from: sections, count: count >> Self.blockBits + 1)
      if sections.has("\(name).bytes") {
        let within = try Column<UInt8>("\(name).bytes", from: sections, count: count + 1)
        self.init(.bytes(blocks: blocks, within: within), count: count)
      } else {
        let within = try Column<UInt16>("\(name).halves", from: sections, count: count + 1)
        self.init(.halves(blocks: blocks, within: within), count: count)
      }
    }
  }
}
