import EDTF
import KhabarModel

// Actors, places, and events with their reports.

extension JSONLinesWriter {
  func object(_ actor: Actor) -> JSONObject {
    var object = JSONObject(record: "actor", actor.id)
    object.add("kind", actor.kind.name)
    object.add("names", texts: actor.names)
    object.add("aliases", list: actor.aliases)
    object.add("offices", objects: actor.offices.map(self.object))
    object.add("represents", list: actor.represents.map { store.actors[Int($0)].id })
    object.add("country", actor.country)
    object.add("lines", objects: actor.citations.map { self.object($0) })
    object.add(background: actor.background)
    return object
  }

  private func object(_ office: Office) -> JSONObject {
    var object = JSONObject()
    object.add("title", texts: office.title)
    object.add("of", office.organization.map { store.actors[Int($0)].id })
    object.add("since", office.since?.description)
    object.add("until", office.until?.description)
    return object
  }

  func object(_ place: Place) -> JSONObject {
    var object = JSONObject(record: "place", place.id)
    object.add("names", texts: place.names)
    object.add("aliases", list: place.aliases)
    object.add("kind", place.kind)
    object.add("within", list: place.within.map { store.places[Int($0)].id })
    object.add("country", place.country)
    if let latitude = place.latitude, let longitude = place.longitude {
      object.add("coordinates", json: "[\(latitude),\(longitude)]")
    }
    object.add("lines", objects: place.citations.map { self.object($0) })
    object.add(background: place.background)
    return object
  }

  func object(event row: Int) -> JSONObject {
    let (events, words) = (store.events, store.vocabulary)
    var object = JSONObject(record: "event", events.ids[row])
    object.add("type", words.types[Int(events.type[row])].id)
    if events.mode[row] >= 0 { object.add("mode", words.modes[Int(events.mode[row])]) }
    object.add("contexts", list: events.contexts[row].map { words.contexts[Int($0)] })
    object.add("label", texts: events.label[row])
    if let score = events.score[row] { object.add("score", json: scoreText(Int(score))) }
    object.add("time", events.time.time(row)?.description)
    if events.place[row] >= 0 { object.add("place", store.places[Int(events.place[row])].id) }
    let participations = events.participations.range(row).map { events.participations[$0] }
    object.add("participants", objects: participations.map(participant))
    object.add("topics", list: events.topics[row].map { store.topics[Int($0)].id })
    object.add("relations", objects: events.statedRelations[row].map(relation))
    // Definitions have an entry for each of the three roles, and one for all others.
    let parts = participations.map {
      $0.role > Vocabulary.hostRole ? "participant" : words.roles[Int($0.role)]
    }
    object.add(background: events.background[row], others: Set(parts))
    object.add("reports", objects: events.reports.range(row).map(report))
    return object
  }

  private func participant(_ participation: Participation) -> JSONObject {
    var object = JSONObject()
    object.add("actor", store.actors[Int(participation.actor)].id)
    if participation.role != Vocabulary.actorRole {
      object.add("role", store.vocabulary.roles[Int(participation.role)])
    }
    if participation.certainty != .certain { object.add("certainty", participation.certainty.name) }
    return object
  }

  private func relation(_ relation: Relation) -> JSONObject {
    var object = JSONObject()
    object.add("kind", relation.kind.rawValue)
    object.add("event", store.events.ids[Int(relation.target)])
    if let citation = relation.citation { add(citation, to: &object) }
    if relation.isBackground { object.add("background", json: "true") }
    return object
  }

  private func report(_ row: Int) -> JSONObject {
    let reports = store.reports
    let article = store.articles.ids[Int(reports.article[row])]
    var object = JSONObject()
    object.add("article", article)
    if reports.source[row] >= 0 { object.add("source", store.actors[Int(reports.source[row])].id) }
    object.add("status", Status(rawValue: reports.status[row])?.name)
    if let certainty = Certainty(rawValue: reports.certainty[row]), certainty != .certain {
      object.add("certainty", certainty.name)
    }
    object.add("gist", texts: reports.gist[row])
    object.add(
      "evidence", objects: reports.evidence[row].map { self.object($0, default: reports.article[row]) })
    let date = reports.date.time(row)
    if date != store.articles.published.time(Int(reports.article[row])) {
      object.add("date", date?.description)
    }
    object.add(background: reports.background[row])
    return object
  }

  // MARK: - Citations

  private func object(_ citation: Citation, default article: Int32 = -1) -> JSONObject {
    var object = JSONObject()
    add(citation, to: &object, default: article)
    return object
  }

  private func add(_ citation: Citation, to object: inout JSONObject, default article: Int32 = -1) {
    if citation.article != article { object.add("article", store.articles.ids[Int(citation.article)]) }
    object.add("line", json: "\(citation.line)")
    if citation.lower >= 0 { object.add("span", json: "[\(citation.lower),\(citation.upper)]") }
  }
}
