import Glibc
import KhabarDatabase
import KhabarSyntax
import KhabarText

/// Models and scripts as the command line and `.open` name them: a file's path, or `builtin:NAME`.
package enum ModelFiles {
  package static let builtInPrefix = "builtin:"

  /// What is loaded where nothing is named.
  package static let standard = ["builtin:moscow_2023_05_19"]

  /// One model of all that is named; their records may refer to one another's.
  package static func load(_ names: [String]) throws -> Model {
    let names = names.isEmpty ? standard : names
    let databases = names.filter(Database.isNamed)
    if let path = databases.first {
      guard databases.count == 1 else {
        throw KhabarError(
          "put them into one: `khabar export \(databases[1]) | khabar import - -o \(path)`", id: "E0676",
          "`\(databases[1])`: expected one database, found \(databases.count)")
      }
      let model = try Model(database: path)
      let others = names.filter { !Database.isNamed($0) }
      return others.isEmpty ? model : try model.adding(try others.map(source(ofModel:)))
    }
    let sources = try names.map(source(ofModel:))
    return try Model(sources: sources, name: names.joined(separator: ", "))
  }

  /// Whether a path is called like a database, or leads to one.
  package static func isDatabase(_ path: String) -> Bool { Database.isNamed(path) }

  /// The text of a model.
  package static func source(ofModel name: String) throws -> SourceText {
    guard name.hasPrefix(builtInPrefix) else { return try source(ofFile: name) }
    let text = try Model.builtInText(String(name.dropFirst(builtInPrefix.count)))
    return SourceText(name: name, text: text)
  }

  /// The text of a file; `-` is standard input.
  package static func source(ofFile path: String) throws -> SourceText {
    let name = path == "-" ? "<stdin>" : path
    return try source(of: try bytes(ofFile: path), name: name)
  }

  /// The text of a file that a script imports: of a file that has an end, at the place that its path leads to.
  static func source(ofImport path: String, at place: String) throws -> SourceText {
    // Without waiting: nobody may ever write to a pipe.
    let descriptor = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    let kind = status.st_mode & S_IFMT
    if kind != S_IFREG, kind != S_IFDIR {
      throw KhabarError(nil, id: "E0607", "`\(path)` is no file of text")
    }
    return try source(of: try bytes(of: descriptor, path), name: path)
  }

  static func source(of bytes: [UInt8], name: String) throws -> SourceText {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8(bytes, name) }
    return SourceText(name: name, text: text)
  }

  // MARK: - Reading

  /// The bytes of a file; `-` is standard input.
  package static func bytes(ofFile path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    return try bytes(of: descriptor, path)
  }

  private static func bytes(of descriptor: Int32, _ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let capacity = 1 << 16
    while true {
      var count = 0
      bytes += [UInt8](unsafeUninitializedCapacity: capacity) { chunk, initialized in
        count = Glibc.read(descriptor, chunk.baseAddress, capacity)
        initialized = max(0, count)
      }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw unreadable(path, errno) }
    }
  }

  private static func unreadable(_ path: String, _ reason: Int32) -> KhabarError {
    if reason == EISDIR {
      return KhabarError(
        "name the files in it, as in `khabar \(path.hasSuffix("/") ? path : path + "/")FILE`", id: "E0607",
        "`\(path)` is a directory; expected a file")
    }
    return KhabarError(
      suggestion(path), id: "E0606", "cannot read `\(path)`: \(words(for: reason))")
  }

  /// The system's words for why something failed.
  package static func words(for reason: Int32) -> String {
    let message = String(cString: strerror(reason))
    return message.prefix(1).lowercased() + message.dropFirst()
  }

  /// What was perhaps meant by a path that leads nowhere.
  private static func suggestion(_ path: String) -> String? {
    if Model.builtInNames.contains(path) {
      return "the model that is built in is called `\(builtInPrefix)\(path)`"
    }
    let near =
      path.count > 2 ? EditDistance.nearest(to: path, among: ["run", "check", "export", "fmt", "help"]) : nil
    return near.map { "did you mean `khabar \($0)`?" }
  }

  private static func notUTF8(_ bytes: [UInt8], _ name: String) -> KhabarError {
    // The first line that is no UTF-8; if only the whole is none, the last.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? lines.count - 1
    return KhabarError(
      "save the file as UTF-8", id: "E0608",
      "`\(name)` is not UTF-8 text: found other bytes in line \(line + 1)")
  }
}
