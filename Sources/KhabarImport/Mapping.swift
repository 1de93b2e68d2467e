import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What the rows of a table with a heading say, in the language of definitions: a string may hold columns in braces.
///
///     define state "{country}" ( name en "{country}" )
///     define event "row_{id}" ( type "{kind}", time "{date}", actor "{country}" )
///     define report ( event "row_{id}", status occurred )
///
/// Definitions without columns are as in a model, and are there once. Each of the others is filled in for every row; what
/// rows define under one id is one record.
package struct Mapping: Sendable {
  /// What is wrong with the mapping; none: it can be used.
  package private(set) var diagnostics: [Diagnostic] = []
  private var fixed: [Statement] = []
  private var templates: [Template] = []

  private struct Template: Sendable {
    let kind: DefinitionKind
    let definition: Definition
    /// The last article without columns that stands above.
    let article: Name?
  }

  package init(_ script: Script) {
    var article: Name?
    for statement in script.statements {
      guard case .define(let definition) = statement.kind,
        let kind = DefinitionKind(rawValue: definition.kind.text)
      else { continue }
      if ColumnText.columns(in: definition).isEmpty {
        fixed.append(statement)
        if kind == .article { article = definition.id }
      } else {
        templates.append(Template(kind: kind, definition: definition, article: article))
      }
    }
    diagnostics = ModelLoader.unreadable(script)
    if diagnostics.isEmpty {
      diagnostics = ModelLoader.load([(Script(fixed), 0)]).diagnostics.filter { $0.severity == .error }
    }
  }

  /// No row as yet.
  var empty: Filled { Filled(fixed) }

  /// The columns that it names and a file does not have.
  package func missingColumns(among columns: [String]) -> [(column: String, span: Span)] {
    templates.flatMap { ColumnText.columns(in: $0.definition) }.filter { !columns.contains($0.column) }
  }

  // MARK: - Filling in

  /// The rows of tables as definitions.
  struct Filled {
    /// Of each record, in the order in which they were first met; entries of later rows stand among the first's.
    private var definitions: [Definition] = []
    private var places: [Key: Int] = [:]
    /// The rows that say something in each definition.
    private var rows: [[Int]] = []

    /// Records are told apart by their ids; reports, which have none, by what they say.
    private struct Key: Hashable {
      let kind: EntityKind?
      let id: String?
      let entries: [Definition.Entry]

      init(_ definition: Definition) {
        kind = DefinitionKind(rawValue: definition.kind.text)?.entity
        id = definition.id?.text
        entries = id == nil ? definition.entries : []
      }
    }

    /// - Parameter fixed: What is defined already; rows add nothing to it.
    init(_ fixed: [Statement]) {
      for statement in fixed {
        if case .define(let definition) = statement.kind { places[Key(definition)] = -1 }
      }
    }

    /// - Returns: Whether the row says anything that none has said before.
    mutating func add(_ definition: Definition, _ kind: DefinitionKind, row: Int) -> Bool {
      let key = Key(definition)
      guard let place = places[key] else {
        places[key] = definitions.count
        definitions.append(definition)
        rows.append([row])
        return true
      }
      if place < 0 { return false }
      var isNew = false
      for entry in definition.entries where !definitions[place].entries.contains(entry) {
        let isKnown = definitions[place].entries.contains { $0.field == entry.field }
        if isKnown, !kind.canRepeat(entry.field.text) { continue }
        definitions[place].entries.append(entry)
        isNew = true
      }
      if isNew { rows[place].append(row) }
      return isNew
    }

    /// Without what those rows alone define.
    func statements(without rejected: Set<Int>) -> [Statement] {
      zip(definitions, rows).compactMap { definition, rows in
        rows.allSatisfy(rejected.contains) ? nil : Statement(.define(definition), span: .none)
      }
    }
  }

  /// Fills in the definitions for a row. Left out are the definitions whose id, and the entries of which a value, stands in
  /// a column that is empty.
  ///
  /// - Parameter number: Of the row, which the spans of what it says tell: `Span(number, number + 1)`.
  func definitions(of row: SourceRow, number: Int) throws(RowError) -> [(Definition, DefinitionKind)] {
    let span = Span(number, number + 1)
    var found: [(Definition, DefinitionKind)] = []
    var article: Name?
    for template in templates {
      var id: Name?
      if let name = template.definition.id {
        guard let text = ColumnText.filled(name.text, row) else { continue }
        id = Name(ColumnText.word(text), span: span)
      }
      var entries: [Definition.Entry] = []
      for entry in template.definition.entries {
        guard let values = try Self.values(of: entry, template.kind, row, span) else { continue }
        entries.append(
          Definition.Entry(field: Name(entry.field.text, span: span), values: values, span: span))
      }
      if template.kind == .article { article = id }
      if template.kind == .state { Self.addNames(&entries, span) }
      // In a script a report is by the article last defined above it: here, for the same row.
      if template.kind == .report, !entries.contains(where: { $0.field.text == "article" }) {
        guard let article = article ?? template.article else {
          throw RowError("", "no article stands above the report")
        }
        let value = Definition.Value(.word(article.text), span: span)
        entries.append(Definition.Entry(field: Name("article", span: span), values: [value], span: span))
      }
      found.append(
        (Definition(kind: Name(template.kind.rawValue, span: span), id: id, entries: entries), template.kind))
    }
    return found
  }

  private static func values(
    of entry: Definition.Entry, _ kind: DefinitionKind, _ row: SourceRow, _ span: Span
  ) throws(RowError) -> [Definition.Value]? {
    var values: [Definition.Value] = []
    var before: Definition.Value.Kind?
    for value in entry.values {
      var filled = Definition.Value(value.kind, span: span)
      if case .string(let template) = value.kind, !ColumnText.columns(in: template).isEmpty {
        guard let text = ColumnText.filled(template, row) else { return nil }
        let column = ColumnText.columns(in: template)[0]
        do throws(Unreadable) {
          filled.kind = try self.value(text, kind.meaning(ofValueIn: entry.field.text, after: before))
        } catch {
          throw RowError(column, "`\(text)` is no \(error.expected)")
        }
      }
      values.append(filled)
      before = value.kind
    }
    return values
  }

  /// A state of which only the country is said has the country's names.
  private static func addNames(_ entries: inout [Definition.Entry], _ span: Span) {
    guard !entries.contains(where: { $0.field.text == "name" }),
      case .word(let code)? = entries.first(where: { $0.field.text == "country" })?.values.first?.kind,
      let country = Country.called(code)
    else { return }
    let values = country.names.entries.flatMap { [.word($0.language), .string($0.text)] }.map {
      Definition.Value($0, span: span)
    }
    entries.append(Definition.Entry(field: Name("name", span: span), values: values, span: span))
  }

  private struct Unreadable: Error { let expected: String }

  private static func value(
    _ text: String, _ meaning: DefinitionKind.ValueMeaning
  ) throws(Unreadable) -> Definition.Value.Kind {
    switch meaning {
    case .text: return .string(text)
    case .word: return .word(ColumnText.word(text))
    case .tag: return .word(text)
    case .country:
      guard let country = Country.called(text) else { throw Unreadable(expected: "country") }
      return .word(country.alpha2)
    case .number:
      guard let number = Double(text), number.isFinite else { throw Unreadable(expected: "number") }
      return .number(NumberLiteral(number, text: text, span: .none))
    case .time:
      if let time = EDTFTime(text) ?? SourceRow.isoDay(text).flatMap({ EDTFTime($0) }) { return .time(time) }
      throw Unreadable(expected: "time")
    }
  }
}

