import EDTF
import KhabarModel
import KhabarPlan

// Chains of events that share a key: the steps of a sequence, each with its events by key.
//
// Within a key events lie by the first day on which they may start, so the next event of a chain is looked for from the
// first that starts after the last possible end of the one before, up to where the whole would last too long.

/// Numbers of the values of a key, from 0 as they come. Only the first step gives numbers: what does not occur there
/// begins no chain.
struct KeyNumbering {
  private let hasKey: Bool
  private var numberOfValue: [Value: Int32] = [:]
  private var values: [Value] = []

  init(_ key: PlanExpression?) { hasKey = key != nil }

  /// -1 where the value has no number, and gets none.
  mutating func number(of value: Value, isNew: Bool) -> Int32 {
    if let known = numberOfValue[value] { return known }
    guard isNew else { return -1 }
    let number = Int32(truncatingIfNeeded: values.count)
    numberOfValue[value] = number
    values.append(value)
    return number
  }

  func value(_ number: Int32) -> Value { hasKey ? values[Int(number)] : .missing }
}

/// The times of events that count in a sequence: each event has the number of one, or -1.
struct SequenceTimes: Sendable {
  let bounds: [TimeBounds?]
  let numbers: @Sendable (ArraySlice<Int32>) -> [Int32]

  func bounds(of event: Int32) -> TimeBounds? {
    numbers([event]).first.flatMap { $0 < 0 ? nil : bounds[Int($0)] }
  }
}

/// The events of one step by the number of their key, each with the time that counts.
struct KeyedEvents {
  fileprivate(set) var events: [Int32] = []
  /// Numbers of times.
  private var times: [Int32] = []
  private var bounds: [TimeBounds?] = []
  /// The first day on which each may start.
  private var firstDays: [Int] = []
  /// Where those of each key begin; at last how many there are.
  private var starts: [Int] = [0]
  /// Events without a time, in no order: they are in no chain, but may break one.
  fileprivate var untimed: [Int32: [Int32]] = [:]

  var keyCount: Int { starts.count - 1 }

  func range(_ key: Int) -> Range<Int> { key < keyCount ? starts[key]..<starts[key + 1] : 0..<0 }

  fileprivate func time(_ entry: Int) -> TimeBounds { bounds[Int(times[entry])] ?? .anyTime }

  /// Takes events as they come, and lays them by key.
  struct Collector {
    private var entries: [(key: Int32, event: Int32, time: Int32)] = []
    private var counts: [Int] = []
    private var untimed: [Int32: [Int32]] = [:]
    private let bounds: [TimeBounds?]

    init(_ times: SequenceTimes) { bounds = times.bounds }

    /// - Parameter time: The number of its time, or -1.
    mutating func add(_ event: Int32, key: Int32, time: Int32) {
      guard time >= 0, bounds[Int(time)] != nil else {
        untimed[key, default: []].append(event)
        return
      }
      if Int(key) >= counts.count {
        counts += [Int](repeating: 0, count: max(64, Int(key) * 2) - counts.count)
      }
      counts[Int(key)] += 1
      entries.append((key, event, time))
    }

    func events() -> KeyedEvents {
      var keyed = KeyedEvents()
      keyed.untimed = untimed
      keyed.bounds = bounds
      var next: [Int] = []
      next.reserveCapacity(counts.count)
      keyed.starts.reserveCapacity(counts.count + 1)
      var start = 0
      for count in counts {
        next.append(start)
        start += count
        keyed.starts.append(start)
      }
      keyed.events = [Int32](repeating: 0, count: entries.count)
      keyed.times = [Int32](repeating: 0, count: entries.count)
      for (key, event, time) in entries {
        let place = next[Int(key)]
        next[Int(key)] += 1
        keyed.events[place] = event
        keyed.times[place] = time
      }
      keyed.firstDays = keyed.times.map { bounds[Int($0)]?.startMin ?? 0 }
      for key in 0..<keyed.keyCount { keyed.sort(keyed.range(key)) }
      return keyed
    }
  }

