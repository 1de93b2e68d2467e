import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// The rows that an expression at the end of a text is about, in a statement that is still being written: which fields
/// they have, and of what types an expression may be there.
final class FieldScope {
  private let environment: Environment
  /// The query of the rows, as far as it can be understood.
  private let rows: (text: String, query: ResolvedQuery)?
  /// After `place.country.`, place and country.
  private let path: [String]
  private var acceptance: [String: Bool] = [:]

  /// Words taken off the end before it is given up.
  private static let patience = 24

  typealias NamedField = (name: String, type: ValueType)

  init(_ session: Session, before text: String) {
    var environment = session.environment
    environment.proposesNames = false
    self.environment = environment
    let (rest, path) = FieldScope.split(text)
    self.path = path
    rows = FieldScope.rows(before: rest, environment)
  }

  /// The fields that may be named there: those of the rows, or, after `place.`, those of places.
  lazy var fields: [NamedField] = {
    var fields = ownFields
    for name in path {
      guard let field = fields.first(where: { $0.name == name }) else { return [] }
      fields = FieldScope.fields(leadingOnFrom: field.type)
    }
    return fields
  }()

  private var ownFields: [NamedField] {
    var fields = FieldScope.fields(of: rows?.query.shape ?? .records(.event))
    if rows?.query.merging != nil { fields.append((Field.merged.name, Field.merged.type)) }
    return fields
  }

  private static func fields(of shape: RowShape) -> [NamedField] {
    switch shape {
    case .records(let kind): return Field.fields(of: kind).map { ($0.name, $0.type) }
    case .columns(let columns):
      let own: [NamedField] = columns.map { ($0.name, $0.type) }
      let subjects = columns.filter(\.isSubject).flatMap { fields(leadingOnFrom: $0.type) }
      return own + subjects.filter { field in !own.contains { $0.name == field.name } }
    }
  }

  private static func fields(leadingOnFrom type: ValueType) -> [NamedField] {
    guard case .entity(let kind) = type.element else { return [] }
    return fields(of: .records(kind))
  }

  // MARK: - Types

  /// The type of an expression over the rows; nil where it is wrong.
  func type(of expression: String) -> ValueType? {
    guard let rows, let query = FieldScope.resolved("\(rows.text) | select \(expression)", environment),
      case .columns(let columns) = query.shape
    else { return nil }
    return columns.first?.type
  }

  /// Whether an expression may stand where the trial has its gap.
  func accepts(_ operand: String, _ trial: OperandTrial?) -> Bool {
    guard let trial, let rows else { return true }
    return FieldScope.resolved("\(rows.text) | \(trial.stage(with: operand))", environment) != nil
  }

  /// Whether a stage may follow the rows; what else is missing in it, such as what to sort by, is still to come.
  func acceptsStage(_ word: String) -> Bool {
    guard let rows else { return true }
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: "\(rows.text) | \(word)"))
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return true }
    let errors: [Diagnostic]
    switch script.statements.last?.kind {
    case .query(let query), .explain(let query, _): errors = Resolver.resolve(query, in: environment).1
    // No name is bound to a picture.
    case .letBinding(_, let query): errors = Resolver.resolveBinding(query, in: environment).1
    default: return true
    }
    return !errors.contains { ["E0308", "E0320"].contains($0.id) }
  }

  /// How well a field may stand there: 2 by itself, 1 where it is a list, 0 where only a field may that it leads to; nil:
  /// not at all. Of each type of fields one is tried.
  func fit(of field: NamedField, _ trial: OperandTrial?) -> Int32? {
    guard trial != nil else { return 2 }
    let start = path.map { $0 + "." }.joined()
    if acceptsType(of: start + field.name, field.type, trial) { return field.type.isList ? 1 : 2 }
    let leadsOn = FieldScope.fields(leadingOnFrom: field.type).contains { next in
      let type = field.type.isList && !next.type.isList ? .list(next.type) : next.type
      return acceptsType(of: "\(start)\(field.name).\(next.name)", type, trial)
    }
    return leadsOn ? 0 : nil
  }

  private func acceptsType(of operand: String, _ type: ValueType, _ trial: OperandTrial?) -> Bool {
    let key = "\(type)"
    if let known = acceptance[key] { return known }
    let isAccepted = accepts(operand, trial)
    acceptance[key] = isAccepted
    return isAccepted
  }

  // MARK: - The rows

  /// `… where place.country.` is `… where ` and the path place, country.
  private static func split(_ text: String) -> (rows: String, path: [String]) {
    var rest = Substring(text)
    var path: [String] = []
    while rest.last == "." {
      let name = rest.dropLast().reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty else { break }
      path.insert(String(name.reversed()), at: 0)
      rest = rest.dropLast(name.count + 1)
    }
    return (String(rest), path)
  }

  /// What the rows are: those before the last `|`, or else of the longest beginning that can be understood; of the
  /// innermost parenthesis that has any.
  private static func rows(
    before text: String, _ environment: Environment
  ) -> (text: String, query: ResolvedQuery)? {
    for (start, pipe) in openLevels(of: text).reversed() {
      if let pipe {
        let rows = String(text[start..<pipe])
        if let query = resolved(rows, environment) { return (rows, query) }
      } else if let found = longestBeginning(of: text[start...], environment) {
        return found
      }
    }
    return nil
  }

  /// Where the text begins and each parenthesis that is open at its end, with the last `|` in it.
  private static func openLevels(of text: String) -> [(start: String.Index, pipe: String.Index?)] {
    var levels: [(start: String.Index, pipe: String.Index?)] = [(text.startIndex, nil)]
    var isQuoted = false
    for index in text.indices {
      switch text[index] {
      case "\"": isQuoted.toggle()
      case "(" where !isQuoted: levels.append((text.index(after: index), nil))
      case ")" where !isQuoted: if levels.count > 1 { levels.removeLast() }
      case "|" where !isQuoted: levels[levels.count - 1].pipe = index
      default: continue
      }
    }
    return levels
  }

  private static func longestBeginning(
    of text: Substring, _ environment: Environment
  ) -> (text: String, query: ResolvedQuery)? {
    var rest = text
    for _ in 0..<patience {
      while rest.last?.isWhitespace ?? false { rest.removeLast() }
      if rest.isEmpty { return nil }
      if let query = resolved(String(rest), environment) { return (String(rest), query) }
      rest = rest[..<(rest.lastIndex { $0.isWhitespace || $0 == "(" } ?? rest.startIndex)]
    }
    return nil
  }

  private static func resolved(_ text: String, _ environment: Environment) -> ResolvedQuery? {
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    switch script.statements.last?.kind {
    case .query(let query), .letBinding(_, let query), .explain(let query, _):
      return Resolver.resolveBinding(query, in: environment).0
    case .function(let function):
      guard case .query(let query) = function.body else { return nil }
      return Resolver.resolveBinding(query, in: environment).0
    default: return nil
    }
  }
}
