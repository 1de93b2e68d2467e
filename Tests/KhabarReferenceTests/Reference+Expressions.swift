import EDTF
import KhabarModel
import KhabarSyntax

extension Reference {
  /// The field or the column of that name.
  func value(_ name: String, _ row: Row) -> Cell? {
    if let (kind, index) = row.record { return field(name, kind, index, known: row.known) }
    return row.names.firstIndex(of: name).map { row.cells[$0] }
  }

  func cell(_ expression: Expression, _ row: Row) throws -> Cell {
    switch expression.kind {
    case .number(let literal): return .number(literal.value)
    case .string(let text): return .text(text)
    case .time(let time): return .time(time.window)
    case .duration(let literal):
      let length = literal.value
      return .length(months: length.months, days: length.days...length.days)
    case .truth(let truth): return .truth(truth)
    case .none: return .missing
    case .path(let names): return try path(names.map(\.text), row)
    case .call(let name, let arguments): return try call(name.text, arguments, row)
    case .unary(.negate, let operand):
      guard case .number(let number) = try cell(operand, row) else { return .missing }
      return .number(-number)
    case .unary(.not, let operand): return Cell(try cell(operand, row).truth.map { !$0 })
    case .unary(.possibly, let operand): return .truth(try cell(operand, row).truth ?? true)
    case .binary(let op, let left, let right): return try binary(op, left, right, row)
    case .between(let time, let from, let to):
      return Cell(try between(self.time(time, row), self.time(from, row), self.time(to, row)))
    case .within(let time, let distance, let other):
      guard case .length(let months, let days) = try cell(distance, row) else { return .missing }
      let near = within(
        try self.time(time, row), months, days.lowerBound, of: try self.time(other, row))
      return Cell(near)
    case .member(let value, let list):
      if let query = noun(list, row) {
        return try cell(Expression(.memberOfQuery(value, query), span: .none), row)
      }
      return Cell(Self.or(try list.map { try binary(.equal, value, $0, row).truth }))
    case .memberOfQuery(let value, let query):
      let value = try cell(value, row)
      if value == .missing { return .missing }
      return .truth(try rows(query).cells.contains { $0.first == value })
    case .query(let query): return try rows(query).cells.first?.first ?? .missing
    }
  }

  /// `in (people)`: a noun alone in parentheses is a query.
  private func noun(_ list: [Expression], _ row: Row) -> Query? {
    guard list.count == 1, case .path(let names) = list[0].kind, names.count == 1,
      value(names[0].text, row) == nil
    else { return nil }
    if let query = bindings[names[0].text] { return query }
    return RowNoun(rawValue: names[0].text).map {
      Query(.phrase(NounPhrase(noun: Noun(.rows($0), span: .none), span: .none)), span: .none)
    }
  }

  private func path(_ names: [String], _ row: Row) throws -> Cell {
    if let column = value(names.joined(separator: "."), row) { return column }
    if names == ["today"] { return .time(TimeBounds(window: today, today)) }
    var cell: Cell
    if let first = names.first, let found = value(first, row) {
      cell = found
    } else if let first = names.first, let found = anything(first) {
      cell = found
    } else {
      throw NotCovered("the field \(names.joined(separator: "."))")
    }
    for name in names.dropFirst() {
      let isList = if case .list = cell { true } else { Self.lists.contains(name) }
      let found = cell.elements.flatMap { element -> [Cell] in
        guard case .record(let kind, let index) = element else { return [] }
        return field(name, kind, index, known: row.known)?.elements ?? []
      }
      cell = isList ? .list(Self.unique(found)) : found.first ?? .missing
    }
    return cell
  }

  /// The fields that are lists, also of a record that there is not.
  private static let lists: Set = [
    "contexts", "participants", "actors", "topics", "reports", "sources", "articles", "part_of", "parts",
    "causes",
    "consequences", "follows", "followed_by", "alongside", "about", "names", "aliases", "represents",
    "events",
    "within", "lines",
  ]

  private func anything(_ name: String) -> Cell? {
    for kind in [EntityKind.event, .actor, .place, .article] {
      if let found = find(name, kind) { return .record(kind, found) }
    }
    return nil
  }

  // MARK: - Times

  func recordedTime(_ kind: EntityKind, _ index: Int) -> TimeBounds? {
    switch kind {
    case .event: model.events[index].time?.bounds
    case .report: date(index)?.bounds
    case .article: model.articles[index].published?.bounds
    default: nil
    }
  }

