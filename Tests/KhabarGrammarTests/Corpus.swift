import FoundationEssentials
import KhabarSyntax

/// Everything in the repository that is written in the language.
enum Corpus {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  static let grammar = Result { try GrammarReader.read(try text("Grammar/khabar.ebnf")) }

  /// Specification cases, examples in the documentation, scripts, models.
  static func texts() throws -> [(place: String, text: String)] {
    let pages = ["README.md", "Grammar/Manual.md", "Grammar/Errors.md"]
    let specs = try files("Tests/Spec", ".spec")
    let scripts = try files("Scripts/examples", ".khabar") + files("Sources/Khabar/Models", ".khabar")
    return try (pages + specs).flatMap { path in pieces(try text(path), path) }
      + scripts.map { ($0, try text($0)) }
  }

  private static func files(_ folder: String, _ suffix: String) throws -> [String] {
    let folder = folder + "/"
    let path = root.appending(path: folder).resolvingSymlinksInPath().path
    return try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(suffix) }.sorted().map { folder + $0 }
  }

  /// The blocks marked `khabar` of a page; the input, `also` and `model` of a specification.
  private static func pieces(_ text: String, _ path: String) -> [(place: String, text: String)] {
    var pieces: [(place: String, text: String)] = []
    var isTaken = false
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let starts = startsPiece(line) {
        isTaken = starts
        pieces.append(("\(path):\(number + 2)", ""))
      } else if isTaken {
        pieces[pieces.count - 1].text += line + "\n"
      }
    }
    return pieces.filter { !$0.text.isEmpty }
  }

  /// nil for a line that neither opens nor closes a piece.
  private static func startsPiece(_ line: Substring) -> Bool? {
    if line.hasPrefix("===") { return true }
    if line.hasPrefix("---") { return line == "--- also" || line == "--- model" }
    return line.hasPrefix("```") ? line.hasPrefix("```khabar") : nil
  }

  /// The statements of all texts that have no mistake, each as its tokens.
  static func statements() throws -> [[Piece]] {
    try texts().flatMap { _, text in
      let source = SourceText(name: "", text: text)
      let (script, diagnostics) = Parser.parse(source)
      return diagnostics.isEmpty ? script.statements.map { Piece.pieces(of: source.text($0.span)) } : []
    }
  }

  /// A token's text.
  struct Piece {
    var text: String
    /// Whether the token before touches it.
    var isGlued: Bool

    static func pieces(of text: String) -> [Piece] {
      let source = SourceText(name: "", text: text)
      var end = 0
      return Lexer.tokens(of: source).tokens.filter { $0.span.lower < $0.span.upper }.map { token in
        defer { end = token.span.upper }
        return Piece(text: source.text(token.span), isGlued: token.span.lower == end)
      }
    }
  }

  static func joined(_ pieces: [Piece]) -> String {
    pieces.reduce(into: "") { $0 += ($1.isGlued || $0.isEmpty ? "" : " ") + $1.text }
  }
}
