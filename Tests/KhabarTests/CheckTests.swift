import Khabar
import KhabarSyntax
import Testing

/// `Session.check`: all that is wrong with a text, without running it.
struct CheckTests {
  private let session: Session

  init() throws { session = Session(try Model.builtInArticle) }

  private func ids(_ text: String) -> [String] {
    session.check(SourceText(name: "script", text: text)).map(\.0.id)
  }

  @Test func aRightScriptHasNothingWrong() {
    #expect(ids("let a = visits\na | count\nassert count(a) = 3\nprint \"{count(a)}\"\nset lang ar") == [])
  }

  @Test func everyStatementIsChecked() {
    #expect(
      ids("events with Lavorv\nvisits | take \"x\"\nplaces with Russia") == ["E0220", "E0301", "E0307"])
  }

  @Test func bindingsAreKnown() {
    #expect(ids("let a = visitz\na | count") == ["E0304", "E0304"])
    #expect(ids("a | count\nlet a = visits") == ["E0304"])
  }

  /// Definitions that stand together may speak of one another, whichever comes first.
  @Test func definitionsMayComeInAnyOrder() {
    let text = """
      define event tea ( type CONSULT, actor ada )
      define report ( event tea, article moscow_2023_05_19, status occurred )
      define person ada ( name en "Ada Ferrant" )
      events with Ada
      """
    #expect(ids(text) == [])
  }

  @Test func warningsAreTold() {
    #expect(ids("define event tea ( type CONSULT )") == ["E0411"])
  }

  @Test func nothingIsChanged() throws {
    _ = ids("let a = visits; define place kelm ( kind city )")
    #expect(session.boundNames == [])
    #expect(try session.model.value("places | count", as: Int.self) == 15)
  }
}
