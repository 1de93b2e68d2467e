import Testing

@testable import KhabarModel

/// Names of an invented model.
private func index(weights: [Int32] = []) -> NameIndex {
  func actor(
    _ id: String, _ kind: ActorKind, _ names: [(String, String)], _ aliases: [String] = []
  ) -> Actor {
    var actor = Actor(id: id, kind: kind)
    actor.names = LocalizedText(names.map { .init(language: $0.0, text: $0.1) })
    actor.aliases = aliases
    return actor
  }
  func place(_ id: String, _ names: [(String, String)]) -> Place {
    var place = Place(id: id)
    place.names = LocalizedText(names.map { .init(language: $0.0, text: $0.1) })
    return place
  }
  var topic = Topic(id: "water")
  topic.names = LocalizedText([.init(language: "en", text: "water rights")])
  return NameIndex(
    actors: [
      actor("norland", .state, [("en", "Norland"), ("ar", "نورلاند")], ["Kelm", "كيلم"]),
      actor("anton_varov", .person, [("en", "Anton Varov"), ("ar", "أنطون فاروف")], ["the minister"]),
      actor("lena_brisk", .person, [("en", "Lena Brisk"), ("ar", "لينا بريسك")]),
      actor("ivan_dorn", .person, [("en", "Ivan Dorn")]),
      actor("paul_dorn", .person, [("en", "Paul Dorn")]),
      actor("the_judge", .person, [("ar", "سامي الخوري")]),
      actor("Twin", .organization, [("en", "The Twin")]),
      actor("first_dup", .organization, [("en", "Harbour Union")]),
      actor("second_dup", .organization, [("en", "Harbor League")], ["Harbour Union", "harbour-union"]),
      actor("third_dup", .organization, [("en", "League Three")], ["shared alias"]),
      actor("fourth_dup", .organization, [("en", "League Four")], ["Shared Alias"]),
    ],
    places: [place("kelm", [("en", "Kelm"), ("ar", "كيلم")]), place("norland_land", [("en", "Norland")])],
    articles: ArticleColumns(), topics: [topic],
    eventIDs: TextColumn(["harbour_talks", "kelm_summit", "water"]),
    weight: { $0.kind == .actor && Int($0.index) < weights.count ? weights[Int($0.index)] : 0 })
}

@Suite struct NameResolutionTests {
  let names = index()

  private func ids(_ resolution: NameResolution) -> [EntityName] {
    if case .found(let found) = resolution { return found }
    return []
  }

  @Test(arguments: [
    ("norland", 0), ("Norland", 0), ("NORLAND", 0), ("نورلاند", 0), ("نُورلاند", 0), ("Kelm", 0), ("كيلم", 0),
    ("anton_varov", 1), ("Anton Varov", 1), ("Varov", 1), ("فاروف", 1), ("انطون فاروف", 1),
    ("the  Minister", 1),
    ("Brisk", 2), ("بريسك", 2), ("الخوري", 5), ("Twin", 6),
  ])
  func actorsAreFound(text: String, actor: Int32) {
    #expect(names.resolve(text, .actor) == .found([EntityName(.actor, actor)]), "\(text)")
  }

  @Test func theKindDecides() {
    #expect(names.resolve("Kelm", .actor) == .found([EntityName(.actor, 0)]))
    #expect(names.resolve("Kelm", .place) == .found([EntityName(.place, 0)]))
    #expect(
      names.resolve("Kelm", [.actor, .place]) == .found([EntityName(.actor, 0), EntityName(.place, 0)]))
  }

  @Test func anExactIDWinsInAnyKind() {
    #expect(names.resolve("kelm", [.actor, .place]) == .found([EntityName(.place, 0)]))
    #expect(names.resolve("norland", [.actor, .place]) == .found([EntityName(.actor, 0)]))
    #expect(
      names.resolve("water", [.topic, .event]) == .found([EntityName(.event, 2), EntityName(.topic, 0)]))
  }

  @Test func theFirstRankDecides() {
    // A canonical name before an alias of another.
    #expect(names.resolve("Harbour Union", .actor) == .found([EntityName(.actor, 7)]))
    #expect(
      names.resolve("shared alias", .actor) == .ambiguous([EntityName(.actor, 9), EntityName(.actor, 10)]))
  }

  @Test func surnamesOfSeveralAreAmbiguous() {
    #expect(names.resolve("Dorn", .actor) == .ambiguous([EntityName(.actor, 3), EntityName(.actor, 4)]))
    #expect(names.resolve("Ivan Dorn", .actor) == .found([EntityName(.actor, 3)]))
    // First names are no names.
    #expect(names.resolve("Ivan", .actor) == .unknown)
  }

  @Test(arguments: ["harbour_talks", "harbour talks", "Harbour-Talks"])
  func eventsAreFoundByTheirIDs(text: String) {
    #expect(names.resolve(text, .event) == .found([EntityName(.event, 0)]))
    #expect(names.resolve(text, .actor) == .unknown)
  }

  @Test(arguments: ["", " ", "_", "Nordland", "نورل", "\u{200F}"])
  func othersAreUnknown(text: String) { #expect(names.resolve(text, .all) == .unknown) }

  @Test func anEmptyModelHasNoNames() {
    let names = NameIndex(
      actors: [], places: [], articles: ArticleColumns(), topics: [], eventIDs: TextColumn())
    #expect(names.resolve("x", .all) == .unknown)
    #expect(names.suggestions(for: "x", .all).isEmpty)
    #expect(names.completions(prefix: "", .all, limit: 5).isEmpty)
  }
}

