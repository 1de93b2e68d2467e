import FoundationEssentials

// The golden cases of the language, and how they are run.
//
// What enters: the files below Tests/Spec. A file has a head of settings, then cases:
//
//     model: builtin:moscow_2023_05_19          settings of the whole file, each of which may be left out
//     today: 2023-05-19
//
//     === a place has what lies within it       a case: its title,
//     events in "South Caucasus"                what is run (any number of statements),
//     --- also                                  another way to say it, which must answer the same,
//     الأحداث في "جنوب القوقاز"
//     --- ids                                   and what one of the stages has to say of it
//     lachin_checkpoint, …
//
// Sections that are run:     also, model (the case's own model, in place of the file's),
//                            script (the name of a file in Scripts/examples)
// Files that a case names, as in `table "countries.csv"`, are in Tests/Spec/tables.
// Sections that are expected: table line json jsonl csv tsv markdown dot (the answers in that form), ids (first
//                            column of each answer, on a line), tokens, tree, english, arabic (the
//                            formatter's), plan, error (everything that is wrong, and warnings)
//
// What leaves: a test for each case; one that fails says the file, the line, and the lines that differ.
// Expectations are written by hand. `Scripts/bless` replaces them by what is answered, and prints what it changed,
// for a person to judge.

/// One section of a case: what follows a line `--- name`.
struct SpecSection: Sendable {
  var name: String
  var text: String
  /// The line of its heading, counted from 1.
  var line: Int
}

/// A case: its statements, then its sections.
struct SpecCase: Sendable, CustomStringConvertible {
  var title: String
  var input: String
  var sections: [SpecSection]
  /// Below Tests/Spec.
  var file: String
  var line: Int
  var settings: SpecSettings

  var description: String { "\(file):\(line) \(title)" }

  func text(of section: String) -> String? { sections.first { $0.name == section }?.text }
}

/// What a file's head says.
struct SpecSettings: Sendable {
  var model = "builtin:moscow_2023_05_19"
  /// The `--- model` of the head, in place of `model`.
  var modelText: String?
  var language = "en"
  var today = "2023-05-19"
}

/// A file of cases, as it is written.
struct SpecFile: Sendable {
  /// Below Tests/Spec.
  var name: String
  var head: [String]
  var cases: [SpecCase]

  /// What is wrong with a file of cases itself.
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  init(name: String, text: String) throws {
    self.name = name
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let starts = lines.indices.filter { lines[$0].hasPrefix("===") }
    head = Array(lines[..<(starts.first ?? lines.count)])
    let settings = try Self.settings(head, name)
    cases = []
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : lines.count
      cases.append(try Self.readCase(lines, start..<end, name, settings))
    }
  }

  private static func readCase(
    _ lines: [String], _ range: Range<Int>, _ file: String, _ settings: SpecSettings
  ) throws -> SpecCase {
    let parts = sections(lines, range.dropFirst())
    let title = trim(String(lines[range.lowerBound].dropFirst(3)))
    let line = range.lowerBound + 1
    for part in parts.sections where !SpecRun.knows(part.name) {
      throw Malformed(description: "\(file):\(part.line): there is no section `\(part.name)`")
    }
    guard !title.isEmpty else { throw Malformed(description: "\(file):\(line): a case needs a title") }
    return SpecCase(
      title: title, input: parts.before, sections: parts.sections, file: file, line: line, settings: settings)
  }

  private static func sections(
    _ lines: [String], _ range: Range<Int>
  ) -> (before: String, sections: [SpecSection]) {
    let starts = range.filter { lines[$0].hasPrefix("---") }
    func text(_ range: Range<Int>) -> String { trimmedEnd(lines[range].joined(separator: "\n")) }
    let sections = starts.enumerated().map { number, start in
      let end = number + 1 < starts.count ? starts[number + 1] : range.upperBound
      return SpecSection(
        name: trim(String(lines[start].dropFirst(3))), text: text(start + 1..<end), line: start + 1)
    }
    return (text(range.lowerBound..<(starts.first ?? range.upperBound)), sections)
  }

  private static func settings(_ head: [String], _ file: String) throws -> SpecSettings {
    var settings = SpecSettings()
    let parts = sections(head, head.indices)
    settings.modelText = parts.sections.first { $0.name == "model" }?.text
    for line in parts.before.split(separator: "\n") where !line.hasPrefix("#") {
      let pair = line.split(separator: ":", maxSplits: 1).map { trim(String($0)) }
      switch pair.first {
      case "model": settings.model = pair.last ?? ""
      case "lang": settings.language = pair.last ?? ""
      case "today": settings.today = pair.last ?? ""
      default: throw Malformed(description: "\(file): the head has no setting `\(line)`")
      }
    }
    return settings
  }

  /// The file's text, for `Scripts/bless`.
  var text: String {
    let top = Self.trimmedEnd(head.joined(separator: "\n"))
    let bodies = cases.map { spec in
      let sections = spec.sections.map { section in
        section.text.isEmpty ? "--- \(section.name)" : "--- \(section.name)\n\(section.text)"
      }
      let input = spec.input.isEmpty ? [] : [spec.input]
      return (["=== \(spec.title)"] + input + sections).joined(separator: "\n")
    }
    return ((top.isEmpty ? [] : [top]) + bodies).joined(separator: "\n\n") + "\n"
  }

  static func trim(_ text: String) -> String {
    trimmedEnd(String(text.drop { $0 == " " }))
  }

  /// Without blanks at the ends of lines and without empty lines at the end.
  static func trimmedEnd(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.dropLast(line.reversed().prefix { $0 == " " }.count)
    }
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

extension SpecFile {
  /// The checkout's root.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let folder = root.appending(path: "Tests/Spec").resolvingSymlinksInPath()

  /// Every file of cases, by name.
  static let all: Result<[SpecFile], any Error> = Result {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".spec")
    }
    return try names.sorted().map { try SpecFile(name: $0, text: read(folder.appending(path: $0))) }
  }

  static func read(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
