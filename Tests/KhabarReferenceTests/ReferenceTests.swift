import KhabarModel
import KhabarRandom
import KhabarSyntax
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The evaluator against the reference, on random models and queries. `KHABAR_REFERENCE_COUNT` says how many
/// pairs of a model and a query, `KHABAR_REFERENCE_SEED` with which seed to start.
@Suite struct ReferenceTests {
  static let queriesPerModel = 40

  static func setting(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

  @Test func evaluatorAgreesWithReference() throws {
    let count = Self.setting("KHABAR_REFERENCE_COUNT") ?? 5000
    let first = UInt64(max(0, Self.setting("KHABAR_REFERENCE_SEED") ?? 1))
    var failures = 0
    var shares = Shares()
    let models = UInt64(max(1, count / Self.queriesPerModel))
    for seed in first..<(first + models) {
      let comparison = try Comparison(RandomModel.make(seed))
      var queries = RandomQuery(comparison.builder, RandomSource(seed: seed &* 1_000_003))
      for _ in 0..<Self.queriesPerModel {
        let query = queries.query()
        let outcome = comparison.outcome(query, inArabic: queries.random.chance(25))
        shares.count(outcome, comparison.reference)
        guard case .difference(let difference) = outcome else { continue }
        let disagreement = Disagreement(comparison, query, difference)
        Issue.record("seed \(seed): \(query)\n\(disagreement.description)")
        failures += 1
        if failures == 5 { return }
      }
    }
    print(shares)
    // Agreement on nothing, or on what is never unknown, would prove little.
    #expect(
      shares.answered * 2 > shares.all && shares.unknown * 5 > shares.all && shares.refused * 5 < shares.all)
  }

  /// Of what kind the answers were.
  struct Shares: CustomStringConvertible {
    var all = 0
    var answered = 0
    var unknown = 0
    var refused = 0

    mutating func count(_ outcome: Comparison.Outcome, _ reference: Reference) {
      all += 1
      if reference.hasMetUnknown { unknown += 1 }
      reference.hasMetUnknown = false
      switch outcome {
      case .agreement(let rows): answered += rows > 0 ? 1 : 0
      case .refusal: refused += 1
      case .difference: break
      }
    }

    var description: String {
      func share(_ part: Int) -> String { "\(part) (\(part * 100 / max(1, all)) %)" }
      return "\(all) queries: \(share(answered)) with rows, \(share(unknown)) with an unknown condition, "
        + "\(share(refused)) wrong"
    }
  }

  /// Every query that is generated is one that the language has.
  @Test func queriesAreReadable() throws {
    for seed in 1...UInt64(20) {
      var queries = RandomQuery(RandomModel.make(seed), RandomSource(seed: seed))
      for _ in 0..<20 { _ = try Comparison.query(queries.query()) }
    }
  }
}
