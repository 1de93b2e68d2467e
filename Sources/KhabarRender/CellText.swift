import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// The text of a value, before a format quotes or aligns it: with ids for programs, with names for readers.
struct CellText {
  private let store: EventStore
  private let language: String
  private let isData: Bool
  /// What stands for a missing value.
  let null: String

  init(_ result: ResultTable, format: OutputFormat, options: RenderOptions) {
    store = result.store
    language = options.language
    isData = format.isData
    null = options.null ?? format.defaultNull
  }

  init(_ store: EventStore, language: String) {
    self.store = store
    self.language = language
    isData = false
    null = OutputFormat.table.defaultNull
  }

  /// The value's text, or `null`.
  func text(_ value: Value) -> String { known(value) ?? null }

  /// The value's text with nothing in it that a terminal would obey or could not show.
  func visible(_ value: Value) -> String {
    guard let text = known(value) else { return null }
    return VisibleText.escape(text, keepsMarks: true)
  }

  private func known(_ value: Value) -> String? {
    switch value {
    case .missing: nil
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number): NumberText.text(number)
    case .text(let text): text
    case .localized(let text): text.preferred(language)
    case .time(let time): time.time.description
    case .duration(let duration): duration.text
    case .entity(let kind, let row): isData ? store.knownID(kind, row) : store.knownName(kind, row, language)
    case .symbol(let kind, let code): store.knownWord(kind, code)
    case .list(let values): values.map(text).joined(separator: isData ? "; " : ", ")
    }
  }
}

/// Numbers as every format writes them.
package enum NumberText {
  /// Whole numbers without a fraction, others with as many digits as tell them apart from their neighbours; nil
  /// for infinities and NaN.
  package static func text(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    // Beyond 2^53 not every whole number is a Double, and digits would claim more than is known.
    guard number.magnitude < 0x1p53, Double(Int(number)) == number else { return "\(number)" }
    return String(Int(number))
  }
}

extension DurationValue {
  /// `14 days`, `3 months`, `3..5 days`
  package var text: String {
    calendar?.description ?? "\(days.lowerBound)..\(days.upperBound) days"
  }
}

extension EventStore {
  func knownID(_ kind: EntityKind, _ row: Int32) -> String? {
    isRow(row, of: kind) ? id(kind, row) : nil
  }

  func knownName(_ kind: EntityKind, _ row: Int32, _ language: String) -> String? {
    isRow(row, of: kind) ? displayName(kind, row, language) : nil
  }

  func knownWord(_ kind: SymbolKind, _ code: Int16) -> String? {
    code >= 0 && Int(code) < codeCount(kind) ? word(kind, code) : nil
  }

  private func isRow(_ row: Int32, of kind: EntityKind) -> Bool { row >= 0 && Int(row) < rowCount(kind) }
}
