import KhabarModel
import KhabarSyntax
import KhabarTable

/// What can be wrong with the names and types of a query, and how it is said.
package enum ResolutionError: Sendable {
  case unknownName(Name, expected: String, suggestions: [String], elsewhere: String?)
  case ambiguousName(Name, expected: String, candidates: [String])
  case unknownField(Name, owner: String, fields: [String], hint: String?)
  case unknownNoun(Name, suggestions: [String], hint: String?)
  case unknownWord(String, of: String, words: [String], span: Span)
  case typeMismatch(found: String, expected: String, span: Span, hint: String?)
  case clauseDoesNotApply(String, noun: String, applicable: [String], span: Span)
  case stageDoesNotApply(String, rows: String, hint: String, span: Span)
  case unknownFunction(Name, suggestions: [String])
  case wrongArgumentCount(Function, found: Int, span: Span)
  case wrongArguments(FunctionDefinition, found: Int, span: Span)
  case recursive(Name)
  case wrongNumber(String, found: String, span: Span, hint: String? = nil)
  case invalidPattern(String, reason: String, span: Span)
  case invalidTime(String, reason: String, span: Span)
  case notAnAggregate(span: Span)
  case differentRows(String, String, span: Span)
  case misplaced(String, span: Span, hint: String? = nil)
  case drawingNotLast(String, span: Span)
  case wrongTable(TableError, file: Name)
  /// A warning.
  case neverBoth(Name, Name, span: Span)
  /// A warning.
  case twoStatuses(String, String, rows: String, span: Span)

  package var diagnostic: Diagnostic {
    switch self {
    case .unknownName(let name, let expected, let suggestions, let elsewhere):
      var diagnostic = Diagnostic("E0301", "no \(expected) is called `\(name.text)`", at: name.span)
      if let help = Self.didYouMean(suggestions) { diagnostic.help.append(help) }
      if let elsewhere { diagnostic.notes.append(elsewhere) }
      if suggestions.isEmpty && elsewhere == nil {
        diagnostic.help.append("`.names` lists the names of the model")
      }
      return diagnostic
    case .ambiguousName(let name, let expected, let candidates):
      return Diagnostic(
        "E0302", "`\(name.text)` may be more than one \(expected)", at: name.span,
        help: ["write one of \(Self.list(candidates))"])
    case .unknownField(let name, let owner, let fields, let hint):
      return Self.unknownField(name, owner, fields, hint)
    case .unknownNoun(let name, let suggestions, let hint):
      var diagnostic = Diagnostic(
        "E0304", "`\(name.text)` is no noun, event type, binding or name of the model", at: name.span)
      if let help = Self.didYouMean(suggestions) { diagnostic.help.append(help) }
      if let hint { diagnostic.help.append(hint) }
      return diagnostic
    case .unknownWord(let word, let kind, let words, let span):
      var diagnostic = Diagnostic("E0305", "`\(word)` is no \(kind)", at: span)
      if let help = Self.didYouMean(Spelling.nearest(to: word, in: words)) { diagnostic.help.append(help) }
      diagnostic.notes.append("known: \(words.joined(separator: ", "))")
      return diagnostic
    case .typeMismatch(let found, let expected, let span, let hint):
      return Diagnostic(
        "E0306", "found \(found) where \(expected) is expected", at: span, help: hint.map { [$0] } ?? [])
    case .clauseDoesNotApply(let clause, let noun, let applicable, let span):
      return Diagnostic(
        "E0307", "`\(clause)` says nothing of \(noun)", at: span,
        help: ["clauses on \(noun): \(Self.list(applicable))"])
    case .stageDoesNotApply(let stage, let rows, let hint, let span):
      return Diagnostic("E0308", "`\(stage)` cannot follow \(rows)", at: span, help: [hint])
    case .unknownFunction(let name, let suggestions):
      var diagnostic = Diagnostic("E0309", "there is no function `\(name.text)`", at: name.span)
      if let help = Self.didYouMean(suggestions) { diagnostic.help.append(help) }
      diagnostic.notes.append("functions: \(Function.allCases.map(\.rawValue).joined(separator: ", "))")
      return diagnostic
    case .wrongArgumentCount(let function, let found, let span):
      return Diagnostic(
        "E0310", "`\(function.rawValue)` takes \(Self.count(function.arity)); found \(found)", at: span,
        help: ["for example `\(function.example)`"])
    case .wrongArguments(let function, let found, let span):
      let arity = function.parameters.count
      return Diagnostic(
        "E0310", "`\(function.name.text)` takes \(Self.count(arity...arity)); found \(found)", at: span,
        notes: [function.note])
    case .recursive(let name):
      return Diagnostic(
        "E0319", "`\(name.text)` calls itself", at: name.span,
        help: [
          "a function calls only what was defined before it; chains of events are found by `path` and `sequence`"
        ])
    case .wrongNumber(let expected, let found, let span, let hint):
      return Diagnostic(
        "E0311", "expected \(expected); found \(found)", at: span, help: hint.map { [$0] } ?? [])
    case .invalidPattern(let pattern, let reason, let span):
      return Diagnostic("E0312", "`\(pattern)` is no regular expression: \(reason)", at: span)
    case .invalidTime(let text, let reason, let span):
      return Diagnostic("E0313", "`\(text)` is no time: \(reason)", at: span, help: [Self.timeForm])
    case .notAnAggregate(let span):
      return Diagnostic(
        "E0314", "expected an aggregate", at: span,
        help: ["aggregates: \(Self.list(AggregateFunction.allCases.map(\.example) + ["rolling(count, 3)"]))"])
    case .differentRows(let left, let right, let span):
      return Diagnostic("E0315", "found \(right), expected \(left)", at: span)
    case .misplaced(let what, let span, let hint):
      return Diagnostic("E0316", what, at: span, help: hint.map { [$0] } ?? [])
    case .neverBoth(let first, let second, let span):
      return Diagnostic(
        "E0318", "no event is both in `\(first.text)` and in `\(second.text)`", at: span, severity: .warning,
        help: ["for either of them write `in any of \(first.text), \(second.text)`"])
    case .twoStatuses(let first, let second, let rows, let span):
      return Diagnostic(
        "E0318", "none of the \(rows) is both `\(first)` and `\(second)`", at: span, severity: .warning,
        help: ["for either of them write `where status in (\(first), \(second))`"])
    case .wrongTable(let error, let file): return error.diagnostic(file: file.text, at: file.span)
    case .drawingNotLast(let stage, let span):
      return Diagnostic(
        "E0320", "`\(stage)` draws an answer, and this is not the end of one", at: span,
        help: [
          "put it last, in a query that is shown: no stage follows it, and no name is bound to a picture"
        ])
    }
  }

  private static func unknownField(_ name: Name, _ owner: String, _ fields: [String], _ hint: String?)
    -> Diagnostic
  {
    var diagnostic = Diagnostic("E0303", "\(owner) no field `\(name.text)`", at: name.span)
    if let help = didYouMean(Spelling.nearest(to: name.text, in: fields)) { diagnostic.help.append(help) }
    if let hint { diagnostic.help.append(hint) }
    if name.text.contains("-") {
      diagnostic.help.append("to subtract, put spaces around `-`")
    }
    if !fields.isEmpty { diagnostic.notes.append("fields: \(fields.joined(separator: ", "))") }
    return diagnostic
  }

  /// How times are written.
  static let timeForm = "a time is written `2023`, `2023-05`, `2023-05-19` or `2023-05-01/2023-05-04`"

  package static func didYouMean(_ suggestions: [String]) -> String? {
    suggestions.isEmpty ? nil : "did you mean \(list(suggestions, conjunction: "or"))?"
  }

  /// `a`, `b` and `c`.
  package static func list(_ items: [String], conjunction: String = "or") -> String {
    let quoted = items.map { $0.contains("`") ? $0 : "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return "\(quoted.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }

  private static func count(_ arity: ClosedRange<Int>) -> String {
    switch (arity.lowerBound, arity.upperBound) {
    case (0, 0): "no argument"
    case (1, 1): "one argument"
    case (let low, let high) where low == high: "\(low) arguments"
    case (let low, let high): "\(low) to \(high) arguments"
    }
  }
}

extension FunctionDefinition {
  /// What it is, for messages.
  var note: String { "it is defined as `\(text)`" }

  private var text: String {
    SyntaxPrinter().print(Statement(.function(self), span: .none)).split(separator: " ").dropFirst().joined(
      separator: " ")
  }
}

extension AggregateFunction {
  var example: String { self == .count ? "count" : "\(rawValue)(score)" }
}
