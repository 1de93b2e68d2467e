import EDTF
import KhabarModel
import KhabarPlan

/// Fields of records, one at a time: the meaning of every row of `Field.all`. What conditions scan often has a pass over a
/// column beside it, in `Evaluator+Columns.swift`.
extension Evaluator {
  func value(_ field: Field, of record: Int32) -> Value {
    guard record >= 0 else { return field.type.isList ? .list([]) : .missing }
    switch field.owner {
    case .event: return eventValue(field, record)
    case .actor: return actorValue(field, record)
    case .place: return placeValue(field, record)
    case .report: return reportValue(field.id, Int(record))
    case .article: return articleValue(field, record)
    case .participation: return participationValue(field.id, record)
    case .topic: return topicValue(field.id, store.topics[Int(record)])
    case .office: return officeValue(field.id, store.offices[Int(record)])
    }
  }

  // MARK: - Events

  private func eventValue(_ field: Field, _ record: Int32) -> Value {
    let events = store.events
    let row = Int(record)
    switch field.id {
    case .id: return .text(events.ids[row])
    case .type: return .symbol(.type, events.type[row])
    case .mode: return Self.symbol(.mode, events.mode[row])
    case .contexts: return .list(events.contexts[row].map { .symbol(.context, $0) })
    case .label: return Self.localized(events.label[row])
    case .time: return Self.time(events.time.time(row))
    case .place: return Self.entity(.place, events.place[row])
    case .participants:
      return .list(events.participations.range(row).map { .entity(.participation, Int32($0)) })
    case .actors: return Self.entities(.actor, events.distinctActors(row))
    case .topics: return Self.entities(.topic, events.topics[row])
    case .status, .certainty, .contested, .reports, .sources, .articles: return reportedValue(field, record)
    case .score:
      return store.score(ofEvent: row).map { .number(Double($0) / 10) } ?? .missing
    case .quad: return Self.symbol(.quad, Int16(store.vocabulary.quad(ofType: events.type[row])))
    case .background: return .list(events.background[row].map { .text($0) })
    case .merged: return knownEvents(merged(record, field.merging), field)
    default: return field.id.relation.map { knownEvents(events.related(row, $0), field) } ?? .missing
    }
  }

  /// What reports decide, by those that are known.
  private func reportedValue(_ field: Field, _ record: Int32) -> Value {
    let reports = reports(of: record, field.known, field.merging)
    switch field.id {
    case .status:
      return reports.last.map { .symbol(.status, Int16(store.reports.status[Int($0)])) }
        ?? unreported(.status, store.events.status[Int(record)], field)
    case .certainty:
      return reports.last.map { .symbol(.certainty, Int16(store.reports.certainty[Int($0)])) }
        ?? unreported(.certainty, store.events.certainty[Int(record)], field)
    case .contested: return .truth(isContested(reports))
    case .reports: return Self.entities(.report, reports)
    case .sources:
      return .list(
        Self.unique(reports.map { store.reports.source[Int($0)] }.filter { $0 >= 0 }).map {
          .entity(.actor, $0)
        })
    case .articles:
      return .list(Self.unique(reports.map { store.reports.article[Int($0)] }).map { .entity(.article, $0) })
    default: return .missing
    }
  }

  /// Events, of which some known report speaks if the field sees only what is known on a day.
  private func knownEvents(_ events: some Sequence<Int32>, _ field: Field) -> Value {
    guard let known = field.known else { return Self.entities(.event, events) }
    return Self.entities(.event, events.filter { !reports(of: $0, known, nil).isEmpty })
  }

  /// What an event that nobody reports counts as; on a day on which nobody has reported it yet, nothing.
  private func unreported(_ kind: SymbolKind, _ code: Int8, _ field: Field) -> Value {
    field.known == nil ? .symbol(kind, Int16(code)) : .missing
  }

  /// The reports of an event, or of all that it stands for, that are known on the day, in their order.
  func reports(of event: Int32, _ known: KnowledgeDate?, _ merging: DailyMerge?) -> [Int32] {
    let all = allReports(of: merged(event, merging))
    guard let known, let visible = memo.knownReports[ObjectIdentifier(known)] else { return all }
    return all.filter { visible[Int($0)] }
  }

  /// Whether some report says occurred or ongoing and another denied or cancelled.
  private func isContested(_ reports: [Int32]) -> Bool {
    let statuses = reports.map { Status(rawValue: store.reports.status[Int($0)]) }
    let affirms = statuses.contains { $0 == .occurred || $0 == .ongoing }
    return affirms && statuses.contains { $0 == .denied || $0 == .cancelled }
  }

  // MARK: - Actors, places, reports, articles

  private func actorValue(_ field: Field, _ record: Int32) -> Value {
    let actor = store.actors[Int(record)]
    switch field.id {
    case .id: return .text(actor.id)
    case .name: return Self.localized(actor.names)
    case .names: return .list(actor.names.entries.map { .text($0.text) })
    case .aliases: return .list(actor.aliases.map { .text($0) })
    case .kind: return .symbol(.actorKind, Int16(actor.kind.rawValue))
    case .offices: return Self.entities(.office, store.offices.range(ofActor: Int(record)).map { Int32($0) })
    case .represents: return Self.entities(.actor, store.representation.represented[Int(record)].dropFirst())
    case .countryCode: return actor.country.map { .text($0) } ?? .missing
    case .events: return knownEvents(eventsTakenPart([record]), field)
    case .background: return .list(actor.background.map { .text($0) })
    default: return .missing
    }
  }

