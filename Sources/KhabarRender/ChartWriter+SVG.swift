import KhabarText

extension ChartWriter {
  private static let pictureWidth = 720.0

  func svg(title: String) -> String {
    var picture = SVGPicture(width: Self.pictureWidth, language: text.options.language)
    let natural = rows.reduce(0) { max($0, SVGPicture.width(of: $1.label)) }
    let numbers = rows.reduce(0) { max($0, SVGPicture.width(of: $1.number)) }
    let labels = min(natural, 280)
    let margin = labels + 16
    let room = Self.pictureWidth - margin - numbers - 24
    let unit = scale.high > scale.low ? room / (scale.high - scale.low) : 0
    let zero = margin - scale.low * unit
    for (index, row) in rows.enumerated() {
      let y = Double(index) * SVGPicture.lineHeight + 4
      picture.text(row.label, x: labels + 4, y: y + 16, anchor: .end, room: labels)
      let share = row.value.map { scale.share($0) * unit } ?? 0
      if row.value != nil {
        picture.rectangle(
          x: share < 0 ? zero + share : zero, y: y + 4, width: max(1, share.magnitude), height: 16,
          style: "bar")
      }
      picture.text(row.number, x: max(zero, zero + share) + 8, y: y + 16, style: "quiet")
    }
    let height = Double(rows.count) * SVGPicture.lineHeight + 8
    picture.line(from: (zero, 2), to: (zero, height - 2), style: "rule")
    return picture.document(title: title, height: height)
  }
}

extension SeriesWriter {
  private static let pictureWidth = 860.0
  private static let plotHeight = 56.0

  /// A line for each series, one below the other, all on one scale.
  func svg(title: String) -> String {
    var picture = SVGPicture(width: Self.pictureWidth, language: text.options.language)
    let natural = series.reduce(0) { max($0, SVGPicture.width(of: $1.label)) }
    let margin = min(natural, 240) + 24
    let room = Self.pictureWidth - margin - 90
    let step = room / Double(max(1, times.count - 1))
    for (index, line) in series.enumerated() {
      let top = Double(index) * (Self.plotHeight + 16) + 8
      let bottom = top + Self.plotHeight
      picture.line(from: (margin, bottom), to: (margin + room, bottom), style: "grid")
      picture.text(line.label, x: 4, y: top + Self.plotHeight / 2 + 5, room: margin - 16)
      for run in Self.runs(line.values) {
        let points = run.map {
          (x: margin + Double($0.place) * step, y: bottom - share($0.value) * Self.plotHeight)
        }
        if points.count > 1 { picture.polyline(points, style: "series") }
        for point in points { picture.circle(x: point.x, y: point.y, radius: 2.5, style: "bar") }
      }
      if let last = line.values.last ?? nil, let number = NumberText.short(last) {
        picture.text(
          number, x: margin + room + 12, y: bottom - share(last) * Self.plotHeight + 5, style: "quiet")
      }
    }
    let y = Double(series.count) * (Self.plotHeight + 16) + 20
    if let first = times.first { picture.text(first, x: margin, y: y, style: "quiet") }
    if let last = times.last, times.count > 1 {
      picture.text(last, x: margin + room, y: y, anchor: .end, style: "quiet")
    }
    if let low = NumberText.short(low), let high = NumberText.short(high) {
      picture.text("\(low) – \(high)", x: 4, y: y, style: "quiet")
    }
    return picture.document(title: title, height: y + 12)
  }

  /// The values without gaps between them.
  private static func runs(_ values: [Double?]) -> [[(place: Int, value: Double)]] {
    var runs: [[(place: Int, value: Double)]] = [[]]
    for (place, value) in values.enumerated() {
      if let value { runs[runs.count - 1].append((place, value)) } else { runs.append([]) }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func share(_ value: Double) -> Double {
    let range = high / 2 - low / 2
    return range > 0 ? (value / 2 - low / 2) / range : 0.5
  }
}
