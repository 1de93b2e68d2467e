import EDTF
import KhabarModel
import KhabarPlan

// Which rows to look at, of all that there are: those listed for an actor or a place, those within the runs of events whose
// times satisfy the conditions on time, or all.

extension Evaluator {
  /// The rows among which all are for which some conditions hold, in the store's order; and the conditions that do not
  /// hold for all of these anyhow.
  func base(_ kind: EntityKind, _ conditions: [PlanExpression]) throws(EvaluationError)
    -> (RowStream.Base, [PlanExpression])
  {
    let all = 0..<store.rowCount(kind)
    guard kind == .event, !conditions.isEmpty else { return (.ranges([all]), conditions) }
    let conditions = conditions.flatMap(\.conjuncts)
    let onTime =
      store.events.time.table.count * control.thresholds.eventsOfTime < all.count
      ? conditions.compactMap(\.dependentOnOwnTime) : []
    let ranges = onTime.isEmpty ? [all] : try self.ranges(onTime)
    let count = ranges.reduce(0) { $0 + $1.count }
    var rest: [PlanExpression] = []
    var lists: [Postings] = []
    var labelled: [[Int32]] = []
    for condition in conditions where onTime.isEmpty || condition.dependentOnOwnTime == nil {
      if let found = postings(condition), found.count * control.thresholds.rowsOfPosting < count {
        lists.append(found)
        if found.isExact { continue }
      }
      if all.count >= control.thresholds.rowsOfTexts, let rows = rowsWithLabel(condition, of: count) {
        labelled.append(rows)
      }
      rest.append(condition)
    }
    if let shortest = lists.indices.min(by: { lists[$0].count < lists[$1].count }) {
      labelled.append(lists.remove(at: shortest).rows())
    }
    guard var rows = labelled.popLast() else { return (.ranges(ranges), rest) }
    if !onTime.isEmpty { rows = Self.rows(rows, within: ranges) }
    for others in labelled + lists.map({ $0.rows() }) { rows = Self.intersection(rows, others) }
    return (.rows(rows), rest)
  }

  /// Events among which all are whose label contains a part; nil: the condition asks for something else, or it may be too
  /// many of so many rows to be picked out.
  private func rowsWithLabel(_ condition: PlanExpression, of count: Int) -> [Int32]? {
    guard case .contains(let text, let part) = condition.kind, case .field(let field) = text.kind,
      field.owner == .event, field.id == .label, case .constant(.text(let part)) = part.kind,
      let most = store.textIndexes.labels.mostCandidates(containing: part),
      most * control.thresholds.rowsOfPosting < count
    else { return nil }
    return store.textIndexes.labels.candidates(containing: part)
  }

