/// One entity: its kind and its row in the store.
package struct EntityName: Sendable, Hashable {
  package var kind: EntityKind
  package var index: Int32

  package init(_ kind: EntityKind, _ index: Int32) {
    self.kind = kind
    self.index = index
  }
}

/// The kinds of entities that a place in a query has names for.
package struct NameKinds: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let event = NameKinds(rawValue: 1 << EntityKind.event.rawValue)
  package static let actor = NameKinds(rawValue: 1 << EntityKind.actor.rawValue)
  package static let place = NameKinds(rawValue: 1 << EntityKind.place.rawValue)
  package static let article = NameKinds(rawValue: 1 << EntityKind.article.rawValue)
  package static let topic = NameKinds(rawValue: 1 << EntityKind.topic.rawValue)
  package static let all: NameKinds = [.event, .actor, .place, .article, .topic]

  package func contains(_ kind: EntityKind) -> Bool { rawValue & (1 << kind.rawValue) != 0 }
}

package enum NameResolution: Sendable, Hashable {
  /// One entity, or one of each kind where several kinds were asked for.
  case found([EntityName])
  /// Several of one kind.
  case ambiguous([EntityName])
  case unknown
}

/// A name that may have been meant.
package struct Suggestion: Sendable, Hashable {
  /// As the model spells it, in the script of the query if the entity has a name in it.
  package var text: String
  package var entity: EntityName

  package init(_ text: String, _ entity: EntityName) {
    self.text = text
    self.entity = entity
  }
}
