import Glibc
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// A statement that changed what the session knows, as it was written.
struct JournalEntry: Sendable {
  /// What it names, if it is a `let`, a `def` or a `param`.
  var name: String?
  var source: SourceText
}

extension Session {
  /// Notes a statement that has been run, unless it stands in a file that is imported: then the `import` is noted.
  mutating func note(_ statements: ArraySlice<Statement>, _ run: Run) {
    guard !run.isDry, !run.isImported, let first = statements.first, let last = statements.last else {
      return
    }
    var name: String?
    switch first.kind {
    case .letBinding(let bound, _): name = bound.text
    case .function(let function): name = function.name.text
    case .parameter(let parameter, _): name = parameter.text
    case .define, .import: break
    case .set(let setting, _): if setting.text == "lang" { return }
    case .query, .explain, .assert, .expect, .print: return
    }
    let span = Span(first.span.lower, last.span.upper)
    let line = run.source.position(of: span.lower).line
    let text = withoutAnswer(first) ?? run.source.text(span)
    let source = SourceText(name: run.source.name, text: text, firstLine: line)
    journal.append(JournalEntry(name: name, source: source))
  }

  /// What a statement that speaks of the last answer says without that name, which stands for something else each time.
  private func withoutAnswer(_ statement: Statement) -> String? {
    guard keepsAnswers, TreePrinter.print(statement).contains(Session.answerName) else { return nil }
    switch statement.kind {
    case .letBinding(let name, _):
      return bindings.last.map { SyntaxPrinter().print(Statement(.letBinding(name, $0.query), span: .none)) }
    case .function(let function):
      return functions[function.name.text].map {
        SyntaxPrinter().print(Statement(.function($0), span: .none))
      }
    default: return nil
    }
  }

  /// What a `let`, a `def` or a `param` of this session says, as it was written.
  package func text(ofName name: String) -> String? {
    journal.last { $0.name == name }?.source.text
  }

  /// The session as a script: run over the same model, it binds the same. Paths in it are absolute.
  package var script: String {
    var lines = ["# A session over \(model.name)"]
    if language != "en" { lines.append("set lang \(language)") }
    return (lines + journal.map { withAbsolutePaths($0.source) }).joined(separator: "\n") + "\n"
  }

  /// The same session over the model as its files say it now.
  package func reloaded() throws -> Session {
    var session = Session(try model.reloaded())
    session.parameterValues = parameterValues
    session.baseDirectory = baseDirectory
    session.fileAccess = fileAccess
    for entry in journal { try session.run(entry.source) { _, _, _ in } }
    session.language = language
    return session
  }

  // MARK: - Paths

  /// The text with the paths after `table` and `import` as they are from anywhere.
  private func withAbsolutePaths(_ source: SourceText) -> String {
    let tokens = Lexer.tokens(of: source).tokens
    var text: [UInt8] = []
    var end = 0
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      guard case .word(let word) = token.kind, Keyword.table.spells(word) || Keyword.import.spells(word),
        case .string(let path) = next.kind, !path.hasPrefix("/"), !path.hasPrefix(ModelFiles.builtInPrefix)
      else { continue }
      text += source.utf8[end..<next.span.lower]
      text += Array(SyntaxPrinter().quote(absolute(folder(of: source) + path)).utf8)
      end = next.span.upper
    }
    return String(decoding: text + source.utf8[end...], as: UTF8.self)
  }

  private func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
    defer { free(directory) }
    return String(cString: directory) + "/" + path
  }
}

extension Model {
  /// The model of the same files as they are now, with the texts that are attached to their articles.
  func reloaded() throws -> Model {
    var model = try ModelFiles.load(files)
    for (article, text) in store.texts {
      let id = store.articles[Int(article)].id
      guard let found = model.store.articles.firstIndex(where: { $0.id == id }),
        model.store.articles[found].sha256 == store.articles[Int(article)].sha256
      else { continue }
      if model.store.texts[Int32(found)] == nil { model = model.attaching(text, to: Int32(found)) }
    }
    return model
  }

  /// The files that it was loaded from, built-in models left out.
  package var filesOnDisk: [String] { files.filter { !$0.hasPrefix(ModelFiles.builtInPrefix) } }

  /// All that it was loaded from.
  package var loadedFiles: [String] { files }
}
