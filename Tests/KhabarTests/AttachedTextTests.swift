import Khabar
import Testing

/// An article's text, which a model does not hold, shown beside what it is the evidence for.
struct AttachedTextTests {
  private let text = Array("Ferry news\nA ferry sank. Nobody was on it.\n".utf8)
  private let model: Model

  init() throws {
    model = try Model(
      text: """
        define article news ( published 2031-01-02, sha256 "b68da9f232ae8a4faceacedf9002d0da26e655bf16769433c1b52524f453c714" )
        define event sinking ( type ASSAULT, time 2031-01-01 )
        define report ( event sinking, status occurred, evidence line 2 span 11 24, evidence line 2 span 25 41 )
        """)
  }

  @Test func withoutTheTextThereIsNoQuote() throws {
    #expect(try model.query("sinking | evidence").columns.contains("quote") == false)
    #expect(try model.value("sinking | reports | select quote", as: String?.self) == nil)
  }

  @Test func withTheTextEvidenceIsQuoted() throws {
    let attached = try model.attaching(text: text)
    let row = try #require(try attached.query("sinking | evidence").rows.first)
    #expect(row["quote"] == "A ferry sank. … Nobody was on it")
    #expect(row["line"] == 2)
  }

  @Test func anotherTextIsRefused() throws {
    let error = try #require(throws: KhabarError.self) { try model.attaching(text: text + [0x21]) }
    #expect(error.problems.map(\.id) == ["E0613"])
  }

  /// What is defined later does not lose the text.
  @Test func theTextStaysWithTheSession() throws {
    var session = Session(try model.attaching(text: text))
    _ = try session.run("define place kelm ( kind city )")
    #expect(try session.run("sinking | evidence")[0].rows[0]["quote"] == "A ferry sank. … Nobody was on it")
  }
}
