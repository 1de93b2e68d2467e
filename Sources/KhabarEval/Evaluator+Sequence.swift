import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Chains of events under a common key, by first event, then key.
  func sequence(_ search: SequenceSearch) throws(EvaluationError) -> Table {
    var found: [(key: Int32, events: [Int32])] = []
    let steps = try forEachChain(search) { (key, events) throws(EvaluationError) in
      found.append((key, events))
      try control.check(rows: found.count)
    }
    return try table(found, steps, search)
  }

  /// How many chains there are under each key; nil: the answer needs more than that.
  func countChains(_ search: SequenceSearch, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard grouping.dense == nil, grouping.aggregates.allSatisfy(\.isPlainCount),
      grouping.keys.allSatisfy({ search.key != nil && $0.expression.isColumn(0) }), grouping.keys.count < 2
    else { return nil }
    var counts: [Int] = []
    let steps = try forEachChain(search) { (key, _) throws(EvaluationError) in
      let key = Int(key)
      if key >= counts.count { counts += [Int](repeating: 0, count: max(64, key * 2) - counts.count) }
      counts[key] += 1
    }
    if grouping.keys.isEmpty { counts = [counts.reduce(0, +)] }
    let groups = counts.indices.filter { counts[$0] > 0 || grouping.keys.isEmpty }
    return GroupRows(
      count: groups.count,
      numbers: { _ in groups.map { Double(counts[$0]) } },
      key: { grouping.keys.isEmpty ? [] : [steps.numbering.value(Int32(truncatingIfNeeded: groups[$0]))] },
      aggregates: { group in grouping.aggregates.map { _ in .number(Double(counts[groups[group]])) } })
  }

  /// Tells each chain with the number of its key. The events of the chain are only lent.
  private func forEachChain(
    _ search: SequenceSearch, _ body: (Int32, [Int32]) throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> KeyedSteps {
    var steps = KeyedSteps(
      within: try length(search.within), isEvery: search.isEvery, numbering: KeyNumbering(search.key))
    let times = try timesThatCount(search.on)
    for plan in search.steps {
      steps.steps.append(try keyed(plan, search, times, &steps.numbering, isFirst: steps.steps.isEmpty))
    }
    if let until = search.until {
      steps.until = try keyed(until, search, times, &steps.numbering, isFirst: false)
    }
    guard let first = steps.steps.first else { return steps }
    try step(.sequence, of: first.events.count) { () throws(EvaluationError) in
      var chains = 0
      for key in 0..<first.keyCount {
        for entry in first.range(key) {
          if entry.isMultiple(of: Self.batchSize) { try report(entry, rows: chains) }
          try steps.chains(from: entry, key) { (events) throws(EvaluationError) in
            chains += 1
            if chains.isMultiple(of: Self.batchSize) { try checkCancelled() }
            try body(Int32(truncatingIfNeeded: key), events)
          }
        }
      }
    }
    return steps
  }

  /// The time of each event that counts in a sequence.
  private func timesThatCount(_ on: PlanExpression?) throws(EvaluationError) -> (Int32) -> TimeBounds? {
    let time = store.events.time
    guard let on else { return { time.isRecorded(Int($0)) ? time.bounds(Int($0)) : nil } }
    if case .dependent(let dependent) = on.kind, dependent.domain == .eventTimes,
      case .rowItself = dependent.reference.kind
    {
      let all = Array(0..<Int32(truncatingIfNeeded: time.table.count))
      let bounds = try self.bounds(dependent.expression, .eventTimes(all[...]))
      return { event in
        let index = time.index(Int(event))
        return index < 0 ? nil : bounds[Int(index)]
      }
    }
    var bounds: [TimeBounds?] = []
    for batch in RowSet.records(.event, Array(0..<Int32(store.events.count))).batches() {
      try checkCancelled()
      bounds += try self.bounds(on, batch)
    }
    return { bounds[Int($0)] }
  }

  /// The events of a step under each value of the key; without a key all under one.
  private func keyed(
    _ plan: Plan, _ search: SequenceSearch, _ times: (Int32) -> TimeBounds?, _ numbering: inout KeyNumbering,
    isFirst: Bool
  ) throws(EvaluationError) -> KeyedEvents {
    guard case .records(_, let events) = try rows(plan) else { return KeyedEvents() }
    var keyed = KeyedEvents.Collector()
    for batch in RowSet.records(.event, events).batches() {
      try checkCancelled()
      guard case .records(_, let records) = batch else { continue }
      switch search.key?.kind {
      case .none: for event in records { keyed.add(event, key: 0, times(event)) }
      case .eventKey(.pair):
        for event in records {
          let actors = store.events.distinctActors(Int(event))
          guard actors.count > 1 else { continue }
          let time = times(event)
          for (first, one) in actors.enumerated() {
            for other in actors[(first + 1)...] {
              let key = numbering.number(ofPair: min(one, other), max(one, other), isNew: isFirst)
              if key >= 0 { keyed.add(event, key: key, time) }
            }
          }
        }
      case .some:
        guard let key = search.key else { continue }
        for (event, value) in try zip(records, values(key, batch)) {
          let time = times(event)
          for key in Self.keys(value) {
            let number = numbering.number(of: key, isNew: isFirst)
            if number >= 0 { keyed.add(event, key: number, time) }
          }
        }
      }
    }
    return keyed.events()
  }

  private static func keys(_ value: Value) -> [Value] {
    switch value {
    case .missing: []
    case .list(let elements): unique(elements)
    default: [value]
    }
  }

  /// The values of a key that no field holds.
  func values(_ key: EventKey, of event: Int32) -> [Value] {
    switch key {
    case .states: states(of: event).map { .entity(.actor, $0) }
    case .pair: pairs(of: event)
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
    _ chains: [(key: Int32, events: [Int32])], _ steps: KeyedSteps, _ search: SequenceSearch
  ) throws(EvaluationError) -> Table {
    let order = ValueOrder(store)
    let times = try timesThatCount(search.on)
    let sorted = try sorted(chains) { a, b in
      if a.events.first != b.events.first { return (a.events.first ?? 0) < (b.events.first ?? 0) }
      let byKey =
        a.key == b.key ? 0 : order.compare(steps.numbering.value(a.key), steps.numbering.value(b.key))
      return byKey != 0 ? byKey < 0 : a.events.lexicographicallyPrecedes(b.events)
    }
    let rows = sorted.map { chain in
      (search.key == nil ? [] : [steps.numbering.value(chain.key)])
        + chain.events.map { Value.entity(.event, $0) } + [Self.span(chain.events, times)]
    }
    return Table(columns: search.columns, rows: rows)
  }

  /// From the first start to the last end.
  private static func span(_ events: [Int32], _ times: (Int32) -> TimeBounds?) -> Value {
    guard let first = events.first, let last = events.last, let start = times(first), let end = times(last)
    else { return .missing }
    let bounds = TimeBounds(
      startMin: start.startMin, startMax: start.startMax, endMin: end.endMin, endMax: end.endMax)
    return .time(TimeValue(EDTFTime.covering(bounds), bounds: bounds))
  }
}
