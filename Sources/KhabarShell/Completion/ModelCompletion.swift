import Glibc
import Khabar

/// Models that `.open` could mean: those built in, and files.
package enum ModelCompletion {
  static func candidates(_ word: String) -> (replacing: Int, [Completion]) {
    let begun = word.filter { $0 != "\"" }
    let builtIn = Model.builtInNames.map { ModelFiles.builtInPrefix + $0 }.filter { $0.hasPrefix(begun) }
    let (replacing, found) = files(word, endings: [".khabar"])
    return (replacing, builtIn.map { Completion(insertion: $0, display: $0, note: "built in") } + found)
  }

  /// Files with one of the endings, or, without any, all; for the argument of a command.
  static func files(_ word: String, endings: [String] = []) -> (replacing: Int, [Completion]) {
    let begun = word.filter { $0 != "\"" }
    let isWanted = { (name: String) in endings.isEmpty || endings.contains { name.hasSuffix($0) } }
    let found = files(begun, where: isWanted).filter { !$0.path.contains("\"") }.map { file in
      let mark = word.first == "\"" || file.path.contains(where: \.isWhitespace) ? "\"" : ""
      return Completion(insertion: mark + file.path + (file.isFolder ? "" : mark), display: file.name)
    }
    return (word.unicodeScalars.count, found)
  }

  /// A file or a folder, whose path and name end in `/`.
  typealias File = (path: String, name: String, isFolder: Bool)

  /// What could go on a path that has been begun: folders, and the files that are wanted; all files where there are
  /// neither.
  static func files(_ begun: String, where isWanted: (String) -> Bool) -> [File] {
    if begun == "~" { return [("~/", "~/", true)] }
    let directory = begun.lastIndex(of: "/").map { String(begun[...$0]) } ?? ""
    let start = begun.dropFirst(directory.count)
    let path = directory.isEmpty ? "." : HomeDirectory.expand(directory)
    let found = entries(of: path).filter { name, _ in
      name.hasPrefix(start) && (name.first != "." || start.first == ".")
    }
    let wanted = found.filter { $0.isDirectory || isWanted($0.name) }
    return (wanted.isEmpty ? found : wanted).map { name, isDirectory in
      let name = name + (isDirectory ? "/" : "")
      return (directory + name, name, isDirectory)
    }
  }

  /// Files of definitions and folders, for the completions of other shells.
  package static func paths(_ begun: String) -> [String] {
    files(begun) { $0.hasSuffix(".khabar") }.map(\.path)
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
