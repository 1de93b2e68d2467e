import EDTF
import KhabarModel
import KhabarTable

/// The gold standard records of the PLOVER project, an array of JSON, in the words of PLOVER 0.5b1:
///
///     [{"id": "PLOVER-GSR01-AGREE-0001", "date": "2000-01-01", "event": "DEMAND", "context": "military, economic",
///       "source": [{"actorText": "Selmish envoy", "code": "FRA", "sector": "GOV"}], "target": "", "text": "…"}]
///
/// A record becomes an event `plover_ID` with the sources as actors and the targets as recipients, reported by the sentence's
/// story. A code without a sector is the state itself. Words that have been renamed since are as PLOVER has them today, and
/// what it has dropped is kept beside its words.
struct PLOVERRecords {
  static let name = "plover"

  /// Whether a file begins as such an array, or where that is what it is said to be, with any.
  static func isSuch(_ bytes: [UInt8], isNamed: Bool) -> Bool {
    var parser = Self.parser(bytes)
    let isList = parser.accept("[")
    if isNamed { return isList || parser.isAtEnd() }
    guard isList, case .object(let members)? = try? parser.parseValue() else { return false }
    let names = Set(members.map(\.name))
    return names.contains("event") && !names.isDisjoint(with: ["source", "eventText"])
  }

  private static func parser(_ bytes: [UInt8]) -> JSONParser {
    JSONParser(bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...], of: "file")
  }

  let file: String
  /// The lines in which ids have been met, with the texts.
  private var known: [String: (line: Int, record: [JSONValue.Member])] = [:]

  init(file: String) { self.file = file }

  /// Takes in an array, record by record.
  mutating func take(_ bytes: [UInt8], _ collector: inout RecordCollector, _ summary: inout ImportSummary) {
    var parser = Self.parser(bytes)
    var (line, counted) = (1, 0)
    func reject(_ error: RowError) {
      summary.rejected.append(
        ImportSummary.Rejected(file: file, line: line, column: error.column, reason: error.reason))
    }
    func count(to offset: Int) {
      line += bytes[counted..<offset].count { $0 == 0x0A }
      counted = offset
    }
    do throws(JSONParser.Failure) {
      guard parser.accept("[") else { throw parser.unexpected("a list") }
      if parser.accept("]") { return }
      repeat {
        _ = parser.isAtEnd()
        count(to: parser.offset)
        let value = try parser.parseValue()
        summary.read += 1
        do throws(RowError) {
          if try take(value, line, &collector) { summary.kept += 1 } else { summary.merged += 1 }
        } catch {
          reject(error)
        }
      } while parser.accept(",")
      guard parser.accept("]") else { throw parser.unexpected("`,` or `]`") }
    } catch {
      count(to: parser.offset)
      summary.read += 1
      reject(RowError("", "\(error.expectation); what follows is not read"))
    }
  }

  /// - Returns: Whether it is new.
  private mutating func take(
    _ value: JSONValue, _ line: Int, _ collector: inout RecordCollector
  ) throws(RowError) -> Bool {
    guard case .object(let members) = value else {
      throw RowError("", "found \(value.found), expected an object")
    }
    let record = Record(members)
    let name = try record.required("id")
    if let (first, same) = known[name] {
      if same == members { return false }
      throw RowError("id", "another record has the id `\(name)`, in line \(first)")
    }
    let word = RecordCollector.word(name)
    let id = word.hasPrefix("plover") ? word : "plover_" + word
    if collector.event(id) != nil { throw RowError("id", "there is already an event `\(id)`") }
    try add(record, id, &collector)
    known[name] = (line, members)
    return true
  }

  private func add(_ record: Record, _ id: String, _ collector: inout RecordCollector) throws(RowError) {
    let (type, mode) = try Self.type(record)
    let contexts = try record.text("context")?.split(separator: ",").map { Self.context($0.trimmed) } ?? []
    let time = try record.text("date").map { text throws(RowError) in
      guard let time = collector.time(text) else { throw RowError("date", "`\(text)` is no day") }
      return time
    }
    let sources = try actors(record, "source", &collector)
    let targets = try actors(record, "target", &collector)
    let place = try place(record, &collector)
    let dead = try record.text("dead").flatMap { Int($0) }
    let known = contexts.filter { !$0.isEmpty && $0 != "unknown" }
    collector.define(type: type, mode: mode, contexts: known)
    let isHosted = try record.text("mode") == "host"
    let event = collector.event(id, type, mode: mode, contexts: known) { event in
      event.time = time
      event.place = place ?? -1
      if let dead { event.label = RecordCollector.english(RecordCollector.deaths(dead)) }
      event.participants =
        sources.map { Participation(actor: $0, role: isHosted ? Vocabulary.hostRole : Vocabulary.actorRole) }
        + targets.map { Participation.recipient($0) }
    }
    let article = collector.article(
      id + "_story", publisher: try record.text("publication"), language: try record.text("language"),
      published: time)
    let text = try record.text("text")
    collector.report(event, in: article) { report in
      if let text { report.gist = RecordCollector.english(text) }
    }
  }
}

