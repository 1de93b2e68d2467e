/// What changes a store: events that are withdrawn, and records that come after that, new or in place of others.
package struct StoreChanges: Sendable {
  /// The ids of events.
  package let withdrawn: TextColumn
  package let store: EventStore

  package init(_ store: EventStore, withdrawing withdrawn: [String] = []) {
    self.init(store, TextColumn(withdrawn))
  }

  private init(_ store: EventStore, _ withdrawn: TextColumn) {
    self.store = store
    self.withdrawn = withdrawn
  }

  /// What these changes and later ones come to.
  package func followed(by later: StoreChanges) -> StoreChanges {
    let gone = store.rows(ofEvents: later.withdrawn).filter { $0 >= 0 }
    return StoreChanges(
      store.merging(later.store, withdrawing: gone).store,
      TextColumn(Array(Set(withdrawn).union(later.withdrawn))))
  }

  package struct Outcome {
    package let store: EventStore
    /// What has become of the events that come, and of everything else.
    package let events: MergeCounts
    package let rest: MergeCounts
    package let withdrawn: Int

    package var isChanged: Bool {
      withdrawn + events.new + events.changed + rest.new + rest.changed > 0
    }
  }

  package func applied(to old: EventStore) -> Outcome {
    let gone = old.rows(ofEvents: withdrawn).filter { $0 >= 0 }
    let merged = old.merging(store, withdrawing: gone)
    return Outcome(store: merged.store, events: merged.events, rest: merged.rest, withdrawn: gone.count)
  }
}

extension StoreChanges: StoredColumn {
  package func write(_ name: String = "changes", to sections: inout SectionWriter) {
    withdrawn.write("\(name).withdrawn", to: &sections)
    store.write(to: &sections)
  }

  package init(_ name: String = "changes", from sections: SectionReader) throws(StoredError) {
    withdrawn = try TextColumn("\(name).withdrawn", from: sections)
    store = try EventStore(from: sections)
  }
}

extension EventStore {
  /// How many events there are, and how much of everything else, all of it new.
  package var counts: (events: MergeCounts, rest: MergeCounts) {
    var counts = (events: MergeCounts(), rest: MergeCounts())
    counts.events.new = events.count
    counts.rest.new = actors.count + places.count + articles.count + topics.count + reports.count
    return counts
  }
}
