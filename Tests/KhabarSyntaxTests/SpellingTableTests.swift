import FoundationEssentials
import KhabarSyntax
import Testing

/// The manual lists every spelling there is. With `KHABAR_BLESS` set, its list is written anew.
struct SpellingTableTests {
  private static let start = "<!-- every spelling -->\n"
  private static let end = "<!-- end of the spellings -->\n"

  private static let groups: [(title: String, roles: Keyword.Roles)] = [
    ("Statements", .statement), ("Adjectives", .adjective), ("Nouns", .noun), ("Nouns of events", .type),
    ("Clauses", .clause), ("Stages", .stage), ("Words between", [.operator, .structure]), ("Units", .unit),
    ("Literals", .literal), ("Functions", [.function, .aggregate]), ("Fields", .field),
    ("Words that fields hold", .value), ("Definitions only", [.definition, .entry, .mark]),
  ]

  /// A table for each group, two keywords a line; what is printed comes first.
  private static var table: String {
    var left = Keyword.rows
    return groups.reduce(into: "") { text, group in
      let rows = left.filter { !$0.roles.isDisjoint(with: group.roles) }
      left.removeAll { !$0.roles.isDisjoint(with: group.roles) }
      text += "\n**\(group.title)**\n\n| English | Arabic | English | Arabic |\n| --- | --- | --- | --- |\n"
      for index in stride(from: 0, to: rows.count, by: 2) {
        let second = index + 1 < rows.count ? cells(rows[index + 1]) : " | | "
        text += "|" + cells(rows[index]) + "|" + second + "|\n"
      }
    }
  }

  private static func cells(_ row: Keyword.Row) -> String {
    " \(row.english.joined(separator: ", ")) | \(row.arabic.joined(separator: "، ")) "
  }

  private static var manual: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Grammar/Manual.md")
  }

  @Test func theManualListsEverySpelling() throws {
    let text = String(decoding: try Data(contentsOf: Self.manual), as: UTF8.self)
    let lower = try #require(text.firstRange(of: Self.start)).upperBound
    let upper = try #require(text.firstRange(of: Self.end)).lowerBound
    if ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil {
      let new = text[..<lower] + Self.table + "\n" + text[upper...]
      try Data(new.utf8).write(to: Self.manual, options: .atomic)
    } else {
      #expect(text[lower..<upper] == Self.table + "\n")
    }
  }
}