  /// The rows of events for whose times some conditions all are true; the passes over the times leave out those that start
  /// before, or after, all that can be meant.
  private func ranges(_ conditions: [DependentExpression]) throws(EvaluationError) -> [Range<Int>] {
    let kernel = TimeMaskKernel(table: store.events.time.table, range: 0..<0, constant: constantBounds)
    var days = Int32.min...Int32.max
    var areMasked = true
    for condition in conditions {
      // Of what is not decided by passes, or is true where no time is recorded, all times are looked at.
      let isDecided = try kernel.masks(condition.expression) != nil
      let holdsOfNone = try truths(condition.expression, .eventTimes([-1])).first == .true
      areMasked = areMasked && isDecided && !holdsOfNone
      days = days.narrowed(to: try kernel.firstDays(condition.expression))
    }
    if areMasked {
      let found = try store.events.time.ranges(startingIn: days) { (range) throws(EvaluationError) in
        try masks(conditions, range)
      }
      if let found { return found }
    }
    let keep = try timesThatKeep(conditions)
    var ranges: [Range<Int>] = []
    store.events.time.forEachRun { rows, code in
      guard keep[Int(code) + 1] != 0 else { return }
      if let last = ranges.last, last.upperBound == rows.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<rows.upperBound
      } else {
        ranges.append(rows)
      }
    }
    return ranges
  }

  private func masks(_ conditions: [DependentExpression], _ range: Range<Int>) throws(EvaluationError)
    -> [UInt8]
  {
    let kernel = TimeMaskKernel(table: store.events.time.table, range: range, constant: constantBounds)
    var all = TimeMasks.all(.true, range.count)
    for condition in conditions {
      if let masks = try kernel.masks(condition.expression) { all.combine(masks) { $0 & $1 } }
    }
    return all.certain
  }

  /// 1 where all conditions are true: for none, and for each different time of events.
  private func timesThatKeep(_ conditions: [DependentExpression]) throws(EvaluationError) -> [UInt8] {
    var keep = [UInt8](repeating: 1, count: store.events.time.table.count + 1)
    for condition in conditions {
      let certain = try certainTimes(condition)
      for index in keep.indices { keep[index] &= certain[index] }
    }
    return keep
  }

  /// Of rows in ascending order those within ranges, which ascend as well.
  private static func rows(_ rows: [Int32], within ranges: [Range<Int>]) -> [Int32] {
    var kept: [Int32] = []
    var next = 0
    for range in ranges {
      next = first(rows, from: next, notBefore: Int32(truncatingIfNeeded: range.lowerBound))
      let end = first(rows, from: next, notBefore: Int32(truncatingIfNeeded: range.upperBound))
      kept += rows[next..<end]
      next = end
      if next == rows.count { break }
    }
    return kept
  }

  /// The first place at or after `from` whose row does not come before `row`: looked for in ever larger steps, then by
  /// halving.
  private static func first(_ rows: [Int32], from: Int, notBefore row: Int32) -> Int {
    var low = from
    var step = 1
    while low + step < rows.count, rows[low + step] < row {
      low += step
      step *= 2
    }
    var high = min(rows.count, low + step + 1)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func intersection(_ rows: [Int32], _ others: [Int32]) -> [Int32] {
    var kept: [Int32] = []
    var next = 0
    for row in rows {
      next = first(others, from: next, notBefore: row)
      if next == others.count { break }
      if others[next] == row { kept.append(row) }
    }
    return kept
  }

  /// Where the events are listed that a condition may keep.
  private struct Postings {
    let lists: OffsetArray<Int32>
    let keys: [Int]
    /// Whether the condition is true for all of them.
    let isExact: Bool
    let count: Int

    init(_ lists: OffsetArray<Int32>, _ keys: [Int], isExact: Bool) {
      self.lists = lists
      self.keys = keys
      self.isExact = isExact
      count = keys.reduce(0) { $0 + lists.range($1).count }
    }

    /// Each row once, in ascending order.
    func rows() -> [Int32] {
      if keys.count == 1 { return lists[keys[0]].withBuffer { Array($0) } }
      let all = keys.flatMap { lists[$0] }.sorted()
      var rows: [Int32] = []
      rows.reserveCapacity(all.count)
      for row in all where row != rows.last { rows.append(row) }
      return rows
    }
  }

  private func postings(_ condition: PlanExpression) -> Postings? {
    switch condition.kind {
    case .takesPart(let actors, let role):
      return Postings(store.eventsOfActor, actors.trueCodes, isExact: role == nil)
    case .lookup(let code, let table):
      guard case .field(let field) = code.kind, field.owner == .event, field.id == .place,
        table.values[0] != .true
      else { return nil }
      return Postings(store.eventsOfPlace, table.trueCodes, isExact: true)
    default: return nil
    }
  }
}

extension PlanExpression {
  /// The conditions all of which are true where this one is.
  fileprivate var conjuncts: [PlanExpression] {
    if case .and(let left, let right) = kind { left.conjuncts + right.conjuncts } else { [self] }
  }

  /// A condition on the time of the row's own event alone.
  var dependentOnOwnTime: DependentExpression? {
    guard case .dependent(let dependent) = kind, dependent.domain == .eventTimes,
      case .rowItself = dependent.reference.kind
    else { return nil }
    return dependent
  }

  /// Whether it is just that column of the row.
  func isColumn(_ index: Int) -> Bool { if case .column(index) = kind { true } else { false } }
}

extension ClosedRange<Int32> {
  /// What two ranges share; where they share nothing, a day on which nothing starts.
  fileprivate func narrowed(to other: ClosedRange<Int32>) -> ClosedRange<Int32> {
    let first = Swift.max(lowerBound, other.lowerBound)
    return first...Swift.max(first, Swift.min(upperBound, other.upperBound))
  }
}
