import Khabar
import KhabarModel
import KhabarPlan
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The evaluator against the reference, on random models and queries. `KHABAR_REFERENCE_COUNT` says how many pairs,
/// `KHABAR_REFERENCE_SEED` with which to start.
@Suite struct ReferenceTests {
  static let queriesPerModel = 40

  static func setting(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

  @Test func evaluatorAgreesWithReference() throws {
    let count = Self.setting("KHABAR_REFERENCE_COUNT") ?? 5000
    let first = UInt64(Self.setting("KHABAR_REFERENCE_SEED") ?? 1)
    var failures = 0
    for number in 0..<UInt64(max(1, count / Self.queriesPerModel)) {
      let seed = first + number
      let comparison = try Comparison(RandomModel.make(seed))
      var queries = RandomQuery(comparison.builder, RandomSource(seed: seed &* 1_000_003))
      for _ in 0..<Self.queriesPerModel {
        let query = queries.query()
        guard let difference = comparison.difference(query) else { continue }
        Issue.record("seed \(seed)\n\(query)\n\(difference)")
        failures += 1
        if failures > 10 { return }
      }
    }
  }
}
