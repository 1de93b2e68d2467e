import EDTF
import KhabarSyntax
import Testing

/// Random trees, printed and parsed again. The seeds are fixed.
@Suite struct SyntaxPrinterRandomTests {
  @Test(arguments: [SyntaxPrinter.Language.english, .arabic])
  func printedExpressionsGiveTheSameTree(_ language: SyntaxPrinter.Language) {
    var trees = RandomTrees(seed: 7)
    var failures = 0
    for _ in 0..<1500 where failures < 3 {
      let tree = Query(
        .phrase(NounPhrase(noun: Noun(.rows(.events), span: .none), span: .none)),
        stages: [Stage(.where(trees.expression(depth: 4)), span: .none)], span: .none)
      let text = SyntaxPrinter(language).print(tree)
      let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
      let isSame = diagnostics.isEmpty && script.statements.map(\.kind) == [.query(tree)]
      #expect(isSame, "\(text)\n\(diagnostics.map(\.message))")
      if !isSame { failures += 1 }
    }
  }
}

/// Expressions of every kind, as the parser could have built them.
private struct RandomTrees {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(count))
  }

  mutating func expression(depth: Int) -> Expression {
    let kind: Expression.Kind
    switch depth > 0 ? next(14) : 13 {
    case 0...6: kind = binary(depth)
    case 7: kind = .unary(.not, expression(depth: depth - 1))
    case 8: kind = .unary(.possibly, expression(depth: depth - 1))
    case 9: kind = .between(expression(depth: depth - 1), time(depth: depth - 1), time(depth: depth - 1))
    case 10: kind = .within(expression(depth: depth - 1), duration, of: time(depth: depth - 1))
    case 11: kind = .member(expression(depth: depth - 1), [time(depth: 0), expression(depth: depth - 1)])
    default: return time(depth: depth)
    }
    return Expression(kind, span: .none)
  }

  private mutating func binary(_ depth: Int) -> Expression.Kind {
    let comparison = BinaryOperator.allCases[next(BinaryOperator.allCases.count)]
    let isTime = TimeOperator(rawValue: comparison.rawValue) != nil
    let right = isTime ? time(depth: depth - 1) : expression(depth: depth - 1)
    return .binary(comparison, expression(depth: depth - 1), right)
  }

  /// Arithmetic only: a comparison in a time's place, in parentheses, might be a query.
  private mutating func time(depth: Int) -> Expression {
    let kind: Expression.Kind
    switch depth > 0 ? next(6) : 5 {
    case 0...1:
      let sign = [BinaryOperator.add, .subtract, .multiply, .divide][next(4)]
      kind = .binary(sign, time(depth: depth - 1), time(depth: depth - 1))
    case 2: kind = .unary(.negate, time(depth: depth - 1))
    case 3: kind = .call(Name("coalesce"), [time(depth: depth - 1), time(depth: depth - 1)])
    default: kind = leaf
    }
    return Expression(kind, span: .none)
  }

  private var duration: Expression {
    mutating get {
      let unit = DurationLiteral.Unit.allCases[next(4)]
      return Expression(.duration(DurationLiteral(next(120), unit)), span: .none)
    }
  }

  private var leaf: Expression.Kind {
    mutating get {
      switch next(9) {
      case 0: return .number(NumberLiteral(7.5, text: "7.5", span: .none))
      case 1: return .number(NumberLiteral(2023, text: "2023", span: .none))
      case 2: return .string("a \"b\" \\ \u{202E}")
      case 3: return EDTFTime("2023-05-01/2023-1X").map { .time($0) } ?? .none
      case 4: return EDTFTime("[..2023-05-04]").map { .time($0) } ?? .none
      case 5: return next(2) == 0 ? .truth(true) : .none
      case 6: return .path([Name("place"), Name("country")])
      default: return .path([Name(["status", "score", "time", "planned", "count"][next(5)])])
      }
    }
  }
}
