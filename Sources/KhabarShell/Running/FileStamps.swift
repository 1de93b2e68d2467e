import Glibc

/// When files were last written, and how long they are.
struct FileStamps: Equatable {
  private struct Stamp: Equatable {
    var inode: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private let stamps: [Stamp?]

  /// The position of the first file that is another than it was.
  func firstDifference(from other: FileStamps) -> Int? {
    zip(stamps, other.stamps).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  }

  init(_ paths: [String]) {
    stamps = paths.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Stamp(
        inode: status.st_ino, size: status.st_size, seconds: status.st_mtim.tv_sec,
        nanoseconds: status.st_mtim.tv_nsec)
    }
  }
}
