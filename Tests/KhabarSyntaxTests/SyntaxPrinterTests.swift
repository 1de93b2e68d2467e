import KhabarSyntax
import Testing

@Suite struct SyntaxPrinterTests {
  private func parse(_ text: String) -> Script {
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
    #expect(diagnostics.isEmpty, "\(text): \(diagnostics.map(\.message))")
    return script
  }

  private func english(_ text: String) -> String { SyntaxPrinter().print(parse(text)) }
  private func arabic(_ text: String) -> String { SyntaxPrinter(.arabic).print(parse(text)) }

  /// Texts that are canonical already.
  static let canonical = [
    "events", "planned meetings", "planned contested events", "Lavrov", "\"Sergei Lavrov\"",
    "place Moscow", "event lachin_checkpoint | consequences", "(meetings) in Moscow", "((events))",
    "table \"a b.csv\"", "people representing Russia", "reports by Zakharova | count",
    "events with Lavrov, \"Ararat Mirzoyan\"", "events with any of Lavrov, Mirzoyan",
    "events with exactly Russia without France", "events with Lavrov as mediator",
    "events by Russia to Armenia hosted by Moscow", "events not in Moscow possibly with Scholz",
    "events not possibly before 2023-06 possibly not after 2023-06",
    "meetings after washington_talks before chisinau_meeting",
    "events during 2023-05 on 2023-05-19 since 2020 until 2023-1X overlapping 2023-05-01/2023-05-04",
    "events between 2023-05 and 2023-06 within 5 days of 2023-05-14",
    "events before (meetings in Moscow)", "events after today - 30 days",
    "events within (3 days + 1 month) of 2023-05", "events within 2 weeks of 2023",
    "events within 1 year of 2023-05",
    "events about trade according to Armenia reported by \"RT\" reported in moscow_2023_05_19 as of 2023-05-19",
    "events during [..2023-05-04]", "events since ../2023", "events until 2020/..", "events on 2020/",
    "events where status = planned and not score > 3", "events | where a or b and c",
    "events | where (a or b) and c",
    "events | where not (a or b)", "events | where possibly not time before 2023-06",
    "events | where (a = b) = c", "events | where a - (b - c) * d / (e * f)", "events | where a - b - c",
    "events | where -x + -5 < - 2023", "events | where - -0044-03 = - ../2023 or -- ../2023 = -(2023 - 1)",
    "events before (about + 1) within 3 days of (to.place + 1)",
    "events | where time between (within() + 1) and today",
    "events | where (ongoing (meetings)) - x = 1", "sequence by (not within(place)) (meetings) then (events)",
    "set x in;\nevents", "def all() = (rows)", "def twice(x) = (f(f(x)))",
    "def number(x) = count((x) during 2023)", "sequence by zone(place) (meetings) then (events)",
    "events | where -(a + b) = --c",
    "events | where type is CONSULT or actors has Lavrov or label contains \"talks\" or id matches \"^a\"",
    "events | where status in (planned, \"occurred\", 5)",
    "events | where place in (places in Moscow | take 3)",
    "events | where time between 2023-05 and 2023-06 and time within 3 days of start(time)",
    "events | where time during 2023-05 and time overlapping (meetings)",
    "events | where label = none or true != false",
    "events | where label = \"a \\\"b\\\" \\\\ \\n \\t \\u{202E}\"",
    "events | where count(actors) > 2", "events | where count((meetings)) > 2",
    "events | where exists(meetings in Moscow | take 3)",
    "events | where count((events before 2023)) = duration((meetings))",
    "events where a = b and in Moscow before 2023",
    "events where a and before 2023 not where b and with A",
    "events | where place in (planned events)", "events | where time before (planned events)",
    "events | where if(score > 1, 2 months, 14 days) = duration(time)",
    "events | sort by score desc, place.country", "events | take 3 | skip 2", "events | top 5 by score",
    "people | select offices.since, offices.until, offices.of",
    "events | distinct", "events | distinct place, status", "events | select id, place.country as land",
    "events | count", "events | summarize count, avg(score) as mean by status, quarter(time) as q",
    "events | summarize count by status", "events | summarize count", "events | one_a_day",
    "events | summarize count, rolling(avg(score), 3) by type, month(time) as m dense",
    "events | participants | actors | places | reports | articles | events",
    "events | parts | part_of | causes | consequences | follows | followed_by | alongside",
    "events | join (meetings in Moscow) as m on place = m.place",
    "events | union (meetings) | intersect (events)",
    "events | except (planned events) | evidence", "events | timeline", "events | timeline by place",
    "events | chart status", "events | graph",
    "events | timeline by place to \"a b.svg\"", "events | chart score + 1 to \"c.svg\"",
    "events | graph to \"g.dot\"",
    "sequence (meetings) then (agreements)",
    "every sequence by pair (meetings) then (agreements) then (assaults) within 3 days until (ceasefires)",
    "sequence by place (meetings) then (agreements) | count",
    "path from Scholz to \"Charles Michel\"", "path from Scholz to Michel through (meetings) within 3 steps",
    "let talks = negotiations with Armenia", "set lang ar", "set today 2023-05-19",
    "explain meetings in Moscow", "assert count(meetings) = 3",
    "assert exists(meetings in Moscow), \"none in Moscow\"",
    "expect meetings in Moscow | select id, time\n= id | time\n= a \\| b | 2023\n=", "expect events",
    "print \"plain\"", "print \"{count(meetings)} of {count(events where label = \\\"x\\\")}\"",
    "print \"{{a}} {count} \\n {x = \\\"\\u{22}\\u{7D}\\\"} { {2021,2023} }\"",
    "define person noor_halabi (name en \"Noor Halabi\" ar \"نور حلبي\", represents avaria)",
    "define event talks (type CONSULT, time 2031-05, actor noor_halabi possible, x -7.25 - 2023)",
  ]

