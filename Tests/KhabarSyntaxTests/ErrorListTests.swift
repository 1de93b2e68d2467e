import Testing

@testable import KhabarSyntax

/// `Grammar/Errors.md` has a section for every id of the lexer and the parser, with a text that triggers it.
struct ErrorListTests {
  struct Section: CustomTestStringConvertible {
    var id: String
    var example: String
    var testDescription: String { id }
  }

  static let sections: [Section] = {
    var sections: [Section] = []
    var isInExample = false
    for line in GrammarFiles.read("Errors.md").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## E") {
        sections.append(Section(id: String(line.dropFirst(3).prefix(5)), example: ""))
      } else if line.hasPrefix("```") {
        isInExample = line == "```khabar"
      } else if isInExample, !sections.isEmpty {
        sections[sections.count - 1].example += line + "\n"
      }
    }
    return sections.filter { $0.id < "E03" }
  }()

  @Test func everyIdHasASection() {
    let lexical = (101...110).map { "E0\($0)" }
    let grammatical = (201...221).map { "E0\($0)" }
    #expect(Self.sections.map(\.id) == lexical + grammatical)
  }

  @Test(arguments: sections) func theExampleTriggersItAlone(_ section: Section) {
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: section.example))
    #expect(diagnostics.map(\.id) == [section.id])
    #expect(script.statements.isEmpty)
  }

  @Test(arguments: sections) func itSaysWhatToDoWhereThatIsNotPlain(_ section: Section) {
    let plain = [
      "E0102", "E0103", "E0105", "E0106", "E0107", "E0109", "E0204", "E0205", "E0208", "E0213", "E0218",
      "E0220",
    ]
    let (_, diagnostics) = Parser.parse(SourceText(name: "", text: section.example))
    for diagnostic in diagnostics {
      #expect(!diagnostic.help.isEmpty || plain.contains(section.id))
      #expect(diagnostic.message.first?.isUppercase == false)
    }
  }
}
