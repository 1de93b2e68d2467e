// Definitions. What has words, numbers and times only shares lines; an entry with a string has its own, and goes on
// under its first value.
//
//     define event crossing (
//       type CONSULT, time 2031-05-02, place samdera,
//       label en "The ministers meet at the crossing"
//             ar "لقاء الوزيرين عند المعبر",
//     )

extension StatementLayout {
  mutating func layOutDefinition() {
    if fits(tokens.indices) { return tokens.indices.forEach { write($0) } }
    for index in outer(tokens.indices) {
      if index > 0, comments[index] != nil { breakLine(before: index, indent: 2) }
      if let close = partners[index], close > index {
        layOutEntries(index, close)
      } else {
        write(index)
      }
    }
  }

  private mutating func layOutEntries(_ opening: Int, _ closing: Int) {
    let outer = indent
    write(opening)
    var sharesLine = false
    for entry in entries(opening + 1..<closing) {
      let isPlain = !hasComments(inside: entry) && entry.allSatisfy { !isString($0) && partners[$0] == nil }
      let goesOn = sharesLine && isPlain && comments[entry.lowerBound] == nil
      if goesOn, column + 1 + columns(entry) + 1 <= Self.width {
        entry.forEach { write($0) }
      } else {
        breakLine(before: entry.lowerBound, indent: outer + 2)
        layOutEntry(entry)
      }
      append(comma)
      sharesLine = isPlain
    }
    breakLine(before: closing, indent: outer)
    write(closing)
  }

  /// The entries without their commas. A comment before a comma goes after it.
  private mutating func entries(_ range: Range<Int>) -> [Range<Int>] {
    var entries: [Range<Int>] = []
    var start = range.lowerBound
    for index in outer(range) where isSymbol(.comma, at: index) {
      entries.append(start..<index)
      start = index + 1
      let early = comments.removeValue(forKey: index) ?? []
      if !early.isEmpty { comments[start, default: []].insert(contentsOf: early, at: 0) }
    }
    return start < range.upperBound ? entries + [start..<range.upperBound] : entries
  }

  /// An entry on this line; or else as many values on each line as fit, a language with its string.
  private mutating func layOutEntry(_ range: Range<Int>) {
    guard !fits(range, followedBy: 1) else { return range.forEach { write($0) } }
    let outer = indent
    write(range.lowerBound)
    let further = min(column + 1, outer + 20)
    let values = self.outer(range).dropFirst()
    let starts = values.filter { !(isString($0) && isWord($0 - 1)) }
    for value in cut(range.lowerBound + 1..<range.upperBound, before: Array(starts)) {
      let isFirst = value.lowerBound == range.lowerBound + 1
      if comments[value.lowerBound] != nil || (!isFirst && !fits(value, followedBy: 1)) {
        breakLine(before: value.lowerBound, indent: further)
      }
      layOutValue(value, further: further)
    }
  }

  private mutating func layOutValue(_ range: Range<Int>, further: Int) {
    for index in outer(range) {
      if index > range.lowerBound, comments[index] != nil { breakLine(before: index, indent: further) }
      guard let close = partners[index], close > index else {
        write(index)
        continue
      }
      if fits(index..<close + 1, followedBy: 1) {
        (index...close).forEach { write($0) }
      } else {
        layOutEntries(index, close)
      }
    }
  }

  private func isString(_ index: Int) -> Bool { if case .string = tokens[index].kind { true } else { false } }

  private func isWord(_ index: Int) -> Bool { if case .word = tokens[index].kind { true } else { false } }

  /// As the line writes it; the last entry has one too.
  private var comma: String {
    line.text.hasPrefix(Keyword.define.arabic) ? "،" : ","
  }
}
