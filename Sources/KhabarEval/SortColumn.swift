import KhabarPlan

/// One key by which rows are put in order.
enum SortColumn {
  /// The place of each row's value among all of them.
  case ranks([Int32])
  case values([Value], ValueOrder, Bool)

  /// Negative where row `a` comes before row `b`, 0 where neither does.
  func compare(_ a: Int, _ b: Int) -> Int {
    switch self {
    case .ranks(let ranks): Int(ranks[a]) - Int(ranks[b])
    case .values(let values, let order, let isDescending):
      order.compare(values[a], values[b], isDescending: isDescending)
    }
  }
}
