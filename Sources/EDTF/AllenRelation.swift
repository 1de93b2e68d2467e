/// How two intervals lie to each other: the thirteen relations of J. F. Allen, *Maintaining Knowledge about
/// Temporal Intervals* (1983). Exactly one holds between any two intervals.
///
/// Days are read as half-open: an interval that ends on the 4th meets one that starts on the 5th.
@frozen
public enum AllenRelation: String, Sendable, Hashable, CaseIterable {
  /// The first ends before the second starts, with at least a day between them.
  case before
  /// The first ends on the day before the second starts.
  case meets
  /// The first starts first and ends first, and they share a day.
  case overlaps
  /// Both start together, and the first ends first.
  case starts
  /// The first starts later and ends earlier.
  case during
  /// Both end together, and the first starts later.
  case finishes
  /// Both start together and end together.
  case equals
  /// The inverse of `before`.
  case after
  /// The inverse of `meets`.
  case metBy = "met_by"
  /// The inverse of `overlaps`.
  case overlappedBy = "overlapped_by"
  /// The inverse of `starts`.
  case startedBy = "started_by"
  /// The inverse of `during`.
  case contains
  /// The inverse of `finishes`.
  case finishedBy = "finished_by"

  /// The relation of the second interval to the first.
  public var inverse: AllenRelation {
    switch self {
    case .before: .after
    case .meets: .metBy
    case .overlaps: .overlappedBy
    case .starts: .startedBy
    case .during: .contains
    case .finishes: .finishedBy
    case .equals: .equals
    case .after: .before
    case .metBy: .meets
    case .overlappedBy: .overlaps
    case .startedBy: .starts
    case .contains: .during
    case .finishedBy: .finishes
    }
  }
}

/// A set of Allen's relations, as what is known of two intervals leaves it.
@frozen
public struct AllenSet: OptionSet, Sendable, Hashable {
  /// One bit a relation, in the order of `AllenRelation.allCases`.
  public let rawValue: UInt16

  /// The set of the relations whose bits are set.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The set of one relation.
  public init(_ relation: AllenRelation) { self.init(rawValue: 1 << relation.bit) }

  /// All thirteen: nothing is known.
  public static let all = AllenSet(rawValue: (1 << 13) - 1)

  /// Whether `relation` is in the set.
  public func contains(_ relation: AllenRelation) -> Bool { contains(AllenSet(relation)) }

  /// The relations of the set, in the order of `AllenRelation.allCases`.
  public var relations: [AllenRelation] { AllenRelation.allCases.filter { contains($0) } }

  /// The relation, if the set has just one.
  public var only: AllenRelation? { rawValue.nonzeroBitCount == 1 ? relations.first : nil }
}

extension AllenRelation {
  fileprivate var bit: UInt16 {
    switch self {
    case .before: 0
    case .meets: 1
    case .overlaps: 2
    case .starts: 3
    case .during: 4
    case .finishes: 5
    case .equals: 6
    case .after: 7
    case .metBy: 8
    case .overlappedBy: 9
    case .startedBy: 10
    case .contains: 11
    case .finishedBy: 12
    }
  }
}
