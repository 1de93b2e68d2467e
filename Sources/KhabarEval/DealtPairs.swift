import EDTF
import KhabarModel
import KhabarPlan

// Pairs of participants are many and come in no order. They are dealt out by their hashes into shares, each of which fits
// into the processor's cache while it is worked upon, on whichever thread.

/// A pair of actors in one number, the lesser of them first.
struct ActorPair: Hashable, Sendable {
  let bits: UInt64

  init(_ one: Int32, _ other: Int32) {
    bits = UInt64(UInt32(bitPattern: min(one, other))) << 32 | UInt64(UInt32(bitPattern: max(one, other)))
  }

  var value: Value {
    .list([
      .entity(.actor, Int32(truncatingIfNeeded: bits >> 32)),
      .entity(.actor, Int32(truncatingIfNeeded: bits)),
    ])
  }

  fileprivate var hash: UInt64 { bits &* 0x9E37_79B9_7F4A_7C15 }

  /// Which share it is dealt to.
  var share: Int { Int(hash >> (64 - UInt64(Self.shareBits))) }

  private static let shareBits = 6
  static let shares = 1 << shareBits
}

/// Numbers of the pairs of a share, from 0 as they come.
struct ShareNumbering {
  private var slots: [UInt32]
  private(set) var pairs: [ActorPair] = []

  /// - Parameter most: How many different ones there are at most.
  init(most: Int) {
    var size = 64
    while size < most * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  /// -1 where the pair has no number and `isNew` does not say that it gets one.
  mutating func number(_ pair: ActorPair, isNew: Bool) -> Int {
    var slot = Int(truncatingIfNeeded: pair.hash >> 20) & (slots.count - 1)
    while slots[slot] != 0 {
      if pairs[Int(slots[slot]) - 1] == pair { return Int(slots[slot]) - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard isNew else { return -1 }
    pairs.append(pair)
    slots[slot] = UInt32(truncatingIfNeeded: pairs.count)
    return pairs.count - 1
  }
}

/// An event of a pair, of which only the first day on which it may start and the last on which it may end matter.
struct DealtEvent {
  let pair: ActorPair
  let firstDay: Int32
  let lastDay: Int32

  /// How often, under each pair, one of the second events surely comes after one of the first, and both last no longer
  /// than `within`.
  static func followers(
    _ first: [[DealtEvent]], _ second: [[DealtEvent]], _ within: CalendarDuration?
  ) -> (pairs: [ActorPair], counts: [Int]) {
    var numbering = ShareNumbering(most: first.reduce(0) { $0 + $1.count })
    let earlier = EventDays(first, &numbering, isNew: true)
    let later = EventDays(second, &numbering, isNew: false)
    let counts = (0..<numbering.pairs.count).map { key -> Int in
      let others = later.range(key)
      return others.isEmpty ? 0 : earlier.followers(earlier.range(key), later, others, within)
    }
    return (numbering.pairs, counts)
  }
}

/// The days of events by their pair, within it by the first.
private struct EventDays {
  private var starts: [Int32]
  private var firstDays: [Int32]
  private var lastDays: [Int32]

  init(_ parts: [[DealtEvent]], _ numbering: inout ShareNumbering, isNew: Bool) {
    var keys: [Int32] = []
    keys.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for event in parts.joined() {
      keys.append(Int32(truncatingIfNeeded: numbering.number(event.pair, isNew: isNew)))
    }
    starts = [Int32](repeating: 0, count: numbering.pairs.count + 1)
    for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
    for key in starts.indices.dropFirst() { starts[key] += starts[key - 1] }
    var next = starts
    let count = Int(starts.last ?? 0)
    firstDays = [Int32](repeating: 0, count: count)
    lastDays = firstDays
    for (event, key) in zip(parts.joined(), keys) where key >= 0 {
      let place = Int(next[Int(key)])
      next[Int(key)] += 1
      firstDays[place] = event.firstDay
      lastDays[place] = event.lastDay
    }
    for key in 0..<numbering.pairs.count { sort(range(key)) }
  }

  func range(_ key: Int) -> Range<Int> { Int(starts[key])..<Int(starts[key + 1]) }

  /// Events mostly come in this order.
  private mutating func sort(_ range: Range<Int>) {
    if range.count < 2 || range.dropLast().allSatisfy({ firstDays[$0] <= firstDays[$0 + 1] }) { return }
    let sorted = range.map { (firstDays[$0], lastDays[$0]) }.sorted { $0.0 < $1.0 }
    for (place, days) in zip(range, sorted) { (firstDays[place], lastDays[place]) = days }
  }

  func followers(
    _ range: Range<Int>, _ other: EventDays, _ others: Range<Int>, _ within: CalendarDuration?
  ) -> Int {
    var count = 0
    var next = others.lowerBound
    for place in range {
      let limit =
        within.map { $0.added(toDay: StoredDay.decode(firstDays[place])) }.map(StoredDay.encode) ?? Int32.max
      let end = lastDays[place]
      if end > limit { continue }
      // Mostly the next event ends later than the one before; where not, its followers begin further back.
      while next > others.lowerBound, other.firstDays[next - 1] > end { next -= 1 }
      while next < others.upperBound, other.firstDays[next] <= end { next += 1 }
      var follower = next
      while follower < others.upperBound, other.firstDays[follower] <= limit {
        count += other.lastDays[follower] <= limit ? 1 : 0
        follower += 1
      }
    }
    return count
  }
}
