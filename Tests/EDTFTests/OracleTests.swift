import EDTF
import Foundation
import Testing

/// What the library EDTF says of a text, beside what python-edtf says. `Tests/EDTFOracle/answers.py` has the
/// answers made, and says how to have more of them compared.
private struct OracleLine {
  let text: String
  let verdict: String
  let lower: String
  let upper: String

  init?(_ line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 4 else { return nil }
    (text, verdict, lower, upper) = (fields[0], fields[1], fields[2], fields[3])
  }
}

@Suite struct OracleTests {
  private static let committed = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "EDTFOracle/answers.tsv").path

  private static func lines(of path: String) throws -> [OracleLine] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map {
      try #require(OracleLine($0))
    }
  }

  /// The answers are the committed ones, or those of the file that `EDTF_ANSWERS` names.
  @Test func differencesHaveClasses() throws {
    let other = ProcessInfo.processInfo.environment["EDTF_ANSWERS"]
    let lines = try Self.lines(of: other ?? Self.committed)
    let found = try differences(in: lines)
    if other != nil { return Self.report(found, of: lines.count) }
    #expect(lines.count > 6000)
    for difference in OracleDifference.allCases {
      #expect(found[difference] == difference.decision.count, "python-edtf \(difference.rawValue)")
    }
  }

  private static func report(_ found: [OracleDifference: Int], of count: Int) {
    print("\(count) texts")
    for (difference, count) in found.sorted(by: { $0.value > $1.value }) {
      let decision = difference.decision
      print("\(count)\tpython-edtf \(difference.rawValue). Right: \(decision.right), as \(decision.reason)")
    }
  }

  /// Counts the differences, of which each must have a class.
  private func differences(in lines: [OracleLine]) throws -> [OracleDifference: Int] {
    let grammar = try PythonGrammar()
    var counts: [OracleDifference: Int] = [:]
    for line in lines {
      for difference in differences(in: line, grammar) { counts[difference, default: 0] += 1 }
    }
    return counts
  }

  private func differences(in line: OracleLine, _ grammar: PythonGrammar) -> Set<OracleDifference> {
    if line.verdict != "yes" && line.verdict != "no" { return [.fallsOver] }
    do throws(EDTFError) {
      let time = try EDTFTime(parsing: line.text)
      let gap = grammar.gap(in: line.text)
      #expect(
        (gap == nil) == (line.verdict == "yes"), "\(line.text): \(gap?.rawValue ?? "python-edtf has no gap")")
      return gap.map { [$0] } ?? boundsDifferences(of: time, line)
    } catch {
      if line.verdict == "no" { return [] }
      let difference = OracleDifference(error, in: line.text)
      #expect(difference != nil, "python-edtf reads \(line.text): \(error.message)")
      return Set([difference].compactMap { $0 })
    }
  }

  private func boundsDifferences(of time: EDTFTime, _ line: OracleLine) -> Set<OracleDifference> {
    let bounds = time.bounds
    var found: Set<OracleDifference> = []
    for (day, bound, isLower) in [(bounds.startMin, line.lower, true), (bounds.endMax, line.upper, false)]
    where Self.text(ofDay: day) != bound {
      let difference = OracleDifference(bound: bound, isLower: isLower, of: line.text)
      #expect(difference != nil, "\(line.text): \(Self.text(ofDay: day)), python-edtf: \(bound)")
      found.formUnion([difference].compactMap { $0 })
    }
    return found
  }

  /// A day as python-edtf's answers have it; open and unknown ends are both without limit.
  private static func text(ofDay number: Int) -> String {
    if number <= TimeBounds.earliestDay { return "-inf" }
    if number >= TimeBounds.latestDay { return "inf" }
    return OracleDifference.text(of: CalendarDay(dayNumber: number))
  }
}

extension OracleDifference {
  /// The class of a text that python-edtf alone reads, and EDTF refuses with `error`.
  fileprivate init?(_ error: EDTFError, in text: String) {
    switch error.reason {
    case .reversed: self = .reversedEnds
    case .significantDigits: self = .significance
    case .unexpected where text.contains(" "): self = .blanks
    case .unexpected(found: "^", _): self = .draftQualifiers
    case .day, .dayNumber, .noSuchDate: self = .unrealDates
    case .timeWithoutDay: self = .timesWithoutDay
    case .clock("an hour", 24, _): self = .midnight
    case .loneYear where text.contains("S"): self = .significantMonths
    case .yearOutOfRange: self = .farYears
    default: return nil
    }
  }

  /// The class of a bound of python-edtf's, the lower or the upper one of `text`, that EDTF has not.
  fileprivate init?(bound: String, isLower: Bool, of text: String) {
    let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let end = (isLower ? ends.first : ends.last) ?? text
    if bound.hasSuffix("Error") {
      self = .fallsOverBounding
    } else if end.isEmpty, let other = (isLower ? ends.last : ends.first) {
      guard let day = Self.simplified(other, isLower: !isLower), let found = Self.day(bound),
        abs(found.year - day.year) == 10
      else { return nil }
      self = .unknownEnds
    } else if let day = Self.simplified(end, isLower: isLower), Self.text(of: day) == bound {
      self = end.contains("S") ? .significantYears : .winters
    } else if Self.day(bound) == nil {
      self = .unrealBounds
    } else if end.contains(/-[0X]{4}/), Self.day(bound)?.year == 0 {
      self = .negativeZero
    } else if end.contains(/-(\d[\dX]{2}X|\d{4}-(XX|\d\d-X))/) {
      self = .negativeDigits
    } else {
      return nil
    }
  }

  /// The bound that a date or set has without significant digits, and where winters are Decembers.
  private static func simplified(_ text: String, isLower: Bool) -> CalendarDay? {
    let plain = text.replacing(/S\d+/, with: "").replacing(/-(24|28|30)(?=[?~%]?$)/, with: "-12")
    guard let bounds = EDTFTime(plain)?.bounds else { return nil }
    return CalendarDay(dayNumber: isLower ? bounds.startMin : bounds.endMax)
  }

  static func text(of day: CalendarDay) -> String { "\(day.year)-\(day.month)-\(day.day)" }

  /// The day that python-edtf says; nil if there is none such.
  private static func day(_ text: String) -> CalendarDay? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    let day = CalendarDay(year: text.hasPrefix("-") ? -parts[0] : parts[0], month: parts[1], day: parts[2])
    return Self.text(of: day) == text ? day : nil
  }
}
