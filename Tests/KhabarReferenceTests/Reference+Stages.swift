import EDTF
import KhabarModel
import KhabarSyntax

// §4. Stages, left to right, each taking the rows of the one before.
extension Reference {
  func rows(_ stage: Stage, after rows: Rows) throws -> Rows {
    var rows = rows
    switch stage.kind {
    case .where(let condition): rows.rows = try rows.rows.filter { try isTrue(cell(condition, $0).truth) }
    case .sort(let keys): rows.rows = try sorted(rows.rows, keys)
    case .take(let number): rows.rows = Array(rows.rows.prefix(Int(number.value)))
    case .skip(let number): rows.rows = Array(rows.rows.dropFirst(Int(number.value)))
    case .top(let number, let key):
      rows.rows = try Array(sorted(rows.rows, [SortKey(key, isDescending: true)]).prefix(Int(number.value)))
    case .distinct(let keys) where keys.isEmpty: return rows.kind == nil ? set(rows) : rows
    case .distinct(let keys): return set(try select(keys.map { NamedExpression($0) }, rows))
    case .select(let columns): return try select(columns, rows)
    case .count: return table(["count"], [[.number(Double(rows.rows.count))]])
    case .summarize(let aggregates, let keys, nil): return try summarize(rows, aggregates, keys)
    case .walk(let walk): return walked(rows, walk.rawValue)
    case .evidence:
      let columns = ["event", "article", "source", "status", "certainty", "gist", "line"]
      return table(
        columns, walked(rows, "reports").cells.map { report in columns.map { self[report[0], $0] } })
    case .join(let query, let name, let condition):
      return try join(rows, everything.rows(query), name.text, condition)
    case .union(let query):
      let other = try everything.rows(query)
      if rows.kind != nil && rows.world.day != other.world.day {
        throw Refusal.mistake("a union of two days")
      }
      rows.rows += table(rows.columns, other.cells).rows
      return set(rows)
    case .intersect(let query):
      let other = try everything.rows(query).cells
      return set(rows) { other.contains($0) }
    case .except(let query):
      let other = try everything.rows(query).cells
      return set(rows) { !other.contains($0) }
    default: throw Refusal.notCovered("a drawing, dense groups, one a day")
    }
    return rows
  }

  private func table(_ columns: [String], _ cells: [[Cell]], _ kind: EntityKind? = nil) -> Rows {
    let rows = cells.map { Row(zip(columns, $0)) { first, _ in first } }
    return Rows(kind: kind, columns: columns, rows: rows, world: self)
  }

  /// Columns of expressions; what a column's records are seen in goes with it.
  private func table(_ columns: [NamedExpression], _ cells: [[Cell]]) -> Rows {
    var made = table(columns.map(Self.name), cells)
    guard !seen.isEmpty else { return made }
    let worlds = columns.map { column -> Reference in
      guard case .path(let names) = column.expression.kind else { return self }
      return seen[names[0].text] ?? seen[""] ?? self
    }
    made.world = Reference(self, seen: Dictionary(zip(made.columns, worlds)) { first, _ in first })
    return made
  }

  /// Each row once; records in the order in which they are shown.
  func set(_ rows: Rows, where isKept: ([Cell]) -> Bool = { _ in true }) -> Rows {
    let cells = rows.cells.filter(isKept).map { Cell.list($0) }
    guard let kind = rows.kind else { return table(rows.columns, Self.unique(cells).map(\.elements)) }
    return table([""], everything.rows(kind) { cells.contains(.list([$0])) }.cells, kind)
  }

  private func select(_ columns: [NamedExpression], _ rows: Rows) throws -> Rows {
    try table(
      columns, rows.rows.map { row in try columns.map { try cell($0.expression, row) } })
  }

  /// `place.country`, `avg_score`, `count_actors`, or the name given.
  private static func name(_ column: NamedExpression) -> String {
    if let name = column.name { return name.text }
    switch column.expression.kind {
    case .path(let names): return names.map(\.text).joined(separator: ".")
    case .call(let function, let arguments):
      return ([function.text] + arguments.map { name(NamedExpression($0)) }).joined(separator: "_")
    default: return word(column.expression) ?? SyntaxPrinter().print(column.expression)
    }
  }

  /// Pairs of rows: the fields of the first as they are, what is of the second behind its name.
  private func join(_ first: Rows, _ second: Rows, _ name: String, _ condition: Expression) throws -> Rows {
    let own = first.kind.map { [$0.name] } ?? first.columns
    let others = second.kind == nil ? second.columns.map { "\(name).\($0)" } : [name]
    let pairs = first.cells.flatMap { cells in second.cells.map { cells + $0 } }
    var joined = table(own + others, pairs)
    for index in joined.rows.indices {
      joined.rows[index][""] = first.kind == nil ? joined.rows[index][name] : pairs[index][0]
    }
    var seen = first.world.seen.merging(second.kind == nil ? [:] : [name: second.world]) { $1 }
    for column in second.world.seen.keys where column != "" {
      seen["\(name).\(column)"] = second.world.seen[column]
    }
    if let kind = first.kind { seen[kind.name] = first.world }
    seen[""] = first.kind == nil ? second.world : first.world
    joined.world = Reference(everything, seen: seen)
    joined.rows = try joined.rows.filter { try joined.world.cell(condition, $0).truth == true }
    return joined
  }

