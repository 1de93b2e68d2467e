import EDTF
import KhabarModel

// What the formats for other programs have in common. A writer goes once over the store and writes as it goes.

extension EventColumns {
  /// The first and last days of an event as `2031-04-02`, by what each bounds; what is open or unknown is left out.
  func days(_ row: Int) -> [(bound: Bound, day: String)] {
    guard let bounds = time.time(row)?.bounds else { return [] }
    let days = [bounds.startMin, bounds.startMax, bounds.endMin, bounds.endMax]
    return zip(Bound.allCases, days).compactMap { bound, day in
      day > TimeBounds.earliestDay && day < TimeBounds.latestDay
        ? (bound, CalendarDay(dayNumber: day).isoText) : nil
    }
  }

  enum Bound: CaseIterable { case earliestStart, latestStart, earliestEnd, latestEnd }
}

extension CalendarDay {
  /// As `xsd:date` has it: `2031-04-02`, `-0044-03-15`.
  fileprivate var isoText: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number.magnitude)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(year < 0 ? "-" : "")\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// Scores are kept in tenths.
func scoreText(_ tenths: Int) -> String {
  "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
}

/// A text as a field of a tab-separated row, in which tabs and line ends are blanks.
func field(_ text: String) -> String {
  // The line ends beyond ASCII begin with these two bytes.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0xC2 && $0 != 0xE2 }) { return text }
  return String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
}
