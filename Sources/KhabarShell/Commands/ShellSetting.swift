import Khabar
import KhabarEval
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarText

/// Something that can be set. `.show` lists them all, `.set NAME VALUE` sets each, and some have a command of their own.
struct ShellSetting: Sendable {
  var name: String
  /// `on|off`
  var values: String
  /// One line.
  var help: String
  var value: @Sendable (Shell) -> String
  /// Takes the words after the name, of which there is at least one.
  var change: @Sendable (Shell, DotLine, ArraySlice<DotLine.Word>) throws -> Void

  static func named(_ name: String) -> ShellSetting? {
    let name = Folding.fold(name)
    return all.first { $0.name == name }
  }

  static let all: [ShellSetting] = [
    ShellSetting(
      name: "mode", values: OutputFormat.allCases.map(\.rawValue).joined(separator: "|"),
      help: "how results are written", value: { $0.runner.format.rawValue },
      change: { shell, line, words in
        shell.runner.format = try shell.choice(
          words, line, "a format", OutputFormat.allCases.map { ($0.rawValue, $0) })
      }),
    ShellSetting(
      name: "lang", values: "en|ar", help: "the language of names and labels",
      value: { $0.runner.session.language }, change: { try $0.changeLanguage($1, $2) }),
    ShellSetting(
      name: "timer", values: "on|off", help: "tell how long each statement takes",
      value: { $0.runner.isTimed ? "on" : "off" },
      change: { $0.runner.isTimed = try $0.onOrOff($2, $1) }),
    ShellSetting(
      name: "progress", values: "on|off", help: "say how far a statement is that takes long",
      value: { $0.runner.showsProgress ? "on" : "off" },
      change: { $0.runner.showsProgress = try $0.onOrOff($2, $1) }),
    ShellSetting(
      name: "hint", values: "on|off", help: "say at the right what may come next",
      value: { $0.showsHint ? "on" : "off" }, change: { $0.showsHint = try $0.onOrOff($2, $1) }),
    ShellSetting(
      name: "limit", values: "time 10s|rows N|memory 500MB|off", help: "what a statement may use up",
      value: { LimitText.description($0.runner.limits) }, change: { try $0.changeLimit($1, $2) }),
    ShellSetting(
      name: "pager", values: "COMMAND|on|off", help: "what shows long answers",
      value: { $0.runner.look.pagerCommand ?? "off" }, change: { try $0.changePager($1, $2) }),
    ShellSetting(
      name: "width", values: "COLUMNS|auto|unlimited", help: "how wide tables are",
      value: { $0.runner.look.widthText }, change: { try $0.changeWidth($1, $2) }),
    ShellSetting(
      name: "null", values: "TEXT|auto", help: "what stands for a missing value",
      value: { $0.runner.look.null.map { "\"\($0)\"" } ?? "auto" },
      change: { shell, line, words in
        let word = try shell.one(words, line)
        shell.runner.look.null = word.text == "auto" ? nil : VisibleText.escape(word.text)
      }),
    ShellSetting(
      name: "numbers", values: "on|off", help: "number the rows of tables on the terminal",
      value: { $0.runner.look.numbersRows ? "on" : "off" },
      change: { $0.runner.look.numbersRows = try $0.onOrOff($2, $1) }),
  ]
}

extension Shell {
  /// What `.mode`, `.lang` and the like do: says what is set, or sets it.
  func set(_ name: String, _ line: DotLine) throws {
    guard let setting = ShellSetting.named(name) else { return }
    guard !line.words.isEmpty else {
      return runner.tell("\(name): \(VisibleText.escape(setting.value(self)))")
    }
    try setting.change(self, line, line.words[...])
  }

  /// `.set NAME VALUE`
  func set(_ line: DotLine) throws {
    guard let first = line.words.first else { return try showSettings(line) }
    guard let setting = ShellSetting.named(first.text) else {
      let names = ShellSetting.all.map(\.name)
      let near = EditDistance.nearest(to: first.text, among: names)
      throw line.error(
        "E0635", "there is no setting `\(first.text)`", at: first,
        help: near.map { "did you mean `.set \($0)`?" } ?? "settings: \(names.joined(separator: ", "))")
    }
    let words = line.words.dropFirst()
    guard !words.isEmpty else {
      return runner.tell("\(setting.name): \(VisibleText.escape(setting.value(self)))")
    }
    try setting.change(self, line, words)
  }

