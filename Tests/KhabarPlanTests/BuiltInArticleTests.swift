import EDTF
import Glibc
import KhabarSyntax
import Testing

@testable import KhabarModel
@testable import KhabarPlan

/// The built-in article as the file has it, read past the resource that the library embeds.
private func builtInText() -> String {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  guard let file = fopen("/\(root)/Sources/Khabar/Models/moscow_2023_05_19.khabar", "r") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct BuiltInArticleTests {
  private let outcome = load(builtInText())
  private var model: StoreBuilder { outcome.builder }

  @Test func loadsWithoutDiagnostics() {
    #expect(outcome.diagnostics == [])
    #expect(model.articles.count == 1)
    #expect(model.actors.count == 24)
    #expect(model.places.count == 15)
    #expect(model.topics.count == 5)
    #expect(model.events.count == 25)
    #expect(model.reports.count == 25)
  }

  @Test func printsToTheSameModel() {
    let again = load(ModelPrinter.script(model))
    #expect(again.diagnostics == [])
    #expect(again.builder.articles == model.articles)
    #expect(again.builder.topics == model.topics)
    #expect(again.builder.actors == model.actors)
    #expect(again.builder.places == model.places)
    #expect(again.builder.events == model.events)
    #expect(again.builder.reports == model.reports)
    #expect(again.builder.vocabulary == model.vocabulary)
  }

  @Test func statusesAndScoresAreThoseOfTheInventory() throws {
    let store = model.build()
    var counts: [Status: Int] = [:]
    for status in store.events.status { counts[try #require(Status(rawValue: status)), default: 0] += 1 }
    #expect(counts == [.hypothetical: 2, .occurred: 15, .ongoing: 1, .planned: 7])
    let score = { (id: String) -> Int? in
      guard let row = store.events.ids.firstIndex(of: id) else { return nil }
      return store.vocabulary.score(type: store.events.type[row], mode: store.events.mode[row])
    }
    #expect(score("armenian_accusation") == -35)
    #expect(score("epc_summit") == 40)
    #expect(score("ceasefire_2020") == 75)
    #expect(score("peskov_statement") == nil)
    #expect(score("recent_escalation") == nil)
  }

  @Test(
    arguments: [
      ("Lavrov", "sergei_lavrov"), ("لافروف", "sergei_lavrov"), ("\"", nil), ("Moscow", "russia"),
      ("موسكو", "russia"),
      ("زاخاروفا", "maria_zakharova"), ("المتحدثة الروسية", "maria_zakharova"), ("ARMENIA", "armenia"),
      ("Scholz", "olaf_scholz"), ("Michel", "charles_michel"), ("Əliyev", "ilham_aliyev"),
    ] as [(String, String?)])
  func actorsAreFoundByName(name: String, id: String?) {
    let store = model.build()
    switch store.names.resolve(name, .actor) {
    case .found(let found): #expect(found.map { store.actors[Int($0.index)].id } == [id])
    case .ambiguous, .unknown: #expect(id == nil)
    }
  }

  @Test func everyCanonicalNameAndAliasIsUnambiguous() {
    let names = model.build().names
    for (index, actor) in model.actors.enumerated() {
      for text in actor.names.entries.map(\.text) + actor.aliases {
        #expect(names.resolve(text, .actor) == .found([EntityName(.actor, Int32(index))]), "\(text)")
      }
    }
    for (index, place) in model.places.enumerated() {
      for text in place.names.entries.map(\.text) + place.aliases {
        #expect(names.resolve(text, .place) == .found([EntityName(.place, Int32(index))]), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("Lavorv", "Lavrov"), ("لافوف", "لافروف"), ("Zakarova", "Zakharova"), ("Lavrof", "Lavrov"),
    ("Pashinjan", "Pashinyan"),
    ("Azerbajan", "Azerbaijan"), ("روسا", "روسيا"), ("Ziharova", "Zaharova"),
  ])
  func misspelledNamesAreMended(text: String, expected: String) {
    #expect(model.build().names.suggestions(for: text, .actor).first?.text == expected)
  }

  @Test(arguments: [("laf", "Lavrov"), ("لاف", "لافروف"), ("Lav", "Lavrov"), ("زاخ", "زاخاروفا")])
  func namesGoOnAcrossScripts(prefix: String, expected: String) {
    #expect(model.build().names.completions(prefix: prefix, .actor, limit: 5).map(\.text).contains(expected))
  }
}
