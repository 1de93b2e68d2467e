/// The forms a result can be written in. Raw values are what `--format` and `.mode` take.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Aligned columns for reading.
  case table
  /// A block a row, one line a field: nothing is ever cut.
  case line
  /// An array of objects.
  case json
  /// JSON Lines: an object a line.
  case jsonl
  /// Comma-separated values (RFC 4180, with LF as line ends).
  case csv
  /// Tab-separated values.
  case tsv
  /// A table in GitHub's Markdown.
  case markdown
  /// A graph in Graphviz's language, of an answer that ends in `| graph`.
  case dot
  /// A picture, of an answer that ends in `| timeline`, `| chart` or `| graph`.
  case svg

  /// Whether the format is read by programs: it has ids where the others have names.
  package var isData: Bool {
    switch self {
    case .json, .jsonl, .csv, .tsv: true
    case .table, .line, .markdown, .dot, .svg: false
    }
  }

  /// What stands for a missing value in a format without a null of its own.
  package var defaultNull: String {
    switch self {
    case .table, .line, .dot, .svg: "—"
    case .json, .jsonl: "null"
    case .csv, .tsv, .markdown: ""
    }
  }
}

/// How the reader would like it.
package struct RenderOptions: Sendable, Hashable {
  /// The language of names and labels, as a BCP 47 tag.
  package var language: String
  /// The columns a table may take; nil where nobody asks (a file, a pipe): then nothing is cut.
  package var width: Int?
  /// Whether right-to-left cells stand between FSI and PDI, for terminals that reorder.
  package var isolates: Bool
  /// Whether headings are styled.
  package var colour: Bool
  /// What stands for a missing value; nil: what the format is used to. JSON always has `null`.
  package var null: String?
  /// Whether pictures are drawn in ASCII, for what shows no more.
  package var isASCII: Bool
  /// Whether CSV and TSV begin with the columns' names.
  package var header: Bool
  /// Whether the rows of a table are numbered.
  package var numbersRows: Bool

  package init(
    language: String = "en", width: Int? = nil, isolates: Bool = false, colour: Bool = false,
    null: String? = nil, isASCII: Bool = false, header: Bool = true, numbersRows: Bool = false
  ) {
    self.language = language
    self.width = width
    self.isolates = isolates
    self.colour = colour
    self.null = null
    self.isASCII = isASCII
    self.header = header
    self.numbersRows = numbersRows
  }
}
