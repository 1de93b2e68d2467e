import EDTF
import KhabarPlan
import KhabarSyntax
import KhabarTable

// The values that fields of several kinds have.

extension JSONRecordReader {
  func text(_ json: JSONValue) throws(RowError) -> String {
    guard case .text(let text) = json else { throw failure(json, "a text") }
    return text
  }

  mutating func strings(_ json: JSONValue) throws(RowError) -> [String] {
    guard case .list(let values) = json else { throw failure(json, "a list of texts") }
    var strings: [String] = []
    for (index, value) in values.enumerated() {
      steps.append(.item(index))
      strings.append(try text(value))
      steps.removeLast()
    }
    return strings
  }

  mutating func word(_ json: JSONValue) throws(RowError) -> Definition.Value {
    let word = try text(json)
    if !Self.isWord(word) { throw failure(Self.notAWord(word)) }
    return value(.word(word))
  }

  mutating func words(_ json: JSONValue) throws(RowError) -> [Definition.Value] {
    guard case .list(let list) = json else { throw failure(json, "a list of words") }
    var words: [Definition.Value] = []
    for (index, json) in list.enumerated() {
      steps.append(.item(index))
      words.append(try word(json))
      steps.removeLast()
    }
    return words
  }

  /// Words of ASCII need no lexer.
  static func isWord(_ text: String) -> Bool {
    let bytes = text.utf8
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    let isPlain =
      bytes.first.map(isLetter) ?? false
      && bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x5F || isLetter($0) }
    return isPlain || SyntaxPrinter.isWord(text)
  }

  static func notAWord(_ text: String) -> String {
    "found `\(text)`, expected a word of letters, digits and `_` that begins with a letter"
  }

  /// `en "…" ar "…"`
  mutating func texts(_ json: JSONValue) throws(RowError) -> [Definition.Value] {
    guard case .object(let members) = json else {
      throw failure(json, "texts by language, as in `{\"en\": \"…\"}`")
    }
    var values: [Definition.Value] = []
    for member in members {
      steps.append(.field(member.name))
      values += [value(.word(member.name)), value(.string(try text(member.value)))]
      steps.removeLast()
    }
    return values
  }

  mutating func number(_ json: JSONValue) throws(RowError) -> Definition.Value {
    guard case .number(let number) = json else { throw failure(json, "a number") }
    let span = span()
    let text = Int(exactly: number).map(String.init) ?? "\(number)"
    return Definition.Value(.number(NumberLiteral(number, text: text, span: span)), span: span)
  }

  mutating func pair(_ json: JSONValue, _ expected: String) throws(RowError) -> [Definition.Value] {
    guard case .list(let list) = json, list.count == 2 else {
      throw failure(json, "two numbers: \(expected)")
    }
    var values: [Definition.Value] = []
    for (index, json) in list.enumerated() {
      steps.append(.item(index))
      values.append(try number(json))
      steps.removeLast()
    }
    return values
  }

  mutating func time(_ json: JSONValue) throws(RowError) -> Definition.Value {
    guard case .text(let text) = json else { throw failure(json, "a time, such as \"2023-05-19\"") }
    do {
      return value(.time(try EDTFTime(parsing: text)))
    } catch {
      throw failure("`\(text)` is no time: \(error)")
    }
  }

  func objects(_ json: JSONValue) throws(RowError) -> [[JSONValue.Member]] {
    guard case .list(let list) = json else { throw failure(json, "a list of objects") }
    var objects: [[JSONValue.Member]] = []
    for value in list {
      guard case .object(let members) = value else { throw failure(json, "a list of objects") }
      objects.append(members)
    }
    return objects
  }
}

extension JSONValue {
  /// What stands there, in messages.
  var found: String {
    switch self {
    case .null: "null"
    case .truth(let truth): "\(truth)"
    case .number(let number): "the number \(Int(exactly: number).map(String.init) ?? "\(number)")"
    case .text(let text): text.unicodeScalars.count > 40 ? "a text" : "`\(text)`"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
