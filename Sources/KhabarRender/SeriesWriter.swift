import EDTF
import KhabarEval
import KhabarPlan
import KhabarText

/// Several series over the same times: a line of heights each, a column for each time, with the least, the greatest and the
/// last of its values.
///
///                 2023-05…2023-10  min  max  last
///     occurred    ▃▁ █                0    4     0
///     planned     █▅▁▁▁▂              0    7     1
///
/// All share one scale. Where a series has no value there is a gap.
struct SeriesWriter {
  struct Series {
    var label: String
    var values: [Double?]
  }

  private static let gap = 2

  let text: PictureText
  let series: [Series]
  let times: [String]
  let rowCount: Int
  let hasUntimed: Bool
  let low: Double
  let high: Double

  init(_ result: ResultTable, _ chart: Drawing.Chart, time: Int, options: RenderOptions) {
    let text = PictureText(result, options: options)
    self.text = text
    rowCount = result.rows.count
    let times = Self.times(result.rows, time)
    self.times = times.map { text.text(.time($0)) }
    let places = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($1, $0) })
    var order: [Value] = []
    var found: [Value: Series] = [:]
    var hasUntimed = false
    for row in result.rows {
      guard chart.value < row.count, case .time(let moment) = row[time], let place = places[moment] else {
        hasUntimed = true
        continue
      }
      let key = Value.list(chart.label.columns.map { $0 < row.count ? row[$0] : .missing })
      if found[key] == nil {
        order.append(key)
        let empty = [Double?](repeating: nil, count: times.count)
        found[key] = Series(label: text.label(chart.label, row), values: empty)
      }
      if case .number(let number) = row[chart.value], number.isFinite { found[key]?.values[place] = number }
    }
    self.hasUntimed = hasUntimed
    series = order.compactMap { found[$0] }
    let numbers = series.flatMap { $0.values.compactMap(\.self) }
    low = numbers.min() ?? 0
    high = numbers.max() ?? 0
  }

  /// Each time once, in order.
  private static func times(_ rows: [[Value]], _ column: Int) -> [TimeValue] {
    let times = rows.compactMap { row -> TimeValue? in
      guard column < row.count, case .time(let time) = row[column] else { return nil }
      return time
    }
    return Set(times).sorted { a, b in
      a.bounds == b.bounds ? "\(a.time)" < "\(b.time)" : a.bounds.precedes(b.bounds)
    }
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    let layout = Layout(self)
    text.write(text.styled(layout.heading, .bold), to: &output)
    for line in series {
      if isCancelled() { return }
      text.write(layout.line(line), to: &output)
    }
    text.writeCount(rowCount, to: &output)
    for note in notes(layout) { text.writeWrapped([note], to: &output) }
  }

  private func notes(_ layout: Layout) -> [String] {
    var notes: [String] = []
    if let low = NumberText.short(low), let high = NumberText.short(high), low != high {
      notes.append("heights from \(low) to \(high)")
    }
    if layout.dropped > 0 { notes.append("no room for the first \(layout.dropped) of \(times.count) times") }
    if layout.isWithoutNumbers { notes.append("no room for min, max, last") }
    if hasUntimed { notes.append("rows without a time are not drawn") }
    let isCut = series.contains { DisplayWidth.of($0.label) > layout.labelWidth }
    if isCut { notes.append("labels are cut to fit") }
    if notes.count > 1 || isCut { notes.append("`.mode line` or `--format line` shows everything") }
    return notes
  }

  /// What has room: the labels and numbers first, then as many of the last times as there are columns left.
  private struct Layout {
    let text: PictureText
    let labelWidth: Int
    let dropped: Int
    let isWithoutNumbers: Bool
    let heading: String
    private let low: Double
    private let high: Double
    private let cells: Int
    /// Columns of min, max and last.
    private let widths: [Int]

    init(_ writer: SeriesWriter) {
      text = writer.text
      low = writer.low
      high = writer.high
      let numbers = writer.series.map { Self.numbers($0, writer.text) }
      let titles = ["min", "max", "last"]
      let natural = titles.indices.map { column in
        numbers.reduce(titles[column].utf8.count) { max($0, DisplayWidth.of($1[column])) }
      }
      let all = natural.reduce(0) { $0 + $1 + SeriesWriter.gap }
      let longest = writer.series.reduce(0) { max($0, DisplayWidth.of($1.label)) }
      isWithoutNumbers = all + 8 > text.width
      widths = isWithoutNumbers ? [] : natural
      let room = max(1, text.width - (isWithoutNumbers ? 0 : all))
      labelWidth = max(1, min(longest, room / 2))
      // The names of the first and the last time may be wider than what stands below them.
      let most = max(1, room - labelWidth - SeriesWriter.gap)
      let shown = min(writer.times.count, most)
      dropped = writer.times.count - shown
      let span = Self.span(writer.times.suffix(shown), text)
      let title = text.cut(span, to: most)
      cells = max(shown, DisplayWidth.of(title))
      let blanks = DisplayWidth.spaces(labelWidth + SeriesWriter.gap)
      let ends = zip(titles, widths).map { title, width in
        DisplayWidth.pad(title, to: width + SeriesWriter.gap, alignment: .right)
      }
      heading = text.cut(blanks + DisplayWidth.pad(title, to: cells) + ends.joined(), to: text.width)
    }

    private static func span(_ times: ArraySlice<String>, _ text: PictureText) -> String {
      guard let first = times.first, let last = times.last, first != last else { return times.first ?? "" }
      return first + text.glyphs.ellipsis + last
    }

    private static func numbers(_ series: Series, _ text: PictureText) -> [String] {
      let values = series.values.compactMap(\.self)
      let last = series.values.last ?? nil
      return [values.min(), values.max(), last].map { $0.flatMap(NumberText.short) ?? text.null }
    }

    func line(_ series: Series) -> String {
      let heights = series.values.dropFirst(dropped).map { $0.map(height) ?? " " }.joined()
      let numbers = zip(Self.numbers(series, text), widths).map { number, width in
        DisplayWidth.pad(number, to: width + SeriesWriter.gap, alignment: .right)
      }
      let label = text.fitted(series.label, labelWidth) + DisplayWidth.spaces(SeriesWriter.gap)
      return label + DisplayWidth.pad(heights, to: cells) + numbers.joined()
    }

    private func height(_ value: Double) -> String {
      let glyphs = text.glyphs.heights
      // Halves, so that no difference overflows.
      let range = high / 2 - low / 2
      guard range > 0 else { return glyphs[value > 0 ? glyphs.count - 1 : 0] }
      let share = min(1, max(0, (value / 2 - low / 2) / range))
      return glyphs[Int((share * Double(glyphs.count - 1)).rounded())]
    }
  }
}
