/// The diagram of a production.
struct RailroadDiagram {
  private(set) var drawing = RailroadDrawing()
  private(set) var width = 0
  private(set) var height = 0

  /// Wider sequences are broken into lines.
  private static let widest = 760
  private static let edge = 14
  private static let lineSpace = 22

  init(_ term: Term) {
    var top = Self.edge
    let lines = Self.lines(term)
    let widest = lines.map(\.width).max() ?? 0
    width = widest + 4 * Self.edge
    for (number, line) in lines.enumerated() {
      let y = top + line.up
      let x = 2 * Self.edge
      line.draw(x, y, &drawing)
      if number == 0 { drawEnd(x - Self.edge, y, toward: x) }
      top = y + line.down + Self.lineSpace
      if number + 1 < lines.count {
        drawTurn(
          from: x + line.width, y, to: x, top + lines[number + 1].up, right: x + widest, middle: top - 11)
      } else {
        drawEnd(x + line.width + Self.edge, y, toward: x + line.width)
      }
    }
    height = top - Self.lineSpace + Self.edge
  }

  /// A bar at the beginning or the end, and the track to it.
  private mutating func drawEnd(_ x: Int, _ y: Int, toward inner: Int) {
    drawing.track(x, y - 7, [.down(14)])
    drawing.line(min(x, inner), y, abs(x - inner))
  }

  /// From the end of a line back to the beginning of the next.
  private mutating func drawTurn(from x: Int, _ y: Int, to start: Int, _ next: Int, right: Int, middle: Int) {
    let radius = RailroadFigure.radius
    drawing.track(
      x, y,
      [
        .across(right - x), .bend(radius, radius, isClockwise: true), .down(middle - y - 2 * radius),
        .bend(-radius, radius, isClockwise: true), .across(start - right),
        .bend(-radius, radius, isClockwise: false), .down(next - middle - 2 * radius),
        .bend(radius, radius, isClockwise: false),
      ])
  }

  // MARK: - Terms

  private static func lines(_ term: Term) -> [RailroadFigure] {
    guard case .sequence(let terms) = term else { return [figure(term)] }
    var lines: [[RailroadFigure]] = [[]]
    var width = 0
    for part in parts(terms) {
      if width > 0, width + part.width > widest {
        lines.append([])
        width = 0
      }
      lines[lines.count - 1].append(part)
      width += part.width + 14
    }
    return lines.map(RailroadFigure.sequence)
  }

  private static func figure(_ term: Term) -> RailroadFigure {
    switch term {
    case .sequence(let terms): .sequence(parts(terms))
    case .choice(let terms): .choice(terms.map(figure))
    case .optional(let term): .optional(figure(term))
    case .many(let term): .optional(.loop(figure(term)))
    case .some(let term): .loop(figure(term))
    case .except(let term, .choice(let excluded)): .except(figure(term), excluded.map(figure))
    case .except(let term, let excluded): .except(figure(term), [figure(excluded)])
    case .quoted(let text): .box(text, .word)
    case .name(let name): .box(name, .name)
    case .characters(let characters): .box(characters.text, .characters)
    }
  }

  /// `A (',' A)*` is one loop, with the comma on the way back.
  private static func parts(_ terms: [Term]) -> [RailroadFigure] {
    var figures: [RailroadFigure] = []
    var index = 0
    while index < terms.count {
      if let (count, separators) = list(terms[index...]) {
        let item = RailroadFigure.sequence(terms[index..<index + count].map(figure))
        figures.append(.loop(item, back: .sequence(separators.map(figure))))
        index += count + 1
      } else {
        figures.append(figure(terms[index]))
        index += 1
      }
    }
    return figures
  }

  /// How many terms an item has that begins here and is repeated after separators.
  private static func list(_ terms: ArraySlice<Term>) -> (count: Int, separators: [Term])? {
    for (offset, term) in terms.dropFirst().enumerated() {
      guard case .many(.sequence(let repeated)) = term else { continue }
      let item = Array(terms.prefix(offset + 1))
      // Separators are read backwards, so there is but one.
      guard repeated.count == item.count + 1, Array(repeated.dropFirst()) == item else { return nil }
      return (item.count, [repeated[0]])
    }
    return nil
  }
}
