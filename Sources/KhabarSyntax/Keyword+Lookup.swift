import KhabarText

extension Keyword {
  /// A way to write a keyword, folded, word by word.
  struct Spelling: Sendable {
    let keyword: Keyword
    let words: [String]
    let isArabic: Bool
  }

  /// The rows by keyword.
  private static let rowsByKeyword: [Keyword: Row] = Dictionary(
    rows.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })

  /// Every spelling of a language by its first word, those of most words first.
  private static let englishSpellings = spellings(isArabic: false)
  private static let arabicSpellings = spellings(isArabic: true)

  private static func spellings(isArabic: Bool) -> [String: [Spelling]] {
    var index: [String: [Spelling]] = [:]
    for row in rows {
      for text in isArabic ? row.arabic : row.english {
        let words = Folding.fold(text).split(separator: " ").map(String.init)
        guard let first = words.first else { continue }
        index[first, default: []].append(Spelling(keyword: row.keyword, words: words, isArabic: isArabic))
      }
    }
    for (word, spellings) in index where spellings.count > 1 {
      index[word] = spellings.sorted { $0.words.count > $1.words.count }
    }
    return index
  }

  /// The spellings that begin with a folded word, those of most words first. The table of a language is made when
  /// its first word is met: most texts need but one.
  static func spellings(beginningWith folded: String) -> [Spelling] {
    let isASCII = folded.utf8.allSatisfy { $0 < 0x80 }
    return (isASCII ? englishSpellings : arabicSpellings)[folded] ?? []
  }

  var row: Row? { Self.rowsByKeyword[self] }

  package var roles: Roles { Self.rowsByKeyword[self]?.roles ?? [] }

  /// The English spelling that is printed.
  package var english: String { Self.rowsByKeyword[self]?.english.first ?? rawValue }

  /// The Arabic spelling that is printed.
  package var arabic: String { Self.rowsByKeyword[self]?.arabic.first ?? rawValue }

  /// The keyword with one of these roles whose English spelling in the tree is `text`.
  static func english(_ text: String, as roles: Roles) -> Keyword? {
    // Two keywords share their spelling with another that comes first.
    let keyword = text == Keyword.asRole.english && roles.contains(.mark) ? .asRole : Keyword(rawValue: text)
    return keyword.flatMap { $0.roles.isDisjoint(with: roles) ? nil : $0 }
  }

  /// The Arabic spelling without the article, as after `عرف` and beside a field.
  package var arabicIndefinite: String {
    row?.arabic.first { !$0.hasPrefix("ال") } ?? arabic
  }

  /// The keywords that the whole of `text` spells, in either language.
  package static func keywords(spelledBy text: String) -> [Keyword] {
    let words = Folding.fold(text).split(separator: " ").map(String.init)
    guard let first = words.first else { return [] }
    return spellings(beginningWith: first).filter { $0.words == words }.map(\.keyword)
  }

  /// The keyword with one of these roles that the whole of `text` spells.
  package static func keyword(spelledBy text: String, as roles: Roles) -> Keyword? {
    keywords(spelledBy: text).first { !$0.roles.isDisjoint(with: roles) }
  }

  /// Whether `text` is one of this keyword's spellings.
  package func spells(_ text: String) -> Bool { Self.keywords(spelledBy: text).contains(self) }

  /// Whether a name has to be quoted to be read as one wherever a name may stand.
  package static func mustBeQuoted(_ text: String) -> Bool {
    let words = Folding.fold(text).split(separator: " ").map(String.init)
    guard words.count == 1, let first = words.first else { return true }
    return spellings(beginningWith: first).contains { spelling in
      let roles = spelling.keyword.roles.subtracting(.definitions)
      if roles.isEmpty { return false }
      return spelling.words.count > 1 || spelling.isArabic || !roles.isSubset(of: [.type, .field, .value])
    }
  }

  /// Whether the word begins no keyword: `def` and `param` may give it a meaning of their own.
  package static func isFree(_ text: String) -> Bool { spellings(beginningWith: Folding.fold(text)).isEmpty }

  /// Whether a line that ends with the word goes on: it is an operator.
  static func continuesLine(_ text: String) -> Bool {
    keywords(spelledBy: text).contains { $0.roles.contains(.operator) }
  }

  // MARK: - Misspellings

  /// The first words of all spellings, folded.
  private static let firstWords: [(word: String, spelling: String, roles: Roles)] = rows.flatMap { row in
    (row.english + row.arabic).compactMap { spelling in
      spelling.split(separator: " ").first.map { (Folding.fold($0), spelling, row.roles) }
    }
  }

  /// The spelling of a keyword with one of the roles whose first word is nearest to `text`, if any is near.
  static func nearest(to text: String, with roles: Roles) -> String? {
    let folded = Folding.fold(text)
    var best: (spelling: String, distance: Int)?
    for (word, spelling, wordRoles) in firstWords where !wordRoles.isDisjoint(with: roles) {
      let limit = Swift.min(EditDistance.limit(for: folded), (best?.distance ?? 3) - 1)
      guard let distance = EditDistance.between(folded, word, limit: limit) else { continue }
      best = (spelling, distance)
    }
    return best?.spelling
  }
}
