import EDTF
import KhabarSyntax
import Testing

@testable import KhabarModel
@testable import KhabarPlan

/// Loads a model file's text; what the parser has to say comes first.
func load(_ text: String, onto builder: StoreBuilder? = nil) -> ModelLoader.Outcome {
  let (script, diagnostics) = Parser.parse(SourceText(name: "model.khabar", text: text))
  var outcome = ModelLoader.load([(script, 0)], onto: builder ?? StoreBuilder(vocabulary: .plover))
  outcome.diagnostics = diagnostics + outcome.diagnostics
  return outcome
}

/// An invented model in which every kind of record and every entry occurs.
let everything = """
  define article early ( language en, published 2031-01-02, publisher "The Lighthouse", title "First news" )
  define article late (
    language ar, published 2031-02-03 background, title en "Second news" ar "أخبار ثانية",
    sha256 "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
  )
  define topic water ( name en "water rights" ar "حقوق المياه" )
  define type siege ( of ASSAULT, nouns "sieges" "siege" "حصارات", score -8.5, mode blockade, context famine )
  define type rumor ( quad "verbal conflict" )
  define state norland (
    name en "Norland" ar "نورلاند", alias "Kelm" "كيلم", country no, lines in early 1 2, lines 3,
  )
  define organization ministry ( name "Ministry of Tides", represents norland background )
  define person anton (
    name en "Anton Varov" ar "أنطون فاروف",
    office en "minister" ar "وزير" of ministry since 2030 until 2032-05,
    office "poet",
    represents ministry,
  )
  define group fishers ( name "Fishers" )
  define place kelm ( name en "Kelm", kind city, within norland_land, coordinates -12.25 0.5, lines 2 )
  define place norland_land ( name "Norland", kind country, country NO )
  define event talks (
    type negotiation, mode multilateral, context diplomatic human_rights,
    label en "Talks" ar "محادثات", time 2031-01-01/2031-01-05 background, place kelm,
    host norland, actor anton probable fishers, participant ministry as mediator possible,
    topic water,
    follows blockade line 4, causes blockade in early line 7 span 10 20, about rumors blockade background,
  )
  define event blockade (
    type siege, mode blockade, context famine, time 2030, actor norland, recipient fishers
  )
  define event rumors ( type rumor, mode whisper )
  define report (
    event talks, source anton, status planned, certainty probable,
    gist en "They will talk." ar "سيتحدثون.",
    evidence line 5 span 100 140, evidence in early line 6, date 2031-02-01,
  )
  define report ( event talks, article early, status denied, evidence line 9 )
  define report ( event blockade, status occurred )
  define report ( event rumors, status hypothetical, certainty possible )
  """

@Suite struct ModelLoaderTests {
  @Test func everyFieldIsFilled() throws {
    let outcome = load(everything)
    #expect(outcome.diagnostics == [])
    let model = outcome.builder
    #expect(model.articles.map(\.id) == ["early", "late"])
    #expect(model.articles[0].publisher == "The Lighthouse")
    #expect(model.articles[0].title["en"] == "First news")
    #expect(model.articles[1].language == "ar")
    #expect(model.articles[1].published == EDTFTime("2031-02-03"))
    #expect(model.articles[1].background == ["published"])
    #expect(model.articles[1].sha256?.hasPrefix("0123456789abcdef01") == true)
    #expect(model.topics[0].names["ar"] == "حقوق المياه")
  }

