import KhabarModel
import KhabarPlan

extension Evaluator {
  /// The code of what a text names that names nothing: equal to no record and no word.
  static let nothing = -1

  /// The record or word that a text names, as names are read in queries; unknown where several are called so.
  func named(_ value: Value, _ type: ValueType) -> Value {
    switch value {
    case .text(let text):
      if let known = memo.named[type]?[text] { return known }
      let found = named(text, type)
      memo.named[type, default: [:]][text] = found
      return found
    case .list(let values): return .list(values.map { named($0, type) }.filter { !$0.isMissing })
    default: return .missing
    }
  }

  private func named(_ text: String, _ type: ValueType) -> Value {
    switch type {
    case .entity(let kind):
      switch store.names.resolve(text, NameKinds(kind)) {
      case .found(let found): return .entity(kind, found.first?.index ?? Int32(Self.nothing))
      case .ambiguous: return .missing
      case .unknown: return .entity(kind, Int32(Self.nothing))
      }
    case .symbol(let kind): return .symbol(kind, code(text, kind) ?? Int16(Self.nothing))
    default: return .missing
    }
  }

  private func code(_ text: String, _ kind: SymbolKind) -> Int16? {
    let wanted = NameKey.key(text)
    let codes = 0..<Int16(clamping: store.codeCount(kind))
    if let code = codes.first(where: { NameKey.key(store.word(kind, $0)) == wanted }) { return code }
    guard kind == .type, let meaning = store.vocabulary.noun(text), meaning.mode < 0 else { return nil }
    return meaning.type
  }
}
