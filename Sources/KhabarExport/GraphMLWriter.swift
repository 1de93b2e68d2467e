import KhabarModel

/// A model as a network in GraphML (Brandes et al. 2002), as Gephi, Cytoscape, NetworkX and igraph read it: actors and events
/// are nodes; who takes part in what, whom an actor represents, and what stands between events are edges.
///
///     <node id="event selm_talks"><data key="kind">event</data><data key="type">negotiation</data>…</node>
///     <edge source="actor averna" target="event selm_talks"><data key="relation">actor</data>…</edge>
package struct GraphMLWriter {
  private static let nodeKeys = [
    "kind", "label", "country", "type", "mode", "time", "start", "end", "place", "status", "certainty",
    "score",
  ]
  private static let edgeKeys = ["relation", "certainty"]

  private let store: EventStore
  private let language: String

  /// - Parameter language: Of labels, where there is a choice.
  package init(_ store: EventStore, language: String = "en") {
    self.store = store
    self.language = language
  }

  package func write(to output: inout some TextOutputStream) {
    output.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """)
    for key in Self.nodeKeys { writeKey("node", key, to: &output) }
    for key in Self.edgeKeys { writeKey("edge", key, to: &output) }
    output.write("  <graph id=\"khabar\" edgedefault=\"directed\">\n")
    writeActors(to: &output)
    writeEvents(to: &output)
    output.write("  </graph>\n</graphml>\n")
  }

  private func writeKey(_ owner: String, _ name: String, to output: inout some TextOutputStream) {
    let type = name == "score" ? "double" : "string"
    let id = Self.key(owner, name)
    output.write("  <key id=\"\(id)\" for=\"\(owner)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n")
  }

  private static func key(_ owner: String, _ name: String) -> String {
    owner == "edge" ? "edge_\(name)" : name
  }

  // MARK: - Nodes and edges

  private func writeActors(to output: inout some TextOutputStream) {
    for actor in store.actors {
      writeNode(
        "actor", actor.id,
        [
          ("kind", actor.kind.name), ("label", actor.names.preferred(language) ?? actor.id),
          ("country", actor.country),
        ], to: &output)
    }
    for actor in store.actors {
      for represented in actor.represents {
        writeEdge(
          Self.node("actor", actor.id), Self.node("actor", store.actors[Int(represented)].id), "represents",
          to: &output)
      }
    }
  }

  private func writeEvents(to output: inout some TextOutputStream) {
    let (events, words) = (store.events, store.vocabulary)
    for row in 0..<events.count {
      let days = events.days(row)
      let place = Int(events.place[row])
      writeNode(
        "event", events.ids[row],
        [
          ("kind", "event"), ("label", events.label[row].preferred(language) ?? events.ids[row]),
          ("type", words.types[Int(events.type[row])].id),
          ("mode", events.mode[row] < 0 ? nil : words.modes[Int(events.mode[row])]),
          ("time", events.time.time(row)?.description),
          ("start", days.first { $0.bound == .earliestStart }?.day),
          ("end", days.first { $0.bound == .latestEnd }?.day),
          (
            "place", place < 0 ? nil : store.places[place].names.preferred(language) ?? store.places[place].id
          ),
          ("status", Status(rawValue: events.status[row])?.name),
          ("certainty", Certainty(rawValue: events.certainty[row])?.name),
          ("score", store.score(ofEvent: row).map(scoreText)),
        ], to: &output)
    }
    for row in 0..<events.count {
      let event = Self.node("event", events.ids[row])
      for part in events.participations.range(row) {
        let participation = events.participations[part]
        writeEdge(
          Self.node("actor", store.actors[Int(participation.actor)].id), event,
          words.roles[Int(participation.role)],
          certainty: participation.certainty, to: &output)
      }
      for relation in events.statedRelations[row] {
        writeEdge(
          event, Self.node("event", events.ids[Int(relation.target)]), relation.kind.rawValue, to: &output)
      }
    }
  }

  /// Records of different kinds may have the same id.
  private static func node(_ kind: String, _ id: String) -> String { "\(kind) \(id)" }

  private func writeNode(
    _ kind: String, _ id: String, _ data: [(key: String, value: String?)],
    to output: inout some TextOutputStream
  ) {
    output.write("    <node id=\"\(Self.escaped(Self.node(kind, id)))\">")
    for (key, value) in data {
      if let value { output.write("<data key=\"\(Self.key("node", key))\">\(Self.escaped(value))</data>") }
    }
    output.write("</node>\n")
  }

  private func writeEdge(
    _ source: String, _ target: String, _ relation: String, certainty: Certainty? = nil,
    to output: inout some TextOutputStream
  ) {
    output.write("    <edge source=\"\(Self.escaped(source))\" target=\"\(Self.escaped(target))\">")
    output.write("<data key=\"\(Self.key("edge", "relation"))\">\(Self.escaped(relation))</data>")
    if let certainty {
      output.write("<data key=\"\(Self.key("edge", "certainty"))\">\(certainty.name)</data>")
    }
    output.write("</edge>\n")
  }

  /// With XML's own characters as entities; what XML 1.0 cannot have at all is U+FFFD.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
