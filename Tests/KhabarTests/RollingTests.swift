import Khabar
import Testing

/// `rolling` against the groups that it goes over, put together by hand.
struct RollingTests {
  private let article: Model

  init() throws { article = try Model.builtInArticle }

  /// The ids of each group, by the key that it does not roll along.
  private func groups(_ keys: String, _ aggregate: String) throws -> [(other: Value, ids: [Value])] {
    try article.query("events | summarize \(aggregate) as ids by \(keys)").rows.map { row in
      guard case .list(let ids)? = row["ids"] else { return (row[0], []) }
      return (row[0], ids)
    }
  }

  @Test(arguments: 1...9)
  func aWindowHoldsTheGroupsBeforeIt(length: Int) throws {
    let keys = "status, length(id)"
    let single = try groups(keys, "list(id)")
    let rolled = try groups(keys, "rolling(list(id), \(length))")
    #expect(single.count == rolled.count)
    for index in single.indices {
      let before = single[...index].filter { $0.other == single[index].other }.suffix(length)
      #expect(rolled[index].ids == before.flatMap(\.ids))
    }
  }

  @Test func manyGroupsAreDoneAtOnce() throws {
    let years = "define event first_light ( type STATEMENT, time 0001 )\n"
    var session = Session(article)
    _ = try session.run(years)
    let query =
      "events | summarize rolling(count, 100000) as n, rolling(count_distinct(id), 7) by year(time) dense"
    let result = try #require(try session.run(query).last)
    #expect(result.count == 2024)
    #expect(result.rows[2022]["n"] == 12)
  }
}
