extension NameIndex {
  /// Names that go on from `prefix`: any word of any name, in any script; `lach` offers lachin_checkpoint and
  /// the Lachin corridor. If there are none, names that sound as if they did: `laf` and `لاف` both offer
  /// Lavrov.
  package func completions(prefix: String, _ kinds: NameKinds, limit: Int) -> [Suggestion] {
    guard limit > 0 else { return [] }
    let key = NameKey.key(prefix)
    let script = ConsonantSkeleton.script(prefix)
    var list = Shortlist(limit: limit)
    offerStarting(Array(key.utf8), kinds, to: &list)
    if list.candidates.isEmpty { offerSoundingAsIfStarting(key, kinds, to: &list) }
    return list.candidates.map { suggestion($0.entity, $0.candidate, script) }
  }

  private func offerStarting(_ prefix: [UInt8], _ kinds: NameKinds, to list: inout Shortlist) {
    for (position, row) in rows.enumerated() where kinds.contains(row.kind) {
      guard let isPart = NameIndex.startsWord(bytes, range(row), prefix) else { continue }
      list.offer(completion(position, row, isPart), row.entity)
    }
  }

  private func offerSoundingAsIfStarting(_ key: String, _ kinds: NameKinds, to list: inout Shortlist) {
    let prefix = ConsonantSkeleton.skeleton(key)
    guard prefix.count > 1 else { return }
    for (position, row) in rows.enumerated() where kinds.contains(row.kind) && !row.isID {
      let sounds = ConsonantSkeleton.skeletons(String(decoding: self.key(row), as: UTF8.self))
      guard let isPart = sounds.lazy.compactMap({ NameIndex.startsWord($0, $0.indices, prefix) }).first else {
        continue
      }
      list.offer(completion(position, row, isPart), row.entity)
    }
  }

  private func completion(_ position: Int, _ row: Row, _ isPart: Bool) -> Candidate {
    // A name that starts so before one that has such a word, whatever their weights.
    Candidate(
      distance: isPart ? 1 : 0, weight: weight(row.entity), isPart: isPart, row: position, rank: row.rank)
  }

  /// Whether a word of the key in `range` starts with `prefix`: false for the first, true for a later one,
  /// nil for none.
  private static func startsWord(_ bytes: [UInt8], _ range: Range<Int>, _ prefix: [UInt8]) -> Bool? {
    if starts(bytes, range, prefix) { return false }
    for position in range where bytes[position] == UInt8(ascii: " ") {
      if starts(bytes, (position + 1)..<range.upperBound, prefix) { return true }
    }
    return nil
  }

  private static func starts(_ bytes: [UInt8], _ range: Range<Int>, _ prefix: [UInt8]) -> Bool {
    guard range.count >= prefix.count else { return false }
    for offset in prefix.indices where bytes[range.lowerBound + offset] != prefix[offset] { return false }
    return true
  }
}
