import EDTF
import KhabarModel
import KhabarRandom
import Testing

@testable import KhabarExport

private let hostile = "a \"b\" <c> & d\\e\nf\u{1}{}é ع"

/// An event in Selm with a host, reported once.
private func model() -> StoreBuilder {
  var model = StoreBuilder(vocabulary: .plover)
  var averna = Actor(id: "averna", kind: .state)
  averna.names = LocalizedText([.init(language: "en", text: hostile), .init(language: "ar", text: "أفيرنا")])
  averna.country = "AV"
  var ilka = Actor(id: "إلكا", kind: .person)
  ilka.represents = [0]
  model.actors = [averna, ilka]
  model.places = [Place(id: "selm")]
  model.articles = [Article(id: "gazette")]
  var event = EventRecord(id: "talks", type: model.vocabulary.type("CONSULT") ?? 0)
  event.time = EDTFTime("2031-04/..")
  event.place = 0
  event.score = -5
  event.participants = [
    Participation(actor: 0, role: Vocabulary.hostRole),
    Participation(actor: 1, role: Vocabulary.actorRole, certainty: .probable),
  ]
  model.events = [event, EventRecord(id: "walkout", type: 0)]
  model.events[1].relations = [Relation(.partOf, target: 0)]
  var report = ReportRecord(event: 0, article: 0, status: .planned)
  report.source = 1
  report.evidence = [Citation(article: 0, line: 7)]
  model.reports = [report]
  return model
}

private func graphML(_ store: EventStore) -> String {
  var text = ""
  GraphMLWriter(store).write(to: &text)
  return text
}

private func turtle(_ store: EventStore, base: String = TurtleWriter.standardBase) -> String {
  var text = ""
  TurtleWriter(store, base: base).write(to: &text)
  return text
}

struct GraphMLTests {
  @Test func actorsAndEventsAreNodes() {
    let text = graphML(model().build())
    let event =
      "<node id=\"event talks\"><data key=\"kind\">event</data><data key=\"label\">talks</data>"
      + "<data key=\"type\">CONSULT</data><data key=\"time\">2031-04/..</data>"
      + "<data key=\"start\">2031-04-01</data><data key=\"place\">selm</data>"
      + "<data key=\"status\">planned</data><data key=\"certainty\">certain</data>"
      + "<data key=\"score\">-0.5</data></node>"
    #expect(text.contains(event))
    #expect(
      text.contains("<data key=\"label\">a &quot;b&quot; &lt;c&gt; &amp; d\\e&#10;f\u{FFFD}{}é ع</data>"))
  }

  @Test func rolesRepresentationAndRelationsAreEdges() {
    let text = graphML(model().build())
    func edge(_ source: String, _ target: String, _ relation: String) -> Bool {
      text.contains(
        "<edge source=\"\(source)\" target=\"\(target)\"><data key=\"edge_relation\">\(relation)</data>")
    }
    #expect(edge("actor averna", "event talks", "host"))
    #expect(edge("actor إلكا", "actor averna", "represents"))
    #expect(edge("event walkout", "event talks", "part_of"))
    #expect(text.contains("<data key=\"edge_certainty\">probable</data>"))
  }

  @Test(arguments: 0..<30) func nothingOfAModelIsLost(seed: UInt64) {
    let store = RandomModel.make(seed, isOdd: true).build()
    let lines = graphML(store).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("    <node ") } == store.actors.count + store.events.count)
    let relations = store.events.statedRelations.reduce(0) { $0 + $1.count }
    let represented = store.actors.reduce(0) { $0 + $1.represents.count }
    #expect(
      lines.count { $0.hasPrefix("    <edge ") }
        == store.events.participations.count + relations + represented)
    // A line for each: nothing in a text breaks one.
    #expect(lines.allSatisfy { $0.hasSuffix(">") && $0.drop { $0 == " " }.hasPrefix("<") })
  }
}