  /// `.show`
  func showSettings(_ line: DotLine) throws {
    let rows = ShellSetting.all.map { setting in
      [setting.name, setting.value(self), setting.help, setting.values].map { KhabarPlan.Value.text($0) }
    }
    let columns = ["setting", "value", "meaning", "values"].map { ResultTable.Column($0, .text) }
    try runner.write(ResultTable(columns: columns, rows: rows, store: runner.session.model.store))
  }

  // MARK: - Values

  fileprivate func changeLanguage(_ line: DotLine, _ words: ArraySlice<DotLine.Word>) throws {
    let word = try one(words, line)
    guard Model.isLanguage(word.text) else {
      throw wrong(word, in: line, expected: "a language", among: languages)
    }
    runner.session.language = word.text.lowercased()
  }

  fileprivate func changeLimit(_ line: DotLine, _ words: ArraySlice<DotLine.Word>) throws {
    guard let first = words.first else { return }
    if Folding.fold(first.text) == "off", words.count == 1 { return runner.limits = RunLimits() }
    guard let kind = LimitText.Kind(rawValue: Folding.fold(first.text)) else {
      let kinds = LimitText.Kind.allCases.map(\.rawValue) + ["off"]
      throw wrong(first, in: line, expected: "what is limited", among: kinds)
    }
    let value = words.dropFirst().map(\.text).joined(separator: " ")
    if Folding.fold(value) == "off" {
      switch kind {
      case .time: runner.limits.nanoseconds = nil
      case .rows: runner.limits.rows = nil
      case .memory: runner.limits.bytes = nil
      case .threads: runner.limits.threads = nil
      }
    } else if !LimitText.set(kind, value, in: &runner.limits) {
      throw line.error(
        "E0610",
        value.isEmpty ? "expected \(kind.expected)" : "expected \(kind.expected); found `\(value)`",
        at: words.last ?? first, help: "write `off` for none")
    }
  }

  /// A command may have several words.
  fileprivate func changePager(_ line: DotLine, _ words: ArraySlice<DotLine.Word>) throws {
    guard let first = words.first else { return }
    let text = line.source.text(Span(first.span.lower, line.rest.span.upper))
    switch Folding.fold(text) {
    case "on", "auto": runner.look.paging = .automatic
    case "off": runner.look.paging = .off
    default:
      try checkMayRunCommands(first, line)
      runner.look.paging = .command(text)
    }
  }

  fileprivate func changeWidth(_ line: DotLine, _ words: ArraySlice<DotLine.Word>) throws {
    let word = try one(words, line)
    switch Folding.fold(word.text) {
    case "auto": runner.look.width = .fitted
    case "unlimited": runner.look.width = .unlimited
    case let text:
      guard let columns = Int(text), (1...10_000).contains(columns) else {
        throw line.error(
          "E0610", "expected a number of columns; found `\(word.text)`", at: word,
          help: "write a number from 1 to 10000, `auto` or `unlimited`")
      }
      runner.look.width = .columns(columns)
    }
  }

  fileprivate func onOrOff(_ words: ArraySlice<DotLine.Word>, _ line: DotLine) throws -> Bool {
    try choice(words, line, "on or off", [("on", true), ("off", false)])
  }

  fileprivate func choice<T>(
    _ words: ArraySlice<DotLine.Word>, _ line: DotLine, _ expected: String, _ choices: [(String, T)]
  ) throws -> T {
    let word = try one(words, line)
    let key = Folding.fold(word.text)
    guard let chosen = choices.first(where: { $0.0 == key }) else {
      throw wrong(word, in: line, expected: expected, among: choices.map(\.0))
    }
    return chosen.1
  }

  fileprivate func one(_ words: ArraySlice<DotLine.Word>, _ line: DotLine) throws -> DotLine.Word {
    guard let word = words.first else { throw line.error("E0610", "expected a value", at: line.name) }
    if let second = words.dropFirst().first {
      throw line.error("E0610", "expected one word; found `\(second.text)` after it", at: second)
    }
    return word
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

extension AnswerLook {
  /// `auto`, `60`, `unlimited`
  fileprivate var widthText: String {
    switch width {
    case .fitted: "auto"
    case .columns(let columns): String(columns)
    case .unlimited: "unlimited"
    }
  }
}
