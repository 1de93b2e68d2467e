import Testing

@testable import KhabarSyntax

/// The canonical layout, case by case.
@Suite struct ScriptFormatterTests {
  private func format(_ text: String, in language: SyntaxPrinter.Language? = nil) -> String {
    let (result, diagnostics) = ScriptFormatter.format(SourceText(name: "", text: text), in: language)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    return result
  }

  @Test func commentsKeepTheirPlaces() {
    let text = """
      # At the start.

      events   |count# at the end of a line
      # above
      meetings with Lavrov , # after a name
         Mirzoyan
         # above a stage
         | where ( status = planned # in parentheses
           and score > 3 )   # at the end
      let x = (meetings) # between stages
      | union (events)
      events \\ # after a backslash
        in Moscow
      # At the end.
      """
    let formatted = format(text)
    #expect(format(formatted) == formatted)
    #expect(formatted.hasPrefix("# At the start.\n\nevents | count  # at the end of a line\n# above\n"))
    #expect(formatted.contains("with Lavrov,  # after a name\n    Mirzoyan\n  # above a stage\n  | where"))
    #expect(formatted.contains("let x = (meetings)  # between stages\n  | union (events)\n"))
    #expect(formatted.contains("events \\  # after a backslash\n    in Moscow\n# At the end.\n"))
  }

  @Test func definitionsShareLinesAndKeepComments() {
    let text = """
      define event crossing ( type CONSULT , # what it was
        mode visit, label en "The ministers of the two states meet at the crossing" ar "لقاء الوزيرين عند المعبر الحدودي" ,
        # when
        time 2031-05-02, place samdera, actor a b # both
        ) # done
      define topic tolls ( name en "tolls" )
      """
    let expected = """
      define event crossing (
        type CONSULT,  # what it was
        mode visit,
        label en "The ministers of the two states meet at the crossing"
              ar "لقاء الوزيرين عند المعبر الحدودي",
        # when
        time 2031-05-02, place samdera, actor a b,  # both
      )  # done
      define topic tolls (name en "tolls")

      """
    #expect(format(text) == expected)
  }

  @Test(arguments: [
    ("events\n\n\n\nmeetings", "events\n\nmeetings\n"),
    ("\n\nevents\n\n", "events\n"),
    ("events;meetings;;", "events\nmeetings\n"),
    ("\u{FEFF}events", "events\n"),
    ("events\r\nmeetings\r\n", "events\r\nmeetings\r\n"),
    ("", ""), ("\n \n", ""), ("# only", "# only\n"), ("# a  \n\n\n# b", "# a\n\n# b\n"),
    ("#!/usr/bin/env -S khabar run\nevents", "#!/usr/bin/env -S khabar run\nevents\n"),
    ("places | select within; events", "places | select within;\nevents\n"),
    ("(events # a\n) # b", "(\n  events  # a\n)  # b\n"),
    ("events within 2 weeks of 2023", "events within 2 weeks of 2023\n"),
  ])
  func linesAndEnds(_ text: String, _ expected: String) {
    let formatted = format(text)
    #expect(formatted.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(formatted.debugDescription)")
    #expect(format(formatted) == formatted)
  }

  @Test func whatIsTooLongIsBroken() {
    let stage = "where status = planned and certainty = certain and place in (Moscow, Granada, Chisinau)"
    let text = """
      meetings with Armenia, Azerbaijan | \(stage) and label contains "talks" | count
      sequence by states (occurred meetings with Armenia) then (planned meetings with Azerbaijan in Moscow) within 3 weeks
      let told = (events with Armenia according to Armenia) | union (events with Russia according to Russia)
      assert count(events where count(reports) != 1) = 0, "one article tells of each event once and never twice"
      """
    let expected = """
      meetings with Armenia, Azerbaijan
        | \(stage) and
            label contains "talks"
        | count
      sequence by states (
        occurred meetings with Armenia
      ) then (
        planned meetings with Azerbaijan in Moscow
      ) within 3 weeks
      let told = (events with Armenia according to Armenia)
        | union (events with Russia according to Russia)
      assert count(events where count(reports) != 1) = 0,
          "one article tells of each event once and never twice"

      """
    #expect(format(text) == expected)
  }

  @Test(arguments: [
    ("events | عدد", "events | count\n"), ("الأحداث | count", "الأحداث | عدد\n"),
    ("Lavrov | أحداث", "Lavrov | الأحداث\n"), ("Lavrov", "Lavrov\n"),
    ("# events\nالأحداث", "# events\nالأحداث\n"),
  ])
  func theFirstKeywordDecides(_ text: String, _ expected: String) {
    #expect(format(text) == expected)
  }

  @Test func mistakesLeaveTheTextAlone() {
    let text = "events |   count\nmeetings witth"
    let (result, diagnostics) = ScriptFormatter.format(SourceText(name: "", text: text))
    #expect(result == text)
    #expect(diagnostics.contains { $0.severity == .error })
  }

  @Test func definitionsAreWrittenInArabic() {
    let english = """
      define person noor (name en "Noor" ar "نور", office en "minister" of avaria since 2029, lines in gazette 1 2)
      define event talks (type CONSULT, actor noor possible, participant avaria as mediator, part_of summit line 3)
      define report (event talks, status planned, certainty probable, evidence line 2 span 5 9, source noor background)
      define place selm (kind city, within avaria_land background, country AV)

      """
    let arabic = """
      عرف شخص noor (
        الاسم en "Noor" ar "نور"،
        المنصب en "minister" من avaria منذ 2029،
        السطور في gazette 1 2،
      )
      """
    #expect(format(english, in: .arabic).hasPrefix(arabic))
    #expect(format(format(english, in: .arabic), in: .english) == format(english))
  }

  /// The example of the manual's chapter on formatting.
  @Test func theExampleOfTheManualIsFormatted() throws {
    let manual = GrammarFiles.read("Manual.md")
    let marker = "<!-- an untidy script, and what fmt makes of it -->\n"
    let start = try #require(manual.firstRange(of: marker)).upperBound
    let blocks = manual[start...].matches(of: /```text\n((?s).*?)```/).prefix(2).map { String($0.output.1) }
    #expect(format(blocks[0]) == blocks[1])
  }
}
