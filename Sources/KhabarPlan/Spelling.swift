import KhabarText

/// The nearest of known words to one that is not known.
package enum Spelling {
  /// At most three, nearest first; none where nothing is near. A word of which three letters are given is near.
  package static func nearest(to word: String, in words: [String]) -> [String] {
    let folded = Folding.fold(word)
    let limit = max(1, min(3, folded.count / 3))
    let ranked = words.enumerated().compactMap {
      index, candidate -> (distance: Int, index: Int, word: String)? in
      let other = Folding.fold(candidate)
      if let distance = EditDistance.between(folded, other, limit: limit) {
        return (distance, index, candidate)
      }
      return folded.count >= 3 && other.hasPrefix(folded) ? (limit + 1, index, candidate) : nil
    }
    var nearest: [String] = []
    for entry in ranked.sorted(by: { ($0.distance, $0.index) < ($1.distance, $1.index) })
    where !nearest.contains(entry.word) && nearest.count < 3 {
      nearest.append(entry.word)
    }
    return nearest
  }
}
