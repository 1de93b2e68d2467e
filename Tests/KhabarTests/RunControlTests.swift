import Khabar
import KhabarEval
import KhabarSyntax
import Testing

/// Limits stop a statement and leave the session as it was.
struct RunControlTests {
  private static let triple = "events | join (events) as b on true | join (events) as c on true"

  private func problems(_ text: String, _ limits: RunLimits) throws -> [String] {
    var session = Session(try Model.builtInArticle)
    do {
      try session.run(SourceText(name: "", text: text), control: RunControl(limits: limits)) { _, _, _ in }
      return []
    } catch let error as KhabarError {
      return error.problems.map(\.id)
    }
  }

  @Test func rowsOfAnswersAndOnTheWayAreLimited() throws {
    #expect(try problems("events | take 3", RunLimits(rows: 25)) == [])
    #expect(try problems("events", RunLimits(rows: 24)) == ["E0508"])
    #expect(try problems("\(Self.triple) | select id | count", RunLimits(rows: 1000)) == ["E0508"])
    #expect(try problems("sequence (events) then (events)", RunLimits(rows: 25)) == [])
    #expect(try problems("every sequence (events) then (events)", RunLimits(rows: 25)) == ["E0508"])
  }

  @Test func timeIsLimited() throws {
    #expect(try problems(Self.triple, RunLimits(nanoseconds: 1)) == ["E0507"])
    #expect(try problems("print \"{count(events)}\"", RunLimits(nanoseconds: 1)) == ["E0507"])
    #expect(try problems("events | count", RunLimits(nanoseconds: 60_000_000_000)) == [])
  }

  @Test func memoryIsLimited() throws {
    let four = Self.triple + " | join (events) as d on true"
    #expect(try problems(four, RunLimits(bytes: 1_000_000)) == ["E0509"])
  }

  @Test func runsThatNobodyWaitsForStop() throws {
    let control = RunControl()
    control.cancel()
    var session = Session(try Model.builtInArticle)
    #expect(throws: KhabarError.self) {
      try session.run(SourceText(name: "", text: Self.triple), control: control) { _, _, _ in }
    }
  }

  @Test func whatASessionBindsIsAScript() throws {
    var session = Session(try Model.builtInArticle)
    try session.run(
      """
      set lang ar
      param most = 3
      def met(a, b) = meetings with a, b
      let talks = met(Armenia, Azerbaijan) | take 2
      define place utopia ( kind country )
      let talks = met(Armenia, Azerbaijan) | take most
      talks | count
      let far = table "countries.csv"
      """.replacingFileName())
    var other = Session(try Model.builtInArticle)
    try other.run(session.script)
    #expect(other.language == "ar")
    #expect(try other.run("talks").first?.count == session.run("talks").first?.count)
    #expect(try other.run("place utopia").first?.count == 1)
    #expect(other.script == session.script)
    #expect(try session.reloaded().script == session.script)
  }
}

extension String {
  /// Tables are named from where the test is.
  fileprivate func replacingFileName() -> String {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    parts += ["Spec", "tables", "countries.csv"]
    return split(separator: "countries.csv", omittingEmptySubsequences: false).joined(
      separator: parts.joined(separator: "/"))
  }
}
