import EDTF
import Testing

@testable import KhabarSyntax

struct ParserTests {
  private func statement(_ text: String) throws -> Statement.Kind {
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
    #expect(diagnostics.map(\.message) == [], "\(text)")
    return try #require(script.statements.first).kind
  }

  private func phrase(_ text: String) throws -> NounPhrase {
    guard case .query(let query) = try statement(text), case .phrase(let phrase) = query.source else {
      throw Unexpected(text: text)
    }
    return phrase
  }

  private func expression(_ text: String) throws -> Expression.Kind {
    guard case .query(let query) = try statement("events | where " + text),
      case .where(let expression) = query.stages.first?.kind
    else { throw Unexpected(text: text) }
    return expression.kind
  }

  private struct Unexpected: Error { var text: String }

  private func name(_ text: String) -> Name { Name(text) }
  private func path(_ text: String) -> Expression {
    Expression(.path(text.split(separator: ".").map { Name(String($0)) }), span: .none)
  }
  private func number(_ value: Double) -> Expression {
    Expression(.number(NumberLiteral(value, text: "\(Int(value))", span: .none)), span: .none)
  }

  // MARK: - Phrases

  @Test func adjectivesStandOnBothSides() throws {
    let before = try phrase("planned contested events")
    #expect(before.adjectives.map(\.word) == ["planned", "contested"])
    #expect(try phrase("events planned contested") == before)
    #expect(try phrase("Canceled events").adjectives.map(\.word) == ["cancelled"])
  }

  @Test func nouns() throws {
    #expect(try phrase("person with A").noun.kind == .rows(.people))
    #expect(try phrase("place in A").noun.kind == .rows(.places))
    #expect(try phrase("place Moscow").noun.kind == .entity(.place, Name("Moscow")))
    #expect(try phrase("event \"in\"").noun.kind == .entity(.event, Name("in", isQuoted: true)))
    #expect(try phrase("lachin_checkpoint").noun.kind == .word(Name("lachin_checkpoint")))
    #expect(try phrase("table \"a.csv\"").noun.kind == .table(Name("a.csv", isQuoted: true)))
    guard case .group = try phrase("(events | take 3) with A").noun.kind else {
      throw Unexpected(text: "group")
    }
  }

  @Test func clausesJoinNamesOrClauses() throws {
    let expected = try phrase("events with A, B not in C possibly before 2023-05").clauses
    #expect(expected.count == 3)
    #expect(try phrase("events with A and B and not in C and possibly before 2023-05").clauses == expected)
    #expect(try phrase("events with A, B, not in C, possibly before 2023-05").clauses == expected)
  }

  @Test func rolesAreSpelledOut() throws {
    func role(_ text: String) throws -> Name? {
      guard case .with(_, let role) = try phrase(text).clauses.first?.kind else {
        throw Unexpected(text: text)
      }
      return role
    }
    #expect(try role("events with A") == nil)
    #expect(try role("events by A")?.text == "actor")
    #expect(try role("events to A")?.text == "recipient")
    #expect(try role("events hosted by A")?.text == "host")
    #expect(try role("events with A as mediator")?.text == "mediator")
    #expect(try phrase("events with A as of 2023-05").clauses.count == 2)
  }

  @Test func aConditionEndsBeforeAClause() throws {
    #expect(try phrase("events where a = 1 and with A before 2023").clauses.count == 3)
    #expect(try phrase("events where a = 1 in Moscow").clauses.count == 2)
    #expect(try phrase("events where a in (1, 2) and not in Moscow").clauses.count == 2)
    #expect(try phrase("events where a = 1 and b = 2 or c").clauses.count == 1)
  }

  // MARK: - Times

