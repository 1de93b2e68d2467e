import KhabarShell
import KhabarSyntax

// The Language Server Protocol (3.17) over standard input and output: what is wrong with a script while it is written, what
// may come next, what a name means, where it was bound, and the canonical layout. It runs no query and writes no file.

/// Answers an editor.
package struct LanguageServer {
  private var stream: MessageStream
  private var models: [String]
  private var services: EditorServices?
  private var documents: [String: OpenDocument] = [:]
  private var encoding = OpenDocument.Encoding.utf16
  private var isInitialized = false
  private var isShutDown = false

  package init(input: Int32, output: Int32, models: [String]) {
    stream = MessageStream(input: input, output: output)
    self.models = models
  }

  /// Answers until the editor leaves; the exit status.
  package mutating func run() -> Int32 {
    while let incoming = stream.next() {
      guard case .message(let message) = incoming else {
        fail(.null, -32700, "the message is no JSON")
        continue
      }
      guard let method = message["method"].text else {
        if message["id"] != .null, message["result"] == .null, message["error"] == .null {
          fail(message["id"], -32600, "the message has no method")
        }
        continue
      }
      if method == "exit" { return isShutDown ? 0 : 1 }
      if message["id"] == .null { notice(method, message["params"]) } else { answer(method, message) }
    }
    return isShutDown ? 0 : 1
  }

  private func fail(_ id: JSONValue, _ code: Int, _ text: String) {
    let error = JSONValue.object(["code": .number(Double(code)), "message": .string(text)])
    stream.send(.object(["jsonrpc": .string("2.0"), "id": id, "error": error]))
  }

  // MARK: - Requests

  private mutating func answer(_ method: String, _ message: JSONValue) {
    let (id, parameters) = (message["id"], message["params"])
    if isShutDown { return fail(id, -32600, "the server is shut down") }
    if !isInitialized, method != "initialize" { return fail(id, -32002, "the server is not initialized") }
    let result: JSONValue
    switch method {
    case "initialize": result = initialize(parameters)
    case "shutdown":
      isShutDown = true
      result = .null
    case "textDocument/completion": result = completion(parameters)
    case "textDocument/hover": result = hover(parameters)
    case "textDocument/definition": result = definition(parameters)
    case "textDocument/formatting": result = formatting(parameters)
    case "textDocument/documentSymbol": result = symbols(parameters)
    default: return fail(id, -32601, "there is no method `\(method)`")
    }
    stream.send(.object(["jsonrpc": .string("2.0"), "id": id, "result": result]))
  }

  private mutating func initialize(_ parameters: JSONValue) -> JSONValue {
    isInitialized = true
    let known = parameters["capabilities"]["general"]["positionEncodings"].items.compactMap(\.text)
    encoding = known.lazy.compactMap { OpenDocument.Encoding(rawValue: $0) }.first ?? .utf16
    let given = parameters["initializationOptions"]["model"]
    let named = given.text.map { [$0] } ?? given.items.compactMap(\.text)
    if !named.isEmpty { models = named }
    do {
      services = try EditorServices(models: models)
    } catch {
      show("\(error)")
    }
    let capabilities: [String: JSONValue] = [
      "positionEncoding": .string(encoding.rawValue),
      "textDocumentSync": .object(["openClose": .bool(true), "change": .number(2)]),
      "completionProvider": .object([
        "triggerCharacters": .array([.string(" "), .string("|"), .string("\"")])
      ]),
      "hoverProvider": .bool(true), "definitionProvider": .bool(true),
      "documentFormattingProvider": .bool(true), "documentSymbolProvider": .bool(true),
    ]
    return .object([
      "capabilities": .object(capabilities),
      "serverInfo": .object(["name": .string("khabar"), "version": .string(Shell.version)]),
    ])
  }

  private func show(_ text: String) {
    let parameters = JSONValue.object(["type": .number(1), "message": .string(text)])
    stream.send(
      .object(["jsonrpc": .string("2.0"), "method": .string("window/showMessage"), "params": parameters]))
  }

  // MARK: - Notices

  private mutating func notice(_ method: String, _ parameters: JSONValue) {
    guard isInitialized, let name = parameters["textDocument"]["uri"].text else { return }
    switch method {
    case "textDocument/didOpen":
      let text = parameters["textDocument"]["text"].text ?? ""
      documents[name] = OpenDocument(name: Self.path(name), text: text, encoding: encoding)
    case "textDocument/didChange":
      for change in parameters["contentChanges"].items {
        documents[name] = documents[name]?.changed(by: change)
      }
    case "textDocument/didClose":
      documents[name] = nil
      return publish([], of: name)
    default: return
    }
    if let document = documents[name] { publish(diagnostics(of: document), of: name) }
  }

  private func publish(_ diagnostics: [JSONValue], of name: String) {
    let parameters = JSONValue.object(["uri": .string(name), "diagnostics": .array(diagnostics)])
    stream.send(
      .object([
        "jsonrpc": .string("2.0"), "method": .string("textDocument/publishDiagnostics"), "params": parameters,
      ]))
  }

  private func diagnostics(of document: OpenDocument) -> [JSONValue] {
    let problems = services?.problems(in: document.source) ?? []
    return problems.map { diagnostic, source in
      // What is wrong in an imported file is shown where that is imported: at the text's beginning.
      let isHere = source.name == document.source.name
      let help = diagnostic.notes + diagnostic.help.map { "help: \($0)" }
      return .object([
        "range": document.range(of: isHere ? diagnostic.span : .none),
        "severity": .number(diagnostic.severity == .error ? 1 : diagnostic.severity == .warning ? 2 : 3),
        "code": .string(diagnostic.id), "source": .string("khabar"),
        "message": .string(([diagnostic.message] + help).joined(separator: "\n")),
      ])
    }
  }

  /// The path of a `file:` address.
  private static func path(_ address: String) -> String {
    guard address.hasPrefix("file://") else { return address }
    var bytes: [UInt8] = []
    var rest = Array(address.utf8.dropFirst(7))[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - What stands at a place

  private func place(_ parameters: JSONValue) -> (document: OpenDocument, offset: Int)? {
    guard let name = parameters["textDocument"]["uri"].text, let document = documents[name] else {
      return nil
    }
    return (document, document.offset(of: parameters["position"]))
  }

  private func completion(_ parameters: JSONValue) -> JSONValue {
    guard let (document, offset) = place(parameters), let services else { return .null }
    let before = String(decoding: document.source.utf8[..<offset], as: UTF8.self)
    let (replacing, proposals) = services.proposals(after: before)
    let length = before.unicodeScalars.suffix(replacing).reduce(0) { $0 + String($1).utf8.count }
    let range = document.range(of: Span(max(0, offset - length), offset))
    return .array(
      proposals.enumerated().map { place, proposal in
        let order = String(place)
        return .object([
          "label": .string(proposal.insertion), "detail": proposal.note.map { .string($0) } ?? .null,
          "sortText": .string(String(repeating: "0", count: max(0, 4 - order.count)) + order),
          "filterText": .string(
            document.source.text(Span(max(0, offset - length), offset)) + proposal.insertion),
          "textEdit": .object(["range": range, "newText": .string(proposal.insertion)]),
        ])
      })
  }

  private func hover(_ parameters: JSONValue) -> JSONValue {
    guard let (document, offset) = place(parameters), let token = document.word(at: offset), let services
    else { return .null }
    let name = Self.name(token)
    let bound = binding(of: name, in: document).map { [document.source.text($0)] } ?? []
    let texts = bound + services.meanings(of: name)
    guard !texts.isEmpty else { return .null }
    let fenced = texts.map { "```\n\($0)\n```" }.joined(separator: "\n")
    return .object([
      "contents": .object(["kind": .string("markdown"), "value": .string(fenced)]),
      "range": document.range(of: token.span),
    ])
  }

  private static func name(_ token: Token) -> String {
    switch token.kind {
    case .word(let text), .string(let text): text
    default: ""
    }
  }

  private func definition(_ parameters: JSONValue) -> JSONValue {
    guard let (document, offset) = place(parameters), let token = document.word(at: offset),
      let span = binding(of: Self.name(token), in: document)
    else { return .null }
    return .object(["uri": parameters["textDocument"]["uri"], "range": document.range(of: span)])
  }

  /// The statement that gives a name its meaning in a document: the last one.
  private func binding(of name: String, in document: OpenDocument) -> Span? {
    Self.bindings(in: document.source).last { $0.name == name }?.span
  }

  private static func bindings(in source: SourceText) -> [(name: String, kind: Int, span: Span)] {
    Parser.parse(source).script.statements.compactMap { statement in
      switch statement.kind {
      case .letBinding(let name, _): (name.text, 13, statement.span)
      case .function(let function): (function.name.text, 12, statement.span)
      case .parameter(let name, _): (name.text, 14, statement.span)
      case .define(let definition): definition.id.map { ($0.text, 19, statement.span) }
      default: nil
      }
    }
  }

  private func symbols(_ parameters: JSONValue) -> JSONValue {
    guard let name = parameters["textDocument"]["uri"].text, let document = documents[name] else {
      return .null
    }
    return .array(
      Self.bindings(in: document.source).map { name, kind, span in
        .object([
          "name": .string(name), "kind": .number(Double(kind)), "range": document.range(of: span),
          "selectionRange": document.range(of: span),
        ])
      })
  }

  private func formatting(_ parameters: JSONValue) -> JSONValue {
    guard let name = parameters["textDocument"]["uri"].text, let document = documents[name] else {
      return .null
    }
    let (text, diagnostics) = ScriptFormatter.format(document.source)
    if diagnostics.contains(where: { $0.severity == .error }) || text == document.source.text {
      return .array([])
    }
    let whole = document.range(of: Span(0, document.source.utf8.count))
    return .array([.object(["range": whole, "newText": .string(text)])])
  }
}
