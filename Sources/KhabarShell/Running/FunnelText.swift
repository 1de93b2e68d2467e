import Glibc
import Khabar
import KhabarText

/// A funnel as the shell tells it.
///
///     no row is left after `in Baku`
///       meetings        9
///       with Armenia    4
///       in Baku         0
///     try
///       meetings with Armenia in Azerbaijan    1 row
struct FunnelText {
  let text: String

  init(_ funnel: Funnel, style: OutputStyle) {
    let isolates = style.isolates(STDERR_FILENO)
    let colour = style.colour(STDERR_FILENO)
    let shown = { (text: String) in
      let line = VisibleText.escape(
        text.split(whereSeparator: \.isNewline).joined(separator: " "), keepsMarks: true)
      return isolates ? Bidi.isolate(line) : line
    }
    var lines: [String] = []
    let last = funnel.steps.last.map { shown($0.text) } ?? ""
    if funnel.steps.count > 1 {
      lines.append("no row is left after `\(last)`")
      lines += FunnelText.columns(funnel.steps.map { (shown($0.text), "\($0.count)") })
    } else {
      lines.append("there are no `\(last)`")
    }
    if !funnel.suggestions.isEmpty {
      lines.append("try")
      let width = style.width.map { $0 - 14 }
      lines += FunnelText.columns(
        funnel.suggestions.map { (shown($0.query), $0.count == 1 ? "1 row" : "\($0.count) rows") },
        width: width)
    }
    text = TerminalStyle.dim.apply(lines.removeFirst(), enabled: colour) + lines.map { "\n" + $0 }.joined()
  }

  /// Two columns; what does not fit the width stands alone, whole, for it is there to be copied.
  private static func columns(_ rows: [(String, String)], width: Int? = nil) -> [String] {
    let widest = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
    return rows.map { "  " + DisplayWidth.pad($0.0, to: min(widest, width ?? widest)) + "  " + $0.1 }
  }
}
