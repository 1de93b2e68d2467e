import KhabarText

/// What a diagram consists of, in whole pixels: boxes, the tracks between them, and captions.
struct RailroadDrawing {
  enum BoxKind: String {
    case word, name, characters
  }

  struct Box: Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
    var text: String
    var kind: BoxKind
  }

  /// A frame around what is excluded, and its caption.
  struct Frame {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
    var caption: String
  }

  enum Step {
    case across(Int)
    case down(Int)
    /// A quarter of a circle, to a point so far across and down.
    case bend(Int, Int, isClockwise: Bool)
  }

  struct Track {
    var x: Int
    var y: Int
    var steps: [Step]
  }

  var boxes: [Box] = []
  var frames: [Frame] = []
  var tracks: [Track] = []

  mutating func track(_ x: Int, _ y: Int, _ steps: [Step]) {
    tracks.append(Track(x: x, y: y, steps: steps))
  }

  mutating func line(_ x: Int, _ y: Int, _ length: Int) {
    if length > 0 { track(x, y, [.across(length)]) }
  }
}

extension RailroadDrawing.Track {
  /// The straight parts, as their ends.
  var segments: [(x1: Int, y1: Int, x2: Int, y2: Int)] {
    var (x, y) = (x, y)
    return steps.compactMap { step in
      let start = (x, y)
      switch step {
      case .across(let length): x += length
      case .down(let length): y += length
      case .bend(let across, let down, _):
        (x, y) = (x + across, y + down)
        return nil
      }
      return (start.0, start.1, x, y)
    }
  }

  var path: String {
    steps.reduce(into: "M\(x) \(y)") { path, step in
      switch step {
      case .across(let length): path += "h\(length)"
      case .down(let length): path += "v\(length)"
      case .bend(let across, let down, let isClockwise):
        let radius = RailroadFigure.radius
        path += "a\(radius) \(radius) 0 0 \(isClockwise ? 1 : 0) \(across) \(down)"
      }
    }
  }
}

/// A piece of a diagram: how much room it takes around the track that enters it on the left and leaves it on the right,
/// and how it is drawn from a place on that track.
struct RailroadFigure {
  var width: Int
  /// Above and below the track.
  var up: Int
  var down: Int
  var draw: (_ x: Int, _ y: Int, _ drawing: inout RailroadDrawing) -> Void

  static let radius = 8
  /// Between neighbours, across and down.
  private static let gap = 14
  private static let space = 8
  /// What the bends on one side of a choice take.
  private static let margin = 2 * radius + 4
  /// Of a cell of text, and what is left on both sides of it together.
  static let cell = 8
  static let padding = 18
  private static let halfBox = 12

  // MARK: - Boxes

  static func box(_ text: String, _ kind: RailroadDrawing.BoxKind) -> RailroadFigure {
    let width = DisplayWidth.of(text) * cell + padding
    return RailroadFigure(width: width, up: halfBox, down: halfBox) { x, y, drawing in
      drawing.boxes.append(
        RailroadDrawing.Box(
          x: x, y: y - halfBox, width: width, height: 2 * halfBox, text: text, kind: kind))
    }
  }

  /// A line of some length.
  static func line(_ width: Int) -> RailroadFigure {
    RailroadFigure(width: width, up: 0, down: 0) { $2.line($0, $1, width) }
  }

  // MARK: - Combinations

  static func sequence(_ parts: [RailroadFigure]) -> RailroadFigure {
    guard let first = parts.first else { return line(gap) }
    return parts.dropFirst().reduce(first) { left, right in
      RailroadFigure(
        width: left.width + gap + right.width, up: max(left.up, right.up), down: max(left.down, right.down)
      ) { x, y, drawing in
        left.draw(x, y, &drawing)
        drawing.line(x + left.width, y, gap)
        right.draw(x + left.width + gap, y, &drawing)
      }
    }
  }

  /// The first on the track, the others below.
  static func choice(_ parts: [RailroadFigure]) -> RailroadFigure {
    let inner = parts.map(\.width).max() ?? 0
    var offsets = [0]
    for (above, below) in zip(parts, parts.dropFirst()) {
      offsets.append(offsets[offsets.count - 1] + max(above.down + space + below.up, 2 * radius))
    }
    let down = zip(offsets, parts).map { $0 + $1.down }.max() ?? 0
    return RailroadFigure(width: inner + 2 * margin, up: parts.first?.up ?? 0, down: down) { x, y, drawing in
      for (offset, part) in zip(offsets, parts) {
        drawBranch(x, y, offset, inner, &drawing)
        part.draw(x + margin, y + offset, &drawing)
        drawing.line(x + margin + part.width, y + offset, inner - part.width)
      }
    }
  }

