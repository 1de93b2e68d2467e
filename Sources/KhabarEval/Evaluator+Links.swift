import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Who took part with whom, and in how many of the events: the most first, then by their ids.
  func links(_ input: RowSet) throws(EvaluationError) -> Table {
    guard case .records(.event, let events) = input else { return Table(columns: Plan.linkColumns, rows: []) }
    var counts: [ActorPair: Int] = [:]
    for (position, event) in events.enumerated() {
      if position.isMultiple(of: Self.batchSize) { try checkCancelled() }
      let actors = store.events.distinctActors(Int(event)).sorted { isBefore($0, $1) }
      for (index, from) in actors.enumerated() {
        for to in actors[(index + 1)...] { counts[ActorPair(from: from, to: to), default: 0] += 1 }
        if index.isMultiple(of: Self.batchSize) { try checkCancelled() }
      }
    }
    let order = counts.sorted { a, b in
      if a.value != b.value { return a.value > b.value }
      return a.key.from != b.key.from
        ? isBefore(a.key.from, b.key.from) : isBefore(a.key.to, b.key.to)
    }
    let rows = order.map { pair, count in
      [Value.entity(.actor, pair.from), .entity(.actor, pair.to), .number(Double(count))]
    }
    return Table(columns: Plan.linkColumns, rows: rows)
  }

  private func isBefore(_ a: Int32, _ b: Int32) -> Bool { store.id(.actor, a) < store.id(.actor, b) }
}

private struct ActorPair: Hashable {
  var from: Int32
  var to: Int32
}
