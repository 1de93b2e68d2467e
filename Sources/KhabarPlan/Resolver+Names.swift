import EDTF
import KhabarModel
import KhabarSyntax

extension NameKinds {
  /// The kinds of records whose name, alone, is a query.
  static let rows: NameKinds = [.event, .actor, .place, .article]

  package init(_ kind: EntityKind) {
    switch kind {
    case .event: self = .event
    case .actor: self = .actor
    case .place: self = .place
    case .article: self = .article
    case .topic: self = .topic
    case .report, .participation, .office: self = []
    }
  }
}

extension Resolver {
  /// The record of that kind which the name means.
  mutating func entity(_ name: Name, _ kind: EntityKind) -> Int32? {
    switch store.names.resolve(name.text, NameKinds(kind)) {
    case .found(let found):
      if let first = found.first { return first.index }
      reportUnknown(name, kind)
    case .ambiguous(let candidates):
      report(
        .ambiguousName(name, expected: kind.name, candidates: candidates.map { store.id($0.kind, $0.index) }))
    case .unknown:
      reportUnknown(name, kind)
    }
    return nil
  }

  mutating func entities(_ list: NameList, _ kind: EntityKind) -> [Int32]? {
    let found = list.names.map { entity($0, kind) }
    let rows = found.compactMap(\.self)
    return rows.count == found.count ? rows : nil
  }

  mutating func reportUnknown(_ name: Name, _ kind: EntityKind) {
    report(
      .unknownName(
        name, expected: kind.name, suggestions: suggestedNames(name, NameKinds(kind)),
        elsewhere: elsewhere(name, than: kind)))
  }

  /// Near names of the model, each as it may be written, with the id where that says more.
  func suggestedNames(_ name: Name, _ kinds: NameKinds) -> [String] {
    guard environment.proposesNames else { return [] }
    return store.names.suggestions(for: name.text, kinds, limit: 3).map { suggestion in
      let kind = suggestion.entity.kind
      let full = store.displayName(kind, suggestion.entity.index, "en")
      let note = suggestion.text == full ? "" : " (\(full))"
      return "`\(suggestion.text)`\(note)"
    }
  }

  /// Says that the name is that of another kind of record.
  private func elsewhere(_ name: Name, than kind: EntityKind) -> String? {
    let others: [EntityKind] = [.actor, .place, .event, .article, .topic].filter { $0 != kind }
    for other in others {
      if case .found(let found) = store.names.resolve(name.text, NameKinds(other)), !found.isEmpty {
        let article = other == .place || other == .topic ? "a" : "an"
        return "`\(name.text)` is \(article) \(other.name)"
      }
    }
    return nil
  }

  /// The actor and whoever represents it, as a table over actors.
  func representatives(_ actors: [Int32]) -> TruthTable {
    let codes = actors.flatMap { store.representation.representatives[Int($0)].map(Int.init) }
    return TruthTable(count: store.actors.count, missing: .false, true: codes)
  }

  func exactly(_ actor: Int32) -> TruthTable {
    TruthTable(count: store.actors.count, missing: .false, true: [Int(actor)])
  }

  /// The place and all within it; unknown for the places that contain it, and for none.
  func inPlace(_ place: Int32) -> TruthTable {
    var table = TruthTable(count: store.places.count, missing: .unknown)
    for ancestor in store.containment.ancestors[Int(place)] { table[Int(ancestor)] = .unknown }
    for descendant in store.containment.descendants[Int(place)] { table[Int(descendant)] = .true }
    return table
  }

  /// Whether an expression's code is one of those; unknown where there is none.
  func lookup(_ expression: PlanExpression, codes: [Int], span: Span) -> PlanExpression {
    let table = TruthTable(count: codeCount(expression.type), missing: .unknown, true: codes)
    return PlanExpression(.lookup(expression, table), .truth, span: span)
  }

  func codeCount(_ type: ValueType) -> Int {
    switch type.element {
    case .entity(let kind): store.rowCount(kind)
    case .symbol(let kind): store.codeCount(kind)
    default: 0
    }
  }
}
