extension CodeColumn {
  /// - Parameters:
  ///   - codes: -1 is none.
  ///   - order: The row of `codes` for each row of the column; nil: they are as they are.
  package init(_ codes: Memory<Int32>, order: Memory<UInt32>? = nil, threads: Int) {
    let count = order?.count ?? codes.count
    let (least, most) = Self.limits(codes, threads)
    if count == 0 {
      self.init()
    } else if least == most {
      self.init(layout: .same(Code(truncatingIfNeeded: least)), count: count)
    } else if most < UInt8.max {
      self.init(layout: .bytes(Self.narrowed(codes, order, count, threads)), count: count)
    } else if most < UInt16.max {
      self.init(layout: .halves(Self.narrowed(codes, order, count, threads)), count: count)
    } else {
      self.init(layout: .words(Self.narrowed(codes, order, count, threads)), count: count)
    }
  }

  /// - Parameter codes: Below 255, which is none.
  init(bytes codes: Memory<UInt8>, order: Memory<UInt32>, threads: Int) {
    let count = order.count
    let words = Memory<UInt8>(count: count)
    let first = count > 0 ? codes[Int(order[0])] : 0
    let differs = Memory<Bool>(repeating: false, count: Swift.max(1, threads))
    Threads.run(threads, rows: count) { part, rows in
      let words = words.base
      var isSame = true
      for row in rows {
        let code = codes.base[Int(order.base[row])]
        if code != first { isSame = false }
        words[row] = code &+ 1
      }
      differs[part] = !isSame
    }
    if differs.values.contains(true) {
      self.init(layout: .bytes(Column(words)), count: count)
    } else {
      self.init(layout: .same(first == UInt8.max ? -1 : Code(truncatingIfNeeded: first)), count: count)
    }
  }

  private static func limits(_ codes: Memory<Int32>, _ threads: Int) -> (least: Int32, most: Int32) {
    let parts = Swift.max(1, threads)
    let found = Memory<Int32>(repeating: -1, count: 2 * parts)
    let first = codes.count > 0 ? codes[0] : -1
    for part in 0..<parts { (found[2 * part], found[2 * part + 1]) = (first, first) }
    Threads.run(parts, rows: codes.count) { part, rows in
      var least = first
      var most = first
      for row in rows {
        let code = codes.base[row]
        least = Swift.min(least, code)
        most = Swift.max(most, code)
      }
      (found[2 * part], found[2 * part + 1]) = (least, most)
    }
    return (found.values.min() ?? -1, found.values.max() ?? -1)
  }

  private static func narrowed<Word: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Memory<Int32>, _ order: Memory<UInt32>?, _ count: Int, _ threads: Int
  ) -> Column<Word> {
    let words = Memory<Word>(count: count)
    Threads.run(threads, rows: count) { _, rows in
      let words = words.base
      let codes = codes.base
      if let order = order?.base {
        for row in rows { words[row] = Word(truncatingIfNeeded: codes[Int(order[row])] &+ 1) }
      } else {
        for row in rows { words[row] = Word(truncatingIfNeeded: codes[row] &+ 1) }
      }
    }
    return Column(words)
  }
}
