import KhabarEval
import KhabarPlan
import KhabarText

/// Rows with a delimiter between fields, as other programs read them.
///
/// CSV is RFC 4180's, but lines end in LF alone, as everywhere on the systems this runs on. TSV has no quotes: a
/// tab, a newline, a carriage return and a backslash are written `\t`, `\n`, `\r` and `\\`. Many values of a field
/// are joined by `; `. A field that begins with `=`, `+`, `-` or `@` is left as it is: the data are not changed for
/// the sake of spreadsheets. Only controls (other than tab and line ends) become their pictures, such as `␛`; on
/// a terminal also what would move the cursor or reorder the line.
struct DelimitedWriter {
  enum Dialect { case csv, tsv }

  private let result: ResultTable
  private let cells: CellText
  private let dialect: Dialect
  private let isOnTerminal: Bool

  init(_ result: ResultTable, cells: CellText, dialect: Dialect, isOnTerminal: Bool) {
    self.result = result
    self.cells = cells
    self.dialect = dialect
    self.isOnTerminal = isOnTerminal
  }

  func write(
    header: Bool, to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }
  ) {
    if header { write(result.columns.map(\.name), to: &output) }
    for row in result.rows {
      if isCancelled() { return }
      write(result.columns.indices.map { cells.text($0 < row.count ? row[$0] : .missing) }, to: &output)
    }
  }

  private func write(_ fields: [String], to output: inout some TextOutputStream) {
    // One empty field would be an empty line, which readers skip.
    let isBlank = dialect == .csv && fields.count == 1 && fields.first == ""
    let line = isBlank ? "\"\"" : fields.map(encoded).joined(separator: dialect == .csv ? "," : "\t")
    output.write(line + "\n")
  }

  private func encoded(_ field: String) -> String {
    let text = withoutControls(field)
    return dialect == .csv ? Self.quoted(text) : Self.escaped(text)
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
        && byte != UInt8(ascii: "\r")
    }
    if isPlain { return field }
    var result = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  private static func escaped(_ field: String) -> String {
    if field.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\\") }) { return field }
    var result = ""
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func withoutControls(_ field: String) -> String {
    if VisibleText.isPlain(field) || !field.unicodeScalars.contains(where: isControl) { return field }
    return field.unicodeScalars.reduce(into: "") { result, scalar in
      if isControl(scalar) {
        result += VisibleText.escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x0D, 0x202A...0x202E, 0x2066...0x2069: isOnTerminal
    case 0..<0x20, 0x7F..<0xA0: true
    default: false
    }
  }
}
