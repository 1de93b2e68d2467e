import EDTF
import KhabarPlan
import KhabarSyntax
import KhabarTable

/// Reads one object as a definition.
///
/// The values that it makes are numbered, and their spans tell the numbers; where a value stands in the object is found by
/// reading it again, since it is rarely asked.
struct JSONRecordReader {
  /// Where the value of that number stands, once it has been read: `participants[0].actor`.
  private(set) var place: String?

  private let wanted: Int
  private var count = 0
  var steps: [Step] = []

  enum Step {
    case field(String)
    case item(Int)
  }

  /// - Parameter wanted: The number of a value whose place is looked for.
  init(wanted: Int = -1) { self.wanted = wanted }

  /// The kind and the id of what an object defines.
  static func heading(
    _ members: [JSONValue.Member]
  ) throws(RowError) -> (record: JSONRecordKind, kind: DefinitionKind, id: String?) {
    let words = JSONRecordKind.allCases.map(\.rawValue)
    guard let name = members.first(where: { $0.name == "record" })?.value else {
      throw RowError("record", "it is missing; expected one of \(words.joined(separator: ", "))")
    }
    guard case .text(let text) = name, let record = JSONRecordKind(rawValue: text) else {
      throw RowError("record", "found \(name.found), expected one of \(words.joined(separator: ", "))")
    }
    let id = members.first { $0.name == "id" }?.value
    guard record != .report else { return (record, .report, nil) }
    guard case .text(let id)? = id else {
      throw RowError("id", id.map { "found \($0.found), expected a word" } ?? "it is missing")
    }
    if !isWord(id) { throw RowError("id", notAWord(id)) }
    return (record, try kind(record, members), id)
  }

  private static func kind(
    _ record: JSONRecordKind, _ members: [JSONValue.Member]
  ) throws(RowError) -> DefinitionKind {
    if record != .actor { return DefinitionKind(rawValue: record.rawValue) ?? .event }
    let kinds: [DefinitionKind] = [.person, .state, .organization, .group]
    let value = members.first { $0.name == "kind" }?.value
    if case .text(let text)? = value, let kind = kinds.first(where: { $0.rawValue == text }) { return kind }
    let expected = "expected one of \(kinds.map(\.rawValue).joined(separator: ", "))"
    throw RowError("kind", "\(value.map { "found \($0.found)" } ?? "it is missing"), \(expected)")
  }

  mutating func read(_ members: [JSONValue.Member]) throws(RowError) -> JSONRecord {
    let (record, kind, id) = try Self.heading(members)
    steps.append(.field("id"))
    let name = id.map { Name($0, span: self.span()) }
    steps.removeLast()
    let span = span()
    var reports: [Definition] = []
    let entries = try self.entries(members, record, &reports)
    let event = Definition.Value(.word(id ?? ""), span: span)
    for index in reports.indices {
      reports[index].entries.append(Definition.Entry(field: Name("event"), values: [event], span: span))
    }
    let definition = Definition(
      kind: Name(kind.rawValue, span: span), id: name, entries: entries)
    return JSONRecord(kind: kind, definition: definition, reports: reports)
  }

  // MARK: - Places

  private func place(_ steps: [Step]) -> String {
    steps.reduce(into: "") { text, step in
      switch step {
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .item(let index): text += "[\(index)]"
      }
    }
  }

  /// The number of the next value.
  mutating func span() -> Span {
    if count == wanted { place = place(steps) }
    defer { count += 1 }
    return Span(count, count + 1)
  }

  mutating func value(_ kind: Definition.Value.Kind) -> Definition.Value {
    Definition.Value(kind, span: span())
  }

  func failure(_ value: JSONValue, _ expected: String) -> RowError {
    RowError(place(steps), "found \(value.found), expected \(expected)")
  }

  func failure(_ reason: String) -> RowError { RowError(place(steps), reason) }

  // MARK: - Objects

