import EDTF
import KhabarModel
import KhabarSyntax

// From a syntax tree to a plan.
//
// What enters: a `Query` of KhabarSyntax, an `EventStore` with its names and vocabulary, and what is bound by `let`.
// What leaves: a `ResolvedQuery`: a typed `Plan` in which every name is a row of the store, every word a code, every
// field known, every comparison typed; or the diagnostics of all that is wrong.
//
//     meetings with Russia in Moscow | count
//
//     aggregate count
//       filter lookup(place, {moscow: true, russia_land: unknown, …})
//         filter takes part({russia, sergei_lavrov, …})
//           filter lookup(type, {CONSULT, negotiation, summit})
//             scan events
//
// The resolver (`Resolver`) makes a new tree and never writes into the one it is given. A plan says what is asked in
// terms that any back end can carry out: the evaluator in KhabarEval, and SQL.

package indirect enum Plan: Sendable {
  /// All records of a kind, in the store's order.
  case scan(EntityKind)
  /// The rows of a file.
  case table(TableData)
  /// Some records, by index.
  case records(EntityKind, [Int32])
  /// The rows for which the expression is true.
  case filter(Plan, PlanExpression)
  case sort(Plan, [PlanSortKey])
  case slice(Plan, skip: Int, take: Int?)
  /// Rows of columns; with `keepsRecords`, they remain records of their kind as well (the default columns of an
  /// answer).
  case project(Plan, [PlanColumn], keepsRecords: Bool)
  /// Rows of columns, each combination once, in the order in which they first come.
  case distinct(Plan, [PlanColumn])
  case aggregate(Plan, PlanGrouping)
  /// The records related to the input's, each once, in the store's order.
  case walk(Plan, WalkStep)
  /// Events, of those that are alike and on the same day the first, which stands for all of them.
  case oneADay(Plan, DailyMerge)
  /// Pairs of participants of the same event, each once, with the number of such events: the most first.
  case links(Plan)
  case combine(SetOperation, Plan, Plan)
  case path(PathSearch)
  case sequence(SequenceSearch)
  /// All pairs of rows for which the condition, over the columns of both, is true.
  case join(Plan, Plan, on: PlanExpression)
  /// What a name is bound to: run once, however often the name is used.
  case shared(Subquery)
}

extension Plan {
  /// The columns of `links`.
  package static let linkColumns = [
    ColumnShape("from", .entity(.actor)), ColumnShape("to", .entity(.actor)), ColumnShape("events", .number),
  ]

  /// The conditions of the filters that it ends with, innermost first, and what they stand upon.
  package var filters: (conditions: [PlanExpression], below: Plan) {
    var conditions: [PlanExpression] = []
    var below = self
    while case .filter(let input, let condition) = below {
      conditions.append(condition)
      below = input
    }
    return (conditions.reversed(), below)
  }
}

/// A query that is ready to be run.
package struct ResolvedQuery: Sendable {
  package var plan: Plan
  package var shape: RowShape
  /// The day of `as of`, which holds wherever the rows are used.
  package var known: KnowledgeDate?
  /// For which events each row stands.
  package var merging: DailyMerge?
  /// How many stages stand upon one another, those of what is bound included.
  package var depth: Int
  /// How the answer is drawn, if it is to be.
  package var drawing: Drawing?

  package init(
    plan: Plan, shape: RowShape, known: KnowledgeDate? = nil, merging: DailyMerge? = nil, depth: Int = 0,
    drawing: Drawing? = nil
  ) {
    self.plan = plan
    self.shape = shape
    self.known = known
    self.merging = merging
    self.depth = depth
    self.drawing = drawing
  }
}

/// What the rows of a plan are.
package enum RowShape: Hashable, Sendable {
  case records(EntityKind)
  case columns([ColumnShape])
}

package struct ColumnShape: Hashable, Sendable {
  package var name: String
  package var type: ValueType
  /// Whether the column holds the record that the row is about: its fields are at hand by their names alone.
  package var isSubject: Bool
  /// The day of `as of` under which the records in the column are seen.
  package var known: KnowledgeDate?
  /// For which events each event of the column stands.
  package var merging: DailyMerge?
  package init(
    _ name: String, _ type: ValueType, isSubject: Bool = false, known: KnowledgeDate? = nil,
    merging: DailyMerge? = nil
  ) {
    self.name = name
    self.type = type
    self.isSubject = isSubject
    self.known = known
    self.merging = merging
  }
}

package struct PlanColumn: Sendable {
  package var name: String
  package var expression: PlanExpression
  package init(_ name: String, _ expression: PlanExpression) {
    self.name = name
    self.expression = expression
  }
}

