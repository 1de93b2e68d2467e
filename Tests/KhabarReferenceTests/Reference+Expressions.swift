import EDTF
import Foundation
import KhabarModel
import KhabarSyntax

// Foundation has expressions too.
typealias Expression = KhabarSyntax.Expression

// §4. Expressions.
extension Reference {
  func cell(_ expression: Expression, _ row: Row) throws -> Cell {
    switch expression.kind {
    case .number(let literal): return .number(literal.value)
    case .string(let text): return .text(text)
    case .time(let time): return .time(time.window, time)  // A literal stands for the whole of it.
    case .duration(let length): return .length(length.value, length.value.dayRange)
    case .truth(let truth): return .truth(truth)
    case .none: return .missing
    case .path(let names): return try path(names.map(\.text), row)
    case .call(let name, let arguments): return try call(name.text, arguments, row)
    case .unary(.negate, let operand): return try cell(operand, row).number.map { .number(-$0) } ?? .missing
    case .unary(.not, let operand): return Cell(try cell(operand, row).truth.map { !$0 })
    case .unary(.possibly, let operand): return .truth(try cell(operand, row).truth ?? true)
    case .binary(let op, let left, let right): return try binary(op, left, right, row)
    case .between(let value, let from, let to):
      if let time = try time(value, row) {
        return Cell(holdsBetween(time, try self.time(from, row), try self.time(to, row)))
      }
      return Cell(Self.and([try compare(">=", value, from, row), try compare("<=", value, to, row)]))
    case .within(let time, let length, let other):
      return Cell(isWithin(try self.time(time, row), try cell(length, row), try self.time(other, row)))
    case .member(let value, let list):
      // `in (people)`: a noun alone in parentheses is a query.
      guard list.count == 1, let noun = Self.word(list[0]), self.value(noun, row) == nil,
        bindings[noun] != nil || RowNoun(rawValue: noun) != nil
      else { return Cell(Self.or(try list.map { try compare("=", value, $0, row) })) }
      return try member(cell(value, row), query(list[0], row))
    case .memberOfQuery(let value, let query): return try member(cell(value, row), query)
    case .query(let query): return try everything.rows(query).cells.first?.first ?? .missing
    }
  }

  private func member(_ value: Cell, _ query: Query?) throws -> Cell {
    let members = try query.map { try everything.rows($0).cells.map { $0[0] } } ?? []
    if value == .missing || members.contains(value) { return value == .missing ? .missing : .truth(true) }
    return Cell(Self.or(members.filter { $0 != .missing }.map { equal($0, value) }))
  }

  /// A column, or a field of the record that the row is; nil where there is none of that name.
  func value(_ name: String, _ row: Row) -> Cell? {
    row[name] ?? row[""].flatMap { (seen[""] ?? self).field(name, of: $0) }
  }

  /// A bare word, or a noun that stands where a word may.
  static func word(_ expression: Expression) -> String? {
    if case .path(let names) = expression.kind { return names.count == 1 ? names[0].text : nil }
    guard case .query(let query) = expression.kind, case .phrase(let phrase) = query.source,
      case .rows(let noun) = phrase.noun.kind, query.stages.isEmpty, phrase.clauses.isEmpty
    else { return nil }
    return phrase.adjectives.isEmpty ? noun.rawValue : nil
  }

  /// A query in parentheses, or a word that is no field and so a noun.
  private func query(_ expression: Expression, _ row: Row) -> Query? {
    if let name = Self.word(expression) {
      let noun = RowNoun(rawValue: name).map { Noun.Kind.rows($0) } ?? .word(Name(name))
      let query = Query(.phrase(NounPhrase(noun: Noun(noun, span: .none), span: .none)), span: .none)
      return value(name, row) == nil ? query : nil
    }
    if case .query(let query) = expression.kind { return query }
    return nil
  }

  /// Fields with dots go through references; of many references they have the values of all, each once.
  private func path(_ names: [String], _ row: Row) throws -> Cell {
    if let column = value(names.joined(separator: "."), row) { return column }
    if names == ["today"] { return Cell(today) }
    var cell = try value(names[0], row) ?? lone(names[0])
    let world = seen[row[names[0]] == nil ? "" : names[0]] ?? self
    for name in names.dropFirst() {
      let found = Cell.list(Self.unique(cell.elements.flatMap { world[$0, name].elements }))
      let isList = if case .list = cell { true } else { Self.lists.contains(name) }
      cell = isList ? found : found.elements.first ?? .missing
    }
    return cell
  }

  /// Fields that are lists, also of what is missing.
  private static let lists: Set = [
    "contexts", "participants", "actors", "topics", "reports", "sources", "articles", "part_of", "parts",
    "causes", "consequences", "follows", "followed_by", "alongside", "about", "names", "aliases",
    "represents",
    "events", "within", "lines", "offices", "coordinates", "background", "evidence",
  ]

  // MARK: - Times

  /// When something was: a time itself, or that of an event, a report or an article.
  func moment(_ cell: Cell?) -> TimeBounds? {
    cell?.bounds ?? ["time", "date", "published"].lazy.compactMap { self[cell, $0].bounds }.first
  }

