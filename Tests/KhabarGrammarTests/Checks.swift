import FoundationEssentials
import KhabarSyntax
import Testing

/// How many sentences of each kind are tried; KHABAR_GRAMMAR_COUNT asks for more, in an optimized build best.
let sentenceCount: Int =
  ProcessInfo.processInfo.environment["KHABAR_GRAMMAR_COUNT"].flatMap { Int($0) } ?? 500

/// Trees that are printed and read again.
enum RoundTrip {
  /// What comes out wrong in a language; nil where the tree is the same and its text too.
  static func difference(_ script: Script) -> String? {
    for language in SyntaxPrinter.Language.allCases {
      let text = SyntaxPrinter(language).print(script)
      let (again, diagnostics) = Parser.parse(SourceText(name: "", text: text))
      if let diagnostic = diagnostics.first { return "\(text)\(diagnostic.id) \(diagnostic.message)" }
      if again != script { return "\(text)is another tree" }
      let twice = SyntaxPrinter(language).print(again)
      if twice != text { return "\(text)is printed as\n\(twice)" }
    }
    return nil
  }
}
