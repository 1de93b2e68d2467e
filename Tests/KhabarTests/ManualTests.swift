import Foundation
import Khabar
import Testing

/// Every example in the manual and the README gives what is printed below it.
struct ManualTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func chapters(_ file: String) throws -> [MarkdownExamples.Chapter] {
    let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    return MarkdownExamples(text, file: file).chapters
  }

  @Test(arguments: ["Grammar/Manual.md", "README.md"])
  func hasExamples(file: String) throws {
    #expect(try Self.chapters(file).flatMap(\.examples).contains { !$0.outputs.isEmpty })
  }

  @Test(arguments: try chapters("Grammar/Manual.md") + chapters("README.md"))
  func chapter(_ chapter: MarkdownExamples.Chapter) throws {
    var session = Session(try Model.builtInArticle)
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
}
