/// How far two spellings are apart: insertions, deletions, replacements and exchanges of neighbours (Damerau and
/// Levenshtein, in the restricted form, where no part is edited twice).
package enum EditDistance {
  /// Longer names are not misspellings of one another that anybody needs help with.
  private static let longest = 64

  /// The distance, or nil where it is more than `limit`. Compare folded texts.
  package static func between(_ a: String, _ b: String, limit: Int = 2) -> Int? {
    let left = Array(a.unicodeScalars)
    let right = Array(b.unicodeScalars)
    guard left.count <= longest, right.count <= longest, abs(left.count - right.count) <= limit else {
      return nil
    }
    if left == right { return 0 }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        var cost = min(last[column + 1] + 1, current[column] + 1)
        cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      if let best = current.min(), best > limit, (last.min() ?? 0) > limit { return nil }
      beforeLast = last
      last = current
    }
    guard let distance = last.last, distance <= limit else { return nil }
    return distance
  }

  /// How many edits make a misspelling of a folded word: at most two, and fewer than half of a short word's letters.
  package static func limit(for folded: String) -> Int {
    min(2, max(1, (folded.unicodeScalars.count - 1) / 2))
  }

  /// The candidate nearest to `text` by folded spelling, within `limit(for:)`. The first of equals.
  package static func nearest<Candidates: Sequence<String>>(to text: String, among candidates: Candidates)
    -> String?
  {
    let folded = Folding.fold(text)
    let limit = Self.limit(for: folded)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      guard let distance = between(folded, Folding.fold(candidate), limit: limit) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.candidate
  }
}
