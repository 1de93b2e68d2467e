import KhabarEval
import KhabarSyntax
import KhabarText

extension ResultRenderer {
  /// An answer as the lines below an `expect` say it: the columns' names, then a line for each row.
  ///
  /// Records are ids and lists are joined by `; `, as programs get them, so that another label is not another answer.
  /// What would not survive in a cell is escaped as in strings.
  package static func expectedLines(_ result: ResultTable, language: String) -> [String] {
    let options = RenderOptions(language: language, null: missing)
    let cells = CellText(result, format: .csv, options: options)
    let names = ExpectedTable.line(result.columns.map { escaped($0.name) })
    return [names]
      + result.rows.map { row in
        ExpectedTable.line(
          result.columns.indices.map { column in
            let isMissing = column >= row.count || row[column] == .missing
            return expectedCell(isMissing ? nil : cells.text(row[column]))
          })
      }
  }

  /// A cell of such a line; nil: it is missing.
  package static func expectedCell(_ text: String?) -> String {
    guard let text else { return missing }
    return text == missing ? "\\u{2014}" : escaped(text)
  }

  private static let missing = "—"

  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "|": result += "\\|"
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " " where index == 0 || index == scalars.count - 1: result += code(scalar)
      case _ where VisibleText.isSuspect(scalar): result += code(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }
}
