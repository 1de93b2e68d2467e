import Glibc
import KhabarSyntax
import KhabarText

/// The files that a session has read with `import`, and those that it is reading.
struct Imports: Sendable {
  /// What is being read, outermost first: how messages call it, and which file it is.
  private(set) var open: [(name: String, file: String)] = []
  private(set) var done: Set<String> = []
  /// The folder of the text that is being run, not of one that it imports; nil: none is being run.
  private(set) var root: String?

  /// To be called at the beginning of each text, with its folder; at its end comes `leave` with what this gave.
  mutating func enter(_ source: SourceText, in folder: String) -> Imports {
    let before = self
    if root == nil {
      root = folder
      if let file = Self.file(source.name) { open.append((source.name, file)) }
    }
    return before
  }

  mutating func enter(_ name: String, _ file: String) { open.append((name, file)) }

  mutating func leaveFile() { open.removeLast() }

  /// As it was before a text; by default, as when none is being run.
  mutating func leave(_ before: Imports = Imports()) {
    open = before.open
    root = before.root
  }

  mutating func finish(_ file: String) { done.insert(file) }

  /// Which file a path leads to, however it is written; nil where there is none.
  static func file(_ path: String) -> String? {
    if path.hasPrefix(ModelFiles.builtInPrefix) { return path }
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

extension Session {
  /// Where relative paths in a text begin, with `/` at its end; empty: in the working directory.
  func folder(of source: SourceText) -> String {
    if let end = source.name.utf8.lastIndex(of: UInt8(ascii: "/")) { return String(source.name[...end]) }
    return baseFolder
  }

  var baseFolder: String {
    guard let baseDirectory, !baseDirectory.isEmpty else { return "" }
    return baseDirectory.hasSuffix("/") ? baseDirectory : baseDirectory + "/"
  }

  mutating func enter(_ source: SourceText) -> Imports { imports.enter(source, in: folder(of: source)) }

  /// The path of a file that a text names.
  func path(_ path: String, from source: SourceText) -> String {
    if path.hasPrefix("/") || path.hasPrefix(ModelFiles.builtInPrefix) { return path }
    return folder(of: source) + path
  }

  /// Runs the statements of another file here, the first time that it is named.
  mutating func load(_ name: Name, _ run: Run) throws {
    let path = path(name.text, from: run.source)
    let file = Imports.file(path) ?? path
    if imports.done.contains(file) { return }
    if let first = imports.open.firstIndex(where: { $0.file == file }) {
      let chain = imports.open[first...].map(\.name) + [path]
      throw KhabarError([ImportError.cycle(chain).diagnostic(at: name.span)], in: run.source)
    }
    let source = try imported(path, as: name, from: run.source)
    imports.enter(path, file)
    defer { imports.leaveFile() }
    if run.isDry {
      let problems = problems(in: source)
      if !problems.isEmpty { throw KhabarError(problems) }
    } else {
      var inner = run
      inner.source = source
      inner.isImported = true
      try self.run(inner)
    }
    imports.finish(file)
  }

  /// The text of a file that another text imports.
  private func imported(_ path: String, as name: Name, from source: SourceText) throws -> SourceText {
    do {
      if path.hasPrefix(ModelFiles.builtInPrefix) { return try ModelFiles.source(ofModel: path) }
      readLog?.note(path)
      let place = try readableFile(path, at: name.span, from: source)
      return try ModelFiles.source(ofImport: path, at: place)
    } catch let error as KhabarError {
      throw error.placed(at: name.span, in: source)
    }
  }

  /// The values given for parameters that neither a text nor what it imports has.
  package func unknownParameterValues(for source: SourceText) -> KhabarError? {
    if parameterValues.isEmpty { return nil }
    var seen: Set<String> = []
    var session = self
    _ = session.enter(source)
    let declared = session.parameters(of: source, &seen)
    let unknown = parameterValues.keys.filter { !declared.contains($0) }.sorted()
    if unknown.isEmpty { return nil }
    return KhabarError(
      unknown.map {
        (ImportError.noParameter($0, declared).diagnostic(at: .none), SourceText(name: "", text: ""))
      })
  }

  private func parameters(of source: SourceText, _ seen: inout Set<String>) -> [String] {
    var names: [String] = []
    for statement in Parser.parse(source).script.statements {
      switch statement.kind {
      case .parameter(let name, _): names.append(name.text)
      case .import(let name):
        let path = path(name.text, from: source)
        guard seen.insert(Imports.file(path) ?? path).inserted,
          let other = try? imported(path, as: name, from: source)
        else { continue }
        names += parameters(of: other, &seen)
      default: break
      }
    }
    return names
  }
}

/// What can be wrong with files and parameters that a script asks for.
private enum ImportError {
  case cycle([String])
  case noParameter(String, [String])

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .cycle(let chain):
      return Diagnostic(
        "E0616", "`\(chain.last ?? "")` is being read already", at: span,
        notes: ["it imports itself: \(chain.joined(separator: " → "))"],
        help: ["put what both need into a third file"])
    case .noParameter(let name, let declared):
      let near = EditDistance.nearest(to: name, among: declared)
      let list = declared.isEmpty ? "it has none" : "parameters: \(declared.joined(separator: ", "))"
      return Diagnostic(
        "E0617", "the script has no parameter `\(name)`", at: span, notes: [list],
        help: near.map { ["did you mean `\($0)`?"] } ?? [])
    }
  }
}

extension KhabarError {
  /// The same, where a statement has caused it.
  fileprivate func placed(at span: Span, in source: SourceText) -> KhabarError {
    KhabarError(
      diagnostics.map {
        Diagnostic($0.diagnostic.id, $0.diagnostic.message, at: span, help: $0.diagnostic.help)
      }, in: source)
  }
}
