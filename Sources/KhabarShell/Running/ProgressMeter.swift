import Glibc
import KhabarEval
import KhabarText

/// A line that says how far a run is, on standard error where that is a terminal; gone when the run is done.
///
///     join 34 %, about 12 s left · 8.1 s · 45,678 rows
///     path · 8.1 s · 1,203 rows
///
/// The share is that of the step that is at work, which is all that is known.
final class ProgressMeter {
  private let output: OutputFile
  private let watch = Stopwatch()
  /// When the line is drawn next, in nanoseconds.
  private var next = ProgressMeter.delay
  private var isDrawn = false

  /// Work that is done by then needs no line.
  private static var delay: Int { 500_000_000 }
  private static var period: Int { 100_000_000 }

  init(_ output: OutputFile) { self.output = output }

  var canShow: Bool { Terminal.isTerminal(output.descriptor) && Terminal.understandsEscapes }

  func show(_ state: Progress.State) {
    let elapsed = watch.nanoseconds
    guard elapsed >= next, canShow else { return }
    next = elapsed + ProgressMeter.period
    let width = Terminal.windowSize(of: output.descriptor)?.columns ?? 80
    let text = DisplayWidth.truncate(ProgressMeter.text(state, elapsed: elapsed), to: max(1, width - 1))
    write("\r" + text + "\u{1B}[K")
    isDrawn = true
    Interruption.hasLine(true)
  }

  func erase() {
    guard isDrawn else { return }
    write("\r\u{1B}[K")
    isDrawn = false
    Interruption.hasLine(false)
  }

  static func text(_ state: Progress.State, elapsed: Int) -> String {
    var share = state.share.map { " \(Int($0 * 100)) %" } ?? ""
    if let left = state.left { share += ", about \(seconds(left)) left" }
    let step = state.step.map { $0.rawValue } ?? "working"
    let rows = state.step == nil ? "" : " · \(Quantity.count(state.rows)) row\(state.rows == 1 ? "" : "s")"
    return "\(step)\(share) · \(seconds(elapsed))\(rows)"
  }

  /// `8.1 s`, `24 s`, `3 min`, `2 h`
  private static func seconds(_ nanoseconds: Int) -> String {
    let tenths = nanoseconds / 100_000_000
    if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
    if tenths < 1200 { return "\(tenths / 10) s" }
    if tenths < 72_000 { return "\(tenths / 600) min" }
    return "\(tenths / 36_000) h"
  }

  private func write(_ text: String) {
    output.write(text)
    output.flush()
  }
}
