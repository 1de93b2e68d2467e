import Foundation
import KhabarSyntax
import Testing

/// The queries of all specification files, for tests of what happens while one is being typed.
enum SpecQueries {
  /// Beginnings that are right as far as they go, each up to a word's start or its first letter; one of many, in a fixed
  /// order.
  static func beginnings() throws -> [String] {
    var beginnings: [String] = []
    for (number, query) in try queries().enumerated() {
      let scalars = Array(query.unicodeScalars)
      let starts = scalars.indices.filter { $0 > 0 && scalars[$0 - 1] == " " }
      guard !starts.isEmpty else { continue }
      let start = starts[number * 7 % starts.count]
      let length = number % 3 == 0 ? 1 : 0
      beginnings.append(String(String.UnicodeScalarView(scalars[..<(start + length)])))
    }
    return beginnings
  }

  /// Queries of one line without a mistake.
  private static func queries() throws -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Spec")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let specs = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "spec" }.map(\.path).sorted()
    let lines = try specs.flatMap { try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n") }
    let queries = lines.map(String.init).filter { line in
      line.contains(" ") && !line.hasPrefix("-") && !line.hasPrefix("#") && !line.contains("table \"")
        && !Parser.parse(SourceText(name: "", text: line)).diagnostics.contains { $0.severity == .error }
        && Parser.parse(SourceText(name: "", text: line)).script.statements.count == 1
    }
    #expect(queries.count > 500)
    return queries.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
  }
}
