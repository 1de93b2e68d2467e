import Glibc

/// The calls of the system by which a database is written, so that tests can let them fail. They answer as the system
/// does, with what is less than nought for an error that `errno` names.
package protocol FileLayer: Sendable {
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
  /// Sets room on the disk aside.
  func reserve(_ descriptor: Int32, _ count: Int) -> Int32
  func sync(_ descriptor: Int32) -> Int32
  func rename(_ old: String, _ new: String) -> Int32
}

package struct SystemFiles: FileLayer {
  package init() {}

  package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  }

  package func reserve(_ descriptor: Int32, _ count: Int) -> Int32 {
    // It answers with what is wrong itself.
    errno = posix_fallocate(descriptor, 0, count)
    return errno == 0 ? 0 : -1
  }

  package func sync(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

  package func rename(_ old: String, _ new: String) -> Int32 { Glibc.rename(old, new) }
}

extension DatabaseError {
  static func system(_ action: String, _ path: String) -> DatabaseError {
    let words = String(cString: strerror(errno))
    return DatabaseError(path, .system(action, words.prefix(1).lowercased() + words.dropFirst()))
  }
}

/// A file that is being written, from its beginning to its end.
final class FileWriter {
  private let path: String
  private let layer: FileLayer
  private let descriptor: Int32
  private(set) var position = 0

  init(_ path: String, _ layer: FileLayer) throws(DatabaseError) {
    self.path = path
    self.layer = layer
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system("write", path) }
  }

  deinit { close(descriptor) }

  /// Sets room aside, which is found to be too little at once, and is filled faster. Where the file system cannot, the file
  /// grows as it is written.
  func reserve(_ count: Int) throws(DatabaseError) {
    guard count > 0, layer.reserve(descriptor, count) != 0 else { return }
    if errno != EOPNOTSUPP, errno != EINVAL, errno != EINTR { throw .system("write", path) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Linux writes at most 2 GiB at a time.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 28))
      let count = layer.write(descriptor, part)
      if count < 0 {
        if errno == EINTR { continue }
        throw .system("write", path)
      }
      rest = rest.dropFirst(count)
      position += count
    }
  }

  func write(_ bytes: [UInt8]) throws(DatabaseError) {
    let outcome = bytes.withUnsafeBytes { bytes in Result { () throws(DatabaseError) in try write(bytes) } }
    try outcome.get()
  }

  func align() throws(DatabaseError) {
    let rest = position % DatabaseFormat.alignment
    if rest > 0 { try write([UInt8](repeating: 0, count: DatabaseFormat.alignment - rest)) }
  }

  func sync() throws(DatabaseError) {
    guard layer.sync(descriptor) == 0 else { throw .system("write", path) }
  }
}

/// A file in memory, as long as anybody looks at it.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  init(_ path: String) throws(DatabaseError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("read", path) }
    let count = Int(status.st_size)
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let base = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), base != MAP_FAILED else {
      throw .system("read", path)
    }
    bytes = UnsafeRawBufferPointer(start: base, count: count)
  }

  deinit {
    if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }
}
