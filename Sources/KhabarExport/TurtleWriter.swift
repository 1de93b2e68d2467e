import EDTF
import KhabarModel

/// A model as RDF in Turtle (W3C, 2014), in the words of the Simple Event Model (van Hage et al. 2011) where it has them, of
/// Dublin Core, SKOS and the Basic Geo vocabulary; what none of these has is in `vocab#`.
///
///     <event/selm_talks> a sem:Event ;
///       sem:eventType <type/negotiation> ;
///       sem:hasTimeStamp "2031-04"^^edtf:EDTF ;
///       sem:hasActor <actor/averna> .
///     [] a sem:Role ; rdf:subject <event/selm_talks> ; rdf:value <actor/averna> ; sem:roleType <role/host> .
///     [] a sem:View ; rdf:value <event/selm_talks> ; sem:accordingTo <article/gazette> ; khabar:status "planned" .
package struct TurtleWriter {
  package static let standardBase = "urn:khabar:"

  /// Whether names in Turtle may begin so: with a scheme, and without what an IRI cannot have.
  package static func isBase(_ text: String) -> Bool {
    let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    return scheme.count < text.utf8.count && scheme.first.map(isLetter) == true
      && scheme.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !"<>\"{}|^`\\".unicodeScalars.contains($0) }
  }

  private let store: EventStore
  private let base: String

  /// - Parameter base: What the names of records are relative to: an IRI.
  package init(_ store: EventStore, base: String = standardBase) {
    self.store = store
    self.base = base
  }

  package func write(to output: inout some TextOutputStream) {
    for (prefix, name) in Self.prefixes { output.write("@prefix \(prefix): <\(name)> .\n") }
    output.write("@prefix khabar: \(iri("vocab", "", separator: "#")) .\n")
    writeVocabulary(to: &output)
    for topic in store.topics {
      writeRecord(iri("topic", topic.id), "skos:Concept", texts("skos:prefLabel", topic.names), to: &output)
    }
    for article in store.articles { write(article, to: &output) }
    for actor in store.actors { write(actor, to: &output) }
    for place in store.places { write(place, to: &output) }
    for event in 0..<store.events.count {
      writeEvent(event, to: &output)
      for report in store.events.reports.range(event) { writeReport(report, to: &output) }
    }
  }

  private static let prefixes = [
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"), ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"), ("dcterms", "http://purl.org/dc/terms/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"), ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
  ]

  // MARK: - Records

  /// The types that events are of.
  private func writeVocabulary(to output: inout some TextOutputStream) {
    let types = store.vocabulary.types
    for type in types {
      let broader = type.parent < 0 ? [] : [("skos:broader", iri("type", types[Int(type.parent)].id))]
      writeRecord(iri("type", type.id), "sem:EventType", broader, to: &output)
    }
  }

  private func write(_ article: Article, to output: inout some TextOutputStream) {
    var said = texts("dcterms:title", article.title)
    if let publisher = article.publisher { said.append(("dcterms:publisher", Self.quoted(publisher))) }
    if let language = article.language { said.append(("dcterms:language", Self.quoted(language))) }
    if let published = article.published { said.append(("dcterms:issued", Self.time(published))) }
    writeRecord(iri("article", article.id), "sem:Authority", said, to: &output)
  }

  private func write(_ actor: Actor, to output: inout some TextOutputStream) {
    var said = [("sem:actorType", iri("kind", actor.kind.name))] + texts("rdfs:label", actor.names)
    said += actor.aliases.map { ("skos:altLabel", Self.quoted($0)) }
    said += actor.represents.map { ("khabar:represents", iri("actor", store.actors[Int($0)].id)) }
    if let country = actor.country { said.append(("khabar:country", Self.quoted(country))) }
    writeRecord(iri("actor", actor.id), "sem:Actor", said, to: &output)
  }

  private func write(_ place: Place, to output: inout some TextOutputStream) {
    var said = texts("rdfs:label", place.names)
    if let kind = place.kind { said.append(("sem:placeType", iri("kind", kind))) }
    said += place.aliases.map { ("skos:altLabel", Self.quoted($0)) }
    said += place.within.map { ("dcterms:isPartOf", iri("place", store.places[Int($0)].id)) }
    if let country = place.country { said.append(("khabar:country", Self.quoted(country))) }
    if let latitude = place.latitude, let longitude = place.longitude {
      said.append(("geo:lat", "\"\(latitude)\"^^xsd:double"))
      said.append(("geo:long", "\"\(longitude)\"^^xsd:double"))
    }
    writeRecord(iri("place", place.id), "sem:Place", said, to: &output)
  }

  private func writeEvent(_ row: Int, to output: inout some TextOutputStream) {
    let (events, words) = (store.events, store.vocabulary)
    let event = iri("event", events.ids[row])
    var said = [("sem:eventType", iri("type", words.types[Int(events.type[row])].id))]
    if events.mode[row] >= 0 {
      said.append(("khabar:mode", Self.quoted(words.modes[Int(events.mode[row])])))
    }
    said += events.contexts[row].map { ("khabar:context", Self.quoted(words.contexts[Int($0)])) }
    said += texts("rdfs:label", events.label[row])
    if let time = events.time.time(row) { said.append(("sem:hasTimeStamp", Self.time(time))) }
    said += events.days(row).map { bound, day in (bound.property, "\"\(day)\"^^xsd:date") }
    if events.place[row] >= 0 {
      said.append(("sem:hasPlace", iri("place", store.places[Int(events.place[row])].id)))
    }
    if let score = store.score(ofEvent: row) { said.append(("khabar:score", scoreText(score))) }
    said += events.distinctActors(row).map { ("sem:hasActor", iri("actor", store.actors[Int($0)].id)) }
    said += events.topics[row].map { ("dcterms:subject", iri("topic", store.topics[Int($0)].id)) }
    for relation in events.statedRelations[row] {
      said.append((relation.kind.property, iri("event", events.ids[Int(relation.target)])))
    }
    writeRecord(event, "sem:Event", said, to: &output)
    for part in events.participations.range(row) {
      let participation = events.participations[part]
      writeRecord(
        "[]", "sem:Role",
        [
          ("rdf:subject", event), ("rdf:value", iri("actor", store.actors[Int(participation.actor)].id)),
          ("sem:roleType", iri("role", words.roles[Int(participation.role)])),
          ("khabar:certainty", Self.quoted(participation.certainty.name)),
        ], to: &output)
    }
  }

  private func writeReport(_ row: Int, to output: inout some TextOutputStream) {
    let reports = store.reports
    let article = iri("article", store.articles[Int(reports.article[row])].id)
    let source = Int(reports.source[row])
    var said = [("rdf:value", iri("event", store.events.ids[Int(reports.event[row])]))]
    said.append(("sem:accordingTo", source < 0 ? article : iri("actor", store.actors[source].id)))
    said.append(("dcterms:source", article))
    if let status = Status(rawValue: reports.status[row]) {
      said.append(("khabar:status", Self.quoted(status.name)))
    }
    if let certainty = Certainty(rawValue: reports.certainty[row]) {
      said.append(("khabar:certainty", Self.quoted(certainty.name)))
    }
    if let date = reports.date.time(row) { said.append(("dcterms:date", Self.time(date))) }
    said += texts("rdfs:comment", reports.gist[row])
    for citation in reports.evidence[row] { said.append(("khabar:line", "\(citation.line)")) }
    writeRecord("[]", "sem:View", said, to: &output)
  }

  // MARK: - Turtle

  private func writeRecord(
    _ subject: String, _ kind: String, _ said: [(property: String, value: String)],
    to output: inout some TextOutputStream
  ) {
    output.write("\n\(subject) a \(kind)")
    for (property, value) in said { output.write(" ;\n  \(property) \(value)") }
    output.write(" .\n")
  }

  /// What an IRI cannot have is percent-encoded.
  private func iri(_ kind: String, _ id: String, separator: String = "/") -> String {
    let allowed = Set("-._~".utf8)
    let name = id.utf8.reduce(into: "") { name, byte in
      let isLetter = (0x61...0x7A).contains(byte | 0x20)
      if isLetter || (0x30...0x39).contains(byte) || allowed.contains(byte) {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        name += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return "<\(base)\(kind)\(separator)\(name)>"
  }

  private func texts(_ property: String, _ texts: LocalizedText) -> [(property: String, value: String)] {
    texts.entries.map { (property, "\(Self.quoted($0.text))@\($0.language)") }
  }

  private static func time(_ time: EDTFTime) -> String { "\(quoted(time.description))^^edtf:EDTF" }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension EventColumns.Bound {
  fileprivate var property: String {
    switch self {
    case .earliestStart: "sem:hasEarliestBeginTimeStamp"
    case .latestStart: "sem:hasLatestBeginTimeStamp"
    case .earliestEnd: "sem:hasEarliestEndTimeStamp"
    case .latestEnd: "sem:hasLatestEndTimeStamp"
    }
  }
}

extension RelationKind {
  /// SEM knows parts; the others are ours.
  fileprivate var property: String {
    switch self {
    case .parts: "sem:hasSubEvent"
    case .partOf: "sem:subEventOf"
    default: "khabar:\(rawValue)"
    }
  }
}
