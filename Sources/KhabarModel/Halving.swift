extension Range<Int> {
  /// The first number, by halving, for which a condition holds that holds for all after it; the upper bound where there is
  /// none.
  @inline(__always) func firstByHalving(where holds: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
