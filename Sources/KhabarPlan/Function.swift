import EDTF

/// The functions of expressions. Raw values are their names; `Function.signatures` says what they take and give.
package enum Function: String, Sendable, CaseIterable {
  case year, month, day, quarter
  case start, end, earliest, latest
  case duration, precision, relation, relations
  case count, exists, value
  case lower, upper, length
  case abs, round
  case coalesce, today
  case `if`

  /// How many arguments it takes.
  package var arity: ClosedRange<Int> {
    switch self {
    case .today: 0...0
    case .relation, .relations: 2...2
    case .if: 3...3
    case .coalesce: 1...64
    case .round: 1...2
    default: 1...1
    }
  }

  /// Whether it gives the stretch of the calendar in which a time lies.
  package var isPeriod: Bool {
    switch self {
    case .year, .quarter, .month, .day: true
    default: false
    }
  }

  /// Whether it gives one end of a time, or what that may be at most.
  package var isEnd: Bool {
    switch self {
    case .start, .end, .earliest, .latest: true
    default: false
    }
  }

  /// The call as a reader should write it.
  package var example: String {
    switch self {
    case .relation, .relations: "\(rawValue)(time, 2023-05)"
    case .if: "if(score < 0, \"conflict\", \"cooperation\")"
    case .coalesce: "coalesce(place, country)"
    case .round: "round(score, 1)"
    case .abs: "abs(score)"
    case .count, .exists, .value: "\(rawValue)(meetings in Moscow)"
    case .lower, .upper, .length: "\(rawValue)(label)"
    case .today: "today"
    default: "\(rawValue)(time)"
    }
  }
}
