import KhabarModel
import KhabarPlan

extension Evaluator {
  /// Who took part with whom, and in how many of the events: the most first, then by their ids.
  func links(_ input: RowSet) throws(EvaluationError) -> Table {
    guard case .records(.event, let events) = input else { return Table(columns: Plan.linkColumns, rows: []) }
    let rank = ranks()
    var pairs = PairTable()
    var found: [(from: Int32, to: Int32, count: Int)] = []
    for (position, event) in events.enumerated() {
      if position.isMultiple(of: Self.batchSize) { try checkCancelled() }
      let actors = store.events.distinctActors(Int(event)).sorted { rank[Int($0)] < rank[Int($1)] }
      for (index, from) in actors.enumerated() {
        for to in actors[(index + 1)...] {
          let pair = Int(pairs.id(from, to))
          if pair == found.count { found.append((from, to, 0)) }
          found[pair].count += 1
        }
        if index.isMultiple(of: Self.batchSize) { try checkCancelled() }
      }
    }
    let order = try sorted(found) { a, b in
      if a.count != b.count { return a.count > b.count }
      let first = (rank[Int(a.from)], rank[Int(a.to)])
      return first < (rank[Int(b.from)], rank[Int(b.to)])
    }
    let rows = order.map { pair in
      [Value.entity(.actor, pair.from), .entity(.actor, pair.to), .number(Double(pair.count))]
    }
    return Table(columns: Plan.linkColumns, rows: rows)
  }

  /// The place of each actor in the order of their ids.
  private func ranks() -> [Int32] {
    let ids = store.actors.map(\.id)
    var ranks = [Int32](repeating: 0, count: ids.count)
    for (rank, actor) in ids.indices.sorted(by: { ids[$0] < ids[$1] }).enumerated() {
      ranks[actor] = Int32(truncatingIfNeeded: rank)
    }
    return ranks
  }
}
