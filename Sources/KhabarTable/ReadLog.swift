import Synchronization

/// The files that were read, or would have been if they were there: a script that watches them notes its paths here.
package final class ReadLog: Sendable {
  private let noted = Mutex<Set<String>>([])

  package init() {}

  package func note(_ path: String) { noted.withLock { _ = $0.insert(path) } }

  package var paths: [String] { noted.withLock { $0.sorted() } }
}
