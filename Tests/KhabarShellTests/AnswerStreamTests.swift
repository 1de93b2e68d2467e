import Foundation
import Khabar
import KhabarEval
import KhabarPlan
import KhabarModel
import Testing

@testable import KhabarShell

@Suite struct AnswerStreamTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private let screen = OutputFile(STDOUT_FILENO)

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func send(_ text: String, to destination: Destination) throws {
    let stream = try AnswerStream(destination, screen: screen)
    stream.write(text)
    try stream.finish()
  }

  private func id(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? KhabarError)?.problems.first?.id }
    return nil
  }

  @Test func aFileIsReplaced() throws {
    let file = folder.appending(path: "answer.csv").path
    try send("a longer answer\n", to: .file(file))
    try send("short\n", to: .file(file))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "short\n")
  }

  @Test func aFileThatCannotBeWritten() {
    #expect(id { try send("x", to: .file(folder.path + "/none/answer")) } == "E0645")
    #expect(id { try send("x", to: .file("/dev/full")) } == "E0645")
  }

  @Test func aCommandTakesAll() throws {
    let file = folder.appending(path: "count").path
    try send(String(repeating: "a line\n", count: 100_000), to: .command("wc -l > '\(file)'"))
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("100000"))
  }

  /// It has seen enough, and that is no failure.
  @Test func aCommandMayLeaveEarly() {
    #expect(id { try send(String(repeating: "a line\n", count: 1_000_000), to: .command("true")) } == nil)
  }

  @Test func aCommandThatFails() {
    #expect(id { try send("x\n", to: .command("cat > /dev/null; exit 3")) } == "E0646")
  }

  /// What fits the window is not paged; what does not, is, all of it.
  @Test func thePagerIsForLongAnswers() throws {
    let file = folder.appending(path: "paged").path
    for (lines, isPaged) in [(9, false), (10, true), (500, true)] {
      try? FileManager.default.removeItem(atPath: file)
      let output = OutputFile(open("/dev/null", O_WRONLY))
      let pager = Pager(command: "cat > '\(file)'", size: Terminal.Size(columns: 20, rows: 10))
      let stream = try AnswerStream(.screen, screen: output, pager: pager)
      for line in 1...lines { stream.write("line \(line)\n") }
      try stream.finish()
      let paged = try? String(contentsOfFile: file, encoding: .utf8)
      #expect((paged != nil) == isPaged)
      if let paged { #expect(paged.split(separator: "\n").count == lines) }
    }
  }

  @Test func longLinesTakeUpSeveralRows() {
    let pager = Pager(command: "", size: Terminal.Size(columns: 10, rows: 10))
    #expect(pager.rows(of: "\n") == 1)
    #expect(pager.rows(of: String(repeating: "x", count: 10) + "\n") == 1)
    #expect(pager.rows(of: String(repeating: "x", count: 11) + "\nx\n") == 3)
    #expect(pager.rows(of: "\u{1B}[1m" + String(repeating: "م", count: 10) + "\u{1B}[0m\n") == 1)
  }
}

@Suite struct TableDifferenceTests {
  private func table(_ numbers: [Double]) -> ResultTable {
    let store = StoreBuilder(vocabulary: .plover).build(texts: [:])
    return ResultTable(columns: [.init("n", .number)], rows: numbers.map { [.number($0)] }, store: store)
  }

  private func changes(_ before: [Double], _ after: [Double]) -> [[KhabarPlan.Value]] {
    TableDifference(table(before), table(after)).table.rows
  }

  @Test func rowsThatOnlyOneHas() {
    #expect(
      changes([1, 2, 3], [3, 4, 1]) == [[.text("-"), .number(2)], [.text("+"), .number(4)]])
    #expect(
      TableDifference(table([1, 2, 3]), table([3, 4, 1])).summary == "1 no longer there, 1 new, 2 in both")
  }

  @Test func equalRowsAreCounted() {
    #expect(changes([1, 1, 2], [1, 2, 2]) == [[.text("-"), .number(1)], [.text("+"), .number(2)]])
  }

  @Test func orderIsNoDifference() {
    #expect(TableDifference(table([1, 2]), table([2, 1])).isNone)
  }
}
