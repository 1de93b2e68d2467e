import EDTF

/// One time a row, or none. Each different time is stored once, in a table; a row has its index there, -1 for none.
/// Where rows lie by time, as events do, they lie in runs of the same time, and only the runs are stored:
///
///     rows        0  1  2  3  4  5            runs from 0, 3 and 5, of the times 0, 1 and -1
///     times       2023-05-01 ×3, 2023-05-02 ×2, none
package struct TimeColumn: Sendable {
  package enum Layout: Sendable {
    case codes(CodeColumn<Int32>)
    case runs(TimeRuns)
  }

  package let layout: Layout
  package let table: TimeTable
  package let count: Int

  package init() { self.init([]) }

  package init(_ times: [EDTFTime?]) {
    var collector = TimeTable.Collector()
    layout = .codes(CodeColumn(times.map { collector.index(of: $0) }))
    table = TimeTable(collector.times)
    count = times.count
  }

  /// Of rows that lie by time.
  package init(sorted times: [EDTFTime?]) {
    var collector = TimeTable.Collector()
    layout = .runs(TimeRuns(times.map { collector.index(of: $0) }))
    table = TimeTable(collector.times)
    count = times.count
  }

  init(layout: Layout, table: TimeTable, count: Int) {
    self.layout = layout
    self.table = table
    self.count = count
  }

  /// - Parameter codes: Indices of `times`, of which only those that are there are kept; they are changed.
  package init(_ codes: Memory<Int32>, of times: [EDTFTime], threads: Int) {
    var kept: [EDTFTime] = []
    var keptOf = [Int32](repeating: -1, count: times.count)
    for row in 0..<codes.count {
      let code = Int(codes.base[row])
      if code < 0 { continue }
      if keptOf[code] < 0 {
        keptOf[code] = Int32(truncatingIfNeeded: kept.count)
        kept.append(times[code])
      }
      codes.base[row] = keptOf[code]
    }
    layout = .codes(CodeColumn(codes, threads: threads))
    table = TimeTable(kept)
    count = codes.count
  }

  /// The index of a row's time in the table; -1: no time is recorded.
  @inlinable package func index(_ row: Int) -> Int32 {
    switch layout {
    case .codes(let codes): codes[row]
    case .runs(let runs): runs.code[runs.run(holding: row)]
    }
  }

  /// The indices of some rows; of row -1, -1.
  @inlinable package func indices(of rows: ArraySlice<Int32>) -> [Int32] {
    guard case .runs(let runs) = layout else { return rows.map { $0 < 0 ? -1 : index(Int($0)) } }
    // Rows mostly come in order: the run of one is the run of the next, or near it.
    var known = 0..<0
    var code: Int32 = -1
    return rows.map { row in
      if row < 0 { return -1 }
      if !known.contains(Int(row)) {
        let run = runs.run(holding: Int(row))
        known = runs.rows(run)
        code = runs.code[run]
      }
      return code
    }
  }

  /// Rows that lie one after the other and have the same time, with its index.
  package func forEachRun(_ body: (Range<Int>, Int32) -> Void) {
    switch layout {
    case .codes(let codes): for (row, code) in codes.enumerated() { body(row..<row + 1, code) }
    case .runs(let runs):
      let codes = runs.code.codes(in: 0..<runs.count)
      runs.start.withBuffer { starts in
        for run in codes.indices { body(Int(starts[run])..<Int(starts[run + 1]), codes[run]) }
      }
    }
  }

  /// The rows of which the time is one of those that `keep` says, in ranges: `keep` is asked for the times, from one index to
  /// another, of all rows that may start between two days, as far as rows lie by that.
  ///
  /// - Parameter keep: 1 for each of the times of a range that is kept.
  package func ranges<Failure: Error>(
    startingIn days: ClosedRange<Int32>, _ keep: (Range<Int>) throws(Failure) -> [UInt8]
  ) throws(Failure) -> [Range<Int>]? {
    guard case .runs(let runs) = layout else { return nil }
    // Rows without a time lie last.
    let timed = runs.count - (runs.count > 0 && runs.code[runs.count - 1] < 0 ? 1 : 0)
    let first = (0..<timed).firstByHalving { table.startMin[Int(runs.code[$0])] >= days.lowerBound }
    let last = (0..<timed).firstByHalving { table.startMin[Int(runs.code[$0])] > days.upperBound }
    guard first < last else { return [] }
    let codes = runs.code.codes(in: first..<last)
    let least = Int(codes.min() ?? 0)
    let kept = try keep(least..<Int(codes.max() ?? 0) + 1)
    var ranges: [Range<Int>] = []
    runs.start.withBuffer { starts in
      var open = -1
      for run in first..<last {
        if kept[Int(codes[run - first]) - least] != 0 {
          if open < 0 { open = Int(starts[run]) }
        } else if open >= 0 {
          ranges.append(open..<Int(starts[run]))
          open = -1
        }
      }
      if open >= 0 { ranges.append(open..<Int(starts[last])) }
    }
    return ranges
  }

  /// How many rows have each time of the table.
  package var countsOfTimes: [UInt32] {
    var counts = [UInt32](repeating: 0, count: table.count)
    forEachRun { rows, code in if code >= 0 { counts[Int(code)] += UInt32(truncatingIfNeeded: rows.count) } }
    return counts
  }

  @inlinable package func isRecorded(_ row: Int) -> Bool { index(row) >= 0 }

  package func time(_ row: Int) -> EDTFTime? {
    let index = index(row)
    return index < 0 ? nil : table.time(Int(index))
  }

  /// The bounds of a row; of a row without a time, every day.
  package func bounds(_ row: Int) -> TimeBounds {
    let index = index(row)
    return index < 0 ? .anyTime : table.bounds(Int(index))
  }
}

