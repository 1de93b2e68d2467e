import KhabarModel
import KhabarText

/// An object of JSON as it grows, field by field. What is not there, or is empty, adds none.
struct JSONObject {
  private(set) var text = "{"
  /// The fields that there are.
  private(set) var names: [String] = []

  init() {}

  init(record: String, _ id: String) {
    add("record", record)
    add("id", id)
  }

  /// Closed, with an end of line.
  var line: String { text + "}\n" }

  private mutating func key(_ name: String) {
    text += names.isEmpty ? "\"\(name)\":" : ",\"\(name)\":"
    names.append(name)
  }

  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    JSONText.quote(value, into: &text)
  }

  /// What is JSON already.
  mutating func add(_ name: String, json: String) {
    key(name)
    text += json
  }

  mutating func add(_ name: String, list: [String]) {
    if list.isEmpty { return }
    key(name)
    text += "["
    for (index, value) in list.enumerated() {
      if index > 0 { text += "," }
      JSONText.quote(value, into: &text)
    }
    text += "]"
  }

  /// `{"en":"…","ar":"…"}`
  mutating func add(_ name: String, texts: LocalizedText) {
    if texts.isEmpty { return }
    var object = JSONObject()
    for entry in texts.entries { object.add(entry.language, entry.text) }
    add(name, json: object.text + "}")
  }

  /// Which of the fields, in the words of definitions, general knowledge adds.
  ///
  /// - Parameter others: What definitions have entries for, besides the fields.
  mutating func add(background entries: [String], others: Set<String> = []) {
    let fields = entries.map { Self.fieldOfEntry[$0] ?? $0 }
    add("background", list: fields.filter { names.contains($0) || others.contains($0) })
  }

  private static let fieldOfEntry = [
    "name": "names", "alias": "aliases", "office": "offices", "context": "contexts", "topic": "topics",
  ]

  mutating func add(_ name: String, objects: [JSONObject]) {
    if objects.isEmpty { return }
    add(name, json: "[" + objects.map { $0.text + "}" }.joined(separator: ",") + "]")
  }
}
