import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax

/// The answer to a query: named columns and rows.
public struct QueryResult: Sendable {
  /// In one place, so that a row is no more than a reference and a number.
  fileprivate final class Answer: Sendable {
    let table: ResultTable
    init(_ table: ResultTable) { self.table = table }
  }

  private let answer: Answer
  package var table: ResultTable { answer.table }

  package init(_ table: ResultTable) { answer = Answer(table) }

  private init(_ answer: Answer) { self.answer = answer }

  /// The names of the columns, in order.
  public var columns: [String] { table.columns.map(\.name) }

  /// The number of rows.
  public var count: Int { table.rows.count }

  /// The rows, in order.
  public var rows: [Row] { answer.table.rows.indices.map { Row(answer: answer, index: $0) } }

  /// What is worth knowing about the answer, for example that a query compared with has no rows.
  public var warnings: [String] { table.warnings.map(\.message) }

  /// One row of a result.
  public struct Row: Sendable {
    fileprivate let answer: Answer
    let index: Int

    var result: QueryResult { QueryResult(answer) }

    /// The value in a column; nil where there is no such column.
    public subscript(column: String) -> Value? {
      answer.table.columns.firstIndex { $0.name == column }.map { self[$0] }
    }

    /// The value in the column at that position.
    public subscript(column: Int) -> Value {
      let values = answer.table.rows[index]
      return values.indices.contains(column) ? Value(values[column], answer.table.store) : .missing
    }

    /// The values in the order of the columns.
    public var values: [Value] { answer.table.rows[index].map { Value($0, answer.table.store) } }
  }

  /// The result as the lines below an `expect` say it.
  package func expectedLines(language: String = "en") -> [String] {
    ResultRenderer.expectedLines(table, language: language)
  }

  /// A line below an `expect` that says these values.
  package static func expectedLine(_ values: [Value]) -> String {
    ExpectedTable.line(values.map { ResultRenderer.expectedCell($0.dataText) })
  }

  /// The forms in which a result can be written.
  public enum Format: String, Sendable, CaseIterable {
    /// Columns drawn for people, with a number of rows.
    case table
    /// Each field on a line of its own.
    case line
    /// An array of objects.
    case json
    /// An object a line.
    case jsonl
    /// RFC 4180, with a line of names.
    case csv
    /// As `csv`, with tabs.
    case tsv
    /// A table of GitHub's dialect.
    case markdown
    /// Graphviz's language, for answers that end in `| graph`; nothing for others.
    case dot
    /// A picture, for answers that end in `| timeline`, `| chart` or `| graph`; nothing for others.
    case svg
  }

  /// The result as text, ending in a newline.
  ///
  /// - Parameters:
  ///   - format: The form.
  ///   - language: The language of names and labels, as a BCP 47 tag.
  public func text(_ format: Format = .table, language: String = "en") -> String {
    let format = OutputFormat(rawValue: format.rawValue) ?? .table
    return ResultRenderer.render(table, format: format, options: RenderOptions(language: language))
  }
}

/// A value in a row. Records are given by their ids, words of the vocabulary by their spelling, durations as text.
public enum Value: Sendable, Hashable {
  /// Not recorded, or unknown.
  case missing
  /// True or false.
  case truth(Bool)
  /// A number, also where it counts.
  case number(Double)
  /// A text, the id of a record, a word of the vocabulary or a duration.
  case text(String)
  /// A time, perhaps known only in part.
  case time(EDTFTime)
  /// Several values, in order.
  case list([Value])

  /// As programs get it; nil: it is missing.
  fileprivate var dataText: String? {
    switch self {
    case .missing: nil
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number): NumberText.text(number)
    case .text(let text): text
    case .time(let time): time.description
    case .list(let values): values.map { $0.dataText ?? "—" }.joined(separator: "; ")
    }
  }

  init(_ value: KhabarPlan.Value, _ store: EventStore) {
    switch value {
    case .missing: self = .missing
    case .truth(let truth): self = .truth(truth)
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .localized(let text): self = .text(text.preferred("en") ?? "")
    case .time(let time): self = .time(time.time)
    case .duration(let length): self = .text(length.text)
    case .entity(let kind, let row): self = .text(store.id(kind, row))
    case .symbol(let kind, let code): self = .text(store.word(kind, code))
    case .list(let values): self = .list(values.map { Value($0, store) })
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// A text.
  public init(stringLiteral text: String) { self = .text(text) }
  /// A number.
  public init(floatLiteral number: Double) { self = .number(number) }
  /// A number.
  public init(integerLiteral number: Int) { self = .number(Double(number)) }
  /// A truth.
  public init(booleanLiteral truth: Bool) { self = .truth(truth) }
  /// A list.
  public init(arrayLiteral values: Value...) { self = .list(values) }
}
