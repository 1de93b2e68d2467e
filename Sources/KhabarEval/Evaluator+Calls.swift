import EDTF
import KhabarModel
import KhabarPlan

extension Evaluator {
  func call(
    _ function: Function, _ arguments: [PlanExpression], _ expression: PlanExpression, _ batch: Batch
  ) throws(EvaluationError) -> [Value] {
    switch function {
    case .if: return try conditional(arguments, batch)
    case .coalesce: return try coalesce(arguments, batch)
    case .relation, .relations: return try relations(function, arguments, batch)
    default: break
    }
    var columns: [[Value]] = []
    for argument in arguments { columns.append(try values(argument, batch)) }
    return (0..<batch.count).map { row in
      let values = columns.map { $0[row] }
      guard let first = values.first, !first.isMissing else { return .missing }
      return Self.call(function, first, values.dropFirst().first)
    }
  }

  private static func call(_ function: Function, _ value: Value, _ second: Value?) -> Value {
    switch (function, value) {
    case (.lower, _): texts(value)?.first.map { .text($0.lowercased()) } ?? .missing
    case (.upper, _): texts(value)?.first.map { .text($0.uppercased()) } ?? .missing
    case (.length, _): texts(value)?.first.map { .number(Double($0.count)) } ?? .missing
    case (.count, .list(let elements)): .number(Double(elements.count))
    case (.abs, .number(let number)): .number(abs(number))
    case (.round, .number(let number)): round(number, second)
    case (.year, .number(let number)): year(number)
    case (_, .time(let time)): call(function, time)
    default: .missing
    }
  }

  /// To whole numbers, or to so many decimals.
  private static func round(_ number: Double, _ digits: Value?) -> Value {
    guard let digits else { return .number(number.rounded()) }
    guard case .number(let count) = digits, count.rounded() == count, abs(count) <= 15 else {
      return .missing
    }
    var scale = 1.0
    for _ in 0..<Int(abs(count)) { scale *= 10 }
    let rounded = count < 0 ? (number / scale).rounded() * scale : (number * scale).rounded() / scale
    return rounded.isFinite ? .number(rounded) : .missing
  }

  // MARK: - Times

  /// The year of a number: of four digits, as times are written.
  private static func year(_ number: Double) -> Value {
    guard let year = Int(exactly: number), (-9999...9999).contains(year) else { return .missing }
    return .time(TimeValue(literal: .year(year)))
  }

  private static func call(_ function: Function, _ time: TimeValue) -> Value {
    let bounds = time.bounds
    switch function {
    case .year, .month, .day, .quarter: return period(function, bounds)
    case .start: return end(bounds.startMin, bounds.startMax)
    case .end: return end(bounds.endMin, bounds.endMax)
    case .earliest: return day(bounds.startMin)
    case .latest: return day(bounds.endMax)
    case .duration:
      let known = (TimeBounds.earliestDay + 1)..<TimeBounds.latestDay
      guard known.contains(bounds.startMin), known.contains(bounds.endMax) else { return .missing }
      let least = max(0, bounds.endMin - bounds.startMax)
      return .duration(DurationValue(days: (least + 1)...(bounds.endMax - bounds.startMin + 1)))
    case .precision: return .text(time.time.precision.rawValue)
    default: return .missing
    }
  }

  /// The year, quarter, month or day in which all of a time lies, as a time that stands for the whole of it.
  private static func period(_ function: Function, _ bounds: TimeBounds) -> Value {
    let known = (TimeBounds.earliestDay + 1)..<TimeBounds.latestDay
    guard known.contains(bounds.startMin), known.contains(bounds.endMax) else { return .missing }
    let first = CalendarDay(dayNumber: bounds.startMin)
    let last = CalendarDay(dayNumber: bounds.endMax)
    guard first.year == last.year else { return .missing }
    let period: EDTFTime
    switch function {
    case .year: period = .year(first.year)
    case .quarter:
      guard (first.month - 1) / 3 == (last.month - 1) / 3 else { return .missing }
      period = .quarter(year: first.year, quarter: (first.month - 1) / 3 + 1)
    case .month:
      guard first.month == last.month else { return .missing }
      period = .month(year: first.year, month: first.month)
    default:
      guard bounds.startMin == bounds.endMax else { return .missing }
      period = .day(bounds.startMin)
    }
    return .time(TimeValue(literal: period))
  }

  static func period(_ function: Function, ofDay day: Int) -> Value {
    period(function, TimeBounds(window: day, day))
  }

  /// One end of a time, itself a time: a day, or some day within bounds. An open end is none.
  private static func end(_ low: Int, _ high: Int) -> Value {
    if low == high && (low == TimeBounds.openPast || low == TimeBounds.openFuture) { return .missing }
    let bounds = TimeBounds(startMin: low, startMax: high, endMin: low, endMax: high)
    return .time(TimeValue(EDTFTime.covering(bounds), bounds: bounds))
  }

  private static func day(_ day: Int) -> Value {
    guard day > TimeBounds.earliestDay, day < TimeBounds.latestDay else { return .missing }
    return .time(TimeValue(literal: .day(day)))
  }

  /// Allen's relation where only one is possible, or all that are.
  private func relations(
    _ function: Function, _ arguments: [PlanExpression], _ batch: Batch
  ) throws(EvaluationError) -> [Value] {
    try zip(bounds(arguments[0], batch), bounds(arguments[1], batch)).map { first, second in
      guard let first, let second else { return function == .relations ? .list([]) : .missing }
      let possible = first.possibleRelations(to: second).relations
      if function == .relations { return .list(possible.map { .text($0.rawValue) }) }
      return possible.count == 1 ? .text(possible[0].rawValue) : .missing
    }
  }

  // MARK: - Choices

  /// Unknown where the condition is.
  private func conditional(_ arguments: [PlanExpression], _ batch: Batch) throws(EvaluationError) -> [Value] {
    let conditions = try truths(arguments[0], batch)
    let first = try values(arguments[1], batch)
    let second = try values(arguments[2], batch)
    return conditions.indices.map { index in
      switch conditions[index] {
      case .true: first[index]
      case .false: second[index]
      case .unknown: .missing
      }
    }
  }

  private func coalesce(_ arguments: [PlanExpression], _ batch: Batch) throws(EvaluationError) -> [Value] {
    var result = [Value](repeating: .missing, count: batch.count)
    for argument in arguments {
      let next = try values(argument, batch)
      for index in result.indices where result[index].isMissing { result[index] = next[index] }
    }
    return result
  }
}
