import Testing

@testable import KhabarSyntax

/// What may come next where `¦` stands.
struct CompletionTests {
  private func expectations(_ marked: String) -> Expectations {
    let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
    return Parser.expectations(in: parts.joined(), atOffset: parts[0].utf8.count)
  }

  /// Some keywords that may come, and some that may not.
  static let keywordCases: [(String, [String], [String])] = [
    ("¦", ["planned", "events", "path", "let"], ["with", "before"]),
    ("planned ¦", ["events"], ["with", "let"]),
    ("meetings ¦", ["with", "in", "before", "not", "planned"], ["let", "sort", "events"]),
    ("meetings wi¦", ["with", "within"], ["let"]),
    ("meetings with A ¦", ["and", "as", "in", "before"], ["let", "count"]),
    ("meetings not ¦", ["with", "in"], ["let"]),
    ("events | ¦", ["where", "sort", "count", "actors"], ["with", "let"]),
    ("events | sort ¦", ["by"], ["count", "with"]),
    ("events | where a = 1 ¦", ["and", "or"], ["count", "with"]),
    ("events | where a ¦", ["is", "in", "before", "between"], ["with"]),
    ("events according ¦", ["to"], ["with"]),
    ("الأحداث ¦", ["مع", "في"], ["with"]),
    ("الأحداث | ¦", ["حيث", "عدد"], ["where"]),
    ("events within 3 ¦", ["days", "weeks"], ["of"]),
    ("path ¦", ["from"], []), ("path from A ¦", ["to"], ["with"]),
    ("events before ¦", ["today"], ["with"]),
  ]

  @Test(arguments: keywordCases)
  func keywords(marked: String, some: [String], none: [String]) {
    let keywords = Set(expectations(marked).keywords)
    #expect(Set(some).subtracting(keywords) == [])
    #expect(keywords.intersection(none) == [])
  }

  static let nameCases: [(String, Set<NameKind>)] = [
    ("meetings with ¦", [.actor]), ("meetings with Lav¦", [.actor]),
    ("meetings with \"Ser¦", [.actor]),
    ("meetings with A, ¦", [.actor]), ("meetings in ¦", [.place]), ("events reported by ¦", [.publisher]),
    ("events reported in ¦", [.article]), ("place ¦", [.place]), ("path from A to ¦", [.actor]),
    ("events | where ¦", [.field, .function]), ("assert ¦", [.function]),
    ("events | take ¦", [.number]), ("events within ¦", [.duration]), ("import ¦", [.script]),
    ("events before ¦", [.event, .binding]),
    ("events | where status = ¦", [.field, .function, .value(ofField: "status")]),
    ("events | where place.kind != ¦", [.field, .function, .value(ofField: "place.kind")]),
    ("events with A as ¦", [.value(ofField: "role")]), ("events\n | where place.¦", [.field]),
  ]

  @Test(arguments: nameCases)
  func names(marked: String, expected: Set<NameKind>) { #expect(expectations(marked).names == expected) }

  /// The stage in which an operand at the cursor is tried.
  @Test(arguments: [
    ("events | where score > ¦", "where score > ?"),
    ("events | where a = 1 and score + 2 < ¦", "where score + 2 < ?"),
    ("events | where score > 1 + ¦", "select 1 + ?"), ("events | where place in (¦", "where place in (?)"),
    ("events | summarize ¦", "summarize ?"), ("events | summarize avg(¦", "summarize avg(?)"),
    ("events | where year(¦", "select year(?)"), ("events | sort by ¦", "sort by ?"),
    ("events | top 3 by ¦", "top 1 by ?"), ("events before ¦", "select earliest(?)"),
    ("الأحداث | حيث الدرجة > ¦", "where الدرجة > ?"),
  ])
  func trials(marked: String, expected: String) {
    #expect(expectations(marked).trial?.stage(with: "?") == expected)
  }

  @Test(arguments: ["events | where ¦", "events | where a and ¦", "events with ¦", "events | select ¦"])
  func anythingMayStand(marked: String) { #expect(expectations(marked).trial == nil) }

  @Test(arguments: [
    "events", "events not", "every", "explain run", "events | sort by", "path", "events with",
  ])
  func beginnings(text: String) { #expect(Parser.canGoOn(from: text)) }

  @Test(arguments: [
    "events let", "events | where a with b", "events | events)", "planned with", "events | with",
  ])
  func mistakes(text: String) { #expect(!Parser.canGoOn(from: text)) }

  @Test func thePartialWordIsReplaced() {
    let expectations = expectations("meetings with Lav¦ in X")
    #expect(expectations.partial.lower == 14 && expectations.partial.upper == 17)
  }
}
