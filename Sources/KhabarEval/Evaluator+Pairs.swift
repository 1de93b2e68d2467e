import KhabarModel
import KhabarPlan

// Who takes part with whom, counted: `events | summarize count by pair`; and how often one thing followed another between the
// same two: `sequence by pair (…) then (…) | summarize count by key`. Parts of the events, and then shares of the pairs, are
// worked upon on several threads.

extension Evaluator {
  /// How many events each pair of participants shares, and at last how many have no pair; nil: the query asks for more.
  func countPairs(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard grouping.keys.count == 1, case .eventKey(.pair)? = grouping.keys.first?.expression.kind,
      grouping.dense == nil, grouping.aggregates.allSatisfy(\.isPlainCount), let stream = try stream(input)
    else { return nil }
    let dealt = try step(.groups, of: stream.count) { () throws(EvaluationError) in
      try dealtPairs(stream)
    }
    let parts = Unshared(dealt)
    let shares = try counts { share throws(EvaluationError) in
      let pairs = parts.value.map { $0.pairs[share] }
      var numbering = ShareNumbering(most: pairs.reduce(0) { $0 + $1.count })
      var counts: [Int] = []
      for pair in pairs.joined() {
        let number = numbering.number(pair, isNew: true)
        if number == counts.count { counts.append(1) } else { counts[number] += 1 }
      }
      return (numbering.pairs, counts)
    }
    return try groupRows(shares, lonely: dealt.reduce(0) { $0 + $1.lonely }, grouping)
  }

  /// How many chains there are under each pair, or in all; nil: the query asks for more.
  func countChains(_ search: SequenceSearch, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard grouping.dense == nil, grouping.aggregates.allSatisfy(\.isPlainCount), grouping.keys.count < 2,
      grouping.keys.allSatisfy({ search.key != nil && $0.expression.isColumn(0) })
    else { return nil }
    guard case .eventKey(.pair)? = search.key?.kind, search.steps.count == 2, search.isEvery,
      search.until == nil
    else { return try countChainsByValue(search, grouping) }
    let times = try timesThatCount(search.on)
    let within = try length(search.within)
    let dealt = Unshared((try dealtEvents(search.steps[0], times), try dealtEvents(search.steps[1], times)))
    let shares = try counts { share throws(EvaluationError) in
      let (first, second) = dealt.value
      return DealtEvent.followers(first.map { $0[share] }, second.map { $0[share] }, within)
    }
    return try groupRows(shares, lonely: 0, grouping)
  }

