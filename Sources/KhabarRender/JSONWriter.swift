import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// Rows as JSON objects (RFC 8259), keys in column order: entities as ids, times as EDTF, durations as text,
/// many-valued fields as arrays, what is missing or unknown as `null`.
///
///     [{"id":"washington_talks","time":"2023-05-01/2023-05-04","actors":["ararat_mirzoyan"],"place":null},
///      {"id":"granada_meeting","time":"2023-10","actors":[],"place":"granada"}]
struct JSONWriter {
  private let result: ResultTable
  private let language: String
  /// `"id":`, by column.
  private let keys: [String]

  init(_ result: ResultTable, language: String) {
    self.result = result
    self.language = language
    keys = result.columns.map { column in
      var key = ""
      JSONText.quote(column.name, into: &key)
      return key + ":"
    }
  }

  /// One array: a single row on one line, several with an object a line.
  func writeArray(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    output.write("[")
    for (index, row) in result.rows.enumerated() {
      if isCancelled() { return }
      output.write((index == 0 ? "" : ",\n ") + object(row))
    }
    output.write("]\n")
  }

  /// JSON Lines: an object a line; nothing at all for no rows.
  func writeLines(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    for row in result.rows {
      if isCancelled() { return }
      output.write(object(row) + "\n")
    }
  }

  private func object(_ row: [Value]) -> String {
    var text = "{"
    for (column, key) in keys.enumerated() {
      if column > 0 { text += "," }
      text += key
      append(column < row.count ? row[column] : .missing, to: &text)
    }
    return text + "}"
  }

  private func append(_ value: Value, to text: inout String) {
    switch value {
    case .truth(let truth): text += truth ? "true" : "false"
    case .number(let number): text += NumberText.text(number) ?? "null"
    case .list(let values): appendList(values, to: &text)
    default: append(string(value), to: &text)
    }
  }

  private func append(_ string: String?, to text: inout String) {
    guard let string else { return text += "null" }
    JSONText.quote(string, into: &text)
  }

  private func appendList(_ values: [Value], to text: inout String) {
    text += "["
    for (index, value) in values.enumerated() {
      if index > 0 { text += "," }
      append(value, to: &text)
    }
    text += "]"
  }

  private func string(_ value: Value) -> String? {
    switch value {
    case .missing, .truth, .number, .list: nil
    case .text(let text): text
    case .localized(let text): text.preferred(language)
    case .time(let time): time.time.description
    case .duration(let duration): duration.text
    case .entity(let kind, let row): result.store.knownID(kind, row)
    case .symbol(let kind, let code): result.store.knownWord(kind, code)
    }
  }
}
