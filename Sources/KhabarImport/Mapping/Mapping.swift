import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What the rows of tables with a heading say, in the language of definitions: a string may hold columns in braces.
///
///     define state "{country}" ( name en "{country}" )
///     define event "row_{id}" ( type "{kind}", time "{date}", actor "{country}" )
///     define report ( event "row_{id}", status occurred )
///
/// Definitions without columns are as in a model, and are there once. Each of the others is filled in for every row of
/// one table; what rows define under one id is one record. Where there are several tables, a column is written with its
/// table's name: `{events.id}`.
///
///     Mapping ─(headings of the tables)─▶ a TableMapping each ─(rows)─▶ definitions ─(MappedRows)─▶ records
///
/// That way is for whatever can be said in definitions. What most mappings say has a faster one, which makes columns of
/// the rows at once: see `RowProgram`.
package struct Mapping: Sendable {
  /// What is wrong with the mapping; none: it can be used.
  package private(set) var diagnostics: [Diagnostic] = []
  /// The definitions without columns, and their records.
  private(set) var fixed: [Statement] = []
  private(set) var base = StoreBuilder(vocabulary: .plover)
  private(set) var templates: [Template] = []

  /// A definition that names columns.
  struct Template: Sendable {
    struct Entry: Sendable {
      let field: String
      var values: [Value]
    }

    enum Value: Sendable {
      case fixed(Definition.Value.Kind)
      case columns(ColumnText, DefinitionKind.ValueMeaning)
    }

    let kind: DefinitionKind
    var id: ColumnText?
    var entries: [Entry]
    /// The columns that it names, with where.
    let columns: [(column: String, span: Span)]
    /// The last article without columns that stands above.
    let article: Name?
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
      let outcome = ModelLoader.load([(Script(fixed), 0)])
      diagnostics = outcome.diagnostics.filter { $0.severity == .error }
      base = outcome.builder
    }
  }
}

extension Mapping.Template {
  fileprivate init(_ kind: DefinitionKind, _ definition: Definition, _ article: Name?) {
    self.kind = kind
    self.article = article
    id = definition.id.map { ColumnText($0.text) }
    var columns = (definition.id.map { id in ColumnText(id.text).columns.map { ($0, id.span) } }) ?? []
    var entries: [Entry] = []
    for entry in definition.entries {
      var values: [Value] = []
      var before: Definition.Value.Kind?
      for value in entry.values {
        var filled = Value.fixed(value.kind)
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
      entries.append(Entry(field: entry.field.text, values: values))
    }
    self.columns = columns
    self.entries = entries
  }
}

/// A text with columns in braces: `row_{id}`.
struct ColumnText: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case text(String)
    case column(String)
    /// A column by its place in the heading.
    case field(Int)
  }

  private(set) var parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  init(_ text: String) {
    parts = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.column(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
  }

  var columns: [String] { parts.compactMap { if case .column(let name) = $0 { name } else { nil } } }
  var fields: [Int] { parts.compactMap { if case .field(let field) = $0 { field } else { nil } } }

  /// With the places of the columns.
  func bound(_ place: (String) -> Int) -> ColumnText {
    var text = self
    text.parts = parts.map { if case .column(let name) = $0 { .field(place(name)) } else { $0 } }
    return text
  }

  /// With what the row has in the columns; nil where one of them is empty.
  func filled(_ fields: [String]) -> String? {
    var filled = ""
    for part in parts {
      switch part {
      case .text(let text), .column(let text): filled += text
      case .field(let field):
        let text = fields[field].trimmed
        if text.isEmpty { return nil }
        filled += text
      }
    }
    return filled
  }
}
