import Khabar
import KhabarSyntax
import Testing

/// Scripts that are run as tests.
struct ScriptTestTests {
  private func test(_ text: String) throws -> ScriptTest {
    var session = Session(try Model.builtInArticle)
    return session.test(SourceText(name: "script.khabar", text: text))
  }

  private func updated(_ text: String) throws -> String? {
    try test(text).updated(SourceText(name: "script.khabar", text: text))
  }

  @Test func eachCheckIsAResult() throws {
    let test = try test(
      """
      # Two that hold, two that do not.
      assert count(meetings) = 9, "nine meetings"
      assert count(meetings) = 8
      expect meetings | count
      = count
      = 9
      expect meetings
        | count
      = count
      = 8
      print "the end"
      """)
    #expect(test.checks.map(\.kind) == [.assert, .assert, .expect, .expect])
    #expect(
      test.checks.map(\.title) == [
        "nine meetings", "assert count(meetings) = 8", "expect meetings | count", "expect meetings | count",
      ])
    #expect(test.checks.map(\.line) == [2, 3, 4, 7])
    #expect(test.checks.map { $0.failure?.problems[0].id } == [nil, "E0503", nil, "E0510"])
    #expect(test.unreached == 0)
  }

  @Test func afterAQueryThatFailsItGoesOn() throws {
    let test = try test("events with Lavorv\nassert true\nprint \"{1 +}\"")
    #expect(test.checks.map { $0.failure?.problems[0].id } == ["E0205"])
    let other = try self.test("events with Lavorv\nassert true")
    #expect(other.checks.map(\.kind) == [.statement, .assert])
    #expect(other.failures == 1)
  }

  @Test func afterABindingThatFailsItStops() throws {
    let test = try test("assert true\nlet x = events with Lavorv\nassert exists(x)\nexpect x\nevents")
    #expect(test.checks.map(\.line) == [1, 2])
    #expect(test.failures == 1)
    #expect(test.unreached == 2)
  }

  @Test func warningsAreNoFailures() throws {
    let test = try test("assert count(events) > 20\nevents after (meetings in Armenia)")
    #expect(test.failures == 0)
    #expect(test.warnings.flatMap(\.problems).count == 1)
  }

  // MARK: - Updating

  @Test func theAnswerIsWrittenBelow() throws {
    #expect(try updated("assert 1 = 2") == nil)
    #expect(try updated("expect events | count\n= count\n= 25\n") == nil)
    #expect(
      try updated("expect events | count # all\nprint \"x\"")
        == "expect events | count # all\n= count\n= 25\nprint \"x\"")
    #expect(try updated("expect events | count") == "expect events | count\n= count\n= 25")
    #expect(
      try updated("expect events | count\r\n= count\r\n= 24\r\n")
        == "expect events | count\r\n= count\r\n= 25\r\n")
  }

  @Test func linesThatStayAreKeptAsTheyAreWritten() throws {
    let text = """
      expect meetings in Moscow | select id, time
        =  id                 |  time
        =  lavrov_bayramov    |  2023-05-19
        =  lavrov_mirzoyan    |  2023-05-20
        =  moscow_trilateral  |  2023-05-19

      expect events | count
      = 24
      """
    let expected = """
      expect meetings in Moscow | select id, time
        =  id                 |  time
      =  lavrov_bayramov    |  2023-05-19
      = lavrov_mirzoyan | 2023-05-19
      =  moscow_trilateral  |  2023-05-19

      expect events | count
      = count
      = 25
      """
    #expect(try updated(text) == expected)
  }

  @Test func whatIsUpdatedHolds() throws {
    let text = "expect events | evidence | select event, gist, line\nexpect meetings | actors\nexpect places"
    let updated = try #require(try updated(text))
    #expect(try test(updated).failures == 0)
    #expect(try self.updated(updated) == nil)
  }
}
