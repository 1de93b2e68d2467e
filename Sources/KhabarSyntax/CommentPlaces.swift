// Where the comments of a statement go when it is printed anew. The printed tokens are nearly the author's, in another
// language perhaps; what differs (a parenthesis too many, `and` for a comma) is found as `diff` finds it.

/// Pairs the tokens of a statement as written with those as printed.
struct CommentPlaces {
  /// A word of the grammar, which may be several tokens.
  private struct Word {
    var token: Token
    var keywords: [Keyword]

    /// Whether two say the same in either language.
    static func says(_ a: Word, _ b: Word) -> Bool {
      a.token.kind == b.token.kind || a.keywords.contains { b.keywords.contains($0) }
    }

    func has(_ roles: Keyword.Roles) -> Bool { keywords.contains { !$0.roles.isDisjoint(with: roles) } }

    /// What adjectives may belong to.
    var isNoun: Bool {
      switch token.kind {
      case .word: has([.noun, .type]) || !has(.reserved.union(.adjective))
      case .string: true
      default: false
      }
    }
  }

  /// A word, or a noun followed by its adjectives: which of them comes first depends on the language, and no
  /// comment goes between them.
  private struct Unit {
    var words: [Word]
    /// The places of its tokens.
    var range: Range<Int>

    static func says(_ a: Unit, _ b: Unit) -> Bool {
      a.words.count == b.words.count && zip(a.words, b.words).allSatisfy(Word.says)
    }
  }

  /// For each token as written the place of the same token as printed; nil for those that are gone.
  private let places: [Range<Int>?]
  private let count: Int

  init(written: [Token], printed: [Token]) {
    let old = Self.units(written)
    let new = Self.units(printed)
    let difference = new.difference(from: old, by: Unit.says)
    var gone: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var places = [Range<Int>?](repeating: nil, count: written.count)
    let kept = zip(old.indices.filter { !gone.contains($0) }, new.indices.filter { !added.contains($0) })
    for (from, to) in kept {
      for index in old[from].range { places[index] = new[to].range }
    }
    self.places = places
    count = printed.count
  }

  private static func units(_ tokens: [Token]) -> [Unit] {
    let parser = Parser(SourceText(name: "", text: ""), tokens: tokens)
    var units: [Unit] = []
    var adjectives: [Unit] = []
    var index = 0
    while index < tokens.count {
      let spelled = parser.keywords(at: index)
      let end = min(tokens.count, index + max(1, spelled.words))
      // What `print` prints has expressions inside, in one language or the other.
      let isPrinted = units.last?.words.first?.keywords.contains(.print) ?? false
      let keywords = isPrinted ? [.print] : spelled.keywords
      let unit = Unit(words: [Word(token: tokens[index], keywords: keywords)], range: index..<end)
      index = end
      if unit.words[0].has(.adjective) {
        adjectives.append(unit)
      } else {
        add(unit, after: adjectives, to: &units)
        adjectives = []
      }
    }
    let left = join(adjectives, to: &units)
    return units + left
  }

  private static func add(_ unit: Unit, after adjectives: [Unit], to units: inout [Unit]) {
    let left = join(adjectives, to: &units)
    guard unit.words[0].isNoun, let first = left.first else { return units += left + [unit] }
    units.append(
      Unit(words: unit.words + left.flatMap(\.words), range: first.range.lowerBound..<unit.range.upperBound))
  }

  /// Joins adjectives with the noun before them; returns them where there is none.
  private static func join(_ adjectives: [Unit], to units: inout [Unit]) -> [Unit] {
    guard let last = adjectives.last, let noun = units.last, noun.words.count == 1, noun.words[0].isNoun
    else {
      return adjectives
    }
    units[units.count - 1].words += adjectives.flatMap(\.words)
    units[units.count - 1].range = noun.range.lowerBound..<last.range.upperBound
    return []
  }

  /// The token as printed before which a comment goes that was written before the token at `place`: after the token
  /// whose line it shares, or before the one that it stands above.
  func place(_ place: Int, isTrailing: Bool) -> Int {
    if isTrailing { return places[..<place].last { $0 != nil }??.upperBound ?? 0 }
    return places[place...].first { $0 != nil }??.lowerBound ?? count
  }
}
