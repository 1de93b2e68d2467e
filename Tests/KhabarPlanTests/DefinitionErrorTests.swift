import KhabarSyntax
import Testing

@testable import KhabarModel
@testable import KhabarPlan

/// One mistake each: the ids that it gives, and the text that the first points at.
private let mistakes: [(text: String, ids: [String], at: String)] = [
  ("define persn x ( )", ["E0401"], "persn"),
  ("define state x ( )\ndefine person x ( )", ["E0402"], "x"),
  ("define type consult ( )", ["E0402"], "consult"),
  ("define type consult ( mode afloat, score 2 )", ["E0402"], "consult"),
  ("define state ( )", ["E0403"], "state"),
  ("define state certain ( )", ["E0403"], "certain"),
  ("define report r ( event e, status planned )", ["E0403"], "r"),
  ("define state x ( nam \"X\" )", ["E0404"], "nam"),
  ("define event f ( type CONSULT, label \"x\", published 2023 )", ["E0404"], "published"),
  ("define state x ( name 5 )", ["E0405"], "5"),
  ("define state x ( name en )", ["E0405"], "en"),
  ("define state x ( name background )", ["E0405"], "background"),
  ("define state x ( alias \"a\" b )", ["E0405"], "b"),
  ("define place x ( kind city town )", ["E0405"], "town"),
  ("define place x ( coordinates 5 )", ["E0405"], "5"),
  ("define event f ( type AID, time soon )", ["E0405"], "soon"),
  ("define event f ( type AID, participant s )", ["E0405"], "s"),
  ("define event f ( type AID, follows e page 4 )", ["E0406"], "page"),
  ("define report ( event e, status planned, evidence 5 )", ["E0405"], "5"),
  ("define report ( event e, status planned, evidence line 5 span -1 4 )", ["E0405"], "-1"),
  ("define type siege ( score 12 )", ["E0405"], "12"),
  ("define type siege ( score 1.25 )", ["E0405"], "1.25"),
  ("define person x ( represents s t )", ["E0406"], "t"),
  ("define event f ( type AID, place s )", ["E0406"], "s"),
  ("define report ( event f, status planned )", ["E0406"], "f"),
  ("define report ( event e, article b, status planned )", ["E0406"], "b"),
  ("define state x ( lines in b 4 )", ["E0406"], "b"),
  ("define event f ( type CONSLT )", ["E0407"], "CONSLT"),
  ("define event f ( type AID, context diplomacy )", ["E0407"], "diplomacy"),
  ("define report ( event e, status occured )", ["E0407"], "occured"),
  ("define report ( event e, status planned, certainty sure )", ["E0407"], "sure"),
  ("define type siege ( quad \"conflict\" )", ["E0407"], "\"conflict\""),
  ("define event f ( type CONSULT, mode ceasefire )", ["E0408"], "ceasefire"),
  ("define event f ( type AID, mode visit )", ["E0408"], "visit"),
  ("define event f ( type summit, mode multilatral )", ["E0408"], "multilatral"),
  ("define event f ( )", ["E0409"], "event"),
  ("define report ( status planned )", ["E0409"], "report"),
  ("define report ( event e )", ["E0409"], "report"),
  ("define place x ( kind city, kind town )", ["E0410"], "kind"),
  ("define state x ( name en \"X\" en \"Y\" )", ["E0410"], "en"),
  ("define event f ( type AID )", ["E0411"], "f"),
  ("define place x ( within y )\ndefine place y ( within x )", ["E0412"], "y"),
  ("define place x ( within x )", ["E0412"], "x"),
  ("define state x ( represents y )\ndefine state y ( represents x )", ["E0412"], "y"),
  ("define report ( event e, status planned, evidence line 5 span 9 9 )", ["E0413"], "span"),
  ("define report ( event e, status planned, evidence line 0 )", ["E0414"], "0"),
  ("define state x ( lines 1 2.5 )", ["E0414"], "2.5"),
  ("define state x ( lines 99999999999 )", ["E0414"], "99999999999"),
  ("define place x ( coordinates 91 0 )", ["E0415"], "91"),
  ("define place x ( coordinates 0 -180.5 )", ["E0415"], "-180.5"),
  ("define article b ( sha256 \"12ab\" )", ["E0416"], "\"12ab\""),
  ("define article b ( language english )", ["E0417"], "english"),
  ("define state x ( name english \"X\" )", ["E0417"], "english"),
  ("events", ["E0418"], "events"),
  ("define event f ( type AID, participant s as recipent )", ["E0419", "E0411"], "recipent"),
  ("define state x ( country MDA )", ["E0420"], "MDA"),
  ("define type siege ( nouns \"meetings\" )", ["E0422"], "\"meetings\""),
]

