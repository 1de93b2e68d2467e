import Testing

/// The notation that the grammar is written in, read and understood.
struct NotationTests {
  private func grammar(_ text: String) throws -> Grammar {
    try GrammarReader.read("/* ---- S ---- */\n" + text)
  }

  private func accepts(_ text: String, _ sentence: String) throws -> Bool {
    Recognizer<CharacterInput>(try grammar(text)).accepts(CharacterInput(sentence), as: .name("A"))
  }

  @Test func operatorsBindAsTheRecommendationSays() throws {
    let term = try grammar("A ::= 'a' 'b'* | 'c'+ - 'd' 'e'?")["A"]
    #expect(
      term
        == .choice([
          .sequence([.quoted("a"), .many(.quoted("b"))]),
          .sequence([.except(.some(.quoted("c")), .quoted("d")), .optional(.quoted("e"))]),
        ]))
  }

  @Test func commentsBelongToTheProductionAboveOrToTheSection() throws {
    let text = "A ::= 'a' /* of A */\n/* of S */\n/* ---- T ---- */\nB ::= A\n          /* of\n     B */\n"
    let sections = try GrammarReader.read("/* top */\n/* ---- S ---- */\n" + text).sections
    #expect(sections.map(\.title) == ["S", "T"])
    #expect(sections.map(\.notes) == [["of S"], []])
    #expect(sections.flatMap(\.productions).map(\.notes) == [["of A"], ["of\nB"]])
  }

  @Test(arguments: [
    ("A ::= [^]#xA]+", "ab-[", true), ("A ::= [^]#xA]+", "a]", false), ("A ::= [-+]", "-", true),
    ("A ::= [a-c]* 'x'", "abcax", true), ("A ::= [a-c]* 'x'", "adx", false), ("A ::= #x41 #x628", "Aب", true),
    ("A ::= B* 'b'\nB ::= 'a'? 'b'?", "abbab", true), ("A ::= '(' A ')' | 'x'", "((x))", true),
    ("A ::= '(' A ')' | 'x'", "((x)", false), ("A ::= (B - 'ab') 'c'\nB ::= [a-z] [a-z]", "abc", false),
    ("A ::= (B - 'ab') 'c'\nB ::= [a-z] [a-z]", "bac", true),
  ])
  func sentencesAreRecognized(_ text: String, _ sentence: String, _ isOne: Bool) throws {
    #expect(try accepts(text, sentence) == isOne)
  }

  @Test(arguments: [
    ("A ::= 'a", 2), ("A ::= ('a'\nB ::= 'b'", 3), ("A = 'a'", 2), ("A ::= [a-z", 2), ("A ::= #xZ", 2),
    ("A ::= [z-a]", 2), ("A ::= 'a'\n\n/* no end", 4), ("A ::= 'a' )", 2),
  ])
  func mistakesHaveALine(_ text: String, _ line: Int) {
    #expect { try grammar(text) } throws: { ($0 as? GrammarReader.Mistake)?.line == line }
  }
}