extension Mapping {
  /// The records of what rows say; rows of which something is wrong are left out whole and told.
  func load(_ filled: Filled) -> (builder: StoreBuilder, rejected: [Int: String]) {
    var rejected: [Int: String] = [:]
    // What a rejected row has defined is missing where others speak of it.
    while true {
      let scripts = [Script(fixed), Script(filled.statements(without: Set(rejected.keys)))]
      let outcome = ModelLoader.load(scripts.enumerated().map { ($1, $0) })
      var isDone = true
      for (diagnostic, source) in zip(outcome.diagnostics, outcome.sources)
      where diagnostic.severity == .error && source == 1 && rejected[diagnostic.span.lower] == nil {
        rejected[diagnostic.span.lower] = diagnostic.message
        isDone = false
      }
      if isDone { return (outcome.builder, rejected) }
    }
  }

}

/// Texts with columns in braces: `row_{id}`.
private enum ColumnText {
  static func columns(in definition: Definition) -> [(column: String, span: Span)] {
    var found = (definition.id.map { name in columns(in: name.text).map { ($0, name.span) } }) ?? []
    for entry in definition.entries {
      for value in entry.values {
        guard case .string(let text) = value.kind else { continue }
        found += columns(in: text).map { ($0, value.span) }
      }
    }
    return found
  }

  static func columns(in text: String) -> [String] {
    parts(of: text).filter(\.isColumn).map { String($0.text) }
  }

  /// With what the row has in the columns; nil where one of them is empty.
  static func filled(_ template: String, _ row: SourceRow) -> String? {
    var filled = ""
    for part in parts(of: template) {
      if part.isColumn {
        guard let text = row.text(String(part.text)) else { return nil }
        filled += text
      } else {
        filled += part.text
      }
    }
    return filled
  }

  private static func parts(of text: String) -> [(text: Substring, isColumn: Bool)] {
    var parts: [(text: Substring, isColumn: Bool)] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append((rest[..<open], false))
      parts.append((rest[rest.index(after: open)..<close], true))
      rest = rest[rest.index(after: close)...]
    }
    return parts + [(rest, false)]
  }

  /// As it is where it is a word of ASCII, else a word made of it.
  static func word(_ text: String) -> String {
    let bytes = text.utf8
    let isWord =
      bytes.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } ?? false
      && bytes.allSatisfy {
        ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F || (($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A)
      }
    return isWord ? text : RecordCollector.word(text)
  }
}