  /// The ways from the track down to a branch and back.
  private static func drawBranch(
    _ x: Int, _ y: Int, _ offset: Int, _ inner: Int, _ drawing: inout RailroadDrawing
  ) {
    let end = x + 2 * margin + inner
    if offset == 0 {
      drawing.line(x, y, margin)
      return drawing.line(end - margin, y, margin)
    }
    let straight = offset - 2 * radius
    let (in_, out) = (margin - 2 * radius, margin - 2 * radius)
    drawing.track(
      x, y,
      [
        .bend(radius, radius, isClockwise: true), .down(straight), .bend(radius, radius, isClockwise: false),
        .across(in_),
      ])
    drawing.track(
      end - margin, y + offset,
      [
        .across(out), .bend(radius, -radius, isClockwise: false), .down(-straight),
        .bend(radius, -radius, isClockwise: true),
      ])
  }

  /// With a way around it, above.
  static func optional(_ part: RailroadFigure) -> RailroadFigure {
    let height = max(part.up + space, 2 * radius)
    let inner = part.width
    return RailroadFigure(width: inner + 2 * margin, up: height, down: part.down) { x, y, drawing in
      drawing.line(x, y, margin)
      part.draw(x + margin, y, &drawing)
      drawing.line(x + margin + inner, y, margin)
      let straight = height - 2 * radius
      drawing.track(
        x, y,
        [
          .bend(radius, -radius, isClockwise: false), .down(-straight),
          .bend(radius, -radius, isClockwise: true),
          .across(inner + 2 * margin - 4 * radius), .bend(radius, radius, isClockwise: true), .down(straight),
          .bend(radius, radius, isClockwise: false),
        ])
    }
  }

  /// With a way back below, on which the separators stand.
  static func loop(_ part: RailroadFigure, back: RailroadFigure = line(0)) -> RailroadFigure {
    let inner = max(part.width, back.width)
    let height = max(part.down + space + back.up, 2 * radius)
    return RailroadFigure(
      width: inner + 2 * margin, up: part.up, down: max(part.down, height + back.down)
    ) { x, y, drawing in
      drawing.line(x, y, margin)
      part.draw(x + margin, y, &drawing)
      drawing.line(x + margin + part.width, y, margin + inner - part.width)
      let (left, right) = (x + margin, x + margin + inner)
      let straight = height - 2 * radius
      drawing.track(
        right, y,
        [
          .bend(radius, radius, isClockwise: true), .down(straight),
          .bend(-radius, radius, isClockwise: true),
        ])
      let start = left + (inner - back.width) / 2
      back.draw(start, y + height, &drawing)
      drawing.line(left, y + height, start - left)
      drawing.line(start + back.width, y + height, right - start - back.width)
      drawing.track(
        left, y + height,
        [
          .bend(-radius, -radius, isClockwise: true), .down(-straight),
          .bend(radius, -radius, isClockwise: true),
        ])
    }
  }

  /// What it may be, and in a frame below what it may not be.
  static func except(_ part: RailroadFigure, _ excluded: [RailroadFigure]) -> RailroadFigure {
    let rows = rows(excluded, width: 460)
    let caption = 22
    let inset = 10
    let frameWidth = max((rows.map(\.width).max() ?? 0) + 2 * inset, 90)
    let frameHeight = caption + rows.reduce(0) { $0 + $1.up + $1.down + space } + inset - space
    let width = max(part.width, frameWidth)
    return RailroadFigure(width: width, up: part.up, down: part.down + space + frameHeight) { x, y, drawing in
      part.draw(x, y, &drawing)
      drawing.line(x + part.width, y, width - part.width)
      var top = y + part.down + space
      drawing.frames.append(
        RailroadDrawing.Frame(x: x, y: top, width: frameWidth, height: frameHeight, caption: "but not"))
      top += caption
      for row in rows {
        row.draw(x + inset, top + row.up, &drawing)
        top += row.up + row.down + space
      }
    }
  }

  /// Figures side by side, without tracks, in rows of some width.
  private static func rows(_ figures: [RailroadFigure], width: Int) -> [RailroadFigure] {
    var rows: [RailroadFigure] = []
    for figure in figures {
      guard let last = rows.last, last.width + space + figure.width <= width else {
        rows.append(figure)
        continue
      }
      rows[rows.count - 1] = RailroadFigure(
        width: last.width + space + figure.width, up: max(last.up, figure.up),
        down: max(last.down, figure.down)
      ) { x, y, drawing in
        last.draw(x, y, &drawing)
        figure.draw(x + last.width + space, y, &drawing)
      }
    }
    return rows
  }
}
