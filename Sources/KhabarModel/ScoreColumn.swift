/// Scores from -10 to 10 in tenths, each as a code: 0 for the least, -1 for none.
package struct ScoreColumn: Sendable {
  /// One more than the greatest code.
  package static let limit = 2 * greatest + 1
  /// In tenths.
  private static let greatest = 100

  package let codes: CodeColumn<Int16>
  /// Whether no row has a score.
  package let isEmpty: Bool

  /// - Parameter scores: In tenths.
  package init(_ scores: [Int16?] = []) {
    self.init(codes: CodeColumn(scores.map { score in score.map { $0 + Int16(Self.greatest) } ?? -1 }))
  }

  package init(codes: CodeColumn<Int16>) {
    self.codes = codes
    if case .same(-1) = codes.layout { isEmpty = true } else { isEmpty = codes.isEmpty }
  }

  /// In tenths.
  package subscript(row: Int) -> Int16? {
    let code = codes[row]
    return code < 0 ? nil : code - Int16(Self.greatest)
  }

  /// The scores of some rows in tenths; nil: one of them has none.
  package func tenths(of rows: ArraySlice<Int32>) -> [Int16]? {
    let codes = codes.codes(of: rows)
    if codes.contains(where: { $0 < 0 }) { return nil }
    return codes.map { Int16(truncatingIfNeeded: $0) &- Int16(Self.greatest) }
  }

  /// The score of a code that is not -1.
  package static func score(ofCode code: Int32) -> Double { Double(Int(code) - greatest) / 10 }

  /// `-2.5` in tenths; nil of what is no number from -10 to 10. More decimals are rounded.
  package static func tenths(_ text: String) -> Int16? {
    guard let number = Double(text), abs(number) <= 10 else { return nil }
    return Int16((number * 10).rounded())
  }
}

extension EventStore {
  /// The event's own score, else that of its type and mode; in tenths.
  package func score(ofEvent row: Int) -> Int? {
    events.score[row].map(Int.init) ?? vocabulary.score(type: events.type[row], mode: events.mode[row])
  }
}
