import KhabarModel
import KhabarRandom
import KhabarPlan
import KhabarSyntax
import Testing

/// Printing a model gives a script that defines the same model: on random models in which every kind of record and
/// every field occurs, with texts that hold whatever texts may hold.
@Suite struct PrintedModelTests {
  @Test func printedModelsAreReadAsTheyWere() {
    let count = UInt64(ReferenceTests.setting("KHABAR_PRINTED_COUNT") ?? 500)
    let first = UInt64(ReferenceTests.setting("KHABAR_PRINTED_SEED") ?? 1)
    var failures = 0
    for seed in first..<(first + count) where failures < 5 {
      let model = RandomModel.make(seed, isOdd: true)
      let text = ModelPrinter.script(model)
      let (script, diagnostics) = Parser.parse(SourceText(name: "random", text: text))
      let outcome = ModelLoader.load([(script, 0)])
      let errors = (diagnostics + outcome.diagnostics).filter { $0.severity == .error }
      if errors.isEmpty, difference(model, outcome.builder) == nil { continue }
      failures += 1
      let first = errors.first.map { "\($0.id) \($0.message)" } ?? difference(model, outcome.builder) ?? ""
      Issue.record("seed \(seed): \(first)\n\(text)")
    }
  }

  /// The first record that differs, with what it has become.
  private func difference(_ a: StoreBuilder, _ b: StoreBuilder) -> String? {
    func first<Record: Equatable>(_ a: [Record], _ b: [Record]) -> String? {
      if a.count != b.count { return "\(a.count) records, read \(b.count)" }
      return zip(a, b).first { $0 != $1 }.map { "\($0)\nread as\n\($1)" }
    }
    return first(a.actors, b.actors) ?? first(a.places, b.places) ?? first(a.articles, b.articles)
      ?? first(a.topics, b.topics) ?? first(a.events, b.events) ?? first(a.reports, b.reports)
      ?? first([a.vocabulary], [b.vocabulary])
  }
}
