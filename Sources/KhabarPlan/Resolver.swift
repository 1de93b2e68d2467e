import EDTF
import KhabarModel
import KhabarSyntax

/// What a query is resolved in: the model, what `let` has bound, and which day it is.
package struct Environment: Sendable {
  package var store: EventStore
  package var bindings: [String: ResolvedQuery]
  /// Days since 1970-01-01.
  package var today: Int

  package init(store: EventStore, bindings: [String: ResolvedQuery] = [:], today: Int) {
    self.store = store
    self.bindings = bindings
    self.today = today
  }
}

/// Turns a syntax tree into a typed plan. Every method that returns nil has reported why in `diagnostics`; resolution
/// goes on after an error wherever what follows can still be understood, so that one pass finds all that is wrong.
package struct Resolver {
  package let environment: Environment
  package internal(set) var diagnostics: [Diagnostic] = []
  /// How many stages stand upon one another so far, those of what is bound included.
  var depth = 0
  /// More than any question needs, and few enough to be walked without end of the stack.
  static let deepest = 500

  package init(_ environment: Environment) { self.environment = environment }

  var store: EventStore { environment.store }

  /// The plan of a query that is to be shown: rows of records get their default columns.
  package static func resolve(_ query: Query, in environment: Environment) -> (ResolvedQuery?, [Diagnostic]) {
    var resolver = Resolver(environment)
    let rows = resolver.query(query)
    guard let rows, !resolver.hasErrors else { return (nil, resolver.diagnostics) }
    return (resolver.shown(rows), resolver.diagnostics)
  }

  /// The plan of a query that is to be bound to a name: records remain records.
  package static func resolveBinding(_ query: Query, in environment: Environment) -> (
    ResolvedQuery?, [Diagnostic]
  ) {
    var resolver = Resolver(environment)
    let rows = resolver.query(query)
    guard let rows, !resolver.hasErrors else { return (nil, resolver.diagnostics) }
    let shared = Plan.shared(Subquery(rows.plan, shape: rows.shape))
    let bound = ResolvedQuery(plan: shared, shape: rows.shape, known: rows.known, depth: resolver.depth)
    return (bound, resolver.diagnostics)
  }

  /// The plan of an expression that stands alone, outside of any row.
  package static func resolve(_ expression: Expression, in environment: Environment) -> (
    PlanExpression?, [Diagnostic]
  ) {
    var resolver = Resolver(environment)
    let resolved = resolver.expression(expression, in: Scope(shape: .columns([])))
    return (resolver.hasErrors ? nil : resolved, resolver.diagnostics)
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// What is resolved several times, as `x` in `x in (a, b)`, is reported once.
  mutating func report(_ error: ResolutionError) {
    let diagnostic = error.diagnostic
    let isKnown = diagnostics.contains {
      $0.id == diagnostic.id && $0.span.lower == diagnostic.span.lower
        && $0.span.upper == diagnostic.span.upper
    }
    if !isKnown { diagnostics.append(diagnostic) }
  }

  private func shown(_ rows: Rows) -> ResolvedQuery {
    guard case .records(let kind) = rows.shape else {
      return ResolvedQuery(plan: rows.plan, shape: rows.shape)
    }
    let columns = kind.defaultFields.compactMap { id in
      rows.scope.field(id.rawValue).map { PlanColumn(id.rawValue, $0) }
    }
    return ResolvedQuery(plan: .project(rows.plan, columns, keepsRecords: true), shape: rows.shape)
  }
}

/// A plan under construction, with what its rows are.
struct Rows {
  var plan: Plan
  var shape: RowShape
  var known: KnowledgeDate?

  init(plan: Plan, shape: RowShape, known: KnowledgeDate? = nil) {
    self.plan = plan
    self.shape = shape
    self.known = known
  }

  init(_ query: ResolvedQuery) { self.init(plan: query.plan, shape: query.shape, known: query.known) }

  var scope: Scope { Scope(shape: shape, known: known) }

  var kind: EntityKind? { if case .records(let kind) = shape { kind } else { nil } }

  /// For messages: "events", "rows of columns".
  var name: String { shape.name }

  func filtered(_ conditions: [PlanExpression]) -> Rows {
    var rows = self
    for condition in conditions { rows.plan = .filter(rows.plan, condition) }
    return rows
  }
}

extension RowShape {
  package var name: String {
    switch self {
    case .records(.participation): "participants"
    case .records(let kind): kind.plural
    case .columns(let columns): "rows of (\(columns.map(\.name).joined(separator: ", ")))"
    }
  }
}

/// What names mean in an expression: the fields of the rows' records, or their columns.
struct Scope {
  var shape: RowShape
  var known: KnowledgeDate?

  /// A field or a column by its name.
  func field(_ name: String, span: Span = .none) -> PlanExpression? {
    switch shape {
    case .records(let kind):
      guard let field = knownField(name, of: kind) else { return nil }
      return PlanExpression(.field(field), field.type, span: span)
    case .columns(let columns):
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        return subjectField(name, columns, span)
      }
      return PlanExpression(.column(index), columns[index].type, span: span)
    }
  }

  /// A field of the record that a row of columns is about.
  private func subjectField(_ name: String, _ columns: [ColumnShape], _ span: Span) -> PlanExpression? {
    guard let index = columns.firstIndex(where: \.isSubject), case .entity(let kind) = columns[index].type,
      let field = knownField(name, of: kind)
    else { return nil }
    let subject = PlanExpression(.column(index), columns[index].type, span: span)
    return PlanExpression(.through(subject, field), field.type, span: span)
  }

  /// A field that sees only what is known on the scope's day.
  func knownField(_ name: String, of kind: EntityKind) -> Field? {
    guard var field = Field.named(name, of: kind) else { return nil }
    field.known = known
    return field
  }

  var names: [String] {
    switch shape {
    case .records(let kind): Field.fields(of: kind).map(\.name)
    case .columns(let columns): columns.map(\.name) + columns.filter(\.isSubject).flatMap(\.fieldNames)
    }
  }

  /// "events have", "the rows have": how a message about fields begins.
  var owner: String {
    switch shape {
    case .records(let kind): "\(RowShape.records(kind).name) have"
    case .columns: "the rows have"
    }
  }
}

extension ColumnShape {
  fileprivate var fieldNames: [String] {
    guard case .entity(let kind) = type else { return [] }
    return Field.fields(of: kind).map(\.name)
  }
}