  /// An expression that stands for a time: a query for the hull of its rows' times.
  func time(_ expression: Expression, _ row: Row) throws -> TimeBounds? {
    switch expression.kind {
    case .query(let query): return Self.hull(try everything.rows(query).cells.compactMap { moment($0[0]) })
    case .string(let text): return try EDTFTime(parsing: text).window
    case .number(let year): return try EDTFTime(parsing: year.text).window
    case .path(let names) where names.count == 1 && names[0].text != "today":
      if let found = value(names[0].text, row) { return moment(found) }
      if let query = bindings[names[0].text] { return try time(Expression(.query(query), span: .none), row) }
      return moment(try require(names[0], .event))
    default: return moment(try cell(expression, row))
    }
  }

  func isWithin(_ time: TimeBounds?, _ length: Cell, _ other: TimeBounds?) -> Bool? {
    guard case .length(let said, let days) = length else { return nil }
    let lengths = said.map { [$0] } ?? [days.lowerBound, days.upperBound].map { CalendarDuration(days: $0) }
    let found = Set(lengths.map { holdsWithin(time, $0, other) })
    return found.count == 1 ? found.first ?? nil : nil
  }

  // MARK: - Operators

  private func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ row: Row) throws
    -> Cell
  {
    switch op {
    case .and: return Cell(Self.and([try cell(left, row).truth, try cell(right, row).truth]))
    case .or: return Cell(Self.or([try cell(left, row).truth, try cell(right, row).truth]))
    case .before, .after, .during, .on, .since, .until, .overlapping:
      return Cell(holds(op.rawValue, try time(left, row), try time(right, row)))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Cell(try compare(op.rawValue, left, right, row))
    case .is:
      let wanted = Self.word(right).flatMap {
        records.vocabulary.type($0) ?? records.vocabulary.noun($0)?.type
      }
      let type = try cell(left, row)
      return Cell(type == .missing ? nil : wanted.map { records.isType(type, $0) })
    case .has:
      // A participant is asked for by its actor.
      let elements = try cell(left, row).elements.map { $0.kind == .participation ? self[$0, "actor"] : $0 }
      return Cell(Self.or(try elements.map { equal($0, try operand(right, as: $0, row)) }))
    case .contains, .matches:
      let (whole, part) = (try cell(left, row), try cell(right, row).texts.first)
      guard let part, whole != .missing else { return .missing }
      if op == .contains { return .truth(whole.texts.contains { Self.key($0).contains(Self.key(part)) }) }
      return .truth(whole.texts.contains { $0.range(of: part, options: .regularExpression) != nil })
    case .add, .subtract, .multiply, .divide: return arithmetic(op, try cell(left, row), try cell(right, row))
    }
  }

  /// A string, or a bare word that is no field: read as what the other side is.
  private func name(_ expression: Expression, _ row: Row) -> String? {
    if case .string(let text) = expression.kind { return text }
    return Self.word(expression).flatMap { value($0, row) == nil && $0 != "today" ? $0 : nil }
  }

  private func operand(_ expression: Expression, as other: Cell, _ row: Row) throws -> Cell {
    if other.bounds != nil { return Cell(try time(expression, row)) }
    guard let name = name(expression, row) else { return try cell(expression, row) }
    return if let kind = other.kind { try require(Name(name), kind) } else {
      .text(records.words[Self.key(name)] ?? name)
    }
  }

  private func compare(_ op: String, _ left: Expression, _ right: Expression, _ row: Row) throws -> Bool? {
    if case .none = right.kind { return try cell(left, row).isMissing == (op == "=") }
    let isTurned = name(left, row) != nil && name(right, row) == nil
    let known = try cell(isTurned ? right : left, row)
    let read = try operand(isTurned ? left : right, as: known, row)
    let (a, b) = isTurned ? (read, known) : (known, read)
    if op == "=" || op == "!=" { return equal(a, b).map { $0 == (op == "=") } }
    if a == .missing || b == .missing { return nil }
    if known.bounds != nil {
      // Less is before, greater after.
      let truth = holds(op.hasPrefix("<") == (op.count == 1) ? "before" : "after", moment(a), moment(b))
      return op.count == 1 ? truth : truth.map { !$0 }
    }
    func isSo(_ order: Int) -> Bool { order == 0 ? op.count == 2 : (order < 0) == op.hasPrefix("<") }
    if case .length(let x?, _) = a, case .length(let y?, _) = b, x.months == y.months {
      return isSo(x.days - y.days)
    }
    guard case .length(_, let x) = a, case .length(_, let y) = b else { return isSo(ascending(a, b)) }
    let answers = Set(x.flatMap { x in y.map { isSo(x - $0) } })
    return answers.count == 1 ? answers.first : nil
  }

  private func equal(_ a: Cell, _ b: Cell) -> Bool? {
    switch (a, b) {
    case (.missing, _), (_, .missing): return nil
    case (.time, _), (_, .time): return holds("=", moment(a), moment(b))
    case (.length(let x?, _), .length(let y?, _)) where x.months == y.months: return x.days == y.days
    case (.length(_, let x), .length(_, let y)): return x.overlaps(y) ? nil : false
    case (.texts, _), (_, .texts):
      return a.texts.contains { one in b.texts.contains { Self.key($0) == Self.key(one) } }
    default: return a == b
    }
  }

  // MARK: - Arithmetic and functions

  private func arithmetic(_ op: BinaryOperator, _ a: Cell, _ b: Cell) -> Cell {
    switch (a, b) {
    case (.number(let a), .number(let b)):
      let result = op == .add ? a + b : op == .subtract ? a - b : op == .multiply ? a * b : a / b
      return result.isFinite ? .number(result) : .missing
    case (_, .length(let length?, _)) where moment(a) != nil:
      let days = moment(a).map(Self.ends)?.map { Self.moved($0, length, by: op == .add ? 1 : -1) } ?? []
      return Cell(TimeBounds(startMin: days[0], startMax: days[1], endMin: days[2], endMax: days[3]))
    default:
      // From the start of the second to the start of the first.
      guard let first = moment(a), let second = moment(b), Self.isKnown(first.startMin, first.startMax),
        Self.isKnown(second.startMin, second.startMax)
      else { return .missing }
      return Self.length((first.startMin - second.startMax)...(first.startMax - second.startMin))
    }
  }

  private static func length(_ days: ClosedRange<Int>) -> Cell {
    .length(days.count == 1 ? CalendarDuration(days: days.lowerBound) : nil, days)
  }

  private static func isKnown(_ days: Int...) -> Bool { days.allSatisfy { abs($0) < 1 << 40 } }

  private func call(_ name: String, _ arguments: [Expression], _ row: Row) throws -> Cell {
    if ["count", "exists", "value"].contains(name), let query = query(arguments[0], row) {
      let cells = try everything.rows(query).cells
      if name == "value" { return cells.first?.first ?? .missing }
      return name == "count" ? .number(Double(cells.count)) : .truth(!cells.isEmpty)
    }
    switch name {
    case "today": return Cell(today)
    case "if":
      guard let isTrue = try cell(arguments[0], row).truth else { return .missing }
      return try cell(arguments[isTrue ? 1 : 2], row)
    case "coalesce":
      return try arguments.lazy.map { try self.cell($0, row) }.first { $0 != .missing } ?? .missing
    default: break
    }
    let isOfTime = !["count", "exists", "abs", "round", "length", "lower", "upper"].contains(name)
    let times = try isOfTime ? arguments.map { try time($0, row) } : []
    if name == "relation" || name == "relations" {
      guard let a = times[0], let b = times[1] else { return name == "relations" ? .list([]) : .missing }
      let possible = Self.relations(a, b).map { Cell.text($0) }
      return name == "relations" ? .list(possible) : possible.count == 1 ? possible[0] : .missing
    }
    if name == "precision", case .time(_, let time) = try cell(arguments[0], row) {
      return .text(time.precision.rawValue)
    }
    if isOfTime { return times[0].map { Self.call(name, $0) } ?? .missing }
    let (value, digits) = (
      try cell(arguments[0], row), try arguments.dropFirst().first.map { try cell($0, row) }
    )
    let (text, scale) = (value.texts.first, digits?.number.map { pow(10, $0) } ?? 1)
    switch name {
    case "count": return .number(Double(value.elements.count))
    case "exists": return .truth(!value.isMissing)
    case "abs": return value.number.map { .number(abs($0)) } ?? .missing
    case "round": return value.number.map { .number(($0 * scale).rounded() / scale) } ?? .missing
    case "length": return text.map { .number(Double($0.count)) } ?? .missing
    case "lower": return Cell(text?.lowercased())
    case "upper": return Cell(text?.uppercased())
    default: throw Refusal.mistake("no function \(name)")
    }
  }

  private static func call(_ name: String, _ time: TimeBounds) -> Cell {
    func end(_ low: Int, _ high: Int) -> Cell {
      low == high && !isKnown(low) ? .missing : Cell(TimeBounds(within: low, high))
    }
    func day(_ day: Int) -> Cell { isKnown(day) ? Cell(TimeBounds(window: day, day)) : .missing }
    switch name {
    case "start": return end(time.startMin, time.startMax)
    case "end": return end(time.endMin, time.endMax)
    case "earliest": return day(time.startMin)
    case "latest": return day(time.endMax)
    case _ where !isKnown(time.startMin, time.endMax): return .missing
    case "duration":
      let lengths = stretches(time, turns([time], 0...1)).map { $0.end - $0.start + 1 }
      return length((lengths.min() ?? 1)...(lengths.max() ?? 1))
    default:
      // All of it lies in one: its first day and its last do.
      let periods = [time.startMin, time.endMax].map { day -> EDTFTime in
        let date = CalendarDay(dayNumber: day)
        switch name {
        case "year": return .year(date.year)
        case "quarter": return .quarter(year: date.year, quarter: (date.month + 2) / 3)
        case "month": return .month(year: date.year, month: date.month)
        default: return .day(day)
        }
      }
      return periods[0] == periods[1] ? .time(periods[0].window, periods[0]) : .missing
    }
  }
}
