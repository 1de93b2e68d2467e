import EDTF
import KhabarModel
import KhabarSyntax

extension Reference {
  func rows(_ stage: Stage, after rows: Rows) throws -> Rows {
    let all = Array(rows.cells.indices)
    switch stage.kind {
    case .where(let condition):
      let asked = rows.rows
      return try rows.picking(all.filter { try cell(condition, asked[$0]).truth == true })
    case .sort(let keys): return try sorted(rows, keys)
    case .take(let number): return rows.picking(Array(all.prefix(Int(number.value))))
    case .skip(let number): return rows.picking(Array(all.dropFirst(Int(number.value))))
    case .top(let number, let key):
      let sorted = try sorted(rows, [SortKey(key, isDescending: true)])
      return sorted.picking(Array(all.prefix(Int(number.value))))
    case .distinct(let expressions):
      if expressions.isEmpty, rows.kind != nil { return rows }
      var table = expressions.isEmpty ? rows : try select(expressions.map { NamedExpression($0) }, rows)
      table.cells = Self.unique(table.cells)
      return table
    case .select(let columns): return try select(columns, rows)
    case .count: return Rows(names: ["count"], cells: [[.number(Double(rows.cells.count))]])
    case .summarize(let aggregates, let keys, nil): return try groups(rows, aggregates, keys)
    case .walk(let walk): return try walked(rows, walk)
    case .union(let query):
      let other = try self.rows(query)
      return ordered(rows, Self.unique(rows.cells + other.cells))
    case .intersect(let query):
      let other = try self.rows(query)
      return ordered(rows, Self.unique(rows.cells.filter { other.cells.contains($0) }))
    case .except(let query):
      let other = try self.rows(query)
      return ordered(rows, Self.unique(rows.cells.filter { !other.cells.contains($0) }))
    case .evidence:
      let reports = rows.kind == .report ? rows : try walked(rows, .reports)
      let fields = ["event", "article", "source", "status", "certainty", "gist", "line"]
      return try select(
        fields.map { NamedExpression(Expression(.path([Name($0)]), span: .none)) }, reports)
    default: throw NotCovered("a stage")
    }
  }

  /// Sets of records come in the order in which records are shown, whatever the order was before.
  private func ordered(_ rows: Rows, _ cells: [[Cell]]) -> Rows {
    if let kind = rows.kind {
      let members = Set(cells)
      return records(kind, where: { members.contains([.record(kind, $0)]) }, known: rows.known)
    }
    var result = rows
    result.cells = cells
    return result
  }

  private func select(_ columns: [NamedExpression], _ rows: Rows) throws -> Rows {
    let names = columns.map { column -> String in
      if case .path(let names) = column.expression.kind, column.name == nil {
        return names.map(\.text).joined(separator: ".")
      }
      return column.name?.text ?? ""
    }
    let cells = try rows.rows.map { row in try columns.map { try cell($0.expression, row) } }
    return Rows(names: names, cells: cells, known: rows.known)
  }

  // MARK: - Order

  private func sorted(_ rows: Rows, _ keys: [SortKey]) throws -> Rows {
    let values = try rows.rows.map { row in try keys.map { try cell($0.expression, row) } }
    let order = rows.cells.indices.sorted { a, b in
      for (key, (first, second)) in zip(keys, zip(values[a], values[b])) where first != second {
        if first.isMissing || second.isMissing { return second.isMissing }
        let order = ascending(first, second)
        if order != 0 { return key.isDescending ? order > 0 : order < 0 }
      }
      return a < b
    }
    return rows.picking(order)
  }

