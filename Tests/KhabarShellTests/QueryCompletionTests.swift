import Khabar
import KhabarSyntax
import Testing

@testable import KhabarShell

@Suite struct QueryCompletionTests {
  private func session() throws -> Session { Session(try Model.builtInArticle) }

  private func insertions(_ text: String, _ session: Session? = nil) throws -> [String] {
    QueryCompletion(try session ?? self.session(), text).candidates().1.map(\.insertion)
  }

  @Test func namesInTheScriptThatWasBegun() throws {
    #expect(try insertions("events with Lavr") == ["Lavrov"])
    #expect(try insertions("events with لافر") == ["لافروف"])
    #expect(try insertions("events with laf") == ["Lavrov"])
  }

  @Test func namesOfSeveralWordsAreQuoted() throws {
    #expect(try insertions("events in South") == ["\"South Caucasus\""])
    #expect(try insertions("events with \"Lavr") == ["\"Lavrov\""])
  }

  @Test func onlyTheKindThatFits() throws {
    let places = try insertions("events in Mos")
    #expect(places.contains("Moscow"))
    #expect(!places.contains("moscow_trilateral"))
  }

  @Test func nounsInBothLanguages() throws {
    #expect(try insertions("ev").contains("events"))
    #expect(try insertions("meeti").contains("meetings"))
    #expect(try insertions("الأح").contains("الأحداث"))
    #expect(try insertions("الاجت").contains("الاجتماعات"))
  }

  @Test func stagesAfterABar() throws {
    #expect(try insertions("events | su") == ["summarize"])
    #expect(try insertions("events | ").contains("count"))
    #expect(try insertions("events | one") == ["one_a_day"])
    #expect(try insertions("events | summarize roll") == ["rolling"])
    #expect(try insertions("events | summarize count by month(time) den") == ["dense"])
    #expect(try insertions("الأحداث | لخص عدد حسب شهر(الوقت) بلا") == ["بلا فجوات"])
    #expect(try insertions("events | one_a_day | where merg") == ["merged"])
  }

  @Test(arguments: [
    ("people where repr", ["represents"]),
    ("events | where place.coun", ["country", "country_code"]),
    ("let x = people where alia", ["aliases"]),
    ("events | summarize count as many by status | sort by man", ["many"]),
    ("events | where count(reports) > 1 and scor", ["score"]),
  ])
  func fieldsOfTheRows(text: String, expected: [String]) throws {
    #expect(try insertions(text) == expected)
  }

  @Test func filesAndColumnsOfTables() throws {
    let folder = "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/")
    let tables = "/\(folder)/Spec/tables/"
    #expect(try insertions("table \"\(tables)cou") == ["\"\(tables)countries.csv\""])
    #expect(try insertions("table \"\(tables)tab") == ["\"\(tables)table.txt\""])
    #expect(try insertions("table \"\(tables)countries.csv\" | where gd") == ["GDP_per_head"])
  }

  @Test func wordsOfAField() throws {
    #expect(try insertions("events where status = pl") == ["planned"])
    #expect(try insertions("events where certainty = ") == ["certain", "probable", "possible"])
  }

  @Test func boundNames() throws {
    var session = try session()
    _ = try session.run("let briefings = statements")
    #expect(try insertions("brie", session) == ["briefings"])
  }

  /// Any beginning of any statement can be completed, and what is proposed replaces no more than what was typed.
  @Test func everyBeginning() throws {
    let session = try session()
    let statements = [
      "let t = planned meetings with any of Lavrov, \"Sergei Lavrov\" in Moscow before 2023-06 | sort by time desc",
      "الاجتماعات المخططة مع لافروف في موسكو خلال 2023-05 | عدد", "path from Scholz to Michel within 2 steps",
      "every sequence by pair (meetings) then (statements) within 30 days until (agreements)",
      "print \"{count(events)}\"; assert count(events) = 25, \"message\"",
      "((((events where place.country.name = \"",
    ]
    for statement in statements {
      let scalars = Array(statement.unicodeScalars)
      for end in 0...scalars.count {
        var beginning = String.UnicodeScalarView()
        beginning.append(contentsOf: scalars[..<end])
        let (replacing, _) = QueryCompletion(session, String(beginning)).candidates()
        #expect((0...end).contains(replacing))
      }
    }
  }
}
