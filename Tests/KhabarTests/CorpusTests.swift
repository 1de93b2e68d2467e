import EDTF
import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax
import Testing

/// The built-in corpus of ten articles: that it is whole, and that the questions of its head comment have the
/// answers that the texts give.
struct CorpusTests {
  private let model: Model

  init() throws { model = try Model(builtIn: "salt_road") }

  private func ids(_ query: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
    try model.query(query).rows.map { row in
      guard case .text(let id) = row[0] else { return "?" }
      return id
    }
  }

  // MARK: - The files

  @Test func loadsWithoutDiagnostics() throws {
    let source = SourceText(name: "salt_road", text: try Model.builtInText("salt_road"))
    let (script, diagnostics) = Parser.parse(source)
    #expect(diagnostics.map(\.message) == [])
    #expect(ModelLoader.load([(script, 0)]).diagnostics.map(\.message) == [])
  }

  @Test func bothModelsAreListed() {
    #expect(Model.builtInNames == ["moscow_2023_05_19", "salt_road"])
  }

  @Test func holdsWhatItTells() throws {
    #expect(model.store.events.count == 36)
    #expect(model.store.reports.count == 74)
    #expect(model.store.articles.filter { $0.language == "ar" }.count == 5)
    #expect(model.store.articles.filter { $0.language == "en" }.count == 5)
    #expect(Set(model.store.articles.compactMap(\.publisher)).count == 4)
  }

  /// A text is attached on opening only if its digest is the one that its article gives.
  @Test func everyArticleHasItsText() {
    #expect(model.store.texts.keys.sorted() == model.store.articles.indices.map { Int32($0) })
  }

  @Test func everySpanLiesInItsLine() throws {
    for report in 0..<model.store.reports.count {
      let evidence = model.store.reports.evidence[report]
      #expect(!evidence.isEmpty)
      for citation in evidence {
        let text = try #require(model.store.texts[citation.article])
        let before = text.scalars.prefix(Int(citation.lower)).count { $0 == "\n" }
        #expect(before + 1 == Int(citation.line))
        let quote = try #require(text.quote(citation))
        #expect(!quote.contains("\n"))
        #expect(quote.first?.isWhitespace == false && quote.last?.isWhitespace == false)
      }
    }
  }

  /// Each text has a headline and paragraphs, one a line, and is cited only where it has a line.
  @Test func relationsCiteLinesOfTheTexts() throws {
    for event in 0..<model.store.events.count {
      for relation in model.store.events.statedRelations[event] {
        guard let citation = relation.citation else { continue }
        let text = try #require(model.store.texts[citation.article])
        #expect(Int(citation.line) <= text.scalars.count { $0 == "\n" })
      }
    }
  }

  @Test func everyLabelAndGistIsInBothLanguages() {
    for label in model.store.events.label { #expect(label["en"] != nil && label["ar"] != nil) }
    for gist in model.store.reports.gist { #expect(gist["en"] != nil && gist["ar"] != nil) }
  }

  @Test func printedModelIsTheSameModel() throws {
    let printed = ModelPrinter.script(model.store)
    let again = try Model(text: printed)
    #expect(ModelPrinter.script(again.store) == printed)
    #expect(again.store.reports.count == model.store.reports.count)
    #expect(again.store.texts.count == model.store.texts.count)
  }

  // MARK: - The five questions

  @Test func whatBecameOfTheSummit() throws {
    #expect(try ids("planned summits as of 2031-03-10") == ["leaders_summit"])
    #expect(try ids("planned summits as of 2031-03-11") == [])
    #expect(try ids("cancelled summits") == ["leaders_summit"])
  }

  @Test func whatIsContestedAndSinceWhen() throws {
    #expect(try ids("contested events as of 2031-03-06") == [])
    #expect(try ids("contested events as of 2031-03-09") == ["postponement_request"])
    #expect(
      Set(try ids("contested events"))
        == ["postponement_request", "dorrin_attack", "arms_deliveries", "depot_explosion"])
    // Each side says that the other fired first, and neither that nobody fired.
    #expect(try ids("hulmet_shooting | where not contested") == ["hulmet_shooting"])
  }

  @Test func howManyDiedAndWhoSaysSo() throws {
    let tolls = try model.query(
      "dorrin_attack | reports | where status = occurred | select date, source, certainty, gist")
    let sources = [
      "velmoran_defence_ministry", "lissar_hospital", "velmoran_border_guard", "observer_mission",
    ]
    #expect(tolls.rows.map { $0["source"] } == sources.map { .text($0) })
    #expect(tolls.rows.map { $0["certainty"] } == ["certain", "probable", "possible", "certain"])
    for (row, number) in zip(tolls.rows, ["four", "Seven", "eight", "six"]) {
      guard case .text(let gist)? = row["gist"] else {
        Issue.record("no gist")
        continue
      }
      #expect(gist.contains(number))
    }
    #expect(try ids("dorrin_attack as of 2031-03-09 | select status") == ["occurred"])
  }

  @Test func evidenceQuotesBothLanguages() throws {
    let rows = try model.query("dorrin_attack | evidence").rows
    #expect(rows.count == 6)
    #expect(rows.map { $0["status"] }.filter { $0 == "denied" }.count == 2)
    #expect(rows[2]["quote"] == "ونفت جبهة نهر أوندال بدورها أن تكون قد هاجمت الجسر")
    guard case .text(let quote)? = rows[5]["quote"] else {
      Issue.record("no quote")
      return
    }
    #expect(quote.hasPrefix("They corrected the number of the dead to six"))
  }

  @Test func whatRestsOnOneSide() throws {
    #expect(
      try ids("agreements according to Velmora not according to Tesmar") == ["toll_committee_agreement"])
    let others = "\"Brenoval Courier\", \"Lissar Lighthouse\", \"Samdera News Agency\""
    #expect(
      Set(try ids("events reported by \"Qalden Voice\" not reported by any of \(others)")) == [
        "toll_increase", "toll_refusal", "salt_workers_rally", "stalling_accusation", "sahdin_condemnation",
        "urzek_denial", "sahdin_visit", "second_round",
      ])
    #expect(
      try ids("statements reported by \"Qalden Voice\" reported by \"Brenoval Courier\"") == [
        "volsen_statement"
      ])
  }

  @Test func whatIsStillToCome() throws {
    let coming = "where status in (planned, hypothetical)"
    #expect(
      try ids("events possibly during 2031-04 \(coming)") == [
        "second_round", "road_reopening", "salt_import_ban",
      ])
    #expect(try ids("events during 2031-04 \(coming)") == ["second_round"])
    #expect(
      try ids("planned events") == ["prisoner_release", "sahdin_visit", "second_round", "salt_import_ban"])
  }

  // MARK: - What else it shows

  @Test func ceasefireFromProposalToBreach() throws {
    func status(_ day: String) throws -> [String] { try ids("ondal_ceasefire as of \(day) | select status") }
    #expect(try status("2031-03-09") == [])
    #expect(try status("2031-03-11") == ["planned"])
    #expect(try status("2031-03-13") == ["occurred"])
    #expect(try status("2031-03-16") == ["ongoing"])
    #expect(try ids("events where follows has ondal_ceasefire") == ["hulmet_shooting"])
  }

  @Test func arabicQuestions() throws {
    #expect(try ids("الاجتماعات المخططة مع سهدين") == ["sahdin_visit"])
    #expect(try ids("accidents") == ["depot_explosion"])
  }
}
