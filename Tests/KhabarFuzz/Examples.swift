import Glibc

/// Texts to start from: the queries of the files named, and the words and signs in them.
struct Examples {
  private(set) var texts: [[UInt8]] = []
  private(set) var words: [[UInt8]] = []

  init(_ paths: [String]) {
    for path in paths { add(path) }
    if texts.isEmpty { texts = [Array("planned meetings with Lavrov in Moscow | count".utf8)] }
    let separators: Set<UInt8> = [0x20, 0x0A, 0x09]
    let all = texts.flatMap { $0.split { separators.contains($0) }.map(Array.init) }
    words = Array(Set(all)).sorted { $0.lexicographicallyPrecedes($1) }
  }

  private mutating func add(_ path: String) {
    if let folder = opendir(path) {
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
      }
      for name in names.sorted() { add("\(path)/\(name)") }
    } else {
      add(contentsOf: Self.read(path), of: path)
    }
  }

  /// Paragraphs of scripts, the statements of specifications' cases, and the examples of the manual.
  private mutating func add(contentsOf bytes: [UInt8], of path: String) {
    var isText = !path.hasSuffix(".md")
    var piece: [UInt8] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let heading = Self.startsText(String(decoding: line, as: UTF8.self))
      if heading != nil || line.isEmpty {
        if !piece.isEmpty { texts.append(piece) }
        piece = []
        isText = heading ?? isText
      } else if isText {
        piece += (piece.isEmpty ? [] : [0x0A]) + line
      }
    }
    if !piece.isEmpty { texts.append(piece) }
  }

  /// Whether what comes after a heading is to be taken; nil for what is no heading.
  private static func startsText(_ line: String) -> Bool? {
    if line.hasPrefix("===") { return true }
    if line.hasPrefix("---") { return line == "--- also" || line == "--- model" }
    return line.hasPrefix("```") ? line.hasPrefix("```khabar") : nil
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
