import EDTF
import KhabarModel
import KhabarSyntax

/// What a query is resolved in: the model, what `let` has bound, and which day it is.
package struct Environment: Sendable {
  package var store: EventStore
  package var bindings: [String: ResolvedQuery]
  /// What `def` has named.
  package var functions: [String: FunctionDefinition]
  /// What `param` has named: values without places.
  package var parameters: [String: Expression]
  /// Days since 1970-01-01.
  package var today: Int
  /// The files that queries name.
  package var tables: TableFiles
  /// Whether messages propose names for those that are unknown, for which all names are looked through.
  package var proposesNames = true

  package init(
    store: EventStore, bindings: [String: ResolvedQuery] = [:], functions: [String: FunctionDefinition] = [:],
    parameters: [String: Expression] = [:], today: Int, tables: TableFiles = TableFiles()
  ) {
    self.store = store
    self.bindings = bindings
    self.functions = functions
    self.parameters = parameters
    self.today = today
    self.tables = tables
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
    resolved(in: environment, expanding: { $0.query(query) }) { resolver, query in
      resolver.answer(query)
    }
  }

  /// The plan of a query that is to be bound to a name: records remain records.
  package static func resolveBinding(_ query: Query, in environment: Environment) -> (
    ResolvedQuery?, [Diagnostic]
  ) {
    resolved(in: environment, expanding: { $0.query(query) }) { resolver, query in
      resolver.query(query).map { rows in
        let shared = Plan.shared(Subquery(rows.plan, shape: rows.shape))
        return ResolvedQuery(
          plan: shared, shape: rows.shape, known: rows.known, merging: rows.merging, depth: resolver.depth)
      }
    }
  }

  /// The plan of an expression that stands alone, outside of any row.
  package static func resolve(_ expression: Expression, in environment: Environment) -> (
    PlanExpression?, [Diagnostic]
  ) {
    resolved(in: environment, expanding: { $0.expression(expression) }) { resolver, expression in
      resolver.expression(expression, in: Scope(shape: .columns([])))
    }
  }

  /// A query, or an expression, in which calls and parameters are replaced by what they stand for.
  package static func expanded(_ query: Query, in environment: Environment) -> (Query?, [Diagnostic]) {
    Expander.expanded(in: environment) { $0.query(query) }
  }

  package static func expanded(_ expression: Expression, in environment: Environment) -> (
    Expression?, [Diagnostic]
  ) {
    Expander.expanded(in: environment) { $0.expression(expression) }
  }

  /// A function with all that its body calls put into it, so that it means the same whatever is defined later.
  package static func closed(_ function: FunctionDefinition, in environment: Environment) -> (
    FunctionDefinition?, [Diagnostic]
  ) {
    Expander.closed(function, in: environment)
  }

  /// What a tree means, once calls and parameters are replaced by what they stand for; nil with an error.
  private static func resolved<Tree, Result>(
    in environment: Environment, expanding expand: (inout Expander) -> Tree,
    _ resolve: (inout Resolver, Tree) -> Result?
  ) -> (Result?, [Diagnostic]) {
    var expander = Expander(functions: environment.functions, values: environment.parameters)
    let tree = expand(&expander)
    guard expander.diagnostics.isEmpty else { return (nil, expander.diagnostics) }
    var resolver = Resolver(environment)
    let result = resolve(&resolver, tree)
    let diagnostics = resolver.diagnostics.map { expander.explained($0) }
    return (resolver.hasErrors ? nil : result, diagnostics)
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
}

/// A plan under construction, with what its rows are.
struct Rows {
  var plan: Plan
  var shape: RowShape
  var known: KnowledgeDate?
  /// For which events each row stands, after `one_a_day`.
  var merging: DailyMerge?

  init(plan: Plan, shape: RowShape, known: KnowledgeDate? = nil, merging: DailyMerge? = nil) {
    self.plan = plan
    self.shape = shape
    self.known = known
    self.merging = merging
  }

  init(_ query: ResolvedQuery) {
    self.init(plan: query.plan, shape: query.shape, known: query.known, merging: query.merging)
  }

  var scope: Scope { Scope(shape: shape, known: known, merging: merging) }

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
  /// The day under which rows of records are seen; columns have their own.
  var known: KnowledgeDate?
  var merging: DailyMerge?

  /// A field or a column by its name.
  func field(_ name: String, span: Span = .none) -> PlanExpression? {
    switch shape {
    case .records(let kind):
      guard let field = Self.field(name, of: kind, known, merging) else { return nil }
      return PlanExpression(.field(field), field.type, span: span)
    case .columns(let columns):
      guard let index = self.column(name, in: columns) else { return subjectField(name, columns, span) }
      return PlanExpression(.column(index), columns[index].type, span: span)
    }
  }

  /// The column of that name: as it is spelled, else in any case, and in either language where it is a keyword.
  private func column(_ name: String, in columns: [ColumnShape]) -> Int? {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    let key = Parser.fieldKey(name)
    return columns.firstIndex { Parser.fieldKey($0.name) == key }
  }

  /// A field of the record that a row of columns is about.
  private func subjectField(_ name: String, _ columns: [ColumnShape], _ span: Span) -> PlanExpression? {
    guard let index = columns.firstIndex(where: \.isSubject), case .entity(let kind) = columns[index].type,
      let field = Self.field(name, of: kind, columns[index].known, columns[index].merging)
    else { return nil }
    let subject = PlanExpression(.column(index), columns[index].type, span: span)
    return PlanExpression(.through(subject, field), field.type, span: span)
  }

  /// A field that sees only what is known on the day under which its record is seen, of all the events that the record
  /// stands for.
  func field(_ name: String, of base: PlanExpression, _ kind: EntityKind) -> Field? {
    Self.field(name, of: kind, known(of: base), merging(of: base))
  }

  /// The day of `as of` under which what an expression yields is seen.
  func known(of expression: PlanExpression) -> KnowledgeDate? {
    switch (expression.kind, shape) {
    case (.through(let base, _), _): known(of: base)
    case (.column(let index), .columns(let columns)): columns[index].known
    default: known
    }
  }

  private static func field(
    _ name: String, of kind: EntityKind, _ known: KnowledgeDate?, _ merging: DailyMerge?
  ) -> Field? {
    let merged = merging != nil && name == Field.merged.name ? Field.merged : nil
    guard var field = merged ?? Field.named(name, of: kind) else { return nil }
    field.known = known
    field.merging = merging
    return field
  }

  /// For which events those that an expression yields stand: the events of a column, not those that fields lead to.
  func merging(of expression: PlanExpression) -> DailyMerge? {
    guard case .columns(let columns) = shape, case .column(let index) = expression.kind else { return nil }
    return columns[index].merging
  }

  var names: [String] {
    switch shape {
    case .records(let kind):
      Field.fields(of: kind).map(\.name) + (merging == nil ? [] : [Field.merged.name])
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
