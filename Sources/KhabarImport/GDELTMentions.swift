import EDTF
import KhabarModel

/// GDELT's mentions, 16 tab-separated columns without a header.
///
/// A row is a report of an event that the events' own files, read with it, define: by the document at MentionIdentifier, in
/// its sentence SentenceID.
struct GDELTMentions: SourceFormat {
  static let name = "gdelt-mentions"
  let delimiter = UInt8(ascii: "\t")
  let isQuoted = false
  var firstRowIsHeader: Bool { false }
  var speaksOfOthers: Bool { true }

  private static let columns = [
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
  ]

  func columns(ofFirst row: [String]) -> [String]? {
    guard (15...16).contains(row.count), UInt(row[0].trimmed) != nil,
      row[1...2].allSatisfy({ $0.utf8.count == 14 && UInt($0) != nil })
    else { return nil }
    return Self.columns
  }

  func take(_ row: SourceRow, _ collector: inout RecordCollector) throws(RowError) -> RowOutcome {
    let number = try row.whole("GLOBALEVENTID")
    guard let event = collector.event("gdelt_\(number)") else {
      throw RowError("GLOBALEVENTID", "no file of events that was given has the event")
    }
    let date = try row.required("MentionTimeDate")
    guard let time = collector.day(digits: date) else {
      throw RowError("MentionTimeDate", "`\(date)` is no day")
    }
    let page = try row.required("MentionIdentifier")
    let article = collector.article(page: page, publisher: row.text("MentionSourceName"), published: time)
    let sentence = row.text("SentenceID").flatMap { Int32($0) } ?? -1
    let evidence = sentence > 0 ? [Citation(article: article, line: sentence)] : []
    var isNewLine = false
    let isNew = collector.report(event, in: article) { report in
      isNewLine = !evidence.allSatisfy(report.evidence.contains)
      if isNewLine { report.evidence += evidence }
    }
    return isNew || isNewLine ? .kept : .merged
  }
}
