import Foundation
import Khabar
import Testing

/// Every example in the manual and the README gives what is printed below it. With `KHABAR_BLESS` set, what it gives
/// is written there instead: read the difference afterwards.
struct ManualTests {
  private static let pages =
    ["Grammar/Manual.md", "README.md"] + articles.map { "Sources/Khabar/Khabar.docc/\($0).md" }
  private static let articles = ["GettingStarted", "LanguageInTenMinutes", "TimesKnownInPart"]
  private static let isBlessing = ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ file: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
  }

  private static func chapters() throws -> [MarkdownExamples.Chapter] {
    try pages.flatMap { MarkdownExamples(try text($0), file: $0).chapters }
  }

  /// Files that an example names are beside the example scripts.
  private static func session(of chapter: MarkdownExamples.Chapter) throws -> Session {
    var session = Session(try Model(builtIn: chapter.model))
    session.baseDirectory = root.appendingPathComponent("Scripts/examples").path
    return session
  }

  @Test(arguments: pages)
  func hasExamples(file: String) throws {
    let examples = MarkdownExamples(try Self.text(file), file: file).chapters.flatMap(\.examples)
    #expect(examples.contains { !$0.outputs.isEmpty })
  }

  @Test(.disabled(if: isBlessing), arguments: try chapters())
  func chapter(_ chapter: MarkdownExamples.Chapter) throws {
    var session = try Self.session(of: chapter)
    for example in chapter.examples {
      let place = "\(chapter.file):\(example.line)"
      let answer = example.run(in: &session)
      #expect(
        example.mustFail == (answer.error != nil), "\(place): \(answer.error.map { "\($0)" } ?? "no error")")
      for output in example.outputs {
        #expect(answer.text(output.format) == output.text, "\(place)")
      }
    }
  }

  @Test(.enabled(if: isBlessing), arguments: pages)
  func bless(file: String) throws {
    let text = try Self.text(file)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // From the last to the first, so that lines keep their numbers until they are replaced.
    var answers: [(lines: Range<Int>, text: String)] = []
    for chapter in MarkdownExamples(text, file: file).chapters {
      var session = try Self.session(of: chapter)
      for example in chapter.examples {
        let answer = example.run(in: &session)
        answers += example.outputs.map { ($0.lines, answer.text($0.format)) }
      }
    }
    for answer in answers.reversed() {
      let new = answer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      lines.replaceSubrange(answer.lines, with: new)
    }
    try lines.joined(separator: "\n").write(
      to: Self.root.appendingPathComponent(file), atomically: true, encoding: .utf8)
  }
}
