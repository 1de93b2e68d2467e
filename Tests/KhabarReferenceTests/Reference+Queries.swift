import EDTF
import KhabarModel
import KhabarSyntax

/// Whether a row is kept: only where it is true.
typealias Condition = (Row) throws -> Bool?

// §4. `[ADJECTIVE…] NOUN [CLAUSE…] [ | STAGE ]…`. What clauses name is found before any row is looked at.
extension Reference {
  /// What queries inside of others, and times, are asked of.
  var everything: Reference { whole ?? self }

  func rows(_ query: Query) throws -> Rows {
    var rows =
      switch query.source {
      case .phrase(let phrase): try rows(phrase)
      case .path(let path): try rows(path)
      case .sequence(let sequence): try rows(sequence)
      }
    for stage in query.stages { rows = try rows.world.rows(stage, after: rows) }
    return rows
  }

  private func rows(_ phrase: NounPhrase) throws -> Rows {
    var rows = try rows(phrase.noun)
    for case .asOf(let day) in phrase.clauses.map(\.kind) {
      rows.world = Reference(self, asOf: try time(day, [:]))
    }
    let world = rows.world
    let clauses = try phrase.clauses.map { try world.condition($0, rows.kind) }
    rows.rows = try rows.rows.filter { row in
      if let record = row[""], let kind = rows.kind, world.all[kind]?.contains(record) != true {
        return false
      }
      let isSo = phrase.adjectives.allSatisfy { adjective in
        adjective.word == "contested"
          ? world.value("contested", row) == .truth(true)
          : world.value("status", row) == .text(adjective.word)
      }
      return try isSo && clauses.allSatisfy { try isTrue($0(row)) }
    }
    return rows
  }

  func isTrue(_ truth: Bool?) -> Bool {
    if truth == nil { everything.hasMetUnknown = true }
    return truth == true
  }

  func rows(_ kind: EntityKind, _ isMeant: (Cell) -> Bool = { _ in true }) -> Rows {
    Rows(kind: kind, rows: all[kind]?.filter(isMeant).map { ["": $0] } ?? [], world: self)
  }

  private func rows(_ noun: Noun) throws -> Rows {
    switch noun.kind {
    case .rows(let noun):
      let kinds = ["people": "person", "states": "state", "organizations": "organization", "groups": "group"]
      if let kind = kinds[noun.rawValue] { return rows(.actor) { self[$0, "kind"] == .text(kind) } }
      return rows(EntityKind.allCases.first { $0.plural == noun.rawValue } ?? .event)
    case .group(let query): return try rows(query)
    case .entity(let noun, let name):
      let found = try require(name, EntityKind.allCases.first { $0.name == noun.rawValue } ?? .event)
      return Rows(kind: found.kind, rows: [["": found]], world: self)
    case .word(let name):
      if let query = bindings[name.text] { return try rows(query) }
      if let meaning = records.vocabulary.noun(name.text) {
        let mode = meaning.mode < 0 ? nil : Cell.text(records.vocabulary.modes[Int(meaning.mode)])
        return rows(.event) { event in
          records.isType(self[event, "type"], meaning.type) && (mode == nil || self[event, "mode"] == mode)
        }
      }
      let found = try lone(name.text)
      return Rows(kind: found.kind, rows: [["": found]], world: self)
    case .table, .call: throw Refusal.notCovered("a table, a function")
    }
  }

  // MARK: - Clauses

  private func condition(_ clause: Clause, _ kind: EntityKind?) throws -> Condition {
    switch clause.kind {
    case .asOf: return { _ in true }
    case .where(let expression): return { try self.cell(expression, $0).truth }
    case .not(let inner):
      let condition = try condition(inner, kind)
      return { try condition($0).map { !$0 } }
    case .possibly(let inner):
      let condition = try condition(inner, kind)
      return { try !self.isTrue(condition($0).map { !$0 }) }
    case .with(let list, _) where kind == .article: return try isPublished(list)
    case .with(let list, _) where kind == .report: return try isAttributed(list)
    case .with(let list, let role): return try takesPart(list, role)
    case .without(let list):
      let takesPart = try takesPart(list, nil, any: true)
      return { try takesPart($0).map { !$0 } }
    case .place(let list):
      return try each(list, .place) { place, record in
        if kind == .place { return record != place && self.stands(record, for: place) }
        let here = self[record, "place"]
        if here == .missing || list.quantifier == .exactly { return here == .missing ? nil : here == place }
        // Unknown where the event's place is a larger one that contains P.
        return self.stands(here, for: place) ? true : self.stands(place, for: here) ? nil : false
      }
    case .representing(let list):
      return try each(list, .actor) { $1 != $0 && self.stands($1, for: $0) }
    case .about(let list): return try isAbout(list, kind)
    case .accordingTo(let list): return try isAttributed(list)
    case .reportedBy(let list): return try isPublished(list)
    case .reportedIn(let list):
      return try each(list, .article) { article, record in
        self.reports(record).contains { self[$0, "article"] == article }
      }
    case .time(let word, let other):
      let other = try everything.time(other, [:])
      return { self.holds(word.rawValue, self.moment($0[""]), other) }
    case .between(let from, let to):
      let (from, to) = try (everything.time(from, [:]), everything.time(to, [:]))
      return { self.holdsBetween(self.moment($0[""]), from, to) }
    case .within(let length, let other):
      let (length, other) = try (everything.cell(length, [:]), everything.time(other, [:]))
      return { self.isWithin(self.moment($0[""]), length, other) }
    }
  }

