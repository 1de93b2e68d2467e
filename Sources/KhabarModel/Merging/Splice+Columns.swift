import EDTF

// Columns of the new table.

extension Splice {
  func column<Element>(_ own: Column<Element>, _ added: Column<Element>, _ threads: Int) -> Column<Element> {
    if isWhole(own.count, added: false) { return own }
    if isWhole(added.count, added: true) { return added }
    let memory = Memory<Element>(count: count)
    own.withBuffer { own in
      added.withBuffer { added in
        forEach(threads) { _, isAdded, rows, place in
          guard let source = (isAdded ? added : own).baseAddress else { return }
          (memory.base + place).update(from: source + rows.lowerBound, count: rows.count)
        }
      }
    }
    return Column(memory)
  }

  /// - Parameter added: The codes of what is added, as they are in the new table.
  func codes<Code>(_ own: CodeColumn<Code>, _ added: [Int32], _ threads: Int) -> CodeColumn<Code> {
    if isWhole(own.count, added: false) { return own }
    let most = added.max() ?? -1
    switch own.layout {
    case .same(let code) where own.count > 0 && added.allSatisfy { $0 == Int32(truncatingIfNeeded: code) }:
      return CodeColumn(layout: .same(code), count: count)
    case .bytes(let column) where most < UInt8.max:
      return CodeColumn(layout: .bytes(words(column, added, threads)), count: count)
    case .halves(let column) where most < UInt16.max:
      return CodeColumn(layout: .halves(words(column, added, threads)), count: count)
    case .words(let column):
      return CodeColumn(layout: .words(words(column, added, threads)), count: count)
    case .same, .rows, .bytes, .halves:
      let memory = Memory<Int32>(count: count)
      forEach(threads) { _, isAdded, rows, place in
        for (index, row) in rows.enumerated() {
          memory.base[place + index] = isAdded ? added[row] : Int32(truncatingIfNeeded: own[row])
        }
      }
      return CodeColumn(memory, threads: threads)
    }
  }

  private func words<Word: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ own: Column<Word>, _ added: [Int32], _ threads: Int
  ) -> Column<Word> {
    column(own, Column(added.map { Word(truncatingIfNeeded: $0 &+ 1) }), threads)
  }

  func offsets(_ own: Offsets, _ added: Offsets, _ values: Splice, _ threads: Int) -> Offsets {
    if isWhole(own.count, added: false) { return own }
    if let each = own.sameOfEach, each == added.sameOfEach || added.count == 0 {
      return Offsets(each: each, count: count)
    }
    let starts = Memory<UInt32>(count: count + 1)
    forEach(threads) { piece, isAdded, rows, place in
      let offsets = isAdded ? added : own
      let shift = Int(values.starts[piece]) - offsets.start(pieces[piece].rows.lowerBound)
      for (index, row) in rows.enumerated() {
        starts.base[place + index] = UInt32(truncatingIfNeeded: offsets.start(row) + shift)
      }
    }
    starts[count] = UInt32(truncatingIfNeeded: values.count)
    return Offsets(starts: starts)
  }

  /// What rows have several of: where those of each begin, and these.
  private func rows<Element>(
    _ own: (offsets: Offsets, values: Column<Element>), _ added: (offsets: Offsets, values: Column<Element>),
    _ threads: Int
  ) -> (Offsets, Column<Element>) {
    let values = values(own.offsets, added.offsets)
    return (
      offsets(own.offsets, added.offsets, values, threads), values.column(own.values, added.values, threads)
    )
  }

  func array<Element: FixedWidthInteger>(
    _ own: OffsetArray<Element>, _ added: OffsetArray<Element>, _ threads: Int
  ) -> OffsetArray<Element> {
    let (offsets, values) = rows((own.offsets, own.values), (added.offsets, added.values), threads)
    return OffsetArray(offsets: offsets, values: values)
  }

  func records<Record>(
    _ own: RecordColumn<Record>, _ added: RecordColumn<Record>, _ threads: Int
  ) -> RecordColumn<Record> {
    let (offsets, bytes) = rows((own.offsets, own.bytes), (added.offsets, added.bytes), threads)
    return RecordColumn(offsets: offsets, bytes: bytes)
  }

  func texts(_ own: TextColumn, _ added: TextColumn, _ threads: Int) -> TextColumn {
    if isWhole(own.count, added: false) { return own }
    if isWhole(added.count, added: true) { return added }
    switch (own.layout, added.layout) {
    case (.numbers(let numbers), .numbers(let others)) where numbers.prefix == others.prefix:
      let memory = Memory<UInt32>(count: count)
      forEach(threads) { _, isAdded, rows, place in
        let source = isAdded ? others.numbers : numbers.numbers
        for (index, row) in rows.enumerated() { memory.base[place + index] = source[row] }
      }
      return TextColumn(prefix: numbers.prefix, numbers: Column(memory))
    default:
      let (offsets, bytes) = rows(own.written(threads), added.written(threads), threads)
      return TextColumn(offsets: offsets, bytes: bytes)
    }
  }

  func words(_ own: WordColumn, _ added: WordColumn, _ threads: Int) -> WordColumn {
    let codes = MergedTables.indices(own.words, added.words)
    let words = own.words + zip(added.words, codes).filter { Int($1) >= own.words.count }.map(\.0)
    let here = added.codes.map { $0 < 0 ? -1 : codes[Int($0)] }
    return WordColumn(words: words, codes: self.codes(own.codes, here, threads))
  }

  /// - Parameter times: The different times of both.
  func times(_ own: TimeColumn, _ added: TimeColumn, _ times: JoinedTimes, _ threads: Int) -> TimeColumn {
    if isWhole(own.count, added: false) { return own }
    guard case .runs = own.layout else {
      let codes = CodeColumn<Int32>(codesOfTimes(own, added, times, threads), threads: threads)
      return TimeColumn(layout: .codes(codes), table: times.table, count: count)
    }
    // Rows lie by time: what matters is where another begins.
    var starts: [UInt32] = []
    var codes: [Int32] = []
    func add(_ code: Int32, at place: Int) {
      if codes.last == code { return }
      starts.append(UInt32(truncatingIfNeeded: place))
      codes.append(code)
    }
    for (piece, place) in zip(pieces, self.starts) {
      if piece.isAdded {
        for (index, row) in piece.rows.enumerated() {
          add(times.code(added.index(row)), at: Int(place) + index)
        }
        continue
      }
      own.forEachRun(in: piece.rows) { rows, code in
        add(code, at: Int(place) + rows.lowerBound - Int(piece.start))
      }
    }
    return TimeColumn(
      layout: .runs(TimeRuns(starts: starts, codes: codes, count: count)), table: times.table, count: count)
  }

  /// The times of rows as indices of a table of both.
  func codesOfTimes(
    _ own: TimeColumn, _ added: TimeColumn, _ times: JoinedTimes, _ threads: Int
  ) -> Memory<Int32> {
    let memory = Memory<Int32>(count: count)
    forEach(threads) { _, isAdded, rows, place in
      for (index, row) in rows.enumerated() {
        memory.base[place + index] = isAdded ? times.code(added.index(row)) : own.index(row)
      }
    }
    return memory
  }
}

