import EDTF
import KhabarText

/// Writes a tree as canonical text, in English or Arabic.
///
///     meetings WITH Lavrov,  'in' Moscow   →   meetings with Lavrov in Moscow
///     planned meetings in Moscow           →   meetings المخططة في Moscow          (Arabic)
///
/// Parsing what is printed gives an equal tree, so printing it again gives the same text. Only what the parser
/// knows as a keyword is translated: names, fields and nouns of the vocabulary stay as the author spelled them.
package struct SyntaxPrinter {
  package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case arabic = "ar"
  }

  let language: Language
  /// Within `{ }` of a printed string, where the quotes of strings are escaped.
  var isInsideString = false
  /// Within a query, where a bare word is a field of the row before it is a query of its own.
  var hasRow = false
  /// In Arabic, adjectives before their noun: there they show that a query begins.
  var adjectivesLead = false

  package init(_ language: Language = .english) { self.language = language }

  // MARK: - Statements

  /// Every statement on a line of its own, or on several where it is too long for one; each line ended.
  package func print(_ script: Script) -> String {
    script.statements.reduce(into: "") { $0 += StatementLayout.lines(of: print($1)) + "\n" }
  }

  /// On one line, however long, and the lines that an `expect` has below it.
  package func print(_ statement: Statement) -> String {
    switch statement.kind {
    case .query(let query): print(query)
    case .letBinding(let name, let query): "\(word(.let)) \(print(name)) = \(print(query))"
    case .define(let definition): print(definition)
    case .set(let name, let setting): "\(word(.set)) \(print(name)) \(print(setting))"
    case .function(let function): print(function)
    case .parameter(let name, let value): "\(word(.param)) \(print(name)) = \(print(value))"
    case .import(let file): "\(word(.import)) \(print(file))"
    case .explain(let query, let isRun): "\(word(.explain)) \(isRun ? word(.run) + " " : "")\(print(query))"
    case .assert(let expression, let message):
      "\(word(.assert)) \(print(expression))" + (message.map { comma + print($0) } ?? "")
    case .expect(let query, let table):
      "\(word(.expect)) \(print(query))"
        + table.lines.reduce(into: "") { $0 += "\n" + ExpectedTable.written($1) }
    case .print(let interpolation): "\(word(.print)) \(print(interpolation))"
    }
  }

  private func print(_ function: FunctionDefinition) -> String {
    let parameters = function.parameters.map(print).joined(separator: comma)
    let head = "\(word(.def)) \(print(function.name))(\(parameters)) = "
    switch function.body {
    case .query(let query): return head + printBody(query)
    case .expression(let expression):
      // In parentheses where it could be a query: `def f() = (rows)`.
      let text = inRow.print(expression)
      let script = Parser.parse(SourceText(name: "", text: head + text)).script
      return head + (script.statements.map(\.kind) == [.function(function)] ? text : "(\(text))")
    }
  }

  var inRow: SyntaxPrinter {
    var printer = self
    printer.hasRow = true
    return printer
  }

  // MARK: - Names

  /// A name is quoted where it was, and where it could not stand bare.
  func print(_ name: Name) -> String {
    name.isQuoted || !Self.isWord(name.text) ? quote(name.text) : name.text
  }

  /// `A, B` · `any of A, B` · `exactly A`
  func print(_ list: NameList) -> String {
    let names = list.names.map(print).joined(separator: comma)
    switch list.quantifier {
    case .all: return names
    case .any: return "\(word(.anyOf)) \(names)"
    case .exactly: return "\(word(.exactly)) \(names)"
    }
  }

  /// A setting's value is quoted where it would not be read as it is.
  private func print(_ setting: Setting) -> String {
    let script = Parser.parse(SourceText(name: "", text: "set x \(setting.text)")).script
    let isPlain = script.statements.map(\.kind) == [.set(Name("x"), setting)]
    return isPlain ? setting.text : quote(setting.text)
  }

  var comma: String { language == .arabic ? "، " : ", " }
}
