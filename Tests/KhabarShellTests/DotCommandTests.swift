import Khabar
import KhabarSyntax
import KhabarText
import Testing

@testable import KhabarShell

@Suite struct DotCommandTests {
  private func words(_ line: String) -> [String] {
    DotLine(SourceText(name: "", text: line)).words.map(\.text)
  }

  @Test func linesAreCutIntoWords() {
    #expect(words(".open a.khabar b.khabar") == ["a.khabar", "b.khabar"])
    #expect(words("  .open\t\"two words.khabar\" x") == ["two words.khabar", "x"])
    #expect(words(".open \"unclosed word") == ["unclosed word"])
    #expect(words(".names لافروف") == ["لافروف"])
    #expect(words(".") == [])
    #expect(words("") == [])
  }

  @Test func queriesKeepTheirPlaces() {
    let line = DotLine(SourceText(name: "", text: " .explain events with Lavorv"))
    #expect(line.query.text == "          events with Lavorv")
    #expect(line.query.text.utf8.count == line.source.utf8.count)
  }

  @Test func everyCommandIsFoundByItsNames() {
    for command in DotCommand.all {
      for name in [command.name, command.name.uppercased()] + command.otherNames {
        #expect(DotCommand.named(name)?.name == command.name)
      }
      #expect(command.example.hasPrefix("." + command.name))
    }
  }

  @Test func commandsOfOtherShellsAreKnown() {
    #expect(DotLine.isOne("\\d events"))
    #expect(DotLine.isOne(" \\?"))
    #expect(!DotLine.isOne("\\"))
    for (name, here) in DotCommand.foreign {
      #expect(DotCommand.named(String(here.prefix { $0 != " " })) != nil, "\(name)")
      #expect(DotCommand.named(name) == nil || name.count == 1, "\(name)")
    }
  }

  /// No two topics or commands share a word, or the later one could never be asked for.
  @Test func helpIsUnambiguous() {
    let names = HelpTopic.all.flatMap { [$0.name] + $0.otherNames }
    #expect(Set(names).count == names.count)
  }

  @Test func helpHasExamplesThatWork() throws {
    var session = Session(try Model.builtInArticle)
    for example in HelpTopic.firstExamples + HelpTopic.all.flatMap(\.examples) {
      #expect(throws: Never.self, "\(example.query)") { try session.run(example.query) }
      session.language = "en"
    }
  }

  @Test func helpFitsAWindowOf80Columns() {
    for text in [HelpTopic.overview()] + HelpTopic.all.map({ $0.text() }) {
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
    }
  }

  @Test func languagesAreTags() {
    for tag in ["en", "ar", "AR", "zh-Hant", "hy"] { #expect(Model.isLanguage(tag)) }
    for tag in ["", "e", "klingon", "en_US", "ar-", "-", "عربي"] { #expect(!Model.isLanguage(tag)) }
  }
}
