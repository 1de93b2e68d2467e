extension TextColumn {
  /// The rows that have the ids of another column, each of which stands once in either; -1 where none has it.
  ///
  /// - Parameter index: Of these ids, where there is one.
  func rows(of wanted: TextColumn, _ index: IDIndex?) -> [Int32] {
    // To look each up in the index is worth it where they are few.
    if let index, wanted.count < count / 64 {
      return wanted.map { id in index.rows(named: id).first { self[Int($0)] == id } ?? -1 }
    }
    var rows = [Int32](repeating: -1, count: wanted.count)
    if let numbers, let others = wanted.numbers {
      if numbers.prefix != others.prefix { return rows }
      var places: [UInt32: Int] = Dictionary(minimumCapacity: wanted.count)
      for place in 0..<wanted.count { places[others.numbers[place]] = place }
      for row in 0..<count {
        if let place = places[numbers.numbers[row]] { rows[place] = Int32(truncatingIfNeeded: row) }
      }
      return rows
    }
    var places: [String: Int] = Dictionary(minimumCapacity: wanted.count)
    for (place, id) in wanted.enumerated() { places[id] = place }
    for (row, id) in enumerated() {
      if let place = places[id] { rows[place] = Int32(truncatingIfNeeded: row) }
    }
    return rows
  }
}
