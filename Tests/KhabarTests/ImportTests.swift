import FoundationEssentials
import Khabar
import Testing

/// `import` and the parameters of scripts, on files in a folder of their own.
@Suite struct ImportTests {
  /// Runs the first of some files, as the command does, in a folder that is there for the test only.
  private func run(
    _ files: KeyValuePairs<String, String>, parameters: [String: String] = [:], model: Model = .empty
  ) throws -> [QueryResult] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "khabar-\(UUID().uuidString)/inner")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.deletingLastPathComponent().appending(path: name))
    }
    let first = folder.deletingLastPathComponent().appending(path: files[0].key).path
    var session = Session(model)
    session.parameterValues = parameters
    return try session.run(files[0].value, name: first)
  }

  private func problems(_ body: () throws -> [QueryResult]) throws -> [KhabarError.Problem] {
    do {
      _ = try body()
    } catch let error as KhabarError {
      return error.problems
    }
    return []
  }

  @Test func whatAFileDefinesIsThereAfterIt() throws {
    let results = try run([
      "main.khabar":
        "import \"lib.khabar\"\nimport \"model.khabar\"\nevents_of(ada) | count\nmine | take most | count",
      "lib.khabar": "def events_of(a) = events with a\nparam most = 1",
      "model.khabar": """
      define person ada ( name en "Ada" )
      define event one ( type CONSULT, time 2031-01-01, actor ada )
      define event two ( type CONSULT, time 2031-01-02, actor ada )
      let mine = events
      """,
    ])
    #expect(results.map { $0.rows[0][0] } == [2, 1])
  }

  @Test func pathsBeginAtTheFileThatImports() throws {
    let results = try run([
      "main.khabar": "import \"inner/a.khabar\"\nevents | take n | count",
      "inner/a.khabar": "import \"b.khabar\"",
      "inner/b.khabar": "param n = 3",
    ])
    #expect(results[0].rows[0][0] == 0)
  }

  @Test func aFileIsReadOnce() throws {
    let results = try run([
      "main.khabar": "import \"a.khabar\"\nimport \"./a.khabar\"\nimport \"b.khabar\"",
      "a.khabar": "events | count",
      "b.khabar": "import \"inner/../a.khabar\"",
    ])
    #expect(results.count == 1)
  }

  @Test func aBuiltInModelIsAdded() throws {
    let results = try run(["main.khabar": "import \"builtin:salt_road\"\narticles | count"])
    #expect(results[0].rows[0][0] == 10)
  }

  @Test func whatTheModelWasLoadedFromIsNotAddedAgain() throws {
    let results = try run(
      ["main.khabar": "import \"builtin:salt_road\"\narticles | count"], model: Model(builtIn: "salt_road"))
    #expect(results[0].rows[0][0] == 10)
  }

  @Test func aBuiltInModelBringsItsTexts() throws {
    let results = try run([
      "main.khabar": "import \"builtin:salt_road\"\nevents | evidence | where quote != none | count"
    ])
    #expect(results[0].rows[0][0] == 74)
  }

  @Test func circlesAreRefused() throws {
    let found = try problems {
      try run(["a.khabar": "import \"b.khabar\"", "b.khabar": "events\nimport \"inner/../a.khabar\""])
    }
    #expect(found.map(\.id) == ["E0616"])
    #expect(found[0].source.hasSuffix("/b.khabar") && found[0].line == 2)
    #expect(try problems { try run(["a.khabar": "import \"a.khabar\""]) }.map(\.id) == ["E0616"])
  }

  @Test func whatIsWrongIsShownInItsFile() throws {
    let found = try problems {
      try run(["main.khabar": "import \"a.khabar\"", "a.khabar": "\nevents with Nobody"])
    }
    #expect(found.map(\.id) == ["E0301"])
    #expect(found[0].source.hasSuffix("/a.khabar") && found[0].line == 2)
    let missing = try problems { try run(["main.khabar": "events\nimport \"none.khabar\""]) }
    #expect(missing.map(\.id) == ["E0606"])
    #expect(missing[0].source.hasSuffix("/main.khabar") && missing[0].line == 2)
  }

  @Test func aTextWithAMistakeInItsGrammarIsNotRunInPart() throws {
    let found = try problems {
      try run(["main.khabar": "import \"a.khabar\"", "a.khabar": "param n = 1\nevents |"])
    }
    #expect(found.map(\.id) == ["E0211"])
  }

  // MARK: - Parameters

  private let script: KeyValuePairs = [
    "main.khabar": """
    param most = 2
    param who = Lavrov
    param reach = 10 days
    param when = 2023-05
    param note = "x"
    param isShort = false
    meetings with who during when within reach of 2023-05-19 | take most | select id
    """
  ]

  @Test(arguments: [
    ([:], 2), (["most": "1"], 1), (["most": "٣"], 3), (["who": "Ararat Mirzoyan"], 2), (["who": "لافروف"], 2),
    (["reach": "1 week"], 2), (["when": "2022"], 0), (["when": "2023-05-19"], 2), (["isShort": "true"], 2),
    (["note": "a \"b\" | c"], 2),
  ])
  func givenValuesReplaceDefaults(_ values: [String: String], _ count: Int) throws {
    let results = try run(script, parameters: values, model: .builtInArticle)
    #expect(results[0].count == count)
  }

  @Test(arguments: [
    ["most": "many"], ["most": "2023-05-19"], ["reach": "10"], ["when": "soon"], ["isShort": "yes"],
    ["most": "1 | count"],
  ])
  func aValueOfAnotherKindIsRefused(_ values: [String: String]) throws {
    let found = try problems { try run(script, parameters: values, model: .builtInArticle) }
    #expect(found.map(\.id) == ["E0618"])
  }
}
