/// The heaviest items of any stretch of a long list, without a look at the others: of each 32 items the greatest weight
/// is noted, and of each 32 of those.
struct Heaviest: Sendable {
  /// The lowest level first; the last has at most 32.
  private let levels: [[Int32]]
  private let count: Int

  private static let fan = 32

  init(count: Int, weight: (Int) -> Int32) {
    self.count = count
    var levels: [[Int32]] = []
    var below = count
    while below > Heaviest.fan {
      let last = levels.last
      let blocks = stride(from: 0, to: below, by: Heaviest.fan).map { start in
        (start..<min(below, start + Heaviest.fan)).reduce(Int32.min) { most, item in
          max(most, last.map { $0[item] } ?? weight(item))
        }
      }
      levels.append(blocks)
      below = blocks.count
    }
    self.levels = levels
  }

  /// Some items that lie next to one another, or (on level 0) one.
  private struct Node {
    var level: Int
    var index: Int
    var weight: Int32
    var first: Int

    func precedes(_ other: Node) -> Bool {
      weight == other.weight ? first < other.first : weight > other.weight
    }
  }

  /// Visits the items of `range`, the heaviest first, and of equally heavy ones the first, until `visit` says that it
  /// is enough.
  func visit(_ range: Range<Int>, weight: (Int) -> Int32, _ visit: (Int) -> Bool) {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return }
    var heap: [Node] = []
    expand(level: levels.count + 1, index: 0, range, weight, into: &heap)
    while let node = heap.popFirst(by: { $0.precedes($1) }) {
      if node.level == 0 {
        if !visit(node.index) { return }
      } else {
        expand(level: node.level, index: node.index, range, weight, into: &heap)
      }
    }
  }

  /// The parts of a node that have items of the range in them.
  private func expand(
    level: Int, index: Int, _ range: Range<Int>, _ weight: (Int) -> Int32, into heap: inout [Node]
  ) {
    let child = level - 1
    let span = (0..<child).reduce(1) { span, _ in span * Heaviest.fan }
    let start = max(index * Heaviest.fan, range.lowerBound / span)
    let end = min((index + 1) * Heaviest.fan, (range.upperBound - 1) / span + 1)
    guard start < end else { return }
    for child in (start..<end).map({ item(level: child, index: $0, span: span, weight) }) {
      heap.push(child, by: { $0.precedes($1) })
    }
  }

  private func item(level: Int, index: Int, span: Int, _ weight: (Int) -> Int32) -> Node {
    Node(
      level: level, index: index, weight: level == 0 ? weight(index) : levels[level - 1][index],
      first: index * span)
  }
}

/// A binary heap: the first element is the one that precedes all others.
extension Array {
  fileprivate mutating func push(_ element: Element, by precedes: (Element, Element) -> Bool) {
    append(element)
    var child = count - 1
    while child > 0, precedes(self[child], self[(child - 1) / 2]) {
      swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  fileprivate mutating func popFirst(by precedes: (Element, Element) -> Bool) -> Element? {
    guard let top = first else { return nil }
    swapAt(0, count - 1)
    removeLast()
    var parent = 0
    while true {
      let children = (2 * parent + 1)..<Swift.min(2 * parent + 3, Swift.max(count, 2 * parent + 1))
      guard let least = children.min(by: { precedes(self[$0], self[$1]) }),
        precedes(self[least], self[parent])
      else { return top }
      swapAt(least, parent)
      parent = least
    }
  }
}
