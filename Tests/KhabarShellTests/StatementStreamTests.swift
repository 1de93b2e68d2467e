import Glibc
import Testing

@testable import KhabarShell

@Suite struct StatementStreamTests {
  /// The texts that come out of a pipe, each with the number of its first line.
  private func texts(_ input: String) -> [String] {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return [] }
    defer { close(ends[0]) }
    let bytes = Array(input.utf8)
    let written = write(ends[1], bytes, bytes.count)
    close(ends[1])
    #expect(written == bytes.count)
    let stream = StatementStream(PlainLineReader(descriptor: ends[0]))
    var texts: [String] = []
    while case .text(let source)? = stream.next() { texts.append("\(source.firstLine): \(source.text)") }
    return texts
  }

  @Test func aStatementALine() {
    #expect(texts("events\nplaces\n") == ["1: events", "2: places"])
    #expect(texts("events") == ["1: events"])
    #expect(texts("") == [])
  }

  @Test func statementsGoOn() {
    #expect(texts("events |\ncount\nplaces") == ["1: events |\ncount", "3: places"])
    #expect(texts("(events\n)\n\n# so\n  | count") == ["1: (events\n)\n\n# so\n  | count"])
    #expect(texts("events\n\n# none\nplaces") == ["1: events", "2: ", "3: # none", "4: places"])
  }

  @Test func commandsStandBetweenStatements() {
    #expect(texts(".mode csv\nevents\n .quit") == ["1: .mode csv", "2: events", "3:  .quit"])
    #expect(texts("(events\n.mode") == ["1: (events\n.mode"])
  }

  @Test func definitionsComeTogether() {
    let definitions = "define place a ( within b )\n\ndefine place b (\n  kind city\n)"
    #expect(texts(definitions + "\nevents") == ["1: " + definitions, "6: events"])
  }
}