  /// All of the names, or any of them.
  private func each(
    _ list: NameList, _ kind: EntityKind, any: Bool = false, _ holds: @escaping (Cell, Cell) -> Bool?
  ) throws -> Condition {
    let named = try list.names.map { try require($0, kind) }
    let join = any || list.quantifier == .any ? Self.or : Self.and
    return { row in join(named.map { holds($0, row[""] ?? .missing) }) }
  }

  static func and(_ truths: [Bool?]) -> Bool? {
    truths.contains(false) ? false : truths.contains(nil) ? nil : true
  }
  static func or(_ truths: [Bool?]) -> Bool? {
    truths.contains(true) ? true : truths.contains(nil) ? nil : false
  }

  private func takesPart(_ list: NameList, _ role: Name?, any: Bool = false) throws -> Condition {
    if let role, records.vocabulary.role(role.text) == nil { throw Refusal.mistake("no role \(role.text)") }
    return try each(list, .actor, any: any) { actor, event in
      self[event, "participants"].elements.contains { part in
        self.stands(self[part, "actor"], for: actor, exactly: list.quantifier == .exactly)
          && (role == nil || self[part, "role"].texts.map(Self.key) == role.map { [Self.key($0.text)] })
      }
    }
  }

  /// The report that a record is, or the reports of the event that it is.
  private func reports(_ record: Cell) -> [Cell] {
    record.kind == .event ? self[record, "reports"].elements : [record]
  }

  private func isAttributed(_ list: NameList) throws -> Condition {
    try each(list, .actor) { actor, record in
      self.reports(record).contains { report in
        self.stands(self[report, "source"], for: actor, exactly: list.quantifier == .exactly)
      }
    }
  }

  /// Unknown where the publisher is not recorded.
  private func isPublished(_ list: NameList) throws -> Condition {
    let known = all[.article]?.flatMap { self[$0, "publisher"].texts.map(Self.key) } ?? []
    let wanted = list.names.map { Self.key($0.text) }
    guard wanted.allSatisfy(known.contains) else { throw Refusal.mistake("no such publisher") }
    return { row in
      let record = row[""] ?? .missing
      let articles = record.kind == .article ? [record] : self.reports(record).map { self[$0, "article"] }
      let publishers = articles.map { self[$0, "publisher"].texts.first.map(Self.key) }
      let truths = wanted.map { name in Self.or(publishers.map { publisher in publisher.map { $0 == name } })
      }
      return list.quantifier == .any ? Self.or(truths) : Self.and(truths)
    }
  }

  /// Of topic or context X, related to the event X, or about an event that has X as a participant, place or topic;
  /// a report also where its event is X or has it so itself.
  private func isAbout(_ list: NameList, _ kind: EntityKind?) throws -> Condition {
    let subjects = try list.names.map { name -> [Cell] in
      let context = records.vocabulary.contexts.first { Self.key($0) == Self.key(name.text) }
      let kinds: [EntityKind] = [.topic, .event, .actor, .place]
      let found = kinds.compactMap { try? find(name.text, $0) } + (context.map { [.text($0)] } ?? [])
      if found.isEmpty { throw Refusal.mistake("no subject \(name.text)") }
      return found
    }
    func has(_ event: Cell, _ subject: Cell) -> Bool {
      self[event, "topics"].elements.contains(subject) || self.stands(self[event, "place"], for: subject)
        || self[event, "actors"].elements.contains { self.stands($0, for: subject) }
    }
    return { row in
      let event = kind == .report ? self[row[""], "event"] : row[""] ?? .missing
      let truths = subjects.map { meanings in
        meanings.contains { subject in
          let about = self[event, "about"].elements
          return self[event, "topics"].elements.contains(subject)
            || about.contains { $0 == subject || has($0, subject) }
            || self[event, "contexts"].elements.contains(subject)
            || kind == .report && (event == subject || has(event, subject))
        }
      }
      return list.quantifier == .any ? truths.contains(true) : !truths.contains(false)
    }
  }
}
