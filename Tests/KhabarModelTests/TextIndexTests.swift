import KhabarRandom

import Testing

@testable import KhabarModel

/// What `contains` holds for, by its own rule.
private func rows(of texts: [[String]], containing part: String) -> [Int32] {
  let key = NameKey.key(part)
  return texts.indices.filter { texts[$0].contains { NameKey.key($0).contains(key) } }.map { Int32($0) }
}

private func index(_ texts: [[String]]) -> TextIndex { TextIndex(rowCount: texts.count) { texts[$0] } }

struct TextIndexTests {
  private static let texts = [
    ["Talks on the border", "محادثات على الحدود"], ["Summit of borders"], [], ["The cross-border talks"],
    ["القمّة الثلاثية"],
    ["Café au 각"], ["talks"],
  ]

  @Test(
    arguments: [
      ("border", [0, 1, 3, 5]), ("borders", [1, 5]), ("order", [0, 1, 3, 5]), ("Talks on", [0, 5]),
      ("s on th", [0, 5]),
      ("cross border talk", [3, 5]), ("TALKS", [0, 3, 5, 6]), ("on border", [0, 5]), ("قمة", [4, 5]),
      ("القمه الثلا", [4, 5]),
      ("حدود", [0, 5]), ("nothing", [5]), ("x y", [5]),
    ] as [(String, [Int32])])
  func partsLieInWordsOrGoOverThem(part: String, expected: [Int32]) {
    let index = index(Self.texts)
    #expect(index.candidates(containing: part) == expected)
    #expect(index.mostCandidates(containing: part).map { $0 >= expected.count } == true)
  }

  @Test func whatNarrowsNothing() {
    let index = index(Self.texts)
    for part in ["", " - ", "각", "ᄀ"] {
      #expect(index.candidates(containing: part) == nil && index.mostCandidates(containing: part) == nil)
    }
    #expect(TextIndex(rowCount: 0) { _ in [] }.candidates(containing: "a") == [])
  }

  @Test func wordsAreFoundByTheirBeginnings() {
    let index = index(Self.texts)
    #expect(index.words(beginningWith: "Bor", limit: 5) == ["border", "borders"])
    #expect(index.words(beginningWith: "bor", limit: 1) == ["border"])
    #expect(index.words(beginningWith: "ال", limit: 9) == ["الثلاثيه", "الحدود", "القمه"])
    #expect(index.words(beginningWith: "z", limit: 9) == [])
  }

  // MARK: - At random

  private static let words = [
    "Selm", "border", "borders", "talks", "Talk", "a", "of", "the", "كست", "الحدود", "حدود", "قمة", "القمّة",
    "محادثات", "على",
    "Ilka's", "Sámdera", "٢٠٣١", "2031", "Ærø", "Ελλάδα", "граница", "國境", "e\u{301}lan", "각\u{11A8}", "각",
    "각", "किला", "👩‍👩‍👧",
    "ۂ", "ۀ", "ؤ", "و\u{654}", "i\u{307}", "ſs", "\u{0}", "\u{85}", "«quoted»", "،",
  ]
  private static let joints = [" ", " ", " ", "-", "_", "  ", "'", "", "\n", "\u{200B}", "ـ", ". "]

  private static func text(_ random: inout RandomSource) -> String {
    (0..<random.number(0...6)).reduce(into: "") { text, _ in
      text += random.pick(words) + random.pick(joints)
    }
  }

  /// Some of a text, cut between any two scalars.
  private static func part(of text: String, _ random: inout RandomSource) -> String {
    let scalars = Array(text.unicodeScalars)
    guard !scalars.isEmpty else { return "" }
    let start = random.number(0...(scalars.count - 1))
    let end = min(scalars.count, start + random.number(1...12))
    return String(String.UnicodeScalarView(scalars[start..<end]))
  }

