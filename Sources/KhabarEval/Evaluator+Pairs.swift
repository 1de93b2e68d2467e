import KhabarModel
import KhabarPlan

// Who takes part with whom, counted: `events | summarize count by pair`.
//
// Pairs are many and come in no order. They are first dealt out by their hashes, so that each share fits into the processor's
// cache while it is counted; parts of the events, and then shares of the pairs, on several threads.

extension Evaluator {
  /// How many events each pair of participants shares, and at last how many have no pair; nil: the query asks for more.
  func countPairs(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard grouping.keys.count == 1, case .eventKey(.pair)? = grouping.keys.first?.expression.kind,
      grouping.dense == nil, grouping.aggregates.allSatisfy(\.isPlainCount), let stream = try stream(input)
    else { return nil }
    let dealt = try step(.groups, of: stream.count) { () throws(EvaluationError) in
      try parts(of: stream, []) { evaluator, positions throws(EvaluationError) in
        try evaluator.dealtPairs(stream, positions)
      }
    }
    let shares = try counted(dealt)
    let pairs = shares.flatMap(\.pairs)
    var counts = shares.flatMap(\.counts)
    let lonely = dealt.reduce(0) { $0 + $1.lonely }
    if lonely > 0 { counts.append(lonely) }
    try control.check(rows: counts.count)
    return GroupRows(
      count: counts.count,
      numbers: { _ in counts.map(Double.init) },
      key: { group in [group < pairs.count ? DealtPairs.value(pairs[group]) : .missing] },
      aggregates: { group in grouping.aggregates.map { _ in .number(Double(counts[group])) } })
  }

  private func dealtPairs(_ stream: RowStream, _ positions: Range<Int>) throws(EvaluationError) -> DealtPairs {
    var pairs = DealtPairs()
    let participations = store.events.participations
    var actors: [Int32] = []
    try forEachBatch(stream, positions) { (batch) throws(EvaluationError) in
      guard case .records(.event, let events) = batch else { return }
      try control.check()
      for event in events {
        actors.removeAll(keepingCapacity: true)
        for row in participations.range(Int(event)) {
          let actor = participations.actor[row]
          if !actors.contains(actor) { actors.append(actor) }
        }
        pairs.add(actors)
      }
    }
    return pairs
  }

  private func counted(_ dealt: [DealtPairs]) throws(EvaluationError) -> [CountedPairs] {
    let outcomes = Outcomes<CountedPairs>(DealtPairs.shares)
    let dealt = Unshared(dealt)
    let control = control
    Workers.run(DealtPairs.shares, threads: control.threads) { _, share in
      outcomes.set(
        share,
        Result { () throws(EvaluationError) in
          try control.check()
          return CountedPairs(dealt.value.map { $0.pairs[share] })
        })
    }
    return try outcomes.all()
  }
}

/// Pairs of actors, dealt out by their hashes.
private struct DealtPairs {
  static let shares = 64
  var pairs = [[UInt64]](repeating: [], count: shares)
  /// Events of fewer than two actors.
  var lonely = 0

  mutating func add(_ actors: [Int32]) {
    if actors.count < 2 { lonely += 1 }
    for (index, one) in actors.enumerated() {
      for other in actors[(index + 1)...] {
        let pair =
          UInt64(UInt32(bitPattern: min(one, other))) << 32 | UInt64(UInt32(bitPattern: max(one, other)))
        pairs[Int(Self.hash(pair) >> 58)].append(pair)
      }
    }
  }

  static func hash(_ pair: UInt64) -> UInt64 { pair &* 0x9E37_79B9_7F4A_7C15 }

  static func value(_ pair: UInt64) -> Value {
    .list([
      .entity(.actor, Int32(truncatingIfNeeded: pair >> 32)), .entity(.actor, Int32(truncatingIfNeeded: pair)),
    ])
  }
}

/// Each different pair of a share, and how often it is there.
private struct CountedPairs {
  private(set) var pairs: [UInt64] = []
  private(set) var counts: [Int] = []

  init(_ parts: [[UInt64]]) {
    let all = parts.reduce(0) { $0 + $1.count }
    var size = 64
    while size < all * 2 { size *= 2 }
    // No pair is of an actor with itself.
    var slots = [UInt64](repeating: 0, count: size)
    var found = [UInt32](repeating: 0, count: size)
    for part in parts {
      for pair in part {
        var slot = Int(truncatingIfNeeded: DealtPairs.hash(pair) >> 20) & (size - 1)
        while found[slot] != 0, slots[slot] != pair { slot = (slot + 1) & (size - 1) }
        slots[slot] = pair
        found[slot] &+= 1
      }
    }
    for slot in 0..<size where found[slot] > 0 {
      pairs.append(slots[slot])
      counts.append(Int(found[slot]))
    }
  }
}
