import Khabar
import Testing

/// Inputs that are far too long, far too deep or far too large are answered or refused, and end nothing.
struct LimitTests {
  private let article: Model

  init() throws { article = try Model.builtInArticle }

  private func list(_ count: Int, _ element: (Int) -> String) -> String {
    (0..<count).map(element).joined(separator: ", ")
  }

  @Test func longListsAreAnswered() throws {
    #expect(try article.query("events where score in (\(list(20_000) { "\($0)" })) | count").count == 1)
    #expect(try article.value("events with \(list(5_000) { _ in "Lavrov" }) | count", as: Int.self) == 3)
  }

  @Test func manyStagesAreAnsweredOrRefused() throws {
    let stages = { (count: Int) in "events" + String(repeating: " | take 3", count: count) }
    #expect(try article.query(stages(500)).count == 3)
    #expect(throws: KhabarError.self) { try article.query(stages(501)) }
  }

  @Test func longPathsAreRefused() throws {
    #expect(throws: KhabarError.self) {
      try article.query("events | select place" + String(repeating: ".within", count: 20_000))
    }
  }

  @Test func chainsOfBindingsAreRefused() throws {
    var session = Session(article)
    let lines = ["let a0 = events"] + (1...5_000).map { "let a\($0) = a\($0 - 1) | take 5" }
    #expect(throws: KhabarError.self) { try session.run(lines.joined(separator: "\n")) }
  }

  /// Each name doubles the work of the one before, unless what is bound is run once.
  @Test func whatIsBoundIsRunOnce() throws {
    var session = Session(article)
    let lines = ["let a0 = events"] + (1...40).map { "let a\($0) = a\($0 - 1) | union (a\($0 - 1))" }
    let results = try session.run((lines + ["a40 | count"]).joined(separator: "\n"))
    #expect(results.last?.rows[0]["count"] == 25)
  }

  @Test func durationsDoNotOverflow() throws {
    for expression in [
      "1 day - 1 day * -9223372036854775808", "1 month - 1 month * -9223372036854775808",
      "(start(time) - 2023-10-15) * 500000000000000000",
      "(start(time) - 2023-10-15) * 250000000000000000 + (start(time) - 2023-10-15) * 250000000000000000",
    ] {
      #expect(try article.query("granada_meeting | select \(expression) as d").count == 1)
    }
    let lengths = try article.query("events | take 1 | select 49 months / 49 as a, 98 months / 49 as b")
    #expect(lengths.rows[0]["a"] == "1 month")
    #expect(lengths.rows[0]["b"] == "2 months")
  }

  @Test func tooManyKeysOfARowAreRefused() throws {
    let keys = list(8) { "actors as a\($0)" }
    #expect(throws: KhabarError.self) { try article.query("events | summarize count by \(keys)") }
  }

  @Test func manyColumnsOfOneNameAreNamedApart() throws {
    let result = try article.query("events | take 1 | select \(list(5_000) { _ in "score" })")
    #expect(Set(result.columns).count == 5_000)
  }
}
