import Glibc
import Khabar
import KhabarEval
import KhabarRender
import KhabarSyntax
import KhabarText

/// Runs statements and writes what they give: results to standard output, everything else to standard error.
package final class StatementRunner {
  package var session: Session
  package var format: OutputFormat
  /// Whether the time that each statement takes is told.
  package var isTimed = false
  /// How answers look.
  var look = AnswerLook()
  /// Where the next answer goes.
  var destination = Destination.screen
  /// The last answer, for commands about it.
  private(set) var last: ResultTable?
  /// How many answers there have been.
  private(set) var answerCount = 0
  /// Whether the text that is being run has written something.
  private var hasWritten = false
  /// What each statement may use up.
  package var limits = RunLimits()
  /// Whether a run that takes long says how far it is.
  package var showsProgress = true
  let style: OutputStyle
  let output = OutputFile(STDOUT_FILENO)
  let errors = OutputFile(STDERR_FILENO)
  /// Whether Ctrl-C stops a run and not the process.
  private let isInterruptible: Bool

  package init(_ session: Session, format: OutputFormat, style: OutputStyle, isInterruptible: Bool = false) {
    self.session = session
    self.format = format
    self.style = style
    self.isInterruptible = isInterruptible
    if isInterruptible { output.isDropped = { Signals.interruptRequested } }
  }

  private func isCancelled() -> Bool { isInterruptible && Signals.interruptRequested }

  /// Runs the statements of a text up to the first that fails, whose message is written; false: one has.
  @discardableResult
  package func run(_ source: SourceText) -> Bool {
    let start = Stopwatch()
    hasWritten = false
    defer { if isTimed { tell("time: \(start.elapsed)") } }
    do {
      let meter = ProgressMeter(errors)
      if isInterruptible || limits.nanoseconds != nil || (showsProgress && meter.canShow) {
        try runInBackground(source, meter)
      } else {
        try runHere(source)
      }
      output.flush()
      return true
    } catch {
      output.flush()
      report(error)
      return false
    }
  }

  private func runHere(_ source: SourceText) throws {
    var running = session
    defer { session = running }
    try running.run(source, control: RunControl(limits: limits)) { outcome, session, source in
      self.session = session
      try write(outcome, of: source, in: session)
    }
  }

  /// What a run in the background sends.
  private enum Message: Sendable {
    /// What a statement gave, and the session after it.
    case outcome(Session.Outcome, Session, SourceText)
    /// Why the answer before has no rows.
    case funnel(Funnel)
    case failed(any Error)
  }

  private func runInBackground(_ source: SourceText, _ meter: ProgressMeter) throws {
    let control = RunControl(limits: limits)
    let run = BackgroundRun<Message> { [session] run in
      var session = session
      do {
        try session.run(source, control: control) { outcome, session, source in
          run.send(.outcome(outcome, session, source))
          guard case .result(let table) = outcome else { return }
          let funnel = session.funnel(of: table, in: source, control: control)
          if let funnel { run.send(.funnel(funnel)) }
        }
      } catch {
        run.send(.failed(error))
      }
      control.finish()
    }
    var overdue: Diagnostic?
    defer { meter.erase() }
    while let message = run.next(unless: {
      // A run that does not look at the clock, within a pattern for example, is left to itself.
      overdue = control.timeError(patience: Self.patience)
      if !isCancelled() && overdue == nil {
        if showsProgress { meter.show(control.progress.state) }
        return false
      }
      control.cancel()
      return true
    }) {
      meter.erase()
      switch message {
      case .outcome(let outcome, let session, let source):
        self.session = session
        try write(outcome, of: source, in: session)
      case .funnel(let funnel): say(FunnelText(funnel, style: style).text)
      case .failed(let error): throw error
      }
    }
    meter.erase()
    if let overdue { throw KhabarError([overdue], in: source) }
    if isCancelled() { tell("interrupted") }
  }

  /// Nanoseconds after which nobody waits for a run that is over its time.
  private static var patience: Int { 100_000_000 }

  private func write(_ outcome: Session.Outcome, of source: SourceText, in session: Session) throws {
    switch outcome {
    case .none: break
    case .text(let text): try show(VisibleText.escapeLines(text) + (text.hasSuffix("\n") ? "" : "\n"))
    case .result(let table):
      last = table
      try check(table)
      answerCount += 1
      try separate()
      try write(table)
    }
    if !isCancelled() { warn(outcome, session.warnings, in: source) }
  }

  /// A text of a script: for readers among the answers, for programs out of their way.
  private func show(_ text: String) throws {
    if format.isData || [.dot, .svg].contains(format), destination == .screen {
      errors.write(text)
      return errors.flush()
    }
    try separate()
    try write(text)
  }

  /// An empty line between what stands in one output, where the format would not show the end of an answer.
  private func separate() throws {
    defer { hasWritten = true }
    guard hasWritten, destination == .screen else { return }
    switch format {
    case .line, .csv, .tsv, .markdown: try write("\n")
    case .table, .json, .jsonl, .dot, .svg: break
    }
  }

  private func warn(_ outcome: Session.Outcome, _ warnings: [Diagnostic], in source: SourceText) {
    var all = warnings
    if case .result(let table) = outcome { all += table.warnings }
    if !all.isEmpty { report(KhabarError(all, in: source)) }
  }

  // MARK: - Answers

  /// - Throws: `KhabarError` (E0321) where the format has no form for the answer.
  private func check(_ table: ResultTable) throws {
    if ResultRenderer.canWrite(table, format: format) { return }
    let (stages, what) =
      format == .dot ? ("`| graph`", "graphs") : ("`| timeline`, `| chart` or `| graph`", "pictures")
    throw KhabarError(
      "end the query with \(stages), or write it as `json`, `csv` or `table`", id: "E0321",
      "`\(format.rawValue)` writes \(what), and this answer is none")
  }

  /// Writes a table to where the next answer goes; what has no form in the format, as the lists of the shell's commands
  /// in DOT, as a table.
  func write(_ table: ResultTable, as format: OutputFormat? = nil) throws {
    let wanted = format ?? self.format
    let format = ResultRenderer.canWrite(table, format: wanted) ? wanted : .table
    try answer { stream, options in
      let sink = stream
      ResultRenderer.write(
        table, format: format, options: options,
        isCancelled: { sink.isClosed || self.isCancelled() }, to: &stream)
    }
  }

  /// Writes a text that is safe to show to where the next answer goes.
  func write(_ text: String) throws {
    try answer { stream, _ in stream.write(text) }
  }

  func answer(_ body: (inout AnswerStream, RenderOptions) -> Void) throws {
    let destination = self.destination
    self.destination = .screen
    var stream = try AnswerStream(destination, screen: output, pager: pager)
    body(&stream, options(for: destination))
    try stream.finish()
  }

  private var pager: Pager? {
    guard isInterruptible, let command = look.pagerCommand, let size = Terminal.windowSize() else {
      return nil
    }
    return Pager(command: command, size: size)
  }

  func options(for destination: Destination) -> RenderOptions {
    let isOnScreen = destination == .screen
    return RenderOptions(
      language: session.language, width: look.width(onScreen: isOnScreen ? style.width : nil),
      isolates: isOnScreen && style.isolates(STDOUT_FILENO),
      colour: isOnScreen && style.colour(STDOUT_FILENO), null: look.null,
      isASCII: isOnScreen && style.isASCII,
      numbersRows: isOnScreen && isInterruptible && look.numbersRows)
  }

  /// One row, with each field on a line of its own where it is read by people.
  func writeRecord(_ table: ResultTable) throws {
    try write(table, as: format == .table ? .line : format)
  }

  // MARK: - Messages

  /// What is wrong, as a person reads it.
  package func report(_ error: any Error) {
    let isInterruption = (error as? KhabarError)?.isInterruption ?? false
    say(isInterruption ? "interrupted" : style.message(error, most: 20))
  }

  /// A text on standard error, its lines broken to fit the window.
  func tell(_ text: String) {
    say(
      style.messageWidth.map { TextWrapping.wrap(text, width: $0, hanging: 2).joined(separator: "\n") }
        ?? text)
  }

  /// Lines on standard error, as they are.
  private func say(_ text: String) {
    errors.write(text + "\n")
    errors.flush()
  }
}

