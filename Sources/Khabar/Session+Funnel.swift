import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// Why a query has no rows: how many are left after each of its parts, up to the one that leaves none, and what would
/// have some.
///
///     meetings in Baku with Armenia
///       meetings       9
///       in Baku        0
///     meetings in Azerbaijan with Armenia: 1 row
package struct Funnel: Equatable, Sendable {
  package struct Step: Equatable, Sendable {
    /// As it was written.
    package var text: String
    package var count: Int
  }

  /// A query like it that has rows.
  package struct Suggestion: Equatable, Sendable {
    package var query: String
    package var count: Int
  }

  /// The last is the one that leaves no row.
  package var steps: [Step]
  package var suggestions: [Suggestion]
}

extension Session {
  /// The funnel of the query that was asked last, if its answer is empty: it has no rows, or counts none.
  ///
  /// - Parameter source: The text that the query stands in.
  package func funnel(
    of table: ResultTable, in source: SourceText, control: RunControl = RunControl()
  ) -> Funnel? {
    guard let query = asked?.query, table.isEmpty(countedBy: query) else { return nil }
    return FunnelFinder(session: self, source: source, control: control).funnel(of: query)
  }
}

extension ResultTable {
  fileprivate func isEmpty(countedBy query: Query) -> Bool {
    if rows.isEmpty { return true }
    guard case .count? = query.stages.last?.kind else { return false }
    return rows == [[.number(0)]]
  }
}

/// Asks for the number of rows after each part of a query, then for those of queries that differ in the part that
/// leaves none.
private struct FunnelFinder {
  let session: Session
  let source: SourceText
  let control: RunControl

  private static let mostSuggestions = 3

  /// A query up to one of its parts, and where that stands.
  private struct Part {
    var span: Span
    var query: Query
    /// The same place in the whole query, for putting something else there.
    var place: Place
  }

  private enum Place {
    case noun, adjective(Int), clause(Int), stage(Int), fixed
  }

  func funnel(of query: Query) -> Funnel? {
    var steps: [Funnel.Step] = []
    for part in parts(of: query) {
      guard let count = count(part.query) else { return nil }
      steps.append(Funnel.Step(text: source.text(part.span), count: count))
      guard count == 0 else { continue }
      if case .noun = part.place, case .phrase(let phrase) = query.source,
        case .group(let inner) = phrase.noun.kind,
        let funnel = funnel(of: inner)
      {
        return funnel
      }
      return Funnel(
        steps: steps, suggestions: suggestions(for: query, at: part.place, after: steps.dropLast()))
    }
    return nil
  }

  // MARK: - Parts

  private func parts(of query: Query) -> [Part] {
    var parts = self.parts(of: query.source)
    // What counts or draws has rows of its own.
    let stages = query.stages.prefix { !$0.makesRows }
    for index in stages.indices {
      let beginning = Query(query.source, stages: Array(stages[...index]), span: query.span)
      parts.append(Part(span: stages[index].span, query: beginning, place: .stage(index)))
    }
    return parts
  }

  private func parts(of source: Source) -> [Part] {
    switch source {
    case .phrase(let phrase): return parts(of: phrase)
    case .path(let path):
      let ends = [path.from, path.to].map { name in
        let noun = Noun(.entity(.actor, name), span: name.span)
        let events = Stage(.walk(.events), span: name.span)
        let phrase = NounPhrase(noun: noun, span: name.span)
        return Part(
          span: name.span, query: Query(.phrase(phrase), stages: [events], span: name.span), place: .fixed)
      }
      return ends + [Part(span: path.span, query: Query(source, span: path.span), place: .fixed)]
    case .sequence(let pattern):
      let steps = pattern.steps.map { Part(span: $0.span, query: $0, place: .fixed) }
      return steps + [Part(span: pattern.span, query: Query(source, span: pattern.span), place: .fixed)]
    }
  }

  /// The noun, then each adjective, then each clause.
  private func parts(of phrase: NounPhrase) -> [Part] {
    var beginning = NounPhrase(noun: phrase.noun, span: phrase.span)
    var parts = [
      Part(span: phrase.noun.span, query: Query(.phrase(beginning), span: phrase.span), place: .noun)
    ]
    for (index, adjective) in phrase.adjectives.enumerated() {
      beginning.adjectives.append(adjective)
      parts.append(
        Part(
          span: adjective.span, query: Query(.phrase(beginning), span: phrase.span), place: .adjective(index))
      )
    }
    for (index, clause) in phrase.clauses.enumerated() {
      beginning.clauses.append(clause)
      parts.append(
        Part(span: clause.span, query: Query(.phrase(beginning), span: phrase.span), place: .clause(index)))
    }
    return parts
  }

