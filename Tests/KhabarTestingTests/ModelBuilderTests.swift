import EDTF
import Khabar
import KhabarTesting
import Testing

/// Models that are built in Swift.
struct ModelBuilderTests {
  @Test func everyKindOfRecord() throws {
    let model = try Model.build(name: "averna") { model in
      let gazette = model.article(
        "gazette", title: "Ministers meet", published: "2031-04-02", publisher: "Averna Gazette",
        language: "en")
      let trade = model.topic("border_trade", name: "border trade")
      let averna = model.state(
        "averna", name: ["en": "Averna", "ar": "أفيرنا"], aliases: ["Avernan \"side\""])
      let kest = model.state("kest", name: "Kest", country: "LS")
      let ministry = model.organization("ministry", name: "Ministry of Trade", represents: [averna])
      let venn = model.person("ilka_venn", name: "Ilka Venn", represents: [ministry])
      model.group("fishers", name: "Fishers")
      let land = model.place("averna_land", name: "Averna", kind: "country")
      let port = model.place("port_selm", name: "Port Selm", kind: "city", within: [land])
      let talks = model.event(
        "selm_talks", type: "negotiation", label: "Talks in Port Selm", time: "2031-04-01", place: port,
        participants: [.host(venn), .actor(kest, .probable), .role("mediator", "fishers")], topics: [trade],
        mode: "bilateral", contexts: ["diplomatic"])
      let day = EDTFTime.day(22_371)
      let pact = model.event(
        "pact", type: "AGREE", time: .init(day), participants: [.actor(averna), .actor(kest)],
        relations: [.follows(talks), .about("selm_talks")])
      model.report(talks, in: gazette, status: .occurred, gist: "They met.", lines: [1, 2])
      model.report(pact, status: .planned, certainty: .probable, source: venn, date: "2031-04-03")
      model.define("define report ( event pact, source kest, status denied )")
    }
    expectRows("events | select id, time, place, status, certainty, contested", in: model) {
      ["selm_talks", "2031-04-01", "port_selm", "occurred", "certain", false]
      ["pact", "2031-04-02", .missing, "denied", "certain", false]
    }
    expectRows("selm_talks | participants | select actor, role, certainty", in: model) {
      ["ilka_venn", "host", "certain"]
      ["kest", "actor", "probable"]
      ["fishers", "mediator", "certain"]
    }
    expectRows("events with أفيرنا | select follows, about, mode, contexts, topics", in: model) {
      [[], [], "bilateral", "diplomatic", "border_trade"]
      ["selm_talks", "selm_talks", .missing, [], []]
    }
    expectRows("reports | select event, article, source, lines, date", in: model) {
      ["selm_talks", "gazette", .missing, [1, 2], "2031-04-02"]
      ["pact", "gazette", "ilka_venn", [], "2031-04-03"]
      ["pact", "gazette", "kest", [], "2031-04-02"]
    }
    #expect(try Model(text: model.script).script == model.script)
  }

  /// The loader says what is wrong, with the statement that the method wrote.
  @Test func whatIsWrongIsSaid() throws {
    func problem(_ body: (inout ModelBuilder) -> Void) throws -> KhabarError.Problem {
      let error = #expect(throws: KhabarError.self) { try Model.build(body) }
      return try #require(error?.problems.first { $0.severity == "error" })
    }
    let type = try problem { $0.event("e", type: "negotation") }
    #expect(type.message.contains("negotation"))
    #expect(type.help.contains { $0.contains("negotiation") })
    #expect(try problem { $0.event("e", type: "CONSULT", time: "next May") }.message.contains("time"))
    #expect(try problem { $0.event("e", type: "CONSULT", place: "nowhere") }.message.contains("nowhere"))
    #expect(try problem { $0.state("two words") }.message.contains("id"))
    #expect(try problem { $0.state("a, b )") }.source == "<builder>")
    #expect(
      try problem { model in
        model.state("kest")
        model.person("kest")
      }.line == 2)
  }

  @Test func textsHoldWhateverTheyHold() throws {
    let odd = "a \"quote\", a \\ and\na line, ), \u{202E}turned"
    let model = try Model.build { $0.state("averna", name: ["en": "Averna"], aliases: [odd]) }
    #expect(try model.query("states | select aliases").rows[0][0] == .list([.text(odd)]))
  }

  @Test func randomModelsAreTheSameForASeed() throws {
    let scripts = (1...20).map { Model.random(seed: UInt64($0)).script }
    #expect(scripts == (1...20).map { Model.random(seed: UInt64($0)).script })
    #expect(Set(scripts).count == 20)
    for script in scripts { #expect(try Model(text: script).script == script) }
  }
}
