/// What the grammar of python-edtf 5.0.2 reads, of texts that are times; with it the gaps in that grammar are
/// told apart. It is checked both ways: it reads a text if and only if python-edtf did.
struct PythonGrammar {
  private let patterns: [Pattern: Regex<AnyRegexOutput>]

  private enum Pattern: CaseIterable {
    case plain, qualified, early, season, masked, qualifiedMasked, partly, long, clocked, range
  }

  init() throws {
    let year = #"-?\d{4}(?:S\d+)?"#
    let (month, day, mark) = ("(?:0[1-9]|1[0-2])", #"[0-3]\d"#, "[?~%]")
    let plain = "\(year)(?:-\(month)(?:-\(day))?)?"
    let (yearX, monthX, dayX) = (#"(?=\d{0,3}X)[\dX]{4}"#, #"(?:[01]X|X[\dX])"#, #"(?:X[\dX]|\dX)"#)
    let (anyMonth, anyDay) = ("(?:\(month)|\(monthX))", "(?:\(day)|\(dayX))")
    let anyYear = "(?:\(yearX)|\(year))"
    let masked =
      "\(yearX)(?:-\(anyMonth)(?:-\(anyDay))?)?|\(anyYear)-\(monthX)(?:-\(anyDay))?|\(year)-\(month)-\(dayX)"
    let (markedMonth, markedDay) = ("\(mark)?\(month)", "\(mark)?\(day)")
    let markedYear = "(?:\(mark)?\(year)|\(year)\(mark))"
    let partly = [
      "\(year)-\(month)\(mark)-\(day)", "\(year)\(mark)-\(month)(?:-\(day))?",
      "\(mark)\(year)(?:-\(markedMonth)(?:-\(markedDay))?)?",
      "\(markedYear)-\(mark)\(month)(?:-\(markedDay))?", "\(markedYear)-\(markedMonth)-\(mark)\(day)",
    ].joined(separator: "|")
    let zone = #"Z|[+-](?:(?:0[1-9]|1[0-3])(?::\d\d)?|14:00|00:(?!00)\d\d)"#
    let texts: [Pattern: String] = [
      .plain: plain, .qualified: "\(plain)\(mark)", .early: "\(year)-2[1-4]",
      .season: #"\#(year)-(?:2[1-9]|3\d|4[01])"#, .masked: masked,
      .qualifiedMasked: #"(?:-?\d[\dX]{2}X|\#(year)-XX(?:-XX)?|\#(year)-\#(month)-XX)\#(mark)?"#,
      .partly: partly, .long: #"Y-?[1-9]\d*(?:E[1-9]\d*)?(?:S\d+)?"#,
      .clocked: #"\#(plain)T\d\d:\d\d:[0-5]\d(?:\#(zone))?"#,
      .range: #"-?\d{4}(?:-[01]\d(?:-\d\d)?)?\.\.-?\d{4}(?:-[01]\d(?:-\d\d)?)?"#,
    ]
    patterns = try texts.mapValues { try Regex("(?:\($0))") }
  }

  private func reads(_ text: Substring, as some: Pattern...) -> Bool {
    some.contains { pattern in patterns[pattern].map { text.wholeMatch(of: $0) != nil } ?? false }
  }
}

extension PythonGrammar {
  /// The gap in the grammar for which `text`, which is a time, is refused; nil if it is read.
  func gap(in text: String) -> OracleDifference? {
    if !text.allSatisfy(\.isASCII) { return .foreignDigits }
    if let first = text.first, "[{".contains(first) { return gap(inSet: text.dropFirst().dropLast()) }
    if text.contains("/") {
      return gap(inInterval: text.split(separator: "/", omittingEmptySubsequences: false))
    }
    if text.contains("T") { return reads(text[...], as: .clocked) ? nil : .clocks }
    let isRead = reads(
      text[...], as: .plain, .qualified, .season, .masked, .qualifiedMasked, .partly, .long)
    return isRead ? nil : gap(inDate: text[...], isAlone: true)
  }

  private func gap(inInterval ends: [Substring]) -> OracleDifference? {
    let dates = ends.filter { !$0.isEmpty && $0 != ".." }
    if dates.isEmpty { return ends == ["..", ".."] ? nil : .noEnds }
    let isSimple = dates.allSatisfy {
      reads($0, as: .plain, .qualified, .early) || reads($0.dropLast(), as: .early) && $0.last != "X"
    }
    let isPartial = dates.count == 2 && dates.allSatisfy { reads($0, as: .plain, .early, .masked, .partly) }
    if isSimple || isPartial { return nil }
    let wrong = dates.first { !reads($0, as: .plain, .qualified, .early) }
    return gap(inDate: wrong ?? dates[0], isAlone: false)
  }

  private func gap(inSet text: Substring) -> OracleDifference? {
    let members = text.split(separator: ",")
    let wrong = members.first { member in
      member.hasPrefix("..")
        ? !reads(member.dropFirst(2), as: .plain)
        : member.hasSuffix("..")
          ? !reads(member.dropLast(2), as: .plain)
          : !reads(member, as: .plain, .qualified, .masked, .qualifiedMasked, .partly, .range)
    }
    if let wrong { return gap(inDate: wrong, isAlone: false) }
    return members.count == 1 && !text.contains("..") ? .loneMembers : nil
  }

  /// The feature of a date, or of a range, for which it is refused.
  private func gap(inDate text: Substring, isAlone: Bool) -> OracleDifference {
    let isQualified = text.contains { "?~%".contains($0) }
    let isSeason = text.contains(/\d-[?~%]?(2[1-9]|3\d|4[01])/) || text.contains(/X-[?~%]?(2[1-9]|3\d|4[01])/)
    if text.contains("E0") { return .leadingZeros }
    if text.contains("X"), isSeason { return .unspecifiedSeasons }
    if text.contains("X"), text.contains(/^[?~%]?-/) { return .negativeUnspecified }
    if isSeason || text.contains("X") || text.contains("Y") {
      return isQualified && isAlone ? .qualifiedForms : .formsWithinTimes
    }
    return text.contains("..") ? .formsWithinTimes : .severalQualifiers
  }
}
