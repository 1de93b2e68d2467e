import FoundationEssentials
import KhabarEval
import KhabarRender

extension QueryResult {
  /// The rows as values of a type whose properties are called like the columns. Records decode as their ids, times
  /// as EDTF texts, columns with many values as arrays; properties that may be missing are optionals.
  ///
  ///     struct Meeting: Decodable { var id: String; var time: String?; var actors: [String] }
  ///     for meeting: Meeting in try result.decode() { … }
  ///
  /// - Throws: `DecodingError` where a column is missing or of another type.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> [T] {
    try JSONDecoder().decode([T].self, from: Data(text(.json).utf8))
  }

  /// The first column of the first row.
  ///
  /// - Throws: `KhabarError` (E0603) where there is no row or no value; `DecodingError` where the value is of
  ///   another type.
  public func value<T: Decodable>(as type: T.Type = T.self) throws -> T {
    guard let row = table.rows.first, let column = table.columns.first, let value = row.first else {
      throw KhabarError("ask for `| count` to have a row always", id: "E0603", "expected a row; found none")
    }
    let single = ResultTable(columns: [.init("value", column.type)], rows: [[value]], store: table.store)
    let none = KhabarError(
      "read what may be missing as an optional", id: "E0603", "expected a value; found none")
    do {
      guard let decoded = try QueryResult(single).decode([String: T].self).first?["value"] else { throw none }
      return decoded
    } catch DecodingError.valueNotFound {
      throw none
    }
  }
}
