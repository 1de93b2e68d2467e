import Khabar
import KhabarSyntax
import KhabarText

/// A page of `.help`: queries, each with what it asks, and some words below them.
struct HelpTopic: Sendable {
  struct Example: Sendable {
    var query: String
    var meaning: String

    init(_ query: String, _ meaning: String = "") {
      self.query = query
      self.meaning = meaning
    }
  }

  var name: String
  var otherNames: [String] = []
  /// For the list of topics.
  var title: String
  /// They have a meaning in the built-in article.
  var examples: [Example]
  var notes = ""

  static func named(_ name: String) -> HelpTopic? {
    let name = Folding.fold(name)
    return all.first { $0.name == name || $0.otherNames.contains(name) }
  }

  var text: String {
    HelpTopic.columns(examples.map { ($0.query, $0.meaning) })
      + (notes.isEmpty ? "" : (examples.isEmpty ? "" : "\n") + notes + "\n")
  }

  /// What `.help` alone says: the things that are asked most, first.
  static var overview: String {
    let examples = firstExamples.map { ("  " + $0.query, $0.meaning) }
    let topics = all.map { ("  .help " + $0.name, $0.title) }
    let commands = DotCommand.all.map { ("  " + $0.usage, $0.help) }
    return """
      Say what you ask for, which of it, and what is to be done with it:

      \(columns(examples))
      Tab completes words and names; a name of several words is quoted.
      A line that ends with | or an open parenthesis goes on; Ctrl-C drops it.

      \(columns(topics))
      \(columns(commands))
      """
  }

  static let firstExamples = [
    Example("meetings with Lavrov in Moscow", "events of a type, narrowed by clauses"),
    Example("planned events before 2023-06", "a status before the noun; a time"),
    Example("events according to Armenia", "by whose word"),
    Example("meetings in Moscow | actors", "from events to who took part"),
    Example("events | summarize count by status", "groups"),
    Example("lavrov_bayramov | evidence", "who says so, and where"),
    Example("الاجتماعات المخططة مع لافروف", "the same language in Arabic"),
  ]

  /// Two columns, the first as wide as it has to be.
  static func columns(_ rows: [(String, String)]) -> String {
    let width = rows.map { $0.1.isEmpty ? 0 : DisplayWidth.of($0.0) }.max() ?? 0
    return rows.map { ($0.1.isEmpty ? $0.0 : DisplayWidth.pad($0.0, to: width + 2) + $0.1) + "\n" }.joined()
  }
}

extension Shell {
  func showHelp(_ line: DotLine) throws {
    guard !line.rest.text.isEmpty else { return runner.output.write(HelpTopic.overview) }
    let wanted = line.rest.text.first == "." ? String(line.rest.text.dropFirst()) : line.rest.text
    if line.rest.text.first != ".", let topic = HelpTopic.named(wanted) {
      return runner.output.write(topic.text)
    }
    if let command = DotCommand.named(wanted) {
      return runner.output.write("\(command.usage)\n  \(command.help), as in `\(command.example)`\n")
    }
    if let topic = HelpTopic.ofKeyword(wanted) { return runner.output.write(topic.text) }
    let names = HelpTopic.all.map(\.name) + DotCommand.all.map(\.name)
    let near = EditDistance.nearest(to: wanted, among: names)
    throw line.error(
      "E0610", "there is no help on `\(line.rest.text)`", at: line.rest,
      help: near.map { "did you mean `.help \($0)`?" }
        ?? "topics: \(HelpTopic.all.map(\.name).joined(separator: ", "))")
  }
}

extension HelpTopic {
  /// The page that a word of the language is on.
  static func ofKeyword(_ text: String) -> HelpTopic? {
    let roles = Keyword.keywords(spelledBy: text).map(\.roles)
    let pages: [(Keyword.Roles, String)] = [
      (.time, "time"), (.clause, "clauses"), (.stage, "stages"), (.statement, "statements"),
      ([.noun, .adjective, .entity, .type], "nouns"), ([.operator, .function, .aggregate], "expressions"),
      (.structure, "sequences"),
    ]
    return pages.first { page in roles.contains { !$0.isDisjoint(with: page.0) } }.flatMap { named($0.1) }
  }
}
