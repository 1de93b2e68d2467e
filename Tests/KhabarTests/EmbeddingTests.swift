import EDTF
import Khabar
import Testing

/// The library as a program uses it.
struct EmbeddingTests {
  private let article: Model

  init() throws { article = try Model.builtInArticle }

  @Test func answersAQuery() throws {
    let result = try article.query("meetings in Moscow")
    #expect(result.count == 3)
    #expect(result.columns == ["id", "time", "type", "label", "place", "actors", "status"])
    #expect(result.rows[0]["id"] == "lavrov_bayramov")
    #expect(result.rows[0]["place"] == "moscow")
    #expect(result.rows[0]["actors"] == ["sergei_lavrov", "jeyhun_bayramov"])
    #expect(result.rows[0]["time"] == .time(try EDTFTime(parsing: "2023-05-19")))
    #expect(result.rows[0]["nothing"] == nil)
    #expect(result.rows[0][99] == .missing)
    #expect(result.rows[0].values.count == result.columns.count)
  }

  @Test func answersAValue() throws {
    #expect(try article.value("meetings | count", as: Int.self) == 9)
    #expect(try article.value("events | summarize avg(score)") as Double > 2)
    #expect(try article.value("visits | select id", as: String.self) == "lavrov_bayramov")
    #expect(try article.value("visits | select actors", as: [String].self).count == 2)
    #expect(try article.value("visits | select contested", as: Bool.self) == false)
    #expect(try article.value("peace_treaty_talks | select mode", as: String?.self) == nil)
  }

  struct Meeting: Decodable, Equatable {
    var id: String
    var time: String?
    var place: String?
    var actors: [String]
    var score: Double?
  }

  @Test func decodesRows() throws {
    let result = try article.query("negotiations | select id, time, place, actors, score")
    var meetings: [Meeting] = []
    for meeting: Meeting in try result.decode() { meetings.append(meeting) }
    #expect(
      meetings == [
        Meeting(
          id: "washington_talks", time: "2023-05-01/2023-05-04", place: "washington",
          actors: ["ararat_mirzoyan", "jeyhun_bayramov", "united_states"], score: 2.5),
        Meeting(
          id: "peace_treaty_talks", time: "[2023-05-19..]", place: nil, actors: ["armenia", "azerbaijan"],
          score: 2.5),
      ])
  }

  @Test func decodingTellsWhatDoesNotFit() throws {
    let result = try article.query("visits | select id")
    #expect(throws: DecodingError.self) { try result.decode(Meeting.self) }
    #expect(throws: DecodingError.self) { try article.value("visits | select id", as: Int.self) }
  }

  @Test func writesEveryFormat() throws {
    let result = try article.query("visits | select id, actors")
    for format in QueryResult.Format.allCases where ![.dot, .svg].contains(format) {
      #expect(result.text(format).hasSuffix("\n"))
      #expect(result.text(format).contains("lavrov_mirzoyan"))
    }
    #expect(
      result.text(.csv) == "id,actors\nlavrov_bayramov,sergei_lavrov; jeyhun_bayramov\n"
        + "lavrov_mirzoyan,sergei_lavrov; ararat_mirzoyan\n")
    #expect(result.text(.table, language: "ar").contains("سيرغي لافروف"))
  }

  @Test func sessionsRemember() throws {
    var session = Session(article)
    _ = try session.run("let talks = meetings in Moscow")
    #expect(try session.run("talks | count; talks with Armenia | count").map { $0.rows[0][0] } == [3, 2])
    var other = session
    _ = try other.run("let talks = summits")
    #expect(try other.run("talks").count == 1)
    #expect(try session.run("talks | count")[0].rows[0][0] == 3)
  }

  @Test func definesOnTopOfASession() throws {
    var session = Session(article)
    _ = try session.run(
      """
      define person ada ( name en "Ada Ferrant", represents moldova )
      define event tea ( type CONSULT, mode visit, time 2023-06-02, place chisinau, actor ada )
      define report ( event tea, article moscow_2023_05_19, status planned, certainty probable )
      """)
    #expect(try session.run("planned meetings with Moldova")[0].rows.map { $0["id"] } == ["tea"])
    #expect(try session.model.value("events | count", as: Int.self) == 26)
    #expect(try article.value("events | count", as: Int.self) == 25)
  }

  @Test func aModelOfOnesOwn() throws {
    let model = try Model(
      text: """
        define article bulletin ( published 2031-01-02 )
        define state norland ( name en "Norland" )
        define event parade ( type PROTEST, time 2031-01-01, actor norland )
        define report ( event parade, status occurred, certainty certain )
        """, name: "norland.khabar")
    #expect(model.name == "norland.khabar")
    #expect(try model.value("occurred protests with Norland", as: String.self) == "parade")
    #expect(try Model.empty.value("events | count", as: Int.self) == 0)
  }

  /// One model and one session for many tasks at once.
  @Test func isUsedFromManyTasks() async throws {
    let article = article
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<200 {
        group.addTask {
          var session = Session(article)
          _ = try session.run("let some = events | take \(number % 30)")
          return try session.run("some | count")[0].value()
        }
      }
      var counts: [Int] = []
      for try await count in group { counts.append(count) }
      return counts
    }
    #expect(counts.sorted() == (0..<200).map { min($0 % 30, 25) }.sorted())
  }
}
