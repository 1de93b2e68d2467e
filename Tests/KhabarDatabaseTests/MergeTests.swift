import EDTF
import KhabarPlan
import KhabarRandom
import KhabarSyntax
import Testing

@testable import KhabarModel

struct MergeTests {
  /// Three stores: one; another that has many of its ids; and one that says again what the first says, but for a few things.
  private func stores(_ seed: UInt64) -> [StoreBuilder] {
    var random = RandomSource(seed: seed)
    let first = RandomModel.make(seed, isOdd: seed % 3 == 0)
    let store = first.build()
    let some = (0..<store.events.count).filter { _ in random.chance(60) }.map { Int32($0) }
    var again = store.part(events: some)
    for index in again.events.indices where random.chance(15) {
      again.events[index].time = random.chance(50) ? nil : again.events.first?.time
    }
    for index in again.reports.indices where random.chance(15) { again.reports[index].status = .denied }
    for index in again.articles.indices where random.chance(15) {
      again.articles[index].published = EDTFTime("2031-01-0\(random.number(1...9))")
    }
    if random.chance(30) { again.reports.removeAll { _ in random.chance(30) } }
    return [first, RandomModel.make(seed + 10_000, isOdd: seed % 3 == 0), again]
  }

  private func expectSame(_ store: EventStore, _ builder: StoreBuilder, _ comment: Comment) {
    let expected = builder.build()
    #expect(ModelPrinter.script(store) == ModelPrinter.script(expected), comment)
    #expect(store.vocabulary == expected.vocabulary, comment)
    #expect(store.inconsistencies == [], comment)
    #expect(Array(store.events.status) == Array(expected.events.status), comment)
    #expect(Array(store.events.certainty) == Array(expected.events.certainty), comment)
    #expect(
      (0..<store.events.count).map(store.events.time.time)
        == (0..<expected.events.count).map(expected.events.time.time), comment)
    #expect(
      (0..<store.reports.count).map(store.reports.date.time)
        == (0..<expected.reports.count).map(expected.reports.date.time), comment)
    #expect(Array(store.reports.event) == Array(expected.reports.event), comment)
    for event in 0..<expected.events.count {
      for kind in RelationKind.allCases {
        #expect(
          Array(store.events.related(event, kind)) == Array(expected.events.related(event, kind)), comment)
      }
    }
    for (ours, theirs) in [
      (store.eventsOfActor, expected.eventsOfActor), (store.eventsOfPlace, expected.eventsOfPlace),
      (store.reportsOfArticle, expected.reportsOfArticle),
    ] {
      #expect(ours.counts == theirs.counts && Array(ours.values) == Array(theirs.values), comment)
    }
  }

  @Test(arguments: UInt64(1)...150)
  func columnsAreMergedAsRecordsAre(seed: UInt64) {
    let all = stores(seed)
    for (first, second) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
      let (own, added) = (all[first].build(), all[second].build())
      var builder = StoreBuilder(own)
      let counts = builder.merge(StoreBuilder(added))
      let merged = own.merging(added, threads: 2)
      #expect(merged.events == counts.events, "\(first) \(second)")
      #expect(merged.rest == counts.rest, "\(first) \(second)")
      expectSame(merged.store, builder, "\(first) \(second)")
    }
  }

  @Test(arguments: UInt64(1)...60)
  func whatIsMergedTwiceChangesNothing(seed: UInt64) {
    let other = RandomModel.make(seed).build()
    let first = StoreBuilder(vocabulary: .plover).build().merging(other)
    #expect(first.events.new == other.events.count)
    #expect(first.rest.changed == 0)
    #expect(ModelPrinter.script(first.store) == ModelPrinter.script(other))
    let second = first.store.merging(other)
    #expect(second.events.new + second.events.changed == 0)
    #expect(second.rest.new + second.rest.changed == 0)
    #expect(ModelPrinter.script(second.store) == ModelPrinter.script(other))
  }

  /// Changes put together before they are applied do what they do one after the other, but that reports of the same day may
  /// lie in another order.
  @Test(arguments: UInt64(1)...100)
  func changesFollowOneAnother(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let stores = stores(seed).map { $0.build() }
    func withdrawn() -> [String] {
      (Array(stores[0].events.ids) + Array(stores[1].events.ids)).filter { _ in random.chance(20) }
    }
    let changes = [
      StoreChanges(stores[1], withdrawing: withdrawn()), StoreChanges(stores[2], withdrawing: withdrawn()),
      StoreChanges(StoreBuilder(vocabulary: .plover).build(), withdrawing: withdrawn()),
    ]
    let apart = changes.reduce(stores[0]) { $1.applied(to: $0).store }
    let together = changes[0].followed(by: changes[1]).followed(by: changes[2]).applied(to: stores[0]).store
    func records(_ store: EventStore) -> [Substring] {
      // A date of their own that an article has had for a while is told apart from it no more.
      let lines = ModelPrinter.script(store).split(separator: "\n").filter { !$0.hasPrefix("  date ") }
      return lines.joined(separator: "\n").split(separator: "\ndefine ").sorted()
    }
    #expect(records(together) == records(apart))
    #expect(apart.inconsistencies == [])
  }

  @Test(arguments: UInt64(1)...60)
  func whatIsWithdrawnIsGone(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let store = RandomModel.make(seed).build()
    let gone = (0..<store.events.count).filter { _ in random.chance(30) }.map { Int32($0) }
    let left = store.merging(StoreBuilder(vocabulary: .plover).build(), withdrawing: gone).store
    // A part has fewer other records, but the same of events and reports.
    var kept = StoreBuilder(store)
    let isGone = Set(gone)
    var places: [Int32] = []
    for event in kept.events.indices {
      places.append(isGone.contains(Int32(event)) ? -1 : Int32(event - gone.count { $0 < event }))
    }
    kept.events = kept.events.enumerated().filter { !isGone.contains(Int32($0.offset)) }.map { _, event in
      var event = event
      event.relations = event.relations.compactMap { relation in
        var relation = relation
        relation.target = places[Int(relation.target)]
        return relation.target < 0 ? nil : relation
      }
      return event
    }
    kept.reports = kept.reports.filter { places[Int($0.event)] >= 0 }.map { report in
      var report = report
      report.event = places[Int(report.event)]
      return report
    }
    expectSame(left, kept, "withdrawn")
  }

  /// Numbers, texts, and numbers that become texts.
  @Test(arguments: [(0, 0), (1, 1), (0, 1)])
  func idsAreFoundInTheIndexOfAMerge(kinds: (Int, Int)) {
    func id(_ number: Int, _ kind: Int) -> String {
      kind == 0 ? "n\(number)" : "Event-\(number * 7919 % 1000)é"
    }
    let own = TextColumn((0..<300).map { id($0 * 2, kinds.0) })
    let rows = (0..<300).filter { $0 % 5 != 0 }
    let texts = rows.map { own[$0] } + (0..<100).map { id($0 * 2 + 1, kinds.1) }
    let ids = TextColumn(texts)
    let places = Memory<Int32>(repeating: -1, count: 300)
    for (place, row) in rows.enumerated() { places[row] = Int32(place) }
    let merged = IDIndex(
      IDIndex(.event, own), places: places, added: (rows.count..<ids.count).map { Int32($0) }, of: ids)
    let made = IDIndex(.event, ids)
    for text in texts + (0..<20).map({ own[$0 * 5] }) + ["n", "event", "n1000000"] {
      #expect(merged.rows(named: text) == made.rows(named: text), "\(text)")
      #expect(
        merged.rows(beginningWith: text, limit: 9) == made.rows(beginningWith: text, limit: 9), "\(text)")
    }
  }

  @Test func recordsOfTwoModelsKeepTheirWords() throws {
    func load(_ text: String) -> EventStore {
      ModelLoader.load(
        [(Parser.parse(SourceText(name: "model", text: text)).script, 0)],
        onto: StoreBuilder(vocabulary: .plover)
      ).builder.build()
    }
    let first = load(
      """
      define type treaty (of AGREE)
      define article one (published 2031-04-01)
      define state averna ()
      define event pact (type treaty, actor averna)
      define report (event pact, article one, status planned)
      """)
    let (store, events, _) = first.merging(
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
    #expect(events.new == 1 && events.changed == 1)
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
