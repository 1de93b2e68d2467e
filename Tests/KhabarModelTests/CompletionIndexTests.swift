import KhabarRandom
import Testing

@testable import KhabarModel

@Suite struct HeaviestTests {
  /// The same as sorting all of the range, for lists of all sizes.
  @Test(arguments: [0, 1, 31, 32, 33, 1_000, 1_024, 1_025, 40_000])
  func agreesWithSorting(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let weights = (0..<count).map { _ in Int32.random(in: 0..<50, using: &generator) }
    let heaviest = Heaviest(count: count) { weights[$0] }
    for _ in 0..<20 {
      let lower = Int.random(in: 0...count, using: &generator)
      let upper = Int.random(in: lower...count, using: &generator)
      var found: [Int] = []
      heaviest.visit(lower..<upper, weight: { weights[$0] }) {
        found.append($0)
        return found.count < 40
      }
      let sorted = (lower..<upper).sorted { (-weights[$0], $0) < (-weights[$1], $1) }
      #expect(found == Array(sorted.prefix(40)))
    }
  }

  /// Of a hundred thousand, a few hundred are looked at.
  @Test func looksAtFew() {
    var generator = SeededGenerator(seed: 1)
    let weights = (0..<100_000).map { _ in Int32.random(in: 0..<1_000_000, using: &generator) }
    let heaviest = Heaviest(count: weights.count) { weights[$0] }
    var looks = 0
    var visits = 0
    heaviest.visit(0..<weights.count) { index in
      looks += 1
      return weights[index]
    } _: { _ in
      visits += 1
      return visits < 20
    }
    #expect(visits == 20)
    #expect(looks <= 20 * 32)
  }
}

@Suite struct CompletionIndexTests {
  /// As a scan of all names finds them.
  @Test func findsWhatAScanFinds() {
    var generator = SeededGenerator(seed: 4)
    let syllables = ["ka", "lo", "mi", "ra", "sha", "to", "ven", "dor"]
    func word() -> String {
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        syllables.randomElement(using: &generator) ?? ""
      }
      .joined()
    }
    let actors = (0..<500).map { index in
      var actor = Actor(id: "x\(index)", kind: .organization)
      actor.names = LocalizedText([.init(language: "en", text: word() + " " + word())])
      return actor
    }
    let names = NameIndex(
      actors: actors, places: [], articles: ArticleColumns(), topics: [], eventIDs: TextColumn(),
      weight: { $0.index % 7 })
    for prefix in ["k", "ka", "kal", "lo", "sha", "venr", "dordor"] {
      let expected = actors.indices.filter { index in
        actors[index].names.entries.contains { entry in
          entry.text.hasPrefix(prefix) || entry.text.contains(" " + prefix)
        }
      }
      let found = names.completions(prefix: prefix, .actor, limit: 1_000).map { Int($0.entity.index) }
      #expect(Set(found) == Set(expected), "\(prefix)")
      #expect(found.map { $0 % 7 } == found.map { $0 % 7 }.sorted(by: >), "\(prefix)")
      let few = names.completions(prefix: prefix, .actor, limit: 5).map { Int($0.entity.index) }
      #expect(few == Array(found.prefix(5)))
    }
  }
}
