import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarTable

// The objects within records: offices, participants, relations, and where texts support what is said.

extension JSONRecordReader {
  /// An entry for an object of a list.
  mutating func item(
    _ members: [JSONValue.Member], _ field: JSONRecordKind.Field
  ) throws(RowError) -> Definition.Entry {
    switch field.shape {
    case .lines: return try lines(Item(members, ["article", "line"], self), field.entry)
    case .offices: return try office(Item(members, ["title", "of", "since", "until"], self), field.entry)
    case .participants: return try participant(Item(members, ["actor", "role", "certainty"], self))
    case .relations:
      return try relation(Item(members, ["kind", "event", "article", "line", "span", "background"], self))
    default: return try evidence(Item(members, ["article", "line", "span"], self), field.entry)
    }
  }

  /// The fields of such an object.
  struct Item {
    private var values: [String: JSONValue] = [:]

    init(
      _ members: [JSONValue.Member], _ known: [String], _ reader: JSONRecordReader
    ) throws(RowError) {
      var reader = reader
      for member in members {
        reader.steps.append(.field(member.name))
        if !known.contains(member.name) { throw reader.failure("there is no such field") }
        if case .null = member.value { throw reader.failure("found null; leave out what is not known") }
        guard values.updateValue(member.value, forKey: member.name) == nil else {
          throw reader.failure("it is given twice")
        }
        reader.steps.removeLast()
      }
    }

    subscript(name: String) -> JSONValue? { values[name] }

    func required(_ name: String, _ reader: JSONRecordReader) throws(RowError) -> JSONValue {
      if let value = values[name] { return value }
      var reader = reader
      reader.steps.append(.field(name))
      throw reader.failure("it is missing")
    }
  }

  /// `lines in ARTICLE 3`
  private mutating func lines(_ item: Item, _ field: String) throws(RowError) -> Definition.Entry {
    let article = try word(item, "article", after: "in")
    return entry(field, article + [try number(item, "line")])
  }

  /// `office en "…" of ID since TIME until TIME`
  private mutating func office(_ item: Item, _ field: String) throws(RowError) -> Definition.Entry {
    let title = try item.required("title", self)
    steps.append(.field("title"))
    var values = try texts(title)
    if values.isEmpty { throw failure("it is empty") }
    steps.removeLast()
    if item["of"] != nil { values += try word(item, "of", after: "of") }
    for name in ["since", "until"] {
      guard let time = item[name] else { continue }
      steps.append(.field(name))
      values += [value(.word(name)), try self.time(time)]
      steps.removeLast()
    }
    return entry(field, values)
  }

  /// `host ID probable`, `participant ID as ROLE probable`
  private mutating func participant(_ item: Item) throws(RowError) -> Definition.Entry {
    var values = try word(item, "actor")
    var field = "actor"
    if item["role"] != nil {
      let role = try word(item, "role")
      if case .word(let name)? = role.first?.kind, ["actor", "recipient", "host"].contains(name) {
        field = name
      } else {
        field = "participant"
        values += [value(.word("as"))] + role
      }
    }
    if item["certainty"] != nil {
      values.append(try word(item, "certainty", of: "certainty", Certainty.allCases.map(\.name)))
    }
    return entry(field, values)
  }

  /// `causes ID in ARTICLE line 3 span 12 48 background`
  private mutating func relation(_ item: Item) throws(RowError) -> Definition.Entry {
    let kind = try word(item, "kind", of: "relation", RelationKind.allCases.map(\.rawValue))
    guard case .word(let field) = kind.kind else { throw failure("it has no kind") }
    var values = try word(item, "event")
    if item["article"] != nil || item["line"] != nil || item["span"] != nil {
      values += try word(item, "article", after: "in") + citation(item)
    }
    if let background = item["background"] {
      steps.append(.field("background"))
      guard case .truth(let isBackground) = background else {
        throw failure(background, "true or false")
      }
      if isBackground { values.append(value(.word("background"))) }
      steps.removeLast()
    }
    return entry(field, values)
  }

  /// `evidence in ARTICLE line 3 span 12 48`
  private mutating func evidence(_ item: Item, _ field: String) throws(RowError) -> Definition.Entry {
    let article = item["article"] == nil ? [] : try word(item, "article", after: "in")
    return entry(field, article + (try citation(item)))
  }

  /// `line 3 span 12 48`
  private mutating func citation(_ item: Item) throws(RowError) -> [Definition.Value] {
    var values = [value(.word("line")), try number(item, "line")]
    if let span = item["span"] {
      steps.append(.field("span"))
      values +=
        [value(.word("span"))] + (try pair(span, "the offsets of the first character and after the last"))
      steps.removeLast()
    }
    return values
  }

  // MARK: - Fields of objects

  private mutating func word(
    _ item: Item, _ name: String, after keyword: String? = nil
  ) throws(RowError) -> [Definition.Value] {
    let json = try item.required(name, self)
    steps.append(.field(name))
    let before = keyword.map { [value(.word($0))] } ?? []
    let values = before + [try word(json)]
    steps.removeLast()
    return values
  }

  /// A word of a closed list.
  private mutating func word(
    _ item: Item, _ name: String, of kind: String, _ words: [String]
  ) throws(RowError) -> Definition.Value {
    let json = try item.required(name, self)
    steps.append(.field(name))
    guard case .text(let word) = json, words.contains(word) else {
      throw failure(json, "one of \(words.joined(separator: ", "))")
    }
    let value = value(.word(word))
    steps.removeLast()
    return value
  }

  private mutating func number(_ item: Item, _ name: String) throws(RowError) -> Definition.Value {
    let json = try item.required(name, self)
    steps.append(.field(name))
    let value = try number(json)
    steps.removeLast()
    return value
  }
}
