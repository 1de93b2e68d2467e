import Glibc
import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

// Which models there are, and which are open.
extension Shell {
  func open(_ line: DotLine) throws {
    guard !line.words.isEmpty else { return runner.tell("open: \(summary)") }
    let paths = try line.words.map { try readable($0, line) }
    guard let model = try load(paths) else { return }
    if let warnings = model.warnings { runner.style.report(warnings, most: 3) }
    replaceModel(by: model)
    runner.tell("open: \(summary)")
  }

  /// Nil: Ctrl-C came first, and all stays as it was.
  private func load(_ paths: [String]) throws -> Model? {
    guard isInteractive else { return try ModelFiles.load(paths) }
    let run = BackgroundRun<Result<Model, any Error>> { run in run.send(Result { try ModelFiles.load(paths) })
    }
    let loaded = run.next { Signals.interruptRequested }
    if loaded == nil { runner.tell("interrupted") }
    return try loaded?.get()
  }

  /// Without names all is closed, else what is named.
  func close(_ line: DotLine) throws {
    let open = runner.session.model.loadedFiles
    var left = line.words.isEmpty ? [] : open
    for word in line.words {
      let path = HomeDirectory.expand(word.text)
      guard let index = left.firstIndex(where: { $0 == path || $0 == ModelFiles.builtInPrefix + path }) else {
        throw line.error(
          "E0636", "`\(word.text)` is not open", at: word,
          help: open.isEmpty ? "nothing is open" : "open: \(open.joined(separator: ", "))")
      }
      left.remove(at: index)
    }
    replaceModel(by: left.isEmpty ? Model.empty : try ModelFiles.load(left))
    runner.tell(left.isEmpty ? "nothing is open; `.open MODEL` loads a model" : "open: \(summary)")
  }

  private func replaceModel(by model: Model) {
    var session = Session(model)
    session.language = runner.session.language
    session.parameterValues = runner.session.parameterValues
    session.baseDirectory = runner.session.baseDirectory
    session.fileAccess = runner.session.fileAccess
    session.keepsAnswers = runner.session.keepsAnswers
    let names = runner.session.boundNames.filter { $0 != Session.answerName } + runner.session.definedNames
    runner.session = session
    if !names.isEmpty { runner.tell(VisibleText.escape("no longer bound: \(names.joined(separator: ", "))")) }
  }

  // MARK: - .models

  func showModels() throws {
    let open = runner.session.model.loadedFiles
    let builtIn = Model.builtInNames.map { ModelFiles.builtInPrefix + $0 }
    let rows = (open + builtIn.filter { !open.contains($0) }).map { name -> [KhabarPlan.Value] in
      let counts = try? ModelCounts(ModelFiles.source(ofModel: name))
      let numbers = [counts?.events, counts?.reports, counts?.actors, counts?.places, counts?.articles]
      return [.text(name), .text(open.contains(name) ? "open" : "")]
        + numbers.map { $0.map { .number(Double($0)) } ?? .missing }
    }
    let numbers = ["events", "reports", "actors", "places", "articles"].map {
      ResultTable.Column($0, .number)
    }
    try runner.write(
      ResultTable(
        columns: [.init("id", .text), .init("state", .text)] + numbers, rows: rows,
        store: runner.session.model.store))
  }
}

/// What a model's text defines, without the work of loading it.
private struct ModelCounts {
  var events = 0
  var reports = 0
  var actors = 0
  var places = 0
  var articles = 0

  init(_ source: SourceText) {
    for statement in Parser.parse(source).script.statements {
      guard case .define(let definition) = statement.kind else { continue }
      let kind = DefinitionKind(rawValue: definition.kind.text)
      switch kind?.entity {
      case .event: events += 1
      case .actor: actors += 1
      case .place: places += 1
      case .article: articles += 1
      default: if kind == .report { reports += 1 }
      }
    }
  }
}

/// `~` as shells read it.
enum HomeDirectory {
  static func expand(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Terminal.environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}
