import EDTF
import KhabarSyntax

/// The values of `param` statements.
enum Parameter {
  /// A value given from outside, read as its default is: a number, a duration, a time or a truth as in a script, a name
  /// or a text as it stands. Nil: it is none of that kind.
  static func value(_ text: String, like standard: Expression) -> Expression? {
    switch standard.kind {
    case .string: return Expression(.string(text), span: .none)
    case .path:
      // An event's id may stand for its time, and a time for it.
      switch read(text)?.kind {
      case .path(let names)?: return Expression(.path(names), span: .none)
      case .time(let time)?: return Expression(.time(time), span: .none)
      default: return Expression(.string(text), span: .none)
      }
    default:
      guard let value = read(text), kinds(standard).contains(kind(value)) else { return nil }
      return value
    }
  }

  static func mismatch(_ name: Name, given: String, like standard: Expression) -> Diagnostic {
    let printed = SyntaxPrinter().print(standard)
    return Diagnostic(
      "E0618", "`\(given)` is given for the parameter `\(name.text)`; expected \(kind(standard).rawValue)",
      at: name.span,
      help: ["its default is `\(printed)`: give a value of that kind, as in `--set \(name.text)=\(printed)`"])
  }

  private enum Kind: String {
    case number = "a number"
    case duration = "a duration"
    case time = "a time"
    case truth = "`true` or `false`"
    case name = "a name"
  }

  private static func kind(_ value: Expression) -> Kind {
    switch value.kind {
    case .number, .unary: .number
    case .duration: .duration
    case .time: .time
    case .truth: .truth
    default: .name
    }
  }

  /// Four digits may be a year: a time takes their place, and they that of a time.
  private static func kinds(_ standard: Expression) -> Set<Kind> {
    switch standard.kind {
    case .time: [.time, .number]
    case .number(let literal) where literal.text.utf8.count == 4: [.number, .time]
    default: [kind(standard)]
    }
  }

  private static func read(_ text: String) -> Expression? {
    let (script, diagnostics) = Parser.parse(SourceText(name: "--set", text: "param value_given = \(text)"))
    guard diagnostics.isEmpty, script.statements.count == 1,
      case .parameter(_, let value) = script.statements[0].kind
    else { return nil }
    return value.unplaced
  }
}

extension Expression {
  /// Without a place in any text: it takes that of the parameter it stands for.
  var unplaced: Expression {
    var value = self
    value.span = .none
    return value
  }
}