  /// By the first day on which they may start, then as the store has them.
  private mutating func sort(_ range: Range<Int>) {
    func order(_ entry: Int) -> (Int, Int32) { (firstDays[entry], events[entry]) }
    if range.count < 2 || range.dropLast().allSatisfy({ order($0) <= order($0 + 1) }) { return }
    let sorted = range.sorted { order($0) < order($1) }.map { (events[$0], times[$0], firstDays[$0]) }
    for (place, entry) in zip(range, sorted) { (events[place], times[place], firstDays[place]) = entry }
  }

  /// The first entry of a key that starts after a day.
  fileprivate func firstIndex(in range: Range<Int>, startingAfter day: Int) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if firstDays[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The search for chains, all of whose conditions hold surely: a step counts as after another only if it is so in every
/// completion of both times, and a chain is whole only if surely nothing breaks it.
struct KeyedSteps {
  let within: CalendarDuration?
  let isEvery: Bool
  var numbering: KeyNumbering
  var steps: [KeyedEvents] = []
  var until: KeyedEvents?

  init(_ within: CalendarDuration?, isEvery: Bool, _ numbering: KeyNumbering) {
    self.within = within
    self.isEvery = isEvery
    self.numbering = numbering
  }

  /// Tells the chains of all keys, each with its key.
  func forEachChain(
    _ control: RunControl, _ body: (Int32, [Int32]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    guard let first = steps.first else { return }
    var found = 0
    for key in 0..<first.keyCount {
      for entry in first.range(key) {
        if entry.isMultiple(of: Evaluator.batchSize) {
          try control.check()
          control.progress.report(entry, rows: found)
        }
        try chains(from: entry, key) { (events) throws(EvaluationError) in
          found += 1
          if found.isMultiple(of: Evaluator.batchSize) { try control.check() }
          try body(Int32(truncatingIfNeeded: key), events)
        }
      }
    }
  }

  /// How many chains each key has.
  func countChains(_ control: RunControl) throws(EvaluationError) -> [Int] {
    var counts = [Int](repeating: 0, count: steps.first?.keyCount ?? 0)
    try forEachChain(control) { key, _ in counts[Int(key)] += 1 }
    return counts
  }

  /// The whole chains from an entry of the first step on, the earliest first.
  func chains(
    from first: Int, _ key: Int, _ body: ([Int32]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    let start = steps[0].time(first)
    let limit = within.map { $0.added(toDay: start.startMin) }
    if let limit, start.endMax > limit { return }
    var chain = Chain(events: [steps[0].events[first]], start: start)
    try extend(&chain, after: start, key, limit, body)
  }

  private struct Chain {
    var events: [Int32]
    let start: TimeBounds
  }

  /// Goes on with the events that can come next: all of them, or the earliest.
  private func extend(
    _ chain: inout Chain, after last: TimeBounds, _ key: Int, _ limit: Int?,
    _ body: ([Int32]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    let step = chain.events.count
    guard step < steps.count else {
      if until == nil || !isBroken(chain, last, key) { try body(chain.events) }
      return
    }
    let range = steps[step].range(key)
    if range.isEmpty { return }
    var entry = steps[step].firstIndex(in: range, startingAfter: last.endMax)
    while entry < range.upperBound {
      let time = steps[step].time(entry)
      if let limit {
        if time.startMin > limit { break }
        guard time.endMax <= limit else {
          entry += 1
          continue
        }
      }
      chain.events.append(steps[step].events[entry])
      try extend(&chain, after: time, key, limit, body)
      chain.events.removeLast()
      if !isEvery { break }
      entry += 1
    }
  }

  /// Whether some event of `until` perhaps falls between the first and the last, which are not between themselves.
  private func isBroken(_ chain: Chain, _ end: TimeBounds, _ key: Int) -> Bool {
    guard let until, let first = chain.events.first, let last = chain.events.last else { return false }
    let isOther = { (event: Int32) in event != first && event != last }
    if until.untimed[Int32(truncatingIfNeeded: key)]?.contains(where: isOther) == true { return true }
    let earliest = chain.start.endMin + 1
    let latest = end.startMax - 1
    return until.range(key).contains { entry in
      guard isOther(until.events[entry]) else { return false }
      let bounds = until.time(entry)
      let start = max(bounds.startMin, earliest)
      let end = min(bounds.endMax, latest)
      return start <= bounds.startMax && bounds.endMin <= end && start <= end
    }
  }
}
