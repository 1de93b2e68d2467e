import Khabar
import KhabarSyntax
import KhabarText

/// One script's results as a JSON object.
///
///     {"name":"a.khabar","seconds":0.0004,"unreached":0,"warnings":[],"checks":[
///      {"kind":"assert","title":"…","line":3,"passed":false,"seconds":0.0001,"problems":[{"id":"E0503",…}]}]}
struct JSONTest {
  private let test: ScriptTest

  init(_ test: ScriptTest) { self.test = test }

  var text: String {
    let warnings = test.warnings.flatMap(\.diagnostics).map { problem($0.diagnostic, in: $0.source) }
    return Self.object([
      ("name", JSONText.quoted(test.name)), ("seconds", test.duration.seconds),
      ("unreached", "\(test.unreached)"),
      ("warnings", Self.list(warnings)), ("checks", Self.list(test.results.map(check))),
    ])
  }

  private func check(_ check: ScriptCheck) -> String {
    let problems = check.failure?.diagnostics.map { problem($0.diagnostic, in: $0.source) } ?? []
    return Self.object([
      ("kind", JSONText.quoted(check.kind.rawValue)), ("title", JSONText.quoted(check.title)),
      ("line", "\(check.line)"),
      ("passed", "\(check.failure == nil)"), ("seconds", check.duration.seconds),
      ("problems", Self.list(problems)),
    ])
  }

  private func problem(_ problem: Diagnostic, in source: SourceText) -> String {
    let position = source.position(of: problem.span.lower)
    return Self.object([
      ("id", JSONText.quoted(problem.id)), ("severity", JSONText.quoted(problem.severity.rawValue)),
      ("message", JSONText.quoted(problem.message)), ("file", JSONText.quoted(source.name)),
      ("line", "\(position.line)"), ("column", "\(position.column)"),
      ("notes", Self.list(problem.notes.map(JSONText.quoted))),
      ("help", Self.list(problem.help.map(JSONText.quoted))),
    ])
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
}