  /// What an expression is as a time; nil is unknown.
  func time(_ expression: Expression, _ row: Row) throws -> TimeBounds? {
    switch expression.kind {
    case .query(let query): return try hull(rows(query))
    case .path(let names) where names.count == 1 && bindings[names[0].text] != nil:
      return try bindings[names[0].text].flatMap { try hull(rows($0)) }
    case .path(let names) where names.count == 1 && value(names[0].text, row) == nil:
      if let event = find(names[0].text, .event) { return recordedTime(.event, event) }
    default: break
    }
    switch try cell(expression, row) {
    case .time(let time, _): return time
    case .record(let kind, let index): return recordedTime(kind, index)
    default: return nil
    }
  }

  private func hull(_ rows: Rows) -> TimeBounds? {
    Self.hull(
      rows.rows.compactMap { row in
        if let (kind, index) = row.record { return recordedTime(kind, index) }
        return nil
      })
  }

  // MARK: - Operators

  private func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ row: Row) throws
    -> Cell
  {
    switch op {
    case .and: return Cell(Self.and([try cell(left, row).truth, try cell(right, row).truth]))
    case .or: return Cell(Self.or([try cell(left, row).truth, try cell(right, row).truth]))
    case .before, .after, .during, .on, .since, .until, .overlapping:
      return Cell(ask(op.rawValue, try time(left, row), try time(right, row)))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Cell(try compare(op, left, right, row))
    case .is:
      guard case .path(let names) = right.kind, case .word(let type) = try cell(left, row),
        let own = model.vocabulary.type(type), let wanted = model.vocabulary.type(names[0].text)
      else { return .missing }
      return .truth(types(above: Int(own)).contains(Int(wanted)))
    case .has:
      return .truth(
        try cell(left, row).elements.contains { element in
          equal(holder(element), try operand(right, as: holder(element), row)) == true
        })
    case .contains:
      guard case .text(let part) = try cell(right, row) else { return .missing }
      let texts = try cell(left, row).elements.flatMap { Self.texts($0) }
      if try cell(left, row) == .missing { return .missing }
      return .truth(texts.contains { Self.folded($0).contains(Self.folded(part)) })
    case .add, .subtract, .multiply, .divide:
      return arithmetic(op, try cell(left, row), try cell(right, row))
    case .matches: throw NotCovered("matches")
    }
  }

  /// A participant is asked for by its actor.
  private func holder(_ cell: Cell) -> Cell {
    guard case .record(.participation, let index) = cell else { return cell }
    return field("actor", .participation, index, known: nil) ?? .missing
  }

  private static func texts(_ cell: Cell) -> [String] {
    switch cell {
    case .text(let text): [text]
    case .texts(let texts): texts
    default: []
    }
  }

  /// An operand; a bare word that is no field is read as what the other side is.
  private func operand(_ expression: Expression, as other: Cell, _ row: Row) throws -> Cell {
    var word: String?
    switch expression.kind {
    case .path(let names) where names.count == 1:
      if let found = value(names[0].text, row) { return found }
      if names[0].text != "today" { word = names[0].text }
    case .string(let text): word = text
    default: break
    }
    guard let word else { return try cell(expression, row) }
    switch other {
    case .record(let kind, _): return find(word, kind).map { .record(kind, $0) } ?? .missing
    case .word: return .word(word)
    case .missing: return .missing
    default: return .text(word)
    }
  }

  private func compare(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ row: Row) throws
    -> Bool?
  {
    if case .none = right.kind {
      let isMissing = try cell(left, row).isMissing
      return op == .equal ? isMissing : !isMissing
    }
    let first = try cell(left, row)
    let second = try operand(right, as: first, row)
    if first == .missing || second == .missing { return nil }
    if case .time(let a, _) = first {
      guard let b = try time(right, row) else { return nil }
      switch op {
      case .less: return ask("before", a, b)
      case .lessOrEqual: return ask("after", a, b).map { !$0 }
      case .greater: return ask("after", a, b)
      case .greaterOrEqual: return ask("before", a, b).map { !$0 }
      default: break
      }
    }
    switch op {
    case .equal: return equal(first, second)
    case .notEqual: return equal(first, second).map { !$0 }
    default: break
    }
    if case .length(_, let a) = first, case .length(_, let b) = second {
      return Self.decide(a, b) { Self.holds(op, $0 < $1 ? -1 : $0 == $1 ? 0 : 1) }
    }
    return Self.holds(op, ascending(first, second))
  }

  private static func decide(_ a: ClosedRange<Int>, _ b: ClosedRange<Int>, _ holds: (Int, Int) -> Bool)
    -> Bool?
  {
    let truths = Set(a.flatMap { first in b.map { holds(first, $0) } })
    return truths.count == 1 ? truths.first : nil
  }

  private static func holds(_ op: BinaryOperator, _ order: Int) -> Bool {
    switch op {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }

  private func equal(_ a: Cell, _ b: Cell) -> Bool? {
    switch (a, b) {
    case (.missing, _), (_, .missing): nil
    case (.time(let a, _), .time(let b, _)): ask("=", a, b)
    case (.length(_, let a), .length(_, let b)): Self.decide(a, b, ==)
    case (.texts(let texts), .text(let text)): texts.contains { Self.folded($0) == Self.folded(text) }
    case (.word(let a), .word(let b)): Self.folded(a) == Self.folded(b)
    default: a == b
    }
  }

  // MARK: - Arithmetic and functions

  private func arithmetic(_ op: BinaryOperator, _ a: Cell, _ b: Cell) -> Cell {
    switch (a, b) {
    case (.number(let a), .number(let b)):
      let result = op == .add ? a + b : op == .subtract ? a - b : op == .multiply ? a * b : a / b
      return result.isFinite ? .number(result) : .missing
    case (.time(let time, _), .length(let months, let days)):
      let sign = op == .subtract ? -1 : 1
      return .time(Self.moved(time, sign * months, sign * days.lowerBound))
    case (.time(let a, _), .time(let b, _)):
      let days = [a.startMin, a.startMax, b.startMin, b.startMax]
      if days.contains(where: { abs($0) > 1 << 40 }) { return .missing }
      return .length(months: 0, days: (a.startMin - b.startMax)...(a.startMax - b.startMin))
    default: return .missing
    }
  }

  private func call(_ name: String, _ arguments: [Expression], _ row: Row) throws -> Cell {
    if let query = arguments.first, case .query(let query) = query.kind, arguments.count == 1 {
      switch name {
      case "count": return .number(Double(try rows(query).cells.count))
      case "exists": return .truth(try !rows(query).cells.isEmpty)
      case "value": return try rows(query).cells.first?.first ?? .missing
      default: break
      }
    }
    switch name {
    case "today": return .time(TimeBounds(window: today, today))
    case "if":
      guard let isTrue = try cell(arguments[0], row).truth else { return .missing }
      return try cell(arguments[isTrue ? 1 : 2], row)
    case "coalesce":
      return try arguments.map { try cell($0, row) }.first { $0 != .missing } ?? .missing
    case "exists": return .truth(try !cell(arguments[0], row).isMissing)
    case "count": return .number(Double(try cell(arguments[0], row).elements.count))
    case "abs", "round":
      guard case .number(let number) = try cell(arguments[0], row) else { return .missing }
      return .number(name == "abs" ? abs(number) : number.rounded())
    case "length":
      return Self.texts(try cell(arguments[0], row)).first.map { .number(Double($0.count)) } ?? .missing
    case "relation", "relations":
      let times = try arguments.map { try time($0, row) }
      guard let a = times[0], let b = times[1] else { return name == "relations" ? .list([]) : .missing }
      let possible = relations(a, b)
      if name == "relations" { return .list(possible.map { .text($0) }) }
      return possible.count == 1 ? .text(possible[0]) : .missing
    default: return try time(arguments[0], row).map { try call(name, $0) } ?? .missing
    }
  }

  private func call(_ name: String, _ time: TimeBounds) throws -> Cell {
    let isKnown = abs(time.startMin) < 1 << 40 && abs(time.endMax) < 1 << 40
    switch name {
    case "earliest": return abs(time.startMin) < 1 << 40 ? .time(Self.day(time.startMin)) : .missing
    case "latest": return abs(time.endMax) < 1 << 40 ? .time(Self.day(time.endMax)) : .missing
    case "start" where time.startMin == time.startMax && abs(time.startMin) > 1 << 44: return .missing
    case "end" where time.endMin == time.endMax && abs(time.endMin) > 1 << 44: return .missing
    case "start": return .time(TimeBounds(within: time.startMin, time.startMax))
    case "end": return .time(TimeBounds(within: time.endMin, time.endMax))
    case "day": return time.startMin == time.endMax ? .time(Self.day(time.startMin)) : .missing
    case "month":
      guard isKnown else { return .missing }
      let (first, last) = (CalendarDay(dayNumber: time.startMin), CalendarDay(dayNumber: time.endMax))
      guard first.year == last.year, first.month == last.month else { return .missing }
      let end = CalendarDay(year: first.year, month: first.month, day: 31)
      return .time(TimeBounds(window: time.startMin - first.day + 1, end.dayNumber))
    case "duration":
      guard isKnown else { return .missing }
      let lengths = Self.completions(time, at: Self.points([time], 0...1)).map { $0.end - $0.start + 1 }
      return .length(months: 0, days: (lengths.min() ?? 1)...(lengths.max() ?? 1))
    default: throw NotCovered(name)
    }
  }

  private static func day(_ day: Int) -> TimeBounds { TimeBounds(window: day, day) }
}
