import KhabarModel
import KhabarPlan

// Rows that are taken as they come, and never listed: what counts, adds up or collects them asks for batch after batch.
//
//     occurred events | participants | where role = actor | summarize count by actor
//
//     base    ranges of events (all, or those whose times satisfy the conditions), or some events
//     steps   filter status in (occurred) → participants → filter role in (actor)
//
// A stream can be cut into parts, which several threads take at the same time. Where it is cut depends on the number of
// rows alone, and what the parts give is put together in their order: so answers do not depend on the number of threads.

struct RowStream {
  enum Base {
    case ranges([Range<Int>])
    case rows([Int32])
  }

  enum Step {
    case filter([PlanExpression])
    /// From events to those who took part in them.
    case participants
    /// From events to their reports.
    case reports
    /// From participants or reports back to their events.
    case events

    /// What the rows are after it, of rows that were of a kind before.
    func kind(after kind: EntityKind) -> EntityKind {
      switch self {
      case .filter: kind
      case .participants: .participation
      case .reports: .report
      case .events: .event
      }
    }
  }

  /// Of the base.
  let kind: EntityKind
  let base: Base
  var steps: [Step] = []

  /// What the rows are in the end.
  var finalKind: EntityKind { steps.reduce(kind) { $1.kind(after: $0) } }

  /// How many rows there are before any step.
  var count: Int {
    switch base {
    case .ranges(let ranges): ranges.reduce(0) { $0 + $1.count }
    case .rows(let rows): rows.count
    }
  }

  /// Rows that lie one after the other, or not, in runs of at most `size`, of those at some positions.
  func forEachRun(
    _ positions: Range<Int>, size: Int, _ body: (Run) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    switch base {
    case .rows(let rows):
      for start in stride(from: positions.lowerBound, to: positions.upperBound, by: size) {
        try body(.rows(rows[start..<min(start + size, positions.upperBound)]))
      }
    case .ranges(let ranges):
      var before = 0
      for range in ranges {
        defer { before += range.count }
        let lower = range.lowerBound + max(0, positions.lowerBound - before)
        let upper = range.lowerBound + min(range.count, positions.upperBound - before)
        guard lower < upper else { continue }
        for start in stride(from: lower, to: upper, by: size) {
          try body(.range(start..<min(start + size, upper)))
        }
      }
    }
  }

  enum Run {
    case range(Range<Int>)
    case rows(ArraySlice<Int32>)

    var count: Int {
      switch self {
      case .range(let range): range.count
      case .rows(let rows): rows.count
      }
    }

    var rows: [Int32] {
      switch self {
      case .range(let range): range.map { Int32(truncatingIfNeeded: $0) }
      case .rows(let rows): Array(rows)
      }
    }
  }
}

extension Evaluator {
  /// The rows of a plan as a stream; nil: they must be listed. Events come in the store's order.
  func stream(_ plan: Plan) throws(EvaluationError) -> RowStream? {
    let (conditions, below) = filters(plan)
    switch below {
    case .scan(let kind):
      let (base, rest) = try base(kind, conditions)
      return RowStream(kind: kind, base: base, steps: rest.isEmpty ? [] : [.filter(rest)])
    case .walk(let input, let step):
      guard var stream = try stream(input), let next = Self.step(step, after: stream) else { return nil }
      stream.steps.append(next)
      if !conditions.isEmpty { stream.steps.append(.filter(conditions)) }
      return stream
    default: return nil
    }
  }

  /// A walk that keeps rows in the store's order, each once, without remembering those that were there; else nil.
  private static func step(_ walk: WalkStep, after stream: RowStream) -> RowStream.Step? {
    guard case .field(let expression) = walk.kind, case .field(let field) = expression.kind,
      field.known == nil, field.merging == nil
    else { return nil }
    switch (field.owner, field.id) {
    case (.event, .participants): return .participants
    case (.event, .reports): return .reports
    // What comes of one event comes in one batch.
    case (.participation, .event) where stream.kind == .event, (.report, .event) where stream.kind == .event:
      return .events
    default: return nil
    }
  }

  /// Tells the rows of a stream in batches, of those that come of some positions of its base.
  func forEachBatch(
    _ stream: RowStream, _ positions: Range<Int>, _ body: (Batch) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    var kind = stream.kind
    var filters: [RunFilter?] = []
    for step in stream.steps {
      if case .filter(let conditions) = step {
        filters.append(RunFilter(self, kind, conditions))
      } else {
        filters.append(nil)
      }
      kind = step.kind(after: kind)
    }
    let isFiltered = filters.first.map { $0 != nil } ?? false
    let steps = zip(stream.steps, filters).dropFirst(isFiltered ? 1 : 0)
    try stream.forEachRun(positions, size: Self.runSize) { (run) throws(EvaluationError) in
      var rows = run
      if isFiltered, let filter = filters.first ?? nil { rows = .rows(try filtered(run, filter)[...]) }
      if rows.count == 0 { return }
      var batch = (kind: stream.kind, rows: rows.rows)
      for (step, filter) in steps {
        batch = try (step.kind(after: batch.kind), flow(batch.kind, batch.rows, step, filter))
        if batch.rows.isEmpty { return }
      }
      try body(.records(batch.kind, batch.rows[...]))
    }
  }

  /// Rows are looked through in runs of so many.
  static let runSize = 4096

  /// What comes of some rows at a step.
  private func flow(
    _ kind: EntityKind, _ rows: [Int32], _ step: RowStream.Step, _ filter: RunFilter?
  ) throws(EvaluationError) -> [Int32] {
    let participations = store.events.participations.ofEvent
    switch step {
    case .filter:
      return try filter.map { filter throws(EvaluationError) in try filtered(.rows(rows[...]), filter) }
        ?? rows
    case .participants: return participations.places(ofRows: rows[...])
    case .reports: return store.events.reports.places(ofRows: rows[...])
    case .events:
      return Self.once(
        kind == .participation
          ? participations.rows(holding: rows[...]) : store.reports.event.codes(of: rows[...]))
    }
  }

  /// Rows that ascend, each once.
  private static func once(_ rows: [Int32]) -> [Int32] {
    var kept: [Int32] = []
    kept.reserveCapacity(rows.count)
    for row in rows where row != kept.last { kept.append(row) }
    return kept
  }

  /// What is left of some rows after each condition, in turn.
  func kept(_ rows: [Int32], _ kind: EntityKind, _ conditions: [PlanExpression]) throws(EvaluationError)
    -> [Int32]
  {
    var rows = rows
    for condition in conditions where !rows.isEmpty {
      let truths = try truths(condition, .records(kind, rows[...]))
      rows = [Int32](unsafeUninitializedCapacity: rows.count) { kept, count in
        for index in rows.indices {
          kept[count] = rows[index]
          count += truths[index] == .true ? 1 : 0
        }
      }
    }
    return rows
  }
}
