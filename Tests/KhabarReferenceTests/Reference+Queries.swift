import EDTF
import KhabarModel
import KhabarSyntax

extension Reference {
  func rows(_ query: Query) throws -> Rows {
    var rows: Rows
    switch query.source {
    case .phrase(let phrase): rows = try self.rows(phrase)
    case .path(let path): rows = try self.rows(path)
    case .sequence(let sequence): rows = try self.rows(sequence)
    }
    for stage in query.stages { rows = try self.rows(stage, after: rows) }
    return rows
  }

  private func rows(_ phrase: NounPhrase) throws -> Rows {
    var rows = try self.rows(phrase.noun)
    for clause in phrase.clauses {
      if case .asOf(let time) = clause.kind { rows.known = try self.time(time, Row()) ?? rows.known }
    }
    let all = rows.rows
    return try rows.picking(
      all.indices.filter { position in
        let row = all[position]
        if let record = row.record, record.kind == .event, row.known != nil,
          reports(of: record.index, known: row.known).isEmpty
        {
          return false
        }
        let adjectives = phrase.adjectives.map { adjective in
          value(adjective.word == "contested" ? "contested" : "status", row)
            == (adjective.word == "contested" ? .truth(true) : .word(adjective.word))
        }
        return try !adjectives.contains(false) && phrase.clauses.allSatisfy { try holds($0, row) == true }
      })
  }

  private func rows(_ noun: Noun) throws -> Rows {
    switch noun.kind {
    case .rows(let noun): return rows(noun)
    case .group(let query): return try rows(query)
    case .entity(let kind, let name):
      let kinds: [EntityNoun: EntityKind] = [
        .event: .event, .actor: .actor, .place: .place, .article: .article,
      ]
      let kind = kinds[kind] ?? .event
      return Rows(kind: kind, cells: [[.record(kind, try require(name, kind))]])
    case .table, .call: throw NotCovered("table")
    case .word(let name):
      if let query = bindings[name.text] { return try rows(query) }
      if let meaning = model.vocabulary.noun(name.text) {
        return records(.event) { event in
          let event = model.events[event]
          return types(above: Int(event.type)).contains(Int(meaning.type))
            && (meaning.mode < 0 || event.mode == meaning.mode)
        }
      }
      for kind in [EntityKind.event, .actor, .place, .article] {
        if let found = find(name.text, kind) { return Rows(kind: kind, cells: [[.record(kind, found)]]) }
      }
      throw NotCovered("the noun \(name.text)")
    }
  }

  private func rows(_ noun: RowNoun) -> Rows {
    switch noun {
    case .events: records(.event) { _ in true }
    case .actors: records(.actor) { _ in true }
    case .people: records(.actor) { model.actors[$0].kind == .person }
    case .states: records(.actor) { model.actors[$0].kind == .state }
    case .organizations: records(.actor) { model.actors[$0].kind == .organization }
    case .groups: records(.actor) { model.actors[$0].kind == .group }
    case .places: records(.place) { _ in true }
    case .reports: records(.report) { _ in true }
    case .articles: records(.article) { _ in true }
    }
  }

  // MARK: - Clauses

  private func holds(_ clause: Clause, _ row: Row) throws -> Bool? {
    switch clause.kind {
    case .not(let inner): return try holds(inner, row).map { !$0 }
    case .possibly(let inner): return try holds(inner, row) ?? true
    case .where(let expression): return try cell(expression, row).truth
    case .asOf: return true
    default: break
    }
    guard let (kind, index) = row.record else { throw NotCovered("a clause on columns") }
    switch clause.kind {
    case .with(let list, let role): return try with(list, role?.text, kind, index)
    case .without(let list):
      let any = NameList(list.quantifier == .exactly ? .exactly : .any, list.names, span: list.span)
      return try !any.names.contains { name in
        try with(NameList(any.quantifier, [name], span: list.span), nil, kind, index) == true
      }
    case .place(let list): return try each(list) { try isPlaced($0, list.quantifier, kind, index) }
    case .representing(let list):
      return try each(list) {
        let actor = try require($0, .actor)
        return index != actor && represents(index, actor)
      }
    case .about(let list): return try each(list) { try isAbout($0.text, kind, index) }
    case .accordingTo(let list):
      return try each(list) { name in
        try someReport(kind, index, row.known) { try isSource($0, name, list.quantifier) }
      }
    case .reportedBy(let list):
      return each(list) { name in
        if kind == .article { return publisher(index, is: name) }
        return someReport(kind, index, row.known) {
          publisher(Int(model.reports[$0].article), is: name)
        }
      }
    case .reportedIn(let list):
      return try each(list) { name in
        let article = try require(name, .article)
        return someReport(kind, index, row.known) { Int(model.reports[$0].article) == article }
      }
    default: return try holdsInTime(clause, kind, index)
    }
  }