  /// The number of rows; nil where the query cannot be run, or is no longer wanted.
  private func count(_ query: Query) -> Int? {
    let environment = session.environment(reading: session.asked?.tables ?? TableFiles())
    guard !control.isStopped, let resolved = Resolver.resolveBinding(query, in: environment).0 else {
      return nil
    }
    return try? Evaluator.run(resolved, on: session.model.store, control: control).rows.count
  }

  // MARK: - Suggestions

  private func suggestions(
    for query: Query, at place: Place, after steps: ArraySlice<Funnel.Step>
  ) -> [Funnel.Suggestion] {
    let printer = SyntaxPrinter(ScriptFormatter.language(of: source))
    var found: [Funnel.Suggestion] = []
    for alternatives in variants(of: query, at: place) {
      // Of the alternatives of one kind, the nearest that has rows.
      for variant in alternatives {
        guard found.count < Self.mostSuggestions else { return found }
        guard let count = count(variant.withoutCount), count > 0 else { continue }
        found.append(Funnel.Suggestion(query: printer.print(variant.withoutCount), count: count))
        break
      }
    }
    // Of a query with several parts that leave nothing, the beginning.
    if found.isEmpty, steps.count > 1, let last = steps.last, last.count > 0 {
      let beginning = parts(of: query)[steps.count - 1].query
      found.append(Funnel.Suggestion(query: printer.print(beginning), count: last.count))
    }
    return found
  }

  /// Queries that differ from it in one place, by what is done there.
  private func variants(of query: Query, at place: Place) -> [[Query]] {
    switch place {
    case .adjective(let index): return variants(of: query, atAdjective: index)
    case .clause(let index): return variants(of: query, atClause: index) + otherStatuses(of: query)
    case .stage(let index): return variants(of: query, atStage: index)
    case .noun, .fixed: return []
    }
  }

  private func variants(of query: Query, atAdjective index: Int) -> [[Query]] {
    guard case .phrase(let phrase) = query.source else { return [] }
    let others = statuses(otherThan: phrase.adjectives[index].word).map { status in
      [query.changed { $0.adjectives[index].word = status }]
    }
    return others + [[query.changed { $0.adjectives.remove(at: index) }]]
  }

  /// A clause may leave nothing only because of the status before it.
  private func otherStatuses(of query: Query) -> [[Query]] {
    guard case .phrase(let phrase) = query.source else { return [] }
    return phrase.adjectives.indices.flatMap { index in
      statuses(otherThan: phrase.adjectives[index].word).map { status in
        [query.changed { $0.adjectives[index].word = status }]
      }
    }
  }

  private func statuses(otherThan word: String) -> [String] {
    let names = Status.allCases.map(\.name)
    return names.contains(word) ? names.filter { $0 != word } : []
  }

  private func variants(of query: Query, atStage index: Int) -> [[Query]] {
    var without = query
    without.stages.remove(at: index)
    guard case .where(let condition) = query.stages[index].kind else { return [] }
    var possible = query
    possible.stages[index].kind = .where(Expression(.unary(.possibly, condition), span: condition.span))
    return [[possible], [without]]
  }

  private func variants(of query: Query, atClause index: Int) -> [[Query]] {
    guard case .phrase(let phrase) = query.source else { return [] }
    let clause = phrase.clauses[index]
    let replaced = { (other: Clause) in query.changed { $0.clauses[index] = other } }
    let possibly: [Query]
    if case .possibly = clause.kind {
      possibly = []
    } else {
      possibly = [replaced(Clause(.possibly(clause), span: clause.span))]
    }
    let anyOf = anyOf(phrase.clauses, at: index).map { clauses in query.changed { $0.clauses = clauses } }
    return [possibly, anyOf] + renamed(clause).map { $0.map(replaced) }
      + [[query.changed { $0.clauses.remove(at: index) }]]
  }

  // MARK: - Any of several names