/// What the user wants of answers.
struct AnswerLook: Equatable {
  enum Width: Equatable { case fitted, columns(Int), unlimited }
  enum Paging: Equatable { case automatic, off, command(String) }

  var width = Width.fitted
  var paging = Paging.automatic
  /// What stands for a missing value; nil: what the format is used to.
  var null: String?
  /// Whether the rows of a table are numbered, for `.why`.
  var numbersRows = true

  func width(onScreen columns: Int?) -> Int? {
    switch width {
    case .fitted: columns
    case .columns(let columns): columns
    case .unlimited: nil
    }
  }

  var pagerCommand: String? {
    switch paging {
    case .automatic: Pager.command
    case .off: nil
    case .command(let command): command
    }
  }
}

/// How output looks on the terminal, or off it.
package struct OutputStyle: Sendable {
  package enum Colour: String, CaseIterable, Sendable { case auto, always, never }

  let colour: Colour

  package init(colour: Colour = .auto) {
    self.colour = colour
  }

  func colour(_ descriptor: Int32) -> Bool {
    switch colour {
    case .auto: Terminal.allowsColour(on: descriptor)
    case .always: true
    case .never: false
    }
  }

  /// The columns a message may take; nil off a terminal.
  var messageWidth: Int? { Terminal.windowSize(of: STDERR_FILENO)?.columns }

  /// The columns a table may take; nil off a terminal.
  var width: Int? { Terminal.isTerminal(STDOUT_FILENO) ? Terminal.width : nil }

  /// Whether right-to-left text is put between marks. They are not shown by terminals that know of them, nor by most
  /// others; the Linux console and what has no name may draw them.
  func isolates(_ descriptor: Int32) -> Bool {
    Terminal.isTerminal(descriptor) && Terminal.understandsEscapes && Terminal.environment("TERM") != "linux"
  }

  /// Whether the terminal, or the locale, shows no more than ASCII.
  var isASCII: Bool {
    Terminal.isTerminal(STDOUT_FILENO) && !(Terminal.understandsEscapes && Terminal.localeHasUnicode)
  }

  /// Writes what is wrong to standard error; of many problems the first, and how many there are.
  package func report(_ error: any Error, most: Int = .max) {
    let errors = OutputFile(STDERR_FILENO)
    errors.write(message(error, most: most) + "\n")
    errors.flush()
  }

  /// Writes what was done to standard error.
  package func tell(_ text: String) {
    let messages = OutputFile(STDERR_FILENO)
    messages.write(text + "\n")
    messages.flush()
  }

  func message(_ error: any Error, most: Int = .max) -> String {
    guard let error = error as? KhabarError else { return "\(error)" }
    let shown = KhabarError(error.diagnostics.prefix(most).map { ($0.diagnostic, $0.source) })
    let text = shown.rendered(
      colour: colour(STDERR_FILENO), isolates: isolates(STDERR_FILENO), width: messageWidth)
    let left = error.diagnostics.count - shown.diagnostics.count
    return left > 0 ? text + "\n… and \(left) more; `khabar check FILE` lists them all" : text
  }
}

/// How long something takes.
struct Stopwatch {
  private let start = Stopwatch.now()

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  var nanoseconds: Int { Stopwatch.now() - start }

  /// `1.204 s`, `13.2 ms`, `412 µs`
  var elapsed: String { Quantity.time(nanoseconds) }
}
