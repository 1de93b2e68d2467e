import EDTF
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

  /// The rows of a kind among which all are for which some conditions hold. Events lie by time: those of conditions on
  /// their time alone are found from the times that satisfy it, where these are fewer than the events by far.
  func rows(_ kind: EntityKind, within conditions: [PlanExpression]) throws(EvaluationError) -> [Range<Int>] {
    let all = 0..<store.rowCount(kind)
    let dependents = conditions.compactMap { condition -> DependentExpression? in
      guard case .dependent(let dependent) = condition.kind, dependent.domain == .eventTimes,
        case .rowItself = dependent.reference.kind
      else { return nil }
      return dependent
    }
    guard kind == .event, !dependents.isEmpty, store.events.time.table.count * Self.scanAdvantage < all.count
    else { return [all] }
    var truths: [[Truth]] = []
    for dependent in dependents { truths.append(try truthsOfTimes(dependent)) }
    var ranges: [Range<Int>] = []
    store.events.time.forEachRun { rows, code in
      guard truths.allSatisfy({ $0[Int(code) + 1] == .true }) else { return }
      if let last = ranges.last, last.upperBound == rows.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<rows.upperBound
      } else {
        ranges.append(rows)
      }
    }
    return ranges
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
