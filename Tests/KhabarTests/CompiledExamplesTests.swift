import Foundation
import Testing

/// The Swift code in the papers is that of files which the package in Tests/Consumer compiles.
struct CompiledExamplesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ file: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
  }

  /// The Swift blocks of a chapter, or of a whole page.
  private func blocks(_ page: String, chapter: String? = nil) throws -> [String] {
    var text = try text(page)[...]
    if let chapter, let start = text.range(of: "\n## \(chapter)\n") {
      text = text[start.upperBound...]
      if let end = text.range(of: "\n## ") { text = text[..<end.lowerBound] }
    }
    return text.components(separatedBy: "```swift\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test func readme() throws {
    let blocks = try blocks("README.md", chapter: "In Swift")
    try #require(blocks.count == 2)
    #expect(try text("Tests/Consumer/Sources/Readme/main.swift") == blocks[0])
    #expect(try text("Tests/Consumer/Tests/DeskTests/ReadmeTests.swift") == blocks[1])
  }

  @Test func embedding() throws {
    let blocks = try blocks("Sources/Khabar/Khabar.docc/Embedding.md")
    #expect(try text("Tests/Consumer/Sources/Embedding/main.swift") == blocks.joined(separator: "\n"))
  }
}
