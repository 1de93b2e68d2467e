import Glibc
import Khabar
import KhabarSyntax
import Synchronization

/// Expects the answer to a query to be what it was when it was recorded.
///
/// What was recorded stands beside the test's file, in `__Snapshots__/TESTFILE/NAME.khabar`: a script of `expect` statements,
/// which can be read in a difference and run with `khabar test`. A query that is not there yet is recorded, and fails once;
/// with `KHABAR_RECORD=1` in the environment every answer is recorded anew, and nothing fails.
///
/// - Parameters:
///   - query: For example `meetings in Moscow | select id, time`.
///   - model: What is asked.
///   - name: Of the file; the name of the test where none is given.
///   - function: The test.
///   - fileID: Where the caller is, as are those that follow.
///   - filePath: The caller's file.
///   - line: The caller's line.
///   - column: The caller's column.
public func expectSnapshot(
  _ query: String, in model: Model, named name: String? = nil, function: StaticString = #function,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) {
  let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
  guard let result = place.answer(query, { try model.query(query) }) else { return }
  let snapshot = Snapshot(path: place.snapshotPath(name ?? "\(function)"))
  let found = result.expectedLines()
  let query = Snapshot.canonical(query)
  guard let failure = snapshot.compare(query, found, isRecording: getenv("KHABAR_RECORD") != nil) else {
    return
  }
  place.fail(failure)
}

extension TestPlace {
  /// `test()` of `DeskTests.swift` is in `__Snapshots__/DeskTests/test.khabar`.
  fileprivate func snapshotPath(_ name: String) -> String {
    let file = "\(filePath)".dropFirst(folder.count).prefix { $0 != "." }
    let plain = name.prefix { $0 != "(" }.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
    return "\(folder)__Snapshots__/\(file)/\(String(plain)).khabar"
  }
}

/// A file of recorded answers. Tests that run at the same time take turns.
private struct Snapshot {
  let path: String

  private static let turn = Mutex(())

  /// The query as the formatter writes it, on one line.
  static func canonical(_ query: String) -> String {
    Parser.parse(SourceText(name: "", text: query)).script.statements.first.map { SyntaxPrinter().print($0) }
      ?? query
  }

  /// What is wrong, after recording what has to be.
  func compare(_ query: String, _ found: [String], isRecording: Bool) -> String? {
    Snapshot.turn.withLock { _ in
      var records = self.records
      let index = records.firstIndex { $0.query == query }
      if let index, records[index].lines == found { return nil }
      if let index, !isRecording {
        return difference(query, from: records[index].lines, to: found)
          + "\nrecorded in \(path); with KHABAR_RECORD=1 in the environment it is recorded anew"
      }
      let record = (query: query, lines: found)
      if let index { records[index] = record } else { records.append(record) }
      if let failure = write(records) { return failure }
      return isRecording
        ? nil : "`\(query)` was not recorded yet; it is now, in \(path): read it, and run the test again"
    }
  }

  private typealias Record = (query: String, lines: [String])

  private var records: [Record] {
    guard let source = try? ModelFiles.source(ofFile: path) else { return [] }
    return Parser.parse(source).script.statements.compactMap { statement in
      guard case .expect(let query, let table) = statement.kind else { return nil }
      return (SyntaxPrinter().print(Statement(.query(query), span: .none)), table.plainLines)
    }
  }

  private func write(_ records: [Record]) -> String? {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o777)
    }
    let text = records.map { record in
      "expect \(record.query)\n" + record.lines.reduce(into: "") { $0 += ExpectedTable.written($1) + "\n" }
    }.joined(separator: "\n")
    guard let file = fopen(path, "w") else {
      return "cannot write \(path): \(String(cString: strerror(errno)))"
    }
    defer { fclose(file) }
    return fputs(text, file) >= 0 ? nil : "cannot write \(path)"
  }
}