  @Test(arguments: canonical) func canonicalTextIsAFixedPoint(_ text: String) {
    #expect(english(text) == text + "\n")
  }

  @Test(arguments: canonical) func arabicGivesTheSameTree(_ text: String) {
    let tree = parse(text)
    let printed = SyntaxPrinter(.arabic).print(tree)
    #expect(parse(printed) == tree, "\(printed)")
    #expect(arabic(printed) == printed)
  }

  @Test(arguments: [
    ("meetings   WITH Lavrov AND Mirzoyan and in Moscow", "meetings with Lavrov, Mirzoyan in Moscow"),
    ("events\n  | count # all", "events | count"),
    ("events during ٢٠٢٣-٠٥", "events during 2023-05"),
    ("events | where ((a) = ((b)))", "events | where a = b"),
    ("events | where a ≤ ٣", "events | where a <= 3"),
    ("events | where x not in (a, b)", "events | where not x in (a, b)"),
    (
      "الاجتماعات المخططة مع لافروف في موسكو خلال 2023-05",
      "planned meetings with لافروف in موسكو during 2023-05"
    ),
    ("events; meetings", "events\nmeetings"),
    ("hosted, by A", "hosted, by A"),
    ("set x \"in\"; events", "set x in;\nevents"),
    ("events | where label = «a»", "events | where label = \"a\""),
  ])
  func printsTheCanonicalForm(_ text: String, _ expected: String) {
    #expect(english(text) == expected + "\n")
  }

  @Test(arguments: [
    ("planned meetings in Moscow during 2023-05", "الاجتماعات المخططة في Moscow خلال 2023-05"),
    ("events with A, B | sort by score desc", "الأحداث مع A، B | رتب حسب الدرجة تنازليا"),
    ("planned (meetings)", "المخططة (الاجتماعات)"),
    ("events | where from before 2023", "الأحداث | حيث (من) قبل 2023"),
    ("events until published", "الأحداث لغاية تاريخ النشر"),
  ])
  func printsArabic(_ text: String, _ expected: String) {
    #expect(arabic(text) == expected + "\n")
  }

  @Test func longDefinitionsHaveAnEntryALine() {
    let text = """
      define person noor_halabi (
        name en "Noor Halabi" ar "نور حلبي",
        alias "Halabi" "the minister of the port" "the spokeswoman of the harbour council",
        represents avaria,
      )

      """
    #expect(english(text) == text)
  }

  @Test func namesAreQuotedWhereTheyMust() {
    for (name, expected) in [
      ("Lavrov", "Lavrov"), ("Sergei Lavrov", "\"Sergei Lavrov\""), ("before", "\"before\""),
      ("مع", "\"مع\""),
      ("2023", "\"2023\""), ("", "\"\""), ("O'Brien", "O'Brien"), ("a\"b", "\"a\\\"b\""),
      ("x\u{202E}", "\"x\\u{202E}\""),
      ("EVENTS", "\"EVENTS\""), ("a|b", "\"a|b\""), ("sergei_lavrov", "sergei_lavrov"),
    ] {
      #expect(SyntaxPrinter.name(name) == expected)
    }
  }

  @Test(arguments: Keyword.allCases) func fieldsSurviveArabic(_ keyword: Keyword) {
    guard !keyword.roles.isDisjoint(with: [.field, .value]), SyntaxPrinter.isWord(keyword.english) else {
      return
    }
    let text = "events | where x.\(keyword.english) = 1 | select \(keyword.english) as y"
    let tree = parse(text)
    #expect(parse(SyntaxPrinter(.arabic).print(tree)) == tree, "\(SyntaxPrinter(.arabic).print(tree))")
  }

  @Test func functionsSurviveArabic() {
    for keyword in Keyword.allCases where !keyword.roles.isDisjoint(with: [.function, .aggregate]) {
      let text = "events | select \(keyword.english)(time) as y"
      let tree = parse(text)
      #expect(parse(SyntaxPrinter(.arabic).print(tree)) == tree, "\(SyntaxPrinter(.arabic).print(tree))")
    }
  }
}
