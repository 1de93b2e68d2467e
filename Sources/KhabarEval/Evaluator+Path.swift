import KhabarModel
import KhabarPlan

extension Evaluator {
  /// The shortest chain from one actor to another; of equally short chains the one whose events come first.
  ///
  /// Two searches, one from each end, go on by turns, always the one that has less to look at, until they meet: that
  /// gives the length. Then, from the start, each step takes the first event by which any of the actors reached so far
  /// comes one step nearer, and with it everybody whom it brings nearer; at last the chain is read backwards. Whether an
  /// event links is asked only of those that are come by.
  func path(_ search: PathSearch) throws(EvaluationError) -> Table {
    var table = Table(columns: PathSearch.columns, rows: [])
    guard search.from != search.to else { return table }
    var links = Links(self, try search.through.flatMap { plan throws(EvaluationError) in try allowed(plan) })
    let chain = try step(.path) { () throws(EvaluationError) in
      try links.chain(from: search.from, to: search.to, limit: search.limit ?? Int.max)
    }
    table.rows = chain.enumerated().map { step, link in
      [
        Value.number(Double(step + 1)), .entity(.actor, link.from), .entity(.event, link.event),
        .entity(.actor, link.to),
      ]
    }
    return table
  }

  /// Which events a query has: by its conditions, asked when an event is met, or all of them at once; nil: every event.
  private func allowed(_ plan: Plan) throws(EvaluationError) -> AllowedEvents? {
    let (conditions, below) = filters(plan)
    if profile == nil, case .scan(.event) = below {
      return conditions.isEmpty ? nil : AllowedEvents(store.events.count, conditions)
    }
    var allowed = AllowedEvents(store.events.count, [])
    if case .records(_, let events) = try rows(plan) { allowed.link(events) }
    return allowed
  }
}

/// A truth for each of many numbers, in a bit.
private struct Bits {
  private var words: [UInt64]

  init(_ count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  subscript(number: Int32) -> Bool {
    get { words[Int(number >> 6)] >> UInt64(number & 63) & 1 != 0 }
    set {
      let bit = UInt64(1) << UInt64(number & 63)
      if newValue { words[Int(number >> 6)] |= bit } else { words[Int(number >> 6)] &= ~bit }
    }
  }
}

/// The events that may link actors.
private struct AllowedEvents {
  private var isAsked: Bits
  private var mayLink: Bits
  /// What is to be asked; none: all that may link are known.
  private let conditions: [PlanExpression]

  init(_ count: Int, _ conditions: [PlanExpression]) {
    isAsked = Bits(count)
    mayLink = Bits(count)
    self.conditions = conditions
  }

  mutating func link(_ events: [Int32]) { for event in events { mayLink[event] = true } }

  /// Of some events those that may link.
  mutating func linking(_ events: [Int32], _ evaluator: Evaluator) throws(EvaluationError) -> [Int32] {
    if !conditions.isEmpty {
      let unasked = events.filter { !isAsked[$0] }
      for event in unasked { isAsked[event] = true }
      link(try evaluator.kept(unasked, .event, conditions))
    }
    return events.filter { mayLink[$0] }
  }
}

/// Actors linked by taking part in the same events.
private struct Links {
  typealias Link = (from: Int32, event: Int32, to: Int32)

  private let evaluator: Evaluator
  private let store: EventStore
  private let participations: ParticipationColumns
  private var allowed: AllowedEvents?
  /// What the searches from the start and from the end have reached.
  private var near: Reach
  private var far: Reach
  /// Of actors how many steps are known not to lead to the end.
  private var farther: [Int32: Int32] = [:]

  init(_ evaluator: Evaluator, _ allowed: AllowedEvents?) {
    self.evaluator = evaluator
    self.allowed = allowed
    store = evaluator.store
    participations = store.events.participations
    near = Reach(store)
    far = Reach(store)
  }

  /// Whom a search has reached, and in how many steps.
  private struct Reach {
    /// -1 where it was not reached.
    var distances: [Int32]
    /// Who was reached by the last whole step.
    var frontier: [Int32] = []
    var steps: Int32 = 0
    /// Events that have been looked at.
    var isUsed: Bits

    init() {
      distances = []
      isUsed = Bits(0)
    }

    init(_ store: EventStore) {
      distances = [Int32](repeating: -1, count: store.actors.count)
      isUsed = Bits(store.events.count)
    }

    mutating func begin(_ actor: Int32) {
      distances[Int(actor)] = 0
      frontier = [actor]
    }
  }

