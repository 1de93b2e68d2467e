import KhabarDatabase
import KhabarModel

// What is done to databases as a whole, as the command line has it.

extension ModelFiles {
  /// Looks at every byte of a database; throws what is wrong.
  package static func checkDatabase(_ path: String) throws {
    try reporting {
      let damages = try Database(path).damages()
      guard damages.isEmpty else { throw DatabaseError(path, .damaged(damages.joined(separator: "; "))) }
    }
  }

  /// Takes the events that a query gives out of a database.
  ///
  /// - Returns: How many.
  package static func withdraw(_ query: String, fromDatabase path: String) throws -> Int {
    let model = try Model(database: path)
    let table = try model.eventTable(query)
    let ids = Set(table.records.filter { $0 >= 0 }).map { model.store.events.ids[Int($0)] }
    try reporting {
      // Without the words that the database has, the empty store would add those of PLOVER; so it has none of its own.
      let none = StoreBuilder(vocabulary: model.store.vocabulary).build()
      _ = try Database(path).append(StoreChanges(none, withdrawing: ids))
    }
    return ids.count
  }

  /// - Returns: Whether there was anything to do.
  package static func compactDatabase(_ path: String) throws -> Bool {
    try reporting { try Database(path).compact() }
  }

  /// Saves what can be saved of a damaged database into a new one.
  package static func recoverDatabase(
    _ path: String, into other: String
  ) throws -> (events: Int, losses: [String]) {
    try reporting {
      let (store, losses) = try Database(path).recovered()
      try Database(other).update { old in
        guard old == nil else { throw DatabaseError(other, .exists) }
        return store
      }
      return (store.events.count, losses)
    }
  }

  private static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw KhabarError(error)
    }
  }
}
