import Foundation
import KhabarSyntax
import Testing

/// `Grammar/khabar.tmLanguage.json` is what the keyword table gives; with `KHABAR_BLESS` it is written anew.
struct TextMateTests {
  private static let isBlessing = ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Grammar/khabar.tmLanguage.json")

  @Test func theFileIsUpToDate() throws {
    let grammar = TextMateGrammar().json
    if Self.isBlessing { try Data(grammar.utf8).write(to: Self.file) }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == grammar, "run Scripts/bless")
  }

  private struct Rule: Decodable {
    var name: String
    var match: String?
    var begin: String?
    var end: String?
  }

  private struct File: Decodable {
    var scopeName: String
    var patterns: [Rule]
  }

  private static func rules() throws -> [Rule] {
    try JSONDecoder().decode(File.self, from: Data(TextMateGrammar().json.utf8)).patterns
  }

  /// What the grammar makes of a line, as an editor does: at each place the first rule that matches earliest.
  private static func scopes(_ line: String) throws -> [String: String] {
    let rules = try rules().map { rule in
      let (begin, end) = (rule.begin ?? "", rule.end ?? "")
      let region = "(?:\(begin))(?:\\\\.|(?!\(end)).)*(?:\(end))"
      return (rule.name, try NSRegularExpression(pattern: rule.match ?? region))
    }
    var found: [String: String] = [:]
    let text = line as NSString
    var place = 0
    while place < text.length {
      let rest = NSRange(location: place, length: text.length - place)
      let options: NSRegularExpression.MatchingOptions = [.withTransparentBounds, .withoutAnchoringBounds]
      let matches = rules.compactMap { name, pattern in
        pattern.firstMatch(in: line, options: options, range: rest).map { (name, $0.range) }
      }
      guard let first = matches.min(by: { $0.1.location < $1.1.location }), first.1.length > 0 else { break }
      found[text.substring(with: first.1)] = first.0
      place = first.1.location + first.1.length
    }
    return found
  }

  @Test(
    arguments: [
      (
        "planned meetings with Lavrov in Moscow during 2023-05 | count  # all",
        [
          "planned": "storage.modifier.status", "meetings": "support.type.noun",
          "with": "keyword.other.clause",
          "2023-05": "constant.numeric.time", "|": "keyword.operator", "count": "keyword.control.stage",
          "# all": "comment.line.number-sign",
        ]
      ),
      (
        "let mine = events | where label contains \"a \\\" b\" and score > 2.5",
        [
          "let": "keyword.control.statement", "\"a \\\" b\"": "string.quoted.double",
          "2.5": "constant.numeric",
          "contains": "keyword.operator.word",
        ]
      ),
      (
        "الاجتماعات المخططة مع لافروف وفي موسكو | عدد",
        [
          "المخططة": "storage.modifier.status", "الاجتماعات": "support.type.noun",
          "مع": "keyword.other.clause",
          "عدد": "keyword.control.stage",
        ]
      ),
      ("= id | lavrov_bayramov", ["= id | lavrov_bayramov": "string.unquoted.expected"]),
      (
        "events between [..2023-05-04] and 2020/..",
        ["[..2023-05-04]": "constant.numeric.time", "..": "constant.numeric.time"]
      ),
      ("الأحداث", ["الأحداث": "support.type.noun"]), ("الاحداث", ["الاحداث": "support.type.noun"]),
    ] as [(String, [String: String])])
  func words(_ line: String, _ expected: [String: String]) throws {
    let scopes = try Self.scopes(line)
    for (word, scope) in expected { #expect(scopes[word] == scope + ".khabar", "\(word) in \(scopes)") }
    #expect(scopes["Lavrov"] == nil && scopes["mine"] == nil)
  }
}
