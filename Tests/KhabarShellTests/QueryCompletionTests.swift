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
    #expect(try insertions("events | summarize roll") == ["rolling("])
    #expect(try insertions("events | summarize count by month(time) den") == ["dense"])
    #expect(try insertions("الأحداث | لخص عدد حسب شهر(الوقت) بلا") == ["بلا فجوات"])
    #expect(try insertions("events | one_a_day | where merg") == ["merged"])
  }

  /// What gives E0308 is not offered.
  @Test func stagesThatCanFollow() throws {
    let ofPeople = try insertions("people | ")
    for word in ["causes", "part_of", "one_a_day", "timeline"] { #expect(!ofPeople.contains(word)) }
    for word in ["where", "sort", "events", "count", "chart", "graph"] { #expect(ofPeople.contains(word)) }
    let ofEvents = try insertions("events | ")
    for word in ["causes", "part_of", "one_a_day", "timeline"] { #expect(ofEvents.contains(word)) }
    #expect(try insertions("(people | time") == [])
    #expect(try insertions("let x = events | time") == [])
    #expect(try !insertions("الأشخاص | ").contains("خط زمني"))
    #expect(try !insertions("الأشخاص | ").isEmpty)
  }

  private func hint(_ text: String) throws -> String? {
    let session = try session()
    session.model.store.names.prepareCompletion()
    _ = session.model.store.eventCounts
    return LiveHint(session: session, text: text, before: text).words()
  }

  /// A name is explained once Enter would take it; before, the hint says what Tab makes of it.
  @Test func hintSaysWhatEnterWouldTake() throws {
    #expect(try hint("events with Lavrov") == "Sergei Lavrov, person · 3 events")
    #expect(try hint("events with laf") == "Tab: Lavrov (Sergei Lavrov, person · 3 events)")
    #expect(try hint("events with Lavr") == "Tab: Lavrov (Sergei Lavrov, person · 3 events)")
    #expect(try hint("events with Lavorv") == "no actor is called \"Lavorv\"; Lavrov?")
    #expect(try hint("events with laf in Moscow ")?.hasPrefix("no actor is called \"laf\"; Lavrov?") == true)
  }

  @Test func noMistakeInWhatIsUnfinished() throws {
    #expect(try hint("events where status = ") == "occurred · planned · hypothetical · …")
    for text in [
      "events where status ", "events | where score > ", "events | where scor", "events where not ",
    ] {
      let words = try #require(try hint(text))
      #expect(!words.contains("found"), "\(text): \(words)")
    }
    #expect(try hint("events where status | count ")?.hasPrefix("found a status where") == true)
    #expect(try hint("people | timeline ")?.contains("cannot follow") == true)
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
    var session = try session()
    session.fileAccess = .unrestricted
    #expect(try insertions("table \"\(tables)countries.csv\" | where gd", session) == ["GDP_per_head"])
  }

  @Test func wordsOfAField() throws {
    #expect(try insertions("events where status = pl") == ["planned"])
    #expect(Set(try insertions("events where certainty = ")) == ["certain", "probable", "possible"])
    #expect(try insertions("events where type is neg") == ["negotiation"])
    #expect(try insertions("events with Russia as ").first == "actor")
  }

  @Test func boundNames() throws {
    var session = try session()
    _ = try session.run("let briefings = statements")
    #expect(try insertions("brie", session) == ["briefings"])
  }

  private func notes(_ text: String) throws -> [String: String] {
    let found = QueryCompletion(try session(), text).candidates().1
    return Dictionary(found.map { ($0.display, $0.note ?? "") }) { first, _ in first }
  }

  /// As `events with Russia | count` and its like count.
  @Test func namesHaveTheirNumberOfEvents() throws {
    var session = try session()
    for (text, name, kind) in [
      ("events with ", "Russia", "state"), ("events in ", "South Caucasus", "region"),
      ("events where place = ", "Moscow", "city"),
    ] {
      let clause = text.replacing("where place = ", with: "in ")
      let count = try session.run("\(clause)\"\(name)\" | count").first?.value(as: Int.self) ?? 0
      #expect(try notes(text)[name] == "\(kind) · \(count) events")
    }
    let planned = try session.run("planned events | count").first?.value(as: Int.self) ?? 0
    #expect(try notes("events where status = ")["planned"] == "\(planned) events")
    let meetings = try session.run("meetings | count").first?.value(as: Int.self) ?? 0
    #expect(try notes("meeti")["meetings"] == "\(meetings) events")
    #expect(try notes("events with Lavr")["Lavrov"] == "Sergei Lavrov, person · 3 events")
  }

  @Test func theMostFrequentComeFirst() throws {
    let counts = try ["events with ", "events in ", "events about ", "events where mode = "].map { text in
      QueryCompletion(try session(), text).candidates().1.compactMap(\.note).compactMap { note in
        note.split(separator: " ").dropLast().last.flatMap { Int($0) }
      }
    }
    for counts in counts.dropLast(2) { #expect(counts == counts.sorted(by: >) && counts.count > 5) }
    #expect(counts[3] == counts[3].sorted(by: >))
  }

  @Test(arguments: ["laf", "lav", "LAVR", "Lávr"]) func spellingsInLatinLetters(begun: String) throws {
    #expect(try insertions("events with \(begun)") == ["Lavrov"])
  }

  @Test(arguments: ["لاف", "لافر", "لَافْر"]) func spellingsInArabicLetters(begun: String) throws {
    #expect(try insertions("events with \(begun)") == ["لافروف"])
    #expect(try insertions("الأحداث مع \(begun)") == ["لافروف"])
  }

  @Test func arabicTextGetsArabicNames() throws {
    #expect(try insertions("الأحداث مع ").contains("روسيا"))
    #expect(try insertions("الأحداث في ").contains("موسكو"))
    // Alef in whatever form.
    #expect(try insertions("الأحداث مع أرم").contains("أرمينيا"))
    #expect(try insertions("الأحداث مع ارم").contains("أرمينيا"))
  }

  @Test func fieldsByType() throws {
    func expect(_ text: String, _ some: [String], not none: [String]) throws {
      let found = Set(try insertions(text))
      #expect(Set(some).subtracting(found) == [], "\(text)")
      #expect(found.intersection(none) == [], "\(text)")
    }
    try expect(
      "events | where score > ", ["score", "abs("], not: ["label", "time", "status", "month(", "true"])
    try expect("events | summarize avg(", ["score"], not: ["label", "time", "status", "true", "not"])
    try expect("events | summarize ", ["avg(", "count", "max("], not: ["label", "score", "year("])
    try expect("events | where year(", ["time"], not: ["label", "status"])
    try expect("events | where lower(", ["label", "id"], not: ["time", "score"])
    try expect("events | where time before ", ["today"], not: ["label"])
    try expect("events | where place.", ["country", "name"], not: ["score", "actors"])
    try expect("assert ", ["count("], not: ["label", "score"])
    try expect("events | where exists(reports | where ", ["article", "quote"], not: ["score", "place"])
    try expect(
      "events | summarize count as many by status | where many > ", ["many"], not: ["status", "label"])
  }

  @Test func whatTheSessionHasNamed() throws {
    var session = try session()
    _ = try session.run(
      "let briefings = statements; def met(a, b) = meetings with a, b; def late(x) = x > 2023; param who = Lavrov"
        + "; param many = 3; param gap = 14 days")
    func expect(_ text: String, _ some: [String], not none: [String] = []) throws {
      let found = Set(try insertions(text, session))
      #expect(Set(some).subtracting(found) == [], "\(text)")
      #expect(found.intersection(none) == [], "\(text)")
    }
    try expect("", ["briefings", "met("], not: ["late(", "many", "gap"])
    try expect("events | union (", ["briefings", "met("], not: ["late("])
    try expect("events before ", ["briefings"], not: ["many"])
    try expect("events | where id in (", ["briefings"])
    try expect("events | where ", ["late("], not: ["met("])
    try expect("events with ", ["who"], not: ["many", "gap", "briefings", "late("])
    try expect("events in ", [], not: ["who", "many"])
    try expect("events | take ", ["many"], not: ["who", "gap"])
    try expect("events within ", ["gap"], not: ["who", "many"])
    try expect("events | where score > ", ["many"], not: ["who", "gap", "late("])
  }

  /// Whatever is offered, the statement is right as far as it goes once it stands there: the parser finds nothing wrong
  /// before the word's end, and a name is one the model has.
  @Test func nothingOfferedIsAMistake() throws {
    let session = try session()
    // Words that say nothing by themselves: the parser says so at the word.
    let prefixes: Set<Keyword> = [.and, .not, .possibly, .every, .sequence, .path, .in]
    for text in try SpecQueries.beginnings() where !text.hasSuffix("\"") {
      let completion = QueryCompletion(session, text)
      // A directory's name goes on.
      for candidate in completion.candidates().1 where !candidate.insertion.hasSuffix("/") {
        let inserted = completion.rest + candidate.insertion
        if !prefixes.isDisjoint(with: Keyword.keywords(spelledBy: candidate.insertion)) {
          #expect(Parser.canGoOn(from: inserted), "\(inserted)")
          continue
        }
        let end = inserted.utf8.count
        let errors = Parser.parse(SourceText(name: "", text: inserted)).diagnostics.filter {
          $0.severity == .error && $0.span.lower < end
        }
        #expect(errors.isEmpty, "\(text)¦ → \(candidate.insertion): \(errors.first?.message ?? "")")
      }
    }
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