  /// From the rows to what is related to them, each once.
  private func walked(_ rows: Rows, _ walk: String) -> Rows {
    let ways: [EntityKind: [String: String]] = [
      .event: ["places": "place"], .participation: ["events": "event", "actors": "actor"],
      .report: ["events": "event", "actors": "source", "articles": "article"],
      .article: ["events": "reports.event"],
    ]
    let kind =
      EntityKind.allCases.first { $0.plural == walk } ?? (walk == "participants" ? .participation : .event)
    if rows.kind == kind && (walk == kind.plural || kind == .participation) { return rows }
    let way = rows.kind.flatMap { ways[$0]?[walk] } ?? walk
    let found = way.split(separator: ".").reduce(rows.cells.map { $0[0] }) { records, field in
      records.flatMap { self[$0, String(field)].elements }
    }
    return self.rows(kind) { found.contains($0) }
  }

  // MARK: - Groups

  /// A key that has many values counts the row under each.
  private func summarize(_ rows: Rows, _ aggregates: [NamedExpression], _ keys: [NamedExpression]) throws
    -> Rows
  {
    var found: [[Cell]] = keys.isEmpty ? [[]] : []
    var groups: [[Cell]: [Row]] = [:]
    for row in rows.rows {
      let combinations = try keys.reduce([[]]) { combinations, key -> [[Cell]] in
        let choices = try choices(key.expression, row, rows)
        return combinations.flatMap { combination in choices.map { combination + [$0] } }
      }
      found += combinations.filter { !found.contains($0) }
      for key in combinations { groups[key, default: []].append(row) }
    }
    let sorted = found.sorted { ascending(.list($0), .list($1)) < 0 }
    return try table(
      keys + aggregates,
      sorted.map { key in try key + aggregates.map { try aggregate($0.expression, groups[key] ?? []) } })
  }

  private func choices(_ key: Expression, _ row: Row, _ rows: Rows) throws -> [Cell] {
    if rows.kind == .event, let word = Self.word(key), ["pair", "states"].contains(word), let event = row[""]
    {
      let keys = try self.keys(key, event)
      return keys.isEmpty ? [.missing] : keys
    }
    let value = try cell(key, row)
    return value.isMissing ? [Cell.missing] : Self.unique(value.elements)
  }

  private func aggregate(_ expression: Expression, _ rows: [Row]) throws -> Cell {
    guard case .call(let name, let arguments) = expression.kind, let argument = arguments.first else {
      return .number(Double(rows.count))
    }
    // `count(actors)` speaks of the field, though `actors` is a noun too.
    let field = Self.word(argument).map { Expression(.path([Name($0)]), span: .none) } ?? argument
    let values = try rows.flatMap { try cell(field, $0).elements }
    // Scores, lines and counts are tenths at most; so their sum does not depend on the order.
    let sum = values.compactMap(\.number).map { ($0 * 10).rounded() }.reduce(0, +) / 10
    switch name.text {
    case "count": return .number(Double(values.filter { $0 != .truth(false) }.count))
    case "count_distinct": return .number(Double(Set(values).count))
    case "sum": return .number(sum)
    case "avg": return values.isEmpty ? .missing : .number(sum / Double(values.count))
    case "list": return .list(values)
    case "min": return values.min { ascending($0, $1) < 0 } ?? .missing
    case "max": return values.max { ascending($0, $1) < 0 } ?? .missing
    default: throw Refusal.mistake("no aggregate \(name.text)")
    }
  }

  // MARK: - Order

  func sorted(_ rows: [Row], _ keys: [SortKey]) throws -> [Row] {
    let values = try rows.map { row in try keys.map { try cell($0.expression, row) } }
    return rows.indices.sorted { a, b in
      for (key, (first, second)) in zip(keys, zip(values[a], values[b])) {
        let isTurned = key.isDescending && !first.isMissing && !second.isMissing
        let order = ascending(first, second)
        if order != 0 { return isTurned ? order > 0 : order < 0 }
      }
      return a < b
    }.map { rows[$0] }
  }

  /// Negative where the first comes before the second: what is missing last, events and reports as they are shown.
  func ascending(_ a: Cell, _ b: Cell) -> Int {
    func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }
    func rank(_ cell: Cell) -> Int { cell.kind.flatMap { everything.all[$0]?.firstIndex(of: cell) } ?? 0 }
    let certainties = ["possible", "probable", "certain"]
    switch (a, b) {
    case _ where a.isMissing || b.isMissing: return order(a.isMissing ? 1 : 0, b.isMissing ? 1 : 0)
    case (.number(let a), .number(let b)): return order(a, b)
    case (.truth(let a), .truth(let b)): return order(a ? 1 : 0, b ? 1 : 0)
    case (.length(_, let a), .length(_, let b)):
      return order(a.lowerBound + a.upperBound, b.lowerBound + b.upperBound)
    case (.time(let a, _), .time(let b, _)):
      return zip(Self.ends(a), Self.ends(b)).map { order($0, $1) }.first { $0 != 0 } ?? 0
    case (.list(let a), .list(let b)):
      return zip(a, b).map { ascending($0, $1) }.first { $0 != 0 } ?? order(a.count, b.count)
    case (.record, .record):
      return [.actor, .place, .article, .topic].contains(a.kind)
        ? order(self[a, "id"].shown, self[b, "id"].shown) : order(rank(a), rank(b))
    default:
      if let a = certainties.firstIndex(of: a.shown), let b = certainties.firstIndex(of: b.shown) {
        return order(a, b)
      }
      return order(a.shown, b.shown)
    }
  }
}
