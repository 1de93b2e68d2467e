import KhabarModel
import KhabarPlan

extension Evaluator {
  /// The rows among which all are for which some conditions hold, in the store's order, where the events of an actor or of
  /// a place are so few that to look through them is less work than to look through all; else nil.
  func candidates(_ kind: EntityKind, _ conditions: [PlanExpression]) -> [Int32]? {
    guard kind == .event else { return nil }
    let best = conditions.compactMap(postings).min { $0.count < $1.count }
    guard let best, best.count * Self.scanAdvantage < store.events.count else { return nil }
    return best.rows()
  }

  /// How many rows can be looked through one after the other in the time that one takes that is picked out.
  private static let scanAdvantage = 4

  private struct Postings {
    let lists: OffsetArray<Int32>
    let keys: [Int]
    var count: Int { keys.reduce(0) { $0 + lists.range($1).count } }

    /// Each row once, in ascending order.
    func rows() -> [Int32] {
      if keys.count == 1 { return Array(lists[keys[0]]) }
      let all = keys.flatMap { lists[$0] }.sorted()
      var rows: [Int32] = []
      rows.reserveCapacity(all.count)
      for row in all where row != rows.last { rows.append(row) }
      return rows
    }
  }

  /// Where the events are listed that a condition may keep.
  private func postings(_ condition: PlanExpression) -> Postings? {
    switch condition.kind {
    case .and(let left, let right):
      let found = [left, right].compactMap(postings)
      return found.min { $0.count < $1.count }
    case .takesPart(let actors, _): return Postings(lists: store.eventsOfActor, keys: actors.trueCodes)
    case .lookup(let code, let table):
      guard case .field(let field) = code.kind, field.owner == .event, field.id == .place,
        table.values[0] != .true
      else { return nil }
      return Postings(lists: store.eventsOfPlace, keys: table.trueCodes)
    default: return nil
    }
  }
}
