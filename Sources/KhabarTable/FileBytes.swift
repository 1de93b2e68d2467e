import Glibc

/// Reads files.
package enum FileBytes {
  /// The bytes of a regular file of at most `limit` bytes.
  package static func read(_ path: String, limit: Int) throws(TableError) -> [UInt8] {
    // Without waiting: a pipe that nobody writes to would be waited for without end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw TableError(.notAFile) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, min(limit, Int(status.st_size))) + 1)
    while true {
      var count = 0
      bytes += [UInt8](unsafeUninitializedCapacity: 1 << 16) { chunk, initialized in
        count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        initialized = max(0, count)
      }
      if bytes.count > limit { throw TableError(.tooLarge("\(limit >> 20) MiB")) }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw unreadable(errno) }
    }
  }

  package static func unreadable(_ reason: Int32) -> TableError {
    let message = String(cString: strerror(reason))
    return TableError(.unreadable(message.prefix(1).lowercased() + message.dropFirst()))
  }
}
