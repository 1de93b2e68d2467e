// How a name may go on.
extension NameIndex {
  /// Names that go on from `prefix`, those of what occurs in most events first: any word of any name, in any script;
  /// `lach` offers lachin_checkpoint and the Lachin corridor. If there are none, names that sound as if they did: `laf`
  /// and `لاف` both offer Lavrov.
  package func completions(prefix: String, _ kinds: NameKinds, limit: Int) -> [Suggestion] {
    guard limit > 0 else { return [] }
    let key = NameKey.key(prefix)
    let script = ConsonantSkeleton.script(prefix)
    let index = lazyCompletion.value
    let starting = { (range: Range<Int>) in NameIndex.startsWord(bytes, range, Array(key.utf8)) }
    var found = entities(in: index.words, Array(key.utf8), kinds, limit)
    var isPart: (Row) -> Bool? = { starting(range($0)) }
    let sound = ConsonantSkeleton.skeleton(key)
    if found.isEmpty, sound.count > 1 {
      found = entities(in: index.sounds, sound, kinds, limit)
      isPart = { row in
        row.isID
          ? nil
          : ConsonantSkeleton.skeletons(String(decoding: self.key(row), as: UTF8.self)).lazy
            .compactMap { NameIndex.startsWord($0, $0.indices, sound) }.first
      }
    }
    let named = found.compactMap { entity in
      candidate(entity, isPart).map { suggestion(entity, $0, script) }
    }
    return named + idsBeginning(with: prefix, kinds, limit: limit - named.count)
  }

  private func idsBeginning(with prefix: String, _ kinds: NameKinds, limit: Int) -> [Suggestion] {
    guard limit > 0, !prefix.isEmpty else { return [] }
    return Array(
      idIndexes.filter { kinds.contains($0.kind) }.flatMap { index in
        index.rows(beginningWith: prefix, limit: limit).map {
          Suggestion(index.ids[Int($0)], EntityName(index.kind, $0))
        }
      }.prefix(limit))
  }

  /// Whether completing a name waits for nothing.
  package var canComplete: Bool { lazyCompletion.isMade }

  /// How many names there are.
  package var count: Int { rows.count }

  /// Makes what completing a name needs.
  package func prepareCompletion() {
    _ = lazyCompletion.value
    _ = rowsOf(EntityName(.actor, 0))
  }

  /// The first `limit` entities that have a word which starts so, those that occur often first.
  private func entities(
    in orders: [EntityKind: WordOrder], _ prefix: [UInt8], _ kinds: NameKinds, _ limit: Int
  ) -> [EntityName] {
    var found: [EntityName] = []
    for kind in EntityKind.allCases where kinds.contains(kind) {
      var seen: Set<EntityName> = []
      var own: [EntityName] = []
      orders[kind]?.visit(startingWith: prefix, weight: { self.weight(rows[Int($0)].entity) }) { row in
        let entity = rows[Int(row)].entity
        if seen.insert(entity).inserted { own.append(entity) }
        return own.count < limit
      }
      found += own
    }
    let ordered = found.enumerated().sorted {
      let weights = (weight($0.element), weight($1.element))
      return weights.0 == weights.1 ? $0.offset < $1.offset : weights.0 > weights.1
    }
    return ordered.prefix(limit).map(\.element)
  }

  /// Which of an entity's names goes on from what was begun.
  private func candidate(_ entity: EntityName, _ isPart: (Row) -> Bool?) -> Candidate? {
    rowsOf(entity).compactMap { position -> Candidate? in
      let row = rows[Int(position)]
      return isPart(row).map {
        Candidate(weight: 0, isPart: $0, row: Int(position), rank: row.rank)
      }
    }.min(by: Candidate.precedes)
  }

  /// Whether a word of the key in `range` starts with `prefix`: false for the first, true for a later one,
  /// nil for none.
  static func startsWord(_ bytes: [UInt8], _ range: Range<Int>, _ prefix: [UInt8]) -> Bool? {
    if starts(bytes, range, prefix) { return false }
    for position in range where bytes[position] == UInt8(ascii: " ") {
      if starts(bytes, (position + 1)..<range.upperBound, prefix) { return true }
    }
    return nil
  }

  static func starts(_ bytes: [UInt8], _ range: Range<Int>, _ prefix: [UInt8]) -> Bool {
    guard range.count >= prefix.count else { return false }
    for offset in prefix.indices where bytes[range.lowerBound + offset] != prefix[offset] { return false }
    return true
  }
}
