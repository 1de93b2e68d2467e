/// Rows of two tables in one order: ranges of what is there, and of what is added to it.
///
///     own     a b c d        pieces  own 0..<2, added 0..<1, own 3..<4
///     added   x y            rows    a b x d
///
/// A column of the new table is made by copying range after range, by several threads if need be.
struct Splice {
  struct Piece {
    let isAdded: Bool
    let start: Int32
    let count: Int32

    var rows: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  private(set) var pieces: [Piece] = []
  /// The first row of each piece in the new table.
  private(set) var starts: [UInt32] = []
  private(set) var count = 0

  /// - Parameter isKeptApart: Also an empty range, and one that goes on where the last ends, is a piece of its own.
  mutating func append(_ isAdded: Bool, _ rows: Range<Int>, isKeptApart: Bool = false) {
    if !isKeptApart {
      if rows.isEmpty { return }
      if let last = pieces.last, last.isAdded == isAdded, last.rows.upperBound == rows.lowerBound {
        pieces[pieces.count - 1] = Self.piece(isAdded, last.rows.lowerBound..<rows.upperBound)
        count += rows.count
        return
      }
    }
    pieces.append(Self.piece(isAdded, rows))
    starts.append(UInt32(truncatingIfNeeded: count))
    count += rows.count
  }

  private static func piece(_ isAdded: Bool, _ rows: Range<Int>) -> Piece {
    Piece(
      isAdded: isAdded, start: Int32(truncatingIfNeeded: rows.lowerBound),
      count: Int32(truncatingIfNeeded: rows.count))
  }

  /// Whether the new table is one of the two, row for row.
  func isWhole(_ count: Int, added: Bool) -> Bool {
    self.count == count && pieces.count <= 1 && pieces.allSatisfy { $0.isAdded == added }
  }

  /// Visits the pieces, cut where a thread's part of the new rows ends.
  func forEach(
    _ threads: Int, _ body: (_ piece: Int, _ isAdded: Bool, _ rows: Range<Int>, _ place: Int) -> Void
  ) {
    Threads.run(threads, rows: count) { _, rows in
      var piece = self.piece(holding: rows.lowerBound)
      var row = rows.lowerBound
      while row < rows.upperBound {
        let start = Int(starts[piece])
        let end = min(rows.upperBound, start + Int(pieces[piece].count))
        let source = Int(pieces[piece].start) + row - start
        if row < end { body(piece, pieces[piece].isAdded, source..<source + end - row, row) }
        row = end
        piece += 1
      }
    }
  }

  /// The last piece that begins at a row or before it.
  private func piece(holding row: Int) -> Int {
    max(0, pieces.indices.firstByHalving { Int(starts[$0]) > row } - 1)
  }

  /// Where the rows of the two tables are in the new one; -1: they are not.
  func places(own: Int, added: Int, _ threads: Int) -> (own: Memory<Int32>, added: Memory<Int32>) {
    let places = (
      own: Memory<Int32>(repeating: -1, count: own, threads: threads),
      added: Memory<Int32>(repeating: -1, count: added, threads: threads)
    )
    forEach(threads) { _, isAdded, rows, place in
      let base = (isAdded ? places.added : places.own).base
      for (index, row) in rows.enumerated() { base[row] = Int32(truncatingIfNeeded: place + index) }
    }
    return places
  }

  /// What rows have several of: a piece for each piece of these.
  func values(_ own: Offsets, _ added: Offsets) -> Splice {
    var values = Splice()
    for piece in pieces {
      let offsets = piece.isAdded ? added : own
      values.append(
        piece.isAdded, offsets.start(piece.rows.lowerBound)..<offsets.start(piece.rows.upperBound),
        isKeptApart: true)
    }
    return values
  }
}
