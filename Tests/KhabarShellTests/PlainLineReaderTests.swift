import Glibc
import Testing

@testable import KhabarShell

@Suite struct PlainLineReaderTests {
  private func reader(_ bytes: [UInt8], isComplete: ((String) -> Bool)? = nil) throws -> PlainLineReader {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    return PlainLineReader(descriptor: ends[0], isComplete: isComplete)
  }

  private func next(_ reader: PlainLineReader) -> ReadResult {
    reader.readStatement(prompt: "> ", continuation: ". ")
  }

  @Test func linesComeAsTheyAre() throws {
    let reader = try reader(Array("a\n\n  b\r\nlast".utf8))
    #expect(next(reader) == .statement("a"))
    #expect(next(reader) == .statement(""))
    #expect(next(reader) == .statement("  b\r"))
    #expect(next(reader) == .statement("last"))
    #expect(next(reader) == .endOfInput)
    #expect(next(reader) == .endOfInput)
  }

  @Test func nulAndInvalidBytesBreakNothing() throws {
    let reader = try reader([0x61, 0x00, 0xFF, 0x62, 0x0A, 0xD8, 0x0A])
    #expect(next(reader) == .statement("a\0\u{FFFD}b"))
    #expect(next(reader) == .statement("\u{FFFD}"))
    #expect(next(reader) == .endOfInput)
  }

  @Test func aLineMayBeLongerThanTheBuffer() throws {
    let long = String(repeating: "x", count: 60_000)
    let reader = try reader(Array((long + "\ny\n").utf8))
    #expect(next(reader) == .statement(long))
    #expect(next(reader) == .statement("y"))
  }

  @Test func linesAreJoinedToStatements() throws {
    let reader = try reader(Array("(a\nb)\n(c\n\nd\n(e".utf8)) { text in
      text.count { $0 == "(" } == text.count { $0 == ")" }
    }
    #expect(next(reader) == .statement("(a\nb)"))
    #expect(next(reader) == .statement("(c"))
    #expect(next(reader) == .statement("d"))
    #expect(next(reader) == .statement("(e"))
    #expect(next(reader) == .endOfInput)
  }

  @Test func aDescriptorThatCannotBeReadFails() {
    #expect(next(PlainLineReader(descriptor: -1)) == .failed("Bad file descriptor"))
  }
}
