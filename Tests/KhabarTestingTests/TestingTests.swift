import Foundation
import Khabar
import KhabarTesting
import Testing

/// What the library for tests says when something is not as expected, and where.
struct TestingTests {
  private let model: Model

  init() throws { model = try Model.builtInArticle }

  /// That just one failure is reported, on a line of this file, and says all of `texts`.
  private func fails(
    _ texts: String..., line: Int = #line, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () -> Void
  ) {
    withKnownIssue(sourceLocation: sourceLocation) {
      body()
    } matching: { issue in
      let message = issue.comments.map(\.rawValue).joined()
      for text in texts where !message.contains(text) { return false }
      guard let place = issue.sourceLocation else { return false }
      return place.fileID == "KhabarTestingTests/TestingTests.swift" && (line...line + 6).contains(place.line)
    }
  }

  @Test func values() {
    expectQuery("meetings in Moscow | count", in: model, equals: 3)
    expectQuery("granada_meeting | select time", in: model, equals: "2023-10")
    expectQuery("granada_meeting | select time on 2023-10-05", in: model, equals: Bool?.none)
    fails("`meetings | count` is 9; expected 8") { expectQuery("meetings | count", in: model, equals: 8) }
    fails("is \"2023-10\"; expected \"2024\"") {
      expectQuery("granada_meeting | select time", in: model, equals: "2024")
    }
    fails("error[E0301]", "did you mean `Lavrov`", "^^^^^^") {
      expectQuery("events with Lavorv | count", in: model, equals: 1)
    }
    fails("`events | take 1 | select label`", "expected value of type Int") {
      expectQuery("events | take 1 | select label", in: model, equals: 1)
    }
  }

  @Test func rows() {
    expectRows("meetings in Moscow | select id, time", in: model, columns: ["id", "time"]) {
      ["lavrov_bayramov", "2023-05-19"]
      ["lavrov_mirzoyan", "2023-05-19"]
      ["moscow_trilateral", "2023-05-19"]
    }
    expectRows("granada_meeting | select count(actors), time on 2023-10-05 as sure", in: model) {
      [5, .missing]
    }
    fails("- lavrov_bayramov | 2023-05-20\n+ lavrov_bayramov | 2023-05-19\n  lavrov_mirzoyan | 2023-05-19") {
      expectRows("meetings in Moscow | select id, time | take 2", in: model) {
        ["lavrov_bayramov", "2023-05-20"]
        ["lavrov_mirzoyan", "2023-05-19"]
      }
    }
    fails("has the columns id; expected name") {
      expectRows("meetings | select id", in: model, columns: ["name"]) {}
    }
  }

  @Test func noRows() {
    expectEmpty("meetings in Armenia", in: model)
    fails("has rows; expected none", "lavrov_bayramov") { expectEmpty("meetings in Moscow", in: model) }
  }

  @Test func scripts() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appendingPathComponent("checks.khabar").path
    try "param many = 9\nassert count(meetings) = many, \"so many\"\n".write(
      toFile: script, atomically: true, encoding: .utf8)
    expectScript(at: script, in: model)
    fails("error[E0503]", "checks.khabar:2:8", "so many", "the left side is 9") {
      expectScript(at: script, in: model, parameters: ["many": "8"])
    }
    fails("E0617") { expectScript(at: script, in: model, parameters: ["few": "8"]) }
    fails("E0606") { expectScript(at: "nowhere.khabar", in: model) }
  }

  @Test func snapshots() throws {
    let file = URL(fileURLWithPath: #filePath)
    let name = "recorded-\(UUID().uuidString)"
    let folder = file.deletingLastPathComponent().appendingPathComponent("__Snapshots__/TestingTests")
    let snapshot = folder.appendingPathComponent("\(name).khabar")
    defer { try? FileManager.default.removeItem(at: snapshot) }
    fails("was not recorded yet") {
      expectSnapshot("meetings in Moscow | select id", in: model, named: name)
    }
    expectSnapshot("meetings in Moscow\n  | select id", in: model, named: name)
    fails("was not recorded yet") { expectSnapshot("events | count", in: model, named: name) }
    let text = try String(contentsOf: snapshot, encoding: .utf8)
    #expect(
      text == """
        expect meetings in Moscow | select id
        = id
        = lavrov_bayramov
        = lavrov_mirzoyan
        = moscow_trilateral

        expect events | count
        = count
        = 25

        """)
    fails("- moscow_trilateral", "KHABAR_RECORD=1") {
      expectSnapshot("meetings in Moscow | select id", in: .empty(with: "moscow"), named: name)
    }
  }
}

extension Model {
  /// One place, and nothing that takes place there.
  fileprivate static func empty(with place: String) -> Model {
    (try? Model.build { $0.place(ModelBuilder.Place(stringLiteral: place).id, kind: "city") }) ?? .empty
  }
}