  private func placeValue(_ field: Field, _ record: Int32) -> Value {
    let place = store.places[Int(record)]
    switch field.id {
    case .id: return .text(place.id)
    case .name: return Self.localized(place.names)
    case .names: return .list(place.names.entries.map { .text($0.text) })
    case .aliases: return .list(place.aliases.map { .text($0) })
    case .kind: return place.kind.map { .text($0) } ?? .missing
    case .within: return Self.entities(.place, store.containment.ancestors[Int(record)].dropFirst())
    case .country: return Self.entity(.place, country(record))
    case .countryCode: return countryCode(record).map { .text($0) } ?? .missing
    case .coordinates:
      guard let latitude = place.latitude, let longitude = place.longitude else { return .list([]) }
      return .list([.number(latitude), .number(longitude)])
    case .events: return knownEvents(eventsPlaced([record]), field)
    case .background: return .list(place.background.map { .text($0) })
    default: return .missing
    }
  }

  /// The nearest country that the place is or lies within; -1 where none is recorded.
  private func country(_ place: Int32) -> Int32 {
    store.containment.ancestors[Int(place)].first { store.places[Int($0)].kind == "country" } ?? -1
  }

  private func countryCode(_ place: Int32) -> String? {
    store.containment.ancestors[Int(place)].lazy.compactMap { store.places[Int($0)].country }.first
  }

  private func reportValue(_ id: FieldID, _ row: Int) -> Value {
    let reports = store.reports
    switch id {
    case .event: return .entity(.event, reports.event[row])
    case .article: return .entity(.article, reports.article[row])
    case .source: return Self.entity(.actor, reports.source[row])
    case .status: return .symbol(.status, Int16(reports.status[row]))
    case .certainty: return .symbol(.certainty, Int16(reports.certainty[row]))
    case .gist: return Self.localized(reports.gist[row])
    case .line: return reports.evidence[row].first.map { .number(Double($0.line)) } ?? .missing
    case .lines: return .list(reports.evidence[row].map { .number(Double($0.line)) })
    case .evidence: return .list(reports.evidence[row].map { .text(Self.text($0)) })
    case .quote: return quote(row).map { .text($0) } ?? .missing
    case .date: return Self.time(reports.date.time(row))
    default: return .missing
    }
  }

  /// `9`, or with a span `9:1204-1267`: the line, and offsets in Unicode scalars from the start of the text.
  private static func text(_ citation: Citation) -> String {
    citation.lower < 0 ? "\(citation.line)" : "\(citation.line):\(citation.lower)-\(citation.upper)"
  }

  /// The supporting spans of the attached text, with ` … ` between them.
  private func quote(_ report: Int) -> String? {
    let quotes = store.reports.evidence[report].compactMap { store.texts[$0.article]?.quote($0) }
    return quotes.isEmpty ? nil : quotes.joined(separator: " … ")
  }

  private func articleValue(_ field: Field, _ record: Int32) -> Value {
    let articles = store.articles
    let row = Int(record)
    switch field.id {
    case .id: return .text(articles.ids[row])
    case .title: return Self.localized(articles.title[row])
    case .publisher: return articles.publisher[row].map { .text($0) } ?? .missing
    case .language: return articles.language[row].map { .text($0) } ?? .missing
    case .published: return Self.time(articles.published.time(row))
    case .sha256: return articles.sha256[row].map { .text($0) } ?? .missing
    case .reports:
      let reports = store.reportsOfArticle[row]
      guard let known = field.known, let visible = memo.knownReports[ObjectIdentifier(known)] else {
        return Self.entities(.report, reports)
      }
      return Self.entities(.report, reports.filter { visible[Int($0)] })
    case .background: return .list(articles.background[row].map { .text($0) })
    default: return .missing
    }
  }

  private func participationValue(_ id: FieldID, _ record: Int32) -> Value {
    let participation = store.events.participations[Int(record)]
    switch id {
    case .event: return .entity(.event, event(ofParticipation: record))
    case .actor: return .entity(.actor, participation.actor)
    case .role: return .symbol(.role, participation.role)
    case .certainty: return .symbol(.certainty, Int16(participation.certainty.rawValue))
    default: return .missing
    }
  }

  /// The event whose range of participations holds the row.
  func event(ofParticipation record: Int32) -> Int32 {
    Int32(truncatingIfNeeded: store.events.participations.ofEvent.row(holding: Int(record)))
  }

  /// The events of participations, which mostly come in order.
  func events(ofParticipations rows: ArraySlice<Int32>) -> [Int32] {
    store.events.participations.ofEvent.rows(holding: rows)
  }

  private func topicValue(_ id: FieldID, _ topic: Topic) -> Value {
    switch id {
    case .id: .text(topic.id)
    case .name: Self.localized(topic.names)
    case .names: .list(topic.names.entries.map { .text($0.text) })
    default: .missing
    }
  }

  private func officeValue(_ id: FieldID, _ office: Office) -> Value {
    switch id {
    case .title: Self.localized(office.title)
    case .of: Self.entity(.actor, office.organization ?? -1)
    case .since: Self.time(office.since)
    case .until: Self.time(office.until)
    default: .missing
    }
  }

  // MARK: - Values of columns

  private static func symbol(_ kind: SymbolKind, _ code: Int16) -> Value {
    code < 0 ? .missing : .symbol(kind, code)
  }

  static func entity(_ kind: EntityKind, _ row: Int32) -> Value { row < 0 ? .missing : .entity(kind, row) }

  private static func entities(_ kind: EntityKind, _ rows: some Sequence<Int32>) -> Value {
    .list(rows.map { .entity(kind, $0) })
  }

  private static func localized(_ text: LocalizedText) -> Value { text.isEmpty ? .missing : .localized(text) }

  private static func time(_ time: EDTFTime?) -> Value {
    time.map { .time(TimeValue(recorded: $0)) } ?? .missing
  }

  static func unique<T: Hashable>(_ elements: [T]) -> [T] {
    var seen: Set<T> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
