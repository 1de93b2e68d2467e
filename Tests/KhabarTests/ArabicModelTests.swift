import KhabarPlan
import KhabarSyntax
import Testing

@testable import Khabar

/// A whole model can be written in Arabic.
@Suite struct ArabicModelTests {
  @Test(arguments: Model.builtInNames)
  func aModelInArabicIsTheSameModel(_ name: String) throws {
    let text = try Model.builtInText(name)
    let arabic = ScriptFormatter.format(SourceText(name: name, text: text), in: .arabic).text
    let ours = try Model(text: text)
    let theirs = try Model(text: arabic)
    #expect(ModelPrinter.script(theirs.builder) == ModelPrinter.script(ours.builder))
    let words = Lexer.tokens(of: SourceText(name: name, text: arabic)).tokens.compactMap { token in
      if case .word(let word) = token.kind { word } else { nil }
    }
    let english = Set(
      words.filter { Keyword.keyword(spelledBy: $0, as: [.definition, .entry, .mark]) != nil })
    #expect(english.filter { $0.utf8.allSatisfy { $0 < 0x80 } } == [])
  }
}
