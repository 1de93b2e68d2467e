/// A truth value of Kleene's strong three-valued logic (S. C. Kleene, *Introduction to Metamathematics*,
/// §64).
///
/// The raw values are ordered `false < unknown < true`, so that *and* is the minimum, *or* the maximum and
/// *not* the reflection `2 - x`. A column of truth values can therefore be a column of bytes.
@frozen
public enum Truth: UInt8, Sendable, Hashable, CaseIterable {
  /// Holds for no completion of what is not known.
  case `false` = 0
  /// Holds for some completions and not for others.
  case unknown = 1
  /// Holds for every completion.
  case `true` = 2
}

extension Truth {
  /// The truth value of a question that has been decided.
  @inlinable
  public init(_ value: Bool) { self = value ? .true : .false }

  /// The truth value of a statement that holds for every completion if `certain`, for some if `possible`.
  @inlinable
  public init(certain: Bool, possible: Bool) { self = certain ? .true : possible ? .unknown : .false }

  /// Whether the statement holds for every completion.
  @inlinable
  public var isTrue: Bool { self == .true }

  /// `true` where the statement may hold: where it is true or unknown.
  @inlinable
  public var possibly: Truth { self == .false ? .false : .true }

  /// Kleene's conjunction, the minimum of both.
  @inlinable
  public static func && (left: Truth, right: Truth) -> Truth { left < right ? left : right }

  /// Kleene's disjunction, the maximum of both.
  @inlinable
  public static func || (left: Truth, right: Truth) -> Truth { left < right ? right : left }

  /// Kleene's negation: the unknown stays unknown.
  @inlinable
  public static prefix func ! (operand: Truth) -> Truth {
    switch operand {
    case .false: .true
    case .unknown: .unknown
    case .true: .false
    }
  }
}

extension Truth: Comparable {
  /// The order of truth: `false < unknown < true`.
  @inlinable
  public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }
}

extension Truth: CustomStringConvertible {
  /// `false`, `unknown` or `true`.
  public var description: String {
    switch self {
    case .false: "false"
    case .unknown: "unknown"
    case .true: "true"
    }
  }
}
