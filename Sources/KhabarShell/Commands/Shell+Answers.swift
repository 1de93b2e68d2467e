import Khabar
import KhabarEval
import KhabarModel
import KhabarRender
import KhabarSyntax
import KhabarText

// Commands about the last answer and the next.
extension Shell {
  // MARK: - The next answer

  func sendOnce(_ line: DotLine) throws {
    let text = line.rest.text
    guard text.first == "|" else {
      guard let file = line.words.first, line.words.count == 1 else {
        throw line.error(
          "E0610", "expected a file or `|COMMAND`", at: line.words.count > 1 ? line.words[1] : line.name,
          help: "for example `.once answer.csv`; a name with blanks is quoted")
      }
      runner.destination = .file(try writable(file, line))
      return
    }
    let command = String(text.dropFirst().drop { $0.isWhitespace })
    guard !command.isEmpty else {
      throw line.error(
        "E0610", "expected a command after `|`", at: line.rest, help: "for example `.once |wc -l`")
    }
    try checkMayRunCommands(line.rest, line)
    runner.destination = .command(command)
  }

  // MARK: - The last answer

  func showLast(_ line: DotLine) throws {
    let table = try lastAnswer(line)
    try runner.write(table, as: format(line))
  }

  private func lastAnswer(_ line: DotLine) throws -> ResultTable {
    if let table = runner.last { return table }
    throw line.error("E0647", "there is no answer yet", at: line.name, help: "ask something first: `events`")
  }

  func showReports(_ line: DotLine) throws {
    let table = try lastAnswer(line)
    let row = try row(line, of: table)
    let reports = try Evidence.reports(
      behind: row, of: table, control: RunControl { Signals.interruptRequested })
    guard !reports.isEmpty else {
      return runner.tell("no report is behind row \(row + 1): it is what the model or a table says")
    }
    guard runner.format == .table else { return try runner.write(Evidence.table(of: reports, in: table)) }
    try runner.answer { stream, options in
      EvidenceWriter(table.store, texts: texts, options: options).write(reports, to: &stream)
    }
    let store = table.store
    let articles = Set(reports.map { store.articles[Int(store.reports.article[Int($0)])] })
    let missing = articles.filter { $0.sha256 != nil && texts[$0.id] == nil }.map(\.id).sorted()
    if !missing.isEmpty {
      runner.tell("`.attach FILE` with the text of \(missing.joined(separator: ", ")) shows what is quoted")
    }
  }

  /// The texts at hand, by their articles' ids.
  private var texts: [String: ArticleText] {
    let store = runner.session.model.store
    return Dictionary(store.texts.map { (store.id(.article, $0), $1) }) { first, _ in first }
  }

  /// The position of the row that is asked about: of an answer with one row, that one.
  private func row(_ line: DotLine, of table: ResultTable) throws -> Int {
    let count = table.rows.count
    guard count > 0 else { throw line.error("E0648", "the last answer has no rows", at: line.name) }
    guard let word = line.words.first else {
      if count == 1 { return 0 }
      throw line.error(
        "E0648", "which of the \(count) rows?", at: line.name, help: "write its number: `.why 1`")
    }
    guard let number = Int(word.text), (1...count).contains(number) else {
      throw line.error(
        "E0648", "the last answer has no row `\(word.text)`", at: word,
        help: "write the number of a row, 1 to \(count)")
    }
    return number - 1
  }

  // MARK: - Two answers

  func showDifference(_ line: DotLine) throws {
    let before = try lastAnswer(line)
    let after = try answer(line)
    guard before.columns == after.columns else {
      let names = { (table: ResultTable) in table.columns.map(\.name).joined(separator: ", ") }
      throw line.error(
        "E0649", "the two answers have other columns: \(names(before)); \(names(after))", at: line.rest,
        help: "`select` the same columns in both")
    }
    let difference = TableDifference(before, after)
    if difference.isNone { return runner.tell("no difference: \(before.rows.count) rows in both") }
    try runner.write(difference.table)
    runner.tell(difference.summary)
  }

  /// The answer to the query after a command's name.
  private func answer(_ line: DotLine) throws -> ResultTable {
    guard !line.rest.text.isEmpty else {
      throw line.error(
        "E0610", "expected a query after `\(line.name.text)`", at: line.name,
        help: "for example `\(line.name.text) meetings in Moscow`")
    }
    var session = runner.session
    var answers: [ResultTable] = []
    try session.run(line.query, control: RunControl(limits: runner.limits) { Signals.interruptRequested }) {
      outcome, _, _ in
      if case .result(let table) = outcome { answers.append(table) }
    }
    guard let table = answers.first, answers.count == 1 else {
      throw line.error(
        "E0610", "expected a query after `\(line.name.text)`", at: line.rest,
        help: "for example `\(line.name.text) meetings in Moscow`")
    }
    return table
  }

  // MARK: - Looks

  private func format(_ line: DotLine) throws -> OutputFormat? {
    guard let word = line.words.first else { return nil }
    guard let format = OutputFormat(rawValue: Folding.fold(word.text)) else {
      throw wrong(word, in: line, expected: "a format", among: OutputFormat.allCases.map(\.rawValue))
    }
    return format
  }

  // MARK: - Texts

  func attachText(_ line: DotLine) throws {
    guard let word = line.words.first, line.words.count == 1 else {
      let attached = texts.keys.sorted()
      return runner.tell(
        attached.isEmpty ? "no text is attached" : "attached: \(attached.joined(separator: ", "))")
    }
    let bytes = try ModelFiles.bytes(ofFile: try readable(word, line))
    let before = Set(texts.keys)
    try runner.session.attach(text: bytes)
    let new = Set(texts.keys).subtracting(before).sorted()
    runner.tell(new.isEmpty ? "attached already" : "attached: \(new.joined(separator: ", "))")
  }
}
