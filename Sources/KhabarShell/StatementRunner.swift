import Glibc
import Khabar
import KhabarEval
import KhabarRender
import KhabarSyntax

/// Runs statements and writes what they give: results to standard output, everything else to standard error.
package final class StatementRunner {
  package var session: Session
  package var format: OutputFormat
  /// Whether the time that each statement takes is told.
  package var isTimed = false
  let style: OutputStyle
  let output = OutputFile(STDOUT_FILENO)
  let errors = OutputFile(STDERR_FILENO)
  private let isCancelled: @Sendable () -> Bool

  package init(
    _ session: Session, format: OutputFormat, style: OutputStyle,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.session = session
    self.format = format
    self.style = style
    self.isCancelled = isCancelled
    output.isDropped = isCancelled
  }

  /// Runs the statements of a text up to the first that fails, whose message is written; false: one has.
  @discardableResult
  package func run(_ source: SourceText) -> Bool {
    let start = Stopwatch()
    defer { if isTimed { tell("time: \(start.elapsed)") } }
    do {
      try session.run(source, isCancelled: isCancelled) { outcome, session in
        write(outcome, of: source, language: session.language)
      }
      output.flush()
      return true
    } catch {
      output.flush()
      report(error)
      return false
    }
  }

  private func write(_ outcome: Session.Outcome, of source: SourceText, language: String) {
    switch outcome {
    case .none: return
    case .text(let text):
      output.write(text)
      if !text.hasSuffix("\n") { output.write("\n") }
    case .result(let table):
      write(table, language: language)
      output.flush()
      for warning in table.warnings {
        tell(DiagnosticRenderer.render(warning, in: source, colour: style.colour(STDERR_FILENO)))
      }
    }
  }

  func write(_ table: ResultTable, language: String) {
    var stream = output
    let options = RenderOptions(
      language: language, width: style.width, isolates: style.isolates(STDOUT_FILENO),
      colour: style.colour(STDOUT_FILENO))
    ResultRenderer.write(table, format: format, options: options, to: &stream)
  }

  // MARK: - Messages

  /// What is wrong, as a person reads it.
  package func report(_ error: any Error) {
    tell(style.message(error))
  }

  /// A line on standard error.
  func tell(_ text: String) {
    errors.write(text + "\n")
    errors.flush()
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

  /// The columns a table may take; nil off a terminal.
  var width: Int? { Terminal.isTerminal(STDOUT_FILENO) ? Terminal.width : nil }

  /// Whether right-to-left text is put between marks. They are not shown by terminals that know of them, nor by most
  /// others; the Linux console and what has no name may draw them.
  func isolates(_ descriptor: Int32) -> Bool {
    Terminal.isTerminal(descriptor) && Terminal.understandsEscapes && Terminal.environment("TERM") != "linux"
  }

  /// Writes what is wrong to standard error.
  package func report(_ error: any Error) {
    let errors = OutputFile(STDERR_FILENO)
    errors.write(message(error) + "\n")
    errors.flush()
  }

  func message(_ error: any Error) -> String {
    guard let error = error as? KhabarError else { return "\(error)" }
    return error.rendered(colour: colour(STDERR_FILENO), isolates: isolates(STDERR_FILENO))
  }
}

/// How long something takes.
struct Stopwatch {
  private let start = Stopwatch.now()

  private static func now() -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time
  }

  /// `1.204 s`, `13.2 ms`, `412 µs`
  var elapsed: String {
    let end = Stopwatch.now()
    let micros = (end.tv_sec - start.tv_sec) * 1_000_000 + (end.tv_nsec - start.tv_nsec) / 1000
    if micros < 1000 { return "\(micros) µs" }
    if micros < 1_000_000 { return "\(micros / 1000).\(micros % 1000 / 100) ms" }
    let millis = String(micros / 1000 % 1000)
    return "\(micros / 1_000_000).\(String(repeating: "0", count: 3 - millis.count))\(millis) s"
  }
}
