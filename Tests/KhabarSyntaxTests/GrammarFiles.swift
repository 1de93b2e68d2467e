import Glibc

/// The files in Grammar/, which tests read so that they stay true.
enum GrammarFiles {
  static func read(_ name: String, from here: String = #filePath) -> String {
    let root = here.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let file = fopen("/\(root)/Grammar/\(name)", "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
