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
    let added = model.vocabulary.types.indices.filter {
      Vocabulary.plover.type(model.vocabulary.types[$0].id) == nil
    }
    for index in added {
      define("type", model.vocabulary.types[index].id, typeEntries(index, isLast: index == added.last))
    }
  }

  private func typeEntries(_ index: Int, isLast: Bool) -> [String] {
    let vocabulary = model.vocabulary
    let type = vocabulary.types[index]
    var entries: [String] = []
    if type.parent >= 0 { entries.append("of \(vocabulary.types[Int(type.parent)].id)") }
    let nouns = vocabulary.nounSuggestions.filter { vocabulary.noun($0)?.type == Int16(index) }
    if !nouns.isEmpty { entries.append("nouns \(Self.quoted(nouns))") }
    if type.quad >= 0 { entries.append("quad \(Self.quoted(Vocabulary.quads[Int(type.quad)]))") }
    if let score = type.score { entries.append("score \(Self.tenths(score))") }
    if !type.modes.isEmpty {
      entries.append("mode \(type.modes.map { vocabulary.modes[Int($0)] }.joined(separator: " "))")
    }
    // Contexts belong to no type; any definition may bring them.
    let contexts = vocabulary.contexts.filter { Vocabulary.plover.context($0) == nil }
    if isLast, !contexts.isEmpty { entries.append("context \(contexts.joined(separator: " "))") }
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
