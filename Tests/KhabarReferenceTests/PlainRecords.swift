import EDTF
import KhabarModel

/// A model as the reference reads it: each record's fields by name, as the model's author gave them. What follows
/// from them (who represents whom, what reports decide, what relations are from the other side) is for the reference
/// to find.
struct PlainRecords {
  private(set) var fields: [Cell: Row] = [:]
  let vocabulary: Vocabulary
  /// The words that events and reports are coded with, by their keys: `CONSULT` for `consult`.
  private(set) var words: [String: String] = [:]

  init(_ model: StoreBuilder) {
    vocabulary = model.vocabulary
    let words =
      vocabulary.types.map(\.id) + vocabulary.modes + vocabulary.contexts + vocabulary.roles
      + Vocabulary.quads
      + Status.allCases.map(\.name) + Certainty.allCases.map(\.name) + ActorKind.allCases.map(\.name)
    for word in words { self.words[Reference.key(word)] = word }
    for (index, actor) in model.actors.enumerated() {
      var row = Self.named(actor.id, actor.names, actor.aliases, actor.background)
      row["kind"] = .text(actor.kind.name)
      row["country_code"] = Cell(actor.country)
      let offices = actor.offices.indices.map { Cell.record(.office, index * 1000 + $0) }
      row["offices"] = .list(offices)
      for (id, office) in zip(offices, actor.offices) {
        fields[id] = [
          "title": Cell(office.title), "of": Self.one(.actor, office.organization ?? -1),
          "since": Cell(office.since), "until": Cell(office.until),
        ]
      }
      row["represents"] = Self.list(.actor, actor.represents)
      fields[.record(.actor, index)] = row
    }
    for (index, place) in model.places.enumerated() {
      var row = Self.named(place.id, place.names, place.aliases, place.background)
      row["kind"] = Cell(place.kind)
      row["country_code"] = Cell(place.country)
      row["within"] = Self.list(.place, place.within)
      row["coordinates"] = .list([place.latitude, place.longitude].compactMap { $0.map { .number($0) } })
      fields[.record(.place, index)] = row
    }
    for (index, topic) in model.topics.enumerated() {
      fields[.record(.topic, index)] = ["id": .text(topic.id), "name": Cell(topic.names)]
    }
    for (index, article) in model.articles.enumerated() {
      fields[.record(.article, index)] = [
        "id": .text(article.id), "title": Cell(article.title), "publisher": Cell(article.publisher),
        "language": Cell(article.language), "published": Cell(article.published),
        "sha256": Cell(article.sha256),
        "background": Self.texts(article.background),
      ]
    }
    for (index, event) in model.events.enumerated() { add(event, index) }
    for (index, report) in model.reports.enumerated() {
      let lines = report.evidence.map { Cell.number(Double($0.line)) }
      fields[.record(.report, index)] = [
        "event": Self.one(.event, report.event), "article": Self.one(.article, report.article),
        "source": Self.one(.actor, report.source), "status": .text(report.status.name),
        "certainty": .text(report.certainty.name), "gist": Cell(report.gist), "date": Cell(report.date),
        "line": lines.first ?? .missing, "lines": .list(lines),
        "evidence": Self.texts(
          report.evidence.map { $0.lower < 0 ? "\($0.line)" : "\($0.line):\($0.lower)-\($0.upper)" }),
      ]
    }
  }

  private mutating func add(_ event: EventRecord, _ index: Int) {
    let parts = event.participants.indices.map { Cell.record(.participation, index * 1000 + $0) }
    for (part, participation) in zip(parts, event.participants) {
      fields[part] = [
        "event": .record(.event, index), "actor": Self.one(.actor, participation.actor),
        "role": .text(vocabulary.roles[Int(participation.role)]),
        "certainty": .text(participation.certainty.name),
      ]
    }
    let types = lineage(Int(event.type)).map { vocabulary.types[$0] }
    let score =
      event.score.map(Int.init) ?? types.lazy.compactMap { $0.modeScores[event.mode] ?? $0.score }.first
    var row: Row = [
      "id": .text(event.id), "label": Cell(event.label), "time": Cell(event.time), "type": .text(types[0].id),
      "mode": event.mode < 0 ? .missing : .text(vocabulary.modes[Int(event.mode)]),
      "score": score.map { .number(Double($0) / 10) } ?? .missing,
      "quad": Cell(types.first { $0.quad >= 0 }.map { Vocabulary.quads[Int($0.quad)] }),
      "contexts": Self.texts(event.contexts.map { vocabulary.contexts[Int($0)] }),
      "place": Self.one(.place, event.place), "participants": .list(parts),
      "topics": Self.list(.topic, event.topics), "background": Self.texts(event.background),
    ]
    for kind in RelationKind.allCases {
      row[kind.rawValue] = Self.list(.event, event.relations.filter { $0.kind == kind }.map(\.target))
    }
    fields[.record(.event, index)] = row
  }

  /// The type and what it is a subtype of.
  private func lineage(_ type: Int) -> [Int] {
    let parent = Int(vocabulary.types[type].parent)
    return [type] + (parent < 0 ? [] : lineage(parent))
  }

  func isType(_ type: Cell, _ wanted: Int16) -> Bool {
    guard case .text(let word) = type, let own = vocabulary.type(word) else { return false }
    return lineage(Int(own)).contains(Int(wanted))
  }

  private static func named(
    _ id: String, _ names: LocalizedText, _ aliases: [String], _ background: [String]
  ) -> Row {
    [
      "id": .text(id), "name": Cell(names), "names": texts(names.entries.map(\.text)),
      "aliases": texts(aliases), "background": texts(background),
    ]
  }

  private static func texts(_ texts: [String]) -> Cell { .list(texts.map { .text($0) }) }

  private static func one(_ kind: EntityKind, _ index: Int32) -> Cell {
    index < 0 ? .missing : .record(kind, Int(index))
  }

  private static func list(_ kind: EntityKind, _ indices: [Int32]) -> Cell {
    .list(indices.map { .record(kind, Int($0)) })
  }
}
