import KhabarEval
import KhabarPlan
import KhabarText

/// A bar for each row, or a line of heights for each series.
///
///     occurred   16  ████████████████████████████
///     planned     6  ██████████▌
///     denied      1  █▊
///     3 rows
///
/// Bars begin at zero, those of negative numbers to its left. What is missing has no bar.
struct ChartWriter {
  struct Row {
    var label: String
    var value: Double?
    var number: String
  }

  private static let gap = 2

  let text: PictureText
  let rows: [Row]
  let scale: ChartScale
  let labelWidth: Int
  let numberWidth: Int
  /// The line at zero, if there are numbers on both sides.
  let zero: String
  /// Left and right of zero.
  let cells: (left: Int, right: Int)

  init(_ result: ResultTable, _ chart: Drawing.Chart, options: RenderOptions) {
    let text = PictureText(result, options: options)
    self.text = text
    let rows = result.rows.map { Self.row($0, chart, text) }
    self.rows = rows
    let scale = ChartScale(rows.compactMap(\.value))
    self.scale = scale
    let natural = rows.reduce(0) { max($0, DisplayWidth.of($1.label)) }
    let numbers = rows.reduce(0) { max($0, DisplayWidth.of($1.number)) }
    numberWidth = min(numbers, max(1, text.width - 3 - Self.gap))
    let room = max(1, text.width - numberWidth - Self.gap)
    labelWidth = max(1, min(natural, room > 16 ? room * 2 / 5 : room / 2))
    let beside = text.width - labelWidth - numberWidth - 2 * Self.gap
    zero = scale.low < 0 && beside > 1 ? text.glyphs.zero : ""
    let bars = max(0, beside - zero.count)
    let left = scale.zero(in: bars)
    cells = (left, bars - left)
  }

  private static func row(_ values: [Value], _ chart: Drawing.Chart, _ text: PictureText) -> Row {
    let value = chart.value < values.count ? values[chart.value] : .missing
    let label = text.label(chart.label, values)
    guard case .number(let number) = value, let shown = NumberText.short(number) else {
      return Row(label: label, number: text.null)
    }
    return Row(label: label, value: number, number: shown)
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    for row in rows {
      if isCancelled() { return }
      let label = text.fitted(row.label, labelWidth)
      let number = text.fitted(row.number, numberWidth, alignment: .right)
      let gap = DisplayWidth.spaces(Self.gap)
      text.write(label + gap + number + gap + bar(row.value), to: &output)
    }
    text.writeCount(rows.count, to: &output)
    let isCut =
      rows.contains { DisplayWidth.of($0.label) > labelWidth || DisplayWidth.of($0.number) > numberWidth }
    if isCut {
      text.writeWrapped(
        ["labels are cut to fit; `.mode line` or `--format line` shows everything"], to: &output)
    }
  }

  private func bar(_ value: Double?) -> String {
    guard let value else { return DisplayWidth.spaces(cells.left) + zero }
    if value < 0 { return leftward(value) + zero }
    return DisplayWidth.spaces(cells.left) + zero + rightward(value)
  }

  private func leftward(_ value: Double) -> String {
    let share = scale.low < 0 ? scale.share(value) / scale.low : 0
    let length = min(cells.left, max(1, Int((share * Double(cells.left)).rounded())))
    return DisplayWidth.spaces(cells.left - length) + String(repeating: text.glyphs.solid, count: length)
  }

  /// To an eighth of a cell; what is not zero is seen.
  private func rightward(_ value: Double) -> String {
    guard value > 0, scale.high > 0, cells.right > 0 else { return "" }
    let steps = text.glyphs.eighths.count
    let exact = scale.share(value) / scale.high * Double(cells.right * steps)
    let length = min(cells.right * steps, max(1, Int(exact.rounded())))
    return String(repeating: text.glyphs.solid, count: length / steps) + text.glyphs.eighths[length % steps]
  }
}
