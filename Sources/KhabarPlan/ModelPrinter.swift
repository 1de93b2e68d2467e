import EDTF
import KhabarModel
import KhabarSyntax

/// Prints a model as the script of `define` statements that defines the same model. The order is that of the
/// records, each event followed by its reports; every entry has a line of its own.
package struct ModelPrinter {
  let model: StoreBuilder
  private(set) var text = ""

  /// The script for a model.
  package static func script(_ model: StoreBuilder) -> String {
    var printer = ModelPrinter(model: model)
    printer.printAll()
    return printer.text
  }

  package static func script(_ store: EventStore) -> String { script(StoreBuilder(store)) }

  private init(model: StoreBuilder) { self.model = model }

  /// The article that lines refer to where nothing else is said: all articles stand at the top.
  var lastArticle: Int32 { Int32(model.articles.count) &- 1 }

  private mutating func printAll() {
    var reports = [[Int]](repeating: [], count: model.events.count)
    for (index, report) in model.reports.enumerated() { reports[Int(report.event)].append(index) }
    for article in model.articles { define("article", article.id, entries(article)) }
    printTypes()
    for topic in model.topics { define("topic", topic.id, entries(topic)) }
    for actor in model.actors { define(actor.kind.name, actor.id, entries(actor)) }
    for place in model.places { define("place", place.id, entries(place)) }
    for (index, event) in model.events.enumerated() {
      define("event", event.id, entries(event))
      for report in reports[index] { define("report", nil, entries(model.reports[report])) }
    }
  }

  private mutating func define(_ kind: String, _ id: String?, _ entries: [String]) {
    if !text.isEmpty { text += "\n" }
    text += "define \(kind) \(id.map { "\($0) " } ?? "")("
    text += entries.isEmpty ? " )\n" : "\n"
    if entries.isEmpty { return }
    for entry in entries { text += "  \(entry),\n" }
    text += ")\n"
  }

  private mutating func printTypes() {
    for type in model.vocabulary.additions { define("type", type.id, entries(type)) }
  }

  private func entries(_ type: Vocabulary.Addition) -> [String] {
    var entries: [String] = []
    if let parent = type.parent { entries.append("of \(parent)") }
    if !type.nouns.isEmpty { entries.append("nouns \(Self.quoted(type.nouns))") }
    if let quad = type.quad { entries.append("quad \(Self.quoted(quad))") }
    if let score = type.score { entries.append("score \(Self.tenths(score))") }
    if !type.modes.isEmpty { entries.append("mode \(type.modes.joined(separator: " "))") }
    if !type.contexts.isEmpty { entries.append("context \(type.contexts.joined(separator: " "))") }
    return entries
  }
}

// MARK: - Values

extension ModelPrinter {
  static func texts(_ texts: LocalizedText) -> String {
    texts.entries.map { "\($0.language) \(quoted($0.text))" }.joined(separator: " ")
  }

  static func quoted(_ texts: [String]) -> String { texts.map { quoted($0) }.joined(separator: " ") }

  static func quoted(_ text: String) -> String { SyntaxPrinter().quote(text) }

  /// `-25` as `-2.5`
  static func tenths(_ score: Int) -> String {
    let magnitude = score.magnitude
    let fraction = magnitude % 10 == 0 ? "" : ".\(magnitude % 10)"
    return "\(score < 0 ? "-" : "")\(magnitude / 10)\(fraction)"
  }

  /// Without an exponent, which numbers in scripts do not have: `1.25e-05` as `0.0000125`.
  static func degrees(_ value: Double) -> String {
    let parts = "\(value)".split(separator: "e")
    guard let digits = parts.first?.filter(\.isNumber),
      let exponent = parts.dropFirst().first.flatMap({ Int($0) }),
      exponent < 0
    else { return "\(value)" }
    return (value < 0 ? "-0." : "0.") + String(repeating: "0", count: -exponent - 1) + digits
  }
}