/// Rows that lie one after the other under the same code.
package struct TimeRuns: Sendable {
  /// The first row of each run, and at last the number of rows.
  package let start: Column<UInt32>
  package let code: CodeColumn<Int32>
  /// The run of every row that is a multiple of `stride`: between two of them a run is found by halving.
  @usableFromInline let runAtStride: Column<UInt32>
  @usableFromInline static var stride: Int { 1024 }

  init(_ codes: [Int32]) {
    var starts: [UInt32] = []
    var codeOfRun: [Int32] = []
    var runAtStride: [UInt32] = []
    for (row, code) in codes.enumerated() {
      if codeOfRun.last != code {
        starts.append(UInt32(truncatingIfNeeded: row))
        codeOfRun.append(code)
      }
      if row.isMultiple(of: Self.stride) {
        runAtStride.append(UInt32(truncatingIfNeeded: codeOfRun.count - 1))
      }
    }
    start = Column(starts + [UInt32(truncatingIfNeeded: codes.count)])
    code = CodeColumn(codeOfRun)
    self.runAtStride = Column(runAtStride)
  }

  /// - Parameters:
  ///   - starts: The first row of each run.
  ///   - count: The number of rows.
  init(starts: [UInt32], codes: [Int32], count: Int) {
    start = Column(starts + [UInt32(truncatingIfNeeded: count)])
    code = CodeColumn(codes)
    var strides: [UInt32] = []
    strides.reserveCapacity(count / Self.stride + 1)
    var run = 0
    for row in Swift.stride(from: 0, to: count, by: Self.stride) {
      while run + 1 < starts.count, starts[run + 1] <= row { run += 1 }
      strides.append(UInt32(truncatingIfNeeded: run))
    }
    runAtStride = Column(strides)
  }

  @inlinable package var count: Int { code.count }

  @inlinable package func rows(_ run: Int) -> Range<Int> { Int(start[run])..<Int(start[run + 1]) }

  @inlinable package func run(holding row: Int) -> Int {
    let block = row / Self.stride
    var low = Int(runAtStride[block])
    var high = block + 1 < runAtStride.count ? Int(runAtStride[block + 1]) + 1 : count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(start[middle]) <= row { low = middle } else { high = middle }
    }
    return low
  }
}

/// The different times of a column, each with its four days.
package struct TimeTable: Sendable {
  let times: RecordColumn<EDTFTime>
  package let startMin: Column<Int32>
  package let startMax: Column<Int32>
  package let endMin: Column<Int32>
  package let endMax: Column<Int32>

  init(
    times: RecordColumn<EDTFTime>, startMin: Column<Int32>, startMax: Column<Int32>, endMin: Column<Int32>,
    endMax: Column<Int32>
  ) {
    self.times = times
    self.startMin = startMin
    self.startMax = startMax
    self.endMin = endMin
    self.endMax = endMax
  }

  init(_ times: [EDTFTime]) {
    self.times = RecordColumn(times)
    let bounds = times.map(\.bounds)
    startMin = Column(bounds.map { StoredDay.encode($0.startMin) })
    startMax = Column(bounds.map { StoredDay.encode($0.startMax) })
    endMin = Column(bounds.map { StoredDay.encode($0.endMin) })
    endMax = Column(bounds.map { StoredDay.encode($0.endMax) })
  }

  package var count: Int { times.count }

  package func time(_ index: Int) -> EDTFTime { times[index] }

  package func bounds(_ index: Int) -> TimeBounds {
    TimeBounds(
      startMin: StoredDay.decode(startMin[index]), startMax: StoredDay.decode(startMax[index]),
      endMin: StoredDay.decode(endMin[index]), endMax: StoredDay.decode(endMax[index]))
  }

  /// Different times in the order in which they first come.
  struct Collector {
    private(set) var times: [EDTFTime] = []
    private var indices: [EDTFTime: Int32] = [:]

    mutating func index(of time: EDTFTime?) -> Int32 {
      guard let time else { return -1 }
      if let known = indices[time] { return known }
      let index = Int32(truncatingIfNeeded: times.count)
      times.append(time)
      indices[time] = index
      return index
    }
  }
}