  private mutating func entries(
    _ members: [JSONValue.Member], _ record: JSONRecordKind, isNested: Bool = false,
    _ reports: inout [Definition]
  ) throws(RowError) -> [Definition.Entry] {
    let fields = record.fields
    var entries: [Definition.Entry] = []
    var background: JSONValue?
    // There are few, and what is not among the fields ends the reading.
    var seen: [String] = []
    for member in members {
      steps.append(.field(member.name))
      if seen.contains(member.name) { throw failure("it is given twice") }
      seen.append(member.name)
      if case .null = member.value { throw failure("found null; leave out what is not known") }
      switch member.name {
      case "background" where record.hasBackground: background = member.value
      case "record" where !isNested, "id" where !isNested && record != .report: break
      // The kind of an actor is what is defined.
      case "kind" where record == .actor: break
      default:
        guard let field = fields.first(where: { $0.name == member.name }), !isNested || field.name != "event"
        else { throw failure(Self.unknown(member.name, fields)) }
        if field.shape == .reports {
          reports = try self.reports(member.value)
        } else {
          entries += try self.entries(member.value, field)
        }
      }
      steps.removeLast()
    }
    for field in fields
    where field.isRequired && !seen.contains(field.name) && !(isNested && field.name == "event") {
      steps.append(.field(field.name))
      throw failure("it is missing")
    }
    if let background { try mark(background, fields, &entries) }
    return entries
  }

  private static func unknown(_ name: String, _ fields: [JSONRecordKind.Field]) -> String {
    let near = Spelling.nearest(to: name, in: fields.map(\.name)).first
    return "there is no such field" + (near.map { "; did you mean `\($0)`?" } ?? "")
  }

  /// Lets the entries of fields end in `background`.
  private mutating func mark(
    _ names: JSONValue, _ fields: [JSONRecordKind.Field], _ entries: inout [Definition.Entry]
  ) throws(RowError) {
    steps.append(.field("background"))
    for name in try strings(names) {
      // What definitions have several entries for.
      let parts = ["actor", "recipient", "host", "participant"]
      let entry = parts.contains(name) ? name : fields.first { $0.name == name }?.entry
      let marked = entries.indices.filter { entries[$0].field.text == entry }
      if marked.isEmpty || name == "participants" { throw failure("there is no `\(name)` beside it") }
      for index in marked {
        let word = Definition.Value.Kind.word("background")
        if entries[index].values.last?.kind != word { entries[index].values.append(value(word)) }
      }
    }
    steps.removeLast()
  }

  private mutating func reports(_ value: JSONValue) throws(RowError) -> [Definition] {
    var reports: [Definition] = []
    for (index, members) in try objects(value).enumerated() {
      steps.append(.item(index))
      var none: [Definition] = []
      let entries = try self.entries(members, .report, isNested: true, &none)
      reports.append(
        Definition(kind: Name(DefinitionKind.report.rawValue, span: span()), id: nil, entries: entries))
      steps.removeLast()
    }
    return reports
  }

  // MARK: - Fields

  private mutating func entries(
    _ json: JSONValue, _ field: JSONRecordKind.Field
  ) throws(RowError) -> [Definition.Entry] {
    switch field.shape {
    case .word: return [entry(field.entry, [try word(json)])]
    case .words: return list(field.entry, try words(json))
    case .text: return [entry(field.entry, [value(.string(try text(json)))])]
    case .strings: return list(field.entry, try strings(json).map { value(.string($0)) })
    case .texts: return list(field.entry, try texts(json))
    case .tag: return [entry(field.entry, [value(.word(try text(json)))])]
    case .number: return [entry(field.entry, [try number(json)])]
    case .time: return [entry(field.entry, [try time(json)])]
    case .coordinates: return [entry(field.entry, try pair(json, "a latitude and a longitude"))]
    case .lines, .offices, .participants, .relations, .evidence:
      var entries: [Definition.Entry] = []
      for (index, members) in try objects(json).enumerated() {
        steps.append(.item(index))
        entries.append(try item(members, field))
        steps.removeLast()
      }
      return entries
    case .reports: return []
    }
  }

  mutating func entry(_ field: String, _ values: [Definition.Value]) -> Definition.Entry {
    let span = span()
    return Definition.Entry(field: Name(field, span: span), values: values, span: span)
  }

  private mutating func list(_ field: String, _ values: [Definition.Value]) -> [Definition.Entry] {
    values.isEmpty ? [] : [entry(field, values)]
  }
}
