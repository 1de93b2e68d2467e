import Khabar
import Testing

/// From the row of an answer to the reports behind it.
struct EvidenceTests {
  private let model: Model

  init() throws { model = try Model(builtIn: "salt_road") }

  /// Events of the reports behind a row.
  private func events(_ query: String, row: Int = 0) throws -> [String] {
    try reports(query, row: row, column: "event")
  }

  private func reports(_ query: String, row: Int = 0, column: String) throws -> [String] {
    let evidence = try model.query(query).rows[row].evidence()
    var values: [String] = []
    for case .text(let text)? in evidence.rows.map({ $0[column] }) where values.last != text {
      values.append(text)
    }
    return values
  }

  private func answers(_ query: String) throws -> [String] {
    try model.query(query + " | select id").rows.compactMap { row in
      if case .text(let id)? = row["id"] { id } else { nil }
    }
  }

  @Test func anEventHasItsOwnReports() throws {
    let all = try model.query("events | sort by count(reports) desc")
    let first = try #require(all.rows.first)
    let id = try #require(first["id"])
    guard case .text(let name) = id else { return }
    let evidence = try first.evidence()
    #expect(evidence.count > 1)
    #expect(evidence.rows.allSatisfy { $0["event"] == id })
    let stage = try model.query("event \(name) | evidence")
    #expect(evidence.rows.map(\.values) == stage.rows.map(\.values))
  }

  /// Filters, sorts and slices move rows about; each keeps its own reports.
  @Test func rowsKeepTheirReportsWhereverTheyStand() throws {
    let query = "events | sort by id desc | skip 1 | where score != 0 | take 4 | select id, time"
    for (index, row) in try model.query(query).rows.enumerated() {
      guard case .text(let id)? = row["id"] else { continue }
      #expect(try events(query, row: index) == [id])
    }
  }

  @Test func anActorHasTheEventsThatLedThere() throws {
    let query = "meetings | actors"
    let rows = try model.query(query).rows
    #expect(rows.count > 1)
    for (index, row) in rows.enumerated() {
      guard case .text(let actor)? = row["id"] else { continue }
      #expect(try events(query, row: index) == answers("meetings | where actors has \(actor)"))
    }
  }

  @Test func anArticleHasOnlyItsOwnReports() throws {
    let query = "meetings | articles"
    for (index, row) in try model.query(query).rows.enumerated() {
      guard case .text(let article)? = row["id"] else { continue }
      #expect(try reports(query, row: index, column: "article") == [article])
    }
  }

  @Test func aGroupHasTheReportsOfItsRows() throws {
    let query = "events | summarize count by status"
    for (index, row) in try model.query(query).rows.enumerated() {
      guard case .text(let status)? = row["status"] else { continue }
      #expect(try events(query, row: index) == answers("\(status) events"))
    }
  }

  @Test func aRowCountsInEveryGroupItFallsInto() throws {
    let query = "events | summarize count by actors"
    let rows = try model.query(query).rows
    for (index, row) in rows.enumerated() {
      guard case .text(let actor)? = row["actors"] else { continue }
      #expect(try events(query, row: index) == answers("events | where actors has \(actor)"))
    }
  }

  @Test func distinctAndUnionHaveAllThatIsEqual() throws {
    let query = "planned events | select status | union (events | select status) | distinct"
    for (index, row) in try model.query(query).rows.enumerated() {
      guard case .text(let status)? = row["status"] else { continue }
      #expect(try events(query, row: index) == answers("\(status) events"))
    }
  }

  @Test func asOfShowsWhatWasKnownThen() throws {
    let whole = try model.query("events | sort by count(reports) desc | take 1").rows[0]
    guard case .text(let id)? = whole["id"] else { return }
    let all = try whole.evidence().count
    let first = try model.query("event \(id) | reports | sort by date | take 1 | select date").rows[0][0]
    guard case .time(let day) = first else { return }
    let then = try model.query("(event \(id)) as of \(day) | select id, status").rows[0].evidence()
    #expect(then.count > 0)
    #expect(then.count < all)
  }

  @Test func bothSidesOfAJoin() throws {
    let query = "(meetings | take 2 | select id) | join (events | take 1) as other on true"
    let row = try model.query(query).rows[0]
    guard case .text(let left) = row[0], case .text(let right) = row[1] else { return }
    #expect(try Set(events(query)) == [left, right])
  }

  @Test func aSequenceHasItsSteps() throws {
    let query = "sequence (meetings) then (events)"
    let row = try model.query(query).rows[0]
    guard case .text(let first)? = row["first"], case .text(let second)? = row["second"] else { return }
    #expect(try events(query) == [first, second])
  }

  @Test func eventsThatAreOneHaveTheReportsOfAll() throws {
    let twice = try Model(
      text: """
        define article morning ( published 2031-01-02 )
        define article evening ( published 2031-01-02 )
        define event raid ( type ASSAULT, time 2031-01-01 )
        define event raid_again ( type ASSAULT, time 2031-01-01 )
        define report ( event raid, article morning, status occurred )
        define report ( event raid_again, article evening, status occurred )
        """)
    for query in [
      "events | one_a_day", "events | one_a_day | select id", "events | one_a_day | where score < 99",
    ] {
      let rows = try twice.query(query).rows
      #expect(rows.count == 1)
      #expect(try rows[0].evidence().rows.map { $0["article"] } == ["morning", "evening"])
    }
  }

  @Test func whatTheModelSaysItselfIsSpokenOfInEvents() throws {
    let query = "people | take 1"
    guard case .text(let id)? = try model.query(query).rows[0]["id"] else { return }
    #expect(try events(query) == answers("actor \(id) | events"))
  }

  @Test func namesOfAnswersAreSeenThrough() throws {
    var session = Session(model)
    let results = try session.run("let talks = meetings\ntalks | actors | take 1")
    let direct = try model.query("meetings | actors | take 1").rows[0].evidence()
    #expect(try results[0].rows[0].evidence().rows.map(\.values) == direct.rows.map(\.values))
  }
}
