import Glibc
import Khabar
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarText

// What dot commands change. Without an argument each says what is so now.
extension Shell {
  func setMode(_ line: DotLine) throws {
    guard let word = line.words.first else { return runner.tell("mode: \(runner.format.rawValue)") }
    guard let format = OutputFormat(rawValue: Folding.fold(word.text)) else {
      throw wrong(word, in: line, expected: "a format", among: OutputFormat.allCases.map(\.rawValue))
    }
    runner.format = format
  }

  func setLanguage(_ line: DotLine) throws {
    guard let word = line.words.first else { return runner.tell("lang: \(runner.session.language)") }
    guard Model.isLanguage(word.text) else {
      throw wrong(word, in: line, expected: "a language", among: languages)
    }
    runner.session.language = word.text.lowercased()
  }

  func setTimer(_ line: DotLine) throws {
    runner.isTimed = try onOff(line, now: runner.isTimed)
  }

  /// What an argument `on` or `off` sets; without one, what is so now is told.
  func onOff(_ line: DotLine, now: Bool) throws -> Bool {
    guard let word = line.words.first else {
      runner.tell("\(line.name.text.dropFirst()): \(now ? "on" : "off")")
      return now
    }
    switch Folding.fold(word.text) {
    case "on": return true
    case "off": return false
    default: throw wrong(word, in: line, expected: "on or off", among: ["on", "off"])
    }
  }

  func open(_ line: DotLine) throws {
    guard !line.words.isEmpty else { return runner.tell("open: \(summary)") }
    let paths = line.words.map { HomeDirectory.expand($0.text) }
    let model = try ModelFiles.load(paths)
    if let warnings = model.warnings { runner.style.report(warnings, most: 3) }
    var session = Session(model)
    session.language = runner.session.language
    session.parameterValues = runner.session.parameterValues
    session.keepsAnswers = runner.session.keepsAnswers
    let names = runner.session.boundNames.filter { $0 != Session.answerName } + runner.session.definedNames
    runner.session = session
    runner.tell("open: \(summary)")
    if !names.isEmpty { runner.tell(VisibleText.escape("no longer bound: \(names.joined(separator: ", "))")) }
  }

  func wrong(
    _ word: DotLine.Word, in line: DotLine, expected: String, among words: [String]
  ) -> KhabarError {
    let near = EditDistance.nearest(to: word.text, among: words)
    let list = ResolutionError.list(words)
    return line.error(
      "E0610", "expected \(expected); found `\(word.text)`", at: word,
      help: near.map { "did you mean `\($0)`? there are \(list)" } ?? "write \(list)")
  }

  /// English, Arabic, and what else the model has names in.
  var languages: [String] {
    var languages = ["en", "ar"]
    for actor in runner.session.model.store.actors {
      for entry in actor.names.entries where !languages.contains(entry.language) {
        languages.append(entry.language)
      }
    }
    return languages
  }
}

/// `~` as shells read it.
enum HomeDirectory {
  static func expand(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Terminal.environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}
