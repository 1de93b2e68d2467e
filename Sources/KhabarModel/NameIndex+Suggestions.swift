import KhabarText

// Guesses: what may have been meant by a name that nobody has. The whole table is read once, and no text is made of a
// row that a cheap test excludes.

extension NameIndex {
  /// A row that may be meant. The least is the best.
  struct Candidate {
    /// Edits for suggestions, fewer than any for a beginning; for completions 0.
    var distance = 0
    var weight: Int32
    /// Whether only a word of the name fits and not the whole.
    var isPart: Bool
    var row: Int
    var rank: Rank

    static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
      if a.distance != b.distance { return a.distance < b.distance }
      if a.weight != b.weight { return a.weight > b.weight }
      if a.isPart != b.isPart { return !a.isPart }
      let ranks = (a.rank.preference, b.rank.preference)
      return ranks.0 == ranks.1 ? a.row < b.row : ranks.0 < ranks.1
    }
  }

  /// The best few candidates, one an entity.
  struct Shortlist {
    let limit: Int
    private(set) var candidates: [(entity: EntityName, candidate: Candidate)] = []

    init(limit: Int) { self.limit = limit }

    /// The distance that a further candidate must not exceed; nil while there is room.
    var worstDistance: Int? { candidates.count < limit ? nil : candidates.last?.candidate.distance }

    mutating func offer(_ candidate: Candidate, _ entity: EntityName) {
      if candidates.count >= limit, let last = candidates.last,
        !Candidate.precedes(candidate, last.candidate)
      {
        return
      }
      if let known = candidates.firstIndex(where: { $0.entity == entity }) {
        guard Candidate.precedes(candidate, candidates[known].candidate) else { return }
        candidates.remove(at: known)
      }
      let position = candidates.firstIndex { Candidate.precedes(candidate, $0.candidate) } ?? candidates.count
      candidates.insert((entity, candidate), at: position)
      if candidates.count > limit { candidates.removeLast() }
    }
  }

  /// The names nearest to one that is unknown: those it begins, then by edits of the whole name or of one of its
  /// words, at most a third of its letters. If there are none, names in other scripts that sound alike. Few mistake
  /// the first letter: before names with another one come those that sound as if they went on from what is there.
  package func suggestions(for text: String, _ kinds: NameKinds, limit: Int = 3) -> [Suggestion] {
    let key = NameKey.key(text)
    guard limit > 0, key.utf8.count > 1 else { return [] }
    let script = ConsonantSkeleton.script(text)
    var list = Shortlist(limit: limit)
    offerMisspelled(key, kinds, to: &list)
    let isFarFetched = !list.candidates.contains { sharesFirstLetter(key, rows[$0.candidate.row]) }
    if list.candidates.isEmpty {
      offerSoundingAlike(key, kinds, script, to: &list)
      if list.candidates.isEmpty { offerBeginningBySound(key, kinds, to: &list) }
    } else if isFarFetched {
      offerBeginningBySound(key, kinds, to: &list)
    }
    return list.candidates.map { suggestion($0.entity, $0.candidate, script) }
  }

  /// A third of the letters, and no more than three: what is farther away is another name.
  private static func editLimit(_ length: Int) -> Int { min(3, max(1, length / 3)) }

  /// What is shorter begins too many names.
  private static let shortestBeginning = 3

  private func sharesFirstLetter(_ key: String, _ row: Row) -> Bool {
    NameIndex.startsWord(bytes, range(row), Array(String(key.unicodeScalars.prefix(1)).utf8)) != nil
  }

  private func offerBeginningBySound(_ key: String, _ kinds: NameKinds, to list: inout Shortlist) {
    let sound = ConsonantSkeleton.skeleton(key)
    guard sound.count > 1, key.unicodeScalars.count >= NameIndex.shortestBeginning else { return }
    for (position, row) in rows.enumerated() where kinds.contains(row.kind) && !row.isID {
      forEachPart(of: row) { part, isPart in
        let sounds = ConsonantSkeleton.skeletons(String(decoding: bytes[part], as: UTF8.self))
        guard sounds.contains(where: { NameIndex.starts($0, $0.indices, sound) }) else { return }
        let candidate = Candidate(
          distance: -1, weight: weight(row.entity), isPart: isPart, row: position, rank: row.rank)
        list.offer(candidate, row.entity)
      }
    }
  }

  private func offerMisspelled(_ key: String, _ kinds: NameKinds, to list: inout Shortlist) {
    let query = LetterSet(key)
    let beginning = query.count >= NameIndex.shortestBeginning ? Array(key.utf8) : nil
    for (position, row) in rows.enumerated() where kinds.contains(row.kind) {
      forEachPart(of: row) { part, isPart in
        if let beginning, NameIndex.starts(bytes, part, beginning) {
          let candidate = Candidate(
            weight: weight(row.entity), isPart: isPart, row: position, rank: row.rank)
          return list.offer(candidate, row.entity)
        }
        let letters = LetterSet(bytes, part)
        let edits = min(NameIndex.editLimit(min(letters.count, query.count)), list.worstDistance ?? 3)
        guard letters.mayBeWithin(edits, of: query) else { return }
        let spelling = String(decoding: bytes[part], as: UTF8.self)
        guard let distance = EditDistance.between(key, spelling, limit: edits) else { return }
        let candidate = Candidate(
          distance: distance, weight: weight(row.entity), isPart: isPart, row: position, rank: row.rank)
        list.offer(candidate, row.entity)
      }
    }
  }

  private func offerSoundingAlike(
    _ key: String, _ kinds: NameKinds, _ script: ConsonantSkeleton.Script, to list: inout Shortlist
  ) {
    let query = String(decoding: ConsonantSkeleton.skeleton(key), as: UTF8.self)
    guard query.utf8.count > 1 else { return }
    let edits = query.utf8.count > 3 ? 1 : 0
    for (position, row) in rows.enumerated() where kinds.contains(row.kind) && !row.isID {
      guard ConsonantSkeleton.script(spelling(row)) != script else { continue }
      forEachPart(of: row) { part, isPart in
        let sounds = ConsonantSkeleton.skeletons(String(decoding: bytes[part], as: UTF8.self))
        let distances = sounds.compactMap { distance(query, $0, limit: edits) }
        guard let distance = distances.min() else { return }
        let candidate = Candidate(
          distance: distance, weight: weight(row.entity), isPart: isPart, row: position, rank: row.rank)
        list.offer(candidate, row.entity)
      }
    }
  }

  private func distance(_ query: String, _ skeleton: [UInt8], limit: Int) -> Int? {
    guard abs(skeleton.count - query.utf8.count) <= limit else { return nil }
    return EditDistance.between(query, String(decoding: skeleton, as: UTF8.self), limit: limit)
  }

  /// The row's key, then each of its words if it has several, as ranges of `bytes`.
  private func forEachPart(of row: Row, _ body: (_ part: Range<Int>, _ isPart: Bool) -> Void) {
    let key = range(row)
    body(key, false)
    var start = key.lowerBound
    for position in key where bytes[position] == UInt8(ascii: " ") {
      body(start..<position, true)
      start = position + 1
    }
    if start > key.lowerBound { body(start..<key.upperBound, true) }
  }
}

