import FoundationEssentials
import Khabar
import KhabarSyntax
import Testing

/// Grammar/Errors.md lists every id with an example that triggers it.
struct ErrorListTests {
  /// A chapter of the list: `## E0301 …`, and the blocks below it.
  struct Entry: CustomTestStringConvertible, Sendable {
    var id: String
    var line: Int
    var blocks: [(language: String, text: String)] = []

    var testDescription: String { "\(id), line \(line)" }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  private static func entries() throws -> [Entry] {
    var entries: [Entry] = []
    var block: (language: String, lines: [Substring])?
    let lines = try read("Grammar/Errors.md").split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let open = block {
          entries[entries.count - 1].blocks.append((open.language, open.lines.joined(separator: "\n")))
          block = nil
        } else {
          block = (String(line.dropFirst(3)), [])
        }
      } else if block != nil {
        block?.lines.append(line)
      } else if line.hasPrefix("## E") {
        entries.append(Entry(id: String(line.dropFirst(3).prefix(5)), line: number + 1))
      }
    }
    return entries
  }

  @Test(arguments: try entries())
  func exampleTriggersTheError(_ entry: Entry) throws {
    #expect(!entry.blocks.isEmpty, "an example")
    for block in entry.blocks where block.language.hasPrefix("khabar") {
      #expect(try Self.ids(block.text).contains(entry.id), "\(block.text)")
    }
  }

  /// What is wrong with a text: as a script on the built-in article, or as a model.
  private static func ids(_ text: String) throws -> Set<String> {
    var session = Session(try Model.builtInArticle)
    session.baseDirectory = root.appending(path: "Tests/Spec/tables").path
    var ids: Set<String> = []
    let collect = { (body: () throws -> Void) throws in
      do { try body() } catch let error as KhabarError { ids.formUnion(error.problems.map(\.id)) }
    }
    try collect {
      try session.run(SourceText(name: "example", text: text)) { outcome, session, _ in
        ids.formUnion(session.warnings.map(\.id))
        if case .result(let table) = outcome { ids.formUnion(table.warnings.map(\.id)) }
      }
    }
    try collect { _ = try Model(text: text) }
    return ids
  }

  @Test func everyIdOfTheSourcesIsListed() throws {
    let listed = Set(try Self.entries().map(\.id))
    let sources = Self.root.appending(path: "Sources").resolvingSymlinksInPath()
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    var found: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      for match in try Self.read("Sources/\(file)").matches(of: /"(E0[1-9]\d\d)"/) {
        found.insert(String(match.1))
      }
    }
    #expect(found.subtracting(listed).sorted() == [])
    #expect(listed.subtracting(found).sorted() == [])
  }

  @Test func noIdIsListedTwice() throws {
    let ids = try Self.entries().map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }
}
