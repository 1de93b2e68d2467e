import EDTF
import KhabarModel
import KhabarSyntax

extension Resolver {
  mutating func stage(_ stage: Stage, after rows: Rows) -> Rows? {
    var rows = rows
    switch stage.kind {
    case .where(let expression):
      return truth(expression, in: rows.scope).map { rows.filtered([$0]) }
    case .sort(let keys):
      let resolved = keys.map { sortKey($0, in: rows.scope) }
      let found = resolved.compactMap(\.self)
      guard found.count == resolved.count else { return nil }
      rows.plan = .sort(rows.plan, found)
      return rows
    case .take(let number): return slice(rows, take: number)
    case .skip(let number): return slice(rows, skip: number)
    case .top(let number, let expression):
      guard let count = wholeNumber(number, "a number of rows, 0 or more", atLeast: 0),
        let key = sortKey(SortKey(expression, isDescending: true), in: rows.scope)
      else { return nil }
      rows.plan = .slice(.sort(rows.plan, [key]), skip: 0, take: count)
      return rows
    case .distinct(let expressions): return distinct(expressions, rows)
    case .select(let columns): return select(columns, rows)
    case .count:
      let count = PlanAggregate(name: "count", function: .count, argument: nil, type: .number)
      rows.plan = .aggregate(rows.plan, PlanGrouping(keys: [], aggregates: [count]))
      rows.shape = .columns([ColumnShape("count", .number)])
      return rows
    case .summarize(let aggregates, let keys, let dense): return summarize(aggregates, keys, dense, rows)
    case .walk(let walk): return self.walk(walk, rows, stage.span)
    case .union(let query): return combine(.union, query, rows)
    case .intersect(let query): return combine(.intersect, query, rows)
    case .except(let query): return combine(.except, query, rows)
    case .evidence: return evidence(rows, stage.span)
    case .oneADay: return oneADay(rows, stage.span)
    case .join(let query, let name, let condition): return join(query, name, condition, rows)
    case .timeline, .chart, .graph:
      report(.drawingNotLast(stage.word, span: stage.span))
      return nil
    }
  }

  private mutating func sortKey(_ key: SortKey, in scope: Scope) -> PlanSortKey? {
    guard let expression = expression(key.expression, in: scope) else { return nil }
    return PlanSortKey(expression, isDescending: key.isDescending)
  }

  private mutating func slice(_ rows: Rows, skip: Expression? = nil, take: Expression? = nil) -> Rows? {
    guard let literal = take ?? skip,
      let number = wholeNumber(literal, "a number of rows, 0 or more", atLeast: 0)
    else { return nil }
    var rows = rows
    rows.plan = .slice(rows.plan, skip: take == nil ? number : 0, take: take == nil ? nil : number)
    return rows
  }

  // MARK: - Columns

  private mutating func select(_ columns: [NamedExpression], _ rows: Rows) -> Rows? {
    guard let columns = self.columns(columns, rows) else { return nil }
    var rows = rows
    rows.plan = .project(rows.plan, columns, keepsRecords: false)
    rows.shape = Self.shape(columns, in: rows.scope)
    return rows
  }

  /// Without expressions, records are distinct already, and rows of columns are compared whole.
  private mutating func distinct(_ expressions: [Expression], _ rows: Rows) -> Rows? {
    var rows = rows
    var columns: [PlanColumn]
    if expressions.isEmpty {
      guard case .columns(let shapes) = rows.shape else { return rows }
      columns = shapes.enumerated().map { PlanColumn($1.name, PlanExpression(.column($0), $1.type)) }
    } else {
      guard let named = self.columns(expressions.map { NamedExpression($0) }, rows) else { return nil }
      columns = named
    }
    rows.plan = .distinct(rows.plan, columns)
    rows.shape = Self.shape(columns, in: rows.scope)
    return rows
  }

  /// - Parameter areKeys: Whether they may be what only keys can be.
  mutating func columns(
    _ columns: [NamedExpression], _ rows: Rows, areKeys: Bool = false
  ) -> [PlanColumn]? {
    var resolved: [PlanColumn] = []
    var names = ColumnNames()
    var failed = false
    for column in columns {
      let key = areKeys ? eventKey(column.expression, in: rows.scope) : nil
      guard let expression = key ?? expression(column.expression, in: rows.scope) else {
        failed = true
        continue
      }
      let name = column.name?.text ?? column.expression.columnName
      resolved.append(PlanColumn(names.fresh(name), expression))
    }
    return failed ? nil : resolved
  }

