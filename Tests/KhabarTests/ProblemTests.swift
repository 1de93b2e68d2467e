import Khabar
import Testing

/// Errors as a program meets them: values with ids and places.
struct ProblemTests {
  private let article: Model

  init() throws { article = try Model.builtInArticle }

  private func problems(_ body: () throws -> Void) throws -> [KhabarError.Problem] {
    try #require(throws: KhabarError.self) { try body() }.problems
  }

  @Test func sayWhereAndWhat() throws {
    let names = try problems { _ = try article.query("events with Lavorv in Moskow") }
    #expect(names.map(\.id) == ["E0301", "E0301"])
    #expect(names.map(\.severity) == ["error", "error"])
    #expect(names.map(\.range) == [12..<18, 22..<28])
    #expect(names.map(\.column) == [13, 23])
    #expect(names[0].line == 1)
    #expect(names[0].source == "<query>")
    #expect(names[0].help == ["did you mean `Lavrov` (Sergei Lavrov)?"])
  }

  @Test func columnsAreScalarsAndRangesBytes() throws {
    let found = try problems { _ = try article.query("الأحداث مع لافرف") }
    #expect(found.map(\.column) == [12])
    #expect(found.map(\.range) == [20..<30])
  }

  @Test func aModelsProblemsNameItsFile() throws {
    let text =
      "define state norland ( name en \"Norland\" )\ndefine event e ( type CONSULT, actor sudland )\n"
    let found = try problems { _ = try Model(text: text, name: "islands.khabar") }
    #expect(found.filter { $0.severity == "error" }.map(\.id) == ["E0406"])
    #expect(found.first?.source == "islands.khabar")
    #expect(found.first?.line == 2)
    #expect(found.first?.column == 38)
  }

  @Test func aModelsProblemsAreDrawn() throws {
    let error = try #require(throws: KhabarError.self) {
      try Model(text: "define place p ( kind city, within nowhere )", name: "islands.khabar")
    }
    #expect("\(error)".contains("error[E0406]"))
    #expect("\(error)".contains("islands.khabar:1:36"))
  }

  @Test func thereIsNoSuchModel() throws {
    #expect(try problems { _ = try Model(builtIn: "atlantis") }.map(\.id) == ["E0601"])
  }

  @Test(arguments: ["let a = events", "events; actors", "", "# nothing"])
  func aQueryIsOneQuery(text: String) throws {
    #expect(try problems { _ = try article.query(text) }.map(\.id) == ["E0602"])
  }

  @Test func aValueNeedsARow() throws {
    #expect(try problems { _ = try article.value("threats", as: String.self) }.map(\.id) == ["E0603"])
    #expect(
      try problems { _ = try article.value("peace_treaty_talks | select mode", as: String.self) }.map(\.id)
        == ["E0603"])
  }

  @Test func whatRanBeforeAnErrorIsKept() throws {
    var session = Session(article)
    #expect(try problems { _ = try session.run("let a = visits\na | take -1") }.map(\.id) == ["E0220"])
    #expect(try problems { _ = try session.run("a") }.map(\.id) == ["E0304"])
    #expect(try problems { _ = try session.run("let a = visits\na with Nobody") }.map(\.id) == ["E0301"])
    #expect(try session.run("a | count")[0].rows[0][0] == 2)
  }

  @Test func aDefinitionThatFailsLeavesTheModelAsItWas() throws {
    var session = Session(article)
    _ = try problems {
      _ = try session.run("define person ada ( name en \"Ada\" )\ndefine event e ( type CONSULT, actor bob )")
    }
    #expect(try session.run("actors | count")[0].rows[0][0] == 24)
  }
}