// MARK: - Wording

extension NameIndex {
  /// What to write for a candidate: its own spelling, or the canonical name where only that is in the query's
  /// script; always one that names this entity and no other of its kind, if there is any.
  func suggestion(
    _ entity: EntityName, _ candidate: Candidate, _ script: ConsonantSkeleton.Script
  ) -> Suggestion {
    let row = rows[candidate.row]
    let own = spelling(row)
    let isOwnUsable = names(own, entity)
    if isOwnUsable, ConsonantSkeleton.script(own) == script { return Suggestion(own, entity) }
    let others = rowsOf(entity).map { rows[Int($0)] }.filter { names(spelling($0), entity) }
    let inScript = others.filter { ConsonantSkeleton.script(spelling($0)) == script }
    // A surname for a surname, else the whole name.
    let best =
      inScript.first { $0.rank == row.rank && row.rank == .surname }
      ?? inScript.first { $0.rank == .name || $0.rank == .eventID }
    if let best { return Suggestion(spelling(best), entity) }
    let first = others.min { $0.rank < $1.rank }.map { spelling($0) }
    return Suggestion((isOwnUsable ? own : first) ?? own, entity)
  }

  /// Whether the text resolves to the entity among those of its kind.
  private func names(_ text: String, _ entity: EntityName) -> Bool {
    resolve(text, NameKinds(rawValue: 1 << entity.kind.rawValue)) == .found([entity])
  }
}

/// Which letters a text has, roughly, and how many: a test that most names fail before edits are counted.
private struct LetterSet {
  /// Unicode scalars.
  var count = 0
  private var bits: UInt64 = 0
  /// How many bits one edit may change: a replaced letter takes its bits away and brings others.
  private var bitsPerEdit = 2

  init(_ text: String) { self.init(Array(text.utf8), 0..<text.utf8.count) }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    for position in range {
      let byte = bytes[position]
      if byte & 0xC0 != 0x80 { count += 1 }
      // Leading bytes are much the same all through one script and tell no letters apart.
      if byte < 0xC0 { bits |= 1 << UInt64(byte & 63) }
      if byte >= 0xE0 { bitsPerEdit = 6 }
    }
  }

  func mayBeWithin(_ edits: Int, of other: LetterSet) -> Bool {
    abs(count - other.count) <= edits
      && (bits ^ other.bits).nonzeroBitCount <= edits * max(bitsPerEdit, other.bitsPerEdit)
  }
}
