import EDTF
import KhabarModel

/// How a collection writes its events.
protocol SourceFormat: Sendable {
  static var name: String { get }
  var delimiter: UInt8 { get }
  var isQuoted: Bool { get }
  var firstRowIsHeader: Bool { get }
  /// Whether its rows speak of records that other files define, which are to be read before.
  var speaksOfOthers: Bool { get }

  /// The columns of a file that begins with this row; nil: it is not of this format.
  func columns(ofFirst row: [String]) -> [String]?

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome
}

extension SourceFormat {
  var firstRowIsHeader: Bool { true }
  var speaksOfOthers: Bool { false }

  /// The columns that a heading names, if those that tell the format are among them.
  func heading(_ row: [String], with telling: [String]) -> [String]? {
    let names = row.map(\.trimmed)
    return telling.allSatisfy(names.contains) ? names : nil
  }
}

enum RowOutcome { case kept, merged }

/// Why a row cannot be taken.
struct RowError: Error {
  let column: String
  let reason: String

  init(_ column: String, _ reason: String) {
    self.column = column
    self.reason = reason
  }
}

extension SourceRow {
  func required(_ column: String, none: Set<String> = []) throws(RowError) -> String {
    guard let text = text(column, none: none) else { throw RowError(column, "it is empty") }
    return text
  }

  /// What is written `one; two`.
  func list(_ column: String, none: Set<String> = []) -> [String] {
    (text(column) ?? "").split(separator: ";").map(\.trimmed).filter { !$0.isEmpty && !none.contains($0) }
  }

  func whole(_ column: String) throws(RowError) -> Int {
    let text = try required(column)
    guard let number = Int(text), number >= 0 else { throw RowError(column, "`\(text)` is no whole number") }
    return number
  }

  /// `2018-06-01…`, `2018-06-01 00:00:00.000`, `6/1/2018`, `1 June 2018` as a day in EDTF.
  func day(_ column: String, _ collector: inout RecordCollector) throws(RowError) -> EDTFTime {
    let text = try required(column)
    guard let time = Self.isoDay(text).flatMap({ collector.time($0) }) else {
      throw RowError(column, "`\(text)` is no day")
    }
    return time
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  static func isoDay(_ text: String) -> String? {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    if words.count == 3, let day = Int(words[0]), let year = Int(words[2]), year > 999,
      let month = months.firstIndex(of: String(words[1].lowercased().prefix(3)))
    {
      return "\(year)-\(two(month + 1))-\(two(day))"
    }
    guard let first = words.first else { return nil }
    let slashed = first.split(separator: "/").compactMap { Int($0) }
    if slashed.count == 3, slashed[2] > 999 { return "\(slashed[2])-\(two(slashed[0]))-\(two(slashed[1]))" }
    return first.utf8.count == 10 ? String(first) : nil
  }
}

/// A short word that stands for a long text.
enum ContentHash {
  /// FNV-1a, 64 bits, in hexadecimal digits.
  static func word(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
