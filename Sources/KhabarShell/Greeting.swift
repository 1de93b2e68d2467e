import Khabar
import KhabarModel
import KhabarSyntax
import KhabarText

// What the shell says first: what is loaded, and what to try.
extension Shell {
  var greeting: String {
    """
    Khabar · \(summary)
    Try: \(suggestions.joined(separator: "   "))
    .tour teaches, .help explains, Tab completes, Ctrl-D leaves
    """
  }

  /// `builtin:NAME: 25 events, 24 actors, 15 places, 1 article`
  var summary: String {
    let model = runner.session.model
    let store = model.store
    let counts: [(Int, String)] = [
      (store.events.count, "event"), (store.actors.count, "actor"), (store.places.count, "place"),
      (store.articles.count, "article"),
    ]
    let parts = counts.map { count, noun in "\(count) \(noun)\(count == 1 ? "" : "s")" }
    return VisibleText.escape(model.name) + ": " + parts.joined(separator: ", ")
  }

  /// Queries that have an answer in the model at hand.
  private var suggestions: [String] {
    let store = runner.session.model.store
    guard store.events.count > 0 else {
      return [".open builtin:\(Model.builtInNames.first ?? "NAME")", ".help"]
    }
    var queries = ["events | count"]
    if let place = busiest(store.eventsOfPlace.counts) {
      queries.append("\(noun(inPlace: place, of: store)) in \(name(.place, place, in: store))")
    }
    if let actor = busiest(store.eventsOfActor.counts) {
      queries.append("events with \(name(.actor, actor, in: store))")
    }
    return queries
  }

  /// `meetings` where there are some, else `events`.
  private func noun(inPlace place: Int, of store: EventStore) -> String {
    guard let meetings = store.vocabulary.noun("meetings") else { return "events" }
    let types = store.eventsOfPlace[place].map { store.events.type[Int($0)] }
    return types.contains { store.vocabulary.isType($0, meetings.type) } ? "meetings" : "events"
  }

  private func busiest(_ counts: [Int32]) -> Int? {
    counts.indices.max { counts[$0] < counts[$1] }.flatMap { counts[$0] > 0 ? $0 : nil }
  }

  /// As it may be written in a query: a person by surname where that is enough.
  private func name(_ kind: EntityKind, _ index: Int, in store: EventStore) -> String {
    let full = store.displayName(kind, Int32(index), "en")
    guard let surname = full.split(separator: " ").last.map(String.init), kind == .actor,
      case .found(let found) = store.names.resolve(surname, .actor),
      found == [EntityName(.actor, Int32(index))]
    else { return SyntaxPrinter.name(full) }
    return SyntaxPrinter.name(surname)
  }
}
