import Glibc
import Khabar

/// Finds the scripts that are to be run as tests.
enum TestFiles {
  /// The scripts named, and those below the directories named: files called `*.khabar`, in alphabetical order; hidden
  /// ones are left out, and links to directories not followed. Each once.
  ///
  /// - Throws: `KhabarError` (E0606) for a path that leads nowhere.
  static func find(_ paths: [String]) throws -> [String] {
    var seen: Set<String> = []
    var files: [String] = []
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else {
        let reason = String(cString: strerror(errno)).lowercased()
        throw KhabarError(
          "name scripts, or directories with scripts in them", id: "E0606", "cannot read `\(path)`: \(reason)"
        )
      }
      files += status.st_mode & S_IFMT == S_IFDIR ? scripts(below: path) : [path]
    }
    return files.filter { seen.insert(realPath($0)).inserted }
  }

  static func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func scripts(below directory: String) -> [String] {
    var found: [String] = []
    var open = [directory]
    while let directory = open.popLast() {
      for name in names(in: directory) {
        let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          open.append(path)
        } else if name.hasSuffix(".khabar") {
          found.append(path)
        }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
