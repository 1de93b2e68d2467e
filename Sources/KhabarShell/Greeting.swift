import Khabar
import KhabarModel
import KhabarSyntax

// What the shell says first: what is loaded, and what to try.
extension Shell {
  var greeting: String {
    """
    Khabar \(Shell.version) · \(summary)
    Try: \(suggestions.joined(separator: "   "))
    .help explains, Tab completes, Ctrl-D leaves
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
    return model.name + ": " + parts.joined(separator: ", ")
  }

  /// Queries that have an answer in the model at hand.
  private var suggestions: [String] {
    let store = runner.session.model.store
    guard store.events.count > 0 else {
      return [".open builtin:\(Model.builtInNames.first ?? "NAME")", ".help"]
    }
    let actor = busiest(store.eventsOfActor.counts).map { name(.actor, $0, in: store) }
    let place = busiest(store.eventsOfPlace.counts).map { name(.place, $0, in: store) }
    return ["events | count"] + (place.map { ["meetings in \($0)"] } ?? [])
      + (actor.map { ["events with \($0)"] } ?? [])
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
