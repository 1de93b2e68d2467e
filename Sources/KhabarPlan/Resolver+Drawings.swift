import KhabarModel
import KhabarSyntax

// The stages that draw, last in an answer: `timeline`, `chart`, `graph`. Each becomes rows of the columns that are drawn,
// and a note on the answer that says how.
//
//     meetings | timeline by place     →  sort by time, select id, label, time, status, place
//     meetings | chart status          →  aggregate count by status, sort by count desc
//     meetings | graph                 →  who with whom (from, to, events)
extension Resolver {
  /// A query that is shown: rows of records get their default columns, unless the last stage draws them.
  mutating func answer(_ query: Query) -> ResolvedQuery? {
    if let inner = query.parenthesized { return answer(inner) }
    guard let stage = query.stages.last, stage.isDrawing else { return self.query(query).map(shown) }
    var rest = query
    rest.stages.removeLast()
    guard let rows = self.query(rest) else { return nil }
    switch stage.kind {
    case .timeline(let key): return timeline(rows, by: key, stage.span)
    case .chart(let value): return chart(rows, value)
    default: return graph(rows, stage.span)
    }
  }

  private func shown(_ rows: Rows) -> ResolvedQuery {
    guard case .records(let kind) = rows.shape else {
      return ResolvedQuery(plan: rows.plan, shape: rows.shape, depth: depth)
    }
    let fields = kind.defaultFields + (rows.merging == nil ? [] : [.merged])
    let columns = fields.compactMap { id in
      rows.scope.field(id.rawValue).map { PlanColumn(id.rawValue, $0) }
    }
    return ResolvedQuery(
      plan: .project(rows.plan, columns, keepsRecords: true), shape: rows.shape, known: rows.known,
      merging: rows.merging, depth: depth)
  }

  // MARK: - Timelines

  private mutating func timeline(_ rows: Rows, by key: Expression?, _ span: Span) -> ResolvedQuery? {
    guard var picture = timelinePicture(rows, span) else { return nil }
    guard case .timeline(var timeline) = picture.drawing else { return nil }
    if let key {
      guard let group = expression(key, in: rows.scope) else { return nil }
      timeline.group = picture.add(key.columnName, group)
      picture.drawing = .timeline(timeline)
    }
    let byTime = PlanSortKey(picture.columns[timeline.time].expression, isDescending: false)
    return picture.query(of: rows, plan: .sort(rows.plan, [byTime]))
  }

  private mutating func timelinePicture(_ rows: Rows, _ span: Span) -> Picture? {
    switch rows.shape {
    case .records(.event): return timeline(rows, id: "id", label: "label", time: "time", status: "status")
    case .records(.report):
      return timeline(rows, id: "event", label: "event.label", time: "event.time", status: "status")
    case .records(.article): return timeline(rows, id: "id", label: "title", time: "published")
    case .records(let kind):
      let hint =
        kind == .topic || kind == .office
        ? "it draws what has a time: events, reports, articles, rows with a time"
        : "it draws what has a time, such as their events: `| events | timeline`"
      report(.stageDoesNotApply("timeline", rows: rows.name, hint: hint, span: span))
      return nil
    case .columns(let columns):
      if let picture = timeline(columns, rows.scope) { return picture }
      report(
        .stageDoesNotApply(
          "timeline", rows: rows.name,
          hint: "no column holds a time: select one, as in `select label, time`", span: span))
      return nil
    }
  }

  private func timeline(
    _ rows: Rows, id: String, label: String, time: String, status: String? = nil
  ) -> Picture? {
    var picture = Picture()
    let id = value(id, rows.scope).map { picture.add(id, $0) }
    let label = value(label, rows.scope).map { picture.add(Self.lastName(label), $0) }
    guard let time = value(time, rows.scope).map({ picture.add(Self.lastName(time), $0) }) else { return nil }
    let status = status.flatMap { name in value(name, rows.scope).map { picture.add(name, $0) } }
    picture.drawing = .timeline(
      Drawing.Timeline(label: Drawing.Label(label.map { [$0] } ?? [], id: id), time: time, status: status))
    return picture
  }

  /// By the first column that is a time, else by the time of the first record that has one.
  private func timeline(_ columns: [ColumnShape], _ scope: Scope) -> Picture? {
    var picture = Picture(columns)
    var status = columns.firstIndex { $0.type == .symbol(.status) }
    var time = columns.firstIndex { $0.type == .time }
    if time == nil, let (index, field) = Self.timedRecord(columns) {
      time = value("\(columns[index].name).\(field)", of: index, columns, scope).map {
        picture.add(field, $0)
      }
      if status == nil, columns[index].type == .entity(.event) {
        status = value("\(columns[index].name).status", of: index, columns, scope).map {
          picture.add("status", $0)
        }
      }
    }
    guard let time else { return nil }
    let labels = columns.indices.filter { $0 != time && $0 != status }
    picture.drawing = .timeline(
      Drawing.Timeline(label: Drawing.Label(Array(labels)), time: time, status: status))
    return picture
  }

