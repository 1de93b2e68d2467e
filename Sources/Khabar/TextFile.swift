import Glibc

/// Files that are written whole or not at all.
package enum TextFile {
  /// Makes a file of a text, in the place of one that is there.
  package static func put(_ path: String, _ text: String) throws {
    if access(path, F_OK) == 0 { try replace(path, with: text) } else { try create(path, with: text) }
  }

  /// Puts a text in the place of a file's: a new file beside it takes its permissions and then its name, so that
  /// nobody ever reads half of it. A symbolic link goes on leading where it leads.
  package static func replace(_ path: String, with text: String) throws {
    guard let resolved = realpath(path, nil) else { throw unwritable(path) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard access(target, W_OK) == 0, stat(target, &status) == 0 else { throw unwritable(path) }
    var template = Array((target + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw unwritable(path) }
    let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    // The owner may be kept only by those who may give files away.
    _ = fchown(descriptor, status.st_uid, status.st_gid)
    let isWritten = fchmod(descriptor, status.st_mode & 0o7777) == 0 && write(text, to: descriptor)
    let reason = errno
    guard close(descriptor) == 0, isWritten, rename(temporary, target) == 0 else {
      let reason = isWritten ? errno : reason
      unlink(temporary)
      throw unwritable(path, reason)
    }
  }

  /// Makes a file of a text; E0638 where there is a file of that name already.
  package static func create(_ path: String, with text: String) throws {
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw unwritable(path) }
    let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(temporary) }
    let mask = umask(0)
    umask(mask)
    let isWritten = fchmod(descriptor, 0o666 & ~mask) == 0 && write(text, to: descriptor)
    let reason = errno
    guard close(descriptor) == 0, isWritten else { throw unwritable(path, reason) }
    guard link(temporary, path) == 0 else {
      guard errno == EEXIST else { throw unwritable(path) }
      throw KhabarError(
        "`.save \(path) replace` writes over it", id: "E0638", "there is a file `\(path)` already")
    }
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return false }
    }
    return fsync(descriptor) == 0
  }

  private static func unwritable(_ path: String, _ reason: Int32 = errno) -> KhabarError {
    KhabarError(nil, id: "E0619", "cannot write `\(path)`: \(ModelFiles.words(for: reason))")
  }
}
