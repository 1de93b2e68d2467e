import Glibc
import Khabar

/// Models that `.open` could mean: those built in, and files.
enum ModelCompletion {
  static func candidates(_ word: String) -> (replacing: Int, [Completion]) {
    let begun = word.filter { $0 != "\"" }
    let builtIn = Model.builtInNames.map { ModelFiles.builtInPrefix + $0 }.filter { $0.hasPrefix(begun) }
    let found = builtIn.map { Completion(insertion: $0, display: $0, note: "built in") } + files(begun)
    return (word.unicodeScalars.count, found)
  }

  private static func files(_ begun: String) -> [Completion] {
    let directory = begun.lastIndex(of: "/").map { String(begun[...$0]) } ?? ""
    let start = begun.dropFirst(directory.count)
    let path = directory.isEmpty ? "." : HomeDirectory.expand(directory)
    let found = entries(of: path).filter { name, _ in
      name.hasPrefix(start) && (name.first != "." || start.first == ".")
    }
    // Files that are called like models, if there are any; else all.
    let models = found.filter { $0.isDirectory || $0.name.hasSuffix(".khabar") }
    return (models.isEmpty ? found : models).map { name, isDirectory in
      let full = directory + name + (isDirectory ? "/" : "")
      let written = full.contains(where: \.isWhitespace) ? "\"\(full)\(isDirectory ? "" : "\"")" : full
      return Completion(insertion: written, display: name + (isDirectory ? "/" : ""))
    }
  }

  /// In the order of their names.
  private static func entries(of path: String) -> [(name: String, isDirectory: Bool)] {
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    var entries: [(name: String, isDirectory: Bool)] = []
    while let entry = readdir(handle), entries.count < 10_000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      let isDirectory = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      entries.append((name, isDirectory))
    }
    return entries.sorted { $0.name < $1.name }
  }
}
