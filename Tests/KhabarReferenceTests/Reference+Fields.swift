import EDTF
import KhabarModel

extension Reference {
  /// A field of a record; nil where such records have no field of that name.
  func field(_ name: String, _ kind: EntityKind, _ index: Int, known: TimeBounds?) -> Cell? {
    switch kind {
    case .event: eventField(name, index, known)
    case .actor: actorField(name, index)
    case .place: placeField(name, index)
    case .report: reportField(name, model.reports[index], index)
    case .article: articleField(name, index, known)
    case .topic:
      name == "id" ? .text(model.topics[index].id) : name == "name" ? texts(model.topics[index].names) : nil
    case .participation: participationField(name, index)
    }
  }

  private func texts(_ text: LocalizedText) -> Cell {
    text.isEmpty ? .missing : .texts(text.entries.map(\.text))
  }

  private func list(_ kind: EntityKind, _ indices: [Int]) -> Cell { .list(indices.map { .record(kind, $0) }) }

  private func optional(_ kind: EntityKind, _ index: Int32) -> Cell {
    index < 0 ? .missing : .record(kind, Int(index))
  }

  private func time(_ time: EDTFTime?) -> Cell {
    time.map { .time($0.bounds, written: $0.description) } ?? .missing
  }

  private func eventField(_ name: String, _ index: Int, _ known: TimeBounds?) -> Cell? {
    let event = model.events[index]
    switch name {
    case "id": return .text(event.id)
    case "type": return .word(model.vocabulary.types[Int(event.type)].id)
    case "mode": return event.mode < 0 ? .missing : .word(model.vocabulary.modes[Int(event.mode)])
    case "contexts": return .list(event.contexts.map { .word(model.vocabulary.contexts[Int($0)]) })
    case "label": return texts(event.label)
    case "time": return time(event.time)
    case "place": return optional(.place, event.place)
    case "participants": return list(.participation, event.participants.indices.map { index * 1000 + $0 })
    case "actors": return list(.actor, Self.unique(event.participants.map { Int($0.actor) }))
    case "topics": return list(.topic, event.topics.map { Int($0) })
    case "status", "certainty", "contested", "reports", "sources", "articles":
      return reportedField(name, reports(of: index, known: known), known)
    case "score": return score(event)
    case "quad":
      let quads = types(above: Int(event.type)).map { Int(model.vocabulary.types[$0].quad) }
      return quads.first { $0 >= 0 }.map { .word(Vocabulary.quads[$0]) } ?? .missing
    default: return RelationKind(rawValue: name).map { list(.event, related(index, $0)) }
    }
  }

  /// What the reports that are known decide. An event that nobody reports counts as hypothetical and
  /// possible.
  private func reportedField(_ name: String, _ reports: [Int], _ known: TimeBounds?) -> Cell {
    let records = reports.map { model.reports[$0] }
    switch name {
    case "status":
      return records.last.map { .word($0.status.name) } ?? (known == nil ? .word("hypothetical") : .missing)
    case "certainty":
      return records.last.map { .word($0.certainty.name) } ?? (known == nil ? .word("possible") : .missing)
    case "contested":
      let statuses = Set(records.map(\.status))
      let isAffirmed = statuses.contains(.occurred) || statuses.contains(.ongoing)
      return .truth(isAffirmed && (statuses.contains(.denied) || statuses.contains(.cancelled)))
    case "sources": return list(.actor, Self.unique(records.map { Int($0.source) }.filter { $0 >= 0 }))
    case "articles": return list(.article, Self.unique(records.map { Int($0.article) }))
    default: return list(.report, reports)
    }
  }

  /// The type, and what it is a subtype of.
  func types(above type: Int) -> [Int] {
    let parent = Int(model.vocabulary.types[type].parent)
    return [type] + (parent < 0 ? [] : types(above: parent))
  }

  private func score(_ event: EventRecord) -> Cell {
    for type in types(above: Int(event.type)).map({ model.vocabulary.types[$0] }) {
      if let score = type.modeScores[event.mode] ?? type.score { return .number(Double(score) / 10) }
    }
    return .missing
  }

  func related(_ event: Int, _ kind: RelationKind) -> [Int] {
    (order[.event] ?? []).filter { other in
      model.events[event].relations.contains { $0.kind == kind && Int($0.target) == other }
        || model.events[other].relations.contains { $0.kind.inverse == kind && Int($0.target) == event }
    }
  }

  private func actorField(_ name: String, _ index: Int) -> Cell? {
    let actor = model.actors[index]
    switch name {
    case "id": return .text(actor.id)
    case "name": return texts(actor.names)
    case "names": return .list(actor.names.entries.map { .text($0.text) })
    case "aliases": return .list(actor.aliases.map { .text($0) })
    case "kind": return .word(actor.kind.name)
    case "represents": return list(.actor, Array(represented(by: index).dropFirst()))
    case "country_code": return actor.country.map { .text($0) } ?? .missing
    case "events": return list(.event, (order[.event] ?? []).filter { takesPart(index, in: $0) })
    default: return nil
    }
  }

  /// Whether the actor, or who represents it, takes part.
  func takesPart(_ actor: Int, in event: Int) -> Bool {
    model.events[event].participants.contains { represents(Int($0.actor), actor) }
  }

  private func placeField(_ name: String, _ index: Int) -> Cell? {
    let place = model.places[index]
    switch name {
    case "id": return .text(place.id)
    case "name": return texts(place.names)
    case "kind": return place.kind.map { .text($0) } ?? .missing
    case "within": return list(.place, Array(containing(index).dropFirst()))
    case "country":
      let country = containing(index).first { model.places[$0].kind == "country" }
      return country.map { .record(.place, $0) } ?? .missing
    case "events":
      return list(
        .event,
        (order[.event] ?? []).filter { event in
          let place = Int(model.events[event].place)
          return place >= 0 && lies(place, in: index)
        })
    default: return nil
    }
  }

  private func reportField(_ name: String, _ report: ReportRecord, _ index: Int) -> Cell? {
    switch name {
    case "event": return .record(.event, Int(report.event))
    case "article": return .record(.article, Int(report.article))
    case "source": return optional(.actor, report.source)
    case "status": return .word(report.status.name)
    case "certainty": return .word(report.certainty.name)
    case "gist": return texts(report.gist)
    case "line": return report.evidence.first.map { .number(Double($0.line)) } ?? .missing
    case "lines": return .list(report.evidence.map { .number(Double($0.line)) })
    case "date": return time(date(index))
    default: return nil
    }
  }

  private func articleField(_ name: String, _ index: Int, _ known: TimeBounds?) -> Cell? {
    let article = model.articles[index]
    switch name {
    case "id": return .text(article.id)
    case "title": return texts(article.title)
    case "publisher": return article.publisher.map { .text($0) } ?? .missing
    case "language": return article.language.map { .text($0) } ?? .missing
    case "published": return time(article.published)
    case "reports":
      let all = (order[.report] ?? []).filter {
        Int(model.reports[$0].article) == index && isKnown($0, known)
      }
      return list(.report, all)
    default: return nil
    }
  }

  private func participationField(_ name: String, _ index: Int) -> Cell? {
    let participation = model.events[index / 1000].participants[index % 1000]
    switch name {
    case "event": return .record(.event, index / 1000)
    case "actor": return .record(.actor, Int(participation.actor))
    case "role": return .word(model.vocabulary.roles[Int(participation.role)])
    case "certainty": return .word(participation.certainty.name)
    default: return nil
    }
  }
}
