import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// Rows as bars over an axis of dates.
///
///                          2023-05           2023-06
///                          ┬─────────────────┬──────────────
///     ● Washington talks   █████
///     ○ Chișinău meeting                     █
///     ○ Granada meeting                               ░░░░░░
///     3 rows
///     ● occurred  ○ planned
///     █ surely then  ░ possibly then
///
/// A cell is solid where some day in it surely belongs to the row, shaded where a day may. What has no start or no end runs
/// to the axis's end, with an arrow there.
struct TimelineWriter {
  struct Row {
    var label: String
    var status: Int16?
    var time: TimeBounds?
    /// The time in words, for what cannot be drawn.
    var text: String
  }

  struct Group {
    var heading: String?
    var rows: [Int]
  }

  /// Below this, labels stand on lines of their own.
  private static let leastWidth = 44
  /// Between label and bar.
  private static let gap = 2

  let text: PictureText
  let rows: [Row]
  let groups: [Group]
  let axis: TimelineAxis?
  /// The columns of a label; nil: it stands on a line of its own.
  let labelWidth: Int?
  let hasStatus: Bool

  init(_ result: ResultTable, _ timeline: Drawing.Timeline, options: RenderOptions) {
    let text = PictureText(result, options: options)
    self.text = text
    rows = result.rows.map { Self.row($0, timeline, text) }
    groups = Self.groups(result.rows, timeline, text)
    hasStatus = rows.contains { $0.status != nil }
    let room = text.width - (hasStatus ? 2 : 0)
    let natural = rows.reduce(0) { max($0, DisplayWidth.of($1.label)) }
    labelWidth = text.width < Self.leastWidth ? nil : min(natural, room * 2 / 5)
    let cells = labelWidth.map { room - $0 - Self.gap } ?? text.width
    axis = TimelineAxis(rows.compactMap(\.time), cells: cells)
  }

  private static func row(_ values: [Value], _ timeline: Drawing.Timeline, _ text: PictureText) -> Row {
    func value(_ column: Int?) -> Value {
      column.flatMap { values.indices.contains($0) ? values[$0] : nil } ?? .missing
    }
    let time = value(timeline.time)
    var row = Row(label: text.label(timeline.label, values), text: text.text(time))
    if timeline.label.columns.isEmpty, timeline.label.id == nil { row.label = row.text }
    if case .time(let time) = time { row.time = time.bounds }
    if case .symbol(.status, let code) = value(timeline.status) { row.status = code }
    return row
  }

  /// In the order of their first rows; what is in no group comes last.
  private static func groups(
    _ rows: [[Value]], _ timeline: Drawing.Timeline, _ text: PictureText
  ) -> [Group] {
    guard let column = timeline.group else { return [Group(rows: Array(rows.indices))] }
    var order: [Value] = []
    var members: [Value: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      var seen: Set<Value> = []
      for value in (column < row.count ? row[column] : .missing).elements where seen.insert(value).inserted {
        if members[value] == nil { order.append(value) }
        members[value, default: []].append(index)
      }
    }
    order = order.filter { !$0.isMissing } + order.filter(\.isMissing)
    return order.map { Group(heading: text.text($0), rows: members[$0] ?? []) }
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    writeAxis(to: &output)
    for group in groups {
      if let heading = group.heading { write(heading: heading, group.rows.count, to: &output) }
      for index in group.rows {
        if isCancelled() { return }
        write(rows[index], to: &output)
      }
    }
    text.writeCount(rows.count, to: &output)
    for note in notes { text.writeWrapped(note, to: &output) }
  }

  // MARK: - Axis

  /// The columns before the axis.
  private var margin: Int { labelWidth.map { $0 + Self.gap + (hasStatus ? 2 : 0) } ?? 0 }

  private func writeAxis(to output: inout some TextOutputStream) {
    guard let axis else { return }
    var dates = ""
    var line = [String](repeating: text.glyphs.line, count: axis.cells)
    for tick in axis.ticks {
      line[tick.cell] = text.glyphs.tick
      dates += DisplayWidth.spaces(tick.cell - dates.utf8.count) + tick.label
    }
    for cell in axis.breaks { line[cell] = text.glyphs.gap }
    let blanks = DisplayWidth.spaces(margin)
    text.write(blanks + text.styled(dates, .bold), to: &output)
    text.write(blanks + text.styled(line.joined(), .dim), to: &output)
  }

  private func write(heading: String, _ count: Int, to output: inout some TextOutputStream) {
    let tail = " (\(count))"
    let name = text.cut(heading, to: max(1, text.width - tail.utf8.count))
    let line = text.styled(text.isolated(name), .bold) + tail
    text.write(DisplayWidth.of(name) + tail.utf8.count <= text.width ? line : name, to: &output)
  }

  // MARK: - Rows

