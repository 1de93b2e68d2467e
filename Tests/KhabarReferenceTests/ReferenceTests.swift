import Khabar
import KhabarModel
import KhabarPlan
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
    var answered = 0
    let models = UInt64(max(1, count / Self.queriesPerModel))
    for seed in first..<(first + models) {
      let comparison = try Comparison(seed.isMultiple(of: 4) ? reread(seed) : RandomModel.make(seed))
      var queries = RandomQuery(comparison.builder, RandomSource(seed: seed &* 1_000_003))
      for _ in 0..<Self.queriesPerModel {
        let query = queries.query()
        switch comparison.outcome(query) {
        case .agreement(let rows): answered += rows > 0 ? 1 : 0
        case .difference(let difference):
          let disagreement = Disagreement(comparison, query, difference)
          Issue.record("seed \(seed): \(query)\n\(disagreement.description)")
          failures += 1
          if failures == 5 { return }
        }
      }
    }
    // Agreement on nothing would prove little.
    #expect(answered * 2 > Int(models) * Self.queriesPerModel)
  }

  /// A model that was printed and read again; the records are the same as before.
  private func reread(_ seed: UInt64) throws -> StoreBuilder {
    let builder = RandomModel.make(seed)
    let text = ModelPrinter.script(builder)
    let (script, diagnostics) = Parser.parse(SourceText(name: "random", text: text))
    #expect(diagnostics.isEmpty)
    let read = ModelLoader.load([(script, 0)]).builder
    #expect(read.actors == builder.actors && read.places == builder.places, "seed \(seed)")
    #expect(read.articles == builder.articles && read.topics == builder.topics, "seed \(seed)")
    #expect(read.events == builder.events && read.reports == builder.reports, "seed \(seed)")
    return read
  }

  /// Every query that is generated is one that the language has.
  @Test func queriesAreReadable() throws {
    for seed in 1...UInt64(20) {
      var queries = RandomQuery(RandomModel.make(seed), RandomSource(seed: seed))
      for _ in 0..<20 { _ = try Comparison.query(queries.query()) }
    }
  }
}