  static func shape(_ columns: [PlanColumn], in scope: Scope) -> RowShape {
    .columns(
      columns.map {
        ColumnShape(
          $0.name, $0.expression.type, known: scope.known(of: $0.expression),
          merging: scope.merging(of: $0.expression))
      })
  }

  // MARK: - Walks, sets, evidence

  private mutating func walk(_ walk: Walk, _ rows: Rows, _ span: Span, spelled: String? = nil) -> Rows? {
    let word = spelled ?? walk.rawValue
    guard let kind = rows.kind else {
      report(
        .stageDoesNotApply(
          word, rows: rows.name,
          hint: "it walks from records: put it before `select` and `summarize`", span: span))
      return nil
    }
    if walk.rawValue == kind.plural || walk == .participants && kind == .participation { return rows }
    guard let step = step(walk, from: kind, rows.scope) else {
      let walks = Walk.allCases.filter { step($0, from: kind, rows.scope) != nil }.map(\.rawValue)
      report(
        .stageDoesNotApply(
          word, rows: rows.name,
          hint: "from \(rows.name) one walks to \(ResolutionError.list(walks))", span: span))
      return nil
    }
    return knownOnly(Rows(plan: .walk(rows.plan, step), shape: .records(step.target), known: rows.known))
  }

  /// After `as of`, a walk does not lead to what no report had told by then.
  private func knownOnly(_ rows: Rows) -> Rows {
    guard let known = rows.known else { return rows }
    let anyReport = PlanExpression.constant(.truth(true), .truth)
    let isKnown = PlanExpression(.someReport(anyReport, known: known), .truth)
    switch rows.kind {
    case .event: return rows.filtered([isKnown])
    case .participation: return rows.filtered([PlanExpression(.ofEvent(isKnown), .truth)])
    case .report:
      guard let date = rows.scope.field("date") else { return rows }
      return rows.filtered([PlanExpression(.time(.until, date, known.time), .truth)])
    default: return rows
    }
  }

  private func step(_ walk: Walk, from kind: EntityKind, _ scope: Scope) -> WalkStep? {
    switch (kind, walk) {
    case (.actor, .events): return WalkStep(source: .actor, target: .event, kind: .eventsOfActors)
    case (.actor, .participants):
      return WalkStep(source: .actor, target: .participation, kind: .participationsOfActors)
    case (.actor, .reports): return WalkStep(source: .actor, target: .report, kind: .reportsOfActors)
    case (.place, .events): return WalkStep(source: .place, target: .event, kind: .eventsOfPlaces)
    case (.event, .participants), (.event, .actors), (.event, .reports), (.event, .articles),
      (.event, .parts),
      (.event, .causes), (.event, .consequences), (.event, .partOf), (.event, .follows),
      (.event, .followedBy),
      (.event, .alongside), (.event, .about):
      return step(kind, walk.rawValue, scope)
    case (.event, .places): return step(kind, "place", scope)
    case (.report, .events), (.participation, .events): return step(kind, "event", scope)
    case (.report, .actors): return step(kind, "source", scope)
    case (.report, .articles): return step(kind, "article", scope)
    case (.participation, .actors): return step(kind, "actor", scope)
    case (.article, .reports): return step(kind, "reports", scope)
    case (.article, .events):
      guard let reports = scope.field("reports"), let event = Field.named("event", of: .report) else {
        return nil
      }
      let events = PlanExpression(.through(reports, event), .list(.entity(.event)))
      return WalkStep(source: kind, target: .event, kind: .field(events))
    default: return nil
    }
  }

  private func step(_ kind: EntityKind, _ field: String, _ scope: Scope) -> WalkStep? {
    guard let field = scope.field(field), case .entity(let target) = field.type.element else { return nil }
    return WalkStep(source: kind, target: target, kind: .field(field))
  }