  private static func timedRecord(_ columns: [ColumnShape]) -> (Int, String)? {
    for (index, column) in columns.enumerated() {
      guard case .entity(let kind) = column.type, let field = kind.timeField else { continue }
      return (index, field.rawValue)
    }
    return nil
  }

  private static func lastName(_ path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }

  /// A field of the rows, or of a record that a field holds: `event.label`.
  private func value(_ path: String, _ scope: Scope) -> PlanExpression? {
    let names = path.split(separator: ".").map(String.init)
    guard let base = scope.field(names[0]) else { return nil }
    return names.count == 1 ? base : through(base, names[1], scope)
  }

  private func value(
    _ path: String, of column: Int, _ columns: [ColumnShape], _ scope: Scope
  ) -> PlanExpression? {
    through(PlanExpression(.column(column), columns[column].type), Self.lastName(path), scope)
  }

  private func through(_ base: PlanExpression, _ name: String, _ scope: Scope) -> PlanExpression? {
    guard case .entity(let kind) = base.type, let field = scope.field(name, of: base, kind) else {
      return nil
    }
    return PlanExpression(.through(base, field), field.type)
  }

  // MARK: - Charts

  private mutating func chart(_ rows: Rows, _ value: Expression) -> ResolvedQuery? {
    guard let expression = expression(value, in: rows.scope) else { return nil }
    guard expression.type == .number else { return counts(rows, value.columnName, expression) }
    var picture = Picture()
    var chart = Drawing.Chart(label: Drawing.Label([]), value: 0)
    switch rows.shape {
    case .records(let kind):
      let (id, names) = Self.labels(kind)
      chart.label.id = id.flatMap { id in self.value(id, rows.scope).map { picture.add(id, $0) } }
      chart.label.columns = names.compactMap { name in
        self.value(name, rows.scope).map { picture.add(name, $0) }
      }
    case .columns(let columns):
      var drawn: Int?
      if case .column(let index) = expression.kind { drawn = index }
      let others = columns.indices.filter { $0 != drawn }
      let words = others.filter { columns[$0].type != .number }
      let series = Self.series(rows.plan)
      for index in words.isEmpty ? Array(others) : words {
        let place = picture.add(columns[index].name, PlanExpression(.column(index), columns[index].type))
        if words.count == 2, series?.time == index, series?.keys == words {
          chart.time = place
        } else {
          chart.label.columns.append(place)
        }
      }
    }
    chart.value = picture.add(value.columnName, expression)
    picture.drawing = .chart(chart)
    return picture.query(of: rows, plan: rows.plan)
  }

  /// The columns that tell records of a kind apart: an id, and what is read instead.
  private static func labels(_ kind: EntityKind) -> (id: String?, names: [String]) {
    switch kind {
    case .event: ("id", ["label"])
    case .actor, .place, .topic: ("id", ["name"])
    case .article: ("id", ["title"])
    case .report: (nil, ["event", "source"])
    case .participation: (nil, ["event", "actor"])
    case .office: (nil, ["title", "of"])
    }
  }

  /// How many rows there are of each value: times in their order, else the most frequent first.
  private func counts(_ rows: Rows, _ name: String, _ value: PlanExpression) -> ResolvedQuery {
    var names = ColumnNames()
    let key = PlanColumn(names.fresh(name), value)
    let count = PlanAggregate(name: names.fresh("count"), function: .count, argument: nil, type: .number)
    let grouping = PlanGrouping(keys: [key], aggregates: [count])
    var plan = Plan.aggregate(rows.plan, grouping)
    if value.type.element != .time {
      let most = PlanSortKey(PlanExpression(.column(1), .number), isDescending: true)
      plan = .sort(plan, [most])
    }
    let chart = Drawing.Chart(label: Drawing.Label([0]), value: 1)
    return ResolvedQuery(plan: plan, shape: .columns(grouping.columns), drawing: .chart(chart))
  }

  /// The keys of groups by two keys of which one is a time, below whatever keeps their columns.
  private static func series(_ plan: Plan) -> (keys: [Int], time: Int)? {
    var plan = plan
    while true {
      switch plan {
      case .filter(let input, _), .sort(let input, _), .slice(let input, _, _): plan = input
      case .shared(let subquery): plan = subquery.plan
      case .aggregate(_, let grouping):
        let times = grouping.keys.indices.filter { grouping.keys[$0].expression.type.element == .time }
        return grouping.keys.count == 2 && times.count == 1 ? ([0, 1], times[0]) : nil
      default: return nil
      }
    }
  }

  // MARK: - Graphs

