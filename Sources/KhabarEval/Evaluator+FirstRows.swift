import EDTF
import KhabarModel
import KhabarPlan

// The first rows of an order, found without putting all rows in order.

/// Groups that have been counted and are not yet rows.
struct GroupRows {
  let count: Int
  /// The numbers of an aggregate, of all groups.
  let numbers: (_ aggregate: Int) -> [Double]
  let key: (_ group: Int) -> [Value]
  let aggregates: (_ group: Int) -> [Value]
}

extension Evaluator {
  /// The first `count` rows of a sorted plan, and perhaps more; nil: all rows have to be sorted.
  func firstRows(_ plan: Plan, _ count: Int) throws(EvaluationError) -> RowSet? {
    guard profile == nil, case .sort(let input, let keys) = plan, let key = keys.first else { return nil }
    let (conditions, below) = filters(input)
    if case .aggregate(let rows, let grouping) = below {
      return try firstGroups(rows, grouping, conditions, keys, count)
    }
    guard key.expression.isOrderOfEvents(descending: key.isDescending), let stream = try stream(input),
      stream.kind == .event,
      stream.steps.allSatisfy({ if case .filter = $0 { true } else { false } })
    else { return nil }
    let rows = try firstEvents(stream, count, fromEnd: key.isDescending)
    let found = RowSet.records(.event, rows)
    return found.picking(try order(of: found, by: keys).prefix(count))
  }

  // MARK: - Events

  /// Of events that lie by the first day on which they may start, the first or the last, and all that tie with them; those
  /// that have no such day, which any order puts last, where there are not enough others.
  private func firstEvents(
    _ stream: RowStream, _ count: Int, fromEnd: Bool
  ) throws(EvaluationError) -> [Int32] {
    var found: [Int32] = []
    var undated: [Int32] = []
    var position = fromEnd ? stream.count : 0
    var size = 1024
    while fromEnd ? position > 0 : position < stream.count {
      let next = fromEnd ? max(0, position - size) : min(stream.count, position + size)
      let rows = try listed(stream, min(position, next)..<max(position, next))
      position = next
      size = min(size * 2, 1 << 16)
      let dated = rows.filter { firstDay($0) != nil }
      found = fromEnd ? dated + found : found + dated
      if dated.count < rows.count {
        let others = rows.filter { firstDay($0) == nil }
        undated = fromEnd ? others + undated : undated + others
      }
      guard count > 0, found.count > count, let first = found.first.flatMap(firstDay),
        let last = found.last.flatMap(firstDay)
      else { continue }
      let bound = firstDay(fromEnd ? found[found.count - count] : found[count - 1])
      // Whatever comes after what lies beyond the bound lies beyond it too.
      if bound != (fromEnd ? first : last) { return found }
    }
    return found + undated
  }

  private func firstDay(_ event: Int32) -> Int? {
    let time = store.events.time
    guard time.isRecorded(Int(event)) else { return nil }
    let day = time.bounds(Int(event)).startMin
    return day < TimeBounds.latestDay ? day : nil
  }

  // MARK: - Groups

  /// Groups by keys that are not counted like others: pairs of participants, and chains of events.
  func countedGroups(_ input: Plan, _ grouping: PlanGrouping) throws(EvaluationError) -> GroupRows? {
    guard profile == nil else { return nil }
    if case .sequence(let search) = unbound(input) { return try countChains(search, grouping) }
    if let groups = try countTimeJoin(input, grouping) { return groups }
    return try countPairs(input, grouping)
  }

  /// The groups for which the conditions are true that come first by a number. So many are made into rows as are likely
  /// to be enough, and if they are not, more.
  private func firstGroups(
    _ input: Plan, _ grouping: PlanGrouping, _ conditions: [PlanExpression], _ keys: [PlanSortKey],
    _ count: Int
  ) throws(EvaluationError) -> RowSet? {
    guard case .column(let column)? = keys.first?.expression.kind, column >= grouping.keys.count,
      grouping.aggregates.indices.contains(column - grouping.keys.count),
      let groups = try countedGroups(input, grouping)
    else { return nil }
    let numbers = groups.numbers(column - grouping.keys.count)
    var wanted = max(1, count)
    while true {
      let chosen = Self.first(wanted, of: numbers, isDescending: keys[0].isDescending)
      var rows = RowSet.table(try table(groups, chosen, grouping))
      if !conditions.isEmpty { rows = rows.picking(try positions(in: rows, conditions)) }
      if rows.count >= count || chosen.count == groups.count {
        return rows.picking(try order(of: rows, by: keys).prefix(count))
      }
      wanted *= 8
    }
  }

  /// The places of the greatest numbers, or the least, and of all that are the same as the last of them.
  private static func first(_ count: Int, of numbers: [Double], isDescending: Bool) -> [Int] {
    guard count < numbers.count else { return Array(numbers.indices) }
    // Of few that were looked at, most others are known to be none of the first.
    var best: [Double] = []
    var bound = isDescending ? -Double.infinity : Double.infinity
    for number in numbers where isDescending ? number > bound : number < bound {
      best.append(number)
      if best.count >= 2 * count + 1024 {
        best.sort(by: isDescending ? { $0 > $1 } : { $0 < $1 })
        best.removeLast(best.count - count)
        bound = best[count - 1]
      }
    }
    best.sort(by: isDescending ? { $0 > $1 } : { $0 < $1 })
    if best.count >= count { bound = best[count - 1] }
    return numbers.indices.filter { isDescending ? numbers[$0] >= bound : numbers[$0] <= bound }
  }

  /// Some groups, or all, as rows in the order of their keys.
  func table(_ groups: GroupRows, _ chosen: [Int]?, _ grouping: PlanGrouping) throws(EvaluationError) -> Table
  {
    let order = ValueOrder(store)
    let keyed = (chosen ?? Array(0..<groups.count)).map { (key: groups.key($0), group: $0) }
    let sorted = try sorted(keyed) { a, b in
      for (first, second) in zip(a.key, b.key) {
        let result = order.compare(first, second)
        if result != 0 { return result < 0 }
      }
      return a.group < b.group
    }
    return Table(columns: grouping.columns, rows: sorted.map { $0.key + groups.aggregates($0.group) })
  }
}

extension PlanExpression {
  /// Whether events lie in the order of its values already: that of the first day on which they may start, however they
  /// lie within it. What has no such day lies first, and only where it is last in the order too does that not matter.
  fileprivate func isOrderOfEvents(descending: Bool) -> Bool {
    switch unmarked.kind {
    case .field(let field): return field.owner == .event && field.id == .time
    case .call(.earliest, let arguments), .call(.start, let arguments):
      guard descending, case .field(let field)? = arguments.first?.kind else { return false }
      return field.owner == .event && field.id == .time
    default: return false
    }
  }
}