extension TimeColumn {
  /// Of some rows those that lie one after the other and have the same time, with its index.
  func forEachRun(in rows: Range<Int>, _ body: (Range<Int>, Int32) -> Void) {
    guard case .runs(let runs) = layout, !rows.isEmpty else {
      for row in rows { body(row..<row + 1, index(row)) }
      return
    }
    var run = runs.run(holding: rows.lowerBound)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = min(rows.upperBound, runs.rows(run).upperBound)
      body(row..<end, runs.code[run])
      row = end
      run += 1
    }
  }
}

/// The different times of two columns: those of the one, and after them what only the other has.
struct JoinedTimes {
  let table: TimeTable
  private let codes: [Int32]

  init(_ own: TimeTable, _ added: TimeTable) {
    // Where times begin on the same day, they may be the same.
    var indices: [Int32: [Int]] = [:]
    for index in 0..<added.count { indices[added.startMin[index], default: []].append(index) }
    var codes = [Int32](repeating: -1, count: added.count)
    for index in 0..<own.count {
      for other in indices[own.startMin[index]] ?? []
      where own.times.written(index) == added.times.written(other) {
        codes[other] = Int32(truncatingIfNeeded: index)
      }
    }
    var new: [Int] = []
    for index in codes.indices where codes[index] < 0 {
      codes[index] = Int32(truncatingIfNeeded: own.count + new.count)
      new.append(index)
    }
    self.codes = codes
    table = TimeTable(own, new.map { added.times[$0] })
  }

  /// What a code of the second column is in the table.
  func code(_ code: Int32) -> Int32 { code < 0 ? -1 : codes[Int(code)] }
}

extension TimeTable {
  /// A table with more times, which are not in it.
  init(_ table: TimeTable, _ more: [EDTFTime]) {
    let new = TimeTable(more)
    var splice = Splice()
    splice.append(false, 0..<table.count)
    splice.append(true, 0..<new.count)
    self.init(
      times: splice.records(table.times, new.times, 1),
      startMin: splice.column(table.startMin, new.startMin, 1),
      startMax: splice.column(table.startMax, new.startMax, 1),
      endMin: splice.column(table.endMin, new.endMin, 1), endMax: splice.column(table.endMax, new.endMax, 1))
  }
}
