import Khabar
import Testing
import XCTest

/// Where a test has called.
struct TestPlace {
  var fileID: StaticString
  var filePath: StaticString
  var line: UInt
  var column: UInt

  /// Reports that something is not as expected, to the test that runs: Swift Testing's, else XCTest's.
  func fail(_ message: String) {
    guard Test.current != nil else { return XCTFail(message, file: filePath, line: line) }
    let place = SourceLocation(
      fileID: "\(fileID)", filePath: "\(filePath)", line: Int(line), column: Int(column))
    Issue.record(Comment(rawValue: message), sourceLocation: place)
  }

  /// What the query gives; nil where it cannot be answered, which has been reported.
  func answer<Answer>(_ query: String, _ body: () throws -> Answer) -> Answer? {
    do {
      return try body()
    } catch let error as KhabarError {
      fail("\(error)")
      return nil
    } catch {
      fail("`\(query)`: \(error)")
      return nil
    }
  }
}
