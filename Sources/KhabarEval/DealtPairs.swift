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
      .entity(.actor, Int32(truncatingIfNeeded: bits >> 32)), .entity(.actor, Int32(truncatingIfNeeded: bits)),
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
