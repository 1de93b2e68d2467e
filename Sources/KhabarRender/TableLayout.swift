/// Which columns a table shows, and how wide.
struct TableLayout {
  /// Blanks between columns.
  static let gap = 2
  /// A column is not made narrower than this to keep others; rather the last ones are left out.
  static let least = 8

  /// The widths of the columns shown, which are the first ones.
  private(set) var widths: [Int]
  /// The columns that are narrower than their widest cell.
  private(set) var cut: [Int]

  /// - Parameters:
  ///   - natural: the width each column would like.
  ///   - width: what there is for all of them together; nil: as much as they like.
  ///   - whole: columns of which a part says little, such as ids: they are cut only where there is no room for the
  ///     others otherwise.
  init(natural: [Int], width: Int?, whole: Set<Int> = []) {
    widths = natural
    cut = []
    guard let width, Self.total(natural) > width else { return }
    while widths.count > 1, Self.total(widths.map { min($0, Self.least) }) > width { widths.removeLast() }
    let room = max(1, width - Self.gap * (widths.count - 1))
    cutLongest(among: cuttable(whole: whole, room: room), room: room)
    spread(room - widths.reduce(0, +), natural: natural)
    cut = widths.indices.filter { widths[$0] < natural[$0] }
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// The columns that have to give way: all but the whole ones, if that suffices.
  private func cuttable(whole: Set<Int>, room: Int) -> [Int] {
    let least = widths.indices.map { whole.contains($0) ? widths[$0] : min(widths[$0], Self.least) }
    return least.reduce(0, +) <= room ? widths.indices.filter { !whole.contains($0) } : Array(widths.indices)
  }

  private mutating func cutLongest(among columns: [Int], room: Int) {
    let others = widths.reduce(0, +) - columns.reduce(0) { $0 + widths[$1] }
    let limit = Self.limit(columns.map { widths[$0] }, room: room - others)
    for column in columns { widths[column] = min(widths[column], limit) }
  }

  /// The greatest width such that all columns, each cut to it, have room: the longest give way first.
  private static func limit(_ widths: [Int], room: Int) -> Int {
    var left = room
    var limit = room
    for (index, width) in widths.sorted().enumerated() {
      limit = max(1, left / (widths.count - index))
      if width > limit { return limit }
      left -= width
    }
    return max(limit, widths.max() ?? 1)
  }

  /// Gives what the division left over to the first columns that were cut.
  private mutating func spread(_ spare: Int, natural: [Int]) {
    var spare = spare
    for column in widths.indices where spare > 0 && widths[column] < natural[column] {
      widths[column] += 1
      spare -= 1
    }
  }
}
