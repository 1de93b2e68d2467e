/// Why a database cannot be read or written.
package struct DatabaseError: Error, Sendable {
  package enum Reason: Sendable, Equatable {
    /// The system refuses: what it was asked for, and its words.
    case system(String, String)
    case noDatabase
    case newer(version: Int)
    case damaged(String)
    /// Somebody else writes.
    case locked
    case exists
  }

  package let path: String
  package let reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package var id: String {
    switch reason {
    case .system: "E0670"
    case .noDatabase: "E0671"
    case .newer: "E0672"
    case .damaged: "E0673"
    case .locked: "E0674"
    case .exists: "E0675"
    }
  }

  package var message: String {
    switch reason {
    case .system(let action, let words): "cannot \(action) `\(path)`: \(words)"
    case .noDatabase: "`\(path)` is no database of Khabar's"
    case .newer(let version):
      "`\(path)` has the format \(version); this Khabar reads formats up to \(DatabaseFormat.version)"
    case .damaged(let what): "`\(path)` is damaged: \(what)"
    case .locked: "somebody else is writing to `\(path)`"
    case .exists: "`\(path)` exists, and is no database of Khabar's"
    }
  }

  package var help: String {
    switch reason {
    case .system("read", _): "see whether it is there, and may be read"
    case .system: "nothing in the database has changed"
    case .noDatabase: "a database is a folder that `khabar import` makes, called `NAME.khdb`"
    case .newer: "read it with the Khabar that wrote it, or a later one"
    case .damaged:
      "`khabar check \(path)` looks at every byte; take the database from a copy, or import its sources anew"
    case .locked: "try again when it is done; reading goes on meanwhile"
    case .exists: "name another file after `-o`"
    }
  }
}
