import Khabar
import KhabarSyntax
import Testing

/// `ans`, the last answer.
struct AnswerTests {
  private var session: Session

  init() throws {
    session = Session(try Model(builtIn: "salt_road"))
    session.keepsAnswers = true
  }

  private mutating func ids(_ text: String) throws -> [String] {
    try session.run(text).last?.rows.compactMap { if case .text(let id) = $0[0] { id } else { nil } } ?? []
  }

  @Test mutating func itIsTheLastAnswer() throws {
    let meetings = try ids("meetings")
    #expect(try ids("ans") == meetings)
    #expect(try ids("events | where id in (ans | select id)") == meetings)
    #expect(try ids("planned events; ans | take 1").count == 1)
    #expect(
      try session.run("meetings | summarize count by status\nans | where count > 0").last?.columns == [
        "status", "count",
      ])
  }

  /// What is named after it stays what it was.
  @Test mutating func namesKeepWhatItWas() throws {
    let meetings = try ids("meetings")
    try session.run("let talks = ans | take 2\ndef leading(n) = ans | take n\nplaces")
    #expect(try ids("talks") == Array(meetings.prefix(2)))
    #expect(try ids("places; leading(1)") == Array(meetings.prefix(1)))
  }

  @Test mutating func itOutlivesADefinition() throws {
    let meetings = try ids("meetings")
    try session.run("define place kelm ( kind city )\ndefine event aaa ( type CONSULT, time 0900-01-01 )")
    #expect(try ids("ans") == ["aaa"] + meetings)
  }

  @Test mutating func aNameOfTheUsersGoesBefore() throws {
    try session.run("let ans = places\nmeetings")
    #expect(try ids("ans").count == (try ids("places").count))
  }

  @Test mutating func asOfHoldsOn() throws {
    let day = "2031-03-05"
    let direct = try session.run("events as of \(day) | select id, status").last?.rows.map(\.values)
    #expect(
      try session.run("events as of \(day)\nans | select id, status").last?.rows.map(\.values) == direct)
  }

  @Test mutating func mergedEventsStayMerged() throws {
    let direct = try session.run("events | one_a_day | select id, count(merged)").last?.rows.map(\.values)
    let again = try session.run("events | one_a_day\nans | select id, count(merged)").last?.rows.map(\.values)
    #expect(again == direct)
  }

  @Test func itIsNoNameInOtherSessions() throws {
    var other = Session(session.model)
    #expect(throws: KhabarError.self) { try other.run("meetings\nans") }
  }
}

/// Why an answer is empty.
struct FunnelTests {
  private func funnel(_ query: String, in model: String = "moscow_2023_05_19") throws -> Funnel? {
    var session = Session(try Model(builtIn: model))
    var funnel: Funnel?
    try session.run(SourceText(name: "", text: query)) { outcome, session, source in
      if case .result(let table) = outcome { funnel = session.funnel(of: table, in: source) }
    }
    return funnel
  }

  private func steps(_ query: String) throws -> [String]? {
    try funnel(query)?.steps.map { "\($0.text): \($0.count)" }
  }

  private func suggestions(_ query: String) throws -> [String]? {
    try funnel(query)?.suggestions.map { "\($0.query): \($0.count)" }
  }

  @Test func thereIsNoneOfWhatHasRows() throws {
    #expect(try funnel("meetings in Moscow") == nil)
    #expect(try funnel("meetings | count") == nil)
  }

  @Test func itEndsWithWhatLeavesNothing() throws {
    #expect(
      try steps("planned meetings with Armenia in Brussels before 2030") == [
        "meetings: 9", "planned: 7", "with Armenia: 5", "in Brussels: 0",
      ])
    #expect(
      try steps("meetings in Brussels before 2000 | count") == [
        "meetings: 9", "in Brussels: 1", "before 2000: 0",
      ])
    #expect(try steps("meetings | where score > 99") == ["meetings: 9", "where score > 99: 0"])
    #expect(try steps("(meetings before 2000) | actors") == ["meetings: 9", "before 2000: 0"])
  }

  @Test func stepsOfASequence() throws {
    #expect(
      try steps("sequence (meetings) then (events in Granada before 2000)")?.last
        == "events in Granada before 2000: 0")
  }

  @Test func whatMayBeIsProposed() throws {
    #expect(
      try suggestions("events in Granada during 2023-10-05")?.first
        == "events in Granada possibly during 2023-10-05: 1")
    #expect(try suggestions("planned attacks")?.first == "occurred attacks: 1")
    #expect(try suggestions("الأحداث في غرناطة خلال 2023-10-05")?.first?.hasSuffix(": 1") == true)
  }

  @Test func aWiderPlaceIsProposed() throws {
    let model = try Model(
      text: """
        define article news ( published 2031-01-02 )
        define place land ( kind country, name en "Land" )
        define place port ( kind city, within land, name en "Port" )
        define event talks ( type CONSULT, time 2031-01-01, place land )
        define report ( event talks, article news, status occurred )
        """)
    var session = Session(model)
    var found: Funnel?
    try session.run(SourceText(name: "", text: "occurred events in Port")) { outcome, session, source in
      if case .result(let table) = outcome { found = session.funnel(of: table, in: source) }
    }
    #expect(
      found?.suggestions.map(\.query) == [
        "occurred events possibly in Port", "occurred events in Land", "occurred events",
      ])
  }

  /// Whatever is proposed has as many rows as is said.
  @Test func proposalsKeepTheirPromise() throws {
    let queries = [
      "meetings with Armenia before 2020", "planned statements by Russia", "meetings in Azerbaijan",
      "denied events with Lavrov in Moscow", "events | where certainty = possible and status = planned",
    ]
    let model = try Model.builtInArticle
    for query in queries {
      for suggestion in try funnel(query)?.suggestions ?? [] {
        #expect(try model.query(suggestion.query).count == suggestion.count)
      }
    }
  }
}
