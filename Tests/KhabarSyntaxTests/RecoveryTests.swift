import Testing

@testable import KhabarSyntax

/// Everything that is wrong with a text is reported, and everything once.
struct RecoveryTests {
  private func errors(_ text: String) -> [String] {
    let source = SourceText(name: "", text: text)
    return Parser.parse(source).diagnostics.map { "\($0.id) \(source.text($0.span))" }
  }

  private func help(_ text: String) -> String {
    Parser.parse(SourceText(name: "", text: text)).diagnostics.first?.help.first ?? ""
  }

  @Test(arguments: [
    ("events wiht A | cuont | take 1.5", ["E0203 wiht", "E0211 cuont", "E0220 1.5"]),
    ("events wiht A in B befor 2023 during 2023-13", ["E0203 wiht", "E0203 befor", "E0107 13"]),
    ("let = 3\nevents | cuont\nplanned | count\nevents", ["E0218 =", "E0211 cuont", "E0202 |"]),
    ("events in (x | take 1\nevents | cuont", ["E0204 ("]),
    ("events after (meetings wiht A | cuont) in Moscow | take", ["E0203 wiht", "E0211 cuont", "E0220 "]),
    ("define person a ( name = 3, alias +, b 1 )\nevents | cuont", ["E0217 =", "E0217 +", "E0211 cuont"]),
    ("define state a ( name \"x\"\ndefine state b ( name 1, = )", ["E0208 \n", "E0217 ="]),
    ("assert count(events with \"abc) = 1\nevents | cuont", ["E0101 \"", "E0211 cuont"]),
    ("events during [2023) | count", ["E0108 ["]),
    ("events where a = @ in B | cuont", ["E0103 @", "E0211 cuont"]),
    ("events | where a = 1) | take x; events | cuont", ["E0209 )", "E0211 cuont"]),
    ("MATCH (a)-[b]->('c') RETURN a", ["E0216 MATCH"]),
    ("print \"{1 +} {2 *}\"", ["E0205 "]),
  ])
  func everyMistakeOnce(text: String, expected: [String]) { #expect(errors(text) == expected) }

  @Test func statementsWithoutMistakesRemain() {
    let text =
      "events | count\nevents wiht A\nevents during 2023-13 # x\nset lang ar # \u{202E}\nactors; count | actors; places"
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
    #expect(diagnostics.count == 4)
    #expect(script.statements.count == 3)
  }

  @Test(arguments: [
    ("events wiht A", "did you mean `with`?"), ("events accordin to A", "did you mean `according to`?"),
    ("الأحداث معم A", "did you mean `مع`?"), ("events | cuont", "did you mean `count`?"),
    ("events | limit 5", "did you mean `take`?"),
    ("events with Sergei Lavrov", "a name of several words is quoted: `\"Sergei Lavrov\"`"),
    ("Sergei Lavrov | events", "a name of several words is quoted: `\"Sergei Lavrov\"`"),
    ("events with U.S. in Moscow", "a name with a sign in it is quoted: `\"U.S.\"`"),
    ("events count", "stages come after `|`: write `| count`"),
    ("events in 2023-05", "time clauses begin with `during`, `on`, `before`, …, as in `during 2023-05`"),
    ("events 2023-05", "say how the time bounds it, as in `during 2023-05` or `before 2023-05`"),
    ("events | count by status", "`summarize count by …` counts by group"),
    ("SELECT * FROM events", "start with the rows and select after `|`, as in `events | select id, time`"),
    ("FROM events", "start with the rows themselves, as in `events where …`"),
    ("events with before", "a name that is a keyword is quoted: `\"before\"`"),
  ])
  func helps(text: String, expected: String) { #expect(help(text) == expected) }

  @Test func anUnclosedParenthesisIsShown() throws {
    let text = "events where (a = 1 | count"
    let diagnostic = try #require(Parser.parse(SourceText(name: "", text: text)).diagnostics.first)
    #expect(diagnostic.labels.map(\.span.lower) == [13])
  }

  @Test func nestingBelowTheLimitIsFine() {
    for text in [
      String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200),
      String(repeating: "not ", count: 200) + "a", String(repeating: "a and ", count: 400) + "a",
      String(repeating: "id in (events where ", count: 60) + "a" + String(repeating: ")", count: 60),
    ] {
      #expect(errors("events | where " + text) == [])
    }
  }
}
