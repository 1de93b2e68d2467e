import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Chains of events under a common key, by first event, then key.
  func sequence(_ search: SequenceSearch) throws(EvaluationError) -> Table {
    var found: [(key: Int32, events: [Int32])] = []
    let steps = try keyedSteps(search)
    try step(.sequence, of: steps.steps.first?.events.count) { () throws(EvaluationError) in
      try steps.forEachChain(control) { (key, events) throws(EvaluationError) in
        found.append((key, events))
        try control.check(rows: found.count)
      }
    }
    return try table(found, steps, search)
  }

  /// The events of all steps by their keys.
  func keyedSteps(_ search: SequenceSearch) throws(EvaluationError) -> KeyedSteps {
    var steps = KeyedSteps(try length(search.within), isEvery: search.isEvery, KeyNumbering(search.key))
    let times = try timesThatCount(search.on)
    for plan in search.steps {
      steps.steps.append(try keyed(plan, search, times, &steps.numbering, isFirst: steps.steps.isEmpty))
    }
    if let until = search.until {
      steps.until = try keyed(until, search, times, &steps.numbering, isFirst: false)
    }
    return steps
  }

  /// The time of each event that counts in a sequence.
  func timesThatCount(_ on: PlanExpression?) throws(EvaluationError) -> SequenceTimes {
    let time = store.events.time
    if on == nil || on?.dependentOnOwnTime != nil {
      let all = Array(0..<Int32(truncatingIfNeeded: time.table.count))
      let bounds =
        try on?.dependentOnOwnTime.map { dependent throws(EvaluationError) in
          try self.bounds(dependent.expression, .eventTimes(all[...]))
        } ?? all.map { time.table.bounds(Int($0)) }
      return SequenceTimes(bounds: bounds) { time.indices(of: $0) }
    }
    var bounds: [TimeBounds?] = []
    if let on {
      for batch in RowSet.records(.event, Array(0..<Int32(store.events.count))).batches() {
        try checkCancelled()
        bounds += try self.bounds(on, batch)
      }
    }
    return SequenceTimes(bounds: bounds) { Array($0) }
  }

  /// The events of a step under each value of the key; without a key all under one.
  private func keyed(
    _ plan: Plan, _ search: SequenceSearch, _ times: SequenceTimes, _ numbering: inout KeyNumbering,
    isFirst: Bool
  ) throws(EvaluationError) -> KeyedEvents {
    guard case .records(_, let events) = try rows(plan) else { return KeyedEvents() }
    var keyed = KeyedEvents.Collector(times)
    for batch in RowSet.records(.event, events).batches() {
      try checkCancelled()
      guard case .records(_, let records) = batch else { continue }
      let times = times.numbers(records)
      guard let key = search.key else {
        for (event, time) in zip(records, times) { keyed.add(event, key: 0, time: time) }
        continue
      }
      for (index, value) in try values(key, batch).enumerated() {
        for key in Self.keys(value) {
          let number = numbering.number(of: key, isNew: isFirst)
          if number >= 0 { keyed.add(records[records.startIndex + index], key: number, time: times[index]) }
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

  func length(_ expression: PlanExpression?) throws(EvaluationError) -> CalendarDuration? {
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
  private static func span(_ events: [Int32], _ times: SequenceTimes) -> Value {
    guard let first = events.first, let last = events.last, let start = times.bounds(of: first),
      let end = times.bounds(of: last)
    else { return .missing }
    let bounds = TimeBounds(
      startMin: start.startMin, startMax: start.startMax, endMin: end.endMin, endMax: end.endMax)
    return .time(TimeValue(EDTFTime.covering(bounds), bounds: bounds))
  }
}
