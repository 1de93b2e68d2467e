import EDTF
import KhabarModel
import KhabarText

// The same bars as in the terminal, exact to the day: solid where the row surely is, dashed where it may be.
extension TimelineWriter {
  private static let cellWidth = 8.0
  private static let pictureWidth = 860.0
  private static let labelRoom = 300.0

  func svg(title: String) -> String {
    var picture = SVGPicture(width: Self.pictureWidth, language: text.options.language)
    let natural = rows.reduce(0) { max($0, SVGPicture.width(of: $1.label)) }
    let margin = min(Self.labelRoom, natural) + 32
    let cells = Int((Self.pictureWidth - margin - 8) / Self.cellWidth)
    let axis = TimelineAxis(rows.compactMap(\.time), cells: cells)
    let height =
      Double(groups.reduce(0) { $0 + $1.rows.count + ($1.heading == nil ? 0 : 1) }) * SVGPicture.lineHeight
    var y = 20.0
    if let axis {
      draw(axis, margin, height, in: &picture)
      y += 20
    }
    for group in groups {
      if let heading = group.heading {
        picture.text(heading, x: 4, y: y + 17, room: Self.pictureWidth - 8, style: "strong")
        y += SVGPicture.lineHeight
      }
      for index in group.rows {
        draw(rows[index], axis, margin, y, in: &picture)
        y += SVGPicture.lineHeight
      }
    }
    y = drawLegend(from: y + 12, axis, in: &picture)
    return picture.document(title: title, height: y)
  }

  private func draw(_ axis: TimelineAxis, _ margin: Double, _ height: Double, in picture: inout SVGPicture) {
    for tick in axis.ticks {
      let x = margin + Double(tick.cell) * Self.cellWidth
      picture.line(from: (x, 28), to: (x, 40 + height), style: "grid")
      picture.text(tick.label, x: x, y: 20, style: "quiet")
    }
    picture.line(from: (margin, 32), to: (margin + Double(axis.cells) * Self.cellWidth, 32), style: "rule")
    for cell in axis.breaks {
      picture.text("≈", x: margin + Double(cell) * Self.cellWidth, y: 37, style: "quiet")
    }
  }

  private func draw(
    _ row: Row, _ axis: TimelineAxis?, _ margin: Double, _ y: Double, in picture: inout SVGPicture
  ) {
    let style = "s\(row.status ?? 0)"
    picture.text(sign(row.status), x: 4, y: y + 17, style: style + " sign")
    picture.text(row.label, x: 24, y: y + 17, room: margin - 32)
    guard let axis, let time = row.time, Self.hasDay(time) else {
      let words = row.time == nil ? "time unknown" : row.text
      return picture.text(words, x: margin, y: y + 17, style: "quiet")
    }
    func bar(_ first: Int, _ last: Int, _ style: String) {
      let (start, end) = axis.positions(from: first, through: last)
      picture.rectangle(
        x: margin + start * Self.cellWidth, y: y + 5, width: max(3, (end - start) * Self.cellWidth),
        height: 14,
        style: style)
    }
    if time.startMin < time.startMax || time.endMin < time.endMax {
      bar(time.startMin, time.endMax, style + " maybe")
    }
    if time.startMax <= time.endMin { bar(time.startMax, time.endMin, style) }
    drawEnds(of: time, axis, margin, y, style, in: &picture)
  }

  /// An arrow where a bar goes on beyond the axis.
  private func drawEnds(
    of time: TimeBounds, _ axis: TimelineAxis, _ margin: Double, _ y: Double, _ style: String,
    in picture: inout SVGPicture
  ) {
    let end = margin + Double(axis.cells) * Self.cellWidth
    if !TimelineAxis.isDay(time.startMin) {
      picture.polygon([(margin - 6, y + 12), (margin + 2, y + 5), (margin + 2, y + 19)], style: style)
    }
    if !TimelineAxis.isDay(time.endMax) {
      picture.polygon([(end + 6, y + 12), (end - 2, y + 5), (end - 2, y + 19)], style: style)
    }
  }

  private func drawLegend(from y: Double, _ axis: TimelineAxis?, in picture: inout SVGPicture) -> Double {
    var x = 4.0
    let present = Set(rows.compactMap(\.status))
    for status in Status.allCases where present.contains(Int16(status.rawValue)) {
      picture.text(sign(Int16(status.rawValue)), x: x, y: y + 14, style: "s\(status.rawValue) sign")
      picture.text(status.name, x: x + 20, y: y + 14, style: "quiet")
      x += 36 + SVGPicture.width(of: status.name)
    }
    guard axis != nil else { return y + 24 }
    for (style, words) in [("s0", "surely then"), ("s0 maybe", "possibly then")] {
      picture.rectangle(x: x, y: y + 2, width: 24, height: 14, style: style)
      picture.text(words, x: x + 32, y: y + 14, style: "quiet")
      x += 48 + SVGPicture.width(of: words)
    }
    return y + 28
  }
}
