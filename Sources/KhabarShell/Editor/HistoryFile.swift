import Glibc

/// The file of the history as lines of bytes. Nothing in it is ever overwritten: entries are appended, and a file
/// that has grown too long is replaced as a whole by its newest part.
struct HistoryFile {
  let path: String

  struct Failure: Error, Equatable {
    var path: String
    var reason: String
  }

  /// Of a larger file only the end is read.
  static let mostBytes = 16 << 20

  private static let newline = UInt8(ascii: "\n")

  /// The lines of the file, none if there is no file.
  func readLines() -> Result<[ArraySlice<UInt8>], Failure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .success([]) : .failure(failure())
    }
    defer { close(descriptor) }
    guard let bytes = readEnd(of: descriptor) else { return .failure(failure()) }
    return .success(lines(of: bytes))
  }

  /// Appends one line with one write. What another shell left unfinished becomes a line of its own.
  func append(_ line: [UInt8]) -> Failure? {
    makeDirectories()
    guard let descriptor = openLocked(O_RDWR | O_APPEND | O_CREAT) else { return failure() }
    defer { close(descriptor) }
    guard let size = regularSize(of: descriptor) else { return nil }
    var bytes = line
    bytes.append(HistoryFile.newline)
    if size > 0, lastByte(of: descriptor, size: size) != HistoryFile.newline {
      bytes.insert(HistoryFile.newline, at: 0)
    }
    return writeAll(bytes, to: descriptor) ? nil : failure()
  }

  /// Replaces the file by its last `count` lines, readable or not.
  func trim(toLines count: Int) -> Failure? {
    guard let descriptor = openLocked(O_RDWR) else { return failure() }
    defer { close(descriptor) }  // and with it the lock that keeps other shells from appending meanwhile
    guard regularSize(of: descriptor) != nil, let bytes = readEnd(of: descriptor) else { return nil }
    let kept = lines(of: bytes).suffix(count)
    var content: [UInt8] = []
    for line in kept { content += line + [HistoryFile.newline] }
    return replace(with: content)
  }

  // MARK: Reading

  private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: HistoryFile.newline, omittingEmptySubsequences: true)
  }

  /// All of the file, or its last `mostBytes` without the line they begin in; of what is no file (a link to
  /// /dev/null keeps no history on purpose) nothing.
  private func readEnd(of descriptor: Int32) -> [UInt8]? {
    guard let size = regularSize(of: descriptor) else { return [] }
    let wanted = min(size, HistoryFile.mostBytes)
    var hasFailed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      while count < wanted, let base = buffer.baseAddress {
        let got = pread(descriptor, base + count, wanted - count, off_t(size - wanted + count))
        if got < 0, errno == EINTR { continue }
        hasFailed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    if hasFailed { return nil }
    guard wanted < size, let first = bytes.firstIndex(of: HistoryFile.newline) else { return bytes }
    return Array(bytes[(first + 1)...])
  }

  private func regularSize(of descriptor: Int32) -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  private func lastByte(of descriptor: Int32, size: Int) -> UInt8? {
    var byte: UInt8 = 0
    return pread(descriptor, &byte, 1, off_t(size - 1)) == 1 ? byte : nil
  }

  // MARK: Writing

  /// Opens the file and locks it. If another shell has replaced it in between, what was opened is no longer the
  /// file; then once more. A lock that can't be had (some network file systems) is done without.
  private func openLocked(_ flags: Int32) -> Int32? {
    for _ in 0..<4 {
      let descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else { return nil }
      lock(descriptor)
      if isCurrent(descriptor) { return descriptor }
      close(descriptor)
    }
    errno = EBUSY
    return nil
  }

  /// Another shell holds the lock for a millisecond; one that was stopped meanwhile must not stop this one.
  private func lock(_ descriptor: Int32) {
    for _ in 0..<20 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
      usleep(5000)
    }
  }

  private func isCurrent(_ descriptor: Int32) -> Bool {
    var opened = stat()
    var named = stat()
    guard fstat(descriptor, &opened) == 0, stat(path, &named) == 0 else { return false }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  private func replace(with content: [UInt8]) -> Failure? {
    // A link to the file, as people who keep such files elsewhere have it, stays a link.
    let target = realpath(path, nil).map { name in
      defer { free(name) }
      return String(cString: name)
    }
    let temporary = (target ?? path) + ".\(getpid())"
    unlink(temporary)  // a shell of the same number that was killed may have left one
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return failure() }
    defer { close(descriptor) }
    if writeAll(content, to: descriptor), fsync(descriptor) == 0, rename(temporary, target ?? path) == 0 {
      return nil
    }
    let reason = failure()
    unlink(temporary)
    return reason
  }

  private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      written += count
    }
    return true
  }

  /// Makes the directories that are missing, for their owner alone; what fails shows when the file is opened.
  private func makeDirectories() {
    var status = stat()
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    var directory = path.hasPrefix("/") ? "" : "."
    for part in parts {
      directory += "/" + part
      if stat(directory, &status) != 0 { mkdir(directory, 0o700) }
    }
  }

  private func failure() -> Failure {
    Failure(path: path, reason: String(cString: strerror(errno)))
  }
}
