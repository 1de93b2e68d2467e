extension EventStore {
  /// What points to where nothing is; none in a store that a `StoreBuilder` has built.
  package var inconsistencies: [String] {
    var found: [String] = []
    func check(_ codes: some Sequence<some BinaryInteger>, _ limit: Int, _ name: String) {
      if codes.contains(where: { $0 < -1 || Int($0) >= limit }) {
        found.append("`\(name)` points beyond the end")
      }
    }
    check(events.type, vocabulary.types.count, "events.type")
    check(events.mode, vocabulary.modes.count, "events.mode")
    check(events.score.codes, ScoreColumn.limit, "events.score")
    check(events.status, Status.allCases.count, "events.status")
    check(events.certainty, Certainty.allCases.count, "events.certainty")
    check(events.place, places.count, "events.place")
    check(events.contexts.values, vocabulary.contexts.count, "events.contexts")
    check(events.topics.values, topics.count, "events.topics")
    check(events.participations.actor, actors.count, "events.participants.actor")
    check(events.participations.role, vocabulary.roles.count, "events.participants.role")
    check(events.participations.certainty, Certainty.allCases.count, "events.participants.certainty")
    for (kind, related) in events.relations { check(related.values, events.count, "events.\(kind.rawValue)") }
    check(reports.event, events.count, "reports.event")
    check(reports.article, articles.count, "reports.article")
    check(reports.source, actors.count, "reports.source")
    check(reports.status, Status.allCases.count, "reports.status")
    check(reports.certainty, Certainty.allCases.count, "reports.certainty")
    check(eventsOfActor.values, events.count, "events_of_actor")
    check(eventsOfPlace.values, events.count, "events_of_place")
    check(reportsOfArticle.values, reports.count, "reports_of_article")
    check(actors.lazy.flatMap(\.represents), actors.count, "actors.represents")
    check(places.lazy.flatMap(\.within), places.count, "places.within")
    return found
  }
}
