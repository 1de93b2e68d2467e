import EDTF
import KhabarModel
import KhabarPlan

/// What an expression has been found to be, by what it depends on: see `DependentExpression`. Of few things it is kept in a
/// dictionary, of more in an array that has a place for all.
final class LookupMemo<Found> {
  private let count: Int
  private var few: [Int32: Found] = [:]
  /// By the number of the time or record, one more than it is: at 0 what holds where there is none.
  private var all: [Found?] = []

  init(count: Int) { self.count = count + 1 }

  /// What holds for each of some numbers; what is not known yet is found all at once.
  func values<Failure: Error>(
    _ numbers: [Int32], _ find: ([Int32]) throws(Failure) -> [Found]
  ) throws(Failure) -> [Found] {
    if all.isEmpty, (few.count + numbers.count) * 8 < count { return try fewValues(numbers, find) }
    if all.isEmpty {
      all = [Found?](repeating: nil, count: count)
      for (number, value) in few { all[Int(number) + 1] = value }
      few = [:]
    }
    var unknown: [Int32] = []
    for number in numbers where all[Int(number) + 1] == nil {
      // Most rows of a batch that share something stand one after the other.
      if unknown.last != number { unknown.append(number) }
    }
    if !unknown.isEmpty {
      for (number, value) in zip(unknown, try find(unknown)) { all[Int(number) + 1] = value }
    }
    return numbers.map { all[Int($0) + 1].unsafelyUnwrapped }
  }

  private func fewValues<Failure: Error>(
    _ numbers: [Int32], _ find: ([Int32]) throws(Failure) -> [Found]
  ) throws(Failure) -> [Found] {
    var unknown: [Int32] = []
    for number in numbers where unknown.last != number && few[number] == nil { unknown.append(number) }
    if !unknown.isEmpty {
      for (number, value) in zip(unknown, try find(unknown)) { few[number] = value }
    }
    return numbers.map { few[$0].unsafelyUnwrapped }
  }
}

extension Evaluator {
  func truths(_ dependent: DependentExpression, _ batch: Batch) throws(EvaluationError) -> [Truth] {
    try lookUp(dependent, batch, \.truths) { (rows) throws(EvaluationError) in
      try truths(dependent.expression, rows)
    }
  }

  /// For none, and for each different time of events, 1 where a condition is true.
  func certainTimes(_ dependent: DependentExpression) throws(EvaluationError) -> [UInt8] {
    let kernel = TimeMaskKernel(
      table: store.events.time.table, range: 0..<store.events.time.table.count, constant: constantBounds)
    if let masks = try kernel.masks(dependent.expression) {
      let none = try truths(dependent.expression, .eventTimes([-1])).first == .true
      return [none ? 1 : 0] + masks.certain
    }
    let all = Array(-1..<Int32(truncatingIfNeeded: count(of: .eventTimes)))
    let found = try lookUp(dependent, all, \.truths) { (times) throws(EvaluationError) in
      try truths(dependent.expression, times)
    }
    return found.map { $0 == .true ? 1 : 0 }
  }

  func bounds(_ dependent: DependentExpression, _ batch: Batch) throws(EvaluationError) -> [TimeBounds?] {
    try lookUp(dependent, batch, \.bounds) { (rows) throws(EvaluationError) in
      try bounds(dependent.expression, rows)
    }
  }

  func values(_ dependent: DependentExpression, _ batch: Batch) throws(EvaluationError) -> [Value] {
    try lookUp(dependent, batch, \.values) { (rows) throws(EvaluationError) in
      try values(dependent.expression, rows)
    }
  }

  func lookUp<Found>(
    _ dependent: DependentExpression, _ batch: Batch,
    _ memos: ReferenceWritableKeyPath<Memo, [ObjectIdentifier: LookupMemo<Found>]>,
    _ find: (Batch) throws(EvaluationError) -> [Found]
  ) throws(EvaluationError) -> [Found] {
    // For no row, what does not depend on rows is found out all the same.
    if batch.count == 0 { return try find(records([], of: dependent.domain)) }
    return try lookUp(dependent, try numbers(of: dependent, batch), memos, find)
  }

  /// What the expression is for each of some of the things that it depends on.
  func lookUp<Found>(
    _ dependent: DependentExpression, _ numbers: [Int32],
    _ memos: ReferenceWritableKeyPath<Memo, [ObjectIdentifier: LookupMemo<Found>]>,
    _ find: (Batch) throws(EvaluationError) -> [Found]
  ) throws(EvaluationError) -> [Found] {
    // What is nearly as many as the rows themselves is not remembered.
    if case .records = dependent.domain, count(of: dependent.domain) > Self.mostRemembered {
      return try find(records(numbers, of: dependent.domain))
    }
    let key = ObjectIdentifier(dependent)
    let memo = memo[keyPath: memos][key] ?? LookupMemo(count: count(of: dependent.domain))
    self.memo[keyPath: memos][key] = memo
    return try memo.values(numbers) { (unknown) throws(EvaluationError) in
      try find(records(unknown, of: dependent.domain))
    }
  }

  private static let mostRemembered = 1 << 20

  func count(of domain: DependentExpression.Domain) -> Int {
    switch domain {
    case .eventTimes: store.events.time.table.count
    case .records(let kind): store.rowCount(kind)
    }
  }

  /// Of each row what the expression depends on, as a number; -1 for none.
  func numbers(of dependent: DependentExpression, _ batch: Batch) throws(EvaluationError) -> [Int32] {
    let references = try codes(dependent.reference, batch)
    switch dependent.domain {
    case .records: return references
    case .eventTimes:
      return store.events.time.indices(of: references[...])
    }
  }

  /// What the expression is evaluated for, by its number.
  func records(_ numbers: [Int32], of domain: DependentExpression.Domain) -> Batch {
    switch domain {
    case .records(let kind): return .records(kind, numbers[...])
    case .eventTimes: return .eventTimes(numbers[...])
    }
  }
}
