import EDTF
import Khabar
import KhabarText

// What a test says of a model. All of it works in Swift Testing and in XCTest: a difference, and what is wrong with a query,
// is a failure at the line that calls.
//
//     expectQuery("planned meetings | count", in: model, equals: 7)
//     expectRows("meetings in Moscow | select id, time", in: model) {
//       ["lavrov_bayramov", "2023-05-19"]
//       ["lavrov_mirzoyan", "2023-05-19"]
//     }

/// Expects the one value that a query answers, the first column of its first row, to equal another.
///
/// - Parameters:
///   - query: For example `meetings in Moscow | count`.
///   - model: What is asked.
///   - expected: Of a type that the value is decoded as: numbers, `Bool`, `String` (also for times and ids), arrays of them,
///     optionals where it may be missing.
///   - fileID: Where the caller is, as are those that follow.
///   - filePath: The caller's file.
///   - line: The caller's line.
///   - column: The caller's column.
public func expectQuery<Value: Decodable & Equatable>(
  _ query: String, in model: Model, equals expected: Value,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) {
  let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
  guard let value = place.answer(query, { try model.value(query, as: Value.self) }), value != expected else {
    return
  }
  place.fail("`\(query)` is \(shown(value)); expected \(shown(expected))")
}

private func shown(_ value: some Any) -> String {
  if let text = value as? String { return text.debugDescription }
  return "\(value)"
}

/// Expects a query to have just these rows, in this order.
///
/// - Parameters:
///   - query: For example `meetings in Moscow | select id, time`.
///   - model: What is asked.
///   - columns: The names of the columns; nil: any.
///   - fileID: Where the caller is, as are those that follow.
///   - filePath: The caller's file.
///   - line: The caller's line.
///   - column: The caller's column.
///   - rows: A line for each row, of values: records are their ids, times are as they are written, what is missing is
///     `.missing`.
public func expectRows(
  _ query: String, in model: Model, columns: [String]? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column,
  @RowsBuilder _ rows: () -> [[Value]]
) {
  let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
  guard let result = place.answer(query, { try model.query(query) }) else { return }
  if let columns, columns != result.columns {
    place.fail(
      "`\(query)` has the columns \(result.columns.joined(separator: ", ")); expected \(columns.joined(separator: ", "))"
    )
    return
  }
  let found = Array(result.expectedLines().dropFirst())
  let expected = rows().map { QueryResult.expectedLine($0) }
  if found != expected { place.fail(difference(query, from: expected, to: found)) }
}

/// Expects a query to have no rows.
public func expectEmpty(
  _ query: String, in model: Model,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) {
  let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
  guard let result = place.answer(query, { try model.query(query) }), result.count > 0 else { return }
  place.fail("`\(query)` has rows; expected none\n\(result.text())")
}

/// What is missing and what came instead, a row a line.
func difference(_ query: String, from expected: [String], to found: [String]) -> String {
  """
  `\(query)` has another answer: `-` is expected and missing, `+` was found
  \(LineDifference.lines(from: expected.joined(separator: "\n"), to: found.joined(separator: "\n")))
  """
}

/// Makes an array of rows of the lines of a closure.
@resultBuilder
public enum RowsBuilder {
  /// One row.
  public static func buildExpression(_ row: [Value]) -> [[Value]] { [row] }
  /// All rows.
  public static func buildBlock(_ rows: [[Value]]...) -> [[Value]] { rows.flatMap { $0 } }
  /// Rows of a loop.
  public static func buildArray(_ rows: [[[Value]]]) -> [[Value]] { rows.flatMap { $0 } }
  /// Rows under a condition.
  public static func buildOptional(_ rows: [[Value]]?) -> [[Value]] { rows ?? [] }
  /// Rows under a condition.
  public static func buildEither(first rows: [[Value]]) -> [[Value]] { rows }
  /// Rows otherwise.
  public static func buildEither(second rows: [[Value]]) -> [[Value]] { rows }
}
