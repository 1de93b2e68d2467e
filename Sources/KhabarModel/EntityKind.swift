/// The kinds of records that rows, names and references are of.
package enum EntityKind: UInt8, Hashable, Sendable, CaseIterable {
  case event, actor, place, article, report, topic
  /// An actor in a role in an event: a row of `EventColumns.participations`.
  case participation
  /// An office of an actor: a row of `EventStore.offices`.
  case office

  /// For messages: "an event", "a place".
  package var name: String { "\(self)" }
  package var plural: String { "\(self)s" }
}
