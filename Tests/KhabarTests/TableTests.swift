import Foundation
import Khabar
import KhabarTable
import Testing

/// Tables from files that come and go.
struct TableTests {
  /// A folder of its own, gone after the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("khabar-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to name: String) throws {
      try text.write(to: url.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }

  private let folder: Folder
  private let article: Model

  init() throws {
    folder = try Folder()
    article = try Model.builtInArticle
  }

  private func session() -> Session {
    var session = Session(article)
    session.baseDirectory = folder.url.path
    return session
  }

  @Test func whatIsBoundKeepsItsRows() throws {
    try folder.write("a\n1\n", to: "t.csv")
    var session = session()
    _ = try session.run("let t = table \"t.csv\"")
    try folder.write("a\n1\n2\n", to: "t.csv")
    let answers = try session.run(
      """
      t | count
      define place nowhere ( kind region )
      t | count
      table "t.csv" | count
      """)
    #expect(answers.map { $0.rows[0]["count"] } == [1, 1, 2])
  }

  @Test func pathsBeginWhereTheTextIs() throws {
    try folder.write("a\n1\n", to: "t.csv")
    var session = Session(article)
    let script = folder.url.appendingPathComponent("script.khabar").path
    #expect(try session.run("table \"t.csv\" | count", name: script).count == 1)
    #expect(throws: KhabarError.self) { try session.run("table \"t.csv\" | count") }
    session.fileAccess = .unrestricted
    let absolute = folder.url.appendingPathComponent("t.csv").path
    #expect(try session.run("table \"\(absolute)\" | count").count == 1)
  }

  @Test(arguments: [(QueryResult.Format.csv, "r.csv"), (.tsv, "r.tsv"), (.jsonl, "r.jsonl")])
  func whatIsWrittenIsReadAgain(format: QueryResult.Format, name: String) throws {
    let query = """
      events | select id, time, score, contested, label, place, time + 1 month as later, "a;b\\\"\\t\\n,c\\\\" as odd
      """
    let result = try article.query(query)
    try folder.write(result.text(format), to: name)
    var session = session()
    let read = try #require(try session.run("table \"\(name)\"").last)
    #expect(read.columns == result.columns)
    for (first, second) in zip(read.rows, result.rows) { #expect(first.values == second.values) }
    #expect(read.count == 25)
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let path = folder.url.appendingPathComponent("pipe.csv").path
    #expect(mkfifo(path, 0o600) == 0)
    var session = session()
    #expect(throws: KhabarError.self) { try session.run("table \"pipe.csv\"") }
  }

  @Test func muchTooMuchIsRefused() throws {
    let line = String(repeating: "x", count: 1 << 20) + "\n"
    try folder.write(String(repeating: line, count: 65), to: "large.csv")
    try folder.write((0..<1_100).map { "{\"c\($0)\": 1}\n" }.joined(), to: "wide.jsonl")
    try folder.write(
      "{" + (0..<900).map { "\"c\($0)\":1" }.joined(separator: ",") + "}\n"
        + String(repeating: "{\"c1\":1}\n", count: 6_000), to: "long.jsonl")
    for name in ["large.csv", "wide.jsonl", "long.jsonl"] {
      var session = session()
      let error = #expect(throws: KhabarError.self) { try session.run("table \"\(name)\" | count") }
      #expect(error?.problems.map(\.id) == ["E0624"], "\(name)")
    }
  }

  /// Whatever the bytes are, they are a table or an error.
  @Test(arguments: [TableFormat.csv, .tsv, .jsonLines])
  func anyBytesAreReadOrRefused(format: TableFormat) {
    let pieces = [
      "a", "\"", ",", "\t", "\n", "\r", ";", "\\", "{", "}", "[", "]", ":", "\"a\":", "1", "-", ".5", "e9",
      "null", "true",
      "\\u", "d83d", "\u{FEFF}", " ", "٣", "\u{0}",
    ]
    var state: UInt64 = 2031
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      var bytes = Array(text.utf8)
      if state & 7 == 0 { bytes.append(0xC3) }
      guard let table = try? RawTable(bytes, format: format) else { continue }
      #expect(table.rows.allSatisfy { $0.count == table.header.count })
    }
  }
}
