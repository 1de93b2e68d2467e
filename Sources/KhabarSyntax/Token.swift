import EDTF

/// A piece of the source text that the grammar does not look into.
package struct Token: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// As written: keywords are words too, and the parser decides by place which they are.
    case word(String)
    /// What the quotes hold, with the escapes undone.
    case string(String)
    // Numbers and times are rare and large; kept apart, they leave the other tokens small.
    /// The digits in ASCII.
    indirect case number(Double, text: String)
    indirect case time(EDTFTime)
    case symbol(Symbol)
    /// The end of a line that ends a statement.
    case newline
    /// A line that begins with `=` below an `expect`: what stands after that sign.
    case expected(String)
    /// Something that a lexical error was reported for.
    case invalid
    case end
  }

  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }

  var isNewline: Bool { if case .newline = kind { true } else { false } }
}

/// Raw values are the spellings.
package enum Symbol: String, Hashable, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case comma = ","
  case semicolon = ";"
  case pipe = "|"
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case dot = "."
  case colon = ":"

  /// Whether something has to follow, on the next line if not on this one.
  var continuesLine: Bool {
    switch self {
    case .leftParenthesis, .rightParenthesis, .semicolon, .colon: false
    default: true
    }
  }
}

extension Token: CustomStringConvertible {
  /// One line of the token printer: `word meetings`, `time 2023-05`, `symbol |`.
  package var description: String {
    switch kind {
    case .word(let text): "word \(text)"
    case .string(let text): "string \(text.debugDescription)"
    case .number(_, let text): "number \(text)"
    case .time(let time): "time \(time)"
    case .symbol(let symbol): "symbol \(symbol.rawValue)"
    case .newline: "newline"
    case .expected(let text): "expected \(text)"
    case .invalid: "invalid"
    case .end: "end"
    }
  }
}
