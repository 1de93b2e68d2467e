import KhabarModel
import KhabarPlan
import KhabarRandom
import KhabarSyntax
import Testing

@testable import KhabarImport

/// A table of random rows, right and wrong.
private struct RandomTable {
  let file: String
  let columns: [String]
  /// What stands in a column, by its name.
  let values: [String: [String]]

  func bytes(_ random: inout SeededGenerator) -> [UInt8] {
    let delimiter = ["\t", ",", ";"].randomElement(using: &random) ?? ","
    let lineEnd = Int.random(in: 0..<4, using: &random) == 0 ? "\r\n" : "\n"
    var text = Int.random(in: 0..<5, using: &random) == 0 ? "\u{FEFF}" : ""
    text += columns.joined(separator: delimiter) + lineEnd
    for _ in 0..<Int.random(in: 0..<14, using: &random) {
      text += row(delimiter, &random) + lineEnd
      if Int.random(in: 0..<20, using: &random) == 0 { text += lineEnd }
    }
    if Int.random(in: 0..<3, using: &random) == 0, text.hasSuffix(lineEnd) { text.removeLast() }
    return Array(text.utf8)
  }

  private func row(_ delimiter: String, _ random: inout SeededGenerator) -> String {
    var fields = columns.map { column in
      var value = values[column]?.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<24, using: &random) {
      case 0: value = ""
      case 1: value = " \(value) "
      case 2: value = "\"\(value)\""
      case 3 where lineIsSafe: value = "\"\(value)\n\""
      case 4: value = "\"\"\"\(value)\"\"\""
      default: break
      }
      return value
    }
    switch Int.random(in: 0..<30, using: &random) {
    case 0: fields.append("more")
    case 1: fields.removeLast()
    default: break
    }
    return fields.joined(separator: delimiter)
  }

  private var lineIsSafe: Bool { !file.isEmpty }
}

private let ids = [
  "1", "2", "3", "4", "5", "12", "007", "x", "Port Selm", "Ünal", "3000000000", "in", "x_1", "n2",
]
private let types = ["CONSULT", "consult", "ASSAULT", "talks", "talks", "parade", "RETREAT"]
private let modes = ["", "", "visit", "ceasefire", "firearms", "marching", "march", "third-party"]
private let times = [
  "2031", "2031-04", "2031-04-02", "2 April 2031", "4/2/2031", "2031-04-02/2031-05", "[2031..]", "soon",
]
private let scores = ["", "2.5", "-10", "0", "99", "x", "1.25"]
private let statuses = ["occurred", "planned", "denied", "rumoured", "occurred"]
private let roles = ["actor", "recipient", "mediator", "Mediator 2", "host"]
private let countries = ["JPN", "Japan", "FR", "Atlantis", "jp"]
private let names = ["Ann", "Bea", "Ann", "لقاء", "Caf\u{E9}", "  "]

private let tables = [
  RandomTable(
    file: "data/events.tsv",
    columns: ["id", "type", "mode", "time", "place", "article", "score", "status", "what"],
    values: [
      "id": ids, "type": types, "mode": modes, "time": times, "place": ids, "article": ids, "score": scores,
      "status": statuses, "what": names,
    ]),
  RandomTable(
    file: "participants.csv", columns: ["event", "actor", "role", "other"],
    values: ["event": ids, "actor": ids, "role": roles, "other": ids]),
  RandomTable(
    file: "actors.csv", columns: ["id", "name", "country", "chief"],
    values: ["id": ids, "name": names, "country": countries, "chief": ["", "", "1", "2"]]),
  RandomTable(
    file: "places.csv", columns: ["id", "name", "parent", "lat", "lon"],
    values: [
      "id": ids, "name": names, "parent": ["", "", "", "1", "2"], "lat": ["1", "95", "x"], "lon": ["2", "3"],
    ]),
  RandomTable(
    file: "articles.csv.gz", columns: ["id", "date", "paper", "language", "title"],
    values: [
      "id": ids, "date": times, "paper": names, "language": ["en", "ar", "english!", "zh-Hant"],
      "title": names,
    ]),
]

