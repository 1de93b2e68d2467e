import EDTF
import Testing

/// All pairs of all shapes within eight days, against all their completions.
///
/// A set of completions is a set of bits. For each second time and each comparison two sets are found by looking at
/// every completion: of which first completions it holds with some of its own, and of which with all. What a
/// comparison must say of a pair is then read off the first time's completions, whatever the shapes.
@Suite struct EightDaysTests {
  private typealias Bits = UInt64
  private let all: [TimeBounds]
  private let completions: [Completion]
  private let bits: [Bits]

  init() {
    all = shapes(ofDays: 8)
    completions = Array(Set(all.flatMap(\.completions)))
    let index = Dictionary(uniqueKeysWithValues: zip(completions, completions.indices))
    bits = all.map { shape in shape.completions.reduce(0) { $0 | 1 << Bits(index[$1] ?? 0) } }
  }

  /// Of which completions it holds with some of the second time's, and of which with all.
  private func sets(_ second: Bits, _ holds: (Completion, Completion) -> Bool) -> (some: Bits, all: Bits) {
    var found: (some: Bits, all: Bits) = (0, 0)
    for (position, first) in completions.enumerated() {
      let held = completions.indices.reduce(into: Bits(0)) { held, other in
        if second & 1 << Bits(other) != 0, holds(first, completions[other]) { held |= 1 << Bits(other) }
      }
      if held != 0 { found.some |= 1 << Bits(position) }
      if held == second { found.all |= 1 << Bits(position) }
    }
    return found
  }

  @Test(arguments: comparisons.indices)
  func everyPairIsDecided(index: Int) {
    #expect(completions.count < Bits.bitWidth)
    let comparison = comparisons[index]
    for (second, others) in zip(all, bits) {
      let (some, every) = sets(others, comparison.holds)
      for (first, own) in zip(all, bits) {
        let expected = Truth(certain: own & ~every == 0, possible: own & some != 0)
        if comparison.decided(first, second) != expected {
          Issue.record("\(first) \(comparison.name) \(second) is \(expected)")
        }
      }
    }
  }

  @Test func everyPairHasItsRelations() {
    for (second, others) in zip(all, bits) {
      let possible = AllenRelation.allCases.map { relation in
        (AllenSet(relation), sets(others) { allenRelation($0, $1) == relation }.some)
      }
      for (first, own) in zip(all, bits) {
        let expected = possible.reduce(into: AllenSet()) { if own & $1.1 != 0 { $0.insert($1.0) } }
        if first.possibleRelations(to: second) != expected {
          Issue.record("\(first) to \(second): \(expected.relations)")
        }
      }
    }
  }
}
