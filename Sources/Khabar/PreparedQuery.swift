import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// A query that is read once and asked often, each time with other values of its parameters.
///
///     let event = try model.prepare("param wanted = selm_talks\nevent wanted | select type, time, status")
///     try event.answer(["wanted": "selm_agreement"]).rows
///
/// Where a parameter is the one record that the query begins with, as here, nothing but its name is looked up when it is
/// asked again: a microsecond's work or few.
public struct PreparedQuery: Sendable {
  private let session: Session
  private let text: String
  private let name: String
  private let lookup: Lookup?

  /// What is left to do where a query begins with the record that a parameter names.
  private struct Lookup: Sendable {
    let parameter: String
    let kind: EntityKind
    let query: ResolvedQuery
  }

  init(_ session: Session, _ text: String, name: String) throws {
    self.session = session
    self.text = text
    self.name = name
    let source = SourceText(name: name, text: text)
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { throw KhabarError(diagnostics, in: source) }
    let queries = script.statements.filter { if case .query = $0.kind { true } else { false } }
    guard queries.count == 1 else {
      throw KhabarError("write one query", id: "E0602", "expected one query; found \(queries.count)")
    }
    lookup = Self.lookup(session, script)
  }

  /// The answer, with values in place of the parameters' defaults.
  ///
  /// - Parameter values: By the names of parameters, as written in a query: `["wanted": "selm_talks", "days": "7"]`.
  /// - Throws: `KhabarError` with all that is wrong with the query or the values.
  public func answer(_ values: [String: String] = [:]) throws -> QueryResult {
    if let table = try lookedUp(values) { return QueryResult(table) }
    var session = session
    session.parameterValues.merge(values) { _, new in new }
    guard let result = try session.run(text, name: name).last else {
      throw KhabarError("write one query", id: "E0602", "expected one query; found 0")
    }
    return result
  }

  // MARK: - Looking up

  /// Of a script of one parameter and a query that begins with the record it names.
  private static func lookup(_ session: Session, _ script: Script) -> Lookup? {
    guard script.statements.count == 2, case .parameter(let parameter, _) = script.statements[0].kind,
      case .query(let query) = script.statements[1].kind, case .phrase(let phrase) = query.source,
      phrase.clauses.isEmpty, phrase.adjectives.isEmpty,
      case .entity(let noun, let wanted) = phrase.noun.kind,
      !wanted.isQuoted, wanted.text == parameter.text
    else { return nil }
    let kind = noun.entity
    // A word that the parameter's name cannot be anywhere else: were it there, the plan would depend on it.
    let elsewhere = SyntaxPrinter().print(query).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard elsewhere.filter({ $0 == parameter.text }).count == 1 else { return nil }
    // Any record will do to see what is asked of it.
    guard session.model.store.rowCount(kind) > 0 else { return nil }
    var sample = query
    var samplePhrase = phrase
    samplePhrase.noun.kind = .entity(noun, Name(session.model.store.id(kind, 0), span: wanted.span))
    sample.source = .phrase(samplePhrase)
    guard let resolved = Resolver.resolve(sample, in: session.environment).0,
      var ready = Optional(Evaluator.ready(resolved)), ready.drawing == nil, ready.known == nil,
      let plan = ready.plan.replacing(kind, 0, by: 0)
    else { return nil }
    ready.plan = plan
    return Lookup(parameter: parameter.text, kind: kind, query: ready)
  }

  /// nil: the query has to be asked as it is written.
  private func lookedUp(_ values: [String: String]) throws -> ResultTable? {
    guard let lookup, values.count == 1, let text = values[lookup.parameter], Self.isPlainWord(text) else {
      return nil
    }
    let store = session.model.store
    guard case .found(let found) = store.names.resolve(text, lookup.kind.names), found.count == 1,
      let plan = lookup.query.plan.replacing(lookup.kind, 0, by: found[0].index)
    else { return nil }
    var query = lookup.query
    query.plan = plan
    do {
      return try Evaluator.run(ready: query, on: store)
    } catch {
      throw KhabarError([error.diagnostic], in: SourceText(name: name, text: self.text))
    }
  }

  /// What can be nothing but a name: `e123`.
  private static func isPlainWord(_ text: String) -> Bool {
    guard let last = text.utf8.last, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last),
      let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
    else { return text.utf8.contains(UInt8(ascii: "_")) && text.utf8.allSatisfy(isOfWord) }
    return text.utf8.allSatisfy(isOfWord)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension Model {
  /// Reads a query that is to be asked often.
  ///
  /// - Parameter query: `param` statements, perhaps, and one query.
  /// - Throws: `KhabarError` with all that is wrong with how it is written.
  public func prepare(_ query: String) throws -> PreparedQuery {
    try PreparedQuery(Session(self), query, name: "<query>")
  }
}

extension Plan {
  /// The plan with another record in place of the one that it begins with; nil: it does not begin so, or asks for more.
  fileprivate func replacing(_ kind: EntityKind, _ row: Int32, by other: Int32) -> Plan? {
    switch self {
    case .records(let found, let rows):
      return found == kind && rows == [row] ? .records(kind, [other]) : nil
    case .project(let input, let columns, let keepsRecords):
      return input.replacing(kind, row, by: other).map { .project($0, columns, keepsRecords: keepsRecords) }
    case .filter(let input, let condition):
      return input.replacing(kind, row, by: other).map { .filter($0, condition) }
    case .sort(let input, let keys): return input.replacing(kind, row, by: other).map { .sort($0, keys) }
    case .slice(let input, let skip, let take):
      return input.replacing(kind, row, by: other).map { .slice($0, skip: skip, take: take) }
    case .aggregate(let input, let grouping):
      return input.replacing(kind, row, by: other).map { .aggregate($0, grouping) }
    case .walk(let input, let step): return input.replacing(kind, row, by: other).map { .walk($0, step) }
    default: return nil
    }
  }
}

extension EntityNoun {
  fileprivate var entity: EntityKind {
    switch self {
    case .event: .event
    case .actor: .actor
    case .place: .place
    case .article: .article
    }
  }
}

extension EntityKind {
  fileprivate var names: NameKinds { NameKinds(rawValue: 1 << rawValue) }
}
