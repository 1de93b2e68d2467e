import Desk
import Foundation
import Khabar
import KhabarTesting
import Testing

/// In Swift Testing.
struct DeskTests {
  private let model: Model
  private let desk: Desk

  init() throws {
    desk = try Desk()
    model = desk.model
  }

  @Test func whatWasPlannedWasCancelled() {
    expectQuery("talks | select status", in: model, equals: "cancelled")
    expectRows("talks | evidence | select article, source, status, line", in: model) {
      ["gazette", "ilka_venn", "planned", 2]
      ["courier", "solvia", "cancelled", 1]
    }
    expectEmpty("planned events", in: model)
    expectQuery("planned events as of 2031-04-01 | count", in: model, equals: 1)
  }

  @Test func theAgenda() throws {
    #expect(try desk.agenda(from: "2031-04-10").isEmpty)
    #expect(throws: KhabarError.self) { try desk.agenda(from: "tomorrow week") }
  }

  @Test func script() { expectScript(at: "checks.khabar", in: model, parameters: ["who": "Solvia"]) }

  @Test func snapshot() { expectSnapshot("events with Averna | select id, time, place, actors", in: model) }

  /// What holds of any model.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whateverTheModel(_ seed: UInt64) throws {
    let model = Model.random(seed: seed)
    let sure = try model.value("events during 2031-03 | count", as: Int.self)
    let possible = try model.value("events possibly during 2031-03 | count", as: Int.self)
    #expect(sure <= possible)
    expectQuery("events | count", in: model, equals: try model.query("events").count)
  }
}

/// Those that have to fail, and say what they should; Scripts/test runs them by themselves.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["DESK_MUST_FAIL"] != nil))
struct MustFail {
  @Test func values() throws { expectQuery("events | count", in: try Desk().model, equals: 2) }
  @Test func rows() throws { expectRows("events | select id", in: try Desk().model) { ["summit"] } }
  @Test func mistakes() throws { expectEmpty("events with Solvya", in: try Desk().model) }
  @Test func script() throws {
    expectScript(at: "checks.khabar", in: try Desk().model, parameters: ["who": "Averna"])
  }
}
