import KhabarSyntax

/// Puts what names stand for in their place, before anything is resolved: the values of `param`, and the bodies of
/// what `def` has named, with a call's arguments for its parameters.
///
///     def met(a, b) = meetings with a, b
///     param when = 2023-05
///     met(Russia, Armenia) during when   →   (meetings with Russia, Armenia) during 2023-05
///
/// Parameters are replaced as trees, so that an argument may be a name, a value or a query, whatever fits where the
/// parameter stands; it keeps its own place in the text. All else of a body is placed where the call is, for the body may stand in
/// another text.
struct Expander {
  /// A tree that is higher, or larger, is refused: calls within calls grow fast.
  static let highest = 512
  static let largest = 100_000

  let functions: [String: FunctionDefinition]
  /// What parameters stand for. A value without a place takes that of the parameter.
  var values: [String: Expression]
  /// Within a body, the call that it stands for.
  var site: Span?
  /// The function being defined, which must not call itself.
  var defined: Name?
  var diagnostics: [Diagnostic] = []
  /// The calls that have been replaced, for messages about what they became.
  private(set) var calls: [(span: Span, function: FunctionDefinition)] = []
  private var height = 0
  private var size = 0

  init(functions: [String: FunctionDefinition], values: [String: Expression]) {
    self.functions = functions
    self.values = values
  }

  static func expanded<Tree>(in environment: Environment, _ expand: (inout Expander) -> Tree) -> (
    Tree?, [Diagnostic]
  ) {
    var expander = Expander(functions: environment.functions, values: environment.parameters)
    let tree = expand(&expander)
    return (expander.diagnostics.isEmpty ? tree : nil, expander.diagnostics)
  }

  /// A function with all that its body calls put into it, so that it means the same whatever is defined later.
  static func closed(_ function: FunctionDefinition, in environment: Environment) -> (
    FunctionDefinition?, [Diagnostic]
  ) {
    let own = Set(function.parameters.map(\.text))
    var expander = Expander(
      functions: environment.functions, values: environment.parameters.filter { !own.contains($0.key) })
    expander.defined = function.name
    var function = function
    switch function.body {
    case .query(let query):
      // `g(x)` alone may be either: `g` decides.
      if let call = query.call, case .expression? = expander.functions[call.name.text]?.body {
        let call = Expression(.call(call.name, call.arguments), span: query.span)
        function.body = .expression(expander.expression(call))
      } else {
        function.body = .query(expander.query(query))
      }
    case .expression(let expression): function.body = .expression(expander.expression(expression))
    }
    return (expander.diagnostics.isEmpty ? function : nil, expander.diagnostics)
  }

  mutating func report(_ error: ResolutionError) { diagnostics.append(error.diagnostic) }

  func place(_ span: Span) -> Span { site ?? span }

  /// Goes one node down, unless the tree has grown too large.
  mutating func descend<T>(_ original: T, _ span: Span, _ body: (inout Expander) -> T) -> T {
    size += 1
    guard height < Self.highest, size < Self.largest else {
      if diagnostics.isEmpty {
        report(.misplaced("with what its calls stand for, this is too large", span: place(span)))
      }
      return original
    }
    height += 1
    defer { height -= 1 }
    return body(&self)
  }

  // MARK: - Calls

  /// What a call stands for; nil where nothing is defined under the name, or the call is wrong.
  mutating func expansion(
    of name: Name, _ arguments: [Expression], _ span: Span
  ) -> FunctionDefinition.Body? {
    guard let function = functions[name.text] else {
      reportUndefined(name)
      return nil
    }
    guard arguments.count == function.parameters.count else {
      report(.wrongArguments(function, found: arguments.count, span: place(span)))
      return nil
    }
    let names = function.parameters.map(\.text)
    var inner = self
    inner.values = Dictionary(zip(names, arguments)) { first, _ in first }
    inner.site = place(span)
    inner.calls.append((place(span), function))
    let body: FunctionDefinition.Body =
      switch function.body {
      case .query(let query): .query(inner.query(query))
      case .expression(let expression): .expression(inner.expression(expression))
      }
    (size, diagnostics, calls) = (inner.size, inner.diagnostics, inner.calls)
    return body
  }

  /// While a function is defined, all that it calls must be there.
  private mutating func reportUndefined(_ name: Name) {
    guard let defined, Keyword.isFree(name.text) else { return }
    if name.text == defined.text {
      report(.recursive(name))
    } else {
      report(
        .unknownFunction(name, suggestions: Spelling.nearest(to: name.text, in: functions.keys.sorted())))
    }
  }

  /// What is wrong at a call is wrong in what it stands for: the message shows it.
  func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    guard
      let call = calls.first(where: {
        $0.span.lower == diagnostic.span.lower && $0.span.upper == diagnostic.span.upper
      })
    else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.notes.append(call.function.note)
    return diagnostic
  }

  // MARK: - Names

  /// A name, or the name that a parameter stands for.
  mutating func name(_ name: Name) -> Name {
    var result = name
    result.span = place(name.span)
    guard !name.isQuoted, let value = values[name.text] else { return result }
    guard let named = value.asName else {
      report(
        .typeMismatch(
          found: value.typeName, expected: "a name", span: value.place(or: result.span), hint: nil))
      return result
    }
    result.text = named.text
    result.isQuoted = named.isQuoted
    result.span = value.place(or: result.span)
    return result
  }

  /// The value that a parameter stands for, placed.
  func value(of name: Name) -> Expression? {
    guard !name.isQuoted, var value = values[name.text] else { return nil }
    let span = place(name.span)
    if value.span.isNone {
      value.span = span
      if case .path(let names) = value.kind {
        value.kind = .path(names.map { Name($0.text, isQuoted: $0.isQuoted, span: span) })
      }
    }
    return value
  }
}

extension Expression {
  /// The one word or string that it is.
  fileprivate var asName: Name? {
    switch kind {
    case .path(let names) where names.count == 1: names[0]
    case .string(let text): Name(text, isQuoted: true, span: span)
    case .query(let query): query.word
    default: nil
    }
  }

  fileprivate func place(or span: Span) -> Span { self.span.isNone ? span : self.span }

  /// What it is, for messages.
  var typeName: String {
    switch kind {
    case .number: "a number"
    case .string: "text"
    case .time: "a time"
    case .duration: "a duration"
    case .truth: "a condition"
    case .query, .memberOfQuery: "a query"
    case .path(let names) where names.count > 1: "a field of a field"
    default: "an expression"
    }
  }
}

extension Query {
  /// The query's only word, where it is one that the language does not know.
  fileprivate var word: Name? { if case .word(let name) = loneNoun { name } else { nil } }

  /// The call that is all of the query.
  fileprivate var call: (name: Name, arguments: [Expression])? {
    if case .call(let name, let arguments) = loneNoun { (name, arguments) } else { nil }
  }

  private var loneNoun: Noun.Kind? {
    guard stages.isEmpty, case .phrase(let phrase) = source, phrase.adjectives.isEmpty, phrase.clauses.isEmpty
    else { return nil }
    return phrase.noun.kind
  }
}