struct TurtleTests {
  @Test func aBaseIsTheBeginningOfAnIRI() {
    for base in ["urn:khabar:", "https://example.org/n#", "x-y+1.2:"] { #expect(TurtleWriter.isBase(base)) }
    for base in ["", "news", ":a", "1x:", "a b:c", "http://a b/", "http://a>/", "http://a\n"] {
      #expect(!TurtleWriter.isBase(base))
    }
  }

  @Test func anEventHasItsFourBounds() {
    let text = turtle(model().build(), base: "https://example.org/")
    let event = """
      <https://example.org/event/talks> a sem:Event ;
        sem:eventType <https://example.org/type/CONSULT> ;
        sem:hasTimeStamp "2031-04/.."^^edtf:EDTF ;
        sem:hasEarliestBeginTimeStamp "2031-04-01"^^xsd:date ;
        sem:hasLatestBeginTimeStamp "2031-04-30"^^xsd:date ;
        sem:hasPlace <https://example.org/place/selm> ;
        khabar:score -0.5 ;
        sem:hasActor <https://example.org/actor/averna> ;
        sem:hasActor <https://example.org/actor/%D8%A5%D9%84%D9%83%D8%A7> .
      """
    #expect(text.contains(event))
    #expect(text.contains("sem:subEventOf <https://example.org/event/talks>"))
  }

  @Test func rolesAndReportsStandForThemselves() {
    let text = turtle(model().build())
    let role = """
      [] a sem:Role ;
        rdf:subject <urn:khabar:event/talks> ;
        rdf:value <urn:khabar:actor/averna> ;
        sem:roleType <urn:khabar:role/host> ;
        khabar:certainty "certain" .
      """
    let report = """
      [] a sem:View ;
        rdf:value <urn:khabar:event/talks> ;
        sem:accordingTo <urn:khabar:actor/%D8%A5%D9%84%D9%83%D8%A7> ;
        dcterms:source <urn:khabar:article/gazette> ;
        khabar:status "planned" ;
        khabar:certainty "certain" ;
        khabar:line 7 .
      """
    #expect(text.contains(role) && text.contains(report))
  }

  @Test func textsAreEscaped() {
    #expect(
      turtle(model().build()).contains(
        #"rdfs:label "a \"b\" <c> & d\\e\nf\u0001{}é ع"@en ;"# + "\n" + #"  rdfs:label "أفيرنا"@ar"#))
  }

  @Test(arguments: 0..<30) func everyRecordIsThere(seed: UInt64) {
    let store = RandomModel.make(seed, isOdd: true).build()
    let lines = turtle(store).split(separator: "\n")
    func count(_ kind: String) -> Int {
      lines.count { $0.contains("> a sem:\(kind)") || $0 == "[] a sem:\(kind) ;" }
    }
    #expect(count("Event ") == store.events.count)
    #expect(count("Actor ") == store.actors.count)
    #expect(count("View") == store.reports.count)
    #expect(count("Role") == store.events.participations.count)
    // Each line ends a statement, or goes on.
    #expect(lines.allSatisfy { $0.hasSuffix(" ;") || $0.hasSuffix(" .") })
  }
}

struct POLECATTests {
  private func polecat(_ model: StoreBuilder) -> (rows: [[String: String]], leftOut: POLECATWriter.LeftOut) {
    var text = ""
    let leftOut = POLECATWriter(model.build()).write(to: &text)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines.allSatisfy { $0.count == lines[0].count })
    return (lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }, leftOut)
  }

  @Test func whatHasOccurredIsARow() {
    var model = model()
    model.reports[0].status = .occurred
    model.reports[0].gist = LocalizedText([.init(language: "en", text: "They\ttalk;\nat length.")])
    model.events[0].contexts = [0, 1]
    model.actors[1].country = "FR"
    model.events[0].participants.append(Participation(actor: 1, role: Vocabulary.recipientRole))
    let (rows, leftOut) = polecat(model)
    #expect(leftOut == POLECATWriter.LeftOut())
    #expect(rows.map { $0["Event ID"] } == ["talks", "walkout"])
    let row = rows[0]
    #expect(row["Event Type"] == "CONSULT" && row["Quad Code"] == "VERBAL COOPERATION")
    #expect(row["Event Date"] == "2031-04-01" && row["Event Mode"] == "None" && row["Intensity"] == "-0.5")
    #expect(row["Contexts"] == "military; intelligence")
    #expect(row["Actor Name"]?.contains("; إلكا") == true && row["Recipient Name"] == "إلكا")
    #expect(row["Actor Country"] == "AV; FRA" && row["Primary Actor Sector"] == "GOV; GOV")
    #expect(row["City"] == "selm" && row["Province"] == "None" && row["Story ID"] == "gazette")
    #expect(row["Event Text"] == "They talk; at length.")
    #expect(rows[1]["Event Date"] == "None" && rows[1]["Actor Name"] == "None")
  }

  @Test func whatPOLECATCannotSayIsCounted() {
    var model = model()
    model.events[1].type = model.vocabulary.type("STATEMENT") ?? 0
    let (rows, leftOut) = polecat(model)
    #expect(rows.isEmpty)
    #expect(leftOut.untyped == 1 && leftOut.notOccurred == 1)
  }

  @Test func subtypesAreWhatTheyAreSubtypesOf() {
    var model = model()
    model.reports = []
    model.events[0].type = model.vocabulary.type("summit") ?? 0
    #expect(polecat(model).rows.map { $0["Event Type"] } == ["CONSULT", model.vocabulary.types[0].id])
  }

  @Test(arguments: 0..<30) func everyModelHasRowsOfOneWidth(seed: UInt64) {
    _ = polecat(RandomModel.make(seed, isOdd: true))
  }
}
