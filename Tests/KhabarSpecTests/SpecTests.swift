import FoundationEssentials
import KhabarSyntax
import KhabarText
import Testing

private let isBlessing = ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil

struct SpecTests {
  private static let cases = (try? SpecFile.all.get())?.flatMap(\.cases) ?? []

  @Test func everyFileCanBeRead() throws {
    #expect(try !SpecFile.all.get().isEmpty)
  }

  @Test(.disabled(if: isBlessing), arguments: cases)
  func specification(_ spec: SpecCase) throws {
    for failure in try spec.failures() { Issue.record("\(failure)") }
  }

  /// What Scripts/bless runs.
  @Test(.enabled(if: isBlessing)) func bless() throws {
    for var file in try SpecFile.all.get() {
      for index in file.cases.indices { try file.cases[index].bless() }
      let url = SpecFile.folder.appending(path: file.name)
      guard try SpecFile.read(url) != file.text else { continue }
      try Data(file.text.utf8).write(to: url)
      print("rewritten: Tests/Spec/\(file.name)")
    }
  }
}

extension SpecCase {
  /// A script goes by its file, from whose folder it imports.
  private var inputs: [SourceText] {
    get throws {
      let scripts = try sections.filter { $0.name == "script" }.map {
        let url = SpecFile.root.appending(path: "Scripts/examples/\($0.text)")
        return SourceText(name: url.path, text: try SpecFile.read(url))
      }
      let others = sections.filter { $0.name == "also" }.map(\.text)
      let texts = (input.isEmpty ? [] : [input]).map(Self.source) + scripts + others.map(Self.source)
      return texts.isEmpty ? [Self.source("")] : texts
    }
  }

  private static func source(_ text: String) -> SourceText { SourceText(name: "spec", text: text) }

  private var expected: [SpecSection] { sections.filter { !SpecRun.inputs.contains($0.name) } }

  /// What differs between the sections and what is answered.
  func failures() throws -> [String] {
    guard !expected.isEmpty else { return ["\(file):\(line): this case expects nothing"] }
    return try inputs.enumerated().flatMap { number, input in
      failures(SpecRun(self, input: input), isAlternative: number > 0, input.text)
    }
  }

  private func failures(_ run: SpecRun, isAlternative: Bool, _ input: String) -> [String] {
    var failures = expected.compactMap { section -> String? in
      if isAlternative, SpecRun.stages.contains(section.name) { return nil }
      let actual = SpecFile.trimmedEnd(run.text(of: section.name))
      guard actual != section.text else { return nil }
      let difference = LineDifference.lines(from: section.text, to: actual)
      return "\(file):\(section.line): \(section.name) of `\(title)`\n\(input)\n\(difference)"
    }
    let isAnswered = expected.contains { !SpecRun.stages.contains($0.name) }
    if isAnswered, text(of: "error") == nil, !run.error.isEmpty {
      failures.append("\(file):\(line): `\(title)`\n\(run.error)")
    }
    return failures
  }

  /// Replaces the expectations by what is answered.
  mutating func bless() throws {
    let run = SpecRun(self, input: try inputs[0])
    for index in sections.indices where !SpecRun.inputs.contains(sections[index].name) {
      let actual = SpecFile.trimmedEnd(run.text(of: sections[index].name))
      guard actual != sections[index].text else { continue }
      let difference = LineDifference.lines(from: sections[index].text, to: actual)
      print(
        "\(file):\(sections[index].line): \(sections[index].name) of `\(title)`\n\(input)\n\(difference)\n")
      sections[index].text = actual
    }
  }
}
