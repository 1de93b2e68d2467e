import Khabar

/// A desk that follows one story, in an invented corner of the world.
public struct Desk: Sendable {
  /// The story so far.
  public let model: Model

  /// A desk with its story.
  public init() throws {
    model = try Model.build(name: "desk") { model in
      let averna = model.state("averna", name: ["en": "Averna", "ar": "أفيرنا"])
      let solvia = model.state("solvia", name: "Solvia")
      let venn = model.person("ilka_venn", name: "Ilka Venn", represents: [averna])
      let selm = model.place("port_selm", name: "Port Selm", kind: "city")

      model.article("gazette", published: "2031-03-20", publisher: "Averna Gazette")
      let talks = model.event(
        "talks", type: "negotiation", label: "Talks on the salt road", time: "2031-04", place: selm,
        participants: [.actor(solvia), .host(venn)])
      model.report(talks, status: .planned, certainty: .probable, source: venn, lines: [2])

      model.article("courier", published: "2031-04-09", publisher: "Solvia Courier")
      model.report(talks, status: .cancelled, source: solvia, lines: [1])
    }
  }

  /// A line for each event that is still to come, the surest first.
  public func agenda(from day: String) throws -> [String] {
    struct Entry: Decodable {
      var label: String?
      var time: String?
    }
    let query = "planned events possibly since \(day) | sort by certainty desc | select label, time"
    let entries: [Entry] = try model.query(query).decode()
    return entries.map { "\($0.time ?? "some day"): \($0.label ?? "?")" }
  }
}
