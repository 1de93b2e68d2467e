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
  private let isPair: Bool
  private let type: ValueType
  private var pairs = PairTable()
  private var pairOfNumber: [(Int32, Int32)] = []
  private var numberOfValue: [Value: Int32] = [:]
  private var values: [Value] = []

  init(_ key: PlanExpression?) {
    if case .eventKey(.pair)? = key?.kind { isPair = true } else { isPair = false }
    type = key?.type.element ?? .missing
  }

  /// -1 where the value has no number, and gets none.
  mutating func number(of value: Value, isNew: Bool) -> Int32 {
    if let known = numberOfValue[value] { return known }
    guard isNew else { return -1 }
    let number = Int32(truncatingIfNeeded: values.count)
    numberOfValue[value] = number
    values.append(value)
    return number
  }

  mutating func number(ofPair first: Int32, _ second: Int32, isNew: Bool) -> Int32 {
    guard isNew else { return pairs.known(first, second) }
    let number = pairs.id(first, second)
    if Int(number) == pairOfNumber.count { pairOfNumber.append((first, second)) }
    return number
  }

  func value(_ number: Int32) -> Value {
    guard isPair else { return Int(number) < values.count ? values[Int(number)] : .missing }
    let pair = pairOfNumber[Int(number)]
    return .list([.entity(.actor, pair.0), .entity(.actor, pair.1)])
  }
}

/// The events of one step by the number of their key, each with the time that counts.
struct KeyedEvents {
  fileprivate(set) var events: [Int32] = []
  fileprivate var times: [TimeBounds] = []
  /// Where those of each key begin; at last how many there are.
  fileprivate var starts: [Int] = [0]
  /// Events without a time, in no order: they are in no chain, but may break one.
  fileprivate var untimed: [Int32: [Int32]] = [:]

  var keyCount: Int { starts.count - 1 }

  func range(_ key: Int) -> Range<Int> { key < keyCount ? starts[key]..<starts[key + 1] : 0..<0 }

  /// Takes events as they come, and lays them by key.
  struct Collector {
    private var entries: [(key: Int32, event: Int32)] = []
    private var times: [TimeBounds] = []
    private var counts: [Int] = []
    private var untimed: [Int32: [Int32]] = [:]

    mutating func add(_ event: Int32, key: Int32, _ time: TimeBounds?) {
      guard let time else {
        untimed[key, default: []].append(event)
        return
      }
      if Int(key) >= counts.count {
        counts += [Int](repeating: 0, count: max(64, Int(key) * 2) - counts.count)
      }
      counts[Int(key)] += 1
      entries.append((key, event))
      times.append(time)
    }

    func events() -> KeyedEvents {
      var keyed = KeyedEvents()
      keyed.untimed = untimed
      var next = [Int](repeating: 0, count: counts.count)
      keyed.starts = [0]
      for (key, count) in counts.enumerated() {
        next[key] = keyed.starts[key]
        keyed.starts.append(keyed.starts[key] + count)
      }
      keyed.events = [Int32](repeating: 0, count: entries.count)
      keyed.times = [TimeBounds](repeating: .anyTime, count: entries.count)
      for (entry, time) in zip(entries, times) {
        let place = next[Int(entry.key)]
        next[Int(entry.key)] += 1
        keyed.events[place] = entry.event
        keyed.times[place] = time
      }
      for key in 0..<keyed.keyCount { keyed.sort(keyed.range(key)) }
      return keyed
    }
  }

  /// By the first day on which they may start, then as the store has them.
  private mutating func sort(_ range: Range<Int>) {
    func isInOrder(_ a: Int, _ b: Int) -> Bool {
      (times[a].startMin, events[a]) <= (times[b].startMin, events[b])
    }
    if range.count < 2 || range.dropLast().allSatisfy({ isInOrder($0, $0 + 1) }) { return }
    let order = range.sorted { (times[$0].startMin, events[$0]) < (times[$1].startMin, events[$1]) }
    let sorted = order.map { (events[$0], times[$0]) }
    for (place, entry) in zip(range, sorted) { (events[place], times[place]) = entry }
  }

  /// The first entry of a key that starts after a day.
  fileprivate func firstIndex(in range: Range<Int>, startingAfter day: Int) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if times[middle].startMin <= day { low = middle + 1 } else { high = middle }
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

  init(within: CalendarDuration?, isEvery: Bool, numbering: KeyNumbering) {
    self.within = within
    self.isEvery = isEvery
    self.numbering = numbering
  }

  /// The whole chains from an entry of the first step on, the earliest first.
  func chains(
    from first: Int, _ key: Int, _ body: ([Int32]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    let limit = within.map { $0.added(toDay: steps[0].times[first].startMin) }
    if let limit, steps[0].times[first].endMax > limit { return }
    var chain = Chain(events: [steps[0].events[first]], start: steps[0].times[first])
    try extend(&chain, after: steps[0].times[first], key, limit, body)
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
    let events = steps[step]
    let range = events.range(key)
    var entry = events.firstIndex(in: range, startingAfter: last.endMax)
    while entry < range.upperBound {
      let time = events.times[entry]
      if let limit {
        if time.startMin > limit { break }
        guard time.endMax <= limit else {
          entry += 1
          continue
        }
      }
      chain.events.append(events.events[entry])
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
      let bounds = until.times[entry]
      let start = max(bounds.startMin, earliest)
      let end = min(bounds.endMax, latest)
      return start <= bounds.startMax && bounds.endMin <= end && start <= end
    }
  }
}