  private mutating func combine(_ operation: SetOperation, _ query: Query, _ rows: Rows) -> Rows? {
    guard let other = self.query(query) else { return nil }
    guard isSameShape(rows.shape, other.shape) else {
      report(.differentRows(rows.name, other.name, span: query.span))
      return nil
    }
    if operation == .union, rows.kind != nil, rows.known != other.known {
      report(
        .misplaced(
          "one side of this `union` is as of another day", span: query.span,
          hint: "`select` on both sides what is to be shown, as it was known then"))
      return nil
    }
    var rows = rows
    rows.plan = .combine(operation, rows.plan, other.plan)
    return rows
  }

  private func isSameShape(_ a: RowShape, _ b: RowShape) -> Bool {
    switch (a, b) {
    case (.records(let first), .records(let second)): first == second
    case (.columns(let first), .columns(let second)): first.map(\.type) == second.map(\.type)
    default: false
    }
  }

  /// Events that are alike as one, with the reports of all.
  private mutating func oneADay(_ rows: Rows, _ span: Span) -> Rows? {
    guard rows.kind == .event else {
      report(
        .stageDoesNotApply(
          "one_a_day", rows: rows.name,
          hint: "it merges events: put it after them, before `select` and `summarize`", span: span))
      return nil
    }
    var rows = rows
    let merging = DailyMerge(after: rows.merging)
    rows.plan = .oneADay(rows.plan, merging)
    rows.merging = merging
    return rows
  }

  /// The reports behind the rows, with what they rest on.
  private mutating func evidence(_ rows: Rows, _ span: Span) -> Rows? {
    (rows.kind == .report ? rows : walk(.reports, rows, span, spelled: "evidence")).map {
      evidence(ofReports: $0)
    }
  }

  /// Reports as `evidence` shows them.
  package static func evidence(ofReports reports: [Int32], in environment: Environment) -> ResolvedQuery {
    let rows = Rows(plan: .records(.report, reports), shape: .records(.report))
    let shown = Resolver(environment).evidence(ofReports: rows)
    return ResolvedQuery(plan: shown.plan, shape: shown.shape)
  }

  private func evidence(ofReports reports: Rows) -> Rows {
    var fields = ["event", "article", "source", "status", "certainty", "gist", "line"]
    if !store.texts.isEmpty { fields.append("quote") }
    let columns = fields.compactMap { name in reports.scope.field(name).map { PlanColumn(name, $0) } }
    return Rows(
      plan: .project(reports.plan, columns, keepsRecords: false),
      shape: Self.shape(columns, in: reports.scope))
  }
}

extension Stage {
  /// Whether what the rows are stays the same, so that later stages can be read though this one cannot.
  var keepsRows: Bool {
    switch kind {
    case .where, .sort, .take, .skip, .top, .union, .intersect, .except: true
    default: false
    }
  }

  /// The stage's keyword, for messages.
  var word: String {
    switch kind {
    case .timeline: "timeline"
    case .chart: "chart"
    case .graph: "graph"
    default: "stage"
    }
  }
}

extension Expression {
  /// What a column that shows this expression is called: `place.country`, `avg_score`, `count`.
  var columnName: String {
    switch kind {
    case .path(let names): names.map(\.text).joined(separator: ".")
    case .call(let name, let arguments):
      ([name.text] + arguments.map(\.columnName)).joined(separator: "_")
    case .query(let query): query.columnName
    case .number(let literal): literal.text
    case .string(let text): text
    case .time(let time): time.description
    default: SyntaxPrinter().print(self)
    }
  }
}

extension Query {
  /// For `count(actors)`: the word, where there is no more.
  fileprivate var columnName: String {
    guard case .phrase(let phrase) = source, stages.isEmpty else { return "query" }
    switch phrase.noun.kind {
    case .rows(let noun): return noun.rawValue
    case .word(let name): return name.text
    default: return "query"
    }
  }
}

/// Gives each column a name of its own.
struct ColumnNames {
  private var taken: Set<String>
  private var nextNumber: [String: Int] = [:]

  init(taken: [String] = []) { self.taken = Set(taken) }

  /// The name, or the name with a number where it is taken.
  mutating func fresh(_ name: String) -> String {
    var fresh = name
    while !taken.insert(fresh).inserted {
      let number = nextNumber[name, default: 2]
      nextNumber[name] = number + 1
      fresh = "\(name)_\(number)"
    }
    return fresh
  }
}