  /// - Returns: No link where there is no chain of at most so many.
  mutating func chain(from start: Int32, to end: Int32, limit: Int) throws(EvaluationError) -> [Link] {
    near.begin(start)
    far.begin(end)
    while Int(near.steps + far.steps) < limit {
      if near.frontier.isEmpty || far.frontier.isEmpty { return [] }
      let goesNear = work(near.frontier) < work(far.frontier)
      if goesNear ? try advance(\.near, until: \.far) : try advance(\.far, until: \.near) {
        // The step in which they met was not taken whole: only those before count.
        let length = near.steps + far.steps + 1
        return try chain(from: start, to: end, length: length)
      }
    }
    return []
  }

  /// How many events would have to be looked at.
  private func work(_ actors: [Int32]) -> Int {
    actors.reduce(0) { $0 + store.eventsOfActor.range(Int($1)).count }
  }

  /// One step further, those of few events first.
  ///
  /// - Returns: Whether it meets the other search; then the step was broken off.
  private mutating func advance(
    _ own: WritableKeyPath<Links, Reach>, until others: KeyPath<Links, Reach>
  ) throws(EvaluationError) -> Bool {
    let other = self[keyPath: others].distances
    // Taken out, so that it is changed where it lies.
    var reach = self[keyPath: own]
    self[keyPath: own] = Reach()
    defer { self[keyPath: own] = reach }
    var next: [Int32] = []
    let sizes = reach.frontier.map { (actor: $0, events: store.eventsOfActor.range(Int($0)).count) }
    for (actor, _) in sizes.sorted(by: { $0.events < $1.events }) {
      for batch in batches(ofEventsOf: actor) {
        try evaluator.report(0, rows: next.count)
        let events = try linking(batch.withBuffer { batch in batch.filter { !reach.isUsed[$0] } })
        for event in events { reach.isUsed[event] = true }
        for met in actors(of: events) {
          if other[Int(met)] >= 0 { return true }
          guard reach.distances[Int(met)] < 0 else { continue }
          reach.distances[Int(met)] = reach.steps + 1
          next.append(met)
        }
      }
    }
    reach.frontier = next
    reach.steps += 1
    return false
  }

  private func batches(ofEventsOf actor: Int32) -> some Sequence<Column<Int32>> {
    let all = store.eventsOfActor[Int(actor)]
    return stride(from: 0, to: all.count, by: Evaluator.batchSize).lazy.map { start in
      all.slice(start..<min(start + Evaluator.batchSize, all.count))
    }
  }

  /// Who takes part in some events, one event after the other.
  private func actors(of events: [Int32]) -> [Int32] {
    participations.actor.codes(of: participations.ofEvent.places(ofRows: events[...])[...])
  }

  private mutating func linking(_ events: [Int32]) throws(EvaluationError) -> [Int32] {
    try allowed?.linking(events, evaluator) ?? events
  }

  // MARK: - The chain

  private mutating func chain(from start: Int32, to end: Int32, length: Int32) throws(EvaluationError)
    -> [Link]
  {
    // What was reached in the step that was broken off may be farther than it seems.
    for actor in far.distances.indices where far.distances[actor] > far.steps { far.distances[actor] = -1 }
    var reached: [(actors: [Int32], event: Int32)] = []
    var actors = [start]
    for distance in stride(from: length - 1, through: 0, by: -1) {
      guard let event = try firstEvent(of: actors, leadingTo: distance) else { return [] }
      let present = store.events.distinctActors(Int(event))
      reached.append((actors.filter { present.contains($0) }, event))
      var nearer: [Int32] = []
      for actor in present where try isAway(actor, distance) { nearer.append(actor) }
      actors = nearer
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

  /// The first event of any of the actors in which somebody takes part who is so many steps away from the end.
  private mutating func firstEvent(of actors: [Int32], leadingTo distance: Int32) throws(EvaluationError)
    -> Int32?
  {
    var first: Int32?
    for actor in actors {
      search: for batch in batches(ofEventsOf: actor) {
        try evaluator.report(0, rows: 0)
        if let first, let next = batch.first, next >= first { break }
        let events = try linking(batch.withBuffer { Array($0) })
        let present = self.actors(of: events)
        var next = 0
        for event in events {
          if let first, event >= first { break search }
          let count = participations.range(Int(event)).count
          defer { next += count }
          for other in present[next..<next + count] where try isAway(other, distance) {
            first = event
            break search
          }
        }
      }
    }
    return first
  }

  /// Whether an actor is so many steps away from the end, who cannot be nearer.
  private mutating func isAway(_ actor: Int32, _ distance: Int32) throws(EvaluationError) -> Bool {
    let known = far.distances[Int(actor)]
    if known >= 0 { return known == distance }
    // All who are as near as the search from the end has gone have been reached by it.
    guard distance > far.steps, farther[actor] ?? -1 < distance else { return false }
    let isSo = try firstEvent(of: [actor], leadingTo: distance - 1) != nil
    if isSo { far.distances[Int(actor)] = distance } else { farther[actor] = distance }
    return isSo
  }
}
