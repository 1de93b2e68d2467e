import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What the rows of one table say.
///
/// What is said keeps where it was said: the span of a value begins at the number of its row, and is one longer than the
/// number of its part among those of the table's definitions (each of these, and each of their values). So whatever a
/// `ModelLoader` finds wrong leads to the row and to the column.
package struct TableMapping: Sendable {
  package let columns: [String]
  private(set) var templates: [Mapping.Template] = []
  /// The number of each definition among the parts; those of its values follow, one after the other.
  private(set) var firstParts: [Int] = []
  /// Of each part the column that it names first, if it names any.
  private(set) var columnOfPart: [String] = []

  init(columns: [String]) { self.columns = columns }

  mutating func add(_ template: Mapping.Template) {
    templates.append(template)
    firstParts.append(columnOfPart.count)
    columnOfPart.append("")
    for value in template.entries.flatMap(\.values) {
      guard case .columns(let text, _) = value, let field = text.fields.first else {
        columnOfPart.append("")
        continue
      }
      columnOfPart.append(columns[field])
    }
  }

  /// Where a row says a part.
  static func span(row: Int, part: Int) -> Span { Span(row, row + 1 + part) }
  static func part(of span: Span) -> Int { max(0, span.upper - span.lower - 1) }

  /// Fills in the definitions for a row. Left out are the definitions whose id, and the entries of which a value, stands in
  /// a column that is empty.
  ///
  /// - Parameter row: Its number, for the spans of what it says.
  func definitions(of fields: [String], row: Int) throws(RowError) -> [Definition] {
    if fields.count != columns.count {
      throw RowError("", "it has \(fields.count) fields; expected \(columns.count)")
    }
    var found: [Definition] = []
    // In a script a report is by the article last defined above it: here, for the same row.
    var article: Name?
    for index in templates.indices {
      guard let definition = try definition(index, of: fields, row: row, article: article) else { continue }
      if templates[index].kind == .article { article = definition.id }
      found.append(definition)
    }
    return found
  }

  /// - Parameter article: The one that stands above for the same row.
  /// - Returns: nil where a column of the id is empty.
  func definition(
    _ index: Int, of fields: [String], row: Int, article: Name? = nil
  ) throws(RowError) -> Definition? {
    let template = templates[index]
    var part = firstParts[index]
    let whole = Self.span(row: row, part: part)
    var id: Name?
    if let text = template.id {
      guard let text = text.filled(fields) else { return nil }
      id = Name(RecordCollector.idWord(text), span: whole)
    }
    var entries: [Definition.Entry] = []
    for entry in template.entries {
      let span = Self.span(row: row, part: part + 1)
      defer { part += entry.values.count }
      guard let values = try values(of: entry.values, fields, row, part + 1) else { continue }
      entries.append(Definition.Entry(field: Name(entry.field, span: span), values: values, span: span))
    }
    if template.kind == .state { Self.addNames(&entries, whole) }
    if template.kind == .report, !entries.contains(where: { $0.field.text == "article" }) {
      guard let article = article ?? template.article else {
        throw RowError("", "no article stands above the report")
      }
      let value = Definition.Value(.word(article.text), span: whole)
      entries.append(Definition.Entry(field: Name("article", span: whole), values: [value], span: whole))
    }
    return Definition(kind: Name(template.kind.rawValue, span: whole), id: id, entries: entries)
  }

  /// nil where one of the values stands in a column that is empty.
  private func values(
    of templates: [Mapping.Template.Value], _ fields: [String], _ row: Int, _ firstPart: Int
  ) throws(RowError) -> [Definition.Value]? {
    var values: [Definition.Value] = []
    for (index, template) in templates.enumerated() {
      let span = Self.span(row: row, part: firstPart + index)
      switch template {
      case .fixed(let kind): values.append(Self.value(kind, span))
      case .columns(let column, let meaning):
        guard let text = column.filled(fields) else { return nil }
        do throws(Unreadable) {
          values.append(Self.value(try Self.value(text, meaning), span))
        } catch {
          throw RowError(columns[column.fields[0]], "`\(text)` is no \(error.expected)")
        }
      }
    }
    return values
  }

  /// A number tells by itself where it stands.
  private static func value(_ kind: Definition.Value.Kind, _ span: Span) -> Definition.Value {
    guard case .number(var number) = kind else { return Definition.Value(kind, span: span) }
    number.span = span
    return Definition.Value(.number(number), span: span)
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

  struct Unreadable: Error { let expected: String }

  static func value(
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
      if let time = time(text) { return .time(time) }
      throw Unreadable(expected: "time")
    }
  }

  static func time(_ text: String) -> EDTFTime? {
    EDTFTime(text) ?? SourceRow.isoDay(text).flatMap { EDTFTime($0) }
  }
}