  @Test func noRowThatHoldsAPartIsMissing() {
    var random = RandomSource(seed: 11)
    var (narrowed, exact) = (0, 0)
    for _ in 0..<60 {
      let texts = (0..<random.number(0...150)).map { _ in
        (0..<random.number(0...2)).map { _ in Self.text(&random) }
      }
      let index = index(texts)
      for _ in 0..<40 {
        let source =
          texts.isEmpty || random.chance(15) ? Self.text(&random) : random.pick(texts).joined(separator: " ")
        let part = Self.part(of: source, &random)
        guard let candidates = index.candidates(containing: part) else { continue }
        let expected = rows(of: texts, containing: part)
        let missing = Set(expected).subtracting(candidates)
        #expect(missing.isEmpty, "\(part.debugDescription): \(missing.map { texts[Int($0)] })")
        #expect(candidates == candidates.sorted() && Set(candidates).count == candidates.count)
        #expect(index.mostCandidates(containing: part).map { $0 >= candidates.count } == true)
        narrowed += 1
        if index.isExact(containing: part) { #expect(candidates == expected, "\(part.debugDescription)") }
        let unclear = Set(index.unclear)
        if Set(expected).union(unclear) == Set(candidates) { exact += 1 }
      }
    }
    // It narrows, and mostly to those that there are.
    #expect(narrowed > 1000 && exact * 10 > narrowed * 9)
  }

  /// Each word by what a plain search of all words finds.
  @Test func aStoredIndexIsTheSame() throws {
    var random = RandomSource(seed: 3)
    let texts = (0..<3000).map { _ in [Self.text(&random)] }
    let index = index(texts)
    var writer = SectionWriter()
    index.write("texts", to: &writer)
    let sections = Dictionary(uniqueKeysWithValues: writer.sections.map { ($0.name, $0.bytes) })
    let reader = SectionReader(owner: nil, sections)
    let read = try TextIndex("texts", from: reader)
    for part in ["border", "s", "حدود", "the bord", "of the", "2031"] {
      #expect(read.candidates(containing: part) == index.candidates(containing: part))
    }
    #expect(throws: StoredError.self) {
      try TextIndex("texts", from: SectionReader(owner: nil, sections.filter { $0.key != "texts.postings" }))
    }
    withExtendedLifetime(writer) {}
  }
}

struct NameKeyTests {
  @Test func theShortCutLeadsToTheSameKey() {
    var random = RandomSource(seed: 5)
    let scalars =
      (Array(0x00...0x7F) + Array(0x600...0x6FF) + [0xA0, 0xAD, 0x301, 0x200B, 0x200F, 0x2028, 0xE9, 0x1F600])
      .compactMap { Unicode.Scalar($0 as UInt32) }
    var plain = 0
    for round in 0..<20_000 {
      let letters = round % 4 == 0 ? scalars : scalars.filter { $0.value < 0x66A }
      let text = String(
        String.UnicodeScalarView((0..<random.number(0...9)).map { _ in random.pick(letters) }))
      guard let key = NameKey.plainKey(text) else { continue }
      plain += 1
      #expect(Array(NameKey.foldedKey(text).utf8) == key, "\(text.debugDescription)")
    }
    #expect(plain > 1000)
    for scalar in scalars {
      guard let key = NameKey.plainKey("x\(scalar)y") else { continue }
      #expect(Array(NameKey.foldedKey("x\(scalar)y").utf8) == key, "\(scalar.value)")
    }
  }
}

struct TextIndexesTests {
  @Test func manyLabelsHaveTheirIndexInTheDatabase() throws {
    var model = StoreBuilder(vocabulary: .plover)
    model.events = (0..<TextIndexes.leastCount).map { number in
      var event = EventRecord(id: "e\(number)", type: 0)
      if number % 1000 == 7 { event.label = LocalizedText([.init(language: "ar", text: "قمّة \(number)")]) }
      return event
    }
    let store = model.build()
    var writer = SectionWriter()
    store.write(to: &writer)
    let names = Set(writer.sections.map(\.name))
    #expect(
      names.contains("store.words_of.labels.postings") && !names.contains("store.words_of.gists.postings"))
    var sections = Dictionary(uniqueKeysWithValues: writer.sections.map { ($0.name, $0.bytes) })
    func events(_ store: EventStore, _ part: String) -> [String]? {
      store.textIndexes.labels.candidates(containing: part)?.map { store.events.ids[Int($0)] }.sorted()
    }
    let read = try EventStore("store", from: SectionReader(owner: nil, sections))
    #expect(events(read, "قمة 7")?.contains("e7") == true)
    #expect(events(read, "قمة 7") == events(store, "قمة 7") && events(read, "قمه")?.count == 50)
    #expect(read.textIndexes.gists.candidates(containing: "x") == [])
    sections["store.words_of.labels.count"] = nil
    let old = try EventStore("store", from: SectionReader(owner: nil, sections))
    #expect(events(old, "قمه")?.count == 50)
    withExtendedLifetime(writer) {}
  }
}
