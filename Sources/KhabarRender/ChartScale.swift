/// Numbers as shares of the greatest of them, so that no difference of theirs overflows.
struct ChartScale {
  /// From the least value, or 0, to the greatest, or 0; both within -1...1.
  let low: Double
  let high: Double
  private let greatest: Double

  init(_ values: [Double]) {
    let values = values.filter(\.isFinite)
    greatest = values.reduce(0) { max($0, $1.magnitude) }
    guard greatest > 0 else {
      low = 0
      high = 0
      return
    }
    let unit = greatest
    low = values.reduce(0) { min($0, $1 / unit) }
    high = values.reduce(0) { max($0, $1 / unit) }
  }

  /// A value within -1...1.
  func share(_ value: Double) -> Double {
    greatest > 0 && value.isFinite ? min(1, max(-1, value / greatest)) : 0
  }

  /// How many of `cells` lie left of zero.
  func zero(in cells: Int) -> Int {
    guard low < 0 else { return 0 }
    guard high > 0, cells > 1 else { return cells }
    return min(cells - 1, max(1, Int((Double(cells) * -low / (high - low)).rounded())))
  }
}

extension NumberText {
  /// A number with no more than three digits after the point.
  static func short(_ number: Double) -> String? {
    guard number.isFinite, number.magnitude < 1e12 else { return text(number) }
    let rounded = (number * 1000).rounded() / 1000
    return rounded == 0 && number != 0 ? text(number) : text(rounded)
  }
}
