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

  /// The page in a window of so many columns.
  func text(width: Int = 80) -> String {
    let notes = TextWrapping.wrap(notes, width: width, hanging: 2).joined(separator: "\n")
    return HelpTopic.columns(examples.map { ($0.query, $0.meaning) }, width: width)
      + (notes.isEmpty ? "" : (examples.isEmpty ? "" : "\n") + notes + "\n")
  }

  /// What `.help` alone says: the six things that are asked most, first.
  static func overview(width: Int = 80) -> String {
    let examples = firstExamples.map { ("  " + $0.query, $0.meaning) }
    let topics = all.map { ("  .help " + $0.name, $0.title) } + [("  .help commands", "the dot commands")]
    let keys = """
      Tab completes words and names; a name of several words is quoted. A line that ends with | goes on; \
      Ctrl-C drops it, Ctrl-D leaves. `.tour` teaches all this in eight steps.
      """
    return [
      wrapped("Say what you ask for, which of it, and what is to be done with it:", width), "",
      columns(examples, width: width), wrapped(keys, width), "", columns(topics, width: width),
    ].joined(separator: "\n")
  }

  /// What `.help commands` says.
  static func commands(width: Int = 80) -> String {
    columns(DotCommand.all.map { ($0.usage, $0.help) }, width: width)
      + "\n" + wrapped("`.help .mode` has an example of `.mode`, and so on.", width) + "\n"
  }

  private static func wrapped(_ text: String, _ width: Int) -> String {
    TextWrapping.wrap(text, width: width).joined(separator: "\n")
  }

  static let firstExamples = [
    Example("meetings with Lavrov in Moscow", "events of a type, narrowed by clauses"),
    Example("planned events before 2023-06", "a status before the noun; a time"),
    Example("meetings in Moscow | actors", "from events to who took part"),
    Example("events | summarize count by status", "groups"),
    Example("lavrov_bayramov | evidence", "who says so, and where"),
    Example("الاجتماعات المخططة مع لافروف", "the same language in Arabic"),
  ]

  /// Two columns, the first as wide as it has to be; where they do not fit beside one another, the second below the first.
  static func columns(_ rows: [(String, String)], width: Int = 80) -> String {
    let first = (rows.map { $0.1.isEmpty ? 0 : DisplayWidth.of($0.0) }.max() ?? 0) + 2
    let room = width - first
    let longest = rows.map { DisplayWidth.of($0.1) }.max() ?? 0
    guard room < min(longest, 16) else {
      return rows.flatMap { left, right in
        let lines = TextWrapping.wrap(right, width: room)
        guard !right.isEmpty else { return TextWrapping.wrap(left, width: width, hanging: 2) }
        return lines.enumerated().map { DisplayWidth.pad($0 == 0 ? left : "", to: first) + $1 }
      }
      .map { $0 + "\n" }.joined()
    }
    return rows.flatMap { left, right in
      TextWrapping.wrap(left, width: width, hanging: 2)
        + (right.isEmpty ? [] : TextWrapping.wrap("    " + right, width: width))
    }
    .map { $0 + "\n" }.joined()
  }
}

extension Shell {
  private var helpWidth: Int { max(20, runner.style.width ?? 80) }

  func showHelp(_ line: DotLine) throws {
    guard !line.rest.text.isEmpty else { return runner.output.write(HelpTopic.overview(width: helpWidth)) }
    if Folding.fold(line.rest.text) == "commands" {
      return runner.output.write(HelpTopic.commands(width: helpWidth))
    }
    let wanted = line.rest.text.first == "." ? String(line.rest.text.dropFirst()) : line.rest.text
    if line.rest.text.first != ".", let topic = HelpTopic.named(wanted) {
      return runner.output.write(topic.text(width: helpWidth))
    }
    if let command = DotCommand.named(wanted) {
      let text = "\(command.usage)\n  \(command.help), as in `\(command.example)`"
      return runner.output.write(TextWrapping.wrap(text, width: helpWidth).joined(separator: "\n") + "\n")
    }
    if let topic = HelpTopic.ofKeyword(wanted) { return runner.output.write(topic.text(width: helpWidth)) }
    let names = HelpTopic.all.map(\.name) + ["commands"] + DotCommand.all.map(\.name)
    let near =
      EditDistance.nearest(
        to: wanted, among: names + HelpTopic.all.flatMap(\.otherNames) + HelpTopic.keywords)
    throw line.error(
      "E0610", "there is no help on `\(line.rest.text)`", at: line.rest,
      help: near.map { "did you mean `.help \($0)`?" }
        ?? "topics: \((HelpTopic.all.map(\.name) + ["commands"]).joined(separator: ", "))")
  }
}

extension HelpTopic {
  /// The words of the language that are on a page, in English and in Arabic.
  static var keywords: [String] {
    Keyword.allCases.flatMap { [$0.english, $0.arabic] }.filter { ofKeyword($0) != nil }
  }

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
