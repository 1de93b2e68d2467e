import Khabar
import KhabarImport
import KhabarModel
import KhabarPlan
import KhabarRandom
import KhabarTable
import Testing

@testable import KhabarExport

private func lines(_ store: EventStore) -> String {
  var text = ""
  JSONLinesWriter(store).write(to: &text)
  return text
}

private func importing(_ text: String) -> Importer {
  var importer = Importer()
  let isRead = importer.read(Array(text.utf8), file: "model.jsonl", format: "jsonl")
  importer.finish()
  #expect(isRead)
  return importer
}

/// Models go out as JSON Lines and come back the same, and each of the lines is as the schema says.
struct JSONLinesTests {
  private let schema: Schema

  init() throws { schema = try Schema() }

  private func expectRoundTrip(_ store: EventStore, _ name: String) throws {
    let text = lines(store)
    for line in text.split(separator: "\n") {
      let failure = try schema.failure(line)
      #expect(failure == nil, "\(name): \(line)")
    }
    let importer = importing(text)
    let count = text.split(separator: "\n").count
    #expect(importer.summary.rejected == [], "\(name)")
    #expect(importer.summary.read == count && importer.summary.kept == count)
    let again = try #require(importer.models).build()
    #expect(ModelPrinter.script(again) == ModelPrinter.script(store), "\(name)")
    #expect(lines(again) == text)
  }

  @Test(arguments: Model.builtInNames) func builtInModelsComeBack(name: String) throws {
    try expectRoundTrip(try Model(builtIn: name).store, name)
  }

  @Test(arguments: [false, true]) func randomModelsComeBack(isOdd: Bool) throws {
    for seed in 0..<40 as Range<UInt64> {
      try expectRoundTrip(RandomModel.make(seed, isOdd: isOdd).build(), "seed \(seed)")
    }
  }

