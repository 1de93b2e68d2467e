import Synchronization

/// The files that were read, or would have been if they were there, each as it was just before: what changes while it is
/// read is a change, too.
package final class ReadLog: Sendable {
  private let noted = Mutex<[String: FileStamp?]>([:])

  package init() {}

  package func note(_ path: String) {
    noted.withLock { if $0[path] == nil { $0.updateValue(FileStamp(path), forKey: path) } }
  }

  package var files: [String: FileStamp?] { noted.withLock { $0 } }
}