  private func holdsInTime(_ clause: Clause, _ kind: EntityKind, _ index: Int) throws -> Bool? {
    let time = recordedTime(kind, index)
    switch clause.kind {
    case .time(let word, let other): return ask(word.rawValue, time, try self.time(other, Row()))
    case .between(let from, let to):
      return try between(time, self.time(from, Row()), self.time(to, Row()))
    case .within(let distance, let other):
      guard case .length(let months, let days)? = try? cell(distance, Row()) else {
        throw NotCovered("a distance")
      }
      return within(time, months, months == 0 ? days.lowerBound : 0, of: try self.time(other, Row()))
    default: throw NotCovered("a clause")
    }
  }

  /// All of the names, or any of them.
  private func each(_ list: NameList, _ holds: (Name) throws -> Bool?) rethrows -> Bool? {
    let truths = try list.names.map(holds)
    return list.quantifier == .any ? Self.or(truths) : Self.and(truths)
  }

  static func and(_ truths: [Bool?]) -> Bool? {
    truths.contains(false) ? false : truths.contains(nil) ? nil : true
  }

  static func or(_ truths: [Bool?]) -> Bool? {
    truths.contains(true) ? true : truths.contains(nil) ? nil : false
  }

  private func with(_ list: NameList, _ role: String?, _ kind: EntityKind, _ index: Int) throws -> Bool? {
    try each(list) { name in
      if kind == .article { return publisher(index, is: name) }
      if kind == .report { return try isSource(index, name, list.quantifier) }
      let actor = try require(name, .actor)
      return model.events[index].participants.contains { participation in
        let takesPart =
          list.quantifier == .exactly
          ? Int(participation.actor) == actor : represents(Int(participation.actor), actor)
        return takesPart && (role == nil || model.vocabulary.roles[Int(participation.role)] == role)
      }
    }
  }

  private func isPlaced(_ name: Name, _ quantifier: NameList.Quantifier, _ kind: EntityKind, _ index: Int)
    throws -> Bool?
  {
    let place = try require(name, .place)
    if kind == .place { return index != place && lies(index, in: place) }
    let recorded = Int(model.events[index].place)
    if recorded < 0 { return nil }
    if quantifier == .exactly { return recorded == place }
    if lies(recorded, in: place) { return true }
    return lies(place, in: recorded) ? nil : false
  }

  private func isAbout(_ name: String, _ kind: EntityKind, _ index: Int) throws -> Bool {
    if kind == .report {
      let event = Int(model.reports[index].event)
      return try isAbout(name, .event, event) || find(name, .event) == event || concerns(event, name)
    }
    let event = model.events[index]
    let about = event.relations.filter { $0.kind == .about }.map { Int($0.target) }
    return event.contexts.contains { model.vocabulary.contexts[Int($0)] == name }
      || find(name, .topic).map { event.topics.contains(Int32($0)) } ?? false
      || find(name, .event).map { about.contains($0) } ?? false
      || about.contains { target in
        concerns(target, name)
          || find(name, .topic).map { model.events[target].topics.contains(Int32($0)) } ?? false
      }
  }

  /// Whether the event has it as a participant or a place.
  private func concerns(_ event: Int, _ name: String) -> Bool {
    let place = Int(model.events[event].place)
    return find(name, .actor).map { takesPart($0, in: event) } ?? false
      || find(name, .place).map { place >= 0 && lies(place, in: $0) } ?? false
  }

  /// Whether it holds of the report that the row is, or of some report of the event that it is.
  private func someReport(
    _ kind: EntityKind, _ index: Int, _ known: TimeBounds?, _ holds: (Int) throws -> Bool?
  ) rethrows -> Bool? {
    if kind == .report { return try holds(index) }
    return Self.or(try reports(of: index, known: known).map(holds))
  }

  private func isSource(_ report: Int, _ name: Name, _ quantifier: NameList.Quantifier) throws -> Bool? {
    let actor = try require(name, .actor)
    let source = Int(model.reports[report].source)
    if source < 0 { return false }
    return quantifier == .exactly ? source == actor : represents(source, actor)
  }

  private func publisher(_ article: Int, is name: Name) -> Bool? {
    model.articles[article].publisher.map { Self.folded($0) == Self.folded(name.text) }
  }
}