  /// Where all of several places or actors are asked for, any of them: those of one clause, or of two that say `in`.
  private func anyOf(_ clauses: [Clause], at index: Int) -> [[Clause]] {
    var clauses = clauses
    var index = index
    guard case .place(var list) = clauses[index].kind else {
      guard let kind = clauses[index].kind.anyOf else { return [] }
      clauses[index].kind = kind
      return [clauses]
    }
    let other = clauses.indices.first {
      $0 != index && clauses[$0].kind.names != nil && clauses[$0].kind.isPlace
    }
    if let other, let names = clauses[other].kind.names {
      list.names.insert(contentsOf: names.names, at: 0)
      clauses.remove(at: other)
      if other < index { index -= 1 }
    }
    guard let kind = Clause.Kind.place(list).anyOf else { return [] }
    clauses[index].kind = kind
    return [clauses]
  }

  // MARK: - Other names

  /// The clause with a wider place, or whom the actor represents, and with names that are like its own.
  private func renamed(_ clause: Clause) -> [[Clause]] {
    switch clause.kind {
    case .possibly(let inner):
      return renamed(inner).map { $0.map { Clause(.possibly($0), span: clause.span) } }
    case .place(let list):
      return renamed(list, .place).map { $0.map { Clause(.place($0), span: clause.span) } }
        + [[Clause(.with(list, role: nil), span: clause.span)]]
    case .with(let list, let role):
      return renamed(list, .actor).map { $0.map { Clause(.with($0, role: role), span: clause.span) } }
        + [[Clause(.place(list), span: clause.span)]]
    case .accordingTo(let list):
      return renamed(list, .actor).map { $0.map { Clause(.accordingTo($0), span: clause.span) } }
    default: return []
    }
  }

  private func renamed(_ list: NameList, _ kind: EntityKind) -> [[NameList]] {
    let store = session.model.store
    guard let name = list.names.first, list.names.count == 1,
      case .found(let found) = store.names.resolve(name.text, NameKinds(kind)), let entity = found.first
    else { return [] }
    let wider =
      kind == .place
      ? store.containment.ancestors[Int(entity.index)] : store.representation.represented[Int(entity.index)]
    let like = store.names.suggestions(for: name.text, NameKinds(kind), limit: 5).filter {
      $0.entity != entity
    }
    let named = { (text: String) in
      NameList(list.quantifier, [Name(text, isQuoted: false, span: name.span)], span: list.span)
    }
    return [
      wider.filter { $0 != entity.index }.map { named(self.name(kind, $0)) }, like.map { named($0.text) },
    ]
  }

  /// The name of a record that means it alone, in the language of the session if it has one there.
  private func name(_ kind: EntityKind, _ index: Int32) -> String {
    let store = session.model.store
    let name = store.displayName(kind, index, session.language)
    let isIts = store.names.resolve(name, NameKinds(kind)) == .found([EntityName(kind, index)])
    return isIts ? name : store.id(kind, index)
  }
}

extension Clause.Kind {
  fileprivate var isPlace: Bool { if case .place = self { true } else { false } }

  /// The names all of which are asked for.
  fileprivate var names: NameList? {
    switch self {
    case .place(let list), .with(let list, _), .accordingTo(let list): list.quantifier == .all ? list : nil
    default: nil
    }
  }

  /// The same with any of its names, where it asks for all of several.
  fileprivate var anyOf: Clause.Kind? {
    guard let names, names.names.count > 1 else { return nil }
    let any = NameList(.any, names.names, span: names.span)
    switch self {
    case .place: return .place(any)
    case .with(_, let role): return .with(any, role: role)
    case .accordingTo: return .accordingTo(any)
    default: return nil
    }
  }
}

extension Query {
  /// The query with another noun phrase.
  fileprivate func changed(_ change: (inout NounPhrase) -> Void) -> Query {
    guard case .phrase(var phrase) = source else { return self }
    change(&phrase)
    var query = self
    query.source = .phrase(phrase)
    return query
  }

  fileprivate var withoutCount: Query {
    var query = self
    if case .count? = stages.last?.kind { query.stages.removeLast() }
    return query
  }
}

extension Stage {
  /// Whether it gives rows even of none.
  fileprivate var makesRows: Bool {
    switch kind {
    case .count, .summarize: true
    default: isDrawing
    }
  }
}
