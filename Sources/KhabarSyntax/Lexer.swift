import EDTF

// Text to tokens.
//
// What enters is a source text, any text at all; what leaves are tokens with their spans, and a diagnostic for
// everything that is no token. Nothing here knows the grammar except two facts about lines: which tokens ask for
// something after them, and that brackets hold lines together (`Layout`). So
//
//     meetings in Moscow   # a comment
//       | count
//
// gives the words `meetings`, `in`, `Moscow`, the symbol `|`, the word `count` and the end: the line break is gone,
// for the next line goes on with `|`.
//
// Times are EDTF, whose alphabet overlaps everybody else's: `2023-05` is a month and not a subtraction, `[..2023]` a
// set and not an index. The rule is in Lexer+Times.swift. Keywords are words: `in` may also name something, and the
// parser decides by place.
//
// A character that cannot be read becomes an `invalid` token, at which the parser stays silent: one mistake, one
// error. So does the missing end of a string or a set, as a token of no width after it.

/// Cuts a source text into tokens.
package struct Lexer {
  let utf8: [UInt8]
  let end: Int
  /// Inside `print "{…}"`, where a string's own quotes are escaped.
  let quotesAreEscaped: Bool
  var offset: Int
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// From each `#` to the end of its line.
  var comments: [Span] = []
  /// What is still open at the end of the text, for a shell that asks for another line.
  var endsOpen = false
  /// Of the line being read, the place of its first token.
  private var lineStart = 0
  private var expectation = Expectation()

  init(_ source: SourceText, range: Span, quotesAreEscaped: Bool) {
    utf8 = source.utf8
    offset = range.lower
    end = min(range.upper, source.utf8.count)
    self.quotesAreEscaped = quotesAreEscaped
  }

  /// The tokens of a source text; the last is `end`.
  package static func tokens(of source: SourceText) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    let lexer = run(source, range: Span(0, source.utf8.count))
    return (Clitics.split(Layout.arrange(lexer.tokens, in: source)), lexer.diagnostics)
  }

  /// From each `#` to the end of its line.
  package static func comments(of source: SourceText) -> [Span] {
    run(source, range: Span(0, source.utf8.count)).comments
  }

  /// The tokens of a part of a source text, with every line end.
  static func run(_ source: SourceText, range: Span, quotesAreEscaped: Bool = false) -> Lexer {
    var lexer = Lexer(source, range: range, quotesAreEscaped: quotesAreEscaped)
    if lexer.offset == 0, lexer.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { lexer.offset = 3 }
    while lexer.offset < lexer.end { lexer.scanToken() }
    lexer.tokens.append(Token(.end, span: Span(lexer.end, lexer.end)))
    return lexer
  }

  // MARK: - Characters

  func byte(at position: Int) -> UInt8? { position < end && position >= 0 ? utf8[position] : nil }

  /// The scalar that starts at `position`, and where the next one starts.
  func scalar(at position: Int) -> (scalar: Unicode.Scalar, next: Int)? {
    guard let first = byte(at: position) else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), position + 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
    guard first >= 0xC0, position + length <= end else { return ("\u{FFFD}", position + 1) }
    for index in position + 1..<position + length { value = value << 6 | UInt32(utf8[index] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", position + length)
  }

  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: utf8[lower..<max(lower, min(upper, end))], as: UTF8.self)
  }

  mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind, span: Span(start, offset)))
  }

  mutating func report(_ error: LexicalError, _ lower: Int, _ upper: Int) {
    diagnostics.append(error.diagnostic(at: Span(lower, upper)))
  }

  // MARK: - Tokens

  private mutating func scanToken() {
    let start = offset
    guard let (scalar, next) = scalar(at: offset) else { return }
    switch scalar {
    case " ", "\t": offset = next
    case "\n", "\u{2028}", "\u{2029}":
      offset = next
      endLine(from: start)
    case "\r":
      offset = byte(at: next) == UInt8(ascii: "\n") ? next + 1 : next
      endLine(from: start)
    case "#": skipComment()
    case "\"", "“", "«": scanString(opening: scalar, contentAt: next)
    case "\\": scanBackslash(next)
    case "[", "{": scanSet(opening: scalar)
    default:
      if scanTime() || scanNumber() || scanWord(scalar) || scanSymbol(scalar) { return }
      scanOther(scalar, next)
    }
  }

  /// Comments may say anything, but must not reorder what stands around them.
  private mutating func skipComment() {
    let start = offset
    defer { comments.append(Span(start, offset)) }
    while let (scalar, next) = scalar(at: offset), scalar != "\n", scalar != "\r" {
      if Self.isReordering(scalar) { report(.invisibleCharacter(scalar), offset, next) }
      offset = next
    }
  }

  /// A `\` with nothing after it on its line joins the next line.
  private mutating func scanBackslash(_ next: Int) {
    if quotesAreEscaped, byte(at: next) == UInt8(ascii: "\"") {
      return scanString(opening: "\"", contentAt: next + 1, close: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
    }
    let start = offset
    offset = next
    while let (scalar, next) = scalar(at: offset), scalar.properties.isWhitespace, scalar != "\n",
      scalar != "\r"
    {
      offset = next
    }
    if byte(at: offset) == UInt8(ascii: "#") { skipComment() }
    if byte(at: offset) == UInt8(ascii: "\r") { offset += 1 }
    if byte(at: offset) == UInt8(ascii: "\n") {
      offset += 1
    } else if offset >= end {
      endsOpen = true
    } else if utf8[offset - 1] != UInt8(ascii: "\r") {
      offset = next
      report(.unexpectedCharacter("\\"), start, next)
      add(.invalid, from: start)
    }
  }

  // MARK: - Expected lines

  /// Ends a line, and reads the next one as a whole if it begins with `=` and an `expect` above asks for it.
  private mutating func endLine(from start: Int) {
    expectation.read(tokens[lineStart...])
    add(.newline, from: start)
    lineStart = tokens.count
    guard expectation.takesLines else { return }
    let beginning = offset
    while byte(at: offset) == UInt8(ascii: " ") || byte(at: offset) == UInt8(ascii: "\t") { offset += 1 }
    if byte(at: offset) == UInt8(ascii: "=") { scanExpected() } else { offset = beginning }
  }

  private mutating func scanExpected() {
    let start = offset
    var end = offset + 1
    while let (scalar, next) = scalar(at: offset), scalar != "\n", scalar != "\r", scalar != "\u{2028}",
      scalar != "\u{2029}"
    {
      if Self.isReordering(scalar) { report(.invisibleCharacter(scalar), offset, next) }
      if scalar != " ", scalar != "\t" { end = next }
      offset = next
    }
    let text = text(start + 1, end)
    tokens.append(Token(.expected(String(text.drop { $0 == " " || $0 == "\t" })), span: Span(start, end)))
  }

  // MARK: - Words

  static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
      return !scalar.properties.isDefaultIgnorableCodePoint
    default: return false
    }
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    if isWordStart(scalar) { return true }
    if scalar.isASCII { return ("0"..."9").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber: return !scalar.properties.isDefaultIgnorableCodePoint
    default: return false
    }
  }

  /// Word ::= (Letter | '_') (Letter | Mark | Digit | '_' | [-'’] Letter)*
  private mutating func scanWord(_ first: Unicode.Scalar) -> Bool {
    guard Self.isWordStart(first) else { return false }
    let start = offset
    while let (scalar, next) = scalar(at: offset) {
      guard Self.isWordPart(scalar) || joinsLetters(scalar, next) else { break }
      offset = next
    }
    add(.word(text(start, offset)), from: start)
    return true
  }

  /// Whether the scalar belongs to a word because a letter follows: a hyphen, an apostrophe, a joiner.
  private func joinsLetters(_ scalar: Unicode.Scalar, _ next: Int) -> Bool {
    switch scalar {
    case "-", "'", "’", "\u{2010}", "\u{2011}":
      guard let following = self.scalar(at: next)?.scalar else { return false }
      return Self.isWordStart(following) && following != "_"
    case "\u{200C}", "\u{200D}":
      guard offset > 0, utf8[offset - 1] >= 0x80 else { return false }
      return self.scalar(at: next).map { $0.scalar.value >= 0x80 && Self.isWordPart($0.scalar) } ?? false
    default: return false
    }
  }

  // MARK: - Symbols

  private static let symbols: [Unicode.Scalar: Symbol] = [
    "(": .leftParenthesis, ")": .rightParenthesis, ",": .comma, "،": .comma, ";": .semicolon, "؛": .semicolon,
    "|": .pipe, "=": .equal, "≠": .notEqual, "<": .less, "≤": .lessOrEqual, ">": .greater,
    "≥": .greaterOrEqual,
    "+": .plus, "-": .minus, "\u{2212}": .minus, "*": .star, "/": .slash, ".": .dot, ":": .colon,
  ]

  private static let doubled: [String: Symbol] = ["!=": .notEqual, "<=": .lessOrEqual, ">=": .greaterOrEqual]

  /// Operators of other languages and what they are here. The error is reported, and the token is the one meant.
  private static let foreign: [String: Token.Kind] = [
    "==": .symbol(.equal), "<>": .symbol(.notEqual), "&&": .word("and"), "||": .word("or"), "!": .word("not"),
  ]

  /// Those that definitions are full of and that begin no longer symbol, without a table.
  private static func commonSymbol(_ scalar: Unicode.Scalar) -> Symbol? {
    switch scalar {
    case "(": .leftParenthesis
    case ")": .rightParenthesis
    case ",": .comma
    default: nil
    }
  }

  private mutating func scanSymbol(_ scalar: Unicode.Scalar) -> Bool {
    let start = offset
    if let symbol = Self.commonSymbol(scalar) {
      offset += 1
      add(.symbol(symbol), from: start)
      return true
    }
    for length in [2, 1] {
      let spelling = text(start, start + length)
      guard spelling.utf8.count == length else { continue }
      if let symbol = Self.doubled[spelling] {
        offset += length
        add(.symbol(symbol), from: start)
        return true
      }
      if let kind = Self.foreign[spelling] {
        offset += length
        report(.foreignOperator(spelling, ours: Self.spelling(kind)), start, offset)
        add(kind, from: start)
        return true
      }
    }
    guard let symbol = Self.symbols[scalar], let (_, next) = self.scalar(at: offset) else { return false }
    offset = next
    add(.symbol(symbol), from: start)
    return true
  }

  private static func spelling(_ kind: Token.Kind) -> String {
    switch kind {
    case .word(let text): text
    case .symbol(let symbol): symbol.rawValue
    default: ""
    }
  }

  // MARK: - What is no token

  /// Embeddings, overrides and isolates (UAX #9): what shows text in another order than it has.
  static func isReordering(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  private mutating func scanOther(_ scalar: Unicode.Scalar, _ next: Int) {
    let start = offset
    offset = next
    if isAfterInvalid(start), scalar.properties.generalCategory != .spaceSeparator { return }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: return
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      report(.invisibleCharacter(scalar), start, next)
    case _ where scalar.properties.isDefaultIgnorableCodePoint:
      // Variation selectors, and letters that show nothing, as the fillers of Hangul.
      report(.invisibleCharacter(scalar), start, next)
    default:
      if scalar == "\u{FFFD}" {
        while let (same, after) = self.scalar(at: offset), same == "\u{FFFD}" { offset = after }
        report(.undecodableByte, start, offset)
      } else if scalar == "'" || scalar == "‘" {
        return scanSingleQuotes(from: start, contentAt: next)
      } else {
        report(.unexpectedCharacter(String(Character(scalar))), start, next)
      }
    }
    add(.invalid, from: start)
  }

  /// Whether the place follows directly on something reported: a run of wrong characters is one mistake.
  mutating func isAfterInvalid(_ start: Int) -> Bool {
    guard let last = tokens.last, last.kind == .invalid, last.span.upper == start else { return false }
    tokens[tokens.count - 1].span.upper = offset
    return true
  }
}
