/// The kinds of records that rows, names and references are of.
package enum EntityKind: UInt8, Hashable, Sendable, CaseIterable {
  case event, actor, place, article, report, topic
  /// An actor in a role in an event: a row of `EventColumns.participations`.
  case participation
  /// An office of an actor: a row of `EventStore.offices`.
  case office

  /// For messages: "an event", "a place".
  package var name: String {
    // Written out: the name of a case takes the runtime long to find, and loading a model asks for many.
    switch self {
    case .event: "event"
    case .actor: "actor"
    case .place: "place"
    case .article: "article"
    case .report: "report"
    case .topic: "topic"
    case .participation: "participation"
    case .office: "office"
    }
  }

  package var plural: String { name + "s" }
}
