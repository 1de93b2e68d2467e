import Testing

@testable import KhabarModel

@Suite struct VocabularyTests {
  let vocabulary = Vocabulary.plover

  @Test func ploverHasSixteenTypesAndFourExtensions() {
    #expect(vocabulary.types.filter { !$0.isExtension }.count == 16)
    #expect(
      vocabulary.types.filter(\.isExtension).map(\.id) == [
        "STATEMENT", "negotiation", "summit", "escalation",
      ])
    #expect(vocabulary.contexts.count == 37)
    #expect(vocabulary.roles == ["actor", "recipient", "host"])
  }

  @Test func wordsAreFoundInAnyCase() throws {
    let consult = try #require(vocabulary.type("consult"))
    #expect(vocabulary.type("CONSULT") == consult)
    #expect(vocabulary.types[Int(consult)].id == "CONSULT")
    #expect(vocabulary.mode("third_party") == vocabulary.mode("Third-Party"))
    #expect(vocabulary.mode("third-party") != nil)
    #expect(vocabulary.context("human rights") == vocabulary.context("human_rights"))
    #expect(vocabulary.quad("Material Conflict") == 3)
    #expect(vocabulary.role("HOST") == Vocabulary.hostRole)
    #expect(vocabulary.type("meeting") == nil)
    #expect(vocabulary.quad("conflict") == nil)
  }

  @Test func quadCategoriesHoldThreeToFiveTypes() {
    let counts = (0..<4).map { quad in vocabulary.types.filter { !$0.isExtension && $0.quad == quad }.count }
    #expect(counts == [4, 3, 4, 5])
  }

  @Test(
    arguments: [
      ("CONSULT", nil, 25), ("CONSULT", "visit", 40), ("CONSULT", "third-party", 10), ("REQUEST", nil, 0),
      ("REQUEST", "change", -10), ("ACCUSE", nil, -30), ("ACCUSE", "allege", -35),
      ("ASSAULT", "unconventional", -100),
      ("PROTEST", "vandalize", -50), ("RETREAT", "ceasefire", 75), ("REJECT", "assist", -15),
      ("AID", nil, 100),
      ("negotiation", nil, 25), ("summit", "multilateral", 40), ("STATEMENT", nil, nil),
      ("escalation", nil, nil),
    ] as [(String, String?, Int?)])
  func scoresAreTenths(type: String, mode: String?, score: Int?) throws {
    let index = try #require(vocabulary.type(type))
    let modeIndex = try mode.map { try #require(vocabulary.mode($0)) } ?? -1
    #expect(vocabulary.score(type: index, mode: modeIndex) == score)
  }

  @Test func subtypesInheritWhatTheyDoNotSay() throws {
    let consult = try #require(vocabulary.type("CONSULT"))
    let summit = try #require(vocabulary.type("summit"))
    let negotiation = try #require(vocabulary.type("negotiation"))
    #expect(vocabulary.isType(summit, consult))
    #expect(vocabulary.isType(summit, summit))
    #expect(!vocabulary.isType(consult, summit))
    #expect(!vocabulary.isType(summit, negotiation))
    #expect(vocabulary.quad(ofType: summit) == 0)
    #expect(vocabulary.modes(ofType: summit) == vocabulary.modes(ofType: consult))
    #expect(vocabulary.quad(ofType: try #require(vocabulary.type("STATEMENT"))) == -1)
    #expect(vocabulary.quad(ofType: try #require(vocabulary.type("escalation"))) == 3)
  }

  @Test(arguments: [
    ("meetings", "CONSULT"), ("meeting", "CONSULT"), ("Consults", "CONSULT"), ("consultations", "CONSULT"),
    ("negotiations", "negotiation"), ("summits", "summit"), ("statements", "STATEMENT"),
    ("agreements", "AGREE"),
    ("assaults", "ASSAULT"), ("protests", "PROTEST"), ("threats", "THREATEN"), ("sanctions", "SANCTION"),
    ("accusations", "ACCUSE"), ("aid", "AID"), ("escalations", "escalation"), ("requests", "REQUEST"),
    ("اجتماعات", "CONSULT"), ("الاجتماعات", "CONSULT"), ("الإجتماعات", "CONSULT"), ("اجتماع", "CONSULT"),
    ("لقاءات", "CONSULT"), ("مفاوضات", "negotiation"), ("المفاوضات", "negotiation"), ("قمم", "summit"),
    ("القمة", "summit"), ("تصريحات", "STATEMENT"), ("بيانات", "STATEMENT"), ("اتفاقيات", "AGREE"),
    ("اتفاقات", "AGREE"), ("مُفاوضات", "negotiation"),
  ])
  func nounsStandForTypes(noun: String, type: String) {
    #expect(vocabulary.noun(noun) == vocabulary.type(type).map { Vocabulary.NounMeaning(type: $0) })
  }

  @Test(arguments: ["ceasefires", "truce", "هدنة", "الهدنة", "وقف إطلاق النار"])
  func nounsMayStandForAMode(noun: String) throws {
    let meaning = try #require(vocabulary.noun(noun))
    #expect(vocabulary.types[Int(meaning.type)].id == "RETREAT")
    #expect(meaning.mode == vocabulary.mode("ceasefire"))
  }

  @Test func everyTypeHasNounsInBothLanguages() {
    for type in vocabulary.types.indices {
      let nouns = vocabulary.nounSuggestions.filter { vocabulary.noun($0)?.type == Int16(type) }
      #expect(nouns.contains { ConsonantSkeleton.script($0) == .latin }, "\(vocabulary.types[type].id)")
      #expect(nouns.contains { ConsonantSkeleton.script($0) == .arabic }, "\(vocabulary.types[type].id)")
    }
  }

  @Test func everyListedNounMeansWhatItsRowSays() throws {
    for row in PLOVER.nouns {
      let type = try #require(vocabulary.type(row.type))
      let mode = try row.mode.map { try #require(vocabulary.mode($0)) } ?? -1
      #expect(mode < 0 || vocabulary.modes(ofType: type).contains(mode))
      for noun in row.english + row.arabic {
        #expect(vocabulary.noun(noun) == Vocabulary.NounMeaning(type: type, mode: mode), "\(noun)")
      }
    }
  }

  @Test func typesCanBeAdded() throws {
    var vocabulary = vocabulary
    let parent = try #require(vocabulary.type("ASSAULT"))
    let type = vocabulary.defineType("siege", parent: parent, score: -85)
    vocabulary.addNoun("sieges", Vocabulary.NounMeaning(type: type))
    vocabulary.addNoun("meetings", Vocabulary.NounMeaning(type: type))
    let mode = vocabulary.internMode("blockade")
    vocabulary.addMode(mode, toType: type)
    #expect(vocabulary.type("Siege") == type)
    #expect(vocabulary.noun("sieges")?.type == type)
    #expect(vocabulary.noun("meetings")?.type == vocabulary.type("CONSULT"))
    #expect(vocabulary.score(type: type, mode: -1) == -85)
    #expect(vocabulary.quad(ofType: type) == 3)
    #expect(vocabulary.modes(ofType: type).contains(mode))
    #expect(vocabulary.internRole("mediator") == 3)
    #expect(vocabulary.internRole("Mediator") == 3)
  }

  @Test func circlesOfParentsEnd() {
    var vocabulary = Vocabulary()
    let first = vocabulary.defineType("first", parent: 1)
    let second = vocabulary.defineType("second", parent: first)
    #expect(vocabulary.isType(first, second))
    #expect(vocabulary.score(type: second, mode: -1) == nil)
    #expect(vocabulary.quad(ofType: 77) == -1)
  }
}