  private func countChainsByValue(
    _ search: SequenceSearch, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> GroupRows? {
    let steps = try keyedSteps(search)
    let counts = try step(.sequence) { () throws(EvaluationError) in try steps.countChains(control) }
    if grouping.keys.isEmpty { return groupRows(of: [counts.reduce(0, +)], grouping) { _ in [] } }
    let present = counts.indices.filter { counts[$0] > 0 }
    return groupRows(of: present.map { counts[$0] }, grouping) { group in
      [steps.numbering.value(Int32(truncatingIfNeeded: present[group]))]
    }
  }

  // MARK: - Dealing

  private struct DealtPairs {
    var pairs = [[ActorPair]](repeating: [], count: ActorPair.shares)
    /// How many events have no pair.
    var lonely = 0
  }

  private func dealtPairs(_ stream: RowStream) throws(EvaluationError) -> [DealtPairs] {
    try parts(of: stream, []) { (evaluator, positions) throws(EvaluationError) -> DealtPairs in
      var dealt = DealtPairs()
      dealt.lonely = try evaluator.forEachPair(stream, positions) { pair, _ in
        dealt.pairs[pair.share].append(pair)
      }
      return dealt
    }
  }

  /// The events of a step by their pairs, of each part of them and each share.
  private func dealtEvents(_ plan: Plan, _ times: SequenceTimes) throws(EvaluationError) -> [[[DealtEvent]]] {
    let stream: RowStream
    if let found = try self.stream(plan) {
      stream = found
    } else if case .records(let kind, let rows) = try rows(plan) {
      stream = RowStream(kind: kind, base: .rows(rows))
    } else {
      return []
    }
    return try parts(of: stream, []) { (evaluator, positions) throws(EvaluationError) -> [[DealtEvent]] in
      var dealt = [[DealtEvent]](repeating: [], count: ActorPair.shares)
      var numbers: [Int32] = []
      _ = try evaluator.forEachPair(stream, positions, batch: { numbers = times.numbers($0) }) {
        pair, place in
        let time = Int(numbers[place])
        guard time >= 0, let bounds = times.bounds[time] else { return }
        dealt[pair.share].append(
          DealtEvent(
            pair: pair, firstDay: StoredDay.encode(bounds.startMin), lastDay: StoredDay.encode(bounds.endMax))
        )
      }
      return dealt
    }
  }

  /// - Returns: How many events have no pair.
  ///
  /// - Parameters:
  ///   - batch: Told of the events that come next.
  ///   - body: Told of each pair and the place of its event in the batch.
  private func forEachPair(
    _ stream: RowStream, _ positions: Range<Int>, batch begin: (ArraySlice<Int32>) -> Void = { _ in },
    _ body: (ActorPair, Int) -> Void
  ) throws(EvaluationError) -> Int {
    let participations = store.events.participations
    var lonely = 0
    try forEachBatch(stream, positions) { (batch) throws(EvaluationError) in
      guard case .records(.event, let events) = batch else { return }
      try control.check()
      begin(events)
      let places = participations.ofEvent.places(ofRows: events)
      let actors = participations.actor.codes(of: places[...])
      var next = 0
      for (place, event) in events.enumerated() {
        let end = next + participations.range(Int(event)).count
        var isLonely = true
        for one in next..<end {
          for other in one + 1..<max(end, one + 1) where actors[other] != actors[one] {
            // Who is listed twice makes no pair twice.
            guard !actors[next..<one].contains(actors[one]), !actors[next..<other].contains(actors[other])
            else {
              continue
            }
            isLonely = false
            body(ActorPair(actors[one], actors[other]), place)
          }
        }
        if isLonely { lonely += 1 }
        next = end
      }
    }
    return lonely
  }

  // MARK: - Counting

  private typealias Counts = (pairs: [ActorPair], counts: [Int])

  /// What is counted of each share.
  private func counts(
    _ count: @escaping (Int) throws(EvaluationError) -> Counts
  ) throws(EvaluationError) -> [Counts] {
    let outcomes = Outcomes<Counts>(ActorPair.shares)
    let count = Unshared(count)
    let control = control
    Workers.run(ActorPair.shares, threads: control.threads) { _, share in
      outcomes.set(
        share,
        Result { () throws(EvaluationError) in
          try control.check()
          return try count.value(share)
        })
    }
    return try outcomes.all()
  }

  private func groupRows(
    _ shares: [Counts], lonely: Int, _ grouping: PlanGrouping
  ) throws(EvaluationError) -> GroupRows {
    if grouping.keys.isEmpty {
      let all = shares.reduce(0) { $0 + $1.counts.reduce(0, +) }
      return groupRows(of: [all], grouping) { _ in [] }
    }
    var pairs: [ActorPair] = []
    var counts: [Int] = []
    for share in shares {
      for (pair, count) in zip(share.pairs, share.counts) where count > 0 {
        pairs.append(pair)
        counts.append(count)
      }
    }
    if lonely > 0 { counts.append(lonely) }
    try control.check(rows: counts.count)
    return groupRows(of: counts, grouping) { [$0 < pairs.count ? pairs[$0].value : .missing] }
  }

  private func groupRows(
    of counts: [Int], _ grouping: PlanGrouping, key: @escaping (Int) -> [Value]
  ) -> GroupRows {
    GroupRows(
      count: counts.count,
      numbers: { _ in counts.map(Double.init) },
      key: key,
      aggregates: { group in grouping.aggregates.map { _ in .number(Double(counts[group])) } })
  }
}
