import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Chains of events under a common key, by first event, then key.
  ///
  /// The events of each step lie by key in the store's order, that is by start; the next event of a chain is looked for from
  /// the first that starts after the last possible end of the one before, up to where the whole would last too long.
  func sequence(_ search: SequenceSearch) throws(EvaluationError) -> Table {
    var steps: [KeyedEvents] = []
    for step in search.steps { steps.append(try keyed(step, search.key)) }
    let chains = Chains(
      store: store, steps: steps,
      until: try search.until.map { plan throws(EvaluationError) in try keyed(plan, search.key) },
      within: try length(search.within), isEvery: search.isEvery)
    var found: [(key: Value, events: [Int32])] = []
    let first = steps.first ?? [:]
    try step(.sequence, of: first.values.reduce(0) { $0 + $1.count }) { () throws(EvaluationError) in
      var done = 0
      for (key, events) in first {
        for event in events {
          try report(done, rows: found.count)
          let before = found.count
          found += try chains.from(event, key) { chains throws(EvaluationError) in
            try checkCancelled()
            try control.check(rows: before + chains)
          }
          .map { (key, $0) }
          done += 1
        }
      }
    }
    return try table(found, search)
  }

  typealias KeyedEvents = [Value: [Int32]]

  /// The events of a step under each value of the key; without a key all under none.
  private func keyed(_ plan: Plan, _ key: SequenceSearch.Key?) throws(EvaluationError) -> KeyedEvents {
    guard case .records(_, let events) = try rows(plan) else { return [:] }
    let sorted = events.sorted()
    guard let key else { return [.missing: sorted] }
    var keyed: KeyedEvents = [:]
    for batch in RowSet.records(.event, sorted).batches() {
      try checkCancelled()
      guard case .records(_, let records) = batch else { continue }
      for (event, keys) in zip(records, try keys(key, batch)) {
        for key in keys { keyed[key, default: []].append(event) }
      }
    }
    return keyed
  }

  private func keys(_ key: SequenceSearch.Key, _ batch: Batch) throws(EvaluationError) -> [[Value]] {
    guard case .records(_, let records) = batch else { return [] }
    switch key {
    case .states: return records.map { states(of: $0).map { .entity(.actor, $0) } }
    case .pair: return records.map { pairs(of: $0) }
    case .expression(let expression):
      return try values(expression, batch).map { value in
        switch value {
        case .missing: []
        case .list(let elements): Self.unique(elements)
        default: [value]
        }
      }
    }
  }

  /// The states that take part, or are represented, in an event.
  private func states(of event: Int32) -> [Int32] {
    let represented = store.events.distinctActors(Int(event)).flatMap {
      store.representation.represented[Int($0)]
    }
    return Self.unique(represented.filter { store.actors[Int($0)].kind == .state })
  }

  private func pairs(of event: Int32) -> [Value] {
    let actors = store.events.distinctActors(Int(event)).sorted()
    return actors.indices.flatMap { first in
      actors[(first + 1)...].map { .list([.entity(.actor, actors[first]), .entity(.actor, $0)]) }
    }
  }

  private func length(_ expression: PlanExpression?) throws(EvaluationError) -> CalendarDuration? {
    guard let expression else { return nil }
    guard case .duration(let length)? = try values(expression, .single).first else { return nil }
    return length.calendar ?? CalendarDuration(months: 0, days: length.days.lowerBound)
  }

  private func table(
    _ chains: [(key: Value, events: [Int32])], _ search: SequenceSearch
  ) throws(EvaluationError) -> Table {
    let order = ValueOrder(store)
    let sorted = try sorted(chains) { a, b in
      if a.events.first != b.events.first { return (a.events.first ?? 0) < (b.events.first ?? 0) }
      let byKey = order.compare(a.key, b.key)
      return byKey != 0 ? byKey < 0 : a.events.lexicographicallyPrecedes(b.events)
    }
    let rows = sorted.map { chain in
      (search.key == nil ? [] : [chain.key]) + chain.events.map { Value.entity(.event, $0) } + [
        span(chain.events)
      ]
    }
    return Table(columns: search.columns, rows: rows)
  }

  /// From the first start to the last end.
  private func span(_ events: [Int32]) -> Value {
    guard let first = events.first, let last = events.last else { return .missing }
    let start = store.events.time.bounds(Int(first))
    let end = store.events.time.bounds(Int(last))
    let bounds = TimeBounds(
      startMin: start.startMin, startMax: start.startMax, endMin: end.endMin, endMax: end.endMax)
    return .time(TimeValue(EDTFTime.covering(bounds), bounds: bounds))
  }
}

/// The search for chains, all of whose conditions hold surely: a step counts as after another only if it is so in every
/// completion of both times, and a chain is whole only if surely nothing breaks it.
private struct Chains {
  let store: EventStore
  let steps: [Evaluator.KeyedEvents]
  let until: Evaluator.KeyedEvents?
  let within: CalendarDuration?
  let isEvery: Bool

  private var time: TimeColumn { store.events.time }

  /// The whole chains from an event on; `check` is told how many there are so far.
  func from(
    _ first: Int32, _ key: Value, _ check: (Int) throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> [[Int32]] {
    guard time.isRecorded(Int(first)) else { return [] }
    let limit = within.map { $0.added(toDay: time.bounds(Int(first)).startMin) }
    guard fits(first, limit) else { return [] }
    var whole: [[Int32]] = []
    var open = [[first]]
    while let chain = open.popLast() {
      try check(whole.count)
      guard chain.count < steps.count else {
        if !isBroken(chain, key) { whole.append(chain) }
        continue
      }
      // The last is tried first: the earliest goes on top.
      open += next(after: chain, key, limit).reversed().map { chain + [$0] }
    }
    return whole
  }

  /// The events that can come next: all of them, or the earliest.
  private func next(after chain: [Int32], _ key: Value, _ limit: Int?) -> [Int32] {
    guard let events = steps[chain.count][key], let last = chain.last else { return [] }
    let end = time.bounds(Int(last)).endMax
    var found: [Int32] = []
    for event in events[firstIndex(in: events, startingAfter: end)...] {
      if let limit, time.bounds(Int(event)).startMin > limit { break }
      guard fits(event, limit) else { continue }
      found.append(event)
      if !isEvery { break }
    }
    return found
  }

  private func fits(_ event: Int32, _ limit: Int?) -> Bool {
    time.isRecorded(Int(event)) && limit.map { time.bounds(Int(event)).endMax <= $0 } ?? true
  }

  /// Events lie by the earliest day of their start, those without a time last.
  private func firstIndex(in events: [Int32], startingAfter day: Int) -> Int {
    var low = 0
    var high = events.count
    while low < high {
      let middle = (low + high) / 2
      let event = Int(events[middle])
      if time.isRecorded(event), time.bounds(event).startMin <= day {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Whether some event of `until` perhaps falls between the first and the last, which are not between themselves.
  private func isBroken(_ chain: [Int32], _ key: Value) -> Bool {
    guard let events = until?[key], let first = chain.first, let last = chain.last else { return false }
    let earliest = time.bounds(Int(first)).endMin + 1
    let latest = time.bounds(Int(last)).startMax - 1
    return events.contains { event in
      if event == first || event == last { return false }
      guard time.isRecorded(Int(event)) else { return true }
      let bounds = time.bounds(Int(event))
      let start = max(bounds.startMin, earliest)
      let end = min(bounds.endMax, latest)
      return start <= bounds.startMax && bounds.endMin <= end && start <= end
    }
  }
}