@Suite struct NameSuggestionTests {
  let names = index()

  private func texts(_ text: String, _ kinds: NameKinds = .actor) -> [String] {
    names.suggestions(for: text, kinds).map(\.text)
  }

  @Test(arguments: [
    ("Vraov", "Varov"), ("Varof", "Varov"), ("Nordland", "Norland"), ("فارف", "فاروف"),
    ("Anton Varow", "Anton Varov"),
    ("نورلند", "نورلاند"), ("anton_varof", "Anton Varov"),
  ])
  func misspelledNames(text: String, expected: String) {
    #expect(texts(text).first == expected)
  }

  @Test func aSurnameOfSeveralIsWrittenInFull() {
    #expect(Set(texts("Dornn")) == ["Ivan Dorn", "Paul Dorn"])
  }

  @Test func namesOfAnotherScript() {
    // Known in Arabic only, and asked for in Latin letters.
    #expect(texts("Khouri") == ["الخوري"])
    // Known in Latin letters only.
    #expect(Set(texts("دورن")) == ["Ivan Dorn", "Paul Dorn"])
  }

  @Test func oneForEachEntityAndNoMoreThanAsked() {
    let found = names.suggestions(for: "Norlan", [.actor, .place, .event], limit: 3)
    #expect(Set(found.map(\.entity)).count == found.count)
    #expect(found.map(\.text) == ["Norland", "Norland"])
    #expect(names.suggestions(for: "Norlan", [.actor, .place], limit: 1).count == 1)
    #expect(names.suggestions(for: "Norlan", [.actor, .place], limit: 0).isEmpty)
  }

  @Test func eventsAreProposedByID() {
    #expect(texts("harbor_talks", .event) == ["harbour_talks"])
    #expect(texts("kelm_sumit", .event) == ["kelm_summit"])
  }

  @Test func whatOccursOftenComesFirst() {
    let often = index(weights: [0, 0, 0, 1, 7]).suggestions(for: "Dornn", .actor).map(\.text)
    #expect(often == ["Paul Dorn", "Ivan Dorn"])
  }

  @Test func nothingIsProposedForWhatIsFarFromAll() { #expect(texts("Qwertyuiop").isEmpty) }
}

@Suite struct NameCompletionTests {
  let names = index()

  private func texts(_ prefix: String, _ kinds: NameKinds = .actor) -> [String] {
    names.completions(prefix: prefix, kinds, limit: 5).map(\.text)
  }

  @Test func anyWordMayGoOn() {
    #expect(texts("var") == ["Varov"])
    #expect(texts("Ant") == ["Anton Varov"])
    #expect(texts("فار") == ["فاروف"])
    #expect(texts("talk", .event) == ["harbour_talks"])
    #expect(Set(texts("kelm", [.place, .event])) == ["Kelm", "kelm_summit"])
  }

  @Test func acrossScripts() {
    #expect(texts("faro").contains("Varov"))
    #expect(texts("khour") == ["الخوري"])
    #expect(Set(texts("دورن")) == ["Ivan Dorn", "Paul Dorn"])
  }

  @Test func allNamesGoOnFromNothing() {
    #expect(names.completions(prefix: "", .actor, limit: 50).count == 11)
    #expect(texts("", .place).count == 2)
  }
}

@Suite struct ConsonantSkeletonTests {
  @Test(arguments: [
    ["lavrov", "لافروف", "лавров"], ["zakharova", "زاخاروفا"], ["bayramov", "بيراموف"],
    ["mirzoyan", "ميرزويان"],
    ["blinken", "بلينكن"], ["pashinyan", "باشينيان"], ["scholz", "شولتس"], ["macron", "ماكرون"],
    ["michel", "ميشيل"], ["peskov", "بيسكوف"], ["aliyev", "علييف"],
  ])
  func namesThatSoundAlikeAgree(names: [String]) {
    let skeletons = names.map { ConsonantSkeleton.skeleton(NameKey.key($0)) }
    #expect(Set(skeletons.map { String(decoding: $0, as: UTF8.self) }).count == 1)
  }
}

@Suite struct NameFuzzTests {
  @Test func anyTextMayBeAskedFor() {
    let names = index()
    let letters = Array("ab_- '’ \u{640}\u{654}لافروفҐəß\u{0}\u{FFFD}😀٣é\u{301}الА".unicodeScalars)
    var state: UInt64 = 20_230_519
    for _ in 0..<5_000 {
      var text = String.UnicodeScalarView()
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bits = state >> 8
      for _ in 0..<(bits % 9) {
        bits = bits &* 31 &+ 7
        text.append(letters[Int((bits >> 20) % UInt64(letters.count))])
      }
      let query = String(text)
      #expect(names.suggestions(for: query, .all, limit: 2).count <= 2)
      #expect(names.completions(prefix: query, .all, limit: 3).count <= 3)
      if case .found(let found) = names.resolve(query, .actor) { #expect(found.count == 1) }
    }
  }
}
