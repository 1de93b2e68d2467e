import EDTF
import Foundation
import Testing

/// The example of README's section "Only dates" is the code below, and prints what its comments say.
@Suite struct OnlyDatesTests {
  @Test func example() throws {
    var printed: [String] = []
    func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

    // example
    let talks = try EDTFTime(parsing: "2023-05-01/2023-05-04")
    let summit = try EDTFTime(parsing: "2023-05~")

    print(summit.level, summit.precision, summit.isApproximate)
    print(EDTFTime.day(summit.bounds.endMax))
    print(talks.bounds.isBefore(summit.bounds))
    print(talks.bounds.isDuring(summit.window))

    if let dates = try EDTFTime(parsing: "2023-1X").values {
      print(dates.map(\.description).joined(separator: ", "))
    }
    do {
      _ = try EDTFTime(parsing: "2023-02-30")
    } catch {
      print("\(error.offset): \(error)")
    }
    // end

    let example = try Self.exampleOfReadme()
    #expect(example.map(\.code) == (try Self.exampleAbove()))
    let comments = example.filter { $0.code.contains("print(") }.map(\.comment)
    #expect(printed == comments)
  }

  private static let file = URL(filePath: #filePath)

  private static func lines(of url: URL) throws -> [Substring] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
  }

  /// The lines of the example: what is code, and what the comment says up to its parenthesis.
  private static func exampleOfReadme() throws -> [(code: String, comment: String)] {
    let readme = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "README.md")
    return try lines(of: readme).drop { $0 != "## Only dates" }.drop { $0 != "import EDTF" }.dropFirst()
      .prefix { $0 != "```" }.map { line in
        let parts = line.split(separator: "//", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        let comment = parts.count > 1 ? parts[1].split(separator: " (")[0] : ""
        return (parts[0], String(comment))
      }
  }

  private static func exampleAbove() throws -> [String] {
    try lines(of: file).map { $0.trimmingCharacters(in: .whitespaces) }.drop { $0 != "// example" }
      .dropFirst()
      .prefix { $0 != "// end" }.map { $0 }
  }
}
