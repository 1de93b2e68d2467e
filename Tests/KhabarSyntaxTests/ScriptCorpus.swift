import FoundationEssentials

/// All the scripts of the project: models, examples, and the queries of the specifications and the manual.
enum ScriptCorpus {
  static let texts: [String] = files.flatMap { pieces(of: $0) }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let files: [URL] = ["Sources/Khabar/Models", "Scripts/examples", "Tests/Spec", "Grammar"]
    .flatMap { files(below: root.appending(path: $0)) }

  private static func files(below folder: URL) -> [URL] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    let endings = [".khabar", ".spec", "Manual.md"]
    return paths.sorted().filter { path in endings.contains { path.hasSuffix($0) } }
      .map { folder.appending(path: $0) }
  }

  private static func pieces(of file: URL) -> [String] {
    let text = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if file.pathExtension == "khabar" { return [text] }
    var pieces: [String] = []
    var piece: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let heading = startsPiece(line)
      if heading != nil {
        if let piece { pieces.append(piece.joined(separator: "\n")) }
        piece = heading == true ? [] : nil
      } else {
        piece?.append(line)
      }
    }
    return pieces + (piece.map { [$0.joined(separator: "\n")] } ?? [])
  }

  /// Whether what comes after a heading is a script; nil for what is no heading.
  private static func startsPiece(_ line: Substring) -> Bool? {
    if line.hasPrefix("===") { return true }
    if line.hasPrefix("--- ") { return line == "--- also" || line == "--- model" }
    return line.hasPrefix("```") ? line.hasPrefix("```khabar") : nil
  }
}
