import EDTF
import KhabarModel

// The entries of each kind of record, in the order in which definitions are read best.

extension ModelPrinter {
  func entries(_ article: Article) -> [String] {
    let entries: [(String, String?)] = [
      ("language", article.language),
      ("published", article.published?.description),
      ("publisher", article.publisher.map(Self.quoted)),
      ("title", article.title.isEmpty ? nil : Self.texts(article.title)),
      ("sha256", article.sha256.map(Self.quoted)),
    ]
    return marked(entries, article.background)
  }

  func entries(_ topic: Topic) -> [String] {
    marked([("name", topic.names.isEmpty ? nil : Self.texts(topic.names))], topic.background)
  }

  func entries(_ actor: Actor) -> [String] {
    var entries: [(String, String?)] = [
      ("name", actor.names.isEmpty ? nil : Self.texts(actor.names)),
      ("alias", actor.aliases.isEmpty ? nil : Self.quoted(actor.aliases)),
    ]
    entries += actor.offices.map { ("office", office($0)) }
    entries.append(("represents", ids(actor.represents) { model.actors[$0].id }))
    entries.append(("country", actor.country))
    entries += lines(actor.citations)
    return marked(entries, actor.background)
  }

  private func office(_ office: Office) -> String {
    var text = Self.texts(office.title)
    if let organization = office.organization { text += " of \(model.actors[Int(organization)].id)" }
    if let since = office.since { text += " since \(since)" }
    if let until = office.until { text += " until \(until)" }
    return text
  }

  func entries(_ place: Place) -> [String] {
    var entries: [(String, String?)] = [
      ("name", place.names.isEmpty ? nil : Self.texts(place.names)),
      ("alias", place.aliases.isEmpty ? nil : Self.quoted(place.aliases)),
      ("kind", place.kind),
      ("within", ids(place.within) { model.places[$0].id }),
      ("country", place.country),
    ]
    if let latitude = place.latitude, let longitude = place.longitude {
      entries.append(("coordinates", "\(Self.degrees(latitude)) \(Self.degrees(longitude))"))
    }
    entries += lines(place.citations)
    return marked(entries, place.background)
  }

  func entries(_ event: EventRecord) -> [String] {
    let vocabulary = model.vocabulary
    var entries: [(String, String?)] = [
      ("type", vocabulary.types[Int(event.type)].id),
      ("mode", event.mode < 0 ? nil : vocabulary.modes[Int(event.mode)]),
      ("context", ids(event.contexts) { vocabulary.contexts[$0] }),
      ("label", event.label.isEmpty ? nil : Self.texts(event.label)),
      ("score", event.score.map { Self.tenths(Int($0)) }),
      ("time", event.time?.description),
      ("place", event.place < 0 ? nil : model.places[Int(event.place)].id),
    ]
    entries += participants(event.participants)
    entries.append(("topic", ids(event.topics) { model.topics[$0].id }))
    return marked(entries, event.background) + relations(event.relations)
  }

  func entries(_ report: ReportRecord) -> [String] {
    var entries: [(String, String?)] = [
      ("event", model.events[Int(report.event)].id),
      ("article", report.article == lastArticle ? nil : model.articles[Int(report.article)].id),
      ("source", report.source < 0 ? nil : model.actors[Int(report.source)].id),
      ("status", report.status.name),
      ("certainty", report.certainty.name),
      ("gist", report.gist.isEmpty ? nil : Self.texts(report.gist)),
    ]
    entries += report.evidence.map { ("evidence", citation($0, default: report.article)) }
    entries.append(("date", report.date?.description))
    return marked(entries, report.background)
  }
}

// MARK: - Parts

extension ModelPrinter {
  /// The entries that say something, with the mark of those that are background.
  private func marked(_ entries: [(field: String, value: String?)], _ background: [String]) -> [String] {
    entries.compactMap { field, value in
      value.map { "\(field) \($0)\(background.contains(field) ? " background" : "")" }
    }
  }

  private func ids(_ indices: [some BinaryInteger], _ id: (Int) -> String) -> String? {
    indices.isEmpty ? nil : indices.map { id(Int($0)) }.joined(separator: " ")
  }

  /// `lines 1 2 5`, an entry for each run of lines of one article.
  private func lines(_ citations: [Citation]) -> [(String, String?)] {
    runs(citations) { $0.article == $1.article }.map { run in
      let article = run.first.map(\.article) ?? lastArticle
      return ("lines", inArticle(article) + run.map { "\($0.line)" }.joined(separator: " "))
    }
  }

  private func inArticle(_ article: Int32, default other: Int32? = nil) -> String {
    article == other ?? lastArticle ? "" : "in \(model.articles[Int(article)].id) "
  }

  /// `in ARTICLE line 5 span 12 48`
  private func citation(_ citation: Citation, default article: Int32) -> String {
    let place = "\(inArticle(citation.article, default: article))line \(citation.line)"
    return citation.lower < 0 ? place : "\(place) span \(citation.lower) \(citation.upper)"
  }

  /// An entry for each run of one role.
  private func participants(_ participants: [Participation]) -> [(String, String?)] {
    runs(participants) { $0.role == $1.role }.map { run in
      let role = run.first.map(\.role) ?? 0
      let hasEntry = role <= Vocabulary.hostRole
      let values = run.map { participation in
        let suffix = hasEntry ? "" : " as \(model.vocabulary.roles[Int(role)])"
        let certainty = participation.certainty == .certain ? "" : " \(participation.certainty.name)"
        return model.actors[Int(participation.actor)].id + suffix + certainty
      }
      let field = hasEntry ? model.vocabulary.roles[Int(role)] : "participant"
      return (field, values.joined(separator: " "))
    }
  }

  /// An entry for each run of one relation with one citation.
  private func relations(_ relations: [Relation]) -> [String] {
    runs(relations) { $0.kind == $1.kind && $0.citation == $1.citation && $0.isBackground == $1.isBackground }
      .compactMap { run in
        guard let first = run.first else { return nil }
        let targets = run.map { model.events[Int($0.target)].id }.joined(separator: " ")
        let citation = first.citation.map { " \(self.citation($0, default: lastArticle))" } ?? ""
        return "\(first.kind.rawValue) \(targets)\(citation)\(first.isBackground ? " background" : "")"
      }
  }

  private func runs<Item>(_ items: [Item], _ belongTogether: (Item, Item) -> Bool) -> [[Item]] {
    var runs: [[Item]] = []
    for item in items {
      if let last = runs.last?.last, belongTogether(last, item) {
        runs[runs.count - 1].append(item)
      } else {
        runs.append([item])
      }
    }
    return runs
  }
}
