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

  /// A definition that names columns.
  fileprivate struct Template: Sendable {
    let kind: DefinitionKind
    let id: ColumnText?
    let entries: [(field: String, values: [TemplateValue])]
    /// With where it names them.
    let columns: [(column: String, span: Span)]
    /// The last article without columns that stands above.
    let article: Name?
  }

  fileprivate enum TemplateValue: Sendable {
    case fixed(Definition.Value.Kind)
    case columns(ColumnText, DefinitionKind.ValueMeaning)
  }

  package init(_ script: Script) {
    var article: Name?
    for statement in script.statements {
      guard case .define(let definition) = statement.kind,
        let kind = DefinitionKind(rawValue: definition.kind.text)
      else { continue }
      let template = Template(kind, definition, article)
      if template.columns.isEmpty {
        fixed.append(statement)
        if kind == .article { article = definition.id }
      } else {
        templates.append(template)
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
    templates.flatMap(\.columns).filter { !columns.contains($0.column) }
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
    mutating func add(_ definition: Definition, row: Int) -> Bool {
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
        if isKnown, !DefinitionKind.repeatable.contains(entry.field.text) { continue }
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
  func definitions(of row: SourceRow, number: Int) throws(RowError) -> [Definition] {
    let span = Span(number, number + 1)
    var found: [Definition] = []
    var article: Name?
    for template in templates {
      var id: Name?
      if let text = template.id {
        guard let text = text.filled(row) else { continue }
        id = Name(RecordCollector.idWord(text), span: span)
      }
      var entries: [Definition.Entry] = []
      for (field, templates) in template.entries {
        guard let values = try Self.values(of: templates, row, span) else { continue }
        entries.append(Definition.Entry(field: Name(field, span: span), values: values, span: span))
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
        Definition(kind: Name(template.kind.rawValue, span: span), id: id, entries: entries))
    }
    return found
  }

  /// nil where one of the values stands in a column that is empty.
  private static func values(
    of templates: [TemplateValue], _ row: SourceRow, _ span: Span
  ) throws(RowError) -> [Definition.Value]? {
    var values: [Definition.Value] = []
    for template in templates {
      switch template {
      case .fixed(let kind): values.append(Definition.Value(kind, span: span))
      case .columns(let column, let meaning):
        guard let text = column.filled(row) else { return nil }
        do throws(Unreadable) {
          values.append(Definition.Value(try value(text, meaning), span: span))
        } catch {
          throw RowError(column.columns[0], "`\(text)` is no \(error.expected)")
        }
      }
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
    case .word: return .word(RecordCollector.idWord(text))
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

extension Mapping.Template {
  fileprivate init(_ kind: DefinitionKind, _ definition: Definition, _ article: Name?) {
    self.kind = kind
    self.article = article
    id = definition.id.map { ColumnText($0.text) }
    var columns = (definition.id.map { id in ColumnText(id.text).columns.map { ($0, id.span) } }) ?? []
    var entries: [(String, [Mapping.TemplateValue])] = []
    for entry in definition.entries {
      var values: [Mapping.TemplateValue] = []
      var before: Definition.Value.Kind?
      for value in entry.values {
        var filled = Mapping.TemplateValue.fixed(value.kind)
        if case .string(let string) = value.kind {
          let text = ColumnText(string)
          columns += text.columns.map { ($0, value.span) }
          if !text.columns.isEmpty {
            filled = .columns(text, DefinitionKind.meaning(ofValueIn: entry.field.text, after: before))
          }
        }
        values.append(filled)
        before = value.kind
      }
      entries.append((entry.field.text, values))
    }
    self.columns = columns
    self.entries = entries
  }
}

/// A text with columns in braces: `row_{id}`.
private struct ColumnText: Sendable {
  private let parts: [(text: String, isColumn: Bool)]
  let columns: [String]

  init(_ text: String) {
    var parts: [(text: String, isColumn: Bool)] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append((String(rest[..<open]), false))
      parts.append((String(rest[rest.index(after: open)..<close]), true))
      rest = rest[rest.index(after: close)...]
    }
    self.parts = parts + [(String(rest), false)]
    columns = parts.filter(\.isColumn).map(\.text)
  }

  /// With what the row has in the columns; nil where one of them is empty.
  func filled(_ row: SourceRow) -> String? {
    var filled = ""
    for part in parts {
      guard part.isColumn else {
        filled += part.text
        continue
      }
      guard let text = row.text(part.text) else { return nil }
      filled += text
    }
    return filled
  }
}
