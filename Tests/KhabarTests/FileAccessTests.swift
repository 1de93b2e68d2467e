import FoundationEssentials
import Glibc
import Khabar
import KhabarSyntax
import Testing

/// What the statements of a script may read and write, and ways round it that must not lead anywhere.
@Suite struct FileAccessTests {
  /// A folder `own`, with a script's files, beside a folder `other`.
  private final class Folders {
    let root: String

    init() throws {
      let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "khabar-\(UUID().uuidString)")
      for name in ["own/sub", "other"] {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      root = folder.path
      for name in ["own", "own/sub", "other"] { try write("name\n\(name)\n", to: name + "/table.csv") }
      try write("param found = 1", to: "other/lib.khabar")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: URL(filePath: root).appending(path: name))
    }

    /// Runs a text as the script `own/main.khabar`, and gives the ids of what is wrong.
    func problems(_ text: String, _ access: FileAccess = FileAccess()) throws -> [KhabarError.Problem] {
      var session = Session(.empty)
      session.fileAccess = access
      do {
        try session.run(text, name: root + "/own/main.khabar")
      } catch let error as KhabarError {
        return error.problems
      }
      return []
    }
  }

  @Test(arguments: ["table.csv", "./table.csv", "sub/table.csv", "sub/../table.csv", "ROOT/own/table.csv"])
  func belowItsOwnDirectoryAScriptReads(_ path: String) throws {
    let folders = try Folders()
    let path = path.replacing("ROOT", with: folders.root)
    #expect(try folders.problems("table \"\(path)\" | count") == [])
  }

  @Test(arguments: [
    "../other/table.csv", "sub/../../other/table.csv", "ROOT/other/table.csv", "ROOT/own/../other/table.csv",
    "linked.csv", "linked/table.csv", "again.csv", "../own2/table.csv", "../nowhere/table.csv",
    "/nowhere/table.csv",
  ])
  func outsideItReadsNothing(_ path: String) throws {
    let folders = try Folders()
    let own = folders.root + "/own"
    try #require(symlink("../other/table.csv", own + "/linked.csv") == 0)
    try #require(symlink("../other", own + "/linked") == 0)
    try #require(symlink("linked.csv", own + "/again.csv") == 0)
    // A name that begins like the directory's is another directory's.
    try FileManager.default.createDirectory(
      atPath: folders.root + "/own2", withIntermediateDirectories: false)
    try folders.write("name\n", to: "own2/table.csv")
    let path = path.replacing("ROOT", with: folders.root)
    let problems = try folders.problems("table \"\(path)\"")
    #expect(problems.map(\.id) == ["E0660"])
    #expect(problems.first?.help.first?.hasPrefix("`--allow-read '/") == true)
    #expect(problems.first?.column == 7)
    #expect(try folders.problems("import \"\(path)\"").map(\.id) == ["E0660"])
    #expect(try folders.problems("let later = table \"\(path)\"").map(\.id) == ["E0660"])
    #expect(try folders.problems("assert count(table \"\(path)\") = 1").map(\.id) == ["E0660"])
  }

  @Test func aGrantIsForADirectoryAndAllBelow() throws {
    let folders = try Folders()
    let other = FileAccess(reading: [folders.root + "/other"])
    #expect(try folders.problems("table \"../other/table.csv\"\nimport \"../other/lib.khabar\"", other) == [])
    #expect(try folders.problems("table \"../other/table.csv\"", FileAccess(reading: ["/"])) == [])
    #expect(try folders.problems("table \"../other/table.csv\"", .unrestricted) == [])
    let writing = FileAccess(writing: [folders.root + "/other"])
    #expect(try folders.problems("table \"../other/table.csv\"", writing).map(\.id) == ["E0660"])
  }

  @Test func whatIsImportedHasTheRightsOfWhoImports() throws {
    let folders = try Folders()
    try folders.write("table \"../table.csv\"", to: "own/sub/up.khabar")
    try folders.write("table \"../../other/table.csv\"", to: "own/sub/out.khabar")
    #expect(try folders.problems("import \"sub/up.khabar\"") == [])
    #expect(try folders.problems("import \"sub/out.khabar\"").map(\.id) == ["E0660"])
    // The rights of one run are not those of the next.
    var session = Session(.empty)
    try session.run("import \"sub/up.khabar\"", name: folders.root + "/own/main.khabar")
    #expect(throws: KhabarError.self) {
      try session.run("table \"../table.csv\"", name: folders.root + "/own/sub/main.khabar")
    }
  }

  @Test func checkingReadsNoMoreThanRunning() throws {
    let folders = try Folders()
    let session = Session(.empty)
    let found = session.check(
      SourceText(name: folders.root + "/own/main.khabar", text: "import \"../other/lib.khabar\""))
    #expect(found.map(\.0.id) == ["E0660"])
    var given = session
    given.parameterValues = ["found": "2"]
    let error = given.unknownParameterValues(
      for: SourceText(name: folders.root + "/own/main.khabar", text: "import \"../other/lib.khabar\""))
    #expect(error?.problems.map(\.id) == ["E0617"])
  }

  @Test func whatIsNoRegularFileIsNotRead() throws {
    let folders = try Folders()
    let own = folders.root + "/own"
    try #require(mkfifo(own + "/pipe.csv", 0o600) == 0)
    try #require(symlink("/dev/stdin", own + "/input.csv") == 0)
    try #require(symlink("/dev/zero", own + "/zeros.csv") == 0)
    for access in [FileAccess(), .unrestricted] {
      #expect(try folders.problems("table \"pipe.csv\"", access).map(\.id) == ["E0607"])
      #expect(try folders.problems("import \"pipe.csv\"", access).map(\.id) == ["E0607"])
      #expect(try folders.problems("import \"/dev/zero\"", access).first?.id != nil)
    }
    for path in ["input.csv", "zeros.csv", "/dev/stdin", "/dev/fd/0", "/proc/self/environ", "/dev/zero"] {
      let ids = try folders.problems("import \"\(path)\"").map(\.id)
      #expect(ids == ["E0660"] || ids == ["E0606"], "\(path)")
    }
    #expect(try folders.problems("import \"-\"", .unrestricted).map(\.id) == ["E0606"])
  }

  @Test func whereNothingIsThatIsSaidOnlyOfWhatMayBeRead() throws {
    let folders = try Folders()
    #expect(try folders.problems("table \"sub/none.csv\"").map(\.id) == ["E0606"])
    #expect(try folders.problems("table \"none/none.csv\"").map(\.id) == ["E0606"])
    #expect(try folders.problems("table \"../other/none.csv\"").map(\.id) == ["E0660"])
  }

  // MARK: - Writing

  @Test(arguments: [
    ("new.svg", "E0661"), ("../own/table.csv", "E0661"), ("../other/new.svg", nil),
    ("../other/table.csv", nil),
    ("../other/../own/new.svg", "E0661"), ("../other/back/new.svg", "E0661"),
    ("../other/dangling.svg", "E0619"),
    ("../other/none/new.svg", "E0619"), ("/dev/null", "E0661"),
    ("../other/own.csv", "E0661"),
  ])
  func writing(_ path: String, _ id: String?) throws {
    let folders = try Folders()
    try #require(symlink("../own", folders.root + "/other/back") == 0)
    try #require(symlink("../own/hidden.svg", folders.root + "/other/dangling.svg") == 0)
    try #require(symlink("../own/table.csv", folders.root + "/other/own.csv") == 0)
    var session = Session(.empty)
    session.fileAccess = FileAccess(writing: [folders.root + "/other"])
    let source = SourceText(name: folders.root + "/own/main.khabar", text: "timeline to \"…\"")
    var found: String?
    do {
      let place = try session.writableFile(path, at: Span(0, 8), from: source)
      #expect(place.hasPrefix(folders.root + "/other/"))
    } catch let error as KhabarError {
      found = error.problems.first?.id
    }
    #expect(found == id)
  }

  @Test func withoutAGrantNothingIsWritten() throws {
    let source = SourceText(name: "", text: "timeline to \"…\"")
    #expect(throws: KhabarError.self) {
      _ = try Session(.empty).writableFile("new.svg", at: Span(0, 8), from: source)
    }
    var session = Session(.empty)
    session.fileAccess = .unrestricted
    session.baseDirectory = "/somewhere"
    #expect(try session.writableFile("new.svg", at: Span(0, 8), from: source) == "/somewhere/new.svg")
  }
}