  @Test func anEventHasItsReportsWithIt() throws {
    let model = try Model(
      text: """
        define article gazette ( published 2031-04-02 )
        define state averna ( name en "Averna" ar "أفيرنا", country AV )
        define person ilka ( represents averna, office en "envoy" of averna since 2030 )
        define place selm ( kind city, coordinates 45.5 -4.25, lines 1 2 )
        define event talks ( type CONSULT, time 2031-04, place selm, host averna, actor ilka probable, score -0.5 )
        define event walkout ( type PROTEST, follows talks line 3 span 4 9 background )
        define report ( event talks, source ilka, status planned, gist "They \\"talk\\"", evidence line 7 )
        """)
    #expect(
      lines(model.store) == """
        {"record":"article","id":"gazette","published":"2031-04-02"}
        {"record":"actor","id":"averna","kind":"state","names":{"en":"Averna","ar":"أفيرنا"},"country":"AV"}
        {"record":"actor","id":"ilka","kind":"person","offices":[{"title":{"en":"envoy"},"of":"averna","since":"2030"}],"represents":["averna"]}
        {"record":"place","id":"selm","kind":"city","coordinates":[45.5,-4.25],"lines":[{"article":"gazette","line":1},{"article":"gazette","line":2}]}
        {"record":"event","id":"talks","type":"CONSULT","score":-0.5,"time":"2031-04","place":"selm","participants":[{"actor":"averna","role":"host"},{"actor":"ilka","certainty":"probable"}],"reports":[{"article":"gazette","source":"ilka","status":"planned","gist":{"en":"They \\"talk\\""},"evidence":[{"line":7}]}]}
        {"record":"event","id":"walkout","type":"PROTEST","relations":[{"kind":"follows","event":"talks","article":"gazette","line":3,"span":[4,9],"background":true}]}

        """)
  }

  @Test func theManualsExampleIsAModel() throws {
    let manual = String(decoding: Schema.file("Manual.md"), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let heading = try #require(manual.firstIndex(of: "### Models as JSON Lines"))
    let start = try #require(manual[heading...].firstIndex(of: "```json"))
    let example = manual[(start + 1)...].prefix { $0 != "```" }
    for line in example { #expect(try schema.failure(line) == nil) }
    #expect(importing(example.joined(separator: "\n")).summary.kept == 4)
  }

  // MARK: - Lines that are wrong

  /// A line, the field that is wrong in it, what is said of it, and whether a schema can see it.
  private static let wrong: [(line: String, field: String, reason: String, isSeen: Bool)] = [
    ("{\"record\":\"event\"", "", "expected `,` or `}`; the line ends", true),
    ("[1]", "", "expected an object", true),
    ("{\"id\":\"x\"}", "record", "it is missing", true),
    (#"{"record":"story","id":"x"}"#, "record", "found `story`, expected one of article", true),
    (#"{"record":"topic"}"#, "id", "it is missing", true),
    (#"{"record":"topic","id":"two words"}"#, "id", "found `two words`, expected a word", true),
    (#"{"record":"topic","id":7}"#, "id", "found the number 7, expected a word", true),
    (#"{"record":"topic","id":"in"}"#, "id", "`in` has a meaning", false),
    (#"{"record":"topic","id":"x","names":"X"}"#, "names", "found `X`, expected texts by language", true),
    (#"{"record":"topic","id":"x","names":{"en":1}}"#, "names.en", "found the number 1", true),
    (
      #"{"record":"topic","id":"x","names":{"english":"X"}}"#, "names.english", "`english` is no language",
      true
    ),
    (#"{"record":"topic","id":"x","names":null}"#, "names", "found null; leave out", true),
    (
      #"{"record":"topic","id":"x","name":{}}"#, "name", "there is no such field; did you mean `names`?", true
    ),
    (
      #"{"record":"topic","id":"x","background":["names"]}"#, "background", "there is no `names` beside it",
      false
    ),
    (#"{"record":"topic","id":"x","id":"y"}"#, "id", "it is given twice", false),
    (#"{"record":"actor","id":"x"}"#, "kind", "it is missing, expected one of person", true),
    (#"{"record":"actor","id":"x","kind":"city"}"#, "kind", "found `city`", true),
    (#"{"record":"actor","id":"x","kind":"person","country":"NOR"}"#, "country", "`NOR` is no country", true),
    (
      #"{"record":"actor","id":"x","kind":"person","represents":["averna","nobody"]}"#, "represents[1]",
      "there is no actor with the id `nobody`", false
    ),
    (
      #"{"record":"actor","id":"x","kind":"person","offices":[{"since":"2031"}]}"#, "offices[0].title",
      "it is missing", true
    ),
    (
      #"{"record":"place","id":"x","coordinates":[1]}"#, "coordinates", "found a list, expected two numbers",
      true
    ),
    (#"{"record":"place","id":"x","coordinates":[95,0]}"#, "coordinates[0]", "latitudes lie between", true),
    (#"{"record":"place","id":"x","within":["x"]}"#, "within[0]", "`within` goes round in a circle", false),
    (#"{"record":"type","id":"x","quad":"conflict"}"#, "quad", "`conflict` is no quad", true),
    (#"{"record":"type","id":"CONSULT"}"#, "id", "there is already a type", false),
    (
      #"{"record":"article","id":"gazette","publisher":"Other"}"#, "id",
      "there is already an article `gazette`, in line 1", false
    ),
    (#"{"record":"article","id":"x","sha256":"12"}"#, "sha256", "a SHA-256 digest", true),
    (#"{"record":"event","id":"x"}"#, "type", "it is missing", true),
    (#"{"record":"event","id":"x","type":"DANCE"}"#, "type", "`DANCE` is no event type", false),
    (#"{"record":"event","id":"x","type":"CONSULT","score":11}"#, "score", "found the number `11`", true),
    (
      #"{"record":"event","id":"x","type":"CONSULT","score":1.25}"#, "score", "found the number `1.25`", false
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","time":"some day"}"#, "time", "`some day` is no time",
      true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","time":"2031-02-30"}"#, "time", "`2031-02-30` is no time",
      false
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","participants":[{"role":"host"}]}"#,
      "participants[0].actor", "it is missing", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","participants":[{"actor":"averna","certainty":"sure"}]}"#,
      "participants[0].certainty", "found `sure`, expected one of certain", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","relations":[{"kind":"causes","event":"y"}]}"#,
      "relations[0].event", "there is no event with the id `y`", false
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","relations":[{"kind":"causes","event":"x","line":3}]}"#,
      "relations[0].article", "it is missing", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","reports":[{"article":"gazette"}]}"#, "reports[0].status",
      "it is missing", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","reports":[{"article":"gazette","status":"occurred","event":"x"}]}"#,
      "reports[0].event", "there is no such field", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","reports":[{"article":"gazette","status":"occurred","evidence":[{"line":0}]}]}"#,
      "reports[0].evidence[0].line", "lines are whole numbers from 1 on", true
    ),
    (
      #"{"record":"event","id":"x","type":"CONSULT","reports":[{"article":"gazette","status":"occurred","evidence":[{"line":1,"span":[5,5]}]}]}"#,
      "reports[0].evidence[0].span", "a span ends after it starts", false
    ),
    (
      #"{"record":"report","event":"x","article":"gazette","status":"occurred"}"#, "event",
      "there is no event", false
    ),
  ]

  @Test func recordsMayStandInAnyOrderAndInSeveralFiles() throws {
    let store = try Model(builtIn: "salt_road").store
    let all = lines(store).split(separator: "\n").map { String($0) + "\r\n" }
    var importer = Importer()
    for part in [all.suffix(20), all.dropLast(20)] {
      let bytes = Array(("\u{FEFF}" + part.reversed().joined() + "\n \n").utf8)
      let isRead = importer.read(bytes, file: "part", format: nil)
      #expect(isRead)
    }
    importer.finish()
    #expect(importer.summary.kept == all.count && importer.summary.rejected == [])
    let again = try #require(importer.models).build()
    #expect(again.events.count == store.events.count && again.reports.count == store.reports.count)
  }

  @Test func whatSaysTheSameAgainIsMerged() throws {
    let report = #"{"record":"report","event":"talks","article":"gazette","status":"occurred"}"# + "\n"
    let event = #"{"record":"event","id":"talks","type":"CONSULT"}"# + "\n"
    let importer = importing(report + Self.sound + event + report + event)
    let summary = importer.summary
    #expect(summary.read == 6 && summary.kept == 4 && summary.merged == 2 && summary.rejected == [])
    #expect(importer.models?.reports.count == 1)
  }

  @Test func whatSpeaksOfARejectedLineIsRejected() throws {
    let chain = (0..<5).map { number in
      let parent = number == 0 ? "nowhere" : "p\(number - 1)"
      return #"{"record":"place","id":"p\#(number)","within":["\#(parent)"]}"# + "\n"
    }
    let importer = importing(Self.sound + chain.reversed().joined())
    #expect(importer.summary.kept == 2)
    #expect(importer.summary.rejected.map(\.line) == [3, 4, 5, 6, 7])
    #expect(importer.models?.places == [])
  }

  @Test func noBytesMakeItTrap() {
    let text = Array(lines(RandomModel.make(3, isOdd: true).build()).utf8)
    var random = RandomSource(seed: 5)
    for _ in 0..<60 {
      var bytes = text
      for _ in 0..<random.number(1...6) {
        bytes[random.number(0...(bytes.count - 1))] =
          random.chance(50) ? random.pick(Array("{}[]\",:0".utf8)) : 0xC3
      }
      var importer = Importer()
      _ = importer.read(bytes, file: "odd", format: "jsonl")
      importer.finish()
      let summary = importer.summary
      #expect(summary.read == summary.kept + summary.merged + summary.rejected.count)
      _ = importer.models?.build()
    }
    let deep = "{\"record\":\"topic\",\"id\":\"x\",\"names\":" + String(repeating: "[", count: 100_000)
    #expect(importing(deep).summary.rejected.first?.reason == "it nests deeper than 256 levels")
  }

  private static let sound = """
    {"record":"article","id":"gazette"}
    {"record":"actor","id":"averna","kind":"state"}

    """

  @Test func linesThatAreWrongAreToldWithTheirField() throws {
    for (line, field, reason, isSeen) in Self.wrong {
      let summary = importing(Self.sound + line + "\n").summary
      #expect(summary.read == 3 && summary.kept == 2 && summary.rejected.count == 1, "\(line)")
      let rejected = try #require(summary.rejected.first)
      #expect(rejected.line == 3 && rejected.column == field, "\(line): \(rejected)")
      #expect(rejected.reason.contains(reason), "\(line): \(rejected)")
      #expect(schema.refuses(line) == isSeen, "\(line)")
    }
  }
}
