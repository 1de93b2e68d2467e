import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

extension Evaluator {
  /// The truth of a condition for each row of a batch.
  func truths(_ expression: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Truth] {
    switch expression.kind {
    case .dependent(let dependent): return try truths(dependent, batch)
    case .and(let left, let right): return try combine(left, right, batch) { min($0, $1) }
    case .or(let left, let right): return try combine(left, right, batch) { max($0, $1) }
    case .not(let inner): return try truths(inner, batch).map { !$0 }
    case .possibly(let inner): return try truths(inner, batch).map { $0 == .false ? .false : .true }
    case .lookup(let code, let table):
      let values = table.values
      return try codes(code, batch).map { values[Int($0) + 1] }
    case .anyElement(let list, let table): return try anyElement(list, table, batch)
    case .takesPart(let actors, let role): return takesPart(actors, role, batch)
    case .someReport(let condition, let known, let merging):
      return try someReport(condition, known, merging, batch)
    case .someRelated(let relation, let condition): return try someRelated(relation, condition, batch)
    case .ofEvent(let condition): return try ofEvent(condition, batch)
    case .time, .between, .within: return try timeTruths(expression, batch)
    case .compare(let comparison, let left, let right): return try compare(comparison, left, right, batch)
    case .isMissing(let value): return try values(value, batch).map { Truth($0.isMissing || $0 == .list([])) }
    case .member(let value, let subquery): return try member(value, subquery, batch)
    case .has(let list, let element):
      return try zip(values(list, batch), values(element, batch)).map(Self.has)
    case .contains(let text, let part): return try contains(text, part, batch)
    case .matches(let text, let pattern):
      return try values(text, batch).map { value throws(EvaluationError) in
        // A pattern may take long over a text.
        try checkCancelled()
        return Self.anyText(value) { pattern.matches($0) }
      }
    default:
      return try values(expression, batch).map(Self.truth)
    }
  }

  static func truth(_ value: Value) -> Truth {
    if case .truth(let truth) = value { Truth(truth) } else { .unknown }
  }

  private func combine(
    _ left: PlanExpression, _ right: PlanExpression, _ batch: Batch, _ operation: (Truth, Truth) -> Truth
  ) throws(EvaluationError) -> [Truth] {
    var first = try truths(left, batch)
    let second = try truths(right, batch)
    for index in first.indices { first[index] = operation(first[index], second[index]) }
    return first
  }

  // MARK: - Clauses

  private func takesPart(_ actors: TruthTable, _ role: Int16?, _ batch: Batch) -> [Truth] {
    guard case .records(.event, let records) = batch else {
      return [Truth](repeating: .unknown, count: batch.count)
    }
    let participations = store.events.participations
    let table = actors.values
    return records.map { event in
      for row in participations.range(Int(event))
      where table[Int(participations.actor[row]) + 1] == .true
        && (role == nil || role == participations.role[row])
      {
        return .true
      }
      return .false
    }
  }

  private func anyElement(
    _ list: PlanExpression, _ table: TruthTable, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    try values(list, batch).map { value in
      guard case .list(let elements) = value else { return .false }
      return Truth(elements.contains { $0.code.map { table[$0] == .true } ?? false })
    }
  }

  /// The condition is evaluated for all reports of the batch's events at once.
  private func someReport(
    _ condition: PlanExpression, _ known: KnowledgeDate?, _ merging: DailyMerge?, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    guard case .records(.event, let records) = batch else {
      return [Truth](repeating: .unknown, count: batch.count)
    }
    try findKnownReports(known)
    let reports = records.map { self.reports(of: $0, known, merging) }
    let truths = try truths(condition, .records(.report, reports.flatMap(\.self)[...]))
    return Self.anyTruth(truths, groups: reports.map(\.count))
  }

  private func someRelated(
    _ relation: RelationKind, _ condition: PlanExpression, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    guard case .records(.event, let records) = batch else {
      return [Truth](repeating: .unknown, count: batch.count)
    }
    let related = records.map { Array(store.events.related(Int($0), relation)) }
    let truths = try truths(condition, .records(.event, related.flatMap(\.self)[...]))
    return Self.anyTruth(truths.map { $0 == .true ? .true : .false }, groups: related.map(\.count))
  }

  private func ofEvent(_ condition: PlanExpression, _ batch: Batch) throws(EvaluationError) -> [Truth] {
    let events: [Int32]
    switch batch {
    case .records(.report, let records): events = records.map { store.reports.event[Int($0)] }
    case .records(.participation, let records): events = records.map { event(ofParticipation: $0) }
    default: return [Truth](repeating: .unknown, count: batch.count)
    }
    return try truths(condition, .records(.event, events[...]))
  }

  /// Kleene's or over each group of consecutive truths; of an empty group, false.
  private static func anyTruth(_ truths: [Truth], groups: [Int]) -> [Truth] {
    var start = 0
    return groups.map { count in
      defer { start += count }
      return truths[start..<start + count].max() ?? .false
    }
  }

  /// Finds out which reports are known on the day, once a run.
  func findKnownReports(_ known: KnowledgeDate?) throws(EvaluationError) {
    guard let known, memo.knownReports[ObjectIdentifier(known)] == nil else { return }
    let time = try bounds(known.time, .single).first ?? nil
    let dates = store.reports.date
    memo.knownReports[ObjectIdentifier(known)] = (0..<store.reports.count).map { report in
      guard let time, dates.isRecorded(report) else { return false }
      return dates.bounds(report).isUntil(time) == .true
    }
  }

  // MARK: - Lists and texts

  private static func has(_ list: Value, _ element: Value) -> Truth {
    guard case .list(let elements) = list else { return .false }
    if element.isMissing { return elements.isEmpty ? .false : .unknown }
    return elements.map { equal($0, element) }.max() ?? .false
  }

  private func member(
    _ value: PlanExpression, _ subquery: Subquery, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    let members = try members(subquery)
    func isMember(_ value: Value) -> Truth {
      if value.isMissing { return .unknown }
      if members.contains(value) { return .true }
      return members.map { Self.equal($0, value) }.max() ?? .false
    }
    return try values(value, batch).map { value in
      if case .list(let elements) = value { return elements.map(isMember).max() ?? .false }
      return isMember(value)
    }
  }

  private func contains(
    _ text: PlanExpression, _ part: PlanExpression, _ batch: Batch
  ) throws(EvaluationError) -> [Truth] {
    let texts = try values(text, batch)
    if case .constant(.text(let constant)) = part.kind {
      let key = NameKey.key(constant)
      return texts.map { Self.anyText($0) { NameKey.key($0).contains(key) } }
    }
    return try zip(texts, values(part, batch)).map { text, part in
      switch Self.texts(part)?.first {
      case .none: return .unknown
      case .some(let first):
        let key = NameKey.key(first)
        return Self.anyText(text) { NameKey.key($0).contains(key) }
      }
    }
  }

  /// Whether a condition holds for a text in any of its languages, or for any text of a list.
  private static func anyText(_ value: Value, _ condition: (String) -> Bool) -> Truth {
    guard let texts = texts(value) else { return .unknown }
    return Truth(texts.contains(where: condition))
  }

  static func texts(_ value: Value) -> [String]? {
    switch value {
    case .text(let text): [text]
    case .localized(let text): text.entries.map(\.text)
    case .list(let values): values.flatMap { texts($0) ?? [] }
    default: nil
    }
  }
}

extension Value {
  /// The code of an entity or a symbol.
  var code: Int? {
    switch self {
    case .entity(_, let row): Int(row)
    case .symbol(_, let code): Int(code)
    default: nil
    }
  }
}