// MARK: - Words

extension PLOVERRecords {
  /// Types of 0.5b1 that are others today, some with a mode.
  private static let types = [
    "DEMAND": ("REQUEST", nil), "FIGHT": ("ASSAULT", nil), "DISAPPROVE": ("ACCUSE", "disapprove"),
    "INVESTIGATE": ("ACCUSE", "investigate"),
  ]

  private static let modes = [
    "assassinate": "targeted", "demo-org": "demo", "demo-spon": "demo", "riot-org": "riot",
    "riot-spon": "riot",
    "strike-gen": "strike", "strike-hun": "hunger", "host": "visit", "confiscate": "seize",
    "detain": "arrest",
    "ban": "restrict",
  ]

  private static let contexts = [
    "political": "political_institutions", "politics": "political_institutions", "refugee": "migration",
    "refugees": "migration", "resource": "natural_resource", "resources": "natural_resource",
    "rights": "rights_freedoms", "discrimination": "inequality", "religion": "religion_ethnicity",
  ]

  private static func context(_ name: String) -> String {
    contexts[name] ?? (Vocabulary.plover.context(name) == nil ? RecordCollector.idWord(name) : name)
  }

  private static func type(_ record: Record) throws(RowError) -> (type: String, mode: String?) {
    let name = try record.required("event")
    if name == "DOCUMENT" {
      throw RowError("event", "a record of `DOCUMENT` tells of the file, not of an event")
    }
    let (type, itsMode) = types[name] ?? (name, nil)
    guard Vocabulary.plover.type(type) != nil else {
      throw RowError("event", "`\(name)` is no type of PLOVER's")
    }
    guard let mode = try record.text("mode"), mode != "other" else { return (type, itsMode) }
    return (type, modes[mode] ?? (Vocabulary.plover.mode(mode) == nil ? RecordCollector.idWord(mode) : mode))
  }
}

// MARK: - Actors and places

extension PLOVERRecords {
  private func actors(
    _ record: Record, _ side: String, _ collector: inout RecordCollector
  ) throws(RowError) -> [Int32] {
    var found: [Int32] = []
    for fields in try record.objects(side) {
      let code = try fields.text("code")
      guard let name = try fields.text("actorText") ?? code else {
        throw RowError("\(side).actorText", "it is missing")
      }
      let actor = Self.actor(name, code, sector: try fields.text("sector"), &collector)
      if !found.contains(actor) { found.append(actor) }
    }
    return found
  }

  private static func actor(
    _ name: String, _ code: String?, sector: String?, _ collector: inout RecordCollector
  ) -> Int32 {
    let country = code.flatMap { Country.cameo($0) }
    if let country, sector == nil { return collector.state(country) }
    // Further letters say which people: `CVLalb`.
    let isOrgan = RecordCollector.stateSectors.contains(String((sector ?? "").prefix(3)).uppercased())
    let codes = [code, sector].compactMap(\.self).filter { $0 != "***" }.joined()
    let word = codes.isEmpty ? nil : codes
    if country == nil, let code, ["IGO", "NGO", "NGM", "MNC", "IMG"].contains(code) {
      return collector.actor(name, code: word)
    }
    return collector.actor(name, code: word, of: country, isOrgan: isOrgan && country != nil)
  }

  private func place(_ record: Record, _ collector: inout RecordCollector) throws(RowError) -> Int32? {
    guard let fields = try record.objects("eventLoc").first, let name = try fields.text("name") else {
      return nil
    }
    if let country = Country.named(name) { return collector.place(country) }
    let country = try fields.text("country code").flatMap { Country.called($0) }
    return collector.place([name], kinds: [nil], country: country)
  }
}

/// The fields of an object.
private struct Record {
  private let values: [String: JSONValue]
  private let place: String

  init(_ members: [JSONValue.Member], place: String = "") {
    values = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    self.place = place
  }

  /// A text, or a number as one; nil where it is missing, empty or null.
  func text(_ name: String) throws(RowError) -> String? {
    switch values[name] {
    case nil, .null?: return nil
    case .text(let text)?: return text.trimmed.isEmpty ? nil : text.trimmed
    case .number(let number)?: return Int(exactly: number).map(String.init) ?? "\(number)"
    case let other?: throw RowError(place + name, "found \(other.found), expected a text")
    }
  }

  func required(_ name: String) throws(RowError) -> String {
    guard let text = try text(name) else { throw RowError(place + name, "it is missing") }
    return text
  }

  /// The objects of a list, or one that stands alone; none where it is missing, null or an empty text.
  func objects(_ name: String) throws(RowError) -> [Record] {
    let values: [JSONValue]
    switch self.values[name] {
    case nil, .null?, .text("")?: return []
    case .list(let list)?: values = list
    case let value?: values = [value]
    }
    var records: [Record] = []
    for (index, value) in values.enumerated() {
      guard case .object(let members) = value else {
        throw RowError("\(place)\(name)[\(index)]", "found \(value.found), expected an object")
      }
      records.append(Record(members, place: "\(name)[\(index)]."))
    }
    return records
  }
}
