import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  /// What events that are merged have in common.
  private struct DailyKey: Hashable {
    var type: Int16
    var day: Int
    /// Each actor in each role once, in order.
    var participants: [Part]
  }

  private struct Part: Hashable {
    var actor: Int32
    var role: Int16
  }

  /// Of events that are alike and on the same day the first, in whose place the others are gone.
  func oneADay(_ input: RowSet, _ merging: DailyMerge) throws(EvaluationError) -> RowSet {
    guard case .records(.event, let events) = input else { return input }
    var alike: [DailyKey: [Int32]] = [:]
    for (position, event) in events.enumerated() {
      if position.isMultiple(of: Self.batchSize) { try checkCancelled() }
      if let key = dailyKey(event) { alike[key, default: []].append(event) }
    }
    var merged: [Int32: [Int32]] = [:]
    var dropped: Set<Int32> = []
    for group in alike.values where group.count > 1 {
      // Events lie in the store by time, then id.
      let group = group.sorted()
      merged[group[0]] = Set(group.flatMap { self.merged($0, merging.earlier) }).sorted()
      dropped.formUnion(group.dropFirst())
    }
    memo.merged[merging] = merged
    return .records(.event, events.filter { !dropped.contains($0) })
  }

  /// nil where the time of the event is not a single day.
  private func dailyKey(_ event: Int32) -> DailyKey? {
    let events = store.events
    let row = Int(event)
    guard events.time.isRecorded(row) else { return nil }
    let bounds = events.time.bounds(row)
    guard bounds.isExact, bounds.startMin == bounds.endMin, bounds.startMin > TimeBounds.earliestDay,
      bounds.startMin < TimeBounds.latestDay
    else { return nil }
    let parts = Set(
      events.participations.range(row).map {
        Part(actor: events.participations.actor[$0], role: events.participations.role[$0])
      })
    return DailyKey(
      type: events.type[row], day: bounds.startMin,
      participants: parts.sorted { ($0.actor, $0.role) < ($1.actor, $1.role) })
  }

  /// The events that a row stands for, by time, then id.
  func merged(_ event: Int32, _ merging: DailyMerge?) -> [Int32] {
    guard let merging else { return [event] }
    return memo.merged[merging]?[event] ?? merged(event, merging.earlier)
  }

  /// The reports of some events: those of one as they lie, those of several by date, then as they lie.
  func allReports(of events: [Int32]) -> [Int32] {
    let reports = events.flatMap { event in
      store.events.reports.range(Int(event)).map { Int32(truncatingIfNeeded: $0) }
    }
    guard events.count > 1 else { return reports }
    let dates = store.reports.date
    return reports.sorted { a, b in
      let first = dates.bounds(Int(a))
      let second = dates.bounds(Int(b))
      return first == second ? a < b : first.precedes(second)
    }
  }
}