package struct PlanSortKey: Sendable {
  package var expression: PlanExpression
  package var isDescending: Bool
  package init(_ expression: PlanExpression, isDescending: Bool) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

package enum AggregateFunction: String, Sendable, CaseIterable {
  case count
  case countDistinct = "count_distinct"
  case sum, avg, min, max, list

  /// What makes an aggregate one of several groups: `rolling(AGG, N)`.
  static let rolling = "rolling"
}

/// Groups by their keys, each with its aggregates.
package struct PlanGrouping: Sendable {
  package var keys: [PlanColumn]
  package var aggregates: [PlanAggregate]
  package var dense: DenseKey?

  package init(keys: [PlanColumn], aggregates: [PlanAggregate]) {
    self.keys = keys
    self.aggregates = aggregates
  }

  package var columns: [ColumnShape] {
    keys.map { ColumnShape($0.name, $0.expression.type.element) }
      + aggregates.map { ColumnShape($0.name, $0.type) }
  }

  /// The key along which aggregates roll: the one without gaps, else the last.
  package var rollingKey: Int { dense?.index ?? keys.count - 1 }
}

/// The key along which groups without rows are added, and where that is asked for.
package struct DenseKey: Sendable {
  package var index: Int
  package var span: Span

  init(_ index: Int, span: Span) {
    self.index = index
    self.span = span
  }
}

package struct PlanAggregate: Sendable {
  package var name: String
  package var function: AggregateFunction
  /// What is aggregated; nil for `count` of rows.
  package var argument: PlanExpression?
  package var type: ValueType
  /// Over the rows of how many groups, this one and those before it; nil: of this one.
  package var rolling: Int?
  package init(name: String, function: AggregateFunction, argument: PlanExpression?, type: ValueType) {
    self.name = name
    self.function = function
    self.argument = argument
    self.type = type
  }
}

package enum SetOperation: String, Sendable { case union, intersect, except }

/// One step from records to related records.
package struct WalkStep: Sendable {
  package var source: EntityKind
  package var target: EntityKind
  package var kind: Kind

  package enum Kind: Sendable {
    /// The field of each record, which holds records of the target kind.
    case field(PlanExpression)
    /// From actors to the events in which they, or who represents them, take part.
    case eventsOfActors
    /// From actors to those parts in events.
    case participationsOfActors
    /// From actors to the reports attributed to them, or to who represents them.
    case reportsOfActors
    /// From places to the events placed there or within.
    case eventsOfPlaces
  }

  package init(source: EntityKind, target: EntityKind, kind: Kind) {
    self.source = source
    self.target = target
    self.kind = kind
  }
}

/// Shortest chains of actors linked by taking part in the same event.
package struct PathSearch: Sendable {
  package var from: Int32
  package var to: Int32
  /// The events that link; nil: all.
  package var through: Plan?
  package var limit: Int?
  package static let columns = [
    ColumnShape("step", .number), ColumnShape("from", .entity(.actor)), ColumnShape("event", .entity(.event)),
    ColumnShape("to", .entity(.actor)),
  ]

  package init(from: Int32, to: Int32, through: Plan?, limit: Int?) {
    self.from = from
    self.to = to
    self.through = through
    self.limit = limit
  }
}

/// Chains of events, each of which starts after the one before has ended.
package struct SequenceSearch: Sendable {
  package var steps: [Plan]
  /// What the events of a chain share; of many values, any.
  package var key: PlanExpression?
  /// The time of each event that counts; nil: its own.
  package var on: PlanExpression?
  /// The most that may lie between the first start and the last end.
  package var within: PlanExpression?
  /// Events that, between first and last and under the same key, break a chain.
  package var until: Plan?
  /// All chains, not only the first for each first event and key.
  package var isEvery: Bool

  package var columns: [ColumnShape] { columns(known: steps.map { _ in nil }) }

  /// The columns of the chains; of each step, the day under which its events are seen.
  func columns(known: [KnowledgeDate?]) -> [ColumnShape] {
    var columns: [ColumnShape] = []
    if let key { columns.append(ColumnShape("key", key.type.element)) }
    columns += known.indices.map { ColumnShape(Self.ordinal($0), .entity(.event), known: known[$0]) }
    return columns + [ColumnShape("span", .time)]
  }

  private static func ordinal(_ step: Int) -> String {
    let words = [
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    return step < words.count ? words[step] : "step_\(step + 1)"
  }

  package init(
    steps: [Plan], key: PlanExpression?, on: PlanExpression? = nil, within: PlanExpression?, until: Plan?,
    isEvery: Bool
  ) {
    self.steps = steps
    self.key = key
    self.on = on
    self.within = within
    self.until = until
    self.isEvery = isEvery
  }
}
