import EDTF

/// What can be wrong with characters and tokens, and how it is said.
enum LexicalError {
  case unterminatedString(close: String)
  case unknownEscape(String)
  case invalidCodePoint
  case unexpectedCharacter(String)
  case invisibleCharacter(Unicode.Scalar)
  case reorderingString(Unicode.Scalar)
  case undecodableByte
  case numberTooLarge
  case wrongTime(text: String, reason: String)
  case dottedInterval(text: String)
  case unclosedSet(open: String)
  case foreignOperator(String, ours: String)
  case singleQuotes(String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .unterminatedString(let close):
      Diagnostic(
        "E0101", "this string is not closed on its line; expected `\(close)`", at: span,
        help: ["close it with `\(close)`; a line break inside a string is written `\\n`"])
    case .unknownEscape(let escape):
      Diagnostic(
        "E0102", "unknown escape `\(escape)` in a string", at: span,
        help: ["the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{1F4F0}`; a backslash is written `\\\\`"]
      )
    case .invalidCodePoint:
      Diagnostic(
        "E0102", "this escape names no Unicode character; expected `\\u{` 1 to 6 hexadecimal digits `}`",
        at: span)
    case .unexpectedCharacter(let text):
      Diagnostic("E0103", "unexpected character `\(text)`", at: span, help: Self.help(for: text))
    case .invisibleCharacter(let scalar):
      Diagnostic(
        "E0104", "invisible character \(Self.codePoint(scalar)) outside a string", at: span,
        help: ["delete it: it can make a query look different from what it says"])
    case .reorderingString(let scalar):
      Diagnostic(
        "E0104", "invisible character \(Self.codePoint(scalar)) reorders what stands after this string",
        at: span,
        help: ["write it as `\\u{\(String(scalar.value, radix: 16, uppercase: true))}`, or delete it"])
    case .undecodableByte:
      Diagnostic(
        "E0105", "bytes here are not UTF-8 (shown as U+FFFD)", at: span,
        help: ["save the text as UTF-8"])
    case .numberTooLarge:
      Diagnostic("E0106", "this number is too large", at: span)
    case .wrongTime(let text, let reason):
      Diagnostic("E0107", "`\(text)` is not a time: \(reason)", at: span)
    case .dottedInterval(let text):
      Diagnostic(
        "E0107", "`\(text)` is not a time: `..` stands between dates only inside `[…]` and `{…}`", at: span,
        help: ["an interval is written with `/`, as in `2023-05-01/2023-05-04`"])
    case .unclosedSet(let open):
      Diagnostic(
        "E0108", "this set of times is not closed on its line; expected `\(open == "[" ? "]" : "}")`",
        at: span,
        help: ["`[2021,2023]` is one of the two, `{2021,2023}` is both"])
    case .foreignOperator(let found, let ours):
      Diagnostic(
        "E0109", "`\(found)` is not an operator here; expected `\(ours)`", at: span,
        help: ["write `\(ours)`"], fixIt: Diagnostic.FixIt(span, ours))
    case .singleQuotes(let text):
      Diagnostic(
        "E0110", "strings are written in double quotes; found `'`", at: span,
        help: ["write `\"\(text)\"`"], fixIt: Diagnostic.FixIt(span, "\"\(text)\""))
    }
  }

  private static func help(for text: String) -> [String] {
    switch text.unicodeScalars.first {
    case "'", "’", "‘", "`": ["strings are written in double quotes"]
    case "]", "}": ["`[` and `{` open sets of times; parentheses are `(` and `)`"]
    case "؟", "?": ["a query needs no question mark; in a time `?` follows a digit, as in `2023?`"]
    case "\\": ["a `\\` at the end of a line continues the statement on the next one"]
    default: []
    }
  }

  /// `U+202E`
  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
