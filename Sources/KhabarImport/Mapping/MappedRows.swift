import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What the rows of tables say, as definitions: what several rows say of one record becomes one definition, which a
/// `ModelLoader` makes a record of.
///
/// A row of which something is wrong is left out whole, also where nothing would come of it: where a row before it has said
/// as much of the record already. What only it has defined is missing then where others speak of it, so they are looked at
/// again, until nothing is wrong any more.
struct MappedRows {
  private let fixed: [Statement]
  private var statements: [(definition: Definition, row: Int)] = []

  /// - Parameter fixed: What is defined already; rows add nothing to it.
  init(fixed: [Statement]) { self.fixed = fixed }

  mutating func add(_ definitions: [Definition], row: Int) {
    statements += definitions.map { ($0, row) }
  }

  struct Outcome {
    var builder: StoreBuilder
    /// The rows that say something that none before them has said.
    var tellingRows: Set<Int> = []
    /// What is wrong with each of the others that are left out, and in which part.
    var rejected: [Int: Wrong] = [:]
  }

  struct Wrong {
    var part: Int
    var reason: String
  }

  /// The records of all rows that are right.
  func load() -> Outcome {
    var rejected: [Int: Wrong] = [:]
    while true {
      var merged = MergedDefinitions(fixed)
      var telling: Set<Int> = []
      for (definition, row) in statements where rejected[row] == nil && merged.add(definition, row: row) {
        telling.insert(row)
      }
      let (builder, wrong) = merged.load(onto: fixed)
      if wrong.keys.allSatisfy({ rejected[$0] != nil }) {
        return Outcome(builder: builder, tellingRows: telling, rejected: rejected)
      }
      rejected.merge(wrong) { first, _ in first }
    }
  }
}

/// The definitions of rows, one for each record.
struct MergedDefinitions {
  /// In the order in which they were first met; entries of later rows stand among the first's.
  private var definitions: [Definition] = []
  private var places: [Key: Int] = [:]
  /// Who says something of each record: the spans of the definitions.
  private var spans: [[Span]] = []
  /// What nothing has come of.
  private var others: [(place: Int, entry: Definition.Entry)] = []

  /// Records are told apart by their ids; reports, which have none, by what they say.
  private struct Key: Hashable {
    let kind: EntityKind?
    let id: String?
    let entries: [Definition.Entry]

    init(_ definition: Definition) {
      kind = DefinitionKind(rawValue: definition.kind.text)?.entity
      id = definition.id?.text
      entries = id == nil ? definition.entries : []
    }
  }

  init(_ fixed: [Statement]) {
    for statement in fixed {
      if case .define(let definition) = statement.kind { places[Key(definition)] = -1 }
    }
  }

  /// - Returns: Whether the row says anything that none has said before.
  mutating func add(_ definition: Definition, row: Int) -> Bool {
    let key = Key(definition)
    guard let place = places[key] else {
      places[key] = definitions.count
      definitions.append(definition)
      spans.append([definition.kind.span])
      return true
    }
    if place < 0 { return false }
    spans[place].append(definition.kind.span)
    var isNew = false
    for entry in definition.entries where key.id != nil {
      let isKnown = definitions[place].entries.contains { known in
        known == entry
          || known.field == entry.field && !DefinitionKind.repeatable.contains(entry.field.text)
      }
      if isKnown {
        others.append((place, entry))
      } else {
        definitions[place].entries.append(entry)
        isNew = true
      }
    }
    return isNew
  }

  private var statements: [Statement] { definitions.map { Statement(.define($0), span: .none) } }

  /// What nothing has come of, in definitions of its own: it has to be right all the same.
  private var passedOver: [Statement] {
    others.enumerated().map { number, other in
      let definition = definitions[other.place]
      // Whether a mode is right depends on the type.
      let type = other.entry.field.text == "mode" ? definition.entries.filter { $0.field.text == "type" } : []
      let kind = Name(definition.kind.text, span: other.entry.span)
      // No word of a row has a space in it.
      let id = Name("passed over \(number)", span: other.entry.span)
      return Statement(
        .define(Definition(kind: kind, id: id, entries: type + [other.entry])), span: .none)
    }
  }

  /// The definitions that a row is the first to say something of.
  private var placesOfRow: [Int: [Int]] {
    Dictionary(grouping: definitions.indices) { definitions[$0].kind.span.lower }
  }

  /// The rows that say what is wrong, with the part that does. What a definition lacks, all of its rows lack; and of a report
  /// they all say the same.
  private func sayers(of diagnostic: Diagnostic, _ placesOfRow: [Int: [Int]]) -> [(row: Int, part: Int)] {
    let span = diagnostic.span
    // Spans take no part in equality.
    let place = placesOfRow[span.lower]?.first { place in
      let definition = definitions[place]
      return definition.kind.span.upper == span.upper
        || definition.id == nil
          && definition.entries.contains {
            $0.span.upper <= span.upper
              && $0.values.contains { $0.span.upper == span.upper }
          }
    }
    guard let place else { return [(span.lower, TableMapping.part(of: span))] }
    let offset = span.upper - definitions[place].kind.span.upper
    return spans[place].map { ($0.lower, TableMapping.part(of: $0) + offset) }
  }

  /// The records of the definitions, and which rows say what is wrong.
  func load(onto fixed: [Statement]) -> (builder: StoreBuilder, wrong: [Int: MappedRows.Wrong]) {
    let outcome = ModelLoader.load([(Script(fixed), 0), (Script(statements), 1)])
    var wrong: [Int: MappedRows.Wrong] = [:]
    func blame(_ row: Int, _ part: Int, _ diagnostic: Diagnostic) {
      if let known = wrong[row], known.part <= part { return }
      wrong[row] = MappedRows.Wrong(part: part, reason: diagnostic.message)
    }
    let placesOfRow = outcome.hasErrors ? placesOfRow : [:]
    for (diagnostic, source) in zip(outcome.diagnostics, outcome.sources)
    where diagnostic.severity == .error && source == 1 {
      for (row, part) in sayers(of: diagnostic, placesOfRow) { blame(row, part, diagnostic) }
    }
    let others = ModelLoader.load([(Script(passedOver), 1)], onto: outcome.builder)
    for diagnostic in others.diagnostics where diagnostic.severity == .error && diagnostic.id != "E0409" {
      blame(diagnostic.span.lower, TableMapping.part(of: diagnostic.span), diagnostic)
    }
    return (outcome.builder, wrong)
  }
}
