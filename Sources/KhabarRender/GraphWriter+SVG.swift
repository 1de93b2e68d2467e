import KhabarText

extension GraphWriter {
  private static let pictureWidth = 860.0

  func svg(title: String) -> String {
    var picture = SVGPicture(width: Self.pictureWidth, language: text.options.language)
    let height = min(900, max(260, Double(links.nodes.count) * 34))
    let names = links.nodes.map { text.text($0) }
    let layout = GraphLayout(links, width: Self.pictureWidth - 240, height: height - 60)
    let places = layout.places.map { (x: $0.x + 40, y: $0.y + 30) }
    let heaviest = links.links.reduce(1) { max($0, $1.weight ?? 1) }
    for link in links.links {
      let (from, to) = (places[link.from], places[link.to])
      let thickness = max(1, min(6, ((link.weight ?? 1) / heaviest * 6).rounded()))
      picture.line(from: from, to: to, style: "link w\(NumberText.text(thickness) ?? "1")")
      if isDirected, link.from != link.to { picture.polygon(Self.arrow(from, to), style: "node") }
    }
    for (place, name) in zip(places, names) {
      picture.circle(x: place.x, y: place.y, radius: 5, style: "node")
      picture.text(
        name, x: place.x + 9, y: place.y + 5, room: Self.pictureWidth - place.x - 12, style: "halo")
    }
    return picture.document(title: title, height: height)
  }

  /// A head some way before the end of a line.
  private static func arrow(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) -> [(
    x: Double, y: Double
  )] {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = max(1, (dx * dx + dy * dy).squareRoot())
    let (ux, uy) = (dx / length, dy / length)
    let tip = (x: to.x - ux * 8, y: to.y - uy * 8)
    let foot = (x: tip.x - ux * 9, y: tip.y - uy * 9)
    return [tip, (foot.x - uy * 4, foot.y + ux * 4), (foot.x + uy * 4, foot.y - ux * 4)]
  }
}

/// Where the nodes of a graph stand: those that are linked near one another, the others apart (Fruchterman and Reingold
/// 1991), from a circle, so that the same graph always looks the same; then lines of writing are kept apart.
struct GraphLayout {
  private(set) var places: [(x: Double, y: Double)]

  private static let steps = 200
  /// Beyond so many nodes the circle has to do.
  private static let most = 300

  init(_ links: GraphLinks, width: Double, height: Double) {
    let count = links.nodes.count
    places = (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(max(1, count))
      return (width / 2 * (1 + Self.cosine(angle)), height / 2 * (1 + Self.cosine(angle - .pi / 2)))
    }
    guard count > 1, count <= Self.most else { return }
    let ideal = (width * height / Double(count)).squareRoot() * 0.8
    for step in 0..<Self.steps {
      let heat = ideal * (1 - Double(step) / Double(Self.steps)) / 4
      move(links, ideal, heat)
    }
    fit(width, height)
    separate(height)
  }

  /// Without a library for mathematics: the series, with the angle brought near zero.
  private static func cosine(_ angle: Double) -> Double {
    let turn = 2 * Double.pi
    let x = angle - (angle / turn).rounded() * turn
    var term = 1.0
    var sum = 1.0
    for index in 1...14 {
      term *= -x * x / Double((2 * index - 1) * 2 * index)
      sum += term
    }
    return sum
  }

  private mutating func move(_ links: GraphLinks, _ ideal: Double, _ heat: Double) {
    var forces = [(x: Double, y: Double)](repeating: (0, 0), count: places.count)
    func pull(_ a: Int, _ b: Int, _ force: (Double) -> Double) {
      let (dx, dy) = (places[a].x - places[b].x, places[a].y - places[b].y)
      let distance = max(1, (dx * dx + dy * dy).squareRoot())
      let amount = force(distance) / distance
      forces[a] = (forces[a].x + dx * amount, forces[a].y + dy * amount)
      forces[b] = (forces[b].x - dx * amount, forces[b].y - dy * amount)
    }
    for a in places.indices { for b in 0..<a { pull(a, b) { ideal * ideal / $0 } } }
    for link in links.links where link.from != link.to { pull(link.from, link.to) { -$0 * $0 / ideal } }
    let middle = (
      x: places.reduce(0) { $0 + $1.x } / Double(places.count),
      y: places.reduce(0) { $0 + $1.y } / Double(places.count)
    )
    for index in places.indices {
      // Parts without a link between them do not drift away.
      let (dx, dy) = (middle.x - places[index].x, middle.y - places[index].y)
      let pull = (dx * dx + dy * dy).squareRoot() / ideal
      let (x, y) = (forces[index].x + dx * pull, forces[index].y + dy * pull)
      let length = max(1, (x * x + y * y).squareRoot())
      let step = min(length, heat) / length
      places[index] = (places[index].x + x * step, places[index].y + y * step)
    }
  }

  private mutating func fit(_ width: Double, _ height: Double) {
    func range(_ values: [Double]) -> (low: Double, length: Double) {
      let low = values.min() ?? 0
      return (low, max(1, (values.max() ?? 0) - low))
    }
    let (x, y) = (range(places.map(\.x)), range(places.map(\.y)))
    places = places.map { (($0.x - x.low) / x.length * width, ($0.y - y.low) / y.length * height) }
  }

  /// Nodes whose names would stand on one line are moved apart.
  private mutating func separate(_ height: Double) {
    let order = places.indices.sorted { places[$0].y < places[$1].y }
    for (position, index) in order.enumerated() {
      for above in order[..<position].suffix(6) where abs(places[above].x - places[index].x) < 160 {
        places[index].y = max(places[index].y, places[above].y + 18)
      }
    }
    let lowest = places.reduce(0) { max($0, $1.y) }
    if lowest > height { places = places.map { ($0.x, $0.y * height / lowest) } }
  }
}