  private func write(_ row: Row, to output: inout some TextOutputStream) {
    let style = row.status.flatMap { Status(rawValue: Int8(truncatingIfNeeded: $0)) }?.style ?? .plain
    let sign = hasStatus ? text.styled(self.sign(row.status), style) + " " : ""
    guard let labelWidth else {
      let room = max(0, text.width - (hasStatus ? 2 : 0))
      text.write(sign + text.isolated(text.cut(row.label, to: room)), to: &output)
      return text.write(bar(row, style), to: &output)
    }
    let label = text.fitted(row.label, labelWidth)
    text.write(sign + label + DisplayWidth.spaces(Self.gap) + bar(row, style), to: &output)
  }

  func sign(_ status: Int16?) -> String {
    guard let status, text.glyphs.statuses.indices.contains(Int(status)) else { return " " }
    return text.glyphs.statuses[Int(status)]
  }

  private func bar(_ row: Row, _ style: TerminalStyle) -> String {
    guard let axis, let time = row.time, Self.hasDay(time) else {
      let words = row.time == nil ? "time unknown" : row.text
      return text.styled(text.cut(words, to: axis?.cells ?? text.width - margin), .dim)
    }
    var cells = [String](repeating: " ", count: axis.cells)
    for cell in axis.cells(from: time.startMin, through: time.endMax) { cells[cell] = text.glyphs.shaded }
    if time.startMax <= time.endMin {
      for cell in axis.cells(from: time.startMax, through: time.endMin) { cells[cell] = text.glyphs.solid }
    }
    if let glyph = start(time) { cells[0] = glyph }
    if let glyph = end(time) { cells[axis.cells - 1] = glyph }
    for cell in axis.breaks { cells[cell] = text.glyphs.gap }
    while cells.last == " " { cells.removeLast() }
    let blanks = cells.prefix { $0 == " " }.count
    return DisplayWidth.spaces(blanks) + text.styled(cells[blanks...].joined(), style)
  }

  static func hasDay(_ time: TimeBounds) -> Bool {
    [time.startMin, time.startMax, time.endMin, time.endMax].contains(where: TimelineAxis.isDay)
  }

  /// What stands at the axis's start, of a row that begins before it.
  private func start(_ time: TimeBounds) -> String? {
    if TimelineAxis.isDay(time.startMin) { return nil }
    return time.startMin < TimeBounds.earliestDay ? text.glyphs.openStart : text.glyphs.unknownStart
  }

  private func end(_ time: TimeBounds) -> String? {
    if TimelineAxis.isDay(time.endMax) { return nil }
    return time.endMax > TimeBounds.latestDay ? text.glyphs.openEnd : text.glyphs.unknownEnd
  }

  // MARK: - Below

  private var notes: [[String]] {
    [statusLegend, barLegend, breakNotes, cutNote].filter { !$0.isEmpty }
  }

  private var statusLegend: [String] {
    let present = Set(rows.compactMap(\.status))
    return Status.allCases.filter { present.contains(Int16($0.rawValue)) }.map { status in
      "\(sign(Int16(status.rawValue))) \(status.name)"
    }
  }

  private var barLegend: [String] {
    let times = axis == nil ? [] : rows.compactMap(\.time).filter(Self.hasDay)
    let glyphs = text.glyphs
    var legend: [String] = []
    if times.contains(where: { $0.startMax <= $0.endMin }) { legend.append("\(glyphs.solid) surely then") }
    if times.contains(where: { $0.startMin < $0.startMax || $0.endMin < $0.endMax }) {
      legend.append("\(glyphs.shaded) possibly then")
    }
    let ends = [
      (glyphs.openStart, "has always been"), (glyphs.openEnd, "goes on"),
      (glyphs.unknownStart, "start unknown"), (glyphs.unknownEnd, "end unknown"),
    ]
    let shown = Set(times.flatMap { [start($0), end($0)] }.compactMap(\.self))
    return legend + ends.filter { shown.contains($0.0) }.map { "\($0.0) \($0.1)" }
  }

  private var breakNotes: [String] {
    guard let axis else { return [] }
    return zip(axis.segments, axis.segments.dropFirst()).map { before, after in
      let first = TimelineAxis.date(before.last + 1)
      let last = TimelineAxis.date(after.first - 1)
      return "\(text.glyphs.gap) the axis leaves out \(first) to \(last): nothing starts or ends there"
    }
  }

  private var cutNote: [String] {
    let room = labelWidth ?? text.width - (hasStatus ? 2 : 0)
    let isCut = rows.contains { DisplayWidth.of($0.label) > room }
    return isCut ? ["labels are cut to fit; `.mode line` or `--format line` shows everything"] : []
  }
}

extension Status {
  /// For those who see colours; the sign says the same.
  fileprivate var style: TerminalStyle {
    switch self {
    case .occurred: .plain
    case .ongoing: .cyan
    case .planned: .yellow
    case .denied: .red
    case .hypothetical, .cancelled: .dim
    }
  }
}