  /// Negative where the first comes before the second.
  func ascending(_ a: Cell, _ b: Cell) -> Int {
    switch (a, b) {
    case _ where a.isMissing || b.isMissing: (a.isMissing ? 1 : 0) - (b.isMissing ? 1 : 0)
    case (.number(let a), .number(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.truth(let a), .truth(let b)): (a ? 1 : 0) - (b ? 1 : 0)
    case (.time(let a, _), .time(let b, _)):
      Self.ascending(
        [a.startMin, a.startMax, a.endMin, a.endMax], [b.startMin, b.startMax, b.endMin, b.endMax])
    case (.length(_, let a), .length(_, let b)): a.lowerBound + a.upperBound - b.lowerBound - b.upperBound
    case (.word(let a), .word(let b)):
      if let a = Self.certainties.firstIndex(of: a), let b = Self.certainties.firstIndex(of: b) {
        a - b
      } else {
        a < b ? -1 : a == b ? 0 : 1
      }
    case (.record(let kind, let a), .record(_, let b)):
      if [.event, .report, .participation].contains(kind) {
        rank(kind, a) - rank(kind, b)
      } else {
        id(kind, a) < id(kind, b) ? -1 : a == b ? 0 : 1
      }
    case (.list(let a), .list(let b)):
      zip(a, b).map(ascending).first { $0 != 0 } ?? a.count - b.count
    case (.text(let a), .text(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.texts(let a), .texts(let b)): a[0] < b[0] ? -1 : a[0] == b[0] ? 0 : 1
    default: 0
    }
  }

  private static let certainties = ["possible", "probable", "certain"]

  private static func ascending(_ a: [Int], _ b: [Int]) -> Int {
    a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
  }

  // MARK: - Groups

  private func groups(_ rows: Rows, _ aggregates: [NamedExpression], _ keys: [NamedExpression]) throws -> Rows
  {
    var groups: [[Cell]: [Row]] = keys.isEmpty ? [[]: []] : [:]
    var found: [[Cell]] = keys.isEmpty ? [[]] : []
    for row in rows.rows {
      let values = try keys.map { try cell($0.expression, row) }
      let combinations = values.reduce([[]]) { keys, value -> [[Cell]] in
        guard case .list(let elements) = value else { return keys.map { $0 + [value] } }
        let choices = elements.isEmpty ? [.missing] : Self.unique(elements)
        return keys.flatMap { key in choices.map { key + [$0] } }
      }
      for key in combinations {
        if groups[key] == nil { found.append(key) }
        groups[key, default: []].append(row)
      }
    }
    let ordered = found.indices.sorted { a, b in
      let order = zip(found[a], found[b]).map(ascending).first { $0 != 0 } ?? a - b
      return order < 0
    }.map { found[$0] }
    let cells = try ordered.map { key in
      try key + aggregates.map { try aggregate($0.expression, groups[key] ?? []) }
    }
    let named = try select(keys + aggregates, Rows())
    return Rows(names: named.names, cells: cells, known: rows.known)
  }

  private func aggregate(_ expression: Expression, _ rows: [Row]) throws -> Cell {
    guard case .call(let name, let arguments) = expression.kind, let argument = arguments.first else {
      return .number(Double(rows.count))
    }
    let values = try rows.flatMap { try cell(Self.field(argument), $0).elements }
    let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
    // Scores and lines are tenths at most; so their sum does not depend on the order.
    let sum = numbers.map { ($0 * 10).rounded() }.reduce(0, +) / 10
    switch name.text {
    case "count": return .number(Double(values.filter { $0 != .truth(false) }.count))
    case "count_distinct": return .number(Double(Set(values).count))
    case "sum": return .number(sum)
    case "avg": return numbers.isEmpty ? .missing : .number(sum / Double(numbers.count))
    case "list": return .list(values)
    case "min": return values.min { ascending($0, $1) < 0 } ?? .missing
    case "max": return values.max { ascending($0, $1) < 0 } ?? .missing
    default: throw NotCovered(name.text)
    }
  }

  /// In an aggregate, `actors` is the field, though it is a noun too.
  private static func field(_ argument: Expression) -> Expression {
    guard case .query(let query) = argument.kind, case .phrase(let phrase) = query.source,
      case .rows(let noun) = phrase.noun.kind
    else { return argument }
    return Expression(.path([Name(noun.rawValue)]), span: argument.span)
  }

  // MARK: - Walks

  private func walked(_ rows: Rows, _ walk: Walk) throws -> Rows {
    guard let kind = rows.kind else { throw NotCovered("a walk from columns") }
    let sources = rows.rows.compactMap { $0.record?.index }
    switch (kind, walk) {
    case (.actor, .events):
      return known(.event, rows) { event in sources.contains { takesPart($0, in: event) } }
    case (.actor, .participants):
      return records(.participation) { part in
        let actor = Int(model.events[part / 1000].participants[part % 1000].actor)
        return sources.contains { represents(actor, $0) }
      }
    case (.actor, .reports):
      return known(.report, rows) { report in
        let source = Int(model.reports[report].source)
        return source >= 0 && sources.contains { represents(source, $0) }
      }
    case (.place, .events):
      return known(.event, rows) { event in
        let place = Int(model.events[event].place)
        return place >= 0 && sources.contains { lies(place, in: $0) }
      }
    case (.article, .events):
      return known(.event, rows) { event in
        reports(of: event, known: rows.known).contains { sources.contains(Int(model.reports[$0].article)) }
      }
    default: break
    }
    let fields: [Walk: String] =
      switch kind {
      case .report: [.events: "event", .actors: "source", .articles: "article"]
      case .participation: [.events: "event", .actors: "actor"]
      default: [.places: "place"]
      }
    let values = Set(rows.rows.flatMap { value(fields[walk] ?? walk.rawValue, $0)?.elements ?? [] })
    let targets: [Walk: EntityKind] = [
      .participants: .participation, .actors: .actor, .places: .place, .reports: .report, .articles: .article,
    ]
    let target = targets[walk] ?? .event
    if walk.rawValue == kind.plural || walk == .participants && kind == .participation { return rows }
    return known(target, rows) { values.contains(.record(target, $0)) }
  }

  /// Records of a kind, without those that are not known on the day of `as of`.
  private func known(_ kind: EntityKind, _ rows: Rows, _ isIncluded: (Int) -> Bool) -> Rows {
    records(
      kind,
      where: { record in
        guard isIncluded(record), rows.known != nil else { return isIncluded(record) }
        return kind == .event
          ? !reports(of: record, known: rows.known).isEmpty : kind != .report || isKnown(record, rows.known)
      }, known: rows.known)
  }
}
