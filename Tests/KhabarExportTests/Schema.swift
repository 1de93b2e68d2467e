import Glibc
import KhabarTable

/// As much of JSON Schema (draft 2020-12) as `Grammar/khabar.schema.json` uses; a word that it does not know is a failure,
/// so that none is passed over. Debian's validator holds the same schema against the built-in models (`Tests/Terminal`).
struct Schema {
  private let root: JSONValue

  init() throws { root = try JSONValue(reading: Self.file("khabar.schema.json")) }

  /// What a line breaks; nil: nothing.
  func failure(_ line: some StringProtocol) throws -> String? {
    failure(try JSONValue(reading: Array(line.utf8)), root, "")
  }

  /// Whether a line is no JSON, or not as the schema says.
  func refuses(_ line: String) -> Bool {
    do { return try failure(line) != nil } catch { return true }
  }

  static func file(_ name: String, from here: String = #filePath) -> [UInt8] {
    let root = here.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let file = fopen("/\(root)/Grammar/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  private func failure(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> String? {
    if case .truth(let isAllowed) = schema { return isAllowed ? nil : "\(place): not allowed" }
    for word in schema.members {
      if let failure = failure(value, word.name, word.value, schema, place) { return failure }
    }
    return nil
  }

  private func failure(
    _ value: JSONValue, _ word: String, _ rule: JSONValue, _ schema: JSONValue, _ place: String
  ) -> String? {
    func check(_ holds: Bool) -> String? { holds ? nil : "\(place): \(word) \(rule)" }
    switch word {
    case "$schema", "$id", "$defs", "title", "description", "then": return nil
    case "$ref": return failure(value, definition(rule.text), place)
    case "type": return check(value.isOf(type: rule.text))
    case "const": return check(value == rule)
    case "enum": return check(rule.items.contains(value))
    case "minimum": return check(value.number.map { $0 >= rule.number ?? 0 } ?? true)
    case "maximum": return check(value.number.map { $0 <= rule.number ?? 0 } ?? true)
    case "pattern":
      guard case .text(let text) = value else { return nil }
      guard let regex = try? Regex(rule.text).matchingSemantics(.unicodeScalar) else { return "no pattern" }
      return check(text.contains(regex))
    case "allOf": return rule.items.lazy.compactMap { failure(value, $0, place) }.first
    case "if":
      return failure(value, rule, place) == nil ? failure(value, schema["then"] ?? .truth(true), place) : nil
    case "required": return check(!value.isObject || rule.items.allSatisfy { value[$0.text] != nil })
    case "minProperties": return check(!value.isObject || value.members.count >= Int(rule.number ?? 0))
    case "minItems": return check(!value.isList || value.items.count >= Int(rule.number ?? 0))
    case "dependentRequired":
      return check(
        rule.members.allSatisfy { rule in
          value[rule.name] == nil || rule.value.items.allSatisfy { value[$0.text] != nil }
        })
    default: return failureOfParts(value, word, rule, schema, place)
    }
  }

  private func failureOfParts(
    _ value: JSONValue, _ word: String, _ rule: JSONValue, _ schema: JSONValue, _ place: String
  ) -> String? {
    switch word {
    case "properties":
      return rule.members.lazy.compactMap { rule in
        value[rule.name].flatMap { failure($0, rule.value, "\(place).\(rule.name)") }
      }.first
    case "additionalProperties":
      let known = Set(schema["properties"]?.members.map(\.name) ?? [])
      return value.members.lazy.filter { !known.contains($0.name) }
        .compactMap { failure($0.value, rule, "\(place).\($0.name)") }.first
    case "propertyNames":
      return value.members.lazy.compactMap { failure(.text($0.name), rule, "\(place).\($0.name)") }.first
    case "prefixItems":
      return zip(value.items, rule.items).lazy.compactMap { failure($0, $1, place) }.first
    case "items":
      let rest = value.items.dropFirst(schema["prefixItems"]?.items.count ?? 0)
      return rest.lazy.compactMap { failure($0, rule, "\(place)[]") }.first
    default: return "the schema has a word that the test does not know: \(word)"
    }
  }

  private func definition(_ reference: String) -> JSONValue {
    root["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .truth(false)
  }
}

extension JSONValue {
  init(reading bytes: [UInt8]) throws {
    var parser = JSONParser(bytes[...])
    self = try parser.parseValue()
    if !parser.isAtEnd() { throw JSONParser.Failure("more follows") }
  }

  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
  var text: String { if case .text(let text) = self { text } else { "" } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var isObject: Bool { if case .object = self { true } else { false } }
  var isList: Bool { if case .list = self { true } else { false } }

  subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  fileprivate func isOf(type: String) -> Bool {
    switch (self, type) {
    case (.object, "object"), (.list, "array"), (.text, "string"), (.number, "number"), (.truth, "boolean"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
