import Glibc

/// Where files may be read or written: below some directories, or anywhere.
///
/// What counts is where a path leads, with every `..` and symbolic link followed; and what is found so is what is
/// opened, so that a device, a pipe or a link to one is no way around.
package struct FileScope: Sendable, Equatable {
  /// Nil: anywhere.
  private let directories: [String]?

  package init(below directories: [String]) { self.directories = directories }

  private init() { directories = nil }

  package static let anywhere = FileScope()

  package enum Refusal: Error, Equatable {
    /// The file is not below any of the directories, but in this one.
    case outside(directory: String)
    /// Nothing can be found there; the system's number says why.
    case unreachable(Int32)
  }

  /// The path by which a file is to be opened for reading.
  package func readable(_ path: String) throws(Refusal) -> String {
    if directories == nil { return path }
    if let real = Self.real(path) {
      if contains(real) { return real }
      throw .outside(directory: Self.parent(of: real))
    }
    let reason = errno
    // Whether there is something is told of what may be read only.
    if let nearest = Self.nearest(to: path), !contains(nearest) { throw .outside(directory: nearest) }
    throw .unreachable(reason)
  }

  /// The path by which a file is to be opened for writing, be it there or not.
  package func writable(_ path: String) throws(Refusal) -> String {
    if directories == nil { return path }
    if let real = Self.real(path) {
      if contains(real) { return real }
      throw .outside(directory: Self.parent(of: real))
    }
    let reason = errno
    guard let folder = Self.real(Self.parent(of: path)) else {
      if let nearest = Self.nearest(to: path), !contains(nearest) { throw .outside(directory: nearest) }
      throw .unreachable(reason)
    }
    guard contains(folder) else { throw .outside(directory: folder) }
    // A link that leads nowhere yet would lead the file somewhere.
    var status = stat()
    let name = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? [][...]
    guard reason == ENOENT, !name.isEmpty, lstat(path, &status) != 0 else { throw .unreachable(reason) }
    return (folder == "/" ? "" : folder) + "/" + String(decoding: name, as: UTF8.self)
  }

  private func contains(_ real: String) -> Bool {
    guard let directories else { return true }
    return directories.contains { directory in
      guard let directory = Self.real(directory.isEmpty ? "." : directory) else { return false }
      return real == directory || real.utf8.starts(with: (directory == "/" ? "/" : directory + "/").utf8)
    }
  }

  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The directory that a path's last part is in; paths that begin in the working directory may have none that is
  /// written.
  private static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last directory on the way to a file that can be found.
  private static func nearest(to path: String) -> String? {
    var path = path
    while path != ".", path != "/" {
      path = parent(of: path)
      if let real = real(path) { return real }
    }
    return nil
  }
}
