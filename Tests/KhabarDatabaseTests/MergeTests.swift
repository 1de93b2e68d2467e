import KhabarModel
import KhabarPlan
import KhabarRandom
import KhabarSyntax
import Testing

struct MergeTests {
  @Test(arguments: UInt64(1)...40)
  func whatIsMergedTwiceChangesNothing(seed: UInt64) {
    let other = RandomModel.make(seed)
    var builder = StoreBuilder(vocabulary: .plover)
    let first = builder.merge(other)
    #expect(first.events.new == other.events.count)
    #expect(first.rest.changed == 0)
    let text = ModelPrinter.script(builder)
    #expect(text == ModelPrinter.script(other))
    let second = builder.merge(other)
    #expect(second.events.new + second.events.changed == 0)
    #expect(second.rest.new + second.rest.changed == 0)
    #expect(ModelPrinter.script(builder) == text)
  }

  @Test(arguments: UInt64(1)...40)
  func aMergeIntoABuiltStoreIsTheSame(seed: UInt64) {
    let other = RandomModel.make(seed)
    let store = other.build()
    var builder = StoreBuilder(store)
    let counts = builder.merge(other)
    #expect(counts.events.new + counts.events.changed == 0)
    #expect(counts.rest.new + counts.rest.changed == 0)
    #expect(ModelPrinter.script(builder.build()) == ModelPrinter.script(store))
  }

  @Test func recordsOfTwoModelsKeepTheirWords() throws {
    func load(_ text: String) -> StoreBuilder {
      ModelLoader.load(
        [(Parser.parse(SourceText(name: "model", text: text)).script, 0)],
        onto: StoreBuilder(vocabulary: .plover)
      ).builder
    }
    var builder = load(
      """
      define type treaty (of AGREE)
      define article one (published 2031-04-01)
      define state averna ()
      define event pact (type treaty, actor averna)
      define report (event pact, article one, status planned)
      """)
    let counts = builder.merge(
      load(
        """
        define type census (quad "verbal cooperation")
        define article two (published 2031-05-01)
        define state solvia ()
        define state averna (name en "Averna")
        define event count_of_solvia (type census, actor solvia)
        define event pact (type AGREE, actor averna, recipient solvia)
        define report (event pact, article two, status occurred)
        define report (event count_of_solvia, article two, status occurred)
        """))
    #expect(counts.events.new == 1 && counts.events.changed == 1)
    let store = builder.build()
    #expect(store.actors.map(\.id) == ["averna", "solvia"])
    #expect(store.actors[0].names["en"] == "Averna")
    let pact = try #require(store.events.ids.firstIndex(of: "pact"))
    #expect(store.vocabulary.types[Int(store.events.type[pact])].id == "AGREE")
    #expect(store.events.distinctActors(pact) == [0, 1])
    // What the first article said stands beside what the second says, which is later.
    #expect(store.events.reports.range(pact).count == 2)
    #expect(store.events.status[pact] == Status.occurred.rawValue)
    let census = try #require(store.events.ids.firstIndex(of: "count_of_solvia"))
    #expect(store.vocabulary.types[Int(store.events.type[census])].id == "census")
  }
}
