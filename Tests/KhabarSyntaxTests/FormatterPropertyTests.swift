import FoundationEssentials
import Testing

@testable import KhabarSyntax

/// What holds of the formatter whatever it is given: formatting twice is formatting once; the tree and the comments
/// are the same; what went through Arabic comes back.
@Suite struct FormatterPropertyTests {
  private struct Reading: Equatable {
    var script: Script
    var comments: [String]
  }

  /// Nil for what has mistakes.
  private func read(_ text: String) -> Reading? {
    let source = SourceText(name: "", text: text)
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    let comments = Lexer.run(source, range: Span(0, source.utf8.count)).comments
    return Reading(script: script, comments: comments.map { trimmed(source.text($0)) })
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.hasSuffix(" ") || text.hasSuffix("\t") { text.removeLast() }
    return String(text)
  }

  private func format(_ text: String, _ language: SyntaxPrinter.Language?) -> String {
    ScriptFormatter.format(SourceText(name: "", text: text), in: language).text
  }

  /// What is wrong with how a text is formatted; nil for nothing, and for texts that cannot be read.
  private func failure(_ text: String) -> String? {
    guard let reading = read(text) else { return nil }
    for language in [nil, SyntaxPrinter.Language.english, .arabic] {
      let formatted = format(text, language)
      guard let again = read(formatted) else { return "cannot be read:\n\(formatted)" }
      if again.script != reading.script { return "another tree:\n\(formatted)" }
      if again.comments != reading.comments { return "other comments:\n\(formatted)" }
      let twice = format(formatted, language)
      if twice != formatted { return "changes again:\n\(formatted)\n→\n\(twice)" }
      if format(formatted, nil) != formatted { return "another language:\n\(formatted)" }
    }
    let english = format(text, .english)
    let back = format(format(english, .arabic), .english)
    return back == english ? nil : "through Arabic:\n\(english)\n→\n\(back)"
  }

  private func check(_ texts: some Sequence<String>) -> Int {
    var failures = 0
    var count = 0
    for text in texts where failures < 3 {
      if read(text) != nil { count += 1 }
      guard let failure = failure(text) else { continue }
      failures += 1
      Issue.record("\(text)\n\(failure)")
    }
    return count
  }

  @Test func theCorpusIsFormatted() {
    #expect(check(ScriptCorpus.texts) > 500)
  }

  @Test func commentsAnywhereAreKept() {
    var generator = FuzzTests.Generator(state: 97)
    let short = ScriptCorpus.texts.filter { $0.utf8.count < 2_000 && read($0) != nil }
    let texts = (0..<Self.count).map { _ in
      sprinkled(short.randomElement(using: &generator) ?? "", &generator)
    }
    #expect(check(texts) > Self.count / 2)
  }

  @Test func mutatedScriptsAreFormatted() {
    var generator = FuzzTests.Generator(state: 11)
    let texts = (0..<Self.count * 5).map { _ in sprinkled(FuzzTests.mutated(&generator), &generator) }
    #expect(check(texts) > 20)
  }

  /// How many scripts are sprinkled with comments; a long run says more in `KHABAR_FORMAT_COUNT`.
  private static let count =
    ProcessInfo.processInfo.environment["KHABAR_FORMAT_COUNT"].flatMap { Int($0) } ?? 400

  /// A text with comments between some of its tokens.
  private func sprinkled(_ text: String, _ generator: inout FuzzTests.Generator) -> String {
    let source = SourceText(name: "", text: text)
    var result = ""
    var end = 0
    for (number, token) in Lexer.tokens(of: source).tokens.enumerated() {
      result += source.text(Span(end, token.span.lower))
      if Int.random(in: 0..<8, using: &generator) == 0 {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: result += " # \(number)\n"
        case 1: result += "\n# \(number)\n"
        case 2: result += " \\ # \(number)\n"
        default: result += " \\\n\\# \(number)\n \\ # or\n"
        }
      }
      result += source.text(token.span)
      end = token.span.upper
    }
    return result + source.text(Span(end, source.utf8.count))
  }
}
