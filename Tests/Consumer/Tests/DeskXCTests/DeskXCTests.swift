import Desk
import Foundation
import Khabar
import KhabarTesting
import XCTest

/// In XCTest.
final class DeskXCTests: XCTestCase {
  func testWhatIsAsExpected() throws {
    let model = try Desk().model
    expectQuery("people representing Averna | select name", in: model, equals: "Ilka Venn")
    expectRows("events in \"Port Selm\" | select id, time", in: model, columns: ["id", "time"]) {
      ["talks", "2031-04"]
    }
    expectEmpty("meetings in Solvia", in: try Model.build { $0.place("solvia_land", name: "Solvia") })
    expectScript(at: "../DeskTests/checks.khabar", in: model, parameters: ["who": "Solvia"])
  }

  func testWhatMustFail() throws {
    try XCTSkipIf(ProcessInfo.processInfo.environment["DESK_MUST_FAIL"] == nil)
    expectQuery("events | count", in: try Desk().model, equals: 3)
  }
}