  private mutating func graph(_ rows: Rows, _ span: Span) -> ResolvedQuery? {
    switch rows.shape {
    case .records(.event):
      return ResolvedQuery(
        plan: .links(rows.plan), shape: .columns(Plan.linkColumns),
        drawing: .graph(Drawing.Graph(weight: 2, isDirected: false)))
    case .records(.actor): return links(rows, to: "represents")
    case .records(.place): return links(rows, to: "within")
    case .records(let kind):
      let others = kind == .office || kind == .topic ? "events, actors, places" : "their events"
      report(
        .stageDoesNotApply(
          "graph", rows: rows.name,
          hint: "it draws who took part with whom, of \(others): `| events | graph`", span: span))
      return nil
    case .columns(let columns):
      if let graph = graph(columns, rows) { return graph }
      report(
        .stageDoesNotApply(
          "graph", rows: rows.name,
          hint: "it takes two columns of records, as in `select actors, place`, or events", span: span))
      return nil
    }
  }

  /// From each record to those that a field of it holds.
  private func links(_ rows: Rows, to field: String) -> ResolvedQuery? {
    guard let kind = rows.kind, let to = rows.scope.field(field) else { return nil }
    let from = PlanExpression(.rowItself, .entity(kind))
    return links(rows, from, to, weight: nil)
  }

  /// From the first column of records to the second; what a row weighs is said by the only column of numbers.
  private func graph(_ columns: [ColumnShape], _ rows: Rows) -> ResolvedQuery? {
    func column(_ index: Int) -> PlanExpression { PlanExpression(.column(index), columns[index].type) }
    let records = columns.indices.filter {
      if case .entity = columns[$0].type.element { true } else { false }
    }
    guard records.count >= 2 else { return nil }
    let count = PlanAggregate(name: "events", function: .count, argument: nil, type: .number)
    if columns == PathSearch.columns { return links(rows, column(1), column(3), weight: count) }
    var weight = PlanAggregate(name: "rows", function: .count, argument: nil, type: .number)
    let numbers = columns.indices.filter { columns[$0].type == .number }
    if numbers.count == 1 {
      weight = PlanAggregate(
        name: columns[numbers[0]].name, function: .sum, argument: column(numbers[0]), type: .number)
    }
    return links(rows, column(records[0]), column(records[1]), weight: weight)
  }

  /// One row for each pair, the heaviest first.
  private func links(
    _ rows: Rows, _ from: PlanExpression, _ to: PlanExpression, weight: PlanAggregate?
  ) -> ResolvedQuery {
    var names = ColumnNames()
    let keys = [PlanColumn(names.fresh("from"), from), PlanColumn(names.fresh("to"), to)]
    var weights = weight.map { [$0] } ?? []
    for index in weights.indices { weights[index].name = names.fresh(weights[index].name) }
    let grouping = PlanGrouping(keys: keys, aggregates: weights)
    var plan = Plan.aggregate(rows.plan, grouping)
    for (index, key) in keys.enumerated() {
      let isMissing = PlanExpression(
        .isMissing(PlanExpression(.column(index), key.expression.type.element)), .truth)
      plan = .filter(plan, PlanExpression(.not(isMissing), .truth))
    }
    if weight != nil {
      plan = .sort(plan, [PlanSortKey(PlanExpression(.column(2), .number), isDescending: true)])
    }
    let graph = Drawing.Graph(weight: weight.map { _ in 2 }, isDirected: true)
    return ResolvedQuery(plan: plan, shape: .columns(grouping.columns), drawing: .graph(graph))
  }
}

/// The columns of a picture, while they are gathered.
private struct Picture {
  private(set) var columns: [PlanColumn] = []
  private var names = ColumnNames()
  var drawing: Drawing?

  init() {}

  /// All columns of the rows.
  init(_ shapes: [ColumnShape]) {
    for (index, shape) in shapes.enumerated() {
      _ = add(shape.name, PlanExpression(.column(index), shape.type))
    }
  }

  /// Adds a column; returns its index.
  mutating func add(_ name: String, _ expression: PlanExpression) -> Int {
    columns.append(PlanColumn(names.fresh(name), expression))
    return columns.count - 1
  }

  /// The columns over `plan`, which has the rows in the order in which they are drawn.
  func query(of rows: Rows, plan: Plan) -> ResolvedQuery {
    let keeps = rows.kind != nil
    return ResolvedQuery(
      plan: .project(plan, columns, keepsRecords: keeps),
      shape: keeps ? rows.shape : Resolver.shape(columns, in: rows.scope), drawing: drawing)
  }
}

extension Query {
  /// The query without the stage that draws its answer.
  package var undrawn: Query {
    if let inner = parenthesized { return inner.undrawn }
    guard let stage = stages.last, stage.isDrawing else { return self }
    var rows = self
    rows.stages.removeLast()
    return rows
  }

  /// The query that stands in parentheses, where there is nothing else.
  fileprivate var parenthesized: Query? {
    guard stages.isEmpty, case .phrase(let phrase) = source, phrase.adjectives.isEmpty,
      phrase.clauses.isEmpty,
      case .group(let query) = phrase.noun.kind
    else { return nil }
    return query
  }
}