private let mappings = [
  """
  define place "p{places.id}" ( name "{places.name}", within "p{places.parent}" )
  define organization "a{actors.id}" ( name "{actors.name}", country "{actors.country}" )
  define article "r{articles.id}" ( published "{articles.date}", publisher "{articles.paper}" )
  define event "e{events.id}" (
    type "{events.type}", mode "{events.mode}", time "{events.time}", place "p{events.place}", score "{events.score}" )
  define event "e{participants.event}" ( participant "a{participants.actor}" as "{participants.role}" )
  define report ( event "e{events.id}", article "r{events.article}", status "{events.status}" )
  """,
  """
  define type talks ( of CONSULT )
  define article archive ( publisher "Archive", published 2031-04-02 )
  define topic trade ( name "Trade" )
  define state "{actors.country}" ( country "{actors.country}" )
  define person "{actors.id}" ( name en "{actors.name}", alias "{actors.name}", represents "{actors.chief}" )
  define place "{places.id}" ( name "{places.name}", coordinates "{places.lat}" "{places.lon}" )
  define event "{events.id}" ( type "{events.type}", mode "{events.mode}", time "{events.time}", topic trade )
  define event "{participants.event}" (
    actor "{participants.actor}", recipient "{participants.other}" possible, label "{participants.role}: {participants.event}" )
  define report ( status "{events.status}", event "{events.id}", date "{events.time}" )
  define report ( event "{participants.event}", source "{participants.other}", status planned, certainty probable,
    gist en "{participants.role}" )
  """,
  """
  define type talks ( of CONSULT )
  define group "{participants.actor}" ( name "{participants.actor}" )
  define group "{participants.other}" ( name "{participants.role}" )
  define article "{events.article} {events.what}" ( title "{events.what}", publisher "{events.status}" )
  define article "{articles.id} {articles.title}" ( title "{articles.title}", language "{articles.language}" )
  define event "{events.id}_{events.place}" ( type talks, mode "{events.mode}", time "{events.time}",
    label en "{events.what}" ar "{events.type}", context "{events.status}" )
  define event "{participants.event}_{participants.role}" ( host "{participants.other}", actor "{participants.actor}" )
  define event "{participants.event}_1" ( type CONSULT, mode visit, participant "{participants.other}" as mediator )
  define report ( event "{events.id}_{events.place}", status occurred )
  """,
]

private struct Outcome {
  var model: String
  var read: Int
  var kept: Int
  var merged: Int
  var rejected: [String]

  init(_ store: EventStore, _ summary: ImportSummary) {
    model = ModelPrinter.script(store)
    (read, kept, merged) = (summary.read, summary.kept, summary.merged)
    rejected = summary.rejected.map { "\($0.file):\($0.line) \($0.column): \($0.reason)" }
  }
}

/// What is done in columns is what is done definition by definition.
struct ColumnImportTests {
  private static func mapping(_ text: String) throws -> Mapping {
    let (script, diagnostics) = Parser.parse(SourceText(name: "mapping", text: text))
    try #require(diagnostics.isEmpty)
    let mapping = Mapping(script)
    try #require(mapping.diagnostics.isEmpty)
    return mapping
  }

  @Test(arguments: UInt64(1)...300)
  func columnsSayWhatDefinitionsSay(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let mapping = try Self.mapping(try #require(mappings.randomElement(using: &random)))
    let used = tables.shuffled(using: &random).map { (bytes: $0.bytes(&random), file: $0.file) }
      .filter { table in
        mapping.templates.contains {
          $0.columns.contains { $0.column.hasPrefix(Mapping.Table.name(ofFile: table.file) + ".") }
        }
      }
    var importer = Importer()
    let builder = try importer.read(used, mapping: mapping)
    let expected = Outcome(builder.build(), importer.summary)
    for (threads, chunkSize) in [(1, 1 << 20), (2, 16), (3, 200)] {
      let inputs = used.map { TableInput(file: $0.file, content: .bytes($0.bytes)) }
      let done = try #require(try ColumnImport.run(inputs, mapping, threads: threads, chunkSize: chunkSize))
      let found = Outcome(done.store, done.summary)
      #expect(found.rejected == expected.rejected)
      #expect(found.model == expected.model)
      #expect([found.read, found.kept, found.merged] == [expected.read, expected.kept, expected.merged])
      #expect(done.store.inconsistencies.isEmpty)
    }
  }
}
