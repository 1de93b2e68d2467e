import Glibc
import Testing

@testable import KhabarShell

/// A directory of its own for each test.
private final class Directory {
  let path: String

  init() throws {
    var template = Array("/tmp/khabar-history-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit {
    for name in ["history", "real", "state/khabar/history"] { unlink(path + "/" + name) }
    for name in ["/state/khabar", "/state", ""] { rmdir(path + name) }
  }

  func write(_ bytes: [UInt8], to name: String = "history") throws {
    let descriptor = Glibc.open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try #require(descriptor >= 0)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }

  func read(_ name: String = "history") -> [UInt8] {
    let descriptor = open(path + "/" + name, O_RDONLY)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }

  func mode(_ name: String) -> mode_t {
    var status = stat()
    return stat(path + "/" + name, &status) == 0 ? status.st_mode & 0o7777 : 0
  }
}

@Suite struct HistoryTests {
  @Test func entriesComeBackWithTheirNewlinesAndBackslashes() throws {
    let directory = try Directory()
    let statements = [
      "events | count", "events\n| where label matches \"a\\\\nb\"\n", "خبر", "a\rb\\", "\\n",
    ]
    let first = History(path: directory.path + "/history")
    for statement in statements { first.append(statement) }
    #expect(History(path: directory.path + "/history").entries == statements)
    #expect(directory.read().count { $0 == UInt8(ascii: "\n") } == statements.count)
  }

  @Test func directoriesAndFileAreTheOwnersAlone() throws {
    let directory = try Directory()
    History(path: directory.path + "/state/khabar/history").append("events")
    #expect(directory.mode("state") == 0o700)
    #expect(directory.mode("state/khabar") == 0o700)
    #expect(directory.mode("state/khabar/history") == 0o600)
  }

  @Test func blankAndHiddenAndRepeatedStatementsAreNotKept() throws {
    let directory = try Directory()
    let history = History(path: directory.path + "/history")
    for statement in ["a", "a", " secret", "", "\n", "b", "a"] { history.append(statement) }
    #expect(history.entries == ["a", "b", "a"])
    #expect(directory.read() == Array("a\nb\na\n".utf8))
  }

  @Test func shellsSideBySideKeepEachOthersEntries() throws {
    let directory = try Directory()
    let shells = (0..<3).map { _ in History(path: directory.path + "/history") }
    for round in 0..<20 {
      for (number, shell) in shells.enumerated() { shell.append("shell \(number) round \(round)") }
    }
    let all = History(path: directory.path + "/history").entries
    #expect(all.count == 60)
    #expect(Set(all).count == 60)
  }

  @Test func brokenLinesAreSkippedAndStay() throws {
    let directory = try Directory()
    let foreign = Array("_HiStOrY_V2_\n".utf8) + [0xFF, 0xFE, 0x0A, 0x0A] + Array("good\nunfini".utf8)
    try directory.write(foreign)
    let history = History(path: directory.path + "/history")
    #expect(history.entries == ["_HiStOrY_V2_", "good", "unfini"])
    history.append("next")
    #expect(directory.read() == foreign + Array("\nnext\n".utf8))
    #expect(history.takeNote() == nil)
  }

  @Test func aLongFileIsCutAtStartAndKeepsWhatItCannotRead() throws {
    let directory = try Directory()
    try directory.write((0..<20).flatMap { Array("entry \($0)\n".utf8) } + [0xFF, 0x0A])
    let history = History(path: directory.path + "/history", limit: 10)
    #expect(history.entries == (10..<20).map { "entry \($0)" })
    #expect(directory.read() == (11..<20).flatMap { Array("entry \($0)\n".utf8) } + [0xFF, 0x0A])
    #expect(directory.mode("history") == 0o600)
  }

  @Test func cuttingLeavesALinkALink() throws {
    let directory = try Directory()
    try directory.write((0..<20).flatMap { Array("entry \($0)\n".utf8) }, to: "real")
    #expect(symlink(directory.path + "/real", directory.path + "/history") == 0)
    History(path: directory.path + "/history", limit: 10).load()
    var status = stat()
    #expect(lstat(directory.path + "/history", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(directory.read("real").count { $0 == UInt8(ascii: "\n") } == 10)
  }

  @Test func anEntryAppendedWhileAnotherShellCutsIsNotLost() throws {
    let directory = try Directory()
    let late = History(path: directory.path + "/history")
    late.append("before")
    try directory.write((0..<20).flatMap { Array("entry \($0)\n".utf8) })
    History(path: directory.path + "/history", limit: 10).load()
    late.append("after")
    #expect(History(path: directory.path + "/history").entries.last == "after")
  }

  @Test func whatCannotBeWrittenIsSaidOnceAndKeptInMemory() {
    let history = History(path: "/proc/no such place/history")
    history.append("a")
    history.append("b")
    #expect(history.entries == ["a", "b"])
    #expect(history.takeNote()?.contains("/proc/no such place/history") == true)
    #expect(history.takeNote() == nil)
  }

  @Test func aLinkToNowhereKeepsNothingWithoutAWord() {
    let history = History(path: "/dev/null")
    history.append("a")
    #expect(history.entries == ["a"])
    #expect(history.takeNote() == nil)
  }

  @Test func thePathFollowsTheXDGSpecification() {
    #expect(History.defaultPath { ["HOME": "/h"][$0] } == "/h/.local/state/khabar/history")
    #expect(History.defaultPath { ["HOME": "/h", "XDG_STATE_HOME": "/s"][$0] } == "/s/khabar/history")
    let relative = ["HOME": "/h", "XDG_STATE_HOME": "s"]
    #expect(History.defaultPath { relative[$0] } == "/h/.local/state/khabar/history")
    #expect(History.defaultPath { _ in nil } == nil)
    let homeless = History(path: nil)
    homeless.append("a")
    #expect(homeless.entries == ["a"])
    #expect(homeless.takeNote() != nil)
  }
}
