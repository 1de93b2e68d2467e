/// What can be wrong with the order of tokens, and how it is said. `found` is what the parser stands at, in words.
enum GrammarError {
  case expectedQuery(found: String)
  case expectedNoun(after: String, found: String)
  case unexpectedWord(found: String, help: String?, fixIt: Diagnostic.FixIt?)
  case expectedName(String, after: String, found: String, help: String?)
  case expectedOperand(after: String?, found: String, help: String?)
  case expectedTime(after: String, found: String)
  case expectedDuration(found: String, help: String)
  case unclosedParenthesis(open: Span, found: String)
  case unexpectedClosing
  case tooDeep(Int)
  case expectedStage(found: String, nearest: String?)
  case missingArgument(String, found: String, help: String)
  case expectedKeyword(String, after: String, found: String)
  case chainedComparison(String)
  case trailing(found: String, after: String, help: String?)
  case foreignLanguage(String, help: String)
  case definition(String, found: String)
  case statement(String, found: String)
  case interpolation(String)
  case expectedWholeNumber(after: String, found: String)
  case stageWithoutRows(String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .expectedQuery(let found):
      Diagnostic(
        "E0201", "expected a query or a statement; found \(found)", at: span,
        help: [
          found == "`.`"
            ? "commands that begin with a dot are the shell's: `khabar < FILE` runs them, and `.read FILE`"
            : "a query starts with what it asks for, as in `meetings in Moscow` or `events | count`"
        ])
    case .expectedNoun(let after, let found):
      Diagnostic(
        "E0202", "expected what kind of rows is meant after `\(after)`; found \(found)", at: span,
        help: ["write a noun, as in `\(after) events` or `\(after) meetings`"])
    case .unexpectedWord(let found, let help, let fixIt):
      Diagnostic(
        "E0203", "\(found) does not begin a clause; expected a clause, `|` or the end", at: span,
        help: [
          help ?? "clauses begin with words like `with`, `by`, `in`, `before`, `during`, `about`, `where`"
        ],
        fixIt: fixIt)
    case .expectedName(let kind, let after, let found, let help):
      Diagnostic(
        "E0204", "expected \(kind) after `\(after)`; found \(found)", at: span, help: help.map { [$0] } ?? [])
    case .expectedOperand(let after, let found, let help):
      Diagnostic(
        "E0205", "expected an expression\(after.map { " after `\($0)`" } ?? ""); found \(found)", at: span,
        help: help.map { [$0] } ?? [])
    case .expectedTime(let after, let found):
      Diagnostic(
        "E0206", "expected a time after `\(after)`; found \(found)", at: span,
        help: ["a time is `2023-05-19`, `2023-05`, an event's id, or a query in parentheses"])
    case .expectedDuration(let found, let help):
      Diagnostic("E0207", "expected a duration; found \(found)", at: span, help: [help])
    case .unclosedParenthesis(let open, let found):
      Diagnostic(
        "E0208", "expected `)`; found \(found)", at: span,
        labels: [Diagnostic.Label(open, "this parenthesis is not closed")])
    case .unexpectedClosing:
      Diagnostic(
        "E0209", "this `)` closes nothing", at: span, help: ["delete it, or open it before with `(`"])
    case .tooDeep(let limit):
      Diagnostic(
        "E0210", "nested more than \(limit) deep", at: span,
        help: ["name a part with `let`, or write many alternatives as `x in (a, b, …)`"])
    case .expectedStage(let found, let nearest):
      Diagnostic(
        "E0211", "expected a stage after `|`; found \(found)", at: span,
        help: [
          nearest.map { "did you mean `\($0)`?" }
            ?? "stages are `where`, `sort by`, `take`, `count`, `summarize`, …"
        ])
    case .missingArgument(let what, let found, let help):
      Diagnostic("E0212", "expected \(what); found \(found)", at: span, help: [help])
    case .expectedKeyword(let keyword, let after, let found):
      Diagnostic("E0213", "expected `\(keyword)` after \(after); found \(found)", at: span)
    case .chainedComparison(let found):
      Diagnostic(
        "E0214", "comparisons do not chain; found a second one, `\(found)`", at: span,
        help: ["join two comparisons with `and`, as in `a < b and b < c`"])
    case .trailing(let found, let after, let help):
      Diagnostic(
        "E0215", "expected \(after); found \(found)", at: span, help: help.map { [$0] } ?? [])
    case .foreignLanguage(let word, let help):
      Diagnostic("E0216", "`\(word)` begins no query here", at: span, help: [help])
    case .definition(let expected, let found):
      Diagnostic(
        "E0217", "expected \(expected); found \(found)", at: span,
        help: ["a definition is `define person ada ( name en \"Ada\", represents utopia )`"])
    case .statement(let expected, let found):
      Diagnostic("E0218", "expected \(expected); found \(found)", at: span)
    case .interpolation(let problem):
      Diagnostic(
        "E0219", problem, at: span,
        help: ["`{expression}` is replaced by its value; a brace itself is `{{` or `}}`"])
    case .expectedWholeNumber(let after, let found):
      Diagnostic("E0220", "expected a whole number after `\(after)`; found \(found)", at: span)
    case .stageWithoutRows(let word):
      Diagnostic(
        "E0221", "`\(word)` is a stage, and stages come after `|`", at: span,
        help: ["say first what it works on, as in `events | \(word) …`; a name that is a keyword is quoted"])
    }
  }
}