  @Test func actors() throws {
    let model = load(everything).builder
    let norland = model.actors[0]
    #expect(model.actors.map(\.kind) == [.state, .organization, .person, .group])
    #expect(norland.names["ar"] == "نورلاند")
    #expect(norland.aliases == ["Kelm", "كيلم"])
    #expect(norland.country == "NO")
    #expect(
      norland.citations == [
        Citation(article: 0, line: 1), Citation(article: 0, line: 2), Citation(article: 1, line: 3),
      ])
    #expect(model.actors[1].represents == [0])
    #expect(model.actors[1].background == ["represents"])
    let office = try #require(model.actors[2].offices.first)
    #expect(office.title["ar"] == "وزير")
    #expect(office.organization == 1)
    #expect(office.since == EDTFTime("2030"))
    #expect(office.until == EDTFTime("2032-05"))
    #expect(model.actors[2].offices.last?.organization == nil)
  }

  @Test func places() {
    let model = load(everything).builder
    #expect(model.places[0].within == [1])
    #expect(model.places[0].kind == "city")
    #expect(model.places[0].latitude == -12.25)
    #expect(model.places[0].longitude == 0.5)
    #expect(model.places[0].citations == [Citation(article: 1, line: 2)])
    #expect(model.places[1].country == "NO")
  }

  @Test func events() throws {
    let model = load(everything).builder
    let vocabulary = model.vocabulary
    let talks = model.events[0]
    #expect(vocabulary.types[Int(talks.type)].id == "negotiation")
    #expect(vocabulary.modes[Int(talks.mode)] == "multilateral")
    #expect(talks.contexts.map { vocabulary.contexts[Int($0)] } == ["diplomatic", "human_rights"])
    #expect(talks.label["en"] == "Talks")
    #expect(talks.time == EDTFTime("2031-01-01/2031-01-05"))
    #expect(talks.place == 0)
    #expect(talks.background == ["time"])
    #expect(
      talks.participants == [
        Participation(actor: 0, role: Vocabulary.hostRole),
        Participation(actor: 2, role: Vocabulary.actorRole, certainty: .probable),
        Participation(actor: 3, role: Vocabulary.actorRole),
        Participation(actor: 1, role: try #require(vocabulary.role("mediator")), certainty: .possible),
      ])
    #expect(talks.topics == [0])
    #expect(
      talks.relations == [
        Relation(.follows, target: 1, citation: Citation(article: 1, line: 4)),
        Relation(.causes, target: 1, citation: Citation(article: 0, line: 7, lower: 10, upper: 20)),
        Relation(.about, target: 2, isBackground: true), Relation(.about, target: 1, isBackground: true),
      ])
    #expect(model.events[1].time == EDTFTime("2030"))
  }

  @Test func reports() {
    let reports = load(everything).builder.reports
    #expect(reports.map(\.event) == [0, 0, 1, 2])
    #expect(reports.map(\.article) == [1, 0, 1, 1])
    #expect(reports.map(\.status) == [.planned, .denied, .occurred, .hypothetical])
    #expect(reports.map(\.certainty) == [.probable, .certain, .certain, .possible])
    #expect(reports[0].source == 2)
    #expect(reports[1].source == -1)
    #expect(reports[0].gist["en"] == "They will talk.")
    #expect(reports[0].date == EDTFTime("2031-02-01"))
    #expect(
      reports[0].evidence == [
        Citation(article: 1, line: 5, lower: 100, upper: 140), Citation(article: 0, line: 6),
      ])
    // Evidence is in the report's own article.
    #expect(reports[1].evidence == [Citation(article: 0, line: 9)])
  }

  @Test func types() throws {
    let vocabulary = load(everything).builder.vocabulary
    let siege = try #require(vocabulary.type("siege"))
    #expect(vocabulary.isType(siege, try #require(vocabulary.type("ASSAULT"))))
    #expect(vocabulary.score(type: siege, mode: -1) == -85)
    #expect(vocabulary.noun("sieges")?.type == siege)
    #expect(vocabulary.noun("حصارات")?.type == siege)
    #expect(vocabulary.modes(ofType: siege).contains(try #require(vocabulary.mode("blockade"))))
    #expect(vocabulary.quad(ofType: try #require(vocabulary.type("rumor"))) == 2)
    #expect(vocabulary.mode("whisper") != nil)
  }

  @Test func typesOfPLOVERGetMoreWords() throws {
    let outcome = load(
      """
      define type CONSULT ( mode afloat informal, nouns "parleys", context tides )
      define type CONSULT ( mode ashore )
      define event talks ( type CONSULT, mode afloat, context tides )
      define report ( event talks, article a, status occurred )
      define article a ( )
      """)
    #expect(outcome.diagnostics == [])
    let vocabulary = outcome.builder.vocabulary
    let consult = try #require(vocabulary.type("CONSULT"))
    #expect(
      vocabulary.modes(ofType: consult).map { vocabulary.modes[Int($0)] }.suffix(3) == [
        "afloat", "informal", "ashore",
      ])
    #expect(vocabulary.noun("parleys")?.type == consult && vocabulary.context("tides") != nil)
    #expect(vocabulary.types[Int(consult)] != Vocabulary.plover.types[Int(consult)])
    #expect(vocabulary.score(type: consult, mode: -1) == 25 && vocabulary.quad(ofType: consult) == 0)
    let again = load(ModelPrinter.script(outcome.builder))
    #expect(again.diagnostics == [] && again.builder.vocabulary == vocabulary)
  }

  @Test func contextsAloneArePrinted() {
    var model = StoreBuilder(vocabulary: .plover)
    _ = model.vocabulary.internContext("tides")
    #expect(ModelPrinter.script(model) == "define type AGREE (\n  context tides,\n)\n")
  }

  @Test func theModelCanBeBuilt() {
    let store = load(everything).builder.build()
    #expect(Array(store.events.ids) == ["blockade", "talks", "rumors"])
    #expect(store.names.resolve("Varov", .actor) == .found([EntityName(.actor, 2)]))
  }

  @Test func definitionsAddToAModel() throws {
    let first = load(everything).builder
    let outcome = load(
      """
      define person zoe ( name "Zoe Lund", represents ministry, lines 4 )
      define report ( event talks, status cancelled, evidence line 2 )
      """, onto: first)
    #expect(outcome.diagnostics == [])
    #expect(outcome.builder.actors.last?.represents == [1])
    #expect(outcome.builder.actors.last?.citations == [Citation(article: 1, line: 4)])
    #expect(outcome.builder.reports.last?.article == 1)
    #expect(load("define person anton ( )", onto: first).diagnostics.map(\.id) == ["E0402"])
  }

  @Test func severalFilesMakeOneModel() {
    func parse(_ text: String) -> Script { Parser.parse(SourceText(name: "", text: text)).script }
    let outcome = ModelLoader.load([
      (parse("define person a ( represents b )"), 7), (parse("define state b ( )\ndefine state a ( )"), 8),
    ])
    #expect(outcome.diagnostics.map(\.id) == ["E0402"])
    #expect(outcome.sources == [8])
    // The first stands in another file, where a label cannot point.
    #expect(outcome.diagnostics.first?.labels == [])
    #expect(outcome.builder.actors[0].represents == [1])
  }
}