@Suite struct DefinitionErrorTests {
  /// What the mistakes are added to: a state `s`, an article `a`, an event `e`.
  private let base = load(
    """
    define article a ( )
    define state s ( )
    define event e ( type CONSULT )
    define report ( event e, status planned )
    """)

  @Test(arguments: mistakes.indices)
  func mistakesAreReportedWhereTheyStand(index: Int) throws {
    let mistake = mistakes[index]
    #expect(base.diagnostics == [])
    let outcome = load(mistake.text, onto: base.builder)
    #expect(outcome.diagnostics.map(\.id) == mistake.ids, "\(mistake.text)")
    let first = try #require(outcome.diagnostics.first)
    #expect(SourceText(name: "", text: mistake.text).text(first.span) == mistake.at, "\(mistake.text)")
    // Whatever is wrong, the model can be built and walked.
    let store = outcome.builder.build()
    #expect(store.events.count == outcome.builder.events.count)
  }

  @Test func articlesAreNeededForLines() {
    #expect(load("define state x ( lines 1 )").diagnostics.map(\.id) == ["E0421"])
    let report = "define event e ( type AID )\ndefine report ( event e, status planned )"
    #expect(load(report).diagnostics.map(\.id) == ["E0421"])
  }

  @Test func theNearestWordIsProposed() {
    func help(_ text: String) -> [String] { load(text, onto: base.builder).diagnostics.first?.help ?? [] }
    #expect(help("define persn x ( )") == ["did you mean `person`?"])
    #expect(help("define state x ( nam \"X\" )") == ["did you mean `name`?"])
    #expect(help("define report ( event e, status occured )") == ["did you mean `occurred`?"])
    #expect(help("define event f ( type CONSLT )") == ["did you mean `CONSULT`?"])
    #expect(help("define event f ( type CONSULT, mode vist )") == ["did you mean `visit`?"])
  }

  @Test func aReferenceOfAnotherKindIsNamed() {
    let outcome = load("define event f ( type AID, place s )", onto: base.builder)
    #expect(outcome.diagnostics.first?.notes == ["`s` is an actor"])
  }

  @Test func theSecondOfTwoPointsAtTheFirst() {
    let text = "define state x ( )\ndefine person x ( )"
    let diagnostic = load(text).diagnostics.first
    #expect(diagnostic?.span.lower == 33)
    #expect(diagnostic?.labels.first?.span.lower == 13)
  }

  @Test(arguments: ["part_of", "causes", "parts", "consequences"])
  func circlesOfEvents(field: String) {
    let outcome = load(
      """
      define event f ( type AID, \(field) g )
      define event g ( type AID, \(field) h )
      define event h ( type AID, \(field) f )
      """, onto: base.builder)
    #expect(outcome.diagnostics.filter { $0.id == "E0412" }.count == 1)
  }

  @Test func circlesOfBothDirections() {
    let outcome = load(
      "define event f ( type AID, causes g )\ndefine event g ( type AID, consequences f )", onto: base.builder
    )
    #expect(outcome.diagnostics.filter { $0.id == "E0412" }.isEmpty)
    let circle = load(
      "define event f ( type AID, causes g )\ndefine event g ( type AID, causes f )", onto: base.builder)
    #expect(circle.diagnostics.first?.notes.first?.hasPrefix("the circle: `") == true)
  }

  @Test func whoReportsAnEventIsAskedOnlyOnceAllElseIsRight() {
    let text = "define event f ( type AID )\ndefine event g ( type CONSLT )"
    #expect(load(text, onto: base.builder).diagnostics.map(\.id) == ["E0407"])
    #expect(load("define event f ( type AID )", onto: base.builder).diagnostics.map(\.severity) == [.warning])
  }

  @Test func severalMistakesAreAllReported() {
    let outcome = load(
      """
      define state x ( nam "X", country MDA, represents nobody )
      define place p ( within nowhere, coordinates 99 9 )
      """)
    #expect(outcome.diagnostics.map(\.id) == ["E0404", "E0420", "E0406", "E0406", "E0415"])
    #expect(outcome.sources == [0, 0, 0, 0, 0])
  }

  @Test func mangledModelsDoNotTrap() {
    var generator = Mangler(state: 2023)
    let words = everything.split(separator: " ").map(String.init)
    for _ in 0..<400 {
      var mangled = words
      for _ in 0..<4 {
        let position = generator.below(mangled.count)
        switch generator.below(3) {
        case 0: mangled.remove(at: position)
        case 1: mangled.swapAt(position, generator.below(mangled.count))
        default: mangled.insert(words[generator.below(words.count)], at: position)
        }
      }
      let outcome = load(mangled.joined(separator: " "))
      let store = outcome.builder.build()
      let printed = ModelPrinter.script(store)
      #expect(!printed.isEmpty || outcome.builder.actors.isEmpty)
    }
  }
}

private struct Mangler {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, count)))
  }
}
