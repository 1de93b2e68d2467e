import KhabarModel
import KhabarPlan

extension Evaluator {
  /// The shortest chain from one actor to another; of equally short chains the one whose events come first.
  ///
  /// A search from the end gives each actor its distance. Then, from the start, each step takes the first event by which
  /// any of the actors reached so far comes one step nearer, and with it everybody whom it brings nearer; at last the
  /// chain is read backwards.
  func path(_ search: PathSearch) throws(EvaluationError) -> Table {
    var allowed: [Bool]?
    if let through = search.through, case .records(_, let events) = try rows(through) {
      var mask = [Bool](repeating: false, count: store.events.count)
      for event in events { mask[Int(event)] = true }
      allowed = mask
    }
    let links = Links(store: store, allowed: allowed)
    let distances = try step(.path) { () throws(EvaluationError) in
      try self.distances(links, from: search.to, until: search.from, limit: search.limit)
    }
    guard distances[Int(search.from)] > 0 else { return Table(columns: PathSearch.columns, rows: []) }
    let chain = self.chain(links, distances, from: search.from, to: search.to)
    let rows = chain.enumerated().map { step, link in
      [
        Value.number(Double(step + 1)), .entity(.actor, link.from), .entity(.event, link.event),
        .entity(.actor, link.to),
      ]
    }
    return Table(columns: PathSearch.columns, rows: rows)
  }

  private struct Links {
    let store: EventStore
    let allowed: [Bool]?

    func events(of actor: Int32) -> [Int32] {
      store.eventsOfActor[Int(actor)].filter { allowed?[Int($0)] ?? true }
    }

    func actors(of event: Int32) -> [Int32] { store.events.distinctActors(Int(event)) }
  }

  private typealias Link = (from: Int32, event: Int32, to: Int32)

  /// Steps from each actor to the start of the search; -1 where it was not reached.
  private func distances(
    _ links: Links, from start: Int32, until goal: Int32, limit: Int?
  ) throws(EvaluationError) -> [Int] {
    var distances = [Int](repeating: -1, count: store.actors.count)
    var isUsed = [Bool](repeating: false, count: store.events.count)
    distances[Int(start)] = 0
    var frontier = [start]
    var distance = 0
    var reached = 1
    while !frontier.isEmpty, distances[Int(goal)] < 0, distance < limit ?? Int.max {
      distance += 1
      var next: [Int32] = []
      for actor in frontier {
        try report(0, rows: reached + next.count)
        for event in links.events(of: actor) where !isUsed[Int(event)] {
          isUsed[Int(event)] = true
          for other in links.actors(of: event) where distances[Int(other)] < 0 {
            distances[Int(other)] = distance
            next.append(other)
          }
        }
      }
      reached += next.count
      frontier = next
    }
    return distances
  }

  private func chain(_ links: Links, _ distances: [Int], from start: Int32, to end: Int32) -> [Link] {
    var reached: [(actors: [Int32], event: Int32)] = []
    var actors = [start]
    for distance in stride(from: distances[Int(start)] - 1, through: 0, by: -1) {
      let events = actors.flatMap { links.events(of: $0) }
      let nearer = events.filter { links.actors(of: $0).contains { distances[Int($0)] == distance } }
      guard let event = nearer.min() else { return [] }
      let present = links.actors(of: event)
      reached.append((actors.filter { present.contains($0) }, event))
      actors = present.filter { distances[Int($0)] == distance }
    }
    var chain: [Link] = []
    var target = end
    for step in reached.reversed() {
      guard let source = step.actors.min() else { return [] }
      chain.append((source, step.event, target))
      target = source
    }
    return chain.reversed()
  }
}