  @Test func aTimeArgumentMayBeAQuery() throws {
    func argument(_ text: String) throws -> Expression.Kind {
      guard case .time(.before, let time) = try phrase("events before \(text)").clauses.first?.kind else {
        throw Unexpected(text: text)
      }
      return time.kind
    }
    for text in ["(meetings)", "(meetings in Moscow)", "((meetings) | take 1)", "(place Moscow | events)"] {
      guard case .query = try argument(text) else { throw Unexpected(text: text) }
    }
    for text in ["(start(x))", "(today - 3 days)", "(2023-05)", "(x + 3 days)", "(-3 days + today)"] {
      if case .query = try argument(text) { throw Unexpected(text: text) }
    }
    #expect(
      try argument("today - 30 days")
        == .binary(
          .subtract, Expression(.call(Name("today"), []), span: .none),
          Expression(.duration(DurationLiteral(30, .days)), span: .none)))
    #expect(try argument("washington_talks") == path("washington_talks").kind)
    #expect(try argument("2023") == number(2023).kind)
  }

  @Test(arguments: [
    ("14 days", 0, 14), ("2 weeks", 0, 14), ("3 months", 3, 0), ("1 year", 12, 0), ("٣ أيام", 0, 3),
  ])
  func durations(text: String, months: Int, days: Int) throws {
    guard case .binary(.equal, _, let right) = try expression("a = \(text)"),
      case .duration(let duration) = right.kind
    else { throw Unexpected(text: text) }
    #expect(duration.value == CalendarDuration(months: months, days: days))
  }

  // MARK: - Expressions

  /// What stands in parentheses on the right says how the left is read.
  @Test(arguments: [
    ("a or b and c", "a or (b and c)"), ("not a and b", "(not a) and b"),
    ("possibly not a = b", "possibly (not (a = b))"),
    ("a = b + c * d", "a = (b + (c * d))"), ("a - b - c", "(a - b) - c"), ("-a * b", "(-a) * b"),
    ("a < b and c > d or e", "((a < b) and (c > d)) or e"), ("a is b and c has d", "(a is b) and (c has d)"),
    ("a not in (b)", "not (a in (b))"), ("a is not b", "not (a is b)"),
    ("a not during b", "not (a during b)"),
    ("a possibly before b", "possibly (a before b)"),
    ("a between b and c and d", "(a between b and c) and d"),
    ("a within 3 days of b or c", "(a within 3 days of b) or c"),
    ("a before b + 3 days", "a before (b + 3 days)"),
    ("not a in (b, c)", "not (a in (b, c))"), ("a = -1", "a = (-1)"),
  ])
  func precedence(text: String, grouped: String) throws {
    #expect(try expression(text) == expression(grouped))
  }

  @Test func nearlyEveryWordIsAnOperand() throws {
    for word in [
      "count", "planned", "person", "events", "within", "to", "from", "top", "Moscow", "about", "value",
    ] {
      #expect(try expression("a = \(word)") == .binary(.equal, path("a"), path(word)))
    }
    for word in ["and", "in", "before", "by", "as", "desc", "then", "with"] {
      #expect(!Parser.parse(SourceText(name: "", text: "events | where a = \(word)")).diagnostics.isEmpty)
    }
  }

  @Test func countTakesAQueryOrAnExpression() throws {
    func isQuery(_ text: String) throws -> Bool {
      guard case .assert(let expression, _) = try statement("assert \(text)"),
        case .call(_, let arguments) = expression.kind
      else { throw Unexpected(text: text) }
      if case .query = arguments.first?.kind { return true }
      return false
    }
    for text in [
      "count(events)", "count(meetings in Moscow)", "exists(planned meetings)", "value(events | count)",
    ] {
      #expect(try isQuery(text))
    }
    for text in ["count(a.b)", "lower(events)", "count(1)"] { #expect(try isQuery(text) == false) }
    #expect(
      try expression("count(actors) > 2")
        == .binary(
          .greater, Expression(.call(Name("count"), [path("actors")]), span: .none), number(2)))
  }

  @Test func membersAreAListOrAQuery() throws {
    #expect(try expression("a in (b, c)") == .member(path("a"), [path("b"), path("c")]))
    for query in [
      "(events | take 3)", "(people representing Russia)", "(meetings in Moscow)", "(planned meetings)",
    ] {
      guard case .memberOfQuery = try expression("a in \(query)") else { throw Unexpected(text: query) }
    }
  }

  // MARK: - Other productions

  @Test func sequences() throws {
    guard
      case .query(let query) = try statement(
        "every sequence by pair (a with b) then (c) then (d) within 2 weeks until (e) | count"),
      case .sequence(let pattern) = query.source
    else { throw Unexpected(text: "sequence") }
    #expect(pattern.isEvery && pattern.key == path("pair") && pattern.steps.count == 3)
    #expect(pattern.within?.kind == .duration(DurationLiteral(2, .weeks)) && pattern.until != nil)
    guard case .query(let keyed) = try statement("sequence by year(time) (a) then (b)"),
      case .sequence(let other) = keyed.source
    else { throw Unexpected(text: "sequence by a call") }
    #expect(other.key?.kind == .call(Name("year"), [path("time")]))
  }

  @Test func paths() throws {
    guard case .query(let query) = try statement("path from A to \"B C\" through (meetings) within 3 steps"),
      case .path(let path) = query.source
    else { throw Unexpected(text: "path") }
    #expect(path.from == name("A") && path.to == Name("B C", isQuoted: true))
    #expect(path.steps?.kind == number(3).kind && path.through != nil)
  }

  @Test func interpolation() throws {
    #expect(
      try statement(#"print "a {{ \u{7B} {count(events with \"A B\")} }}""#)
        == .print(
          Interpolation(
            [
              .text("a { { "),
              .expression(
                Expression(
                  .call(
                    Name("count"),
                    [
                      Expression(.query(try query(#"events with "A B""#)), span: .none)
                    ]), span: .none)),
              .text(" }"),
            ], span: .none)))
  }

  private func query(_ text: String) throws -> Query {
    guard case .query(let query) = try statement(text) else { throw Unexpected(text: text) }
    return query
  }

  @Test func definitionsKeepTheirValues() throws {
    let text =
      "define report ( evidence line 5 (a b), coordinates -1.5 40.25, date 2023-05,\n gist en \"x\" ar «ي», )"
    guard case .define(let definition) = try statement(text) else { throw Unexpected(text: text) }
    #expect(
      definition.id == nil
        && definition.entries.map(\.field.text) == ["evidence", "coordinates", "date", "gist"])
    let values = definition.entries[1].values.map(\.kind)
    #expect(
      values == [
        .number(NumberLiteral(-1.5, text: "-1.5", span: .none)),
        .number(NumberLiteral(40.25, text: "40.25", span: .none)),
      ])
    guard case .entries(let inner) = definition.entries[0].values[2].kind else {
      throw Unexpected(text: text)
    }
    #expect(inner.map(\.field.text) == ["a"])
  }

  @Test func settings() throws {
    for (text, value) in [("ar", "ar"), ("2023-05-19", "2023-05-19"), ("\"a b\"", "a b"), ("-3", "-3")] {
      #expect(try statement("set x \(text)") == .set(name("x"), Setting(value, span: .none)))
    }
  }

  // MARK: - Arabic

  @Test(arguments: [
    ("الاجتماعات المخططة مع X في Y خلال ٢٠٢٣-٠٥", "planned meetings with X in Y during 2023-05"),
    ("المخططة الاجتماعات", "meetings planned"),
    ("الأحداث بدون X و بعد Y ، ليس قبل Z", "events without X and after Y, not before Z"),
    ("الأحداث | لخص عدد باسم ن حسب الحالة", "events | summarize count as ن by status"),
    (
      "الأحداث | رتب حسب الوقت تنازليا | خذ 3 | اختر المعرف، المكان.البلد",
      "events | sort by time desc | take 3 | select id, place.country"
    ),
    (
      "الأحداث حيث الحالة = مخطط أو ربما ليس الدرجة > 2",
      "events where status = planned or possibly not score > 2"
    ),
    ("الأحداث ضمن 5 أيام من 2023-05-14 باستضافة X", "events within 5 days of 2023-05-14 hosted by X"),
    ("الأحداث وفق X حتى تاريخ 2023-05 حتى 2024", "events according to X as of 2023-05 until 2024"),
    (
      "تسلسل حسب ثنائي (أحداث) ثم (اتفاقات) ضمن أسبوعين",
      "sequence by pair (events) then (agreements) within 2 weeks"
    ),
    ("مسار من X إلى Y عبر (اجتماعات) ضمن 3 خطوات", "path from X to Y through (meetings) within 3 steps"),
    ("ليكن س = مُفاوَضات مع X؛ تأكد عدد(س) = 3", "let س = negotiations with X; assert count(س) = 3"),
    ("الأحداث مع أي من X، Y بصفة مضيف", "events with any of X, Y as host"),
    ("الأحداث قبل اليوم - 3 أشهر", "events before today - 3 months"),
  ])
  func arabicGivesTheSameTree(arabic: String, english: String) {
    let ours = Parser.parse(SourceText(name: "", text: arabic.replacing("أسبوعين", with: "2 أسبوعين")))
    let theirs = Parser.parse(SourceText(name: "", text: english))
    #expect(ours.diagnostics.map(\.message) == [])
    #expect(theirs.diagnostics.map(\.message) == [])
    #expect(ours.script == theirs.script)
  }

  /// What is around a query in parentheses may be a query or an expression.
  @Test func parenthesesThatOpenTogether() throws {
    guard case .binary(.subtract, let left, _) = try expression("((planned meetings) - 3 days)"),
      case .query = left.kind
    else { throw Unexpected(text: "a difference") }
    guard case .query = try expression("((planned meetings) | take 1)") else {
      throw Unexpected(text: "a query")
    }
    guard case .query = try expression("(planned (meetings))") else { throw Unexpected(text: "a query") }
    guard case .binary(.and, _, _) = try expression("((planned meetings) and (a or b))") else {
      throw Unexpected(text: "a conjunction")
    }
  }

  /// `to`, `within`, `about`, and `يوم` in Arabic (on, day), are fields where no clause can begin so.
  @Test func fieldsThatAreKeywordsOfClauses() throws {
    #expect(try phrase("events where a = b and about = c and within.x = 2").clauses.count == 1)
    #expect(try phrase("events where a = b and about c").clauses.count == 2)
    #expect(try phrase("الأحداث حيث a = b و يوم(time) = 5").clauses.count == 1)
    #expect(try phrase("الأحداث حيث a = b و يوم 2023-05-01").clauses.count == 2)
    #expect(try expression("x.يوم = 1") == expression("x.day = 1"))
    #expect(try expression("time before from.x") == expression("time before (from.x)"))
  }

  @Test func callsInKeys() throws {
    let sequences = [
      "sequence by zone(place) (meetings) then (events)",
      "sequence by (sequence by x (meetings) then (events)) (meetings) then (events)",
      "every sequence by a in (sequence by b (events) then (events)) or today (meetings) then (events)",
    ]
    for text in sequences {
      guard case .query(let query) = try statement(text), case .sequence(let pattern) = query.source else {
        throw Unexpected(text: text)
      }
      #expect(pattern.key != nil && pattern.steps.count == 2)
    }
  }

  @Test(arguments: [
    ("let count = meetings", "E0218"), ("let define = meetings", "E0218"), ("set x -y", "E0218"),
    ("set x - 2023-05", "E0218"), ("events | where min(a,) = 1", "E0205"), ("insert into events", "E0216"),
  ])
  func whatTheGrammarHasNot(text: String, id: String) {
    #expect(Parser.parse(SourceText(name: "", text: text)).diagnostics.map(\.id) == [id])
  }

  @Test func insertIsANameBeforeAClause() throws {
    #expect(try phrase("insert with Russia").noun.kind == .word(Name("insert")))
  }

  @Test func everySpellingMeansItsKeyword() {
    #expect(Set(Keyword.rows.map(\.keyword)) == Set(Keyword.allCases))
    #expect(Keyword.rows.count == Keyword.allCases.count)
    for row in Keyword.rows {
      #expect(!row.arabic.isEmpty && !row.english.isEmpty)
      for spelling in row.english + row.arabic { #expect(row.keyword.spells(spelling), "\(spelling)") }
    }
  }

  /// Two keywords may be spelled alike only where no place takes both.
  @Test func noPlaceTakesTwoKeywordsOfOneSpelling() {
    let roles: [Keyword.Roles] = [
      .statement, .adjective, .clause, .stage, .unit, .literal, .function, .aggregate, .noun, .type, .field,
      .value, .definition, .entry, .mark,
    ]
    for role in roles {
      var seen: [String: Keyword] = [:]
      for row in Keyword.rows where row.roles.contains(role) {
        for spelling in row.english + row.arabic {
          let previous = seen.updateValue(row.keyword, forKey: spelling)
          #expect(previous == nil, "\(spelling)")
        }
      }
    }
  }
}
