import Testing

@testable import KhabarModel

struct IDIndexTests {
  @Test func numbersAreFoundAsTheyAreWritten() {
    let index = IDIndex(.event, TextColumn(["410412348", "7", "100", "7"]))
    #expect(index.rows(named: "100") == [2])
    #expect(index.rows(named: "7") == [1, 3])
    #expect(index.rows(named: "07") == [])
    #expect(index.rows(named: "41041234") == [])
    #expect(index.rows(beginningWith: "7", limit: 1) == [1, 3])
  }

  @Test func numbersBehindLettersAreFoundButForCase() {
    let index = IDIndex(.event, TextColumn(["gdelt_9", "gdelt_100", "gdelt_12"]))
    #expect(index.rows(named: "GDELT 100") == [1])
    #expect(index.rows(named: "gdelt_12") == [2])
    #expect(index.rows(named: "12") == [])
    #expect(index.rows(named: "gdelt_1") == [])
    #expect(index.rows(named: "gdelt_") == [])
  }

  @Test func textsAreFoundButForCaseAndByTheirBeginnings() {
    let ids = ["selm_talks", "Harbour_Talks", "selm_agreement", "لقاء"]
    let index = IDIndex(.event, TextColumn(ids))
    #expect(index.rows(named: "harbour talks") == [1])
    #expect(index.rows(named: "لقاء") == [3])
    #expect(index.rows(named: "selm") == [])
    #expect(index.rows(beginningWith: "selm", limit: 5) == [2, 0])
    #expect(index.rows(beginningWith: "selm", limit: 1) == [2])
    #expect(index.rows(beginningWith: "z", limit: 5) == [])
  }

  @Test func namesAreResolvedThroughIt() {
    let events = TextColumn(["selm_talks", "harbour_talks"])
    let names = NameIndex(
      actors: [Actor(id: "averna", kind: .state)], places: [], articles: ArticleColumns(), topics: [],
      eventIDs: events,
      idIndexes: [IDIndex(.event, events)])
    #expect(names.resolve("Harbour Talks", .all) == .found([EntityName(.event, 1)]))
    #expect(names.resolve("averna", .all) == .found([EntityName(.actor, 0)]))
    #expect(names.resolve("harbour_talks", .actor) == .unknown)
    #expect(names.completions(prefix: "sel", .all, limit: 3).map(\.text) == ["selm_talks"])
  }
}
