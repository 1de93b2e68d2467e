/// Draws a syntax tree as an indented outline, a node a line, children two blanks deeper.
///
///     meetings in Moscow | take 3    →    query
///                                           phrase
///                                             noun word meetings
///                                             clause in Moscow
///                                           stage take 3
///
/// It shows what the parser understood, in English whatever the text was written in. Quoted names keep their
/// quotes, for the tree tells them from bare ones.
package enum TreePrinter {
  package static func print(_ script: Script) -> String {
    script.statements.reduce(into: "") { $0 += print($1) }
  }

  /// Every line ended.
  package static func print(_ statement: Statement) -> String {
    var lines: [String] = []
    outline(statement).append(to: &lines, depth: 0)
    return lines.reduce(into: "") { $0 += $1 + "\n" }
  }

  /// A line and what stands under it.
  struct Node {
    var text: String
    var children: [Node]

    init(_ text: String, _ children: [Node] = []) {
      self.text = text
      self.children = children
    }

    func append(to lines: inout [String], depth: Int) {
      lines.append(String(repeating: "  ", count: depth) + text)
      for child in children { child.append(to: &lines, depth: depth + 1) }
    }
  }

  static let printer = SyntaxPrinter()

  // MARK: - Statements

  private static func outline(_ statement: Statement) -> Node {
    switch statement.kind {
    case .query(let query): outline(query)
    case .letBinding(let name, let query): Node("let \(printer.print(name))", [outline(query)])
    case .define(let definition): outline(definition)
    case .set, .import: Node(printer.print(statement))
    case .function(let function): outline(function)
    case .parameter(let name, let value): Node("param \(printer.print(name))", [outline(value)])
    case .explain(let query, let isRun): Node(isRun ? "explain run" : "explain", [outline(query)])
    case .assert(let expression, let message):
      Node("assert", [outline(expression)] + (message.map { [Node("message \(printer.print($0))")] } ?? []))
    case .expect(let query, let table):
      Node("expect", [outline(query)] + table.lines.map { Node(ExpectedTable.written($0)) })
    case .print(let interpolation): Node("print", interpolation.parts.map(outline))
    }
  }

  private static func outline(_ part: Interpolation.Part) -> Node {
    switch part {
    case .text(let text): Node("text \(printer.quote(text))")
    case .expression(let expression): outline(expression)
    }
  }

  private static func outline(_ function: FunctionDefinition) -> Node {
    let parameters = function.parameters.map { printer.print($0) }.joined(separator: ", ")
    let body =
      switch function.body {
      case .query(let query): outline(query)
      case .expression(let expression): outline(expression)
      }
    return Node("def \(printer.print(function.name))(\(parameters))", [body])
  }

  private static func outline(_ definition: Definition) -> Node {
    let id = definition.id.map { " \(printer.print($0))" } ?? ""
    return Node("define \(definition.kind.text)\(id)", definition.entries.map { Node(printer.print($0)) })
  }

  // MARK: - Expressions

  static func outline(_ expression: Expression) -> Node {
    switch expression.kind {
    case .number: leaf("number", expression)
    case .string: leaf("string", expression)
    case .time: leaf("time", expression)
    case .duration: leaf("duration", expression)
    case .truth, .none: leaf("literal", expression)
    case .path: leaf("path", expression)
    case .call(let name, let arguments): Node("call \(name.text)", arguments.map(outline))
    case .unary(let prefix, let inner): Node("unary \(prefix.rawValue)", [outline(inner)])
    case .binary(let comparison, let left, let right):
      Node("binary \(comparison.rawValue)", [outline(left), outline(right)])
    case .between(let value, let first, let last): Node("between", [value, first, last].map(outline))
    case .within(let value, let length, let time): Node("within", [value, length, time].map(outline))
    case .member(let value, let list): Node("in", [outline(value), Node("list", list.map(outline))])
    case .memberOfQuery(let value, let query): Node("in", [outline(value), outline(query)])
    case .query(let query): outline(query)
    }
  }

  private static func leaf(_ kind: String, _ expression: Expression) -> Node {
    Node("\(kind) \(printer.print(expression))")
  }
}
